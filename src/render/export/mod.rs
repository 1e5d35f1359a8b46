//! Graphs → files of other programs: one format a file, all written from one [`Sheet`].
//!
//! Every format has one quoting function, and names never become ids, so nothing a note contains
//! can change the shape of a file.

mod bulk;
mod canvas;
mod cypher;
mod dot;
mod facts;
mod folded;
mod gexf;
mod graphml;
mod html;
mod mermaid;
mod neo4j_csv;
mod node_link;
mod obsidian;
mod palette;
#[cfg(feature = "parquet")]
mod parquet;
mod select;
mod sheet;
#[cfg(test)]
mod tests;
mod turtle;
mod url;
mod xml;

pub use bulk::{bulk_concepts, bulk_note};
pub use canvas::canvas;
pub use cypher::cypher;
pub use dot::{Cluster, DotOptions, dot};
pub use facts::{concept_facts, facts, note_facts};
pub use folded::folded;
pub use gexf::gexf;
pub use graphml::{GraphmlOptions, graphml};
pub use html::html;
pub use mermaid::mermaid;
pub use neo4j_csv::{Dialect, neo4j, neo4j_nodes, neo4j_relationships};
pub use node_link::node_link;
pub use obsidian::{markdown as markdown_words, obsidian};
#[cfg(feature = "parquet")]
pub use parquet::parquet;
pub use select::Selection;
pub use sheet::{Field, Sheet, SheetEdge, SheetNode};
pub use turtle::turtle;
