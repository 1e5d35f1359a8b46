//! A property graph in memory that can be written: what `--scratch` works on.
//!
//! Generic over its values. Ids are stable: what is deleted leaves a tombstone. Every change is
//! noted until [`commit`](Delta::commit) or [`rollback`](Delta::rollback), so a statement that fails
//! leaves no trace.

mod index;
mod symbols;
mod undo;

use std::collections::{BTreeMap, BTreeSet};

pub use index::Indexed;
pub use symbols::{Symbol, Symbols};

use self::index::PropertyIndex;
use self::undo::Change;
use super::{NodeId, RelationshipId};
use crate::text::Name;

/// Properties by key.
pub type Properties<V> = BTreeMap<Name, V>;

/// A graph that can be written.
#[derive(Clone, Debug)]
pub struct Delta<V> {
    nodes: Vec<Node<V>>,
    relationships: Vec<Relationship<V>>,
    labels: Symbols,
    types: Symbols,
    labelled: Vec<BTreeSet<NodeId>>,
    typed: Vec<usize>,
    index: PropertyIndex,
    changes: Vec<Change<V>>,
    live: usize,
}

#[derive(Clone, Debug)]
struct Node<V> {
    labels: BTreeSet<Symbol>,
    properties: Properties<V>,
    outgoing: Vec<RelationshipId>,
    incoming: Vec<RelationshipId>,
    deleted: bool,
}

#[derive(Clone, Debug)]
struct Relationship<V> {
    relationship_type: Symbol,
    start: NodeId,
    end: NodeId,
    properties: Properties<V>,
    deleted: bool,
}

impl<V> Default for Delta<V> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            relationships: Vec::new(),
            labels: Symbols::default(),
            types: Symbols::default(),
            labelled: Vec::new(),
            typed: Vec::new(),
            index: PropertyIndex::default(),
            changes: Vec::new(),
            live: 0,
        }
    }
}

