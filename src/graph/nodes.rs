//! Nodes one after the other: a run of ids, or a list of them.

use std::ops::Range;

use super::NodeId;

/// Nodes in id order.
#[derive(Clone, Debug)]
pub enum Nodes<'a> {
    /// Consecutive ids.
    Run(Range<u32>),
    /// Listed ids.
    Listed(std::slice::Iter<'a, u32>),
}

impl Iterator for Nodes<'_> {
    type Item = NodeId;

    #[inline]
    fn next(&mut self) -> Option<NodeId> {
        match self {
            Self::Run(range) => range.next().map(NodeId),
            Self::Listed(ids) => ids.next().copied().map(NodeId),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = match self {
            Self::Run(range) => range.len(),
            Self::Listed(ids) => ids.len(),
        };
        (left, Some(left))
    }
}

impl ExactSizeIterator for Nodes<'_> {}
