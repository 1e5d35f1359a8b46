//! How many nodes stand at the end of a chain, each counted once.

use super::super::Result;
use super::super::expand::filter_of;
use super::super::run::{Row, Run};
use super::super::scan::candidates;
use super::super::view::Notes;
use super::test::Tests;
use crate::graph::NodeId;
use crate::query::error::QueryError;
use crate::query::plan::Chain;

/// Nodes are sorted while there are fewer than one in so many of all, then marked: to sort one takes as long as
/// to clear the marks of some hundred.
const ONE_IN: usize = 1024;

/// The number of nodes at the end of `chain`.
pub(super) fn count(chain: &Chain, notes: &Notes<'_>, run: &Run<'_>) -> Result<u64> {
    let mut level: Vec<u32> = Vec::new();
    let mut tests = Tests::new(&chain.filters, chain.start);
    for node in candidates(&chain.access, &Row::new(), run)? {
        run.step()?;
        if tests.pass(node, run)? {
            level.push(node.0);
        }
    }
    for link in &chain.links {
        let types = filter_of(&link.types, run);
        let mut tests = Tests::new(&chain.filters, link.to);
        let mut next = Nodes::new(notes.graph.node_count());
        for node in level {
            notes.others(NodeId(node), link.direction, &types, |others| {
                run.steps(others.len())?;
                if tests.is_empty() {
                    next.add(others);
                    return Ok::<(), QueryError>(());
                }
                for to in others {
                    if tests.pass(NodeId(*to), run)? {
                        next.add(&[*to]);
                    }
                }
                Ok(())
            })?;
        }
        level = next.into_nodes();
    }
    Ok(level.len() as u64)
}

/// A set of nodes.
struct Nodes {
    count: usize,
    few: usize,
    /// With repetitions, while there are few.
    listed: Vec<u32>,
    /// A bit for each node, once there are many; then those listed come once.
    marks: Vec<u64>,
}

impl Nodes {
    fn new(count: usize) -> Self {
        Self { count, few: (count / ONE_IN).max(64), listed: Vec::new(), marks: Vec::new() }
    }

    fn add(&mut self, nodes: &[u32]) {
        if self.marks.is_empty() && self.listed.len() + nodes.len() < self.few {
            self.listed.extend_from_slice(nodes);
            return;
        }
        if self.marks.is_empty() {
            self.marks = vec![0; self.count / 64 + 1];
            let listed = std::mem::take(&mut self.listed);
            self.mark(&listed);
        }
        self.mark(nodes);
    }

    /// Sets the bits of nodes and lists those whose bit was not set. Does not guess which those are.
    fn mark(&mut self, nodes: &[u32]) {
        let mut length = self.listed.len();
        self.listed.resize(length + nodes.len(), 0);
        for node in nodes {
            let Some(word) = self.marks.get_mut(*node as usize / 64) else { continue };
            let bit = node % 64;
            self.listed[length] = *node;
            length += usize::from(*word >> bit & 1 == 0);
            *word |= 1 << bit;
        }
        self.listed.truncate(length);
    }

    fn into_nodes(mut self) -> Vec<u32> {
        if self.marks.is_empty() {
            self.listed.sort_unstable();
            self.listed.dedup();
        }
        self.listed
    }
}
