//! Answers of the Query API: rows with what they name, counters, plans.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::{Value as Json, json};

use super::plain::Plain;
use super::typed::Typed;
use crate::graph::{KnowledgeGraph, NodeId, RelationshipId};
use crate::query::{Answer, Counters, Entities, NodeData, Path, PlanTree, Value};
use crate::session::explore::{node_id, relationship_id};
use crate::text::Name;

static NO_NODE: LazyLock<NodeData> = LazyLock::new(NodeData::default);
static NO_PROPERTIES: LazyLock<BTreeMap<Name, Value>> = LazyLock::new(BTreeMap::new);

/// What values name, spelled out.
#[derive(Clone, Copy)]
pub(in crate::serve) struct Shown<'a> {
    pub(in crate::serve) entities: &'a Entities,
    pub(in crate::serve) graph: &'a KnowledgeGraph,
}

/// A node spelled out.
pub(in crate::serve) struct ShownNode<'a> {
    pub(in crate::serve) id: String,
    pub(in crate::serve) labels: &'a [Name],
    pub(in crate::serve) properties: &'a BTreeMap<Name, Value>,
}

/// A relationship spelled out.
pub(in crate::serve) struct ShownRelationship<'a> {
    pub(in crate::serve) id: String,
    pub(in crate::serve) relationship_type: &'a str,
    #[cfg(feature = "bolt")]
    pub(in crate::serve) ends: (NodeId, NodeId),
    pub(in crate::serve) start: String,
    pub(in crate::serve) end: String,
    pub(in crate::serve) properties: &'a BTreeMap<Name, Value>,
}

impl<'a> Shown<'a> {
    pub(in crate::serve) fn node(self, node: NodeId) -> ShownNode<'a> {
        let data = self.entities.nodes.get(&node).unwrap_or(&NO_NODE);
        ShownNode { id: node_id(self.graph, node), labels: &data.labels, properties: &data.properties }
    }

    pub(in crate::serve) fn relationship(self, id: RelationshipId) -> ShownRelationship<'a> {
        let data = self.entities.relationships.get(&id);
        let ends = data.map_or((NodeId(u32::MAX), NodeId(u32::MAX)), |data| (data.start, data.end));
        ShownRelationship {
            id: relationship_id(self.graph, id),
            relationship_type: data.map_or("", |data| &data.relationship_type),
            #[cfg(feature = "bolt")]
            ends,
            start: node_id(self.graph, ends.0),
            end: node_id(self.graph, ends.1),
            properties: data.map_or(&NO_PROPERTIES, |data| &data.properties),
        }
    }
}

/// Nodes and relationships of a path in turn.
pub(super) fn steps(path: &Path) -> Vec<Value> {
    let mut relationships = path.relationships.iter();
    path.nodes
        .iter()
        .flat_map(|node| [Some(Value::Node(*node)), relationships.next().map(|id| Value::Relationship(*id))])
        .flatten()
        .collect()
}

/// All rows of an answer.
pub(super) struct Rows<'a> {
    pub(super) answer: &'a Answer,
    pub(super) graph: &'a KnowledgeGraph,
    pub(super) typed: bool,
}

impl Serialize for Rows<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = Shown { entities: &self.answer.entities, graph: self.graph };
        let mut rows = serializer.serialize_seq(Some(self.answer.rows.len()))?;
        for row in &self.answer.rows {
            if self.typed {
                rows.serialize_element(&row.iter().map(|value| Typed { value, shown }).collect::<Vec<_>>())?;
            } else {
                rows.serialize_element(&row.iter().map(|value| Plain { value, shown }).collect::<Vec<_>>())?;
            }
        }
        rows.end()
    }
}

/// What a statement changed, which is nothing.
pub(super) fn counters(counters: &Counters) -> Json {
    json!({
        "containsUpdates": false,
        "nodesCreated": counters.nodes_created,
        "nodesDeleted": counters.nodes_deleted,
        "propertiesSet": counters.properties_set,
        "relationshipsCreated": counters.relationships_created,
        "relationshipsDeleted": counters.relationships_deleted,
        "labelsAdded": counters.labels_added,
        "labelsRemoved": counters.labels_removed,
        "indexesAdded": 0,
        "indexesRemoved": 0,
        "constraintsAdded": 0,
        "constraintsRemoved": 0,
        "containsSystemUpdates": false,
        "systemUpdates": 0,
    })
}

/// A plan, and whether it was run.
pub(super) fn plan(plan: &PlanTree) -> (Json, bool) {
    let mut tree = json!({
        "operatorType": plan.operator,
        "arguments": {"Details": plan.detail, "EstimatedRows": plan.estimated_rows},
        "identifiers": [],
        "children": plan.inputs.iter().map(|input| self::plan(input).0).collect::<Vec<_>>(),
    });
    if let Some(rows) = plan.rows {
        tree["records"] = json!(rows);
        tree["dbHits"] = json!(0);
    }
    (tree, plan.rows.is_some())
}
