//! Ids of nodes and relationships inside one opened graph. They are positions, not names: they
//! hold for one snapshot only.

/// A node, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// A relationship, from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationshipId(pub u32);

impl NodeId {
    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl RelationshipId {
    /// As a position in a column.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
