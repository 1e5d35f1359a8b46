//! Ids of nodes and relationships inside one opened graph. They are positions, not names: they
//! hold for one snapshot only.

/// A node, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A relationship, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub u32);

/// A label of nodes, from 0. See [`KnowledgeGraph::label_name`](super::KnowledgeGraph::label_name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LabelId(pub u16);

/// A type of relationships, from 0. See [`KnowledgeGraph::type_name`](super::KnowledgeGraph::type_name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub u16);

impl NodeId {
    /// The node at a position; saturates at the largest id.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl RelationshipId {
    /// The relationship at a position; saturates at the largest id.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl LabelId {
    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl TypeId {
    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
