//! The seams of words in camel and snake case.
//!
//! In: a word as written. Out: its parts, as bytes of it. `discover` and `link` look for names in them, and the index finds notes by them.

use crate::text::Span;

/// Whether a word may have more than one part: a capital behind its first letter, an underscore, or letters beyond ASCII.
#[must_use]
pub(super) fn may_have_seams(word: &str) -> bool {
    let odd = |byte: &u8| byte.is_ascii_uppercase() || *byte == b'_' || !byte.is_ascii();
    word.bytes().skip(1).any(|byte| odd(&byte)) || !word.bytes().next().is_none_or(|byte| byte.is_ascii())
}

/// Cuts a camel-case word at its seams: `SQLDatabase` is `SQL` and `Database`. Bytes within the word.
#[must_use]
pub(super) fn camel_parts(word: &str) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut letters = word.char_indices().peekable();
    let mut before = letters.next().map_or('_', |(_, first)| first);
    while let Some((at, letter)) = letters.next() {
        let next_lower = letters.peek().is_some_and(|(_, next)| next.is_lowercase());
        let seam = letter == '_'
            || before == '_'
            || (letter.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_lower)));
        if seam {
            parts.push(Span::new(start, at));
            start = at;
        }
        before = letter;
    }
    parts.push(Span::new(start, word.len()));
    parts.retain(|part| part.of(word) != "_");
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn camel_case_is_cut_at_its_seams() {
        let cut = |word: &str| camel_parts(word).into_iter().map(|part| part.of(word).to_owned()).collect::<Vec<_>>();
        assert_eq!(cut("SQLDatabase"), ["SQL", "Database"]);
        assert_eq!(cut("CloudWatch"), ["Cloud", "Watch"]);
        assert_eq!(cut("max_poll_ms"), ["max", "poll", "ms"]);
        assert_eq!(cut("HDFS"), ["HDFS"]);
    }
}
