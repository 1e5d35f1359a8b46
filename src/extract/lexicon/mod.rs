//! The reduce between the two maps: candidates of all notes → the accepted names, each with its
//! concept, kind, aliases and the reason.
//!
//! In: every note's [`Discovery`](super::Discovery), the vocabulary, the user's overrides. Out: a [`Lexicon`]. Only sums
//! over notes against fixed thresholds decide, so that order changes nothing and a note's part can
//! be taken out again. Names are one by certain rules (vocabulary, abbreviation, front matter, vendor
//! prefix, hyphen and space, the user's file); a spelling slip or an inflected title joins one known name and never chains.

mod form;
mod join;
mod kind;
mod settle;
mod sum;
mod variant;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{ConceptEntry, Kind};
use crate::text::Name;
pub(super) use join::resolve;
pub use sum::Sum;

/// What a name needs to be accepted, in thousandths summed over notes.
pub const ACCEPTED: u32 = 1000;

/// The accepted names and what they mean. Ordered by name throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    concepts: Vec<ConceptEntry>,
    surfaces: Vec<Surface>,
}

/// A sequence of folded words that means a concept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Surface {
    /// Folded words, joined by spaces.
    pub words: Name,
    /// Position in [`Lexicon::concepts`].
    pub concept: u32,
    /// How it must be written to count.
    pub case: CaseRule,
}

/// How a name must be written to count as the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CaseRule {
    /// In any case.
    Any,
    /// With a capital, unless the note itself has it so elsewhere.
    Capital,
    /// Exactly so: its lower case is a common word.
    Exact(Name),
}

impl Lexicon {
    /// The lexicon of these concepts and word sequences.
    #[must_use]
    pub fn new(concepts: Vec<ConceptEntry>, surfaces: Vec<Surface>) -> Self {
        Self { concepts, surfaces }
    }

    /// The concepts, by name.
    #[must_use]
    pub fn concepts(&self) -> &[ConceptEntry] {
        &self.concepts
    }

    /// The word sequences, by words.
    #[must_use]
    pub fn surfaces(&self) -> &[Surface] {
        &self.surfaces
    }

    /// The words of every name that came, went or changed its meaning since `older`, one list a name. A note
    /// need be linked again only if its surface words hold all words of one of them.
    #[must_use]
    pub fn changed_since(&self, older: &Self) -> Vec<Vec<String>> {
        let described = |lexicon: &Self| -> BTreeSet<(Name, Name, Kind, CaseRule)> {
            let meaning = |surface: &Surface| {
                let concept = &lexicon.concepts[surface.concept as usize];
                (surface.words.clone(), concept.name.clone(), concept.kind, surface.case.clone())
            };
            lexicon.surfaces.iter().map(meaning).collect()
        };
        let (new, old) = (described(self), described(older));
        let changed: BTreeSet<Name> = new.symmetric_difference(&old).map(|(words, ..)| words.clone()).collect();
        changed.iter().map(|words| words.split(' ').map(str::to_owned).collect()).collect()
    }
}