/// Reading. Ids past the last one and those of deleted things give nothing.
impl<V: Indexed> Delta<V> {
    /// How many nodes there are.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.live
    }

    /// Every node, in the order of making.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let live = |(at, node): (usize, &Node<V>)| (!node.deleted).then(|| NodeId::from_index(at));
        self.nodes.iter().enumerate().filter_map(live)
    }

    /// Every relationship, in the order of making.
    pub fn relationships(&self) -> impl Iterator<Item = RelationshipId> {
        let live = |(at, one): (usize, &Relationship<V>)| (!one.deleted).then(|| RelationshipId::from_index(at));
        self.relationships.iter().enumerate().filter_map(live)
    }

    /// Names of labels, also of those no longer in use.
    #[must_use]
    pub const fn labels(&self) -> &Symbols {
        &self.labels
    }

    /// Names of types, also of those no longer in use.
    #[must_use]
    pub const fn types(&self) -> &Symbols {
        &self.types
    }

    /// The nodes with a label, in the order of making.
    pub fn nodes_with_label(&self, label: Symbol) -> impl Iterator<Item = NodeId> {
        self.labelled.get(label.index()).into_iter().flatten().copied()
    }

    /// How many nodes have a label.
    #[must_use]
    pub fn label_count(&self, label: Symbol) -> usize {
        self.labelled.get(label.index()).map_or(0, BTreeSet::len)
    }

    /// How many relationships have a type.
    #[must_use]
    pub fn type_count(&self, relationship_type: Symbol) -> usize {
        self.typed.get(relationship_type.index()).copied().unwrap_or(0)
    }

    /// Whether a node was deleted, or never made.
    #[must_use]
    pub fn is_node_deleted(&self, node: NodeId) -> bool {
        self.nodes.get(node.index()).is_none_or(|node| node.deleted)
    }

    /// Whether a relationship was deleted, or never made.
    #[must_use]
    pub fn is_relationship_deleted(&self, relationship: RelationshipId) -> bool {
        self.relationships.get(relationship.index()).is_none_or(|one| one.deleted)
    }

    /// Labels of a node, those of a deleted one too.
    pub fn labels_of(&self, node: NodeId) -> impl Iterator<Item = Symbol> {
        self.nodes.get(node.index()).into_iter().flat_map(|node| node.labels.iter().copied())
    }

    /// Whether a node has a label.
    #[must_use]
    pub fn has_label(&self, node: NodeId, label: Symbol) -> bool {
        self.nodes.get(node.index()).is_some_and(|node| node.labels.contains(&label))
    }

    /// Properties of a node, those of a deleted one too.
    #[must_use]
    pub fn node_properties(&self, node: NodeId) -> Option<&Properties<V>> {
        self.nodes.get(node.index()).map(|node| &node.properties)
    }

    /// Properties of a relationship, those of a deleted one too.
    #[must_use]
    pub fn relationship_properties(&self, relationship: RelationshipId) -> Option<&Properties<V>> {
        self.relationships.get(relationship.index()).map(|one| &one.properties)
    }

    /// Type, start and end of a relationship, also of a deleted one.
    #[must_use]
    pub fn relationship(&self, relationship: RelationshipId) -> Option<(Symbol, NodeId, NodeId)> {
        self.relationships.get(relationship.index()).map(|one| (one.relationship_type, one.start, one.end))
    }

    /// Relationships that start at a node, with their types and ends.
    pub fn outgoing(&self, node: NodeId) -> impl Iterator<Item = (RelationshipId, Symbol, NodeId)> {
        let ids = self.nodes.get(node.index()).into_iter().flat_map(|node| &node.outgoing);
        ids.filter_map(|id| self.live_end(*id, |one| one.end))
    }

    /// Relationships that end at a node, with their types and starts.
    pub fn incoming(&self, node: NodeId) -> impl Iterator<Item = (RelationshipId, Symbol, NodeId)> {
        let ids = self.nodes.get(node.index()).into_iter().flat_map(|node| &node.incoming);
        ids.filter_map(|id| self.live_end(*id, |one| one.start))
    }

    fn live_end(
        &self,
        id: RelationshipId,
        end: impl Fn(&Relationship<V>) -> NodeId,
    ) -> Option<(RelationshipId, Symbol, NodeId)> {
        let one = &self.relationships[id.index()];
        (!one.deleted).then(|| (id, one.relationship_type, end(one)))
    }

    /// The nodes whose property `key` may equal `value`, in the order of making: all that do, and
    /// maybe others. `None` where `value` cannot be looked up.
    pub fn lookup(&mut self, key: &Name, value: &V) -> Option<Vec<NodeId>> {
        let hash = value.index_hash()?;
        if !self.index.has(key) {
            let of_key = |(at, node): (usize, &Node<V>)| {
                let hash = node.properties.get(key).filter(|_| !node.deleted)?.index_hash()?;
                Some((hash, NodeId::from_index(at)))
            };
            let entries: Vec<_> = self.nodes.iter().enumerate().filter_map(of_key).collect();
            self.index.build(key, entries);
        }
        Some(self.index.get(key, hash))
    }
}

/// Writing. Every change is noted.
impl<V: Indexed + Clone> Delta<V> {
    /// Makes a node without labels and properties.
    pub fn create_node(&mut self) -> NodeId {
        let id = NodeId::from_index(self.nodes.len());
        self.nodes.push(Node {
            labels: BTreeSet::new(),
            properties: BTreeMap::new(),
            outgoing: Vec::new(),
            incoming: Vec::new(),
            deleted: false,
        });
        self.live += 1;
        self.changes.push(Change::NodeCreated);
        id
    }

    /// Makes a relationship without properties. Both ends must be there.
    pub fn create_relationship(&mut self, relationship_type: &str, start: NodeId, end: NodeId) -> RelationshipId {
        let id = RelationshipId::from_index(self.relationships.len());
        let relationship_type = self.types.intern(relationship_type);
        self.count_type(relationship_type, true);
        let properties = BTreeMap::new();
        self.relationships.push(Relationship { relationship_type, start, end, properties, deleted: false });
        self.nodes[start.index()].outgoing.push(id);
        self.nodes[end.index()].incoming.push(id);
        self.changes.push(Change::RelationshipCreated);
        id
    }

    /// Adds a label; false where the node has it.
    pub fn add_label(&mut self, node: NodeId, label: &str) -> bool {
        let label = self.labels.intern(label);
        let added = self.nodes[node.index()].labels.insert(label);
        if added {
            self.enlist(node, label, true);
            self.changes.push(Change::LabelAdded(node, label));
        }
        added
    }

