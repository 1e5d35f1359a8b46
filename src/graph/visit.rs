//! petgraph's view of the graph: concepts and the relations between them, nothing copied.

use petgraph::Direction;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, GraphRef, IntoEdgeReferences, IntoEdges, IntoEdgesDirected,
    IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCompactIndexable, NodeCount, NodeIndexable,
    VisitMap, Visitable,
};

use super::{KnowledgeGraph, Neighbours, NodeId, Nodes, RelationshipId, Topology};

/// Concepts as nodes, relations between them as edges weighted with their confidence in thousandths.
#[derive(Clone, Copy, Debug)]
pub struct Relations<'g> {
    topology: Topology<'g>,
    concepts: u32,
}

impl KnowledgeGraph {
    /// The concepts and relations for algorithms of petgraph.
    #[must_use]
    pub fn relations(&self) -> Relations<'_> {
        Relations { topology: self.topology(), concepts: NodeId::from_index(self.counts.concepts).0 }
    }
}

/// A relation as petgraph sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelationRef {
    id: RelationshipId,
    start: NodeId,
    end: NodeId,
    confidence: u16,
}

impl EdgeRef for RelationRef {
    type NodeId = NodeId;
    type EdgeId = RelationshipId;
    type Weight = u16;

    fn source(&self) -> NodeId {
        self.start
    }

    fn target(&self) -> NodeId {
        self.end
    }

    fn weight(&self) -> &u16 {
        &self.confidence
    }

    fn id(&self) -> RelationshipId {
        self.id
    }
}

/// The neighbours of a concept.
#[derive(Clone, Debug)]
pub struct Others<'g>(Neighbours<'g>);

impl Iterator for Others<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        self.0.next().map(|(_, other)| other)
    }
}

/// The relations of a concept, one way.
#[derive(Clone, Debug)]
pub struct Edges<'g> {
    topology: Topology<'g>,
    neighbours: Neighbours<'g>,
    node: NodeId,
    direction: Direction,
}

impl Iterator for Edges<'_> {
    type Item = RelationRef;

    fn next(&mut self) -> Option<RelationRef> {
        let (id, other) = self.neighbours.next()?;
        let (start, end) = match self.direction {
            Direction::Outgoing => (self.node, other),
            Direction::Incoming => (other, self.node),
        };
        Some(RelationRef { id, start, end, confidence: self.topology.confidence(id).unwrap_or(0) })
    }
}

/// All relations, by start.
#[derive(Clone, Debug)]
pub struct AllEdges<'g> {
    relations: Relations<'g>,
    next: u32,
    at: Option<Edges<'g>>,
}

impl Iterator for AllEdges<'_> {
    type Item = RelationRef;

    fn next(&mut self) -> Option<RelationRef> {
        loop {
            if let Some(edge) = self.at.as_mut().and_then(Iterator::next) {
                return Some(edge);
            }
            if self.next >= self.relations.concepts {
                return None;
            }
            self.at = Some(self.relations.edges(NodeId(self.next)));
            self.next += 1;
        }
    }
}

/// Which concepts an algorithm has been at.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl VisitMap<NodeId> for Visited {
    fn visit(&mut self, node: NodeId) -> bool {
        self.0.get_mut(node.index()).is_some_and(|visited| !std::mem::replace(visited, true))
    }

    fn is_visited(&self, node: &NodeId) -> bool {
        self.0.get(node.index()).copied().unwrap_or(true)
    }

    fn unvisit(&mut self, node: NodeId) -> bool {
        self.0.get_mut(node.index()).is_some_and(std::mem::take)
    }
}

impl GraphBase for Relations<'_> {
    type EdgeId = RelationshipId;
    type NodeId = NodeId;
}

impl GraphRef for Relations<'_> {}

impl Data for Relations<'_> {
    type NodeWeight = ();
    type EdgeWeight = u16;
}

impl GraphProp for Relations<'_> {
    type EdgeType = petgraph::Directed;
}

impl NodeCount for Relations<'_> {
    fn node_count(&self) -> usize {
        self.concepts as usize
    }
}

impl EdgeCount for Relations<'_> {
    fn edge_count(&self) -> usize {
        self.topology.relation_count()
    }
}

impl NodeIndexable for Relations<'_> {
    fn node_bound(&self) -> usize {
        self.concepts as usize
    }

    fn to_index(&self, node: NodeId) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeId {
        NodeId::from_index(index)
    }
}

impl NodeCompactIndexable for Relations<'_> {}

impl Visitable for Relations<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.concepts as usize])
    }

    fn reset_map(&self, map: &mut Visited) {
        *map = self.visit_map();
    }
}

impl<'g> IntoNodeIdentifiers for Relations<'g> {
    type NodeIdentifiers = Nodes<'g>;

    fn node_identifiers(self) -> Nodes<'g> {
        Nodes::Run(0..self.concepts)
    }
}

impl<'g> IntoNeighbors for Relations<'g> {
    type Neighbors = Others<'g>;

    fn neighbors(self, node: NodeId) -> Others<'g> {
        Others(self.topology.relations_out(node))
    }
}

impl<'g> IntoNeighborsDirected for Relations<'g> {
    type NeighborsDirected = Others<'g>;

    fn neighbors_directed(self, node: NodeId, direction: Direction) -> Others<'g> {
        Others(self.edges_directed(node, direction).neighbours)
    }
}

impl<'g> IntoEdgeReferences for Relations<'g> {
    type EdgeRef = RelationRef;
    type EdgeReferences = AllEdges<'g>;

    fn edge_references(self) -> AllEdges<'g> {
        AllEdges { relations: self, next: 0, at: None }
    }
}

impl<'g> IntoEdges for Relations<'g> {
    type Edges = Edges<'g>;

    fn edges(self, node: NodeId) -> Edges<'g> {
        self.edges_directed(node, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for Relations<'g> {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, node: NodeId, direction: Direction) -> Edges<'g> {
        let neighbours = match direction {
            Direction::Outgoing => self.topology.relations_out(node),
            Direction::Incoming => self.topology.relations_in(node),
        };
        Edges { topology: self.topology, neighbours, node, direction }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample::pipeline;
    use super::*;
    use petgraph::algo::{connected_components, dijkstra, is_cyclic_directed, tarjan_scc};
    use petgraph::visit::{Bfs, Reversed, Walker};

    #[test]
    fn algorithms_of_petgraph_run_on_the_mapped_graph() {
        let graph = pipeline();
        let relations = graph.relations();
        let [flume, hdfs, hive, spark] = ["Flume", "HDFS", "Hive", "Spark"].map(|name| graph.concept(name).unwrap());
        assert_eq!(connected_components(relations), 1);
        assert!(is_cyclic_directed(relations));
        assert_eq!(tarjan_scc(relations).iter().map(Vec::len).collect::<Vec<_>>(), [3, 1]);
        let walked: Vec<NodeId> = Bfs::new(relations, flume).iter(relations).collect();
        assert_eq!(walked, [flume, hdfs, spark, hive]);
        assert_eq!(Bfs::new(Reversed(relations), flume).iter(Reversed(relations)).count(), 1);
        assert_eq!(dijkstra(relations, flume, Some(hive), |_| 1)[&hive], 3);
        assert_eq!(relations.edge_references().count(), relations.edge_count());
    }
}
