//! Names → nodes: exact through sorted columns, or as people write them.
//!
//! [`KnowledgeGraph::resolve`] tries, in order: the exact name, the name in any case and spacing, an
//! alias likewise, and both in singular or plural. The first of these that fits anything decides.
//! Near spellings are only ever offered.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::Range;

use super::columns::{Column, partition};
use super::{KnowledgeGraph, NodeClass, NodeId};
use crate::text::{fold, hash};

/// How many near spellings are offered.
const OFFERS: usize = 5;

/// What a name that somebody wrote stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// One concept.
    Unique(NodeId),
    /// Several concepts, in name order.
    Ambiguous(Vec<NodeId>),
    /// None; near names and aliases, the nearest first, maybe none.
    Unknown {
        /// Names that the graph knows.
        similar: Vec<String>,
    },
}

impl KnowledgeGraph {
    /// The concept of exactly that name. O(1).
    #[must_use]
    pub fn concept(&self, name: &str) -> Option<NodeId> {
        let slots = self.image.words(Column::NameSlots);
        let from = if slots.len().is_power_of_two() { hash::slot(name.as_bytes(), slots.len()) } else { 0 };
        let (before, behind) = slots.split_at(from);
        let concepts = behind.iter().chain(before).map_while(|slot| (*slot as usize).checked_sub(1));
        let found = concepts.filter(|concept| *concept < self.counts.concepts).find(|one| self.string(*one) == name);
        found.map(NodeId::from_index)
    }

    /// The note at exactly that path. O(log notes).
    #[must_use]
    pub fn note(&self, path: &str) -> Option<NodeId> {
        let notes = self.class_range(NodeClass::Note);
        let first = notes.start;
        self.search(notes, |node| self.interned(Column::NotePath, node - first).cmp(path)).next()
    }

    /// The tag of exactly that name. O(log tags).
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<NodeId> {
        let tags = self.class_range(NodeClass::Tag);
        let first = tags.start;
        self.search(tags, |node| self.interned(Column::TagName, node - first).cmp(name)).next()
    }

    /// The notes and sections of exactly that title, in id order. O(log nodes).
    #[must_use]
    pub fn titled(&self, title: &str) -> Vec<NodeId> {
        let order = self.image.ints(Column::TitleOrder);
        let (start, end) = equal(0..order.len(), |row| self.title(order.at(row)).cmp(title));
        (start..end).map(|row| NodeId::from_index(order.at(row).saturating_add(self.counts.concepts))).collect()
    }

    /// Whether nodes are found by that key without looking at all: see [`lookup`](Self::lookup).
    #[must_use]
    pub fn has_index(&self, key: &str) -> bool {
        matches!(key, "name" | "path" | "title")
    }

    /// The nodes whose property `key` is exactly `value`, in id order, where the graph has an index of
    /// that key (`name`, `path`, `title`); else `None`. O(log nodes).
    #[must_use]
    pub fn lookup(&self, key: &str, value: &str) -> Option<Vec<NodeId>> {
        match key {
            "name" => Some(self.concept(value).into_iter().chain(self.tag(value)).collect()),
            "path" => Some(self.note(value).into_iter().collect()),
            "title" => Some(self.titled(value)),
            _ => None,
        }
    }

