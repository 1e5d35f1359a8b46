//! What gold wants and what was read, in the form in which the two are compared.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::name::{Name, norm};

/// What a row states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    Concept,
    Alias,
    Relation,
}

/// A row of gold. Any one of the names of an end is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Wanted {
    pub(crate) subject: Vec<Name>,
    pub(crate) predicate: Vec<String>,
    pub(crate) object: Vec<Name>,
}

/// What was read. A concept is a subject alone; an alias pair has no predicate.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Given {
    pub(crate) subject: Name,
    pub(crate) predicate: String,
    pub(crate) object: Name,
}

/// Rows of one kind by document, each once, in the order in which they came.
pub(crate) type ByNote<T> = BTreeMap<String, Vec<T>>;

/// Gathers rows by document; a row that comes again counts once.
pub(crate) fn by_note<T: Ord + Clone>(rows: impl IntoIterator<Item = (String, T)>) -> ByNote<T> {
    let mut seen = BTreeSet::new();
    let mut gathered: ByNote<T> = BTreeMap::new();
    for (note, row) in rows {
        if seen.insert((note.clone(), row.clone())) {
            gathered.entry(note).or_default().push(row);
        }
    }
    gathered
}

/// One text, or several of which any is right.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(crate) enum Texts {
    One(String),
    Several(Vec<String>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Texts {
    pub(crate) fn all(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }

    pub(crate) fn names(&self) -> Vec<Name> {
        self.all().iter().map(|text| Name::new(text)).collect()
    }
}

/// A line of a gold file.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldRow {
    pub(crate) doc: String,
    pub(crate) kind: Kind,
    #[serde(default)]
    name: Texts,
    #[serde(default)]
    subject: Texts,
    #[serde(default)]
    predicate: Texts,
    #[serde(default)]
    object: Texts,
    /// Whether the row is neither right nor wrong.
    #[serde(default)]
    pub(crate) ignore: bool,
}

impl GoldRow {
    pub(crate) fn wanted(&self) -> Wanted {
        match self.kind {
            Kind::Concept => Wanted { subject: self.name.names(), predicate: Vec::new(), object: Vec::new() },
            Kind::Alias => Wanted { subject: self.subject.names(), predicate: Vec::new(), object: self.object.names() },
            Kind::Relation => Wanted {
                subject: self.subject.names(),
                predicate: self.predicate.all().iter().map(|predicate| norm(predicate)).collect(),
                object: self.object.names(),
            },
        }
    }
}
