//! Merges claims of one relation and writes its evidence.
//!
//! # Confidence
//!
//! The most trusted place counts whole; each further line that says the same takes a quarter of its own
//! confidence off the doubt that is left, the most trusted first, in whole millionths:
//!
//! > doubt = (1000 - best) · 1000, then for each further line doubt = doubt · (4000 - confidence) / 4000;
//! > the relation's confidence is 1000 - doubt / 1000 (rounded up), at most 990, at least `best`.
//!
//! Several rules that fire on one line are one line here. Places past the limit of those that are given do not
//! count, so that the places of a relation give its confidence again.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::order::sort;
use super::pool::{Kept, Pool, Text};
use super::{Dropped, Numbers, number, offsets};
use crate::extract::RelationType;
use crate::graph::EVIDENCE_LIMIT;
use crate::graph::columns::{Column, Writer};
use crate::graph::evidence::push_words;

/// The highest confidence that repetition reaches.
const CONFIDENCE_LIMIT: u32 = 990;

/// How many types a graph has at most; relations of any further type are `RELATED_TO`.
const TYPE_LIMIT: usize = 60_000;

/// Words in the run of all quotes.
#[derive(Clone, Copy)]
pub(super) struct Quote {
    pub(super) start: u64,
    pub(super) length: u32,
}

/// A claim: as it came in with strings of the pool, then, settled, with positions in the graph.
#[derive(Clone, Copy)]
pub(super) struct RelationRow {
    pub(super) start: u32,
    pub(super) kind: u32,
    pub(super) end: u32,
    pub(super) note: u32,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) confidence: u16,
    pub(super) rule: Text,
    pub(super) subject_text: Text,
    pub(super) object_text: Text,
    pub(super) quote: Quote,
}

/// A relation of the graph: start, type, end, confidence.
pub(super) type Relation = (u32, u16, u32, u16);

/// Claims in the order of the graph: by start, type and end, each relation's best evidence first.
pub(super) struct Settled {
    pub(super) types: Vec<Text>,
    rows: Vec<RelationRow>,
}

impl Quote {
    fn of(self, quotes: &[u8]) -> &str {
        let start = usize::try_from(self.start).unwrap_or(usize::MAX);
        let bytes = quotes.get(start..start.saturating_add(self.length as usize)).unwrap_or(&[]);
        std::str::from_utf8(bytes).unwrap_or("")
    }
}

/// Brings rows to positions in the graph, drops what has no place in it, sorts, and takes repetitions out. The second
/// number tells how many stand in order at the front.
pub(super) fn settle(
    numbers: &Numbers<'_>,
    (mut rows, ordered): (Vec<RelationRow>, usize),
    quotes: &[u8],
    dropped: &mut Dropped,
) -> Settled {
    let pool = numbers.pool;
    rows.retain_mut(|row| place(numbers, row, dropped));
    let types = types(pool, &rows);
    let other = position(pool, &types, RelationType::RelatedTo.name());
    let mut type_of = vec![other; pool.len()];
    for (row, name) in types.iter().enumerate() {
        type_of[name.0 as usize] = number(row);
    }
    let symmetric: Vec<bool> = types.iter().map(|name| RelationType::named(pool.get(*name)).is_symmetric()).collect();
    for row in &mut rows {
        row.kind = type_of[row.kind as usize];
        if symmetric[row.kind as usize] && row.start > row.end {
            std::mem::swap(&mut row.start, &mut row.end);
            std::mem::swap(&mut row.subject_text, &mut row.object_text);
        }
    }
    let rank =
        |row: &RelationRow| (row.start, row.kind, row.end, Reverse(row.confidence), row.note, row.line, row.column);
    let words = |left: &RelationRow, right: &RelationRow| {
        pool.compare(left.rule, right.rule)
            .then_with(|| left.quote.of(quotes).cmp(right.quote.of(quotes)))
            .then_with(|| pool.compare(left.subject_text, right.subject_text))
            .then_with(|| pool.compare(left.object_text, right.object_text))
    };
    let compare =
        |left: &RelationRow, right: &RelationRow| rank(left).cmp(&rank(right)).then_with(|| words(left, right));
    sort(&mut rows, ordered, compare);
    rows.dedup_by(|later, first| compare(later, first).is_eq());
    Settled { types, rows }
}

fn place(numbers: &Numbers<'_>, row: &mut RelationRow, dropped: &mut Dropped) -> bool {
    let ends = numbers.concept(row.start).zip(numbers.concept(row.end)).zip(numbers.note(row.note));
    let Some(((start, end), note)) = ends else {
        dropped.unknown_concepts += 1;
        return false;
    };
    (row.start, row.end, row.note) = (start, end, note);
    dropped.self_relations += u64::from(start == end);
    start != end
}

fn types(pool: &Pool, rows: &[RelationRow]) -> Vec<Text> {
    let mut used = vec![false; pool.len()];
    for row in rows {
        used[row.kind as usize] = true;
    }
    let mut types: Vec<Text> = (0u32..).zip(used).filter_map(|(text, used)| used.then_some(Text(text))).collect();
    types.sort_by(|left, right| pool.compare(*left, *right));
    if types.len() > TYPE_LIMIT {
        types.truncate(TYPE_LIMIT);
        types.extend(pool.find(RelationType::RelatedTo.name()));
        types.sort_by(|left, right| pool.compare(*left, *right));
        types.dedup();
    }
    types
}

