//! A graph → what its notes say, as it came in.
//!
//! An update starts from the graph of the last commit instead of the claims of all notes: rows of notes that
//! stay are taken out of the columns, those of other notes are added, and [`finish`](GraphBuilder::finish)
//! writes them as it writes any. So the bytes are those of a graph that was built from nothing.

use rustc_hash::FxHashMap;

use super::notes::NoteRow;
use super::places::{AliasRow, PlaceRow};
use super::pool::Text;
use super::relations::{Quote, RelationRow};
use super::{GraphBuilder, Rows};
use crate::graph::columns::{Column, Ints};
use crate::graph::evidence::next_words;
use crate::graph::{KnowledgeGraph, NodeId};

impl GraphBuilder {
    /// Begins with what the notes of `graph` say for which `stays` holds, by path. Concepts are still to be added;
    /// they may be others, as long as all that these notes name are among them.
    #[must_use]
    pub fn of_notes(graph: &KnowledgeGraph, stays: impl Fn(&str) -> bool) -> Self {
        let mut builder = Self::default();
        let texts: Vec<Text> = (0..graph.string_count()).map(|id| builder.pool.intern(graph.string(id))).collect();
        let mut again = Again { graph, texts, nothing: builder.pool.intern(""), notes: Vec::new() };
        let paths = again.texts_of(Column::NotePath);
        again.notes = paths.into_iter().map(|path| stays(builder.pool.get(path)).then_some(path)).collect();
        builder.notes = again.notes();
        builder.mentions = again.places(
            Column::MentionOffsets,
            [Column::MentionNote, Column::MentionLine, Column::MentionAt, Column::MentionText],
        );
        builder.definitions = again.places(
            Column::DefinitionOffsets,
            [Column::DefinitionNote, Column::DefinitionLine, Column::DefinitionAt, Column::DefinitionText],
        );
        builder.aliases = again.aliases();
        builder.relations = again.relations(&mut builder);
        builder.quotes = graph.image.raw(Column::QuoteBytes).to_vec();
        builder.ordered = Rows { mentions: builder.mentions.len(), relations: builder.relations.len() };
        builder
    }
}

/// The columns of a graph, seen as rows.
struct Again<'g> {
    graph: &'g KnowledgeGraph,
    /// The strings of the graph in the pool.
    texts: Vec<Text>,
    /// What stands for a string that is not there, as in a graph that somebody made up.
    nothing: Text,
    /// The path of each note that stays.
    notes: Vec<Option<Text>>,
}

