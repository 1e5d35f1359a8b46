//! A part of the graph as a picture needs it: nodes with their places, edges with the notes that say so.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{element, node_id};
use crate::extract::RelationType;
use crate::graph::layout::Place;
use crate::graph::{CLASSES, KnowledgeGraph, NodeClass, NodeId, Property, RelationshipId};
use crate::session::{Session, SessionError, name};

/// A part of the graph.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct GraphPart {
    /// Its nodes, by class, then name.
    pub nodes: Vec<PartNode>,
    /// The relationships between them, by start, type and end.
    pub edges: Vec<PartEdge>,
    /// The notes that edges name by their position here.
    pub notes: Vec<PartNote>,
}

/// A node in a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartNode {
    /// Its id, made of its name.
    pub id: String,
    /// `Concept`, `Note`, `Section` or `Tag`.
    pub label: String,
    /// The name of a concept or tag, the path of a note, the title of a section.
    pub name: String,
    /// The kind of a concept; else empty.
    pub kind: String,
    /// How many relations it has in the whole graph.
    pub degree: usize,
    /// Where it stands, the same in every part of one commit.
    pub x: i32,
    /// Where it stands.
    pub y: i32,
}

/// A relationship in a picture.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PartEdge {
    /// Its id, made of the names of its ends.
    pub id: String,
    /// The id of the node it starts at.
    pub from: String,
    /// The id of the node it ends at.
    pub to: String,
    /// Its type.
    #[serde(rename = "type")]
    pub relation_type: String,
    /// Whether its ends may be swapped.
    pub symmetric: bool,
    /// Trust in thousandths; 0 where it is no relation between concepts.
    pub confidence: u16,
    /// How many places say so.
    pub support: u64,
    /// The notes that say so, as positions in [`GraphPart::notes`].
    pub notes: Vec<usize>,
}

/// A note that says something in a part of the graph.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PartNote {
    /// Its name in the index.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its folder; empty at the top.
    pub folder: String,
    /// Its tags.
    pub tags: Vec<String>,
}

/// How many nodes and edges there are, and how many are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Nodes there are.
    pub total_nodes: usize,
    /// Edges there are between them.
    pub total_edges: usize,
    /// Whether some are left out.
    pub cut: bool,
}

impl Session {
    /// The graph of concepts: whole, or what lies at most `depth` relations from a concept. The `most` concepts with
    /// the most relations are shown.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous.
    pub fn graph_part(&self, around: Option<(&str, usize)>, most: usize) -> Result<(GraphPart, Size), SessionError> {
        let graph = self.graph();
        let centre = around.map(|(name, _)| name::concept(graph, name)).transpose()?;
        let found = match (centre, around) {
            (Some(centre), Some((_, depth))) => graph.around(centre, depth),
            _ => graph.concept_graph(),
        };
        let (total_nodes, total_edges) = (found.nodes.len(), found.relationships.len());
        if total_nodes <= most {
            let size = Size { total_nodes, total_edges, cut: false };
            return Ok((self.part(&found.nodes, &found.relationships), size));
        }
        let mut ranked = found.nodes;
        ranked.sort_by_key(|node| (Some(*node) != centre, std::cmp::Reverse(graph.degree(*node)), *node));
        ranked.truncate(most);
        let kept = graph.between(&ranked.into_iter().collect());
        Ok((self.part(&kept.nodes, &kept.relationships), Size { total_nodes, total_edges, cut: true }))
    }

    /// Finds the places of all concepts and gathers the names there are, so that the first to ask need not wait.
    pub fn prepare(&self) {
        let _ = self.names();
        self.places.get_or_init(|| self.graph().places());
    }

    /// Nodes and relationships, each once, as a picture needs them.
    pub(super) fn part(&self, nodes: &[NodeId], relationships: &[RelationshipId]) -> GraphPart {
        let graph = self.graph();
        let nodes: BTreeSet<NodeId> = nodes.iter().copied().collect();
        let relationships: BTreeSet<RelationshipId> = relationships.iter().copied().collect();
        // To find the id of a node takes longer than all else about it, so each is found once.
        let ids: BTreeMap<NodeId, String> = nodes.iter().map(|node| (*node, node_id(graph, *node))).collect();
        let mut notes = NoteTable { graph, rows: Vec::new(), by_note: BTreeMap::new() };
        let edges = relationships.iter().filter_map(|id| edge(*id, &ids, &mut notes)).collect();
        let nodes = ids.iter().map(|(node, id)| self.named(*node, id.clone())).collect();
        GraphPart { nodes, edges, notes: notes.rows }
    }

