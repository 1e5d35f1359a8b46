//! Names as they are collected from one note: block by block as [`Finds`], then together as [`Collected`].

use rustc_hash::{FxHashMap, FxHashSet};
use smallvec::{Array, SmallVec};

use super::{Candidate, Discovery, Forms, NamePair, Signal, Signals};
use crate::extract::matcher::Match;
use crate::extract::phrase::{is_counted_part, span_of};
use crate::extract::word::{Words, key_of, name_key};
use crate::read::{Block, Note};
use crate::text::{Name, Position, is_folded};

/// The forms and signals of one name, with how often. There are few of each.
#[derive(Default)]
pub(super) struct Shown {
    forms: Forms,
    pub signals: Signals,
}

/// Counts one more of `what`.
fn count<T: Clone + PartialEq, A: Array<Item = (T, u32)>>(counts: &mut SmallVec<A>, what: &T) {
    match counts.iter_mut().find(|(counted, _)| counted == what) {
        Some((_, count)) => *count += 1,
        None => counts.push((what.clone(), 1)),
    }
}

/// What a note introduces, by key.
#[derive(Default)]
pub(super) struct Collected {
    pub title: Option<(String, Name)>,
    /// Keys of headings and captions that come back, which structure and shape make no names of.
    pub recurring: FxHashSet<String>,
    pub names: FxHashMap<Name, Shown>,
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

/// What a block introduces by its words and marks alone, in the order in which it was found.
#[derive(Debug, Default)]
pub(super) struct Finds {
    names: Vec<Find>,
    pairs: Vec<FoundPair>,
}

/// A name once introduced.
#[derive(Debug)]
struct Find {
    key: Name,
    form: Name,
    signal: Signal,
}

/// Two names of one thing, and at which byte of the block.
#[derive(Debug)]
struct FoundPair {
    short: Name,
    long: Name,
    rule: &'static str,
    at: usize,
}

impl Finds {
    pub(super) fn add(&mut self, form: &str, signal: Signal) {
        self.names.extend(Find::new(form, signal));
    }

    /// Adds a known name of the block.
    pub(super) fn add_found(&mut self, text: &str, words: &Words, found: &Match, signal: Signal) {
        self.names.extend(Find::of_found(text, words, found, signal));
    }

    /// The keys of the names.
    #[cfg(test)]
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|find| &*find.key)
    }

    pub(super) fn pair(&mut self, short: &str, long: &str, rule: &'static str, at: usize) {
        self.pairs.push(FoundPair { short: short.into(), long: crate::text::fold_spaces(long).into(), rule, at });
    }
}

impl Find {
    /// The name, unless it is none.
    fn new(form: &str, signal: Signal) -> Option<Self> {
        let form = crate::text::fold_spaces(
            form.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#'),
        );
        let key = name_key(&form);
        Self::with_key(&form, &key, signal)
    }

    /// The name found among the words of a block, unless it is none.
    fn of_found(text: &str, words: &Words, found: &Match, signal: Signal) -> Option<Self> {
        let form = found.span.of(text);
        let whole = span_of(words, &(found.first..found.end)) == found.span;
        if !whole || !is_folded(form) {
            return Self::new(form, signal);
        }
        let key = key_of(words, found.first..found.end);
        Self::with_key(form, &key, signal)
    }

    fn with_key(form: &str, key: &str, signal: Signal) -> Option<Self> {
        let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
        let sure = matches!(signal, Signal::Vocabulary | Signal::Link | Signal::Abbreviation);
        // `PS` may be short for anything where a text says so; `e.g.` is not.
        let said = signal == Signal::Abbreviation && !key.contains('.');
        let shortened = !said && NO_NAMES.binary_search(&key).is_ok();
        let part = signal != Signal::Link && is_counted_part(form);
        let named = letters >= if sure { 1 } else { 2 } && form.chars().count() <= 80 && !shortened && !part;
        named.then(|| Self { key: key.into(), form: form.into(), signal })
    }

    /// Whether the name is one by the place where it stands.
    const fn is_by_place(&self) -> bool {
        matches!(
            self.signal,
            Signal::Heading
                | Signal::Definition
                | Signal::Listed
                | Signal::Strong
                | Signal::Run
                | Signal::Opening
                | Signal::Entry
                | Signal::Repeated
        )
    }
}

impl Collected {
    pub(super) fn add(&mut self, form: &str, signal: Signal) {
        if let Some(find) = Find::new(form, signal) {
            self.take(&find);
        }
    }

    /// Adds a name found among the words of a block.
    pub(super) fn add_found(&mut self, text: &str, words: &Words, found: &Match, signal: Signal) {
        if let Some(find) = Find::of_found(text, words, found, signal) {
            self.take(&find);
        }
    }

    /// Adds what `block` of `note` introduces.
    pub(super) fn add_all(&mut self, finds: &Finds, (note, block): (&Note, &Block)) {
        finds.names.iter().for_each(|find| self.take(find));
        let located = |pair: &FoundPair| NamePair {
            short: pair.short.clone(),
            long: pair.long.clone(),
            rule: pair.rule.into(),
            position: note.position(block, pair.at),
        };
        self.pairs.extend(finds.pairs.iter().map(located));
    }

    fn take(&mut self, find: &Find) {
        if find.is_by_place() && self.recurring.contains(&*find.key) {
            return;
        }
        let shown = match self.names.get_mut(&find.key) {
            Some(shown) => shown,
            None => self.names.entry(find.key.clone()).or_default(),
        };
        count(&mut shown.forms, &find.form);
        count(&mut shown.signals, &find.signal);
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
        let title = self.title.take();
        let candidate = |(key, Shown { mut forms, mut signals }): (Name, Shown)| {
            forms.sort();
            signals.sort();
            let title = title.as_ref().filter(|(titled, _)| **titled == *key).map(|(_, title)| title.clone());
            Candidate { key, forms, signals, title }
        };
        let mut candidates: Vec<Candidate> = self.names.into_iter().map(candidate).collect();
        candidates.sort_unstable_by(|a, b| a.key.cmp(&b.key));
        Discovery { candidates, pairs: self.pairs }
    }
}
