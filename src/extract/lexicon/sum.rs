//! What notes introduce, added up note by note.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::extract::discover::{Candidate, Discovery, Signal};
use crate::extract::word::name_key;
use crate::text::Name;

/// What all notes together say of one name.
#[derive(Debug, Default)]
pub(super) struct Total {
    pub score: u32,
    pub notes: u32,
    pub forms: BTreeMap<Name, u32>,
    pub signals: BTreeMap<Signal, u32>,
    /// Titles of notes that are this name.
    pub titles: BTreeMap<Name, u32>,
}

/// What each short form stands for: short, long and rule as written, by the keys of both.
pub(super) type Pairs = BTreeMap<String, BTreeMap<String, (Name, Name, Name)>>;

/// What notes introduce, added up note by note in any order; grows with the names, not with the notes.
#[derive(Debug, Default)]
pub struct Sum {
    pub(super) totals: FxHashMap<String, Total>,
    /// What each short form stands for.
    pub(super) pairs: Pairs,
}

impl Sum {
    /// Adds what one note introduces.
    pub fn add(&mut self, discovery: &Discovery) {
        for candidate in &discovery.candidates {
            let total = match self.totals.get_mut(&candidate.key) {
                Some(total) => total,
                None => self.totals.entry(candidate.key.clone()).or_default(),
            };
            total.add(candidate);
        }
        for pair in &discovery.pairs {
            let entry = (pair.short.clone(), pair.long.clone(), pair.rule.clone());
            let longs = self.pairs.entry(name_key(&pair.short)).or_default();
            let kept = longs.entry(name_key(&pair.long)).or_insert_with(|| entry.clone());
            *kept = kept.clone().min(entry);
        }
    }
}

impl Total {
    fn add(&mut self, candidate: &Candidate) {
        self.score = self.score.saturating_add(candidate.score());
        self.notes += 1;
        for (form, count) in &candidate.forms {
            *self.forms.entry(form.clone()).or_default() += count;
        }
        for (signal, _) in &candidate.signals {
            *self.signals.entry(*signal).or_default() += 1;
        }
        if let Some(title) = &candidate.title {
            *self.titles.entry(title.clone()).or_default() += 1;
        }
    }
}
