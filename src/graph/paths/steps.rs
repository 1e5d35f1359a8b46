//! Which relationships a path may take, and which way.

use crate::graph::{Neighbours, NodeId, RelationshipId, Topology, TypeId};

/// Which way relationships are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From start to end.
    Outgoing,
    /// From end to start.
    Incoming,
    /// Either way.
    Both,
}

/// The relationships that a path may take at each hop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    types: Types,
    direction: Direction,
    /// Types that are not taken.
    without: Vec<TypeId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Types {
    /// All between concepts.
    Relations,
    /// Also bookkeeping ones.
    All,
    /// These.
    Listed(Vec<TypeId>),
}

impl Steps {
    /// All relations between concepts, no bookkeeping.
    #[must_use]
    pub const fn relations(direction: Direction) -> Self {
        Self { types: Types::Relations, direction, without: Vec::new() }
    }

    /// All relationships, bookkeeping included.
    #[must_use]
    pub const fn all(direction: Direction) -> Self {
        Self { types: Types::All, direction, without: Vec::new() }
    }

    /// Relationships of the listed types.
    #[must_use]
    pub fn of_types(mut types: Vec<TypeId>, direction: Direction) -> Self {
        types.sort_unstable();
        types.dedup();
        Self { types: Types::Listed(types), direction, without: Vec::new() }
    }

    /// The same, but relationships of the given types are not taken.
    #[must_use]
    pub fn without(mut self, types: Vec<TypeId>) -> Self {
        self.without = types;
        self
    }

    /// Visits each relationship that leads from `node` one hop on, or, `backwards`, one that leads to it.
    #[inline]
    pub(super) fn each(
        &self,
        topology: &Topology<'_>,
        node: NodeId,
        backwards: bool,
        mut visit: impl FnMut(RelationshipId, NodeId),
    ) {
        let mut all = |neighbours: Neighbours<'_>| {
            for (id, other) in neighbours {
                if self.without.is_empty() || !self.without.contains(&topology.type_of(id)) {
                    visit(id, other);
                }
            }
        };
        let (out, back) = match self.direction {
            Direction::Both => (true, true),
            Direction::Outgoing => (!backwards, backwards),
            Direction::Incoming => (backwards, !backwards),
        };
        match &self.types {
            Types::Relations if out && back => {
                all(topology.relations_out(node));
                all(topology.relations_in(node));
            }
            Types::Relations if out => all(topology.relations_out(node)),
            Types::Relations => all(topology.relations_in(node)),
            Types::All => {
                if out {
                    all(topology.outgoing(node, None));
                }
                if back {
                    all(topology.incoming(node, None));
                }
            }
            Types::Listed(types) => {
                for wanted in types {
                    if out {
                        all(topology.outgoing(node, Some(*wanted)));
                    }
                    if back {
                        all(topology.incoming(node, Some(*wanted)));
                    }
                }
            }
        }
    }

    /// About how many relationships [`each`](Self::each) would visit. O(1).
    #[inline]
    pub(super) fn effort(&self, topology: &Topology<'_>, node: NodeId, backwards: bool) -> usize {
        let (out, back) = (topology.outgoing(node, None).len(), topology.incoming(node, None).len());
        match (self.direction, backwards) {
            (Direction::Both, _) => out + back,
            (Direction::Outgoing, false) | (Direction::Incoming, true) => out,
            _ => back,
        }
    }
}
