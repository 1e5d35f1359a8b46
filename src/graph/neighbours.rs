//! Parts of the graph: what lies around a node, what lies between given nodes.

use std::collections::BTreeSet;

use super::{KnowledgeGraph, NodeClass, NodeId, RelationshipId};

/// Some nodes and some relationships between them, each sorted and once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subgraph {
    /// The nodes.
    pub nodes: Vec<NodeId>,
    /// The relationships; both ends of each are among the nodes.
    pub relationships: Vec<RelationshipId>,
}

impl Subgraph {
    /// The given relationships with their ends, and the given nodes. Ids the graph does not have are left out.
    #[must_use]
    pub fn of(
        graph: &KnowledgeGraph,
        nodes: impl IntoIterator<Item = NodeId>,
        relationships: impl IntoIterator<Item = RelationshipId>,
    ) -> Self {
        let mut all: BTreeSet<NodeId> = nodes.into_iter().filter(|node| node.index() < graph.node_count()).collect();
        let mut kept = BTreeSet::new();
        for id in relationships {
            if let Some(found) = graph.relationship(id) {
                all.extend([found.start, found.end]);
                kept.insert(id);
            }
        }
        Self { nodes: all.into_iter().collect(), relationships: kept.into_iter().collect() }
    }
}

impl KnowledgeGraph {
    /// All concepts with all relations between them.
    #[must_use]
    pub fn concept_graph(&self) -> Subgraph {
        let relations = (0..self.relation_count()).map(RelationshipId::from_index);
        Subgraph { nodes: self.class_nodes(NodeClass::Concept).collect(), relationships: relations.collect() }
    }

    /// What lies at most `depth` relations from a node, either way, with all relations between what was
    /// found. From a note, section or tag the first step leads to all it is tied to.
    #[must_use]
    pub fn around(&self, node: NodeId, depth: usize) -> Subgraph {
        let topology = self.topology();
        let mut found: BTreeSet<NodeId> = BTreeSet::from([node]);
        let mut frontier = vec![node];
        for _ in 0..depth {
            if frontier.is_empty() {
                break;
            }
            let mut next = Vec::new();
            for node in frontier {
                let tied = self.class(node) != Some(NodeClass::Concept);
                let (out, back) = match tied {
                    true => (topology.outgoing(node, None), topology.incoming(node, None)),
                    false => (topology.relations_out(node), topology.relations_in(node)),
                };
                next.extend(out.chain(back).map(|(_, other)| other).filter(|other| found.insert(*other)));
            }
            frontier = next;
        }
        self.between(&found)
    }

    /// The given nodes with every relationship that starts and ends among them.
    #[must_use]
    pub fn between(&self, nodes: &BTreeSet<NodeId>) -> Subgraph {
        let nodes: Vec<NodeId> = nodes.iter().copied().filter(|node| node.index() < self.node_count()).collect();
        let inside = |node: &NodeId| nodes.binary_search(node).is_ok();
        let relationships = nodes
            .iter()
            .flat_map(|node| self.outgoing(*node, None).filter(|(_, other)| inside(other)).map(|(id, _)| id));
        Subgraph { relationships: relationships.collect(), nodes: nodes.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::pipeline;
    use super::*;

    fn names(graph: &KnowledgeGraph, part: &Subgraph) -> (Vec<String>, usize) {
        (part.nodes.iter().map(|node| graph.name(*node).to_owned()).collect(), part.relationships.len())
    }

    #[test]
    fn around_goes_both_ways_and_keeps_relations_between_what_it_found() {
        let graph = pipeline();
        let flume = graph.concept("Flume").unwrap();
        assert_eq!(names(&graph, &graph.around(flume, 0)), (vec!["Flume".to_owned()], 0));
        assert_eq!(names(&graph, &graph.around(flume, 1)), (vec!["Flume".to_owned(), "HDFS".to_owned()], 1));
        assert_eq!(names(&graph, &graph.around(flume, 2)).1, 4);
        let note = graph.note("log.txt").unwrap();
        assert_eq!(names(&graph, &graph.around(note, 1)).0, ["Flume", "HDFS", "Hive", "Spark", "log.txt"]);
        assert_eq!(graph.concept_graph().relationships.len(), 4);
    }
}
