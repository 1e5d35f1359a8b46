//! Who is joined to whom: the adjacency columns, borrowed once for many steps.

use std::ops::Range;

use super::columns::{Column, Image, Ints, partition};
use super::counts::Counts;
use super::{LabelId, NodeId, RelationshipId, TypeId};

/// Fewer types than these are counted: a search in them guesses wrong too often.
const SHORT: usize = 32;

/// The adjacency of a graph both ways, sorted by type and then neighbour. Inner loops borrow it: a copy is some 200 bytes.
///
/// All reads are bounded: a node that is not there has no relationships.
#[derive(Clone, Copy, Debug)]
pub struct Topology<'a> {
    out_offsets: &'a [u32],
    targets: &'a [u32],
    types: Ints<'a>,
    confidence: Ints<'a>,
    confidence_values: Ints<'a>,
    kinds: Ints<'a>,
    in_offsets: &'a [u32],
    sources: &'a [u32],
    in_ids: &'a [u32],
    in_types: Ints<'a>,
    concepts: usize,
    relations: usize,
}

impl<'a> Topology<'a> {
    pub(super) fn new(image: &'a Image, counts: Counts) -> Self {
        Self {
            out_offsets: image.words(Column::OutOffsets),
            targets: image.words(Column::Target),
            types: image.ints(Column::TypeOf),
            confidence: image.ints(Column::Confidence),
            confidence_values: image.ints(Column::ConfidenceValue),
            kinds: image.ints(Column::ConceptKind),
            in_offsets: image.words(Column::InOffsets),
            sources: image.words(Column::Source),
            in_ids: image.words(Column::InId),
            in_types: image.ints(Column::InType),
            concepts: counts.concepts,
            relations: counts.relations,
        }
    }

    /// How many nodes there are.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.out_offsets.len().saturating_sub(1)
    }

    /// How many relationships there are between concepts.
    #[must_use]
    pub const fn relation_count(&self) -> usize {
        self.relations
    }

    /// Relationships that start at a node, all or of one type, by type, then end.
    #[must_use]
    #[inline]
    pub fn outgoing(&self, node: NodeId, relationship_type: Option<TypeId>) -> Neighbours<'a> {
        let mut range = slot(self.out_offsets, node.index(), self.targets.len());
        if let Some(wanted) = relationship_type {
            range = typed(range, wanted, self.types);
        }
        Neighbours { others: &self.targets[range.clone()], ids: Ids::from(range.start) }
    }

    /// Relationships that end at a node, all or of one type, by type, then start.
    #[must_use]
    #[inline]
    pub fn incoming(&self, node: NodeId, relationship_type: Option<TypeId>) -> Neighbours<'a> {
        let mut range = slot(self.in_offsets, node.index(), self.sources.len());
        if let Some(wanted) = relationship_type {
            range = typed(range, wanted, self.in_types);
        }
        self.listed(range)
    }

    /// How many relationships of one type start at a node, or end there: the length of [`outgoing`](Self::outgoing) or
    /// [`incoming`](Self::incoming), for less.
    #[must_use]
    #[inline]
    pub fn degree(&self, node: NodeId, outgoing: bool, wanted: TypeId) -> usize {
        let (offsets, limit, types) = match outgoing {
            true => (self.out_offsets, self.targets.len(), self.types),
            false => (self.in_offsets, self.sources.len(), self.in_types),
        };
        let range = slot(offsets, node.index(), limit);
        if let (Ints::W8(types), Ok(wanted)) = (types, u8::try_from(wanted.0))
            && let Some(own) = types.get(range.clone())
            && own.len() <= SHORT
        {
            return own.iter().map(|one| usize::from(*one == wanted)).sum();
        }
        typed(range, wanted, types).len()
    }

    /// As [`outgoing`](Self::outgoing), between concepts only. O(1).
    #[must_use]
    #[inline]
    pub fn relations_out(&self, concept: NodeId) -> Neighbours<'a> {
        if concept.index() < self.concepts { self.outgoing(concept, None) } else { Neighbours::EMPTY }
    }

    /// As [`incoming`](Self::incoming), between concepts only.
    #[must_use]
    #[inline]
    pub fn relations_in(&self, concept: NodeId) -> Neighbours<'a> {
        if concept.index() >= self.concepts {
            return Neighbours::EMPTY;
        }
        let range = slot(self.in_offsets, concept.index(), self.sources.len());
        if self.targets.len() == self.relations {
            return self.listed(range);
        }
        // Mentions are of the last type and come from notes, whose ids are past those of concepts.
        let between = |at: usize| (self.sources[at] as usize) < self.concepts;
        let end = if range.clone().last().is_none_or(between) { range.end } else { partition(range.clone(), between) };
        self.listed(range.start..end)
    }

    /// The type of a relationship.
    #[must_use]
    #[inline]
    pub fn type_of(&self, id: RelationshipId) -> TypeId {
        TypeId(self.types.tiny(id.index()))
    }

    /// The confidence of a relation in thousandths; `None` for bookkeeping relationships.
    #[must_use]
    #[inline]
    pub fn confidence(&self, id: RelationshipId) -> Option<u16> {
        (id.index() < self.relations).then(|| self.confidence_values.tiny(self.confidence.at(id.index())))
    }

    /// The label of a concept's kind; `None` for other nodes.
    #[must_use]
    #[inline]
    pub fn kind(&self, node: NodeId) -> Option<LabelId> {
        (node.index() < self.concepts).then(|| LabelId(self.kinds.tiny(node.index())))
    }

    /// The labels of all concepts' kinds, where each fits in a byte; empty otherwise, and for what [`kind`](Self::kind)
    /// must then be asked.
    #[must_use]
    #[inline]
    pub fn kinds(&self) -> &'a [u8] {
        match self.kinds {
            Ints::W8(kinds) => kinds.get(..self.concepts).unwrap_or(&[]),
            _ => &[],
        }
    }

    fn listed(&self, range: Range<usize>) -> Neighbours<'a> {
        let ids = self.in_ids.get(range.clone()).unwrap_or(&[]);
        Neighbours { others: &self.sources[range], ids: Ids::Listed(ids) }
    }
}

