//! What the index holds, in numbers, and the names Cypher can use on it.

use crate::graph::{CLASSES, KnowledgeGraph, NodeClass, RelationshipId};
use crate::render::cited::StatsTable;

/// Concepts listed as the most connected and the most mentioned.
const TOP: usize = 10;

/// Totals, kinds, types, and the concepts that stand out.
pub(super) fn stats(graph: &KnowledgeGraph) -> Vec<StatsTable> {
    let shape = graph.shape();
    let concepts = || graph.class_nodes(NodeClass::Concept);
    let mentions: usize = concepts().map(|node| graph.mentions(node).len()).sum();
    let total = |label: &str, count: usize| (label.to_string(), count as u64);
    let totals = vec![
        total("notes", graph.class_nodes(NodeClass::Note).count()),
        total("concepts", concepts().count()),
        total("relations", graph.relation_count()),
        ("places that say so".to_string(), shape.evidence),
        total("mentions", mentions),
        total("concepts without a relation", shape.orphans),
        total("groups that hang together", shape.components.len()),
        total("sections", graph.class_nodes(NodeClass::Section).count()),
        total("tags", graph.class_nodes(NodeClass::Tag).count()),
    ];
    let named = |count: usize, node| (graph.name(node).to_string(), count as u64);
    vec![
        table("Index", totals),
        table("Concepts by kind", kinds(graph)),
        table("Relations by type", types(graph)),
        table("Most connected concepts", graph.hubs(TOP).into_iter().map(|(node, count)| named(count, node)).collect()),
        table("Most mentioned concepts", top(concepts().map(|node| named(graph.mentions(node).len(), node)).collect())),
    ]
}

/// Labels, types and properties, as Cypher writes them, with how many of each there are.
pub(super) fn schema(graph: &KnowledgeGraph) -> Vec<StatsTable> {
    let classes = CLASSES.iter().map(|name| (*name).to_string());
    let nodes = [NodeClass::Concept, NodeClass::Note, NodeClass::Section, NodeClass::Tag];
    let classes = classes.zip(nodes).map(|(name, class)| (name, graph.class_nodes(class).count() as u64)).collect();
    let mut all = types(graph);
    all.extend(bookkeeping(graph));
    vec![
        table("Labels", classes),
        table("Labels of concepts (their kinds)", kinds(graph)),
        table("Relation types", all),
        table("Properties of a Concept", keys(graph, NodeClass::Concept)),
        table("Properties of a Note", keys(graph, NodeClass::Note)),
        table("Properties of a relation", relation_keys(graph)),
    ]
}

fn table(title: &str, rows: Vec<(String, u64)>) -> StatsTable {
    StatsTable { title: title.to_string(), rows }
}

/// Kinds that concepts have, the most frequent first.
pub(super) fn kinds(graph: &KnowledgeGraph) -> Vec<(String, u64)> {
    let labels = graph.label_ids().filter(|label| !CLASSES.contains(&graph.label_name(*label)));
    let counted =
        labels.map(|label| (graph.label_name(label).to_string(), graph.nodes_with_label(label).count() as u64));
    most_first(counted.collect())
}

/// Types of relations between concepts, the most frequent first.
pub(super) fn types(graph: &KnowledgeGraph) -> Vec<(String, u64)> {
    let ids = graph.type_ids().filter(|id| !graph.is_bookkeeping(*id));
    let nodes = || graph.class_nodes(NodeClass::Concept);
    let count = |id| nodes().map(|node| graph.out_degree(node, Some(id)) as u64).sum();
    most_first(ids.map(|id| (graph.type_name(id).to_string(), count(id))).collect())
}

pub(super) fn bookkeeping(graph: &KnowledgeGraph) -> Vec<(String, u64)> {
    let ids = graph.type_ids().filter(|id| graph.is_bookkeeping(*id));
    let count = |id| graph.class_nodes(NodeClass::Note).map(|node| graph.out_degree(node, Some(id)) as u64).sum();
    ids.map(|id| (graph.type_name(id).to_string(), count(id))).collect()
}

/// Property keys of a class with how many nodes have each, in order of name.
pub(super) fn keys(graph: &KnowledgeGraph, class: NodeClass) -> Vec<(String, u64)> {
    let mut counts = std::collections::BTreeMap::<String, u64>::new();
    for node in graph.class_nodes(class) {
        for (key, _) in graph.properties(node) {
            *counts.entry(key.to_string()).or_default() += 1;
        }
    }
    counts.into_iter().collect()
}

pub(super) fn relation_keys(graph: &KnowledgeGraph) -> Vec<(String, u64)> {
    let all = graph.relation_count() as u64;
    let first = (all > 0).then(|| graph.relationship_properties(RelationshipId::from_index(0)));
    first.unwrap_or_default().into_iter().map(|(key, _)| (key.to_string(), all)).collect()
}

pub(super) fn most_first(mut rows: Vec<(String, u64)>) -> Vec<(String, u64)> {
    rows.retain(|(_, count)| *count > 0);
    rows.sort_by(|one, other| (other.1, &one.0).cmp(&(one.1, &other.0)));
    rows
}

fn top(rows: Vec<(String, u64)>) -> Vec<(String, u64)> {
    let mut rows = most_first(rows);
    rows.truncate(TOP);
    rows
}
