//! Two searches from both ends, level by level, until they meet.

use rustc_hash::FxHashMap;

use super::Steps;
use crate::graph::{NodeId, RelationshipId, Topology};

/// How many relationships one search looks at before it gives up.
pub(super) const SCAN_LIMIT: usize = 50_000_000;

/// What one search knows of a node.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    /// How many hops away it is.
    pub(super) hops: u32,
    /// The node it was reached from.
    pub(super) from: NodeId,
    /// Along which relationship.
    pub(super) via: RelationshipId,
}

/// One of the two searches.
pub(super) struct Side {
    pub(super) seen: FxHashMap<u32, Seen>,
    frontier: Vec<NodeId>,
    /// All nodes at most so far away are known.
    pub(super) depth: u32,
}

impl Side {
    fn new(root: NodeId) -> Self {
        let seen = Seen { hops: 0, from: root, via: RelationshipId(u32::MAX) };
        Self { seen: FxHashMap::from_iter([(root.0, seen)]), frontier: vec![root], depth: 0 }
    }

    /// Whether it has reached all that can be reached.
    pub(super) const fn is_done(&self) -> bool {
        self.frontier.is_empty()
    }

    /// The hops to a node, if it is known.
    pub(super) fn hops(&self, node: NodeId) -> Option<u32> {
        self.seen.get(&node.0).map(|seen| seen.hops)
    }
}

/// A search from `start` and one, against the steps, from `end`.
pub(super) struct Meet<'g> {
    pub(super) topology: Topology<'g>,
    pub(super) steps: Steps,
    pub(super) start: NodeId,
    pub(super) end: NodeId,
    pub(super) sides: [Side; 2],
    scanned: usize,
}

impl<'g> Meet<'g> {
    pub(super) fn new(topology: Topology<'g>, steps: Steps, start: NodeId, end: NodeId) -> Self {
        Self { topology, steps, start, end, sides: [Side::new(start), Side::new(end)], scanned: 0 }
    }

    /// Whether the search gave up.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.scanned > SCAN_LIMIT
    }

    /// The fewest hops from start to end, at most `limit`; none where there is no such path. Levels are
    /// finished, so every node on a shortest path is known to the side it lies on.
    pub(super) fn distance(&mut self, limit: u32) -> Option<u32> {
        if self.start == self.end {
            return Some(0);
        }
        self.advance(limit, false).map(|_| self.sides[0].depth + self.sides[1].depth)
    }

    /// As [`distance`](Self::distance), but stops in the middle of a level and gives the node where both sides met.
    pub(super) fn first_meeting(&mut self, limit: u32) -> Option<NodeId> {
        if self.start == self.end {
            return Some(self.start);
        }
        self.advance(limit, true)
    }

    fn advance(&mut self, limit: u32, stop: bool) -> Option<NodeId> {
        while self.sides[0].depth + self.sides[1].depth < limit && !self.is_exhausted() {
            // A side that has seen all it can without a meeting will never meet.
            if self.sides.iter().any(Side::is_done) {
                return None;
            }
            let met = self.grow(self.cheaper(), stop);
            if met.is_some() {
                return met;
            }
        }
        None
    }

    /// Grows until both sides together reach `hops` hops, or all there is.
    pub(super) fn reach(&mut self, hops: u32) {
        while self.sides[0].depth + self.sides[1].depth < hops && !self.is_exhausted() {
            match (self.sides[0].is_done(), self.sides[1].is_done()) {
                (true, true) => break,
                (true, false) => self.grow(1, false),
                (false, true) => self.grow(0, false),
                (false, false) => self.grow(self.cheaper(), false),
            };
        }
    }

    /// The side whose next level has less to look at.
    fn cheaper(&self) -> usize {
        let effort = |side: usize| -> usize {
            self.sides[side].frontier.iter().map(|node| self.steps.effort(self.topology, *node, side == 1)).sum()
        };
        usize::from(effort(1) < effort(0))
    }

    /// Grows one side by a level; gives the first node that the other side knows, stopping there if asked.
    fn grow(&mut self, side: usize, stop: bool) -> Option<NodeId> {
        let [first, second] = &mut self.sides;
        let (own, other) = if side == 0 { (first, second) } else { (second, first) };
        own.depth += 1;
        let frontier = std::mem::take(&mut own.frontier);
        let mut met = None;
        for from in frontier {
            if self.scanned > SCAN_LIMIT || (stop && met.is_some()) {
                break;
            }
            self.steps.each(self.topology, from, side == 1, |via, node| {
                self.scanned += 1;
                own.seen.entry(node.0).or_insert_with(|| {
                    own.frontier.push(node);
                    if met.is_none() && other.seen.contains_key(&node.0) {
                        met = Some(node);
                    }
                    Seen { hops: own.depth, from, via }
                });
            });
        }
        met
    }

    /// Counts work done outside; false when the search should give up.
    pub(super) const fn spend(&mut self, relationships: usize) -> bool {
        self.scanned = self.scanned.saturating_add(relationships);
        !self.is_exhausted()
    }
}
