//! The nodes with the largest counts, in the order in which they came.

use crate::graph::NodeId;

/// How many are kept at least before the smallest are let go.
const ROOM: usize = 4096;

/// Counts of nodes, of which only the largest are wanted.
pub(super) struct Largest {
    wanted: usize,
    /// No count below this is among those wanted.
    least: u64,
    counted: Vec<(u64, NodeId)>,
    /// How many are let in before the smallest are let go.
    room: usize,
}

impl Largest {
    /// Keeps the `wanted` largest counts, and all that equal the last of them.
    pub(super) fn new(wanted: usize) -> Self {
        Self { wanted, least: 0, counted: Vec::new(), room: wanted.saturating_mul(2).max(ROOM) }
    }

    /// Lets a node in.
    #[inline]
    pub(super) fn add(&mut self, count: u64, node: NodeId) {
        if count >= self.least {
            self.counted.push((count, node));
            if self.counted.len() >= self.room {
                self.shrink();
            }
        }
    }

    #[inline(never)]
    fn shrink(&mut self) {
        if !(1..self.counted.len()).contains(&self.wanted) {
            return;
        }
        let mut counts: Vec<u64> = self.counted.iter().map(|(count, _)| *count).collect();
        let last = counts.len() - self.wanted;
        let least = *counts.select_nth_unstable(last).1;
        self.least = least;
        self.counted.retain(|(count, _)| *count >= least);
        // Many may equal the last, and are looked at again only once there are twice as many.
        self.room = self.room.max(self.counted.len().saturating_mul(2));
    }

    /// Those kept.
    pub(super) fn into_counted(mut self) -> Vec<(u64, NodeId)> {
        self.shrink();
        self.counted
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is kept is what sorting all of them would keep, however often the smallest were let go.
        #[test]
        fn the_largest_are_kept_with_all_that_equal_the_last(
            counts in proptest::collection::vec(0u64..50, 0..400), wanted in 0usize..40, room in 1usize..60,
        ) {
            let mut largest = Largest { room, ..Largest::new(wanted) };
            let counted: Vec<(u64, NodeId)> = counts.iter().copied().zip((0..).map(NodeId)).collect();
            counted.iter().for_each(|(count, node)| largest.add(*count, *node));
            let mut sorted = counts.clone();
            sorted.sort_unstable_by(|one, other| other.cmp(one));
            let least = if wanted == 0 { 0 } else { sorted.get(wanted - 1).copied().unwrap_or(0) };
            let expected: Vec<(u64, NodeId)> = counted.into_iter().filter(|(count, _)| *count >= least).collect();
            prop_assert_eq!(largest.into_counted(), expected);
        }
    }
}
