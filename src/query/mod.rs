//! Text → [`Answer`]: grammar, AST with spans, check, plan, execute.

mod answer;
pub mod temporal;
mod value;

pub use answer::{Answer, Counters, Entities, NodeData, PlanTree, RelationshipData};
pub use value::{List, Path, Value};
