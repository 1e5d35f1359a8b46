//! quipu reads folders of technical notes, finds the concepts in them and how they relate, and
//! answers questions about both with the line of the note that says so.
//!
//! # The life of a note
//!
//! bytes → [`read`] → [`Note`](read::Note) → [`extract`] → [`Claims`](extract::Claims) →
//! [`graph`] → the knowledge graph → `store`, one commit.
//!
//! # The life of a query
//!
//! text → `grammar/*.pest` → AST with spans → check → plan → rows → [`Answer`](query::Answer) → render.
//!
//! A room uses only rooms to its left in: error, text, limits, config → read → extract → graph → search →
//! store → query → render → session → cli, repl, serve, mcp.

#![deny(unsafe_code)]

pub mod cli;
pub mod config;
pub mod error;
pub mod extract;
pub mod graph;
pub mod limits;
#[cfg(feature = "mcp")]
mod mcp;
pub mod query;
pub mod read;
pub mod render;
mod repl;
pub mod search;
#[cfg(feature = "serve")]
pub mod serve;
pub mod session;
pub mod store;
pub mod text;
