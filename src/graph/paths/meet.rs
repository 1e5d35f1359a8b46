//! Two searches from both ends, level by level, until they meet.

use rustc_hash::FxHashMap;

use super::Steps;
use crate::graph::{NodeId, RelationshipId, Topology};

/// How many relationships one search looks at before it gives up.
pub const SCAN_LIMIT: usize = 50_000_000;

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

/// What growing a level is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Want {
    /// One node that both sides know.
    First,
    /// All nodes of the level that both sides know; if there are any, only those.
    Meeting,
    /// The whole level.
    Level,
}

/// Bits that tell at once of most nodes that a search has not seen them: a bit for each node, shared by nodes far apart.
struct Marks(Box<[u64; Self::WORDS]>);

impl Marks {
    /// Four kilobytes, which stay near the processor.
    const WORDS: usize = 512;

    fn new() -> Self {
        Self(Box::new([0; Self::WORDS]))
    }

    fn set(&mut self, node: NodeId) {
        self.0[node.index() / 64 % Self::WORDS] |= 1 << (node.index() % 64);
    }

    /// Whether it or another node of its bit was set.
    #[inline]
    fn may_have(&self, node: NodeId) -> bool {
        self.0[node.index() / 64 % Self::WORDS] & 1 << (node.index() % 64) != 0
    }
}

/// One of the two searches.
pub(super) struct Side {
    pub(super) seen: FxHashMap<u32, Seen>,
    marks: Marks,
    /// The nodes by how far away they are.
    levels: Vec<Vec<NodeId>>,
    /// How many relationships lead on from each level; none where that was not asked yet.
    efforts: Vec<Option<usize>>,
}

impl Side {
    fn new(root: NodeId) -> Self {
        let seen = Seen { hops: 0, from: root, via: RelationshipId(u32::MAX) };
        let mut marks = Marks::new();
        marks.set(root);
        Self { seen: FxHashMap::from_iter([(root.0, seen)]), marks, levels: vec![vec![root]], efforts: vec![None] }
    }

    /// All nodes at most so far away are known.
    pub(super) fn depth(&self) -> u32 {
        u32::try_from(self.levels.len() - 1).unwrap_or(u32::MAX)
    }

    /// Whether it has reached all that can be reached.
    pub(super) fn is_done(&self) -> bool {
        self.levels.last().is_none_or(Vec::is_empty)
    }

    /// The hops to a node, if it is known.
    pub(super) fn hops(&self, node: NodeId) -> Option<u32> {
        self.seen.get(&node.0).map(|seen| seen.hops)
    }

    /// The nodes just so far away that are known.
    pub(super) fn level(&self, hops: u32) -> &[NodeId] {
        self.levels.get(hops as usize).map_or(&[], Vec::as_slice)
    }

    /// How many relationships lead on from the nodes just so far away, where that was asked already.
    pub(super) fn known_effort(&self, hops: u32) -> Option<usize> {
        self.efforts.get(hops as usize).copied().flatten()
    }

    /// The nodes at most so far away, the near ones first.
    pub(super) fn within(&self, hops: u32) -> impl Iterator<Item = NodeId> {
        self.levels.iter().take(hops as usize + 1).flatten().copied()
    }

    fn add(&mut self, node: NodeId, from: NodeId, via: RelationshipId, level: &mut Vec<NodeId>) {
        let hops = u32::try_from(self.levels.len()).unwrap_or(u32::MAX);
        self.seen.entry(node.0).or_insert_with(|| {
            level.push(node);
            self.marks.set(node);
            Seen { hops, from, via }
        });
    }

    #[inline]
    fn has_seen(&self, node: NodeId) -> bool {
        self.marks.may_have(node) && self.seen.contains_key(&node.0)
    }
}

/// A search from `start` and one, against the steps, from `end`.
pub(super) struct Meet<'g> {
    pub(super) topology: Topology<'g>,
    pub(super) steps: Steps,
    pub(super) start: NodeId,
    pub(super) end: NodeId,
    pub(super) sides: [Side; 2],
    /// Whether the last level holds only nodes that both sides know.
    partial: bool,
    scanned: usize,
}

impl<'g> Meet<'g> {
    pub(super) fn new(topology: Topology<'g>, steps: Steps, start: NodeId, end: NodeId) -> Self {
        let sides = [Side::new(start), Side::new(end)];
        Self { topology, steps, start, end, sides, partial: false, scanned: 0 }
    }

