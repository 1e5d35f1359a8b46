//! Blocks that notes have in common, each read once.
//!
//! In: a block and how to read it. Out: its words and what it introduces by itself. Blocks are one where their words, their kind
//! and their marks are.

use std::mem::{Discriminant, discriminant};
use std::sync::Arc;

use super::collect::Finds;
use super::structure::Place;
use crate::extract::late::{Late, OfText};
use crate::extract::sieve::Sieve;
use crate::extract::word::Words;
use crate::read::{Block, BlockKind, Inline};
use crate::text::Span;

/// The blocks of the notes read lately.
#[derive(Default)]
pub struct SeenBlocks(Late<Seen>);

/// A block that was read.
pub(super) struct Seen {
    kind: Discriminant<BlockKind>,
    text: Box<str>,
    inlines: Box<[Inline]>,
    pub read: Read,
}

/// What a block tells by itself.
pub(super) struct Read {
    /// Its words; none of code.
    pub words: Words,
    /// The numbers of its words, as written and in the singular.
    pub holds: Sieve<16>,
    /// Whether one of its words is cut in parts where names are looked for.
    pub has_parts: bool,
    /// Key and value, of a block that is a field.
    pub field: Option<(Span, Span)>,
    /// What it introduces wherever it stands.
    pub finds: Finds,
    /// What it introduces where it stands in such a place.
    pub place: Place,
}

impl Read {
    /// Whether a name may begin in it whose first word has one of these numbers.
    pub(super) fn may_open(&self, firsts: &[u32]) -> bool {
        self.has_parts || firsts.iter().any(|first| self.holds.may_hold(*first))
    }
}

impl OfText for Seen {
    fn bytes(&self) -> usize {
        self.text.len()
    }
}

impl Seen {
    fn is(&self, block: &Block) -> bool {
        self.kind == discriminant(&block.kind) && *self.text == block.text && *self.inlines == *block.inlines
    }
}

impl SeenBlocks {
    /// What a block tells by itself, by this call or by that for an earlier one.
    pub(super) fn get_or_read(&self, block: &Block, read: impl FnOnce() -> Read) -> Arc<Seen> {
        self.0.get_or_make(
            block.content,
            |seen| seen.is(block),
            || {
                let (text, inlines) = (block.text.as_str().into(), block.inlines.as_slice().into());
                Seen { kind: discriminant(&block.kind), text, inlines, read: read() }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    #[test]
    fn blocks_are_one_where_words_kind_and_marks_are() {
        let (extractor, seen) = (Extractor::new(&Overrides::default()), SeenBlocks::default());
        let words = "Zorblax Engine is a broker by Acme Labs (AL)";
        for (before, behind) in [("", ""), ("# ", ""), ("- ", ""), ("**", "**"), ("`", "`"), ("[", "](b.md)")] {
            for name in ["a.md", "b.md"] {
                let text = format!("# Kafka\n\n{before}{words}{behind}\n");
                let (note, _) = read(name, text.as_bytes());
                assert_eq!(extractor.discover_among(&note, &seen), extractor.discover(&note));
            }
        }
        // One heading over all, and each way of writing the words.
        assert_eq!(seen.0.len(), 7);
    }
}