impl<'g> Again<'g> {
    fn ints(&self, column: Column) -> Ints<'g> {
        self.graph.image.ints(column)
    }

    fn text(&self, id: usize) -> Text {
        self.texts.get(id).copied().unwrap_or(self.nothing)
    }

    fn note(&self, row: usize) -> Option<Text> {
        self.notes.get(row).copied().flatten()
    }

    /// The strings that a column names.
    fn texts_of(&self, column: Column) -> Vec<Text> {
        let ids = self.ints(column);
        (0..ids.len()).map(|row| self.text(ids.at(row))).collect()
    }

    /// What row `owner` of a column of offsets has of the strings that another column names.
    fn owned(&self, starts: Column, texts: Column, owner: usize) -> Vec<Text> {
        let ids = self.ints(texts);
        self.ints(starts).range(owner, ids.len()).map(|row| self.text(ids.at(row))).collect()
    }

    fn notes(&self) -> Vec<NoteRow> {
        let one = |column, row| self.text(self.ints(column).at(row));
        let fields = |note| {
            let range = self.ints(Column::FieldOffsets).range(note, self.ints(Column::FieldKey).len());
            let values = |field| self.owned(Column::FieldValueOffsets, Column::FieldValue, field);
            range.map(|field| (one(Column::FieldKey, field), values(field))).collect()
        };
        let sections = |note| {
            let range = self.ints(Column::SectionOffsets).range(note, self.ints(Column::SectionTitle).len());
            let (level, line) = (self.ints(Column::SectionLevel), self.ints(Column::SectionLine));
            let level = |row| u8::try_from(level.get(row)).unwrap_or(u8::MAX);
            range.map(|row| (one(Column::SectionTitle, row), level(row), line.small(row))).collect()
        };
        let note = |(note, path): (usize, &Option<Text>)| {
            let path = (*path)?;
            Some(NoteRow {
                path,
                title: one(Column::NoteTitle, note),
                format: one(Column::NoteFormat, note),
                words: self.ints(Column::NoteWords).get(note),
                aliases: self.owned(Column::NoteAliasOffsets, Column::NoteAlias, note),
                fields: fields(note),
                tags: self.owned(Column::NoteTagOffsets, Column::NoteTag, note),
                sections: sections(note),
                links: self.owned(Column::NoteLinkOffsets, Column::NoteLink, note),
            })
        };
        self.notes.iter().enumerate().filter_map(note).collect()
    }

    /// Mentions or definitions: columns are poured into rows one after the other.
    fn places(&self, starts: Column, [note, line, column, text]: [Column; 4]) -> Vec<PlaceRow> {
        let (starts, notes) = (self.ints(starts), self.ints(note));
        let blank = PlaceRow { concept: 0, note: 0, line: 0, column: 0, text: Text(0) };
        let mut rows = vec![blank; notes.len()];
        for concept in 0..self.graph.counts.concepts {
            let name = self.text(concept).0;
            rows[starts.range(concept, notes.len())].iter_mut().for_each(|row| row.concept = name);
        }
        notes.pour(&mut rows, |row, note| row.note = note);
        self.ints(line).pour(&mut rows, |row, line| row.line = line);
        self.ints(column).pour(&mut rows, |row, column| row.column = column);
        self.ints(text).pour(&mut rows, |row, text| row.text = Text(text));
        rows.retain_mut(|row| {
            let note = self.note(row.note as usize);
            row.text = self.text(row.text.0 as usize);
            row.note = note.unwrap_or(self.nothing).0;
            note.is_some()
        });
        rows
    }

    fn aliases(&self) -> Vec<AliasRow> {
        let names = [Column::ClaimSubject, Column::ClaimObject, Column::ClaimRule].map(|column| self.texts_of(column));
        let (notes, lines, columns) =
            (self.ints(Column::ClaimNote), self.ints(Column::ClaimLine), self.ints(Column::ClaimAt));
        let starts = self.ints(Column::ClaimOffsets);
        let mut rows = Vec::with_capacity(notes.len());
        for claim in 0..names[0].len() {
            let [subject, object, rule] =
                [0, 1, 2].map(|name: usize| names[name].get(claim).copied().unwrap_or(self.nothing));
            rows.extend(starts.range(claim, notes.len()).filter_map(|row| {
                let note = self.note(notes.at(row))?;
                Some(AliasRow { subject, object, rule, note, line: lines.small(row), column: columns.small(row) })
            }));
        }
        rows
    }

    /// Relations, with their quotes where they stand in the bytes of all.
    fn relations(&self, builder: &mut GraphBuilder) -> Vec<RelationRow> {
        let notes = self.ints(Column::EvidenceNote);
        let (lines, columns) = (self.ints(Column::EvidenceLine), self.ints(Column::EvidenceAt));
        let (witnesses, confidences) = (self.ints(Column::EvidenceWitness), self.ints(Column::WitnessConfidence));
        let rules = self.texts_of(Column::WitnessRule);
        let types = self.texts_of(Column::TypeNames);
        let mut words = Words { bytes: self.graph.image.raw(Column::QuoteBytes), known: FxHashMap::default() };
        let starts = self.ints(Column::QuoteOffsets);
        let mut rows = Vec::with_capacity(notes.len());
        let topology = self.graph.topology();
        for concept in 0..self.graph.counts.concepts {
            let start = NodeId::from_index(concept);
            for (id, end) in topology.relations_out(start) {
                let names = [start, end].map(|concept| self.text(concept.index()));
                let kind = types.get(topology.type_of(id).index()).copied().unwrap_or(self.nothing);
                for row in self.graph.evidence_range(id) {
                    let Some(note) = self.note(notes.at(row)) else { continue };
                    let witness = witnesses.at(row);
                    let (quote, subject_text, object_text) = words.at(starts.at(row), names, builder);
                    rows.push(RelationRow {
                        start: names[0].0,
                        kind: kind.0,
                        end: names[1].0,
                        note: note.0,
                        line: lines.small(row),
                        column: columns.small(row),
                        confidence: confidences.tiny(witness),
                        rule: rules.get(witness).copied().unwrap_or(self.nothing),
                        subject_text,
                        object_text,
                        quote,
                    });
                }
            }
        }
        rows
    }
}

/// The words of evidence, each run read once.
struct Words<'g> {
    bytes: &'g [u8],
    known: FxHashMap<usize, (Quote, Option<Text>, Option<Text>)>,
}

impl Words<'_> {
    /// The quote and the ends as written, of relations between `names`.
    fn at(&mut self, start: usize, names: [Text; 2], builder: &mut GraphBuilder) -> (Quote, Text, Text) {
        let bytes = self.bytes;
        let (quote, subject, object) = *self.known.entry(start).or_insert_with(|| {
            let mut rest = bytes.get(start..).unwrap_or(&[]);
            let length = next_words(&mut rest).unwrap_or("").len();
            let quote = Quote {
                start: (bytes.len() - rest.len() - length) as u64,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            };
            let mut text = || next_words(&mut rest).map(|text| builder.pool.intern(text));
            (quote, text(), text())
        });
        (quote, subject.unwrap_or(names[0]), object.unwrap_or(names[1]))
    }
}
