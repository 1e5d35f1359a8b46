//! Text → [`Answer`]: grammar, AST with spans, check, plan, execute.

pub mod aggregate;
mod answer;
pub mod ast;
pub mod check;
mod engine;
mod error;
mod execute;
pub mod function;
pub mod json;
pub mod parser;
mod plan;
pub mod procedure;
pub mod protocol;
pub mod question;
mod statements;
pub mod temporal;
pub mod value;

pub use crate::limits::{Limit, Limits};
pub use answer::{Answer, Counters, Entities, NodeData, PlanTree, RelationshipData};
pub use engine::{Engine, FullText, FullTextHit, Options, Parameters, on_stack, with_stack};
pub use error::{Phase, QueryError, QueryErrorKind};
pub use value::{List, Path, Value};