    /// Whether the search gave up.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.scanned > SCAN_LIMIT
    }

    /// The fewest hops from start to end, at most `limit`; none where there is no such path. Every node on
    /// a shortest path is then known to the side it lies on.
    pub(super) fn distance(&mut self, limit: u32) -> Option<u32> {
        if self.start == self.end {
            return Some(0);
        }
        self.advance(limit, Want::Meeting).map(|_| self.depth())
    }

    /// As [`distance`](Self::distance), but stops at the first node where both sides meet, and gives it.
    pub(super) fn first_meeting(&mut self, limit: u32) -> Option<NodeId> {
        if self.start == self.end {
            return Some(self.start);
        }
        self.advance(limit, Want::First)
    }

    /// Grows whole levels until both sides together reach `hops` hops, or all there is.
    pub(super) fn reach(&mut self, hops: u32) {
        if self.partial && self.depth() < hops {
            self.sides = [Side::new(self.start), Side::new(self.end)];
            self.partial = false;
        }
        while self.depth() < hops && !self.is_exhausted() {
            let side = match (self.sides[0].is_done(), self.sides[1].is_done()) {
                (true, true) => break,
                (true, false) => 1,
                (false, true) => 0,
                (false, false) => self.cheaper(),
            };
            self.grow(side, Want::Level);
        }
    }

    /// How many relationships lead on, in the direction of a side, from its nodes at most `hops` away.
    pub(super) fn effort(&mut self, side: usize, hops: u32) -> usize {
        let levels = self.sides[side].levels.len().min(hops as usize + 1);
        (0..levels).map(|level| self.level_effort(side, level)).sum()
    }

    /// Counts work done outside; false when the search should give up.
    pub(super) const fn spend(&mut self, relationships: usize) -> bool {
        self.scanned = self.scanned.saturating_add(relationships);
        !self.is_exhausted()
    }

    fn depth(&self) -> u32 {
        self.sides[0].depth() + self.sides[1].depth()
    }

    fn advance(&mut self, limit: u32, want: Want) -> Option<NodeId> {
        while self.depth() < limit && !self.is_exhausted() {
            // A side that has seen all it can without a meeting will never meet.
            if self.sides.iter().any(Side::is_done) {
                return None;
            }
            let side = self.cheaper();
            let met = self.grow(side, want);
            if met.is_some() {
                return met;
            }
        }
        None
    }

    /// The side whose next level has less to look at.
    fn cheaper(&mut self) -> usize {
        let [one, other] = [0, 1].map(|side| self.level_effort(side, self.sides[side].levels.len() - 1));
        usize::from(other < one)
    }

    fn level_effort(&mut self, side: usize, level: usize) -> usize {
        let (topology, steps) = (&self.topology, &self.steps);
        let Side { levels, efforts, .. } = &mut self.sides[side];
        *efforts[level]
            .get_or_insert_with(|| levels[level].iter().map(|node| steps.effort(topology, *node, side == 1)).sum())
    }

    /// Grows one side by a level; gives the first node found that the other side knows, if that is wanted.
    fn grow(&mut self, side: usize, want: Want) -> Option<NodeId> {
        let [first, second] = &mut self.sides;
        let (own, other) = if side == 0 { (first, second) } else { (second, first) };
        let frontier = own.levels.last().cloned().unwrap_or_default();
        let mut level = Vec::new();
        if want != Want::Level {
            let mut meetings = Vec::new();
            for from in &frontier {
                self.steps.each(&self.topology, *from, side == 1, |via, node| {
                    self.scanned += 1;
                    if other.has_seen(node) {
                        meetings.push((node, via, *from));
                    }
                });
                if self.scanned > SCAN_LIMIT || (want == Want::First && !meetings.is_empty()) {
                    break;
                }
            }
            for (node, via, from) in &meetings {
                own.add(*node, *from, *via, &mut level);
            }
            self.partial = !meetings.is_empty();
        }
        let rest = if self.partial { &[][..] } else { &frontier };
        for from in rest {
            self.steps.each(&self.topology, *from, side == 1, |via, node| {
                self.scanned += 1;
                own.add(node, *from, via, &mut level);
            });
            if self.scanned > SCAN_LIMIT {
                break;
            }
        }
        let met = level.first().copied().filter(|_| self.partial);
        own.levels.push(level);
        own.efforts.push(None);
        met
    }
}
