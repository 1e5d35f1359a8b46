//! Names as they are collected from one note.

use std::collections::BTreeMap;

use super::{Candidate, Discovery, NamePair, Signal};
use crate::extract::word::name_key;
use crate::text::{Name, Position};

/// The forms and signals of one name, with how often.
pub(super) type Shown = (BTreeMap<Name, u32>, BTreeMap<Signal, u32>);

/// What a note introduces, by key.
#[derive(Default)]
pub(super) struct Collected {
    pub title: Option<(String, Name)>,
    pub names: BTreeMap<String, Shown>,
    pairs: Vec<NamePair>,
}

impl Collected {
    pub(super) fn add(&mut self, form: &str, signal: Signal) {
        let form = crate::text::fold_spaces(
            form.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#'),
        );
        let key = name_key(&form);
        let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
        let sure = matches!(signal, Signal::Vocabulary | Signal::Link | Signal::Abbreviation);
        if letters < if sure { 1 } else { 2 } || form.chars().count() > 80 {
            return;
        }
        let (forms, signals) = self.names.entry(key).or_default();
        *forms.entry(form.into()).or_default() += 1;
        *signals.entry(signal).or_default() += 1;
    }

    pub(super) fn pair(&mut self, short: &str, long: &str, rule: &str, position: Position) {
        self.pairs.push(NamePair {
            short: short.into(),
            long: crate::text::fold_spaces(long).into(),
            rule: rule.into(),
            position,
        });
    }
}

impl Collected {
    pub(super) fn finish(mut self) -> Discovery {
        self.pairs.sort();
        let candidates = self
            .names
            .into_iter()
            .map(|(key, (forms, signals))| Candidate {
                title: self.title.as_ref().filter(|(titled, _)| *titled == key).map(|(_, title)| title.clone()),
                key,
                forms: forms.into_iter().collect(),
                signals: signals.into_iter().collect(),
            })
            .collect();
        Discovery { candidates, pairs: self.pairs }
    }
}
