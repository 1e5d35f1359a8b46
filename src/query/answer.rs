//! What a statement gives back: columns, rows, and the entities they name.

use std::collections::BTreeMap;

use super::value::Value;
use crate::graph::{NodeId, RelationshipId};
use crate::text::Name;

/// The result of one statement, independent of the graph it ran on.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// Column names in order, as written.
    pub columns: Vec<String>,
    /// One value for each column.
    pub rows: Vec<Vec<Value>>,
    /// Labels and properties of each node and relationship that stands anywhere in `rows`.
    pub entities: Entities,
    /// What a write changed.
    pub counters: Counters,
    /// The plan, of `EXPLAIN` and `PROFILE`.
    pub plan: Option<PlanTree>,
    /// What the reader should know, such as a limit that cut the rows.
    pub notices: Vec<String>,
}

/// Nodes and relationships as they were when the statement ended.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    /// By id.
    pub nodes: BTreeMap<NodeId, NodeData>,
    /// By id.
    pub relationships: BTreeMap<RelationshipId, RelationshipData>,
}

/// A node spelled out.
#[derive(Clone, Debug, Default)]
pub struct NodeData {
    /// Its labels in order.
    pub labels: Vec<Name>,
    /// Its properties by key.
    pub properties: BTreeMap<Name, Value>,
}

/// A relationship spelled out.
#[derive(Clone, Debug)]
pub struct RelationshipData {
    /// Its type.
    pub relationship_type: Name,
    /// Where it starts.
    pub start: NodeId,
    /// Where it ends.
    pub end: NodeId,
    /// Its properties by key.
    pub properties: BTreeMap<Name, Value>,
}

/// What a writing statement changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counters {
    /// Nodes made.
    pub nodes_created: u64,
    /// Nodes removed.
    pub nodes_deleted: u64,
    /// Relationships made.
    pub relationships_created: u64,
    /// Relationships removed.
    pub relationships_deleted: u64,
    /// Properties set or removed.
    pub properties_set: u64,
    /// Labels added.
    pub labels_added: u64,
    /// Labels removed.
    pub labels_removed: u64,
}

/// An operator of a plan with its inputs, for display.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanTree {
    /// The operator's verb, as `NodeScan`.
    pub operator: String,
    /// Its arguments in the words of the query.
    pub detail: String,
    /// Rows expected.
    pub estimated_rows: Option<f64>,
    /// Rows given, after `PROFILE`.
    pub rows: Option<u64>,
    /// Milliseconds spent in it and not in its inputs, after `PROFILE`.
    pub milliseconds: Option<f64>,
    /// What it reads from.
    pub inputs: Vec<Self>,
}
