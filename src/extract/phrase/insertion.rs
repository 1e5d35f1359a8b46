//! Brackets and insertions behind a name: `AdvFS, also known as the Advanced File System, is`, `NTFS (NT File System) is`.

use crate::extract::word::Words;
use crate::text::Span;

/// The longest bracket and the longest insertion, in words.
const BRACKET: usize = 30;
const INSERTION: usize = 20;

/// The first word at or behind word `at` that stands in no bracket and no insertion between commas; none where one does not
/// close before `limit`.
#[must_use]
pub(in crate::extract) fn behind_insertions(text: &str, words: &Words, mut at: usize, limit: usize) -> Option<usize> {
    let all = words.all();
    let before = |at: usize| {
        let start = at.checked_sub(1).map_or(0, |before| all[before].span.end);
        all.get(at).map_or("", |word| Span::new(start, word.span.start).of(text))
    };
    for _ in 0..2 {
        let (between, next) = (before(at), all.get(at).map_or("", |word| words.folded(word)));
        if between.contains('(') && !between.contains(')') {
            at = (at + 1..limit.min(at + BRACKET)).find(|at| before(*at).contains(')'))?;
        } else if between.trim_start_matches(')').starts_with(',') && inserts(next) {
            at = (at + 1..limit.min(at + INSERTION)).find(|at| before(*at).contains(','))?;
        }
    }
    (at < limit).then_some(at)
}

/// Whether the word begins an insertion behind a comma.
fn inserts(word: &str) -> bool {
    matches!(word, "a" | "also" | "an" | "formerly" | "known" | "or" | "originally" | "short" | "the")
}

/// Whether `of` behind the noun leads on to the thing itself: `ports of Blasteroids were released` speaks of Blasteroids.
#[must_use]
pub(in crate::extract) fn is_version(word: &str) -> bool {
    matches!(word, "copy" | "demo" | "edition" | "port" | "ports" | "release" | "version" | "versions")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn behind(text: &str) -> Option<&str> {
        let words = Words::new(text);
        behind_insertions(text, &words, 1, words.all().len()).map(|at| words.all()[at].span.of(text))
    }

    #[test]
    fn brackets_and_insertions_are_passed() {
        assert_eq!(behind("AdvFS, also known as X, is"), Some("is"));
        assert_eq!(behind("NTFS (NT File System) was"), Some("was"));
        assert_eq!(behind("TIES (one), or T, ran"), Some("ran"));
        assert_eq!(behind("Kafka feeds"), Some("feeds"));
        assert_eq!(behind("Kafka (an open bracket"), None);
    }
}
