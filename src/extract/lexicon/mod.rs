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

use std::cmp::Ordering;
use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::relation::is_solid;
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
    /// In any case, but in no note that uses the lower case as a common noun: `a hive`.
    Proper,
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
        let mut changed: BTreeSet<&str> = BTreeSet::new();
        let (mut new, mut old) = (self.meanings().peekable(), older.meanings().peekable());
        loop {
            let side = match (new.peek(), old.peek()) {
                (None, None) => break,
                (Some((new, _)), Some((old, _))) => new.cmp(old),
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            let came = if side.is_le() { new.next() } else { None };
            let went = if side.is_ge() { old.next() } else { None };
            match (came, went) {
                (Some((meaning, new)), Some((_, old))) => {
                    changed.extend((!weighs_the_same(new, old)).then_some(meaning.0));
                }
                (came, went) => changed.extend(came.or(went).map(|(meaning, _)| meaning.0)),
            }
        }
        changed.into_iter().map(|words| words.split(' ').map(str::to_owned).collect()).collect()
    }

    /// Each word sequence, once, with what it means, and the concept, by words.
    fn meanings(&self) -> impl Iterator<Item = (Meaning<'_>, &ConceptEntry)> {
        self.surfaces.iter().map(|surface| {
            let concept = &self.concepts[surface.concept as usize];
            ((&*surface.words, &*concept.name, concept.kind, &surface.case), concept)
        })
    }
}

/// A word sequence, the name and the kind of its concept, and how it must be written.
type Meaning<'l> = (&'l str, &'l str, Kind, &'l CaseRule);

/// Whether rules trust both alike: they look at how a concept came to be one.
fn weighs_the_same(new: &ConceptEntry, old: &ConceptEntry) -> bool {
    new.reason == old.reason || is_solid(new) == is_solid(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_what_rules_think_of_its_concept() {
        let lexicon = |reason: &str| {
            let (name, reason) = ("data pump".into(), reason.to_owned());
            let concept = ConceptEntry { name, kind: Kind::Term, aliases: Vec::new(), reason, platform: false };
            let surface = Surface { words: "data pump".into(), concept: 0, case: CaseRule::Any };
            Lexicon::new(vec![concept], vec![surface])
        };
        let changed = |new: &str, old: &str| lexicon(new).changed_since(&lexicon(old));
        assert_eq!(changed("heading in 2, link in 2; score 1500", "heading in 2; score 1200"), [["data", "pump"]]);
        assert_eq!(changed("heading in 2, link in 2; score 1500", "heading in 3, link in 1; score 1600"), [[""; 0]; 0]);
        assert_eq!(changed("heading in 2; score 1200", "heading in 2; score 1200"), [[""; 0]; 0]);
    }
}
