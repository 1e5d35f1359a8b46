//! Fewest hops, one path or all of them.

use super::layers::{Costs, Layers};
use super::meet::{Meet, Side};
use super::{GraphPath, Steps};
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId};

/// One path of fewest hops from `start` to `end`, at most `limit` hops; the same one each time.
///
/// From a node to itself it has no hops. Stops at the first meeting of two searches.
#[must_use]
pub fn shortest(
    graph: &KnowledgeGraph,
    start: NodeId,
    end: NodeId,
    steps: &Steps,
    limit: Option<u32>,
) -> Option<GraphPath> {
    let mut meet = Meet::new(graph.topology(), steps.clone(), start, end);
    let met = meet.first_meeting(limit.unwrap_or(u32::MAX))?;
    let (mut nodes, mut relationships) = trail(&meet.sides[0], met);
    nodes.reverse();
    relationships.reverse();
    let (rest, last) = trail(&meet.sides[1], met);
    nodes.extend(rest.into_iter().skip(1));
    relationships.extend(last);
    Some(GraphPath { nodes, relationships })
}

/// From a node back to the root of a side.
fn trail(side: &Side, node: NodeId) -> (Vec<NodeId>, Vec<RelationshipId>) {
    let (mut nodes, mut relationships, mut at) = (vec![node], Vec::new(), node);
    while let Some(seen) = side.seen.get(&at.0).filter(|seen| seen.hops > 0) {
        relationships.push(seen.via);
        nodes.push(seen.from);
        at = seen.from;
    }
    (nodes, relationships)
}

/// All paths of fewest hops from `start` to `end`, at most `limit` hops, hop by hop in the order of node
/// ids (which is that of names), then of relationships. Two relationships between the same nodes make two paths.
#[must_use]
pub fn all_shortest(
    graph: &KnowledgeGraph,
    start: NodeId,
    end: NodeId,
    steps: &Steps,
    limit: Option<u32>,
) -> AllShortest {
    let mut meet = Meet::new(graph.topology(), steps.clone(), start, end);
    let hops = meet.distance(limit.unwrap_or(u32::MAX));
    let layers = hops.map(|hops| Layers::new(&mut meet, hops, Costs::None));
    let nodes = if layers.is_some() { vec![(start, 0)] } else { Vec::new() };
    AllShortest { hops: hops.unwrap_or(0) as usize, layers, nodes, relationships: Vec::new() }
}

/// Paths of fewest hops, found as they are asked for; see [`all_shortest`].
pub struct AllShortest {
    hops: usize,
    layers: Option<Layers>,
    /// The nodes of the path at hand, each with the step to try next.
    nodes: Vec<(NodeId, usize)>,
    relationships: Vec<RelationshipId>,
}

impl AllShortest {
    /// How many there are, without listing them; saturates. Those already taken count too.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.layers.as_ref().map_or(0, Layers::count)
    }

    fn path(&self) -> GraphPath {
        let nodes = self.nodes.iter().map(|(node, _)| *node).collect();
        GraphPath { nodes, relationships: self.relationships.clone() }
    }
}

impl Iterator for AllShortest {
    type Item = GraphPath;

    fn next(&mut self) -> Option<GraphPath> {
        loop {
            let layer = self.nodes.len().checked_sub(1)?;
            let (node, next) = self.nodes.last_mut()?;
            let step = self.layers.as_ref()?.step(layer, *node, *next);
            if let Some((to, via)) = step {
                *next += 1;
                self.nodes.push((to, 0));
                self.relationships.push(via);
                continue;
            }
            let found = (layer == self.hops).then(|| self.path());
            self.nodes.pop();
            self.relationships.pop();
            if found.is_some() {
                return found;
            }
        }
    }
}
