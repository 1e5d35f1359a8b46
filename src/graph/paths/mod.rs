//! Paths between two nodes.
//!
//! - [`shortest`] and [`all_shortest`]: fewest hops, along chosen types and one way or both.
//! - [`Connections`]: what connects two concepts, as people ask it, the best first.
//! - [`cheapest`]: least cost, where a relation costs 1 - ln confidence.
//!
//! All search from both ends and grow the side with less to look at. They look at columns alone:
//! no name, no evidence. Unless told otherwise they follow relations between concepts only.

mod cheapest;
mod connections;
mod cost;
mod layers;
mod meet;
mod shortest;
mod steps;

pub use cheapest::cheapest;
pub use connections::Connections;
pub use cost::relation_cost;
pub use meet::SCAN_LIMIT;
pub use shortest::{AllShortest, all_shortest, shortest, smallest_shortest};
pub use steps::{Direction, Steps};

use super::{KnowledgeGraph, NodeId, RelationshipId};

/// Nodes joined by relationships; `nodes` is one longer than `relationships`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GraphPath {
    /// The nodes passed, the first one first.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, whatever their own direction.
    pub relationships: Vec<RelationshipId>,
}

impl GraphPath {
    /// How many relationships it has.
    #[must_use]
    pub fn hops(&self) -> usize {
        self.relationships.len()
    }

    /// The sum of 1 - ln confidence over its relations.
    #[must_use]
    pub fn cost(&self, graph: &KnowledgeGraph) -> f64 {
        let topology = graph.topology();
        let sum: u64 = self.relationships.iter().map(|id| u64::from(relation_cost(&topology, *id))).sum();
        #[expect(clippy::cast_precision_loss, reason = "paths are short")]
        let sum = sum as f64;
        sum / f64::from(cost::UNIT)
    }
}

#[cfg(test)]
mod tests;
