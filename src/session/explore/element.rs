//! Ids made of names: `c:flume`, `n:log.txt`, `s:log.txt#12`, `t:spark`, `r:c:flume|FEEDS|c:hdfs`.

use crate::graph::{KnowledgeGraph, NodeClass, NodeId, Property, RelationshipId, Resolution};
use crate::text::fold;

/// The id of a node. No two nodes of a graph have the same, and a node keeps it in later commits.
#[must_use]
pub fn node_id(graph: &KnowledgeGraph, node: NodeId) -> String {
    match graph.class(node) {
        Some(NodeClass::Concept) => format!("c:{}", concept_key(graph, node)),
        Some(NodeClass::Note) => format!("n:{}", graph.name(node)),
        Some(NodeClass::Section) => section_id(graph, node),
        Some(NodeClass::Tag) => format!("t:{}", graph.name(node)),
        None => format!("x:{}", node.0),
    }
}

/// The id of a relationship: its start, its type and its end.
#[must_use]
pub fn relationship_id(graph: &KnowledgeGraph, id: RelationshipId) -> String {
    let Some(found) = graph.relationship(id) else { return format!("x:{}", id.0) };
    between(&node_id(graph, found.start), graph.type_name(found.relationship_type), &node_id(graph, found.end))
}

/// The id of a relationship between the nodes of these ids.
pub(super) fn between(start: &str, relation_type: &str, end: &str) -> String {
    format!("r:{start}|{relation_type}|{end}")
}

/// The name as names are compared; as it is written, where that would mean another concept.
fn concept_key(graph: &KnowledgeGraph, concept: NodeId) -> String {
    let name = graph.name(concept);
    let key = fold(name);
    if key == name || graph.resolve(&key) == Resolution::Unique(concept) { key } else { name.to_string() }
}

fn section_id(graph: &KnowledgeGraph, section: NodeId) -> String {
    let note = graph.incoming(section, graph.type_id("HAS_SECTION")).next().map_or("", |(_, note)| graph.name(note));
    let line = match graph.property(section, "line") {
        Some(Property::Integer(line)) => line,
        _ => 0,
    };
    format!("s:{note}#{line}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Kind;
    use crate::graph::sample::{concept, pipeline};

    #[test]
    fn ids_are_made_of_names() {
        let graph = pipeline();
        let flume = graph.concept("Flume").unwrap();
        assert_eq!(node_id(&graph, flume), "c:flume");
        assert_eq!(node_id(&graph, graph.note("log.txt").unwrap()), "n:log.txt");
        let (feeds, _) = graph.outgoing(flume, graph.type_id("FEEDS")).next().unwrap();
        assert_eq!(relationship_id(&graph, feeds), "r:c:flume|FEEDS|c:hdfs");
    }

    #[test]
    fn names_that_differ_in_case_alone_have_ids_of_their_own() {
        let concepts = [concept("Go", Kind::Language, &[]), concept("GO", Kind::Term, &[])];
        let graph = crate::graph::build(&concepts, &[]);
        let ids = ["Go", "GO"].map(|name| node_id(&graph, graph.concept(name).unwrap()));
        assert_eq!(ids, ["c:Go", "c:GO"]);
    }
}
