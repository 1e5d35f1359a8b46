//! How many of what there is: what the planner weighs, `schema` prints and completion offers.

use std::collections::BTreeSet;

use super::columns::Column;
use super::property::FIXED_KEYS;
use super::{KnowledgeGraph, LabelId, TypeId};

impl KnowledgeGraph {
    /// How many nodes have a label. O(1).
    #[must_use]
    pub fn label_count(&self, label: LabelId) -> usize {
        self.nodes_with_label(label).len()
    }

    /// How many relationships have a type. O(1).
    #[must_use]
    pub fn type_total(&self, relationship_type: TypeId) -> usize {
        self.image.ints(Column::TypeCounts).at(relationship_type.index())
    }

    /// Labels that some node has, with how many, in label order.
    #[must_use]
    pub fn labels_in_use(&self) -> Vec<(&str, usize)> {
        let counted = self.label_ids().map(|label| (self.label_name(label), self.label_count(label)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Types that some relationship has, with how many, in type order: bookkeeping last.
    #[must_use]
    pub fn types_in_use(&self) -> Vec<(&str, usize)> {
        let counted = self.type_ids().map(|id| (self.type_name(id), self.type_total(id)));
        counted.filter(|(_, count)| *count > 0).collect()
    }

    /// Every property key that a node or relationship may have, front matter included, sorted.
    #[must_use]
    pub fn property_keys(&self) -> Vec<&str> {
        let fields = 0..self.image.ints(Column::FieldKey).len();
        let keys: BTreeSet<&str> = fields.map(|field| self.interned(Column::FieldKey, field)).collect();
        let fixed = FIXED_KEYS.iter().flat_map(|keys| keys.iter().copied());
        keys.into_iter().chain(fixed).collect::<BTreeSet<_>>().into_iter().collect()
    }
}