    /// Takes a label away; false where the node has none such.
    pub fn remove_label(&mut self, node: NodeId, label: &str) -> bool {
        let Some(label) = self.labels.get(label) else { return false };
        let removed = self.nodes[node.index()].labels.remove(&label);
        if removed {
            self.enlist(node, label, false);
            self.changes.push(Change::LabelRemoved(node, label));
        }
        removed
    }

    /// Sets or, with `None`, removes a property of a node; gives what it was.
    pub fn set_node_property(&mut self, node: NodeId, key: &Name, value: Option<V>) -> Option<V> {
        let before = self.put_node_property(node, key, value);
        self.changes.push(Change::NodeProperty(node, key.clone(), before.clone()));
        before
    }

    /// Sets or, with `None`, removes a property of a relationship; gives what it was.
    pub fn set_relationship_property(&mut self, id: RelationshipId, key: &Name, value: Option<V>) -> Option<V> {
        let before = put(&mut self.relationships[id.index()].properties, key, value);
        self.changes.push(Change::RelationshipProperty(id, key.clone(), before.clone()));
        before
    }

    /// Deletes a node; its relationships stay. False where it was deleted before.
    pub fn delete_node(&mut self, node: NodeId) -> bool {
        if self.is_node_deleted(node) {
            return false;
        }
        self.bury(node, true);
        self.changes.push(Change::NodeDeleted(node));
        true
    }

    /// Deletes a relationship. False where it was deleted before.
    pub fn delete_relationship(&mut self, id: RelationshipId) -> bool {
        if self.is_relationship_deleted(id) {
            return false;
        }
        let one = &mut self.relationships[id.index()];
        one.deleted = true;
        let relationship_type = one.relationship_type;
        self.count_type(relationship_type, false);
        self.changes.push(Change::RelationshipDeleted(id));
        true
    }

    /// A node deleted since the last commit that still has relationships.
    #[must_use]
    pub fn dangling(&self) -> Option<NodeId> {
        let deleted = self.changes.iter().filter_map(|change| match change {
            Change::NodeDeleted(node) => Some(*node),
            _ => None,
        });
        deleted.into_iter().find(|node| self.outgoing(*node).chain(self.incoming(*node)).next().is_some())
    }

    fn put_node_property(&mut self, node: NodeId, key: &Name, value: Option<V>) -> Option<V> {
        let hash = |value: &Option<V>| value.as_ref().and_then(V::index_hash);
        let after = hash(&value);
        let before = put(&mut self.nodes[node.index()].properties, key, value);
        self.index.change(key, node, hash(&before), after);
        before
    }

    /// Takes a node out of all lists, or puts it back.
    fn bury(&mut self, node: NodeId, deleted: bool) {
        let entry = &mut self.nodes[node.index()];
        entry.deleted = deleted;
        let labels: Vec<Symbol> = entry.labels.iter().copied().collect();
        let hashes: Vec<(Name, Option<u64>)> =
            entry.properties.iter().map(|(key, value)| (key.clone(), value.index_hash())).collect();
        self.live = if deleted { self.live - 1 } else { self.live + 1 };
        for label in labels {
            self.enlist(node, label, !deleted);
        }
        for (key, hash) in hashes {
            let (before, after) = if deleted { (hash, None) } else { (None, hash) };
            self.index.change(&key, node, before, after);
        }
    }

    fn enlist(&mut self, node: NodeId, label: Symbol, listed: bool) {
        if self.labelled.len() <= label.index() {
            self.labelled.resize_with(label.index() + 1, BTreeSet::new);
        }
        let nodes = &mut self.labelled[label.index()];
        if listed {
            nodes.insert(node)
        } else {
            nodes.remove(&node)
        };
    }

    fn count_type(&mut self, relationship_type: Symbol, more: bool) {
        if self.typed.len() <= relationship_type.index() {
            self.typed.resize(relationship_type.index() + 1, 0);
        }
        let count = &mut self.typed[relationship_type.index()];
        *count = if more { *count + 1 } else { count.saturating_sub(1) };
    }
}

fn put<V>(properties: &mut Properties<V>, key: &Name, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => properties.insert(key.clone(), value),
        None => properties.remove(key),
    }
}

#[cfg(test)]
mod tests;