#[inline]
fn slot(offsets: &[u32], node: usize, limit: usize) -> Range<usize> {
    let (Some(start), Some(end)) = (offsets.get(node), offsets.get(node + 1)) else { return 0..0 };
    let end = (*end as usize).min(limit);
    (*start as usize).min(end)..end
}

#[inline]
fn typed(range: Range<usize>, wanted: TypeId, types: Ints<'_>) -> Range<usize> {
    // Most graphs have few types, a byte each: their slice is searched at once, or counted where it is short.
    if let (Ints::W8(types), Ok(wanted)) = (types, u8::try_from(wanted.0)) {
        let Some(own) = types.get(range.clone()) else { return 0..0 };
        if own.len() <= SHORT {
            let (mut before, mut length) = (0, 0);
            for one in own {
                before += usize::from(*one < wanted);
                length += usize::from(*one == wanted);
            }
            let start = range.start + before;
            return start..start + length;
        }
        let start = range.start + own.partition_point(|one| *one < wanted);
        let length = types[start..range.end].partition_point(|one| *one == wanted);
        return start..start + length;
    }
    let wanted = u64::from(wanted.0);
    let start = partition(range.clone(), |at| types.get(at) < wanted);
    start..partition(start..range.end, |at| types.get(at) <= wanted)
}

/// Relationships of one node with the nodes at their other ends.
#[derive(Clone, Copy, Debug)]
pub struct Neighbours<'a> {
    others: &'a [u32],
    ids: Ids<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Ids<'a> {
    From(u32),
    Listed(&'a [u32]),
}

impl Ids<'_> {
    fn from(first: usize) -> Self {
        Self::From(RelationshipId::from_index(first).0)
    }
}

impl<'a> Neighbours<'a> {
    /// No relationships.
    pub const EMPTY: Self = Self { others: &[], ids: Ids::Listed(&[]) };

    /// The other ends alone, as [`NodeId::0`].
    #[must_use]
    pub const fn others(&self) -> &'a [u32] {
        self.others
    }
}

impl Iterator for Neighbours<'_> {
    type Item = (RelationshipId, NodeId);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (other, rest) = self.others.split_first()?;
        self.others = rest;
        let id = match &mut self.ids {
            Ids::From(next) => {
                let id = *next;
                *next = next.saturating_add(1);
                id
            }
            Ids::Listed(ids) => {
                let (id, rest) = ids.split_first()?;
                *ids = rest;
                *id
            }
        };
        Some((RelationshipId(id), NodeId(*other)))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.others.len(), Some(self.others.len()))
    }
}

impl ExactSizeIterator for Neighbours<'_> {}