    /// One node as a picture needs it.
    pub(in crate::session) fn part_node(&self, node: NodeId) -> PartNode {
        self.named(node, node_id(self.graph(), node))
    }

    /// One node whose id is known.
    fn named(&self, node: NodeId, id: String) -> PartNode {
        let graph = self.graph();
        let kind = graph.kind(node).map_or("", |kind| graph.label_name(kind));
        let label = graph.class(node).map_or("", |class| CLASSES[class as usize]);
        let (x, y) = self.place(node);
        PartNode {
            id,
            label: label.to_string(),
            name: graph.name(node).to_string(),
            kind: kind.to_string(),
            degree: degree(graph, node),
            x,
            y,
        }
    }

    /// Where a node stands; a note, section or tag in the middle of the first concepts it is tied to.
    fn place(&self, node: NodeId) -> Place {
        /// Concepts that a note is placed by.
        const TIED: usize = 16;
        let places = self.places.get_or_init(|| self.graph().places());
        if let Some(place) = places.get(node.index()) {
            return *place;
        }
        let tied = self.graph().outgoing(node, None).chain(self.graph().incoming(node, None));
        let near: Vec<Place> = tied.filter_map(|(_, other)| places.get(other.index()).copied()).take(TIED).collect();
        let count = i32::try_from(near.len().max(1)).unwrap_or(1);
        let middle = |of: fn(&Place) -> i32| near.iter().map(|place| of(place) / count).sum();
        (middle(|place| place.0), middle(|place| place.1))
    }
}

/// Relations of a concept; all relationships of another node.
pub(super) fn degree(graph: &KnowledgeGraph, node: NodeId) -> usize {
    match graph.class(node) {
        Some(NodeClass::Concept) => graph.degree(node),
        _ => graph.out_degree(node, None) + graph.in_degree(node, None),
    }
}

fn edge(id: RelationshipId, ids: &BTreeMap<NodeId, String>, notes: &mut NoteTable<'_>) -> Option<PartEdge> {
    let graph = notes.graph;
    let found = graph.relationship(id)?;
    let (from, to) = (ids.get(&found.start)?, ids.get(&found.end)?);
    let relation_type = graph.type_name(found.relationship_type).to_string();
    let cited: BTreeSet<NodeId> = graph.evidence(id).map(|evidence| evidence.note).collect();
    Some(PartEdge {
        id: element::between(from, &relation_type, to),
        from: from.clone(),
        to: to.clone(),
        symmetric: RelationType::named(&relation_type).is_symmetric(),
        relation_type,
        confidence: graph.topology().confidence(id).unwrap_or(0),
        support: graph.support(id),
        notes: cited.into_iter().map(|note| notes.row(note)).collect(),
    })
}

/// The notes that edges name, each once.
struct NoteTable<'a> {
    graph: &'a KnowledgeGraph,
    rows: Vec<PartNote>,
    by_note: BTreeMap<NodeId, usize>,
}

impl NoteTable<'_> {
    fn row(&mut self, note: NodeId) -> usize {
        let graph = self.graph;
        *self.by_note.entry(note).or_insert_with(|| {
            self.rows.push(note_row(graph, note));
            self.rows.len() - 1
        })
    }
}

/// What is shown of a note beside a picture.
pub(in crate::session) fn note_row(graph: &KnowledgeGraph, note: NodeId) -> PartNote {
    PartNote {
        path: graph.name(note).to_string(),
        title: text(graph, note, "title"),
        folder: text(graph, note, "folder"),
        tags: graph.outgoing(note, graph.type_id("TAGGED")).map(|(_, tag)| graph.name(tag).to_string()).collect(),
    }
}

fn text(graph: &KnowledgeGraph, node: NodeId, key: &str) -> String {
    match graph.property(node, key) {
        Some(Property::Text(text)) => text.into_owned(),
        _ => String::new(),
    }
}
