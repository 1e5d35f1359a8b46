//! Fewest hops, one path or all of them.

use super::layers::{Costs, Layers};
use super::meet::{Meet, Side};
use super::{GraphPath, Steps};
use rustc_hash::{FxHashMap, FxHashSet};

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

/// The path of fewest hops from `start` to `end`, at most `limit` hops, whose relationships have the smallest
/// ids, hop by hop. Looks at about twice as much as [`shortest`], and far less than all such paths.
#[must_use]
pub fn smallest_shortest(
    graph: &KnowledgeGraph,
    start: NodeId,
    end: NodeId,
    steps: &Steps,
    limit: Option<u32>,
) -> Option<GraphPath> {
    let topology = graph.topology();
    let mut meet = Meet::new(topology, steps.clone(), start, end);
    meet.distance(limit.unwrap_or(u32::MAX))?;
    let [near, far] = &meet.sides;
    let mut path = GraphPath { nodes: vec![start], relationships: Vec::new() };
    let mut go = |(via, node): (RelationshipId, NodeId)| {
        path.relationships.push(via);
        path.nodes.push(node);
        node
    };
    let mut at = start;
    for onward in onwards(&meet) {
        at = go(*onward.get(&at.0)?);
    }
    for left in (0..far.depth()).rev() {
        let mut best: Option<(RelationshipId, NodeId)> = None;
        // From the side that has less to look at.
        if far.known_effort(left).is_some_and(|effort| effort < steps.effort(&topology, at, false)) {
            for node in far.level(left) {
                steps.each(&topology, *node, true, |via, from| {
                    if from == at && best.is_none_or(|(known, _)| via < known) {
                        best = Some((via, *node));
                    }
                });
            }
        } else {
            steps.each(&topology, at, false, |via, node| {
                if best.is_none_or(|(known, _)| via < known) && far.hops(node) == Some(left) {
                    best = Some((via, node));
                }
            });
        }
        at = go(best?);
    }
    debug_assert_eq!(path.hops(), (near.depth() + far.depth()) as usize, "a meeting is as far as both sides went");
    Some(path)
}

/// For each level of the first side, from its start: the smallest step of each node that leads to a meeting.
fn onwards(meet: &Meet<'_>) -> Vec<FxHashMap<u32, (RelationshipId, NodeId)>> {
    let [near, far] = &meet.sides;
    let (depth, beyond) = (near.depth(), far.depth());
    let is_meeting = |node: &NodeId| near.hops(*node) == Some(depth) && far.hops(*node) == Some(beyond);
    let (one, other) = (near.level(depth), far.level(beyond));
    let nodes = if one.len() <= other.len() { one } else { other };
    let mut good: FxHashSet<u32> = nodes.iter().filter(|node| is_meeting(node)).map(|node| node.0).collect();
    let mut onwards = Vec::new();
    for hops in (0..depth).rev() {
        let mut onward: FxHashMap<u32, (RelationshipId, NodeId)> = FxHashMap::default();
        for from in near.level(hops) {
            meet.steps.each(&meet.topology, *from, false, |via, node| {
                if good.contains(&node.0) {
                    let step = onward.entry(from.0).or_insert((via, node));
                    *step = (*step).min((via, node));
                }
            });
        }
        good = onward.keys().copied().collect();
        onwards.push(onward);
    }
    onwards.reverse();
    onwards
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
