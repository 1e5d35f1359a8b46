//! What was changed since the last commit, and how to take it back.

use super::{Delta, Indexed, Symbol, put};
use crate::graph::{NodeId, RelationshipId};
use crate::text::Name;

#[derive(Clone, Debug)]
pub(super) enum Change<V> {
    NodeCreated,
    RelationshipCreated,
    LabelAdded(NodeId, Symbol),
    LabelRemoved(NodeId, Symbol),
    NodeProperty(NodeId, Name, Option<V>),
    RelationshipProperty(RelationshipId, Name, Option<V>),
    NodeDeleted(NodeId),
    RelationshipDeleted(RelationshipId),
}

impl<V: Indexed + Clone> Delta<V> {
    /// Keeps all changes.
    pub fn commit(&mut self) {
        self.changes.clear();
    }

    /// Takes back all changes since the last commit, the last one first.
    pub fn rollback(&mut self) {
        while let Some(change) = self.changes.pop() {
            self.take_back(change);
        }
    }

    fn take_back(&mut self, change: Change<V>) {
        match change {
            Change::NodeCreated => {
                // Labels and properties were taken back before, and it has no relationships left.
                self.nodes.pop();
                self.live -= 1;
            }
            Change::RelationshipCreated => {
                if let Some(one) = self.relationships.pop() {
                    self.nodes[one.start.index()].outgoing.pop();
                    self.nodes[one.end.index()].incoming.pop();
                    self.count_type(one.relationship_type, false);
                }
            }
            Change::LabelAdded(node, label) => {
                self.nodes[node.index()].labels.remove(&label);
                self.enlist(node, label, false);
            }
            Change::LabelRemoved(node, label) => {
                self.nodes[node.index()].labels.insert(label);
                self.enlist(node, label, true);
            }
            Change::NodeProperty(node, key, before) => drop(self.put_node_property(node, &key, before)),
            Change::RelationshipProperty(id, key, before) => {
                put(&mut self.relationships[id.index()].properties, &key, before);
            }
            Change::NodeDeleted(node) => self.bury(node, false),
            Change::RelationshipDeleted(id) => {
                let one = &mut self.relationships[id.index()];
                one.deleted = false;
                let relationship_type = one.relationship_type;
                self.count_type(relationship_type, true);
            }
        }
    }
}