    /// The name of a concept or tag, the title of a section, the path of a note: what lists and pictures show.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &str {
        let Some(class) = self.class(node) else { return "" };
        let row = node.index() - self.class_range(class).start;
        match class {
            NodeClass::Concept => self.string(node.index()),
            NodeClass::Note => self.interned(Column::NotePath, row),
            NodeClass::Section => self.interned(Column::SectionTitle, row),
            NodeClass::Tag => self.interned(Column::TagName, row),
        }
    }

    /// What a name as written stands for. O(log names) unless it is unknown.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Resolution {
        if let Some(concept) = self.concept(name) {
            return Resolution::Unique(concept);
        }
        let key = fold(name);
        let own = std::slice::from_ref(&key);
        let others = numbers(&key);
        for (keys, aliases) in [(own, false), (own, true), (&others[..], false), (&others[..], true)] {
            let found: BTreeSet<NodeId> = keys.iter().flat_map(|key| self.surfaces_of(key, aliases)).collect();
            let mut found: Vec<NodeId> = found.into_iter().collect();
            match (found.len(), found.pop()) {
                (0, _) | (_, None) => {}
                (1, Some(concept)) => return Resolution::Unique(concept),
                (_, Some(last)) => {
                    found.push(last);
                    return Resolution::Ambiguous(found);
                }
            }
        }
        Resolution::Unknown { similar: self.similar(&key) }
    }

    /// Every name and alias with its concept: names first, in order.
    pub fn surfaces(&self) -> impl Iterator<Item = (&str, NodeId)> {
        (0..self.surface_count()).map(|surface| (self.surface(surface), self.surface_concept(surface)))
    }

    /// Names and aliases that begin with `prefix` in any case, with their concepts; at most `limit`.
    #[must_use]
    pub fn complete(&self, prefix: &str, limit: usize) -> Vec<(&str, NodeId)> {
        let (order, key) = (self.image.words(Column::SurfaceOrder), fold(prefix));
        let start = partition(0..order.len(), |row| fold(self.surface(order[row] as usize)) < key);
        order[start..]
            .iter()
            .map(|surface| *surface as usize)
            .take_while(|surface| fold(self.surface(*surface)).starts_with(&key))
            .take(limit)
            .map(|surface| (self.surface(surface), self.surface_concept(surface)))
            .collect()
    }

    /// Names and aliases spelt nearly as `name`, the nearest first; at most five.
    #[must_use]
    pub fn similar(&self, name: &str) -> Vec<String> {
        let key = fold(name);
        let length = key.chars().count();
        let mut near: Vec<(usize, &str)> = (0..self.surface_count())
            .map(|surface| self.surface(surface))
            .filter(|surface| surface.chars().count().abs_diff(length) <= tolerance(length))
            .filter_map(|surface| {
                let distance = strsim::osa_distance(&key, &fold(surface));
                (distance <= tolerance(length)).then_some((distance, surface))
            })
            .collect();
        near.sort_unstable();
        near.dedup();
        near.into_iter().take(OFFERS).map(|(_, surface)| surface.to_owned()).collect()
    }

    fn search(&self, range: Range<usize>, order: impl Fn(usize) -> Ordering) -> super::Nodes<'_> {
        let (start, end) = equal(range, order);
        super::Nodes::Run(NodeId::from_index(start).0..NodeId::from_index(end).0)
    }

    /// The title at a position after the concepts.
    fn title(&self, position: usize) -> &str {
        match position.checked_sub(self.counts.notes) {
            None => self.interned(Column::NoteTitle, position),
            Some(section) => self.interned(Column::SectionTitle, section),
        }
    }

    fn surfaces_of(&self, key: &str, aliases: bool) -> Vec<NodeId> {
        let order = self.image.words(Column::SurfaceOrder);
        let (start, end) = equal(0..order.len(), |row| fold(self.surface(order[row] as usize)).as_str().cmp(key));
        order[start..end]
            .iter()
            .map(|surface| *surface as usize)
            .filter(|surface| (*surface >= self.counts.concepts) == aliases)
            .map(|surface| self.surface_concept(surface))
            .collect()
    }

    fn surface_count(&self) -> usize {
        self.counts.concepts + self.image.ints(Column::AliasName).len()
    }

    fn surface(&self, surface: usize) -> &str {
        match surface.checked_sub(self.counts.concepts) {
            None => self.string(surface),
            Some(alias) => self.interned(Column::AliasName, alias),
        }
    }

    fn surface_concept(&self, surface: usize) -> NodeId {
        let alias = surface.checked_sub(self.counts.concepts);
        NodeId::from_index(alias.map_or(surface, |alias| self.image.ints(Column::AliasOffsets).owner(alias)))
    }
}

/// A table in which [`KnowledgeGraph::concept`] finds these names, which differ: for each name one more than its place in the first
/// free slot from that of its bytes on. At most half of the slots are taken.
pub(super) fn name_slots(names: &[&str]) -> Vec<u32> {
    let mut slots = vec![0; (names.len() * 2).next_power_of_two()];
    for (number, name) in (1..).zip(names) {
        let mut slot = hash::slot(name.as_bytes(), slots.len());
        while slots[slot] != 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = number;
    }
    slots
}

fn equal(range: Range<usize>, order: impl Fn(usize) -> Ordering) -> (usize, usize) {
    let start = partition(range.clone(), |at| order(at) == Ordering::Less);
    (start, partition(start..range.end, |at| order(at) == Ordering::Equal))
}

/// How many letters may differ in a name of that length for it to be offered.
const fn tolerance(length: usize) -> usize {
    match length {
        0..=2 => 0,
        3 => 1,
        4..=7 => 2,
        _ => 3,
    }
}

/// The singular and plural forms that a folded name may have in English, itself excluded.
fn numbers(key: &str) -> Vec<String> {
    let mut forms = Vec::new();
    if let Some(stem) = key.strip_suffix("ies") {
        forms.push(format!("{stem}y"));
    }
    if let Some(stem) = key.strip_suffix("es") {
        forms.push(stem.to_owned());
    }
    if let Some(stem) = key.strip_suffix('s') {
        forms.push(stem.to_owned());
    }
    if let Some(stem) = key.strip_suffix('y') {
        forms.push(format!("{stem}ies"));
    }
    forms.push(format!("{key}s"));
    forms.push(format!("{key}es"));
    forms.retain(|form| form.chars().count() > 1);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let named = |name: String| crate::extract::ConceptEntry {
            name: name.into(),
            kind: crate::extract::Kind::Term,
            aliases: Vec::new(),
            reason: String::new(),
            platform: false,
        };
        for count in [0, 1, 2, 3, 64, 1000] {
            let entries: Vec<_> = (0..count).map(|number| named(format!("name {number}"))).collect();
            let graph = crate::graph::build(&entries, &[]);
            for number in 0..count {
                let found = graph.concept(&format!("name {number}")).map(|node| graph.name(node).to_owned());
                assert_eq!(found, Some(format!("name {number}")));
            }
            for other in ["", "name", "Name 0", "name 1000"] {
                assert_eq!(graph.concept(other), None, "{other} of {count}");
            }
        }
    }

    #[test]
    fn numbers_go_both_ways() {
        assert_eq!(numbers("policies"), ["policy", "polici", "policie", "policiess", "policieses"]);
        assert_eq!(numbers("policy"), ["policies", "policys", "policyes"]);
        assert_eq!(numbers("s"), ["ss", "ses"]);
    }
}
