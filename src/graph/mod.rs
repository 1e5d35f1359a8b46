//! Claims of all notes → one property graph, and the questions asked of its shape.
//!
//! [`KnowledgeGraph`] is read in place from flat columns. Its methods stand by topic: nodes, labels
//! and relationships in `base`, names in `names`, properties in `property`, places in `evidence`;
//! [`Topology`] is the bare adjacency for inner loops.

mod base;
mod build;
mod catalog;
mod columns;
mod counts;
pub mod delta;
mod evidence;
mod id;
pub mod layout;
mod names;
mod neighbours;
mod nodes;
pub mod paths;
mod property;
mod rank;
#[cfg(test)]
pub(crate) mod sample;
mod stats;
#[cfg(test)]
mod tests;
mod topology;
mod visit;

pub use base::{BOOKKEEPING, CLASSES, KnowledgeGraph, NodeClass, Relationship};
pub use build::{Dropped, FactError, FactKind, GraphBuilder, build};
pub use columns::ColumnsError;
pub use evidence::{Alias, AliasEvidence, DefinitionPlace, Evidence, MentionPlace, Place};
pub use id::{LabelId, NodeId, RelationshipId, TypeId};
pub use names::Resolution;
pub use neighbours::Subgraph;
pub use nodes::Nodes;
pub use property::Property;
pub use stats::Shape;
pub use topology::{Neighbours, Topology};
pub use visit::{AllEdges, Edges, Others, RelationRef, Relations, Visited};

/// How many places are given for one relation; all are kept and counted.
pub use crate::limits::EVIDENCE as EVIDENCE_LIMIT;
