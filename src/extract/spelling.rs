//! Spelling against known names only: `postgress`, `Kafak`.
//!
//! In: an odd word. Out: the one known name that is a single slip away (a letter missing, doubled,
//! wrong, or two swapped). English words are never corrected, short names never tried. Method: a table
//! of the names with one letter taken out, after Garbe's symmetric deletes. O(length) for a word.

use std::collections::{BTreeMap, BTreeSet};

use super::english::is_english;
use super::merge::SpellingTarget;
use super::vocabulary::Vocabulary;

/// Names shorter than this have too many neighbours.
const SHORTEST: usize = 5;

/// Corrects words to names of notes and vocabulary.
pub(super) struct Speller<'a> {
    deletes: BTreeMap<String, BTreeSet<&'a str>>,
    vocabulary: &'a Vocabulary,
    names: BTreeMap<&'a str, SpellingTarget>,
    owned: Vec<(String, SpellingTarget)>,
}

impl<'a> Speller<'a> {
    pub(super) fn new(vocabulary: &'a Vocabulary, accepted: &BTreeSet<&'a str>) -> Self {
        let mut speller = Self { deletes: BTreeMap::new(), vocabulary, names: BTreeMap::new(), owned: Vec::new() };
        for key in accepted.iter().filter(|key| is_spellable(key)) {
            speller.names.insert(key, SpellingTarget::Key((*key).to_owned()));
            for short in deletes(key) {
                speller.deletes.entry(short).or_default().insert(key);
            }
        }
        for entry in vocabulary.entries() {
            for name in std::iter::once(&entry.name).chain(&entry.aliases) {
                let folded = name.to_lowercase();
                if is_spellable(&folded) {
                    speller.owned.push((folded, SpellingTarget::Entry(entry.name.clone())));
                }
            }
        }
        speller.owned.sort_by(|a, b| a.0.cmp(&b.0));
        speller
    }

    /// The known name meant by `word`, where exactly one is a slip away.
    pub(super) fn correct(&self, word: &str) -> Option<SpellingTarget> {
        if !is_spellable(word) || self.vocabulary.get(word).is_some() {
            return None;
        }
        let near: BTreeSet<&str> = std::iter::once(word.to_owned())
            .chain(deletes(word))
            .flat_map(|short| {
                self.deletes
                    .get(&short)
                    .into_iter()
                    .flatten()
                    .copied()
                    .chain(self.names.get_key_value(short.as_str()).map(|(name, _)| *name))
                    .collect::<Vec<_>>()
            })
            .filter(|name| is_slip(word, name))
            .collect();
        match near.len() {
            1 => near.first().and_then(|name| self.names.get(name)).cloned(),
            0 => self.correct_to_entry(word),
            _ => None,
        }
    }

    fn correct_to_entry(&self, word: &str) -> Option<SpellingTarget> {
        let first = word.get(..1)?;
        let from = self.owned.partition_point(|(name, _)| name.as_str() < first);
        let near: Vec<&SpellingTarget> = self.owned[from..]
            .iter()
            .take_while(|(name, _)| name.starts_with(first))
            .filter(|(name, _)| name.len().abs_diff(word.len()) <= 1 && is_slip(word, name))
            .map(|(_, target)| target)
            .collect();
        let first = near.first()?;
        near.iter().all(|other| other == first).then(|| (*first).clone())
    }
}

/// Whether `word` is one letter from `name`, and more than the name with a letter behind it: `Indian` is no India.
fn is_slip(word: &str, name: &str) -> bool {
    strsim::osa_distance(word, name) == 1 && !word.starts_with(name)
}

/// One word of plain letters, long enough, and no English.
fn is_spellable(word: &str) -> bool {
    word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_lowercase()) && !is_english(word)
}

fn deletes(word: &str) -> impl Iterator<Item = String> + '_ {
    (0..word.len()).map(move |at| format!("{}{}", &word[..at], &word[at + 1..]))
}
