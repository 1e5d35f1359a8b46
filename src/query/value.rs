//! The values of openCypher.
//!
//! Values are cheap to clone: text, lists, maps and paths are shared. Nodes and relationships are
//! ids into the graph that the statement runs on.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::temporal::Temporal;
use crate::graph::{NodeId, RelationshipId};
use crate::text::Name;

/// A value as an expression yields it.
#[derive(Clone, Debug)]
pub enum Value {
    /// Unknown or missing.
    Null,
    /// True or false.
    Boolean(bool),
    /// 64 bits, signed.
    Integer(i64),
    /// IEEE 754 double.
    Float(f64),
    /// Unicode text.
    String(Name),
    /// Values in order.
    List(List),
    /// Values by key, in key order.
    Map(Arc<BTreeMap<Name, Self>>),
    /// A node of the graph.
    Node(NodeId),
    /// A relationship of the graph.
    Relationship(RelationshipId),
    /// Nodes joined by relationships.
    Path(Arc<Path>),
    /// A date, a time, both, or a duration.
    Temporal(Temporal),
}

/// A list, held whole or as an arithmetic progression that is never spelled out.
#[derive(Clone, Debug)]
pub enum List {
    /// Its values.
    Items(Arc<Vec<Value>>),
    /// `first, first + step, ...`, `count` integers in all.
    Range {
        /// The first integer.
        first: i64,
        /// What is added each time; not 0.
        step: i64,
        /// How many there are.
        count: u64,
    },
}

/// A walk: `nodes` is one longer than `relationships`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The nodes passed, the first one first.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, whatever their own direction.
    pub relationships: Vec<RelationshipId>,
}
