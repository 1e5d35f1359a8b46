//! All paths of one length, cheapest first, without listing them all.
//!
//! Layer `i` holds the nodes that may stand `i` hops from the start; each keeps its steps into the next
//! layer and the least cost from there to the end. A best-first search over partial paths with that
//! exact rest gives whole paths in the order of cost, then of node ids (which is the order of names).

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::GraphPath;
use super::cost::{hub_cost, shown_cost};
use super::meet::Meet;
use crate::graph::{NodeId, RelationshipId, TypeId};

/// How many partial paths are followed for one length.
const PARTIAL_LIMIT: usize = 500_000;

/// What paths are ordered by.
#[derive(Clone, Copy)]
pub(super) enum Costs {
    /// Nothing but their nodes.
    None,
    /// What [`shown_cost`] and [`hub_cost`] say; the type given is the vague one.
    Shown(Option<TypeId>),
}

impl Costs {
    fn of(self, meet: &Meet<'_>, step: Step) -> u64 {
        let Self::Shown(vague) = self else { return 0 };
        let passed = if step.to == meet.end { 0 } else { hub_cost(&meet.topology, step.to) };
        shown_cost(&meet.topology, step.via, vague) + passed
    }
}

/// A step into the next layer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    to: NodeId,
    via: RelationshipId,
    cost: u64,
}

/// A node of a layer.
#[derive(Default)]
struct Place {
    steps: Vec<Step>,
    /// The least cost to the end, if it is reached.
    rest: Option<u64>,
}

/// Paths of one length in order.
pub(super) struct Layers {
    layers: Vec<BTreeMap<NodeId, Place>>,
    waiting: BinaryHeap<Reverse<Partial>>,
    followed: usize,
    most: usize,
    cut: bool,
}

/// The first part of a path; ordered by cost of the best whole path it begins, then by nodes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Partial {
    total: u64,
    nodes: Vec<NodeId>,
    relationships: Vec<RelationshipId>,
    spent: u64,
}

impl Layers {
    /// The paths of exactly `hops` hops that `meet` allows, no node twice.
    pub(super) fn new(meet: &mut Meet<'_>, hops: u32, costs: Costs) -> Self {
        meet.reach(hops);
        let mut layers =
            Self { layers: Vec::new(), waiting: BinaryHeap::new(), followed: 0, most: PARTIAL_LIMIT, cut: false };
        layers.layers.resize_with(hops as usize + 1, BTreeMap::new);
        layers.fill(meet, hops);
        layers.weigh(meet, costs);
        let first = layers.layers[0].get(&meet.start).and_then(|place| place.rest);
        layers.waiting.extend(
            first.map(|total| Reverse(Partial { total, nodes: vec![meet.start], relationships: Vec::new(), spent: 0 })),
        );
        layers.cut |= meet.is_exhausted();
        layers
    }

