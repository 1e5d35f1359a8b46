//! Names as they are collected from one note.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{Candidate, Discovery, NamePair, Signal};
use crate::extract::word::name_key;
use crate::text::{Name, Position};

/// The forms and signals of one name, with how often.
pub(super) type Shown = (BTreeMap<Name, u32>, BTreeMap<Signal, u32>);

/// What a note introduces, by key.
#[derive(Default)]
pub(super) struct Collected {
    pub title: Option<(String, Name)>,
    /// Keys of headings and captions that come back, which structure and shape make no names of.
    pub recurring: FxHashSet<String>,
    pub names: BTreeMap<String, Shown>,
    pairs: Vec<NamePair>,
}

/// Short forms of phrases, which are names of nothing.
pub(super) const NO_NAMES: &[&str] = &[
    "aka",
    "april",
    "btw",
    "cc",
    "cf",
    "december",
    "dont",
    "e.g",
    "eg",
    "etc",
    "faq",
    "february",
    "friday",
    "fyi",
    "i.e",
    "id",
    "ie",
    "im",
    "imho",
    "ive",
    "january",
    "july",
    "june",
    "monday",
    "multi",
    "nb",
    "non",
    "november",
    "october",
    "ok",
    "p.s",
    "pls",
    "post",
    "pre",
    "ps",
    "rip",
    "saturday",
    "semi",
    "september",
    "sunday",
    "tbd",
    "thursday",
    "tl",
    "todo",
    "tuesday",
    "vs",
    "wednesday",
    "wtf",
];

impl Collected {
    pub(super) fn add(&mut self, form: &str, signal: Signal) {
        let form = crate::text::fold_spaces(
            form.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#'),
        );
        let key = name_key(&form);
        let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
        let sure = matches!(signal, Signal::Vocabulary | Signal::Link | Signal::Abbreviation);
        // `PS` may be short for anything where a text says so; `e.g.` is not.
        let said = signal == Signal::Abbreviation && !key.contains('.');
        let shortened = !said && NO_NAMES.binary_search(&key.as_str()).is_ok();
        if letters < if sure { 1 } else { 2 } || form.chars().count() > 80 || shortened {
            return;
        }
        let by_place = matches!(
            signal,
            Signal::Heading
                | Signal::Definition
                | Signal::Listed
                | Signal::Strong
                | Signal::Run
                | Signal::Opening
                | Signal::Entry
                | Signal::Repeated
        );
        if by_place && self.recurring.contains(&key) {
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
