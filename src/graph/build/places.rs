//! Writes where concepts are mentioned and defined, and where notes say that two names are one.

use rayon::slice::ParallelSliceMut;

use super::order::sort;
use super::pool::{Kept, Text};
use super::{Dropped, Numbers, offsets};
use crate::graph::columns::{Column, Writer};

/// A mention or a definition: as it came in with strings of the pool, then, settled, with positions in the graph.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct PlaceRow {
    pub(super) concept: u32,
    pub(super) note: u32,
    pub(super) line: u32,
    pub(super) column: u32,
    pub(super) text: Text,
}

/// An alias claim as it came in.
#[derive(Clone, Copy)]
pub(super) struct AliasRow {
    pub(super) subject: Text,
    pub(super) object: Text,
    pub(super) rule: Text,
    pub(super) note: Text,
    pub(super) line: u32,
    pub(super) column: u32,
}

/// Writes mentions, of which the second number stand in order at the front; gives each concept with each note that mentions it once, by concept, then note.
pub(super) fn mentions(
    writer: &mut Writer,
    kept: &mut Kept<'_>,
    numbers: &Numbers<'_>,
    rows: (Vec<PlaceRow>, usize),
    dropped: &mut Dropped,
) -> Vec<(u32, u32)> {
    let rows = settle(numbers, rows, dropped);
    let columns =
        [Column::MentionOffsets, Column::MentionNote, Column::MentionLine, Column::MentionAt, Column::MentionText];
    write(writer, kept, numbers, &rows, columns);
    rows.chunk_by(|a, b| (a.concept, a.note) == (b.concept, b.note))
        .map(|pair| (pair[0].concept, pair[0].note))
        .collect()
}

/// Writes definitions.
pub(super) fn definitions(
    writer: &mut Writer,
    kept: &mut Kept<'_>,
    numbers: &Numbers<'_>,
    rows: Vec<PlaceRow>,
    dropped: &mut Dropped,
) {
    let rows = settle(numbers, (rows, 0), dropped);
    let columns = [
        Column::DefinitionOffsets,
        Column::DefinitionNote,
        Column::DefinitionLine,
        Column::DefinitionAt,
        Column::DefinitionText,
    ];
    write(writer, kept, numbers, &rows, columns);
}

/// Brings rows to positions in the graph, drops what has no place in it, sorts, and takes repetitions out.
fn settle(numbers: &Numbers<'_>, (mut rows, ordered): (Vec<PlaceRow>, usize), dropped: &mut Dropped) -> Vec<PlaceRow> {
    let before = rows.len();
    rows.retain_mut(|row| {
        let place = numbers.concept(row.concept).zip(numbers.note(row.note));
        (row.concept, row.note) = place.unwrap_or_default();
        place.is_some()
    });
    dropped.unknown_concepts += (before - rows.len()) as u64;
    // One number is compared sooner than four.
    let key = |row: &PlaceRow| {
        [row.concept, row.note, row.line, row.column].iter().fold(0u128, |key, part| key << 32 | u128::from(*part))
    };
    sort(&mut rows, ordered, |left, right| {
        key(left).cmp(&key(right)).then_with(|| numbers.pool.compare(left.text, right.text))
    });
    rows.dedup();
    rows
}

fn write(
    writer: &mut Writer,
    kept: &mut Kept<'_>,
    numbers: &Numbers<'_>,
    rows: &[PlaceRow],
    [starts, note, line, column, text]: [Column; 5],
) {
    let concepts = numbers.concept_count;
    writer.put(starts, &offsets(concepts, rows.iter().map(|row| row.concept)));
    writer.put_of(note, rows, |row| row.note);
    writer.put_of(line, rows, |row| row.line);
    writer.put_of(column, rows, |row| row.column);
    writer.put(text, &rows.iter().map(|row| kept.keep(row.text)).collect::<Vec<_>>());
}

/// One alias claim with all its places.
pub(super) struct ClaimGroup {
    pub(super) subject: Text,
    pub(super) object: Text,
    rule: Text,
    places: Vec<(u32, u32, u32)>,
}

/// Sorts alias claims by subject, object and rule and gathers their places.
pub(super) fn aliases(numbers: &Numbers<'_>, rows: Vec<AliasRow>) -> Vec<ClaimGroup> {
    let mut rows: Vec<(AliasRow, u32)> =
        rows.into_iter().filter_map(|row| Some((row, numbers.note(row.note.0)?))).collect();
    let pool = numbers.pool;
    rows.par_sort_unstable_by(|(left, left_note), (right, right_note)| {
        let names = [(left.subject, right.subject), (left.object, right.object), (left.rule, right.rule)];
        let places = (left_note, left.line, left.column).cmp(&(right_note, right.line, right.column));
        names
            .iter()
            .fold(std::cmp::Ordering::Equal, |so_far, (a, b)| so_far.then_with(|| pool.compare(*a, *b)))
            .then(places)
    });
    let groups = rows.chunk_by(|(a, _), (b, _)| (a.subject, a.object, a.rule) == (b.subject, b.object, b.rule));
    groups
        .map(|group| {
            let AliasRow { subject, object, rule, .. } = group[0].0;
            let mut places: Vec<_> = group.iter().map(|(row, note)| (*note, row.line, row.column)).collect();
            places.dedup();
            ClaimGroup { subject, object, rule, places }
        })
        .collect()
}

impl ClaimGroup {
    /// Writes all claims.
    pub(super) fn write(writer: &mut Writer, kept: &mut Kept<'_>, claims: Vec<Self>) {
        let mut names = |column, text: fn(&Self) -> Text| {
            writer.put(column, &claims.iter().map(|claim| kept.keep(text(claim))).collect::<Vec<_>>());
        };
        names(Column::ClaimSubject, |claim| claim.subject);
        names(Column::ClaimObject, |claim| claim.object);
        names(Column::ClaimRule, |claim| claim.rule);
        let owners = (0u32..).zip(&claims).flat_map(|(row, claim)| claim.places.iter().map(move |_| row));
        writer.put(Column::ClaimOffsets, &offsets(claims.len(), owners));
        let places: Vec<(u32, u32, u32)> = claims.into_iter().flat_map(|claim| claim.places).collect();
        writer.put(Column::ClaimNote, &places.iter().map(|place| place.0).collect::<Vec<_>>());
        writer.put(Column::ClaimLine, &places.iter().map(|place| place.1).collect::<Vec<_>>());
        writer.put(Column::ClaimAt, &places.iter().map(|place| place.2).collect::<Vec<_>>());
    }
}
