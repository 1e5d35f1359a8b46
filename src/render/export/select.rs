//! Graphs and answers → [`Sheet`]: which nodes and relationships are written, and how they are named.

use std::collections::{BTreeMap, BTreeSet};

use super::sheet::{Field, Sheet, SheetEdge, SheetNode};
use crate::extract::RelationType;
use crate::graph::{BOOKKEEPING, KnowledgeGraph, NodeClass, NodeId, Property, RelationshipId, Subgraph};
use crate::query::{Answer, Entities, NodeData, RelationshipData, Value};
use crate::render::cited::Citation;
use crate::text::{Name, fold};

/// Which part of a graph to write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Only these nodes, and relationships between them; none for all.
    pub nodes: Option<BTreeSet<NodeId>>,
    /// Only these relationships, their ends always with them; none for all between the nodes.
    pub relationships: Option<BTreeSet<RelationshipId>>,
    /// Whether notes, sections and tags and what ties them are written too. Nodes and relationships
    /// that are named one by one are written in any case.
    pub notes: bool,
}

impl Selection {
    /// The nodes written, in id order.
    pub(super) fn chosen_nodes(&self, graph: &KnowledgeGraph) -> BTreeSet<NodeId> {
        let mut chosen: BTreeSet<NodeId> = match (&self.nodes, &self.relationships) {
            (Some(nodes), _) => nodes.iter().copied().filter(|node| graph.class(*node).is_some()).collect(),
            (None, Some(_)) => BTreeSet::new(),
            (None, None) if self.notes => graph.nodes().collect(),
            (None, None) => graph.class_nodes(NodeClass::Concept).collect(),
        };
        for id in self.relationships.iter().flatten() {
            chosen.extend(graph.relationship(*id).into_iter().flat_map(|found| [found.start, found.end]));
        }
        chosen
    }

    /// The relationships written, in id order.
    pub(super) fn chosen_relationships(&self, graph: &KnowledgeGraph) -> Vec<RelationshipId> {
        if let Some(relationships) = &self.relationships {
            return relationships.iter().copied().filter(|id| graph.relationship(*id).is_some()).collect();
        }
        let nodes = self.chosen_nodes(graph);
        let last = if self.notes { graph.relationship_count() } else { graph.relation_count() };
        let between = |id: &RelationshipId| {
            graph.relationship(*id).is_some_and(|found| nodes.contains(&found.start) && nodes.contains(&found.end))
        };
        (0..last).map(RelationshipId::from_index).filter(between).collect()
    }
}

impl Sheet {
    /// Spells out a graph or a part of it, nodes and edges in id order. `locate` turns the path of a
    /// note into the path its citations show.
    #[must_use]
    pub fn of(graph: &KnowledgeGraph, selection: &Selection, locate: &dyn Fn(&str) -> String) -> Self {
        let chosen = selection.chosen_nodes(graph);
        let places: BTreeMap<NodeId, usize> = chosen.iter().copied().zip(0..).collect();
        let nodes = unique(chosen.iter().map(|node| graph_node(graph, *node)).collect());
        let edges = selection
            .chosen_relationships(graph)
            .into_iter()
            .filter_map(|id| graph_edge(graph, id, &places, locate))
            .collect();
        Self { nodes, edges }
    }

    /// Spells out the nodes and relationships that stand in the rows of an answer, in id order.
    #[must_use]
    pub fn of_answer(answer: &Answer) -> Self {
        let mut entities = answer.entities.nodes.clone();
        for data in answer.entities.relationships.values() {
            entities.entry(data.start).or_default();
            entities.entry(data.end).or_default();
        }
        let places: BTreeMap<NodeId, usize> = entities.keys().copied().zip(0..).collect();
        let nodes = unique(entities.iter().map(|(id, data)| answer_node(*id, data)).collect());
        let edges = answer.entities.relationships.values().map(|data| answer_edge(data, &places)).collect();
        Self { nodes, edges }
    }
}

impl From<&Entities> for Selection {
    /// Just these nodes and relationships, whatever they are.
    fn from(entities: &Entities) -> Self {
        Self {
            nodes: Some(entities.nodes.keys().copied().collect()),
            relationships: Some(entities.relationships.keys().copied().collect()),
            notes: true,
        }
    }
}

impl From<&Subgraph> for Selection {
    /// Just this part, whatever is in it.
    fn from(part: &Subgraph) -> Self {
        Self {
            nodes: Some(part.nodes.iter().copied().collect()),
            relationships: Some(part.relationships.iter().copied().collect()),
            notes: true,
        }
    }
}

