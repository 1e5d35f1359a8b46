//! Paths by length, where the shortest did not fit: depth first up to a length, then up to the next one that can be
//! (iterative deepening with a bound, after Korf 1985). What is known of the other end cuts walks that cannot arrive.

use super::super::Result;
use super::super::view::Hop;
use super::search::Search;
use crate::graph::{NodeId, RelationshipId};

impl Search<'_, '_> {
    /// The shortest paths of at least `length` that fit, no relationship twice, in the order of ids.
    pub(super) fn longer(&mut self, mut length: u64, max: u64) -> Result<Vec<Vec<RelationshipId>>> {
        while length <= max {
            while self.far.depth + 1 < length && !self.far.frontier.is_empty() {
                self.far.grow(&mut self.hops)?;
            }
            let mut level = Level { length, next: None, found: Vec::new(), path: Vec::new() };
            self.walk(&mut level)?;
            match level.next {
                _ if !level.found.is_empty() => return Ok(level.found),
                Some(next) => length = next,
                None => break,
            }
        }
        Ok(Vec::new())
    }

    /// Tries all walks of one length.
    fn walk(&mut self, level: &mut Level) -> Result<()> {
        let (from, to) = self.ends();
        let mut open = vec![self.sorted_hops(from)];
        while let Some(hops) = open.last_mut() {
            let Some((id, node)) = hops.next() else {
                open.pop();
                level.path.pop();
                continue;
            };
            self.hops.run.step()?;
            let Some(rest) = self.rest(node) else { continue };
            let walked = level.path.len() as u64 + 1;
            if level.path.contains(&id) || !self.hops.passes((id, node))? {
                continue;
            }
            if walked + rest > level.length {
                let least = level.next.map_or(walked + rest, |next| next.min(walked + rest));
                level.next = Some(least);
                continue;
            }
            self.hops.run.path()?;
            level.path.push(id);
            if walked < level.length {
                open.push(self.sorted_hops(node));
                continue;
            }
            if node == to && self.hops.fits(&level.path)? {
                level.found.push(level.path.clone());
                if !self.all {
                    return Ok(());
                }
            }
            level.path.pop();
        }
        Ok(())
    }

    fn sorted_hops(&self, node: NodeId) -> std::vec::IntoIter<Hop> {
        let mut hops = Vec::new();
        self.hops.expand(node, self.hops.direction(), &mut hops);
        hops.sort_unstable();
        hops.into_iter()
    }

    /// How many hops it takes from a node to the end, at least; nothing where none lead there.
    fn rest(&self, node: NodeId) -> Option<u64> {
        let known = self.far.depths.get(&node).copied();
        known.or_else(|| (!self.far.frontier.is_empty()).then_some(self.far.depth + 1))
    }
}

/// Walks of one length.
struct Level {
    length: u64,
    /// The least length beyond that a walk which was cut could have.
    next: Option<u64>,
    found: Vec<Vec<RelationshipId>>,
    path: Vec<RelationshipId>,
}
