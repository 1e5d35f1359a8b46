//! The path of least cost: Dijkstra's search from both ends (Pohl 1971).

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::{GraphPath, Steps, relation_cost};
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId, Topology};

/// The path from `start` to `end` whose relations are trusted most: least sum of 1 - ln confidence.
///
/// Of equal ones the same each time. O((V + E) log V) at worst, far less between near nodes.
#[must_use]
pub fn cheapest(graph: &KnowledgeGraph, start: NodeId, end: NodeId, steps: &Steps) -> Option<GraphPath> {
    let topology = &graph.topology();
    if start.index().max(end.index()) >= topology.node_count() {
        return None;
    }
    let mut sides = [Side::new(topology, start), Side::new(topology, end)];
    let met = meet(topology, steps, &mut sides)?;
    let (mut nodes, mut relationships) = sides[0].trail(topology, steps, met, false);
    nodes.reverse();
    relationships.reverse();
    let (rest, last) = sides[1].trail(topology, steps, met, true);
    nodes.extend(rest.into_iter().skip(1));
    relationships.extend(last);
    Some(GraphPath { nodes, relationships })
}

struct Side {
    /// One more than the least cost found so far; 0 for nodes not seen.
    costs: Vec<u32>,
    waiting: BinaryHeap<Reverse<(u32, NodeId)>>,
}

fn meet(topology: &Topology<'_>, steps: &Steps, sides: &mut [Side; 2]) -> Option<NodeId> {
    let root = |side: &Side| side.waiting.peek().map(|Reverse((_, node))| *node);
    let mut best: Option<(u32, NodeId)> =
        root(&sides[0]).filter(|node| Some(*node) == root(&sides[1])).map(|node| (0, node));
    while let [Some(Reverse((one, _))), Some(Reverse((other, _)))] = [sides[0].waiting.peek(), sides[1].waiting.peek()]
    {
        if best.is_some_and(|(cost, _)| one.saturating_add(*other) >= cost) {
            break;
        }
        let backwards = other < one;
        let [first, second] = sides;
        let (own, across) = if backwards { (second, first) } else { (first, second) };
        let Some(Reverse((spent, node))) = own.waiting.pop() else { break };
        if own.costs[node.index()] != spent + 1 {
            continue;
        }
        steps.each(topology, node, backwards, |via, to| {
            let cost = spent.saturating_add(relation_cost(topology, via)).min(u32::MAX - 1);
            let Some(known) = own.costs.get_mut(to.index()) else { return };
            if *known != 0 && *known <= cost + 1 {
                return;
            }
            *known = cost + 1;
            own.waiting.push(Reverse((cost, to)));
            if let Some(rest) = across.costs[to.index()].checked_sub(1) {
                let whole = (cost.saturating_add(rest), to);
                best = Some(best.map_or(whole, |best| best.min(whole)));
            }
        });
    }
    best.map(|(_, node)| node)
}

impl Side {
    fn new(topology: &Topology<'_>, root: NodeId) -> Self {
        let mut costs = vec![0; topology.node_count()];
        costs[root.index()] = 1;
        Self { costs, waiting: BinaryHeap::from([Reverse((0, root))]) }
    }

    /// From a node back to the root, over the smallest ids where several ways cost the same.
    fn trail(
        &self,
        topology: &Topology<'_>,
        steps: &Steps,
        node: NodeId,
        backwards: bool,
    ) -> (Vec<NodeId>, Vec<RelationshipId>) {
        let (mut nodes, mut relationships, mut at) = (vec![node], Vec::new(), node);
        while self.costs[at.index()] > 1 {
            let mut before: Option<(NodeId, RelationshipId)> = None;
            steps.each(topology, at, !backwards, |via, from| {
                let known = self.costs.get(from.index()).copied().unwrap_or(0);
                if known != 0 && known.saturating_add(relation_cost(topology, via)) == self.costs[at.index()] {
                    before = Some(before.map_or((from, via), |found| found.min((from, via))));
                }
            });
            let Some((from, via)) = before else { break };
            nodes.push(from);
            relationships.push(via);
            at = from;
        }
        (nodes, relationships)
    }
}
