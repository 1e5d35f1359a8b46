//! Nodes by property value, for the keys that were ever looked up.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::super::NodeId;
use crate::text::Name;

/// A value that nodes can be looked up by.
pub trait Indexed {
    /// A number that equal values share; `None` for values that are not looked up.
    fn index_hash(&self) -> Option<u64>;
}

#[derive(Clone, Debug, Default)]
pub(super) struct PropertyIndex {
    keys: FxHashMap<Name, FxHashMap<u64, BTreeSet<NodeId>>>,
}

impl PropertyIndex {
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    pub(super) fn build(&mut self, key: &Name, entries: Vec<(u64, NodeId)>) {
        let nodes = self.keys.entry(key.clone()).or_default();
        for (hash, node) in entries {
            nodes.entry(hash).or_default().insert(node);
        }
    }

    pub(super) fn get(&self, key: &str, hash: u64) -> Vec<NodeId> {
        self.keys.get(key).and_then(|nodes| nodes.get(&hash)).into_iter().flatten().copied().collect()
    }

    /// A node's value of `key` changed.
    pub(super) fn change(&mut self, key: &str, node: NodeId, before: Option<u64>, after: Option<u64>) {
        let Some(nodes) = self.keys.get_mut(key) else { return };
        if let Some(listed) = before.and_then(|hash| nodes.get_mut(&hash)) {
            listed.remove(&node);
        }
        if let Some(hash) = after {
            nodes.entry(hash).or_default().insert(node);
        }
    }
}
