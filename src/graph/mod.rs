//! Claims of all notes → one property graph, and the questions asked of its shape.

mod id;

pub use id::{NodeId, RelationshipId};
