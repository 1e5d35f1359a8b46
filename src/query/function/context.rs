//! What a function may ask of the statement it runs in.

use std::collections::BTreeMap;

use crate::graph::{NodeId, RelationshipId};
use crate::limits::Limits;
use crate::query::value::{Value, ValueError};
use crate::text::Name;

/// The graph as the statement sees it, its clock and its dice.
///
/// Each question about a node or relationship that the statement has deleted is answered with
/// [`ValueError::deleted`].
pub trait Context {
    /// The labels of a node, in order.
    ///
    /// # Errors
    ///
    /// When the node was deleted.
    fn labels(&self, node: NodeId) -> Result<Vec<Name>, ValueError>;

    /// All properties of a node.
    ///
    /// # Errors
    ///
    /// When the node was deleted.
    fn node_properties(&self, node: NodeId) -> Result<BTreeMap<Name, Value>, ValueError>;

    /// One property of a node, `null` where there is none.
    ///
    /// # Errors
    ///
    /// When the node was deleted.
    fn node_property(&self, node: NodeId, key: &str) -> Result<Value, ValueError>;

    /// The type of a relationship; it may be asked of a deleted one.
    ///
    /// # Errors
    ///
    /// When nothing is known of it any more.
    fn relationship_type(&self, relationship: RelationshipId) -> Result<Name, ValueError>;

    /// Where a relationship starts and ends.
    ///
    /// # Errors
    ///
    /// When the relationship was deleted.
    fn ends(&self, relationship: RelationshipId) -> Result<(NodeId, NodeId), ValueError>;

    /// All properties of a relationship.
    ///
    /// # Errors
    ///
    /// When the relationship was deleted.
    fn relationship_properties(&self, relationship: RelationshipId) -> Result<BTreeMap<Name, Value>, ValueError>;

    /// One property of a relationship, `null` where there is none.
    ///
    /// # Errors
    ///
    /// When the relationship was deleted.
    fn relationship_property(&self, relationship: RelationshipId, key: &str) -> Result<Value, ValueError>;

    /// A name for the node that lasts longer than its id, as `c:flume`.
    fn node_element_id(&self, node: NodeId) -> Name {
        node.0.to_string().into()
    }

    /// A name for the relationship that lasts longer than its id.
    fn relationship_element_id(&self, relationship: RelationshipId) -> Name {
        relationship.0.to_string().into()
    }

    /// Seconds and nanoseconds since 1970-01-01T00:00Z; one instant for the whole statement.
    fn now(&self) -> (i64, u32);

    /// What the statement may use.
    fn limits(&self) -> &Limits;

    /// A number from 0 up to but not 1, another one each time.
    fn random(&self) -> f64;
}
