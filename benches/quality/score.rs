//! Scores what was read against gold, document by document, one to one.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::item::{ByNote, Given, GoldRow, Kind, Texts, Wanted, by_note};
use crate::name::Name;

/// How strictly a row is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Equal names, predicate and direction.
    Exact,
    /// Near names, equal predicate and direction.
    Lenient,
    /// Near names; predicate and direction do not count.
    Pair,
}

/// How many rows are wanted, given and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) wanted: usize,
    pub(crate) given: usize,
    pub(crate) right: usize,
}

/// The part that `some` is of `all`; none of nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
pub(crate) fn share(some: usize, all: usize) -> f64 {
    if all == 0 { 0.0 } else { some as f64 / all as f64 }
}

impl Tally {
    pub(crate) fn precision(self) -> f64 {
        share(self.right, self.given)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.right, self.wanted)
    }

    pub(crate) fn f1(self) -> f64 {
        let sum = self.precision() + self.recall();
        if sum > 0.0 { 2.0 * self.precision() * self.recall() / sum } else { 0.0 }
    }
}

/// What the gold says of itself.
#[derive(Debug, Deserialize)]
struct Meta {
    docs: BTreeSet<String>,
    /// The only names that count, where the set is closed.
    vocab: Option<Vec<String>>,
    /// The names of each note, which do not count in the note itself.
    #[serde(default, rename = "self")]
    own: BTreeMap<String, Texts>,
}

/// The gold of a set.
pub(crate) struct Gold {
    rows: Vec<GoldRow>,
    documents: BTreeSet<String>,
    closed: Option<BTreeSet<Name>>,
    own: BTreeMap<String, Vec<Name>>,
}

impl Gold {
    /// Reads `gold.jsonl` and `meta.json` of a folder.
    pub(crate) fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let text = fs::read_to_string(folder.join("gold.jsonl"))?;
        let lines = text.split('\n').filter(|line| !line.trim().is_empty());
        let rows = lines.map(serde_json::from_str).collect::<Result<_, _>>()?;
        let meta: Meta = serde_json::from_str(&fs::read_to_string(folder.join("meta.json"))?)?;
        let own = meta.own.iter().map(|(note, names)| (note.clone(), names.names())).collect();
        let closed = meta.vocab.map(|names| names.iter().map(|name| Name::new(name)).collect());
        Ok(Self { rows, documents: meta.docs, closed, own })
    }

    /// Whether any row is of this kind.
    pub(crate) fn has(&self, kind: Kind) -> bool {
        self.rows.iter().any(|row| row.kind == kind)
    }

    /// Counts what is right; documents that the gold does not know are left out.
    pub(crate) fn score(&self, kind: Kind, how: How, rows: &[(Kind, String, Given)]) -> Tally {
        let (wanted, ignored) = (self.wanted(kind, false), self.wanted(kind, true));
        let counted = rows.iter().filter(|(of, note, given)| *of == kind && self.counts(kind, note, given));
        let given = by_note(counted.map(|(_, note, given)| (note.clone(), given.clone())));
        let notes: BTreeSet<&String> = wanted.keys().chain(given.keys()).collect();
        let mut tally = Tally::default();
        for note in notes {
            let (gold, skipped) = (of(&wanted, note), of(&ignored, note));
            let found = given.get(note).map_or(&[][..], Vec::as_slice);
            let matched = pair_up(gold, found, |gold, given| matches(kind, how, gold, given));
            let counts_not = |given: &Given| {
                skipped.iter().any(|gold| matches(kind, how, gold, given)) || self.repeats(kind, gold, given)
            };
            let loose = found.iter().zip(&matched).filter(|(given, matched)| !**matched && !counts_not(given));
            let right = matched.iter().filter(|matched| **matched).count();
            tally.wanted += gold.len();
            tally.right += right;
            tally.given += right + loose.count();
        }
        tally
    }

    fn wanted(&self, kind: Kind, ignore: bool) -> ByNote<Wanted> {
        let rows = self.rows.iter().filter(|row| row.kind == kind && row.ignore == ignore);
        by_note(rows.map(|row| (row.doc.clone(), row.wanted())))
    }

    /// In a closed set only the names of other notes count as concepts.
    fn counts(&self, kind: Kind, note: &str, given: &Given) -> bool {
        let known = self.documents.contains(note);
        let Some(closed) = self.closed.as_ref().filter(|_| kind == Kind::Concept) else { return known };
        let own = self.own.get(note).is_some_and(|names| names.contains(&given.subject));
        known && closed.contains(&given.subject) && !own
    }

    /// In a closed set a second name of a note already found is no second guess.
    fn repeats(&self, kind: Kind, gold: &[Wanted], given: &Given) -> bool {
        let closed = self.closed.is_some() && kind == Kind::Concept;
        closed && gold.iter().any(|gold| gold.subject.contains(&given.subject))
    }
}

fn of<'a>(rows: &'a ByNote<Wanted>, note: &str) -> &'a [Wanted] {
    rows.get(note).map_or(&[], Vec::as_slice)
}

fn matches(kind: Kind, how: How, gold: &Wanted, given: &Given) -> bool {
    let same = |names: &[Name], name: &Name| {
        names.iter().any(|gold| if how == How::Exact { gold == name } else { gold.near(name) })
    };
    let forward = same(&gold.subject, &given.subject) && (kind == Kind::Concept || same(&gold.object, &given.object));
    let backward = || same(&gold.subject, &given.object) && same(&gold.object, &given.subject);
    match (kind, how) {
        (Kind::Concept, _) => forward,
        (Kind::Alias, _) | (Kind::Relation, How::Pair) => forward || backward(),
        (Kind::Relation, _) => forward && gold.predicate.contains(&given.predicate),
    }
}

/// Pairs as many rows as possible, one to one, by augmenting paths; tells which given rows have a partner.
fn pair_up(gold: &[Wanted], given: &[Given], fits: impl Fn(&Wanted, &Given) -> bool) -> Vec<bool> {
    let partners = |gold| (0..given.len()).filter(|at| fits(gold, &given[*at])).collect();
    let edges: Vec<Vec<usize>> = gold.iter().map(partners).collect();
    let mut owner = vec![None; given.len()];
    for at in 0..gold.len() {
        assign(at, &edges, &mut vec![false; given.len()], &mut owner);
    }
    owner.iter().map(Option::is_some).collect()
}

fn assign(gold: usize, edges: &[Vec<usize>], seen: &mut [bool], owner: &mut [Option<usize>]) -> bool {
    for &at in &edges[gold] {
        if !std::mem::replace(&mut seen[at], true) {
            let free = owner[at].is_none_or(|other| assign(other, edges, seen, owner));
            if free {
                owner[at] = Some(gold);
                return true;
            }
        }
    }
    false
}
