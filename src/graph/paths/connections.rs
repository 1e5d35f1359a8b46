//! What connects two concepts, the best first.
//!
//! First the fewest-hop paths that follow the arrows all one way, from the first concept to the second,
//! else from the second to the first, unless they are more than two hops longer than the shortest path
//! that ignores direction. Then the paths that ignore direction, by hops, up to four hops longer than the
//! shortest. Within equal hops by cost (1 - ln confidence for each relation; relations without a sharp
//! type and passing a hub cost more), then by name. Symmetric relations have no arrow to follow.

use std::collections::BTreeSet;
use std::ops::Range;

use super::layers::{Costs, Layers};
use super::meet::Meet;
use super::{Direction, GraphPath, Steps};
use crate::extract::RelationType;
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId, TypeId};

/// How much longer than the shortest path one along the arrows may be to come first.
const DETOUR: u32 = 2;

/// How much longer than the shortest path any may be.
const SPREAD: u32 = 4;

/// Paths between two concepts in the order of this module, found as they are asked for.
///
/// All begin at the first concept. No path passes a node twice; none comes twice. Two relations between
/// the same concepts make two paths.
pub struct Connections<'g> {
    around: Meet<'g>,
    costs: Costs,
    directed: Option<Layers>,
    undirected: Option<Layers>,
    /// The hops of the layers that ignore direction and are still to come.
    hops: Range<u32>,
    given: BTreeSet<Vec<RelationshipId>>,
    most: usize,
    cut: bool,
}

impl<'g> Connections<'g> {
    /// Begins the search, which follows at most `most` partial paths of each length; it is empty where either is
    /// no concept, or both are the same.
    #[must_use]
    pub fn new(graph: &'g KnowledgeGraph, start: NodeId, end: NodeId, most: usize) -> Self {
        let topology = graph.topology();
        let costs = Costs::Shown(graph.type_id(RelationType::RelatedTo.name()));
        let mut around = Meet::new(topology, Steps::relations(Direction::Both), start, end);
        let fewest = around.distance(u32::MAX).filter(|hops| *hops > 0);
        let directed = fewest.and_then(|fewest| {
            [Direction::Outgoing, Direction::Incoming].into_iter().find_map(|direction| {
                let steps = Steps::relations(direction).without(symmetric(graph));
                let mut meet = Meet::new(topology, steps, start, end);
                let hops = meet.distance(fewest.saturating_add(DETOUR))?;
                Some(Layers::new(&mut meet, hops, costs).within(most))
            })
        });
        let hops = fewest.map_or(0..0, |fewest| fewest..fewest.saturating_add(SPREAD + 1));
        let cut = around.is_exhausted();
        Self { around, costs, directed, undirected: None, hops, given: BTreeSet::new(), most, cut }
    }

    /// Whether so much had to be looked at that paths may be missing.
    #[must_use]
    pub const fn is_cut(&self) -> bool {
        self.cut
    }
}

impl Iterator for Connections<'_> {
    type Item = GraphPath;

    fn next(&mut self) -> Option<GraphPath> {
        loop {
            let Some(layers) = self.directed.as_mut().or(self.undirected.as_mut()) else {
                self.undirected = Some(Layers::new(&mut self.around, self.hops.next()?, self.costs).within(self.most));
                continue;
            };
            if let Some(path) = layers.next() {
                if self.given.insert(path.relationships.clone()) {
                    return Some(path);
                }
                continue;
            }
            self.cut |= layers.is_cut();
            if self.directed.take().is_none() {
                self.undirected = None;
            }
        }
    }
}

fn symmetric(graph: &KnowledgeGraph) -> Vec<TypeId> {
    let types = RelationType::CORE.iter().filter(|core| core.is_symmetric());
    types.filter_map(|core| graph.type_id(core.name())).collect()
}
