//! What a sentence refers to by its title: `See Getting Started With Data Engineering for a list`.
//!
//! Where a title ends is not written, so both the capitalised words and the rest of the sentence are candidates. Neither is
//! a name before a note has that title.

use std::sync::LazyLock;

use memchr::memmem;

use super::Signal;
use super::collect::Finds;
use crate::extract::english::is_boundary;
use crate::extract::phrase::span_of;
use crate::extract::word::{Shape, Words};
use crate::text::Span;

/// How the words `see`, `refer to` and `read` end.
static MARKS: LazyLock<[memmem::Finder<'_>; 3]> =
    LazyLock::new(|| ["ee ", "efer to ", "ead "].map(memmem::Finder::new));

/// The longest title in words.
const LONGEST: usize = 14;

pub(super) fn references(text: &str, words: &Words, sentences: &[Span], finds: &mut Finds) {
    if MARKS.iter().all(|mark| mark.find(text.as_bytes()).is_none()) {
        return;
    }
    for sentence in sentences {
        let range = words.within(*sentence);
        for at in range.clone() {
            let word = |offset: usize| words.all().get(at + offset).map_or("", |word| words.folded(word));
            let from = match (word(0), word(1)) {
                ("see", "also") | ("refer", "to") => at + 2,
                ("see" | "read", _) => at + 1,
                _ => continue,
            };
            let end = range.end.min(from + LONGEST + 1);
            if from + 3 > end || words.all()[from].shape == Shape::Lower {
                continue;
            }
            if end == range.end && end - from <= LONGEST {
                finds.add(span_of(words, &(from..end)).of(text), Signal::Reference);
            }
            let capital = |index: &usize| words.all()[*index].shape != Shape::Lower;
            let inner = |index: &usize| is_boundary(words.folded(&words.all()[*index]));
            let run = (from..end)
                .take_while(|index| capital(index) || inner(index))
                .filter(|index| capital(index) && !inner(index))
                .last();
            if let Some(last) = run.filter(|last| *last >= from + 2 && last + 1 < range.end) {
                finds.add(span_of(words, &(from..last + 1)).of(text), Signal::Reference);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::phrase::sentences;

    fn found(text: &str) -> Vec<String> {
        let mut finds = Finds::default();
        references(text, &Words::new(text), &sentences(text), &mut finds);
        let mut keys: Vec<String> = finds.keys().map(str::to_owned).collect();
        keys.sort();
        keys
    }

    #[test]
    fn what_is_referred_to_ends_with_its_capitals_or_its_sentence() {
        assert_eq!(
            found("See Getting Started With Data Engineering for a list of tools."),
            ["getting started with data engineering", "getting started with data engineering for a list of tool"]
        );
        assert_eq!(found("Then see How can I move into Data."), ["how can i move into data"]);
        assert_eq!(found("see the docs for more. We see What"), Vec::<String>::new());
    }
}
