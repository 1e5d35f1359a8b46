//! Which names are one concept: groups of keys, joined by stated rules and never against the user.
//!
//! A group may hold one vocabulary entry; two entries never join, whatever a note pairs. Spelling slips
//! hang on a group without becoming members, so that they cannot chain.

use std::collections::{BTreeMap, BTreeSet};

use super::word::name_key;
use crate::config::Overrides;
use crate::text::Name;

/// A disjoint-set forest over name keys.
pub(super) struct Groups<'o> {
    overrides: &'o Overrides,
    /// Pairs of keys that the user's file keeps apart, both ways.
    apart: BTreeSet<(String, String)>,
    ids: BTreeMap<String, usize>,
    parents: Vec<usize>,
    /// How many keys each root has.
    sizes: Vec<usize>,
    entries: Vec<Option<Name>>,
    rules: Vec<Name>,
    misspelt: Vec<BTreeSet<Name>>,
    by_entry: BTreeMap<Name, usize>,
}

/// Keys that are one concept.
pub(super) struct Group {
    /// Each key with the rule that joined it; empty for the one the group began with.
    pub keys: BTreeMap<String, Name>,
    /// The vocabulary entry.
    pub entry: Option<Name>,
    /// Misspelt forms.
    pub misspelt: BTreeSet<Name>,
}

impl<'o> Groups<'o> {
    pub(super) fn new(overrides: &'o Overrides) -> Self {
        Self {
            overrides,
            apart: apart(overrides),
            ids: BTreeMap::new(),
            parents: Vec::new(),
            sizes: Vec::new(),
            entries: Vec::new(),
            rules: Vec::new(),
            misspelt: Vec::new(),
            by_entry: BTreeMap::new(),
        }
    }

    /// Makes a group of its own for a new key.
    pub(super) fn add(&mut self, key: &str) -> usize {
        if let Some(id) = self.ids.get(key) {
            return *id;
        }
        let id = self.parents.len();
        self.ids.insert(key.to_owned(), id);
        self.parents.push(id);
        self.sizes.push(1);
        self.entries.push(None);
        self.rules.push("".into());
        self.misspelt.push(BTreeSet::new());
        id
    }

    /// Says that a key names the vocabulary entry; keys of one entry join.
    pub(super) fn join_entry(&mut self, key: &str, entry: &Name) {
        let id = self.add(key);
        let root = self.root(id);
        if self.entries[root].is_some() {
            return;
        }
        match self.by_entry.get(entry) {
            Some(other) => {
                let other = *other;
                self.union(other, id, "vocabulary");
            }
            None => {
                self.entries[root] = Some(entry.clone());
                self.by_entry.insert(entry.clone(), root);
            }
        }
    }

    /// Joins two keys by a rule, unless two entries or the user's file stand against it.
    pub(super) fn join(&mut self, main: &str, other: &str, rule: &str) {
        if self.forbidden(main, other) {
            return;
        }
        let (main, other) = (self.add(main), self.add(other));
        self.union(main, other, rule);
    }

    /// Joins a key that stands alone, and gives its vocabulary entry up for that of `main`, unless the user's file stands against it.
    pub(super) fn absorb(&mut self, main: &str, other: &str, rule: &str) {
        if self.forbidden(main, other) {
            return;
        }
        let (main, other) = (self.add(main), self.add(other));
        if self.sizes[other] == 1 && self.parents[other] == other && self.shorten(main) != other {
            if let Some(entry) = self.entries[other].take() {
                self.by_entry.remove(&entry);
            }
            self.union(main, other, rule);
        }
    }

    /// Joins what `same-as` lists.
    pub(super) fn join_overrides(&mut self) {
        for group in &self.overrides.same_as {
            let keys: Vec<String> = group.iter().map(|name| name_key(name)).collect();
            for pair in keys.windows(2) {
                let (main, other) = (self.add(&pair[0]), self.add(&pair[1]));
                let (main, other) = (self.root(main), self.root(other));
                if main != other {
                    self.entries[other] = None;
                    self.union(main, other, "same-as");
                }
            }
        }
    }

    /// Hangs a misspelt key on the group of `target`.
    pub(super) fn join_spelling<'f>(
        &mut self,
        key: &str,
        target: &SpellingTarget,
        forms: impl Iterator<Item = &'f Name>,
    ) {
        let main = match target {
            SpellingTarget::Key(main) => main.clone(),
            SpellingTarget::Entry(name) => {
                let main = name_key(name);
                self.join_entry(&main, name);
                main
            }
        };
        if self.forbidden(&main, key) {
            return;
        }
        let id = self.add(&main);
        let root = self.root(id);
        self.misspelt[root].extend(forms.cloned());
    }

    /// Whether two keys are one concept.
    pub(super) fn together(&self, key: &str, other: &str) -> bool {
        match (self.ids.get(key), self.ids.get(other)) {
            (Some(key), Some(other)) => self.root(*key) == self.root(*other),
            _ => false,
        }
    }

    /// The groups, by their first key.
    pub(super) fn all(&self) -> Vec<Group> {
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (key, id) in &self.ids {
            let root = self.root(*id);
            let group = groups.entry(root).or_insert_with(|| Group {
                keys: BTreeMap::new(),
                entry: self.entries[root].clone(),
                misspelt: BTreeSet::new(),
            });
            group.keys.insert(key.clone(), self.rules[*id].clone());
        }
        for (id, forms) in self.misspelt.iter().enumerate().filter(|(_, forms)| !forms.is_empty()) {
            if let Some(group) = groups.get_mut(&self.root(id)) {
                group.misspelt.extend(forms.iter().cloned());
            }
        }
        let mut groups: Vec<Group> = groups.into_values().collect();
        groups.sort_by(|a, b| a.keys.keys().next().cmp(&b.keys.keys().next()));
        groups
    }

    fn root(&self, mut id: usize) -> usize {
        while self.parents[id] != id {
            id = self.parents[id];
        }
        id
    }

    /// The root, and every key on the way two steps nearer to it.
    fn shorten(&mut self, mut id: usize) -> usize {
        while self.parents[id] != id {
            self.parents[id] = self.parents[self.parents[id]];
            id = self.parents[id];
        }
        id
    }

    fn union(&mut self, main: usize, other: usize, rule: &str) {
        let named = other;
        let (main, other) = (self.shorten(main), self.shorten(other));
        let conflict = self.entries[main].is_some() && self.entries[other].is_some();
        if main == other || conflict {
            return;
        }
        self.parents[other] = main;
        self.sizes[main] += self.sizes[other];
        self.rules[named] = rule.into();
        if let Some(entry) = self.entries[other].take() {
            self.by_entry.insert(entry.clone(), main);
            self.entries[main] = Some(entry);
        }
    }

    /// Whether the user's file keeps two keys apart.
    pub(super) fn forbidden(&self, main: &str, other: &str) -> bool {
        !self.apart.is_empty() && self.apart.contains(&(main.to_owned(), other.to_owned()))
    }
}

/// Every two keys of a group of `not-same-as`.
fn apart(overrides: &Overrides) -> BTreeSet<(String, String)> {
    let groups = overrides.not_same_as.iter().map(|group| group.iter().map(|name| name_key(name)).collect::<Vec<_>>());
    let pairs = groups.flat_map(|keys| {
        let others = keys.clone();
        keys.into_iter().flat_map(move |key| others.clone().into_iter().map(move |other| (key.clone(), other)))
    });
    pairs.filter(|(key, other)| key != other).collect()
}

/// What a misspelt word is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SpellingTarget {
    /// A name that the notes use.
    Key(String),
    /// A vocabulary entry, by its name.
    Entry(Name),
}
