//! Names and aliases that a half-typed word may mean, the likeliest first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::graph::NodeId;
use crate::session::Session;
use crate::text::fold;

/// Names looked through for words inside them, so that the largest graph answers between two keys.
const LOOKED_AT: usize = 200_000;

/// Names that begin with what was typed, taken before they are ranked.
const BEGINNING: usize = 2_000;

/// What a word may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Completion {
    /// Concepts, the likeliest first.
    pub matches: Vec<Match>,
    /// Names spelt nearly so, where nothing fits.
    pub similar: Vec<String>,
}

/// A concept that a word may mean.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Match {
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The other name that fits, where it is not its own that does.
    pub alias: Option<String>,
    /// How many relations it has.
    pub degree: usize,
}

/// How a name fits: as it is, by its beginning, by the beginning of a word in it; own names before aliases.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Beginning,
    AliasWhole,
    AliasBeginning,
    Word,
    AliasWord,
}

impl Session {
    /// What `typed` may mean, at most `most` concepts.
    #[must_use]
    pub fn completion(&self, typed: &str, most: usize) -> Completion {
        let key = fold(typed);
        if key.is_empty() {
            return Completion::default();
        }
        let graph = self.graph();
        let mut best: BTreeMap<NodeId, (Fit, String)> = BTreeMap::new();
        let mut keep = |concept: NodeId, surface: &str| {
            let Some(fit) = fit(&fold(surface), &key, graph.name(concept) == surface) else { return };
            let found = (fit, surface.to_string());
            let slot = best.entry(concept).or_insert_with(|| found.clone());
            *slot = slot.clone().min(found);
        };
        graph.complete(typed, BEGINNING).into_iter().for_each(|(surface, concept)| keep(concept, surface));
        graph.surfaces().take(LOOKED_AT).for_each(|(surface, concept)| keep(concept, surface));
        let mut ranked: Vec<_> = best.into_iter().map(|(concept, (fit, surface))| (fit, concept, surface)).collect();
        ranked.sort_by_key(|(fit, concept, _)| (*fit, Reverse(graph.degree(*concept)), *concept));
        ranked.truncate(most);
        let similar = if ranked.is_empty() { graph.similar(typed) } else { Vec::new() };
        Completion { matches: ranked.into_iter().map(|found| self.matched(found)).collect(), similar }
    }

    fn matched(&self, (fit, concept, surface): (Fit, NodeId, String)) -> Match {
        let graph = self.graph();
        let is_alias = matches!(fit, Fit::AliasWhole | Fit::AliasBeginning | Fit::AliasWord);
        Match {
            name: graph.name(concept).to_string(),
            kind: graph.kind(concept).map_or("", |kind| graph.label_name(kind)).to_string(),
            alias: is_alias.then_some(surface),
            degree: graph.degree(concept),
        }
    }
}

fn fit(surface: &str, key: &str, own: bool) -> Option<Fit> {
    let word = |letter: char| !letter.is_alphanumeric();
    Some(match (surface == key, surface.starts_with(key), own) {
        (true, _, true) => Fit::Whole,
        (true, _, false) => Fit::AliasWhole,
        (_, true, true) => Fit::Beginning,
        (_, true, false) => Fit::AliasBeginning,
        _ if !surface.match_indices(key).any(|(at, _)| surface[..at].ends_with(word)) => return None,
        (.., true) => Fit::Word,
        (.., false) => Fit::AliasWord,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_whole_by_their_beginning_or_by_a_word() {
        let fits = |surface, key, own| fit(surface, key, own).map(|fit| fit as u8);
        assert_eq!(fits("data lake", "data lake", true), Some(Fit::Whole as u8));
        assert_eq!(fits("data lake", "data", false), Some(Fit::AliasBeginning as u8));
        assert_eq!(fits("data lake", "lake", true), Some(Fit::Word as u8));
        assert_eq!(fits("data lake", "ake", true), None);
    }
}
