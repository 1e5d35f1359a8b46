//! Blocks cut into words, with the names that begin at them: what linking asks of a block by itself.

use std::sync::Arc;

use memchr::memmem;

use super::late::{Cases, OfText};
use super::matcher::{Match, Sought};
use super::phrase::{field, sentences_of};
use super::relation::{Named, named_in_code};
use super::site::site;
use super::word::{Words, runs};
use super::{text_keys, word_keys};
use crate::read::{Block, BlockKind, Inline};
use crate::text::Span;

/// A block's words and what stands in them, whatever stands around it.
pub(super) struct Cut {
    kind: BlockKind,
    text: Box<str>,
    inlines: Box<[Inline]>,
    pub words: Arc<Words>,
    pub sought: Sought,
    /// How it writes names that are ordinary words too.
    pub habits: Habits,
    pub sentences: Arc<[Span]>,
    /// Key and value, of a block that is a field.
    pub field: Option<(Span, Span)>,
    /// The keys of its words, and of the names that its addresses and its code mean, sorted.
    pub keys: Box<[u32]>,
    /// The names in it, by what a note answers for them.
    named: Cases<Box<[Answer]>, Named>,
}

/// How one block writes names that are ordinary words too, by their surfaces.
#[derive(Default)]
pub(super) struct Habits {
    /// With a capital where no sentence opens.
    pub names: Box<[u32]>,
    /// As one of many: `a hive`.
    pub nouns: Box<[u32]>,
    /// Whether there is such a name in it.
    pub asks: bool,
}

/// What a note answers for a name in one of its blocks, where it answers anything.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Answer {
    pub found: Match,
    /// Whether the note has the word as a name elsewhere.
    pub name: bool,
    /// Whether the note has it as one of many.
    pub noun: bool,
    /// What the note itself defines it to mean: another concept, or none.
    pub bound: Option<Option<u32>>,
}

/// The keys by which a block is found when names change, each once: those of all words that linking may look up.
fn keys(text: &str, words: &Words) -> Box<[u32]> {
    let mut keys = Vec::with_capacity(words.all().len() + words.all().len() / 4);
    let sites = addresses(text).into_iter().filter_map(|address| site(address.of(text)));
    sites.for_each(|site| site.names.iter().for_each(|name| word_keys(&Words::new(name), &mut keys)));
    text_keys(text, words, &mut keys);
    sorted(keys)
}

/// The keys of code: those of the names that it means.
fn keys_of_code(text: &str) -> Box<[u32]> {
    let mut keys = Vec::new();
    named_in_code(text).for_each(|name| word_keys(&Words::new(name), &mut keys));
    sorted(keys)
}

fn sorted(mut keys: Vec<u32>) -> Box<[u32]> {
    keys.sort_unstable();
    keys.dedup();
    keys.into()
}

/// The addresses in a text. Linear in it.
pub(super) fn addresses(text: &str) -> Vec<Span> {
    if memmem::find(text.as_bytes(), b"://").is_none() {
        return Vec::new();
    }
    runs(text, *b":::", |run| run.contains("://"))
}

impl OfText for Cut {
    fn bytes(&self) -> usize {
        self.text.len()
    }
}

impl Cut {
    /// Cuts a block. Linear in its text.
    pub(super) fn new(block: &Block, words: Words, sought: Sought, habits: Habits) -> Self {
        let text = block.text.as_str();
        Self {
            kind: block.kind.clone(),
            text: text.into(),
            inlines: block.inlines.as_slice().into(),
            sought,
            habits,
            sentences: sentences_of(text, &words).into(),
            field: field(text),
            keys: keys(text, &words),
            words: Arc::new(words),
            named: Cases::default(),
        }
    }

    /// Code: of its words only those count that rules for code look at.
    pub(super) fn code(block: &Block) -> Self {
        Self {
            kind: block.kind.clone(),
            text: block.text.as_str().into(),
            inlines: block.inlines.as_slice().into(),
            sought: Sought::default(),
            habits: Habits::default(),
            sentences: [].into(),
            field: None,
            keys: keys_of_code(&block.text),
            words: Arc::default(),
            named: Cases::default(),
        }
    }

    /// Whether it is a cut of the block, or of one that is the same but in another table.
    pub(super) fn is_of(&self, block: &Block) -> bool {
        let kind = match (&self.kind, &block.kind) {
            (BlockKind::Row { header, cells, .. }, BlockKind::Row { header: other_header, cells: other_cells, .. }) => {
                header == other_header && cells == other_cells
            }
            (kind, other) => kind == other,
        };
        kind && *self.text == block.text && *self.inlines == *block.inlines
    }

    /// The names in it where a note gives these answers, as they were found before or `find` finds them now.
    pub(super) fn named(&self, answers: &[Answer], find: impl FnOnce() -> Named) -> Arc<Named> {
        self.named.get_or_make(|to| **to == *answers, || (answers.into(), find()))
    }
}
