//! The map of a whole graph: a place for every concept.

use std::cmp::Reverse;

use super::{Place, Pull, layout};
use crate::extract::RelationType;
use crate::graph::{KnowledgeGraph, NodeClass, NodeId, RelationshipId};

/// Concepts that feel the forces; with more, the others are set beside those they relate to.
const MOVED: usize = 20_000;

/// Neighbours that a concept is set between.
const BESIDE: usize = 4;

impl KnowledgeGraph {
    /// A place for each concept, by id; the same for the same graph on every machine. The
    /// 20,000 concepts with the most relations are laid out, others stand beside those they relate to.
    ///
    /// Takes a second or two for 10,000 concepts with 40,000 relations.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let ranked = self.by_degree();
        let moved = &ranked[..ranked.len().min(MOVED)];
        let mut numbers: Vec<Option<u32>> = vec![None; ranked.len()];
        for (number, concept) in (0..).zip(moved) {
            numbers[concept.index()] = Some(number);
        }
        let found = layout(moved.len(), &self.pulls(&numbers));
        let mut places: Vec<Option<Place>> =
            numbers.iter().map(|number| number.map(|number| found[number as usize])).collect();
        for concept in &ranked[moved.len()..] {
            places[concept.index()] = Some(self.beside(*concept, &places));
        }
        places.into_iter().map(|place| place.unwrap_or((0, 0))).collect()
    }

    /// All concepts, those with the most relations first, equal ones by name.
    fn by_degree(&self) -> Vec<NodeId> {
        let mut ranked: Vec<NodeId> = self.class_nodes(NodeClass::Concept).collect();
        ranked.sort_by_cached_key(|concept| (Reverse(self.degree(*concept)), *concept));
        ranked
    }

    /// The relations between numbered concepts. What is only related pulls half as much as what is
    /// known to be.
    fn pulls(&self, numbers: &[Option<u32>]) -> Vec<Pull> {
        let topology = self.topology();
        let weak = self.type_id(RelationType::RelatedTo.name());
        let pull = |id: RelationshipId| {
            let trust = f32::from(topology.confidence(id).unwrap_or(0)) / 1_000.0;
            if Some(topology.type_of(id)) == weak { trust / 2.0 } else { trust }
        };
        let ends = |(from, number): (usize, Option<u32>)| {
            let out = topology.relations_out(NodeId::from_index(from));
            out.filter_map(move |(id, to)| Some((number?, numbers[to.index()]?, pull(id))))
        };
        numbers.iter().copied().enumerate().flat_map(ends).collect()
    }

    /// A place between the first neighbours that have one, each concept a little aside by its id.
    fn beside(&self, concept: NodeId, places: &[Option<Place>]) -> Place {
        let topology = self.topology();
        let all = topology.relations_out(concept).chain(topology.relations_in(concept));
        let near: Vec<Place> = all.filter_map(|(_, other)| places[other.index()]).take(BESIDE).collect();
        let count = i32::try_from(near.len().max(1)).unwrap_or(1);
        let aside = |shift: u32| i32::try_from((concept.0 >> shift) % 64).unwrap_or(0) - 32;
        let sum = |of: fn(&Place) -> i32| near.iter().map(|place| of(place) / count).sum::<i32>();
        (sum(|place| place.0) + aside(0), sum(|place| place.1) + aside(6))
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::sample::{graph, pipeline};

    #[test]
    fn every_concept_has_a_place_of_its_own() {
        let graph = pipeline();
        let mut places = graph.places();
        assert_eq!(places, pipeline().places());
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), 4);
        assert_eq!(crate::graph::KnowledgeGraph::empty().places(), []);
    }

    #[test]
    fn what_has_no_room_in_the_layout_stands_beside_what_it_relates_to() {
        let graph = graph(&[("A", "USES", "B", 900), ("B", "USES", "C", 900)]);
        let placed = [Some((1_000, 0)), None, Some((3_000, 400))];
        let (x, y) = graph.beside(graph.concept("B").unwrap(), &placed);
        assert!((x - 2_000).abs() <= 32 && (y - 200).abs() <= 32, "{x}, {y}");
    }
}
