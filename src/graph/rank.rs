//! Which concepts matter: by relations, and by who relates to them.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::{KnowledgeGraph, NodeClass, NodeId, Topology};

/// How much of a rank is handed on along relations (Brin & Page 1998).
const DAMPING: f64 = 0.85;

/// Rounds end when all ranks together change by less than this, or after [`ROUNDS`].
const TOLERANCE: f64 = 1e-9;

const ROUNDS: usize = 100;

impl KnowledgeGraph {
    /// How many relations a concept has, both ways, bookkeeping left out.
    #[must_use]
    pub fn degree(&self, concept: NodeId) -> usize {
        degree(&self.topology(), concept)
    }

    /// The `limit` concepts with the most relations, with how many; equal ones by name. O(concepts).
    #[must_use]
    pub fn hubs(&self, limit: usize) -> Vec<(NodeId, usize)> {
        let topology = self.topology();
        let mut best = BinaryHeap::new();
        for concept in self.class_nodes(NodeClass::Concept) {
            best.push((Reverse(degree(&topology, concept)), concept));
            if best.len() > limit {
                best.pop();
            }
        }
        best.into_sorted_vec().into_iter().map(|(Reverse(degree), concept)| (concept, degree)).collect()
    }

    /// The share of attention of each concept, by id: a walker follows relations at random, and begins
    /// anew at any concept now and then, and where there is no relation to follow. Sums to 1.
    ///
    /// The same on any number of threads: each sum is taken in the order of ids.
    #[must_use]
    pub fn page_rank(&self) -> Vec<f64> {
        let (topology, count) = (self.topology(), self.counts.concepts);
        if count == 0 {
            return Vec::new();
        }
        let size = f64::from(NodeId::from_index(count).0);
        let mut ranks = vec![1.0 / size; count];
        for _ in 0..ROUNDS {
            let shares: Vec<f64> = ranks.par_iter().enumerate().map(|(at, rank)| share(&topology, at, *rank)).collect();
            let idle: f64 = ranks.iter().zip(&shares).filter(|(_, share)| **share == 0.0).map(|(rank, _)| rank).sum();
            let base = (1.0 - DAMPING + DAMPING * idle) / size;
            let next: Vec<f64> =
                (0..count).into_par_iter().map(|at| base + DAMPING * received(&topology, at, &shares)).collect();
            let change: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
            ranks = next;
            if change < TOLERANCE {
                break;
            }
        }
        ranks
    }
}

fn degree(topology: &Topology<'_>, concept: NodeId) -> usize {
    topology.relations_out(concept).len() + topology.relations_in(concept).len()
}

/// What a concept hands on along each of its relations; 0 where it has none.
fn share(topology: &Topology<'_>, at: usize, rank: f64) -> f64 {
    let relations = topology.relations_out(NodeId::from_index(at)).len();
    if relations == 0 { 0.0 } else { rank / f64::from(NodeId::from_index(relations).0) }
}

fn received(topology: &Topology<'_>, at: usize, shares: &[f64]) -> f64 {
    let sources = topology.relations_in(NodeId::from_index(at)).others();
    sources.iter().filter_map(|source| shares.get(*source as usize)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{graph, pipeline};

    #[test]
    fn hubs_are_by_relations_then_name() {
        let graph = pipeline();
        let hubs: Vec<(&str, usize)> =
            graph.hubs(3).into_iter().map(|(node, degree)| (graph.name(node), degree)).collect();
        assert_eq!(hubs, [("HDFS", 3), ("Hive", 2), ("Spark", 2)]);
    }

    #[test]
    fn ranks_sum_to_one_and_follow_the_arrows() {
        let graph = graph(&[("A", "USES", "C", 500), ("B", "USES", "C", 500), ("C", "USES", "D", 500)]);
        let ranks = graph.page_rank();
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        assert!(ranks[3] > ranks[2] && ranks[2] > ranks[0] && (ranks[0] - ranks[1]).abs() < 1e-12);
    }
}
