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
    let mut level = Vec::new();
    let mut tests = Tests::new(&chain.filters, chain.start);
    for node in candidates(&chain.access, &Row::new(), run)? {
        run.step()?;
        if tests.pass(node, run)? {
            level.push(node);
        }
    }
    for link in &chain.links {
        let types = filter_of(&link.types, run);
        let mut tests = Tests::new(&chain.filters, link.to);
        let mut next = Nodes::new(notes.graph.node_count());
        for node in level {
            notes.others(node, link.direction, &types, |others| {
                run.steps(others.len())?;
                let ends = others.iter().copied().map(NodeId);
                if tests.is_empty() {
                    ends.for_each(|to| next.add(to));
                    return Ok::<(), QueryError>(());
                }
                for to in ends {
                    if tests.pass(to, run)? {
                        next.add(to);
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
    listed: Vec<NodeId>,
    /// A bit for each node, once there are many; then those listed come once.
    marks: Vec<u64>,
}

impl Nodes {
    fn new(count: usize) -> Self {
        Self { count, few: (count / ONE_IN).max(64), listed: Vec::new(), marks: Vec::new() }
    }

    #[inline]
    fn add(&mut self, node: NodeId) {
        if self.marks.is_empty() {
            self.listed.push(node);
            if self.listed.len() == self.few {
                self.mark();
            }
        } else if mark(&mut self.marks, node) {
            self.listed.push(node);
        }
    }

    fn mark(&mut self) {
        self.marks = vec![0; self.count / 64 + 1];
        let marks = &mut self.marks;
        self.listed.retain(|node| mark(marks, *node));
    }

    fn into_nodes(mut self) -> Vec<NodeId> {
        if self.marks.is_empty() {
            self.listed.sort_unstable();
            self.listed.dedup();
        }
        self.listed
    }
}

/// Sets the bit of a node; false where it was set.
#[inline]
fn mark(marks: &mut [u64], node: NodeId) -> bool {
    let Some(word) = marks.get_mut(node.index() / 64) else { return false };
    let bit = 1 << (node.index() % 64);
    let new = *word & bit == 0;
    *word |= bit;
    new
}
