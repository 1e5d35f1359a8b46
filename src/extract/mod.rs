//! [`Note`](crate::read::Note) → [`Claims`]: two maps and the order-free reduce between them.

mod claim;
mod kind;
mod relation_type;

pub use claim::{AliasClaim, Claims, ConceptAlias, ConceptEntry, Definition, Mention, RelationClaim};
pub use kind::Kind;
pub use relation_type::RelationType;
