//! How many of each there are: read first, and checked against the columns that everything rests on.

use super::columns::{Column, ColumnsError, Image};

/// How many of each there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) concepts: usize,
    pub(super) notes: usize,
    pub(super) sections: usize,
    pub(super) tags: usize,
    /// Relationships between concepts.
    pub(super) relations: usize,
    /// All relationships.
    pub(super) relationships: usize,
}

impl Counts {
    /// Reads the counts and checks that the columns everything rests on have these lengths.
    pub(super) fn read(image: &Image) -> Result<Self, ColumnsError> {
        let column = image.ints(Column::Counts);
        let count = |index: usize| column.at(index).min(u32::MAX as usize);
        let counts = Self {
            concepts: count(0),
            notes: count(1),
            sections: count(2),
            tags: count(3),
            relations: count(4),
            relationships: count(5),
        };
        let nodes = counts.concepts + counts.notes + counts.sections + counts.tags;
        let lengths = [
            (Column::Counts, column.len(), 6),
            (Column::ConceptKind, image.ints(Column::ConceptKind).len(), counts.concepts),
            (Column::NotePath, image.ints(Column::NotePath).len(), counts.notes),
            (Column::SectionTitle, image.ints(Column::SectionTitle).len(), counts.sections),
            (Column::TagName, image.ints(Column::TagName).len(), counts.tags),
            (Column::OutOffsets, image.words(Column::OutOffsets).len(), nodes + 1),
            (Column::InOffsets, image.words(Column::InOffsets).len(), nodes + 1),
            (Column::Target, image.words(Column::Target).len(), counts.relationships),
            (Column::Source, image.words(Column::Source).len(), counts.relationships),
            (Column::InId, image.words(Column::InId).len(), counts.relationships),
            (Column::InType, image.ints(Column::InType).len(), counts.relationships),
            (Column::TypeOf, image.ints(Column::TypeOf).len(), counts.relationships),
            (Column::Confidence, image.ints(Column::Confidence).len(), counts.relations),
        ];
        match lengths.iter().find(|(_, found, expected)| found != expected) {
            Some((column, ..)) => Err(ColumnsError::Damaged { part: column.name() }),
            None => Ok(counts),
        }
    }
}
