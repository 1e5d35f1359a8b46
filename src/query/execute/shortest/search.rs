//! A search from both ends: breadth first, the smaller frontier each time, until the two meet.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::super::Result;
use super::super::view::Hop;
use super::hops::Hops;
use crate::graph::{NodeId, RelationshipId};
use crate::query::ast::Direction;

/// What was reached from one end.
pub(super) struct Side {
    root: NodeId,
    direction: Direction,
    /// How far each node is.
    pub(super) depths: FxHashMap<NodeId, u64>,
    /// For each node, the hops that reach it by a shortest way: relationship and node before.
    before: FxHashMap<NodeId, Vec<Hop>>,
    pub(super) frontier: Vec<NodeId>,
    pub(super) depth: u64,
}

impl Side {
    fn new(root: NodeId, direction: Direction) -> Self {
        let depths = std::iter::once((root, 0)).collect();
        Self { root, direction, depths, before: FxHashMap::default(), frontier: vec![root], depth: 0 }
    }

    /// Goes one hop further.
    pub(super) fn grow(&mut self, hops: &mut Hops<'_, '_>) -> Result<()> {
        let frontier = std::mem::take(&mut self.frontier);
        self.depth += 1;
        let mut found = Vec::new();
        for node in frontier {
            found.clear();
            hops.expand(node, self.direction, &mut found);
            for (id, next) in found.iter().copied() {
                hops.run.step()?;
                let known = self.depths.get(&next).copied();
                let later = known.is_some_and(|depth| depth < self.depth);
                if later || !hops.passes((id, next))? {
                    continue;
                }
                if known.is_none() {
                    hops.run.hold(64)?;
                    self.depths.insert(next, self.depth);
                    self.frontier.push(next);
                }
                self.before.entry(next).or_default().push((id, node));
            }
        }
        Ok(())
    }
}

pub(super) struct Search<'s, 'r> {
    pub(super) hops: Hops<'s, 'r>,
    /// Whether all paths of one length are wanted, or one.
    pub(super) all: bool,
    near: Side,
    pub(super) far: Side,
}

impl<'s, 'r> Search<'s, 'r> {
    pub(super) fn new(hops: Hops<'s, 'r>, from: NodeId, to: NodeId, all: bool) -> Self {
        let near = Side::new(from, hops.direction());
        let far = Side::new(to, hops.direction().reversed());
        Self { hops, all, near, far }
    }

    /// Where the search begins, and where it ends.
    pub(super) const fn ends(&self) -> (NodeId, NodeId) {
        (self.near.root, self.far.root)
    }

    /// The shortest paths of those that fit, the one with the smallest ids first.
    pub(super) fn paths(mut self, min: u64, max: u64) -> Result<Vec<Vec<RelationshipId>>> {
        loop {
            if self.near.frontier.is_empty() || self.far.frontier.is_empty() {
                return Ok(Vec::new());
            }
            if self.near.depth + self.far.depth >= max {
                return Ok(Vec::new());
            }
            let side = if self.near.frontier.len() <= self.far.frontier.len() { &mut self.near } else { &mut self.far };
            side.grow(&mut self.hops)?;
            let meeting = self.meeting();
            if !meeting.is_empty() {
                let length = self.near.depth + self.far.depth;
                let found = if length < min { Vec::new() } else { self.join(&meeting)? };
                return if found.is_empty() { self.longer(min.max(length + 1), max) } else { Ok(found) };
            }
        }
    }

    /// Nodes that both ends reached by now, in id order.
    fn meeting(&self) -> Vec<NodeId> {
        let (small, large) = if self.near.frontier.len() <= self.far.frontier.len() {
            (&self.near, &self.far)
        } else {
            (&self.far, &self.near)
        };
        let other = |node: &&NodeId| large.depths.get(*node) == Some(&large.depth);
        let mut nodes: Vec<NodeId> = small.frontier.iter().filter(other).copied().collect();
        nodes.sort_unstable();
        nodes
    }

    /// The paths over where both sides met that fit.
    fn join(&mut self, meeting: &[NodeId]) -> Result<Vec<Vec<RelationshipId>>> {
        let mut paths: BTreeMap<Vec<RelationshipId>, ()> = BTreeMap::new();
        for node in meeting {
            let mut heads = Vec::new();
            self.ways(&self.near, *node, &mut heads)?;
            let mut tails = Vec::new();
            self.ways(&self.far, *node, &mut tails)?;
            for head in &heads {
                for tail in &tails {
                    self.hops.run.path()?;
                    let path = head.iter().rev().chain(tail).copied().collect();
                    paths.insert(path, ());
                }
            }
        }
        let limit = if self.all { usize::MAX } else { 1 };
        let mut found = Vec::new();
        for path in paths.into_keys() {
            if found.len() == limit {
                break;
            }
            if self.hops.fits(&path)? {
                found.push(path);
            }
        }
        Ok(found)
    }

    /// All shortest ways from `node` back to where a side began.
    fn ways(&self, side: &Side, node: NodeId, found: &mut Vec<Vec<RelationshipId>>) -> Result<()> {
        let (mut path, mut open): (Vec<RelationshipId>, Vec<(NodeId, usize)>) = (Vec::new(), vec![(node, 0)]);
        while let Some((here, next)) = open.last_mut() {
            let before = side.before.get(here).map_or(&[][..], |hops| &hops[..]);
            if before.is_empty() && *next == 0 {
                self.hops.run.path()?;
                found.push(path.clone());
            }
            let Some((id, previous)) = before.get(*next).copied() else {
                open.pop();
                path.pop();
                continue;
            };
            *next += 1;
            path.push(id);
            open.push((previous, 0));
        }
        Ok(())
    }
}
