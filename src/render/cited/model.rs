//! What the pages for people are made from: plain values, filled by the session.

use serde::Serialize;

use crate::read::place;
use crate::text::Span;

/// A place in a note and the words that stand there.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Citation {
    /// The path, as it opens from where the user stands.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters; 0 when only the line is known.
    pub column: u32,
    /// The words as written, white space folded; may be empty.
    pub quote: String,
    /// The rule that read them so; may be empty.
    pub rule: String,
    /// Trust, in thousandths; 0 when it says nothing.
    pub confidence: u16,
}

impl Citation {
    /// The place as people read it, with the column where it is known: `log.txt:12:5`.
    #[must_use]
    pub fn place(&self) -> String {
        let place = place(&self.path, self.line);
        if self.column == 0 { place } else { format!("{place}:{}", self.column) }
    }
}

/// A concept as it is named on a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct NamedConcept {
    /// Its name.
    pub name: String,
    /// Its kind, as `Storage`; may be empty.
    pub kind: String,
}

/// Which way a relation points, seen from where the reader comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// From here to there.
    #[default]
    Out,
    /// From there to here.
    In,
    /// Both ways: the type is symmetric.
    Both,
}

/// A way between two concepts, each hop with the notes that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedPath {
    /// Where it starts.
    pub start: NamedConcept,
    /// Its hops in order; may be empty.
    pub hops: Vec<CitedHop>,
}

/// One relation of a path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedHop {
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Its direction, seen from the concept before.
    pub direction: Direction,
    /// The concept it leads to.
    pub to: NamedConcept,
    /// Trust in the relation, in thousandths.
    pub confidence: u16,
    /// How many places say so.
    pub support: usize,
    /// The best of them first; at least one.
    pub evidence: Vec<Citation>,
}

/// A relation between two concepts with all the places that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CitedRelation {
    /// Its subject.
    pub subject: NamedConcept,
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Whether its ends may be swapped.
    pub symmetric: bool,
    /// Its object.
    pub object: NamedConcept,
    /// Trust in the relation, in thousandths.
    pub confidence: u16,
    /// How many places say so.
    pub support: usize,
    /// Those shown, in order.
    pub evidence: Vec<Citation>,
}

/// All that `show` tells of one concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ConceptCard {
    /// The concept.
    pub concept: NamedConcept,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What it is said to be; the words are the quotes.
    pub definitions: Vec<Citation>,
    /// Its relations, grouped by type and direction, best first within a group.
    pub relations: Vec<CardRelation>,
    /// Relations left out of `relations`.
    pub more_relations: usize,
    /// Notes that mention it, those with most mentions first.
    pub notes: Vec<CardNote>,
    /// Notes left out of `notes`.
    pub more_notes: usize,
    /// Mentions in all notes.
    pub mentions: u64,
}

/// A relation on a concept's card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardRelation {
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Its direction, seen from the card's concept.
    pub direction: Direction,
    /// The concept at the other end.
    pub other: NamedConcept,
    /// Trust in the relation, in thousandths.
    pub confidence: u16,
    /// How many places say so.
    pub support: usize,
    /// The best of them first.
    pub evidence: Vec<Citation>,
}

/// A note on a concept's card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CardNote {
    /// The path, as it opens from where the user stands.
    pub path: String,
    /// Mentions in it.
    pub mentions: u64,
    /// The first lines with a mention, in order.
    pub lines: Vec<u32>,
}

/// A note found by full text.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SearchHit {
    /// The path, as it opens from where the user stands.
    pub path: String,
    /// The note's title.
    pub title: String,
    /// The line where the snippet begins, from 1.
    pub line: u32,
    /// The BM25 score.
    pub score: f32,
    /// Words of the note around the terms.
    pub snippet: String,
    /// The terms in the snippet, in bytes, ascending.
    pub highlights: Vec<Span>,
}

/// How much a lint finding matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Look at it now.
    Warning,
    /// Worth a look.
    #[default]
    Note,
}

/// Something `lint` found.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LintFinding {
    /// How much it matters.
    pub severity: Severity,
    /// The check that found it, as `dead-link`.
    pub check: String,
    /// One clause without full stop.
    pub message: String,
    /// Where, in order; may be empty.
    pub places: Vec<Citation>,
    /// What to do about it.
    pub hint: Option<String>,
}

/// A list of things with their numbers, for `stats` and `schema`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatsTable {
    /// What is counted, as `Concepts by kind`.
    pub title: String,
    /// Label and number, in the order shown.
    pub rows: Vec<(String, u64)>,
}

/// What came and what went between two indexes, each list by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GraphDiff {
    /// Concepts of the newer one alone.
    pub concepts_came: Vec<ConceptChange>,
    /// Concepts of the older one alone.
    pub concepts_went: Vec<ConceptChange>,
    /// Concepts that the newer one knows under another name.
    pub renamed: Vec<Renamed>,
    /// Relations of the newer one alone.
    pub relations_came: Vec<CitedRelation>,
    /// Relations of the older one alone.
    pub relations_went: Vec<CitedRelation>,
}

impl GraphDiff {
    /// Whether both are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A concept that came or went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ConceptChange {
    /// The concept.
    #[serde(flatten)]
    pub concept: NamedConcept,
    /// How often notes mention it.
    pub mentions: u64,
    /// The first of those places.
    pub place: Option<Citation>,
}

/// A concept that goes by another name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// Its name before.
    pub from: String,
    /// Its name now.
    pub to: String,
}