/// Ids of equal names get a number, the first one keeps its own.
fn unique(mut nodes: Vec<SheetNode>) -> Vec<SheetNode> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for node in &mut nodes {
        let plain = node.id.clone();
        let mut number = 2_u64;
        while !taken.insert(node.id.clone()) {
            node.id = format!("{plain}~{number}");
            number += 1;
        }
    }
    nodes
}

/// `c:flume`, `n:log.txt`, `s:log.txt#12`, `t:etl`: a name that survives updates.
fn stable_id(class: Option<NodeClass>, name: &str, line: &str) -> String {
    match class {
        Some(NodeClass::Concept) => format!("c:{}", fold(name)),
        Some(NodeClass::Note) => format!("n:{name}"),
        Some(NodeClass::Section) => format!("s:{name}#{line}"),
        Some(NodeClass::Tag) => format!("t:{}", fold(name)),
        None => format!("x:{name}"),
    }
}

fn graph_node(graph: &KnowledgeGraph, node: NodeId) -> SheetNode {
    let class = graph.class(node);
    let properties: BTreeMap<String, Field> =
        graph.properties(node).into_iter().map(|(key, value)| (key.to_owned(), Field::from(&value))).collect();
    let text = |key: &str| properties.get(key).map(|field| field.text(" ")).unwrap_or_default();
    let name = match class {
        Some(NodeClass::Note) => text("title"),
        _ => graph.name(node).to_owned(),
    };
    let id = match class {
        Some(NodeClass::Note) => stable_id(class, &text("path"), ""),
        Some(NodeClass::Section) => stable_id(class, section_note(graph, node), &text("line")),
        _ => stable_id(class, &name, ""),
    };
    let labels: Vec<String> = graph.labels(node).map(|label| graph.label_name(label).to_owned()).collect();
    SheetNode { id, name, kind: kind(&labels), labels, properties }
}

/// The path of the note that holds a section.
fn section_note(graph: &KnowledgeGraph, section: NodeId) -> &str {
    let holder = graph.incoming(section, graph.type_id("HAS_SECTION")).next();
    holder.map_or("", |(_, note)| graph.name(note))
}

/// The label that says most: the last one.
fn kind(labels: &[String]) -> String {
    labels.last().cloned().unwrap_or_default()
}

fn graph_edge(
    graph: &KnowledgeGraph,
    id: RelationshipId,
    places: &BTreeMap<NodeId, usize>,
    locate: &dyn Fn(&str) -> String,
) -> Option<SheetEdge> {
    let found = graph.relationship(id)?;
    let relation_type = graph.type_name(found.relationship_type);
    let properties = graph.relationship_properties(id).into_iter();
    let evidence = graph.evidence(id).map(|evidence| Citation {
        path: locate(evidence.path),
        line: evidence.line,
        column: evidence.column,
        quote: evidence.quote.to_owned(),
        rule: evidence.rule.to_owned(),
        confidence: evidence.confidence,
    });
    Some(SheetEdge {
        source: *places.get(&found.start)?,
        target: *places.get(&found.end)?,
        relation_type: relation_type.to_owned(),
        symmetric: is_symmetric(relation_type),
        confidence: graph.topology().confidence(id).unwrap_or(0),
        support: usize::try_from(graph.support(id)).unwrap_or(usize::MAX),
        evidence: evidence.collect(),
        properties: properties.map(|(key, value)| (key.to_owned(), Field::from(&value))).collect(),
    })
}

fn is_symmetric(relation_type: &str) -> bool {
    !BOOKKEEPING.contains(&relation_type) && RelationType::named(relation_type).is_symmetric()
}

fn answer_node(id: NodeId, data: &NodeData) -> SheetNode {
    let labels: Vec<String> = data.labels.iter().map(ToString::to_string).collect();
    let name = ["name", "title", "path"].iter().find_map(|key| match data.properties.get(*key) {
        Some(Value::String(text)) => Some(text.to_string()),
        _ => None,
    });
    SheetNode {
        id: format!("x:{}", id.0),
        name: name.unwrap_or_else(|| format!("#{}", id.0)),
        kind: kind(&labels),
        labels,
        properties: fields(&data.properties),
    }
}

fn answer_edge(data: &RelationshipData, places: &BTreeMap<NodeId, usize>) -> SheetEdge {
    let number = |key: &str| match data.properties.get(key) {
        Some(Value::Integer(number)) => u64::try_from(*number).unwrap_or(0),
        _ => 0,
    };
    SheetEdge {
        source: places.get(&data.start).copied().unwrap_or(0),
        target: places.get(&data.end).copied().unwrap_or(0),
        relation_type: data.relationship_type.to_string(),
        symmetric: is_symmetric(&data.relationship_type),
        confidence: u16::try_from(number("confidence")).unwrap_or(0),
        support: usize::try_from(number("support")).unwrap_or(0),
        evidence: cited(data),
        properties: fields(&data.properties),
    }
}