fn position(pool: &Pool, types: &[Text], name: &str) -> u32 {
    types.iter().position(|text| pool.get(*text) == name).map_or(0, number)
}

/// Writes the evidence of all relations and gives the relations in order.
pub(super) fn write(writer: &mut Writer, kept: &mut Kept<'_>, settled: &Settled, quotes: &[u8]) -> Vec<Relation> {
    let groups = || settled.rows.chunk_by(|a, b| (a.start, a.kind, a.end) == (b.start, b.kind, b.end));
    let relation = |group: &[RelationRow]| {
        let RelationRow { start, kind, end, .. } = group[0];
        let given = &group[..group.len().min(EVIDENCE_LIMIT)];
        (start, u16::try_from(kind).expect("types are limited"), end, combine(given))
    };
    let relations: Vec<Relation> = groups().map(relation).collect();
    let rows = || settled.rows.iter();
    let owners = (0u32..).zip(groups()).flat_map(|(row, group)| group.iter().map(move |_| row));
    writer.put(Column::EvidenceOffsets, &offsets(relations.len(), owners));
    writer.put_of(Column::EvidenceNote, &settled.rows, |row| row.note);
    writer.put_of(Column::EvidenceLine, &settled.rows, |row| row.line);
    writer.put_of(Column::EvidenceAt, &settled.rows, |row| row.column);
    write_witnesses(writer, kept, rows());
    write_quotes(writer, kept, rows(), quotes);
    write_confidence(writer, &relations);
    relations
}

/// Confidences by their place among those that occur: most often a byte each.
fn write_confidence(writer: &mut Writer, relations: &[Relation]) {
    let distinct: BTreeSet<u16> = relations.iter().map(|relation| relation.3).collect();
    let values: Vec<u16> = distinct.into_iter().collect();
    let places: Vec<u32> =
        relations.iter().map(|relation| number(values.partition_point(|value| *value < relation.3))).collect();
    writer.put(Column::Confidence, &places);
    writer.put(Column::ConfidenceValue, &values);
}

/// Rules with the confidence they fired with: few, so that a row names both in a byte or two.
fn write_witnesses<'r>(writer: &mut Writer, kept: &mut Kept<'_>, rows: impl Iterator<Item = &'r RelationRow> + Clone) {
    let distinct: FxHashSet<(Text, u16)> = rows.clone().map(|row| (row.rule, row.confidence)).collect();
    let mut witnesses: Vec<(Text, u16)> = distinct.into_iter().collect();
    let pool = kept.pool();
    witnesses.sort_by(|left, right| pool.compare(left.0, right.0).then(left.1.cmp(&right.1)));
    let places: FxHashMap<(Text, u16), u32> = witnesses.iter().copied().zip(0u32..).collect();
    let column: Vec<u32> = rows.map(|row| places[&(row.rule, row.confidence)]).collect();
    writer.put(Column::EvidenceWitness, &column);
    writer.put(Column::WitnessRule, &witnesses.iter().map(|(rule, _)| kept.keep(*rule)).collect::<Vec<_>>());
    writer.put(Column::WitnessConfidence, &witnesses.iter().map(|(_, confidence)| *confidence).collect::<Vec<_>>());
}

/// Writes the words of each row; rows of one relation with the same words share them, as copies of a note give them.
fn write_quotes<'r>(
    writer: &mut Writer,
    kept: &Kept<'_>,
    rows: impl Iterator<Item = &'r RelationRow> + Clone,
    quotes: &[u8],
) {
    let (mut starts, mut bytes) = (Vec::new(), Vec::new());
    let mut relation = (u32::MAX, 0, 0);
    let mut written: FxHashMap<(&str, Text, Text), u64> = FxHashMap::default();
    for row in rows {
        if relation != (row.start, row.kind, row.end) {
            relation = (row.start, row.kind, row.end);
            written.clear();
        }
        let quote = row.quote.of(quotes);
        let start = *written.entry((quote, row.subject_text, row.object_text)).or_insert(bytes.len() as u64);
        starts.push(start);
        if start < bytes.len() as u64 {
            continue;
        }
        push_words(&mut bytes, Some(quote));
        for (text, concept) in [(row.subject_text, row.start), (row.object_text, row.end)] {
            // Concepts are the first strings that are kept, in order.
            let own_name = kept.place(text) == Some(concept);
            push_words(&mut bytes, (!own_name).then(|| kept.pool().get(text)));
        }
    }
    writer.put(Column::QuoteOffsets, &starts);
    writer.put_bytes(Column::QuoteBytes, bytes);
}

/// The confidence of a relation from its evidence, the best first.
fn combine(evidence: &[RelationRow]) -> u16 {
    let best = evidence[0].confidence;
    if evidence.len() == 1 {
        return best;
    }
    let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
    let mut lines = evidence.iter().filter(|row| seen.insert((row.note, row.line)));
    let mut doubt = (1000 - u32::from(lines.next().map_or(best, |row| row.confidence))) * 1000;
    for row in lines {
        doubt = u32::try_from(u64::from(doubt) * (4000 - u64::from(row.confidence)) / 4000).unwrap_or(doubt);
    }
    let combined = (1000 - doubt.div_ceil(1000)).min(CONFIDENCE_LIMIT);
    best.max(u16::try_from(combined).unwrap_or(best))
}
