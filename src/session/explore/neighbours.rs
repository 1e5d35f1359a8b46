//! The strongest neighbours of a concept, a few at a time, as a picture grows.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{GraphPart, PartNode};
use crate::extract::RelationType;
use crate::graph::{NodeId, RelationshipId};
use crate::session::{Session, SessionError, name};

/// Which neighbours are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// How many new ones at most.
    pub limit: usize,
    /// Types of relations that lead to them; all, when there is none.
    pub types: Vec<String>,
    /// Names of concepts that are shown already.
    pub shown: Vec<String>,
}

/// Neighbours of a concept, with what ties them to it, to each other, and to what was shown before.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Neighbours {
    /// The concept.
    pub concept: PartNode,
    /// How many neighbours it has over the wanted types.
    pub total: usize,
    /// How many of them are neither in `nodes` nor shown already.
    pub more: usize,
    /// The new neighbours, the strongest first.
    pub strongest: Vec<String>,
    /// The concept and the new neighbours, and every relation among them and what was shown.
    #[serde(flatten)]
    pub part: GraphPart,
}

impl Session {
    /// The strongest neighbours of a concept that are not shown yet. The strength of one is the sum of the trust in
    /// the relations with it, each times how often it is said; `RELATED_TO` counts half.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous.
    pub fn neighbours(&self, name: &str, wanted: &Wanted) -> Result<Neighbours, SessionError> {
        let graph = self.graph();
        let concept = name::concept(graph, name)?;
        let shown: BTreeSet<NodeId> = wanted.shown.iter().filter_map(|name| graph.concept(name)).collect();
        let ranked = self.ranked(concept, &wanted.types);
        let fresh: Vec<NodeId> = ranked.iter().copied().filter(|node| !shown.contains(node)).collect();
        let added: Vec<NodeId> = fresh.iter().copied().take(wanted.limit).collect();
        let new: BTreeSet<NodeId> = added.iter().copied().chain([concept]).collect();
        let all: BTreeSet<NodeId> = new.union(&shown).copied().collect();
        let edges = self.touching(&new, &all);
        // Shown nodes at the other ends of edges are needed to draw them, and given without being counted as new.
        let mut part = self.part(&all.iter().copied().collect::<Vec<_>>(), &edges);
        let fresh_ids: BTreeSet<String> = new.iter().map(|node| super::node_id(graph, *node)).collect();
        part.nodes.retain(|node| fresh_ids.contains(&node.id));
        Ok(Neighbours {
            concept: self.part_node(concept),
            total: ranked.len(),
            more: fresh.len() - added.len(),
            strongest: added.iter().map(|node| super::node_id(graph, *node)).collect(),
            part,
        })
    }

    /// All neighbours over relations of `types`, the strongest first, equal ones by name.
    fn ranked(&self, concept: NodeId, types: &[String]) -> Vec<NodeId> {
        let graph = self.graph();
        let mut weights: BTreeMap<NodeId, u64> = BTreeMap::new();
        for (id, other) in graph.topology().relations_out(concept).chain(graph.topology().relations_in(concept)) {
            let name = graph.type_name(graph.topology().type_of(id));
            if other == concept || !(types.is_empty() || types.iter().any(|wanted| wanted == name)) {
                continue;
            }
            let full = u64::from(graph.topology().confidence(id).unwrap_or(0)).saturating_mul(graph.support(id));
            let weight = if name == RelationType::RelatedTo.name() { full / 2 } else { full };
            let sum = weights.entry(other).or_default();
            *sum = sum.saturating_add(weight);
        }
        let mut ranked: Vec<(Reverse<u64>, NodeId)> =
            weights.into_iter().map(|(node, weight)| (Reverse(weight), node)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, node)| node).collect()
    }

    /// Relations between two of `all`, at least one of them in `new`.
    fn touching(&self, new: &BTreeSet<NodeId>, all: &BTreeSet<NodeId>) -> Vec<RelationshipId> {
        let topology = self.graph().topology();
        let of = |node: &NodeId| topology.relations_out(*node).chain(topology.relations_in(*node));
        new.iter().flat_map(of).filter(|(_, other)| all.contains(other)).map(|(id, _)| id).collect()
    }
}