/// The places that an answer's relationship carries in its `evidence`; the first one has the quote.
fn cited(data: &RelationshipData) -> Vec<Citation> {
    let text = |key: &str| match data.properties.get(key) {
        Some(Value::String(text)) => text.to_string(),
        _ => String::new(),
    };
    let Some(Value::List(places)) = data.properties.get("evidence") else { return Vec::new() };
    let mut cited: Vec<Citation> = places.iter().filter_map(|place| citation(&place.to_text()?)).collect();
    if let Some(first) = cited.first_mut() {
        (first.quote, first.rule) = (text("quote"), text("rule"));
    }
    cited
}

fn citation(place: &str) -> Option<Citation> {
    let (path, line) = place.rsplit_once(':')?;
    Some(Citation { path: path.to_owned(), line: line.parse().ok()?, ..Citation::default() })
}

fn fields(properties: &BTreeMap<Name, Value>) -> BTreeMap<String, Field> {
    properties.iter().map(|(key, value)| (key.to_string(), Field::from(value))).collect()
}

impl From<&Value> for Field {
    fn from(value: &Value) -> Self {
        match value {
            Value::Boolean(truth) => Self::Boolean(*truth),
            Value::Integer(integer) => Self::Integer(*integer),
            Value::Float(float) => Self::Float(*float),
            Value::List(list) => Self::List(list.iter().map(|item| Self::from(&item)).collect()),
            other => Self::Text(other.to_text().unwrap_or_else(|| other.to_string())),
        }
    }
}

impl From<&Property<'_>> for Field {
    fn from(property: &Property<'_>) -> Self {
        match property {
            Property::Boolean(truth) => Self::Boolean(*truth),
            Property::Integer(integer) => Self::Integer(*integer),
            Property::Float(float) => Self::Float(*float),
            Property::Text(text) => Self::Text(text.to_string()),
            Property::List(values) => Self::List(values.iter().map(Self::from).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample;

    fn ids(sheet: &Sheet) -> Vec<&str> {
        sheet.nodes.iter().map(|node| node.id.as_str()).collect()
    }

    fn whole(notes: bool) -> Sheet {
        let selection = Selection { notes, ..Selection::default() };
        Sheet::of(&sample::pipeline(), &selection, &|path| format!("notes/{path}"))
    }

    #[test]
    fn concepts_and_their_relations_are_written_by_default() {
        let sheet = whole(false);
        assert_eq!(ids(&sheet), ["c:flume", "c:hdfs", "c:hive", "c:spark"]);
        assert_eq!(sheet.nodes[0].labels, ["Concept", "Term"]);
        let first = &sheet.edges[0];
        assert_eq!((first.source, first.relation_type.as_str(), first.target), (0, "FEEDS", 1));
        assert_eq!(first.cited().unwrap(), "\"Flume FEEDS HDFS\" (notes/log.txt:1)");
        assert_eq!(first.properties["support"], Field::Integer(1));
        assert_eq!(sheet.edges.len(), 4);
    }

    #[test]
    fn notes_come_with_what_ties_them_when_asked_for() {
        let sheet = whole(true);
        assert_eq!(ids(&sheet), ["c:flume", "c:hdfs", "c:hive", "c:spark", "n:log.txt"]);
        assert_eq!(sheet.edges.iter().filter(|edge| edge.relation_type == "MENTIONS").count(), 4);
    }

    #[test]
    fn chosen_relationships_bring_their_ends_and_no_others() {
        let graph = sample::pipeline();
        let relationships = Some([RelationshipId(0), RelationshipId(9_999)].into());
        let only = Selection { relationships, ..Selection::default() };
        assert_eq!(ids(&Sheet::of(&graph, &only, &str::to_owned)), ["c:flume", "c:hdfs"]);
        let nodes = Some([graph.concept("Hive").unwrap(), graph.concept("Spark").unwrap(), NodeId(777)].into());
        let between = Sheet::of(&graph, &Selection { nodes, ..Selection::default() }, &str::to_owned);
        assert_eq!(ids(&between), ["c:hive", "c:spark"]);
        assert_eq!(between.edges.len(), 1);
    }

    #[test]
    fn equal_names_get_ids_of_their_own() {
        let node = |id: &str| SheetNode { id: id.into(), ..SheetNode::default() };
        let sheet = Sheet { nodes: unique(vec![node("c:a"), node("c:a"), node("c:a~2")]), edges: Vec::new() };
        assert_eq!(ids(&sheet), ["c:a", "c:a~2", "c:a~2~2"]);
    }
}
