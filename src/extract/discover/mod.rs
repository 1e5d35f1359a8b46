//! First map: one note to the names that the note itself introduces, with how it does so.
//!
//! In: a [`Note`]. Out: a [`Discovery`], which the index keeps and the lexicon adds up. A name is
//! shown by structure (title, heading, field, arrow), by marks (link, tag, bold), by a definition
//! or abbreviation, by its shape (`HDFS`, `MySQL`, `Sqoop`), or because the vocabulary knows it.

mod collect;
mod entry;
mod known;
mod mark;
mod recurring;
mod reference;
mod repeated;
mod seen;
mod shape;
mod signal;
mod structure;
mod whole;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use seen::SeenBlocks;
pub use signal::Signal;

use super::english::is_english;
use super::introduce::introduced;
use super::matcher::{Matcher, is_cut};
use super::phrase::{field, sentences_of};
use super::sieve::Sieve;
use super::vocabulary::Vocabulary;
use super::word::Words;
use crate::read::{Block, BlockKind, InlineKind, Note};
use crate::text::{Name, Position};
use collect::{Collected, Finds};
pub(super) use known::opens_plainly;
use seen::{Read, Seen};
pub(super) use shape::COMPONENTS;
use structure::Place;
pub(super) use whole::title_of;

/// What one note introduces, sorted by key. Serialised into the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Names, each once.
    pub candidates: Vec<Candidate>,
    /// Pairs of names that the note says are one.
    pub pairs: Vec<NamePair>,
}

/// A name that a note introduces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Folded words, the last singular.
    pub key: Name,
    /// The forms written, with how often, sorted.
    pub forms: Forms,
    /// How it was introduced, with how often, sorted.
    pub signals: Signals,
    /// The form that is the note's title.
    pub title: Option<Name>,
}

/// Forms of a name, with how often.
type Forms = SmallVec<[(Name, u32); 1]>;

/// Signals of a name, with how often.
type Signals = SmallVec<[(Signal, u32); 2]>;

/// Two names of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamePair {
    /// The short or main form.
    pub short: Name,
    /// The long or other form.
    pub long: Name,
    /// The rule that paired them.
    pub rule: Name,
    /// Where.
    pub position: Position,
}

impl Candidate {
    /// What the note adds to the name's score, in thousandths. That things are called by one plain word (`functions such as`)
    /// makes no term of the word, nor does one place of some plain words (`Optimal locations: ...` under a heading that says it too).
    #[must_use]
    pub fn score(&self) -> u32 {
        let plain = is_english(&self.key);
        let placed =
            |signal: Signal| matches!(signal, Signal::Heading | Signal::Definition | Signal::Opening | Signal::Listed);
        let words = self.key.contains(' ') && self.key.split(' ').all(is_english);
        let once = words && self.signals.iter().all(|(signal, count)| *count == 1 && placed(*signal));
        let score: u32 = self
            .signals
            .iter()
            .map(|(signal, count)| {
                let (weight, cap) = signal.weight();
                let weight = if plain && *signal == Signal::Class { weight / 4 } else { weight };
                weight * (*count).min(cap)
            })
            .sum();
        if once { score.min(ONE_PLACE) } else { score }
    }
}

/// For no more names room is taken ahead.
const MOST_NAMES_AHEAD: usize = 256;

/// The most that plain words count for which a note has one place and no other use.
const ONE_PLACE: u32 = 900;

/// Collects what a note introduces.
pub(super) struct Discoverer<'a> {
    pub vocabulary: &'a Vocabulary,
    pub matcher: &'a Matcher,
    /// The blocks of other notes.
    pub seen: &'a SeenBlocks,
}

impl Discoverer<'_> {
    /// All that `note` introduces.
    pub(super) fn discover(&self, note: &Note) -> Discovery {
        let mut collected = Collected::default();
        collected.names.reserve(note.blocks.len().min(MOST_NAMES_AHEAD));
        let seen: Vec<Arc<Seen>> =
            note.blocks.iter().map(|block| self.seen.get_or_read(block, || self.read(block))).collect();
        let blocks: Vec<(&Block, &Read)> = note.blocks.iter().zip(seen.iter().map(|seen| &seen.read)).collect();
        collected.recurring = recurring::recurring(&blocks);
        whole::whole_note(note, &mut collected);
        let fields = structure::fields_of_lists(&blocks);
        for (block, read) in blocks.iter().copied() {
            collected.add_all(&read.finds, (note, block));
            structure::placed((note, &fields), (block, read), &mut collected);
        }
        entry::entries(note, &blocks, &mut collected);
        repeated::repeated(&blocks, &mut collected);
        collected.finish()
    }

    /// Reads a block by itself. Linear in it.
    fn read(&self, block: &Block) -> Read {
        let code = matches!(block.kind, BlockKind::Code { .. });
        let words = if code { Words::default() } else { Words::new(&block.text) };
        let field = field(&block.text);
        let finds = self.finds(block, &words);
        let mut holds = Sieve::default();
        words.all().iter().flat_map(|word| word.hashes).for_each(|number| holds.add(number));
        let has_parts = words.all().iter().any(|word| is_cut(word, &block.text));
        Read { place: Place::of(block, &words, field), words, holds, has_parts, field, finds }
    }

    /// What a block introduces by its words and marks alone.
    fn finds(&self, block: &Block, words: &Words) -> Finds {
        let mut finds = Finds::default();
        if matches!(block.kind, BlockKind::Code { .. }) {
            return finds;
        }
        let known = known::known_names(self.vocabulary, self.matcher, block, words, &mut finds);
        structure::named(block, words, (self.vocabulary, &known), &mut finds);
        let sentences = sentences_of(&block.text, words);
        if block.kind != BlockKind::Heading {
            let marked = block.inlines.iter().any(|inline| inline.kind == InlineKind::Strong);
            let titles = block.kind == BlockKind::Paragraph && !marked;
            for (span, signal) in introduced(&block.text, words, &sentences, titles) {
                finds.add(span.of(&block.text), signal);
            }
        }
        reference::references(&block.text, words, &sentences, &mut finds);
        mark::marks(block, &mut finds);
        shape::shapes(block, words, &known, &mut finds);
        shape::compounds(block, words, &known, &mut finds);
        finds
    }
}
