//! The folded export as rows to score.

use std::error::Error;
use std::path::Path;

use serde::Deserialize;

use crate::item::{Given, Kind};
use crate::name::{Name, norm};

/// A line of the folded export.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Fact {
    Concept { name: String, aliases: Vec<String>, definitions: Vec<Place>, mentions: Vec<Place> },
    Alias { subject: String, object: String, rule: String, evidence: Vec<Place> },
    Relation { subject: String, predicate: String, object: String, evidence: Vec<Place> },
}

/// A place in a note, with the words that stand there.
#[derive(Debug, Deserialize)]
pub(crate) struct Place {
    pub(crate) note: String,
    pub(crate) line: u32,
    #[serde(default)]
    text: String,
    #[serde(default)]
    pub(crate) quote: String,
    #[serde(default)]
    pub(crate) rule: String,
    #[serde(default)]
    subject_text: String,
    #[serde(default)]
    object_text: String,
}

impl Place {
    /// The document: the note's file name without its ending.
    fn document(&self) -> String {
        Path::new(&self.note).file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Reads the folded export.
pub(crate) fn facts(bytes: &[u8]) -> Result<Vec<Fact>, Box<dyn Error>> {
    let lines = std::str::from_utf8(bytes)?.split('\n').filter(|line| !line.is_empty());
    Ok(lines.map(serde_json::from_str).collect::<Result<_, _>>()?)
}

/// Which facts count, and by which names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Choice {
    /// Names as the notes write them, not as the graph does.
    pub(crate) surface: bool,
    /// Relations of these types only, and no definitions; all types where empty.
    pub(crate) types: &'static [&'static str],
    /// Also the relations that say no type.
    pub(crate) weak: bool,
}

impl Choice {
    /// The facts as rows, one a place.
    pub(crate) fn rows(&self, facts: &[Fact]) -> Vec<(Kind, String, Given)> {
        facts.iter().flat_map(|fact| self.row(fact)).collect()
    }

    fn row(&self, fact: &Fact) -> Vec<(Kind, String, Given)> {
        match fact {
            Fact::Concept { name, definitions, mentions, .. } => {
                let mention = |place: &Place| (Kind::Concept, place.document(), concept(self.name(&place.text, name)));
                let definition =
                    |place: &Place| (Kind::Relation, place.document(), triple(name, "DEFINED_AS", &place.text));
                let defined = definitions.iter().filter(|_| self.types.is_empty()).map(definition);
                mentions.iter().map(mention).chain(defined).collect()
            }
            Fact::Alias { subject, object, rule, evidence } if rule.starts_with("abbreviation") => {
                let pair = |place: &Place| (Kind::Alias, place.document(), self.ends(place, subject, "", object));
                evidence.iter().map(pair).collect()
            }
            Fact::Relation { subject, predicate, object, evidence } if self.counts(predicate) => {
                let said =
                    |place: &Place| (Kind::Relation, place.document(), self.ends(place, subject, predicate, object));
                evidence.iter().map(said).collect()
            }
            _ => Vec::new(),
        }
    }

    fn counts(&self, predicate: &str) -> bool {
        if self.types.is_empty() { self.weak || predicate != "RELATED_TO" } else { self.types.contains(&predicate) }
    }

    fn name<'a>(&self, written: &'a str, name: &'a str) -> &'a str {
        if self.surface && !written.is_empty() { written } else { name }
    }

    fn ends(&self, place: &Place, subject: &str, predicate: &str, object: &str) -> Given {
        triple(self.name(&place.subject_text, subject), predicate, self.name(&place.object_text, object))
    }
}

fn concept(name: &str) -> Given {
    Given { subject: Name::new(name), ..Given::default() }
}

fn triple(subject: &str, predicate: &str, object: &str) -> Given {
    Given { subject: Name::new(subject), predicate: norm(predicate), object: Name::new(object) }
}
