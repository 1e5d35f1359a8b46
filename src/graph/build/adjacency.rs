//! Numbers all relationships and writes the adjacency both ways.

use super::notes::{NoteRow, Tags};
use super::relations::Relation;
use super::{number, offsets};
use crate::graph::BOOKKEEPING;
use crate::graph::columns::{Column, Writer};
use crate::graph::counts::Counts;

/// What ties notes to what they hold, by rows of each.
pub(super) struct Ties<'a> {
    /// The notes, for their sections.
    pub(super) notes: &'a [NoteRow],
    /// For each note, the notes it links to.
    pub(super) links: Vec<Vec<u32>>,
    /// The tags of each note.
    pub(super) tags: &'a Tags,
    /// Concepts with the notes that mention them, by concept, then note.
    pub(super) mentioned: Vec<(u32, u32)>,
}

impl Ties<'_> {
    /// Adds start, type and end of each bookkeeping relationship, in that order. `types` is the number of other types.
    fn add_edges(&self, counts: &Counts, types: usize, edges: &mut Vec<(u32, u16, u32)>) {
        let (notes, sections) = (number(counts.concepts), number(counts.concepts + counts.notes));
        let tags = number(counts.concepts + counts.notes + counts.sections);
        let kind = |row: usize| u16::try_from(types + row).expect("types are limited");
        let [has_section, links_to, tagged, mentions] = std::array::from_fn::<u16, { BOOKKEEPING.len() }, _>(kind);
        let (starts, concepts) = self.mentioned_in();
        let mut section = sections;
        for (row, note) in self.notes.iter().enumerate() {
            let start = notes + number(row);
            for _ in &note.sections {
                edges.push((start, has_section, section));
                section += 1;
            }
            edges.extend(self.links[row].iter().map(|link| (start, links_to, notes + link)));
            edges.extend(self.tags.of_notes[row].iter().map(|tag| (start, tagged, tags + tag)));
            let mentioned = &concepts[starts[row] as usize..starts[row + 1] as usize];
            edges.extend(mentioned.iter().map(|concept| (start, mentions, *concept)));
        }
    }

    /// The concepts that each note mentions, by note, then concept, and where those of each note start.
    fn mentioned_in(&self) -> (Vec<u32>, Vec<u32>) {
        let starts = offsets(self.notes.len(), self.mentioned.iter().map(|(_, note)| *note));
        let mut next = starts.clone();
        let mut concepts = vec![0; self.mentioned.len()];
        for (concept, note) in &self.mentioned {
            concepts[take(&mut next, *note as usize)] = *concept;
        }
        (starts, concepts)
    }
}

/// Writes both directions; gives the number of all relationships.
pub(super) fn write(
    writer: &mut Writer,
    counts: &Counts,
    types: usize,
    relations: Vec<Relation>,
    ties: &Ties<'_>,
) -> usize {
    let nodes = counts.concepts + counts.notes + counts.sections + counts.tags;
    // All relations start at concepts, whose ids are below those of notes: so both runs join in order.
    let mut edges: Vec<(u32, u16, u32)> =
        relations.into_iter().map(|(start, kind, end, _)| (start, kind, end)).collect();
    ties.add_edges(counts, types, &mut edges);
    let all_types = types + BOOKKEEPING.len();
    let starts_of_types = offsets(all_types, edges.iter().map(|edge| u32::from(edge.1)));
    let type_counts: Vec<u32> = starts_of_types.windows(2).map(|pair| pair[1] - pair[0]).collect();
    writer.put(Column::TypeCounts, &type_counts);
    writer.put_of(Column::TypeOf, &edges, |edge| edge.1);
    writer.put_words(Column::OutOffsets, &offsets(nodes, edges.iter().map(|edge| edge.0)));
    writer.put_words(Column::Target, &edges.iter().map(|edge| edge.2).collect::<Vec<_>>());
    write_incoming(writer, nodes, &edges, starts_of_types);
    edges.len()
}

/// Two stable counting sorts, by type and then by end, leave each node's relationships by type and start.
fn write_incoming(writer: &mut Writer, nodes: usize, edges: &[(u32, u16, u32)], mut starts_of_types: Vec<u32>) {
    let mut by_type = vec![0u32; edges.len()];
    for (id, edge) in (0u32..).zip(edges) {
        by_type[take(&mut starts_of_types, usize::from(edge.1))] = id;
    }
    let starts = offsets(nodes, edges.iter().map(|edge| edge.2));
    let (mut sources, mut ids) = (vec![0u32; edges.len()], vec![0u32; edges.len()]);
    let mut next = starts.clone();
    for id in by_type {
        let edge = edges[id as usize];
        let at = take(&mut next, edge.2 as usize);
        (sources[at], ids[at]) = (edge.0, id);
    }
    writer.put_words(Column::InOffsets, &starts);
    writer.put_words(Column::Source, &sources);
    writer.put_of(Column::InType, &ids, |id| edges[*id as usize].1);
    writer.put_words(Column::InId, &ids);
}

/// The next free place of `slot`.
fn take(next: &mut [u32], slot: usize) -> usize {
    let at = next[slot];
    next[slot] += 1;
    at as usize
}