    /// The same, which follows `most` partial paths and no more.
    pub(super) const fn within(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Whether paths were left out because there are too many.
    pub(super) const fn is_cut(&self) -> bool {
        self.cut
    }

    /// How many ways there are through the layers; saturates. They are paths where `hops` was the least.
    pub(super) fn count(&self) -> u64 {
        let mut ways: BTreeMap<NodeId, u64> = BTreeMap::new();
        for (layer, places) in self.layers.iter().enumerate().rev() {
            let ways_of = |place: &Place| {
                let ways = place.steps.iter().map(|step| ways.get(&step.to).copied().unwrap_or(0));
                ways.fold(0u64, u64::saturating_add)
            };
            let is_last = layer + 1 == self.layers.len();
            let reached = places.iter().filter(|(_, place)| place.rest.is_some());
            ways = reached.map(|(node, place)| (*node, if is_last { 1 } else { ways_of(place) })).collect();
        }
        ways.into_values().next().unwrap_or(0)
    }

    /// The steps of a node in a layer, by the node they lead to.
    pub(super) fn step(&self, layer: usize, node: NodeId, index: usize) -> Option<(NodeId, RelationshipId)> {
        let step = self.layers.get(layer)?.get(&node)?.steps.get(index)?;
        Some((step.to, step.via))
    }

    /// Puts nodes and steps: the middle layer is what both sides know, the others grow from it.
    fn fill(&mut self, meet: &mut Meet<'_>, hops: u32) {
        let middle = if meet.sides[0].is_done() { hops } else { meet.sides[0].depth().min(hops) };
        let fits = |node: &NodeId| allowed(meet, *node, middle, hops) && within(meet, 1, *node, hops - middle);
        let both: Vec<NodeId> = match middle == hops {
            true => Some(meet.end).filter(|end| within(meet, 0, *end, hops)).into_iter().collect(),
            false => meet.sides[0].within(middle).filter(fits).collect(),
        };
        self.layers[middle as usize] = both.into_iter().map(|node| (node, Place::default())).collect();
        for layer in (0..middle).rev() {
            self.spread(meet, layer + 1, layer, hops);
        }
        for layer in middle..hops {
            self.spread(meet, layer, layer + 1, hops);
        }
    }

    /// Grows layer `to` from its neighbour `from`, and puts the steps between both. They are looked up from
    /// the nodes of the one, or from all nodes that may stand in the other, where that is less to look at.
    fn spread(&mut self, meet: &mut Meet<'_>, from: u32, to: u32, hops: u32) {
        let backwards = to < from;
        let (side, left) = if backwards { (0, to) } else { (1, hops - to) };
        let known = &self.layers[from as usize];
        let direct: usize = known.keys().map(|node| meet.steps.effort(&meet.topology, *node, backwards)).sum();
        let effort = meet.effort(side, left);
        if !meet.spend(effort.min(direct)) {
            return;
        }
        // Each with the node in `from` first.
        let mut found: Vec<(NodeId, RelationshipId, NodeId)> = Vec::new();
        if effort < direct {
            for other in meet.sides[side].within(left).filter(|node| allowed(meet, *node, to, hops)) {
                meet.steps.each(&meet.topology, other, !backwards, |via, node| {
                    found.extend(known.contains_key(&node).then_some((node, via, other)));
                });
            }
        } else {
            let fits = |other| allowed(meet, other, to, hops) && within(meet, side, other, left);
            for node in known.keys() {
                meet.steps.each(&meet.topology, *node, backwards, |via, other| {
                    found.extend(fits(other).then_some((*node, via, other)));
                });
            }
        }
        for (node, via, other) in found {
            let (start, end) = if backwards { (other, node) } else { (node, other) };
            self.layers[to as usize].entry(other).or_default();
            let step = Step { to: end, via, cost: 0 };
            self.layers[to.min(from) as usize].entry(start).or_default().steps.push(step);
        }
    }

    /// Finds the least cost from each node to the end, from the last layer back.
    fn weigh(&mut self, meet: &Meet<'_>, costs: Costs) {
        let last = self.layers.len() - 1;
        if let Some(end) = self.layers[last].get_mut(&meet.end) {
            end.rest = Some(0);
        }
        for layer in (0..last).rev() {
            let (before, after) = self.layers.split_at_mut(layer + 1);
            let next = &after[0];
            for place in before[layer].values_mut() {
                place.steps.retain_mut(|step| {
                    step.cost = costs.of(meet, *step);
                    next.get(&step.to).is_some_and(|place| place.rest.is_some())
                });
                place.steps.sort_unstable();
                place.steps.dedup();
                place.rest = place.steps.iter().filter_map(|step| Some(step.cost + next[&step.to].rest?)).min();
            }
        }
    }

    fn extend(&mut self, partial: &Partial) {
        let layer = partial.relationships.len();
        let Some(last) = partial.nodes.last() else { return };
        let Some(place) = self.layers[layer].get(last) else { return };
        for step in &place.steps {
            let rest = self.layers[layer + 1].get(&step.to).and_then(|place| place.rest);
            let Some(rest) = rest.filter(|_| !partial.nodes.contains(&step.to)) else { continue };
            self.followed += 1;
            if self.followed > self.most {
                self.cut = true;
                return;
            }
            let (mut nodes, mut relationships) = (partial.nodes.clone(), partial.relationships.clone());
            nodes.push(step.to);
            relationships.push(step.via);
            let spent = partial.spent + step.cost;
            self.waiting.push(Reverse(Partial { total: spent + rest, nodes, relationships, spent }));
        }
    }
}

impl Iterator for Layers {
    type Item = GraphPath;

    fn next(&mut self) -> Option<GraphPath> {
        loop {
            let Reverse(partial) = self.waiting.pop()?;
            if partial.relationships.len() + 1 == self.layers.len() {
                return Some(GraphPath { nodes: partial.nodes, relationships: partial.relationships });
            }
            self.extend(&partial);
        }
    }
}

/// Whether a node may stand in a layer: the ends stand at the ends alone.
fn allowed(meet: &Meet<'_>, node: NodeId, layer: u32, hops: u32) -> bool {
    (node == meet.start) == (layer == 0) && (node == meet.end) == (layer == hops)
}

/// Whether a side knows a node and it is at most so far away.
fn within(meet: &Meet<'_>, side: usize, node: NodeId, hops: u32) -> bool {
    meet.sides[side].hops(node).is_some_and(|found| found <= hops)
}
