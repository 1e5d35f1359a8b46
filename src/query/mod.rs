//! Text → [`Answer`]: grammar, AST with spans, check, plan, execute.

pub mod aggregate;
mod answer;
pub mod function;
pub mod json;
pub mod question;
pub mod temporal;
pub mod value;

pub use answer::{Answer, Counters, Entities, NodeData, PlanTree, RelationshipData};
pub use value::{List, Path, Value};
