//! The graph, or a part of it, as files of other programs; pictures are drawn by Graphviz.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};
use std::thread;

use super::name;
use super::{QueryOptions, Session, SessionError};
use crate::error::{Exit, Hint, Report};
use crate::render::export::{
    Dialect, DotOptions, GraphmlOptions, Selection, Sheet, canvas, cypher, dot, gexf, graphml, html, mermaid, neo4j,
    neo4j_nodes, neo4j_relationships, node_link, obsidian, turtle,
};
use crate::render::string;

/// What an export writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GraphFormat {
    /// Graphviz source.
    Dot,
    /// A vector picture.
    Svg,
    /// A pixel picture.
    Png,
    /// A Mermaid flowchart.
    Mermaid,
    /// GraphML, with what yEd draws from.
    Graphml,
    /// GEXF for Gephi.
    Gexf,
    /// Node-link JSON.
    Json,
    /// All facts with their evidence, folded, one object a line.
    Jsonl,
    /// All facts, one occurrence a line.
    Facts,
    /// One document a concept and a note, for search engines.
    Bulk,
    /// Two tables for spreadsheets.
    Csv,
    /// A folder for Neo4j's importer.
    Neo4j,
    /// A script that makes the graph again.
    Cypher,
    /// RDF.
    Turtle,
    /// A page for a browser, with its data inside.
    Html,
    /// A JSON Canvas.
    Canvas,
    /// A vault of notes, one a concept.
    Obsidian,
    /// Three tables of Apache Parquet.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Which part of the graph is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All concepts and the relations between them.
    Whole,
    /// What lies around a concept.
    Around {
        /// The concept, by any of its names.
        name: String,
        /// How many steps away.
        depth: usize,
    },
    /// The nodes and relationships in the rows of a statement.
    Query(String),
}

/// An export, written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exported {
    /// One file.
    File(Vec<u8>),
    /// Several files, by name.
    Folder(BTreeMap<String, Vec<u8>>),
}

impl Exported {
    /// Several files of text.
    fn texts(files: impl IntoIterator<Item = (String, String)>) -> Self {
        Self::Folder(files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect())
    }
}

/// A picture that could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// Graphviz is not installed.
    #[error("pictures are drawn by Graphviz, and its `dot` is not installed")]
    NoGraphviz,
    /// Graphviz failed.
    #[error("Graphviz failed: {message}")]
    Failed {
        /// What it says.
        message: String,
    },
}

impl Report for PictureError {
    fn exit(&self) -> Exit {
        match self {
            Self::NoGraphviz => Exit::Usage,
            Self::Failed { .. } => Exit::Fault,
        }
    }

    fn hint(&self) -> Option<Hint> {
        Some(match self {
            Self::NoGraphviz => {
                "install the package graphviz, or write `quipu export dot` and draw it elsewhere".into()
            }
            Self::Failed { .. } => "`quipu export dot` shows what it was given".into(),
        })
    }
}

impl Session {
    /// Writes the graph or a part of it. `comment` stands on top where the format has comments.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous, a statement fails, or Graphviz is missing or fails.
    pub fn export(&self, format: GraphFormat, part: &Part, comment: &str) -> Result<Exported, SessionError> {
        let selection = self.selection(part)?;
        let locate = |path: &str| self.locate(path);
        let sheet = || Sheet::of(self.graph(), &selection, &locate);
        let as_dot = || {
            let options = DotOptions { comment: comment.to_string(), ..DotOptions::default() };
            string(|out| dot(&sheet(), &options, out))
        };
        let text = match format {
            GraphFormat::Dot => as_dot(),
            GraphFormat::Svg => return Ok(Exported::File(draw(as_dot(), "svg")?)),
            GraphFormat::Png => return Ok(Exported::File(draw(as_dot(), "png")?)),
            GraphFormat::Mermaid => string(|out| mermaid(&sheet(), out)),
            GraphFormat::Graphml => string(|out| graphml(&sheet(), GraphmlOptions { yed: true }, out)),
            GraphFormat::Gexf => string(|out| gexf(&sheet(), out)),
            GraphFormat::Html => {
                let page = self.page(part)?;
                string(|out| html(&page, out))
            }
            GraphFormat::Json => string(|out| node_link(&sheet(), out)),
            GraphFormat::Jsonl | GraphFormat::Facts | GraphFormat::Bulk => {
                return self.lines(format, part)?.expect("these are written in lines").bytes();
            }
            GraphFormat::Cypher => string(|out| cypher(&sheet(), out)),
            GraphFormat::Turtle => string(|out| turtle(&sheet(), out)),
            GraphFormat::Canvas => string(|out| canvas(&sheet(), out)),
            GraphFormat::Obsidian => return Ok(Exported::texts(obsidian(&sheet()))),
            #[cfg(feature = "parquet")]
            GraphFormat::Parquet => return Ok(Exported::Folder(crate::render::export::parquet(&sheet()))),
            GraphFormat::Neo4j => return Ok(Exported::texts(neo4j(&sheet()))),
            GraphFormat::Csv => {
                let sheet = sheet();
                let nodes = string(|out| neo4j_nodes(&sheet, Dialect::Spreadsheet, out));
                let relationships = string(|out| neo4j_relationships(&sheet, Dialect::Spreadsheet, out));
                let files = [("nodes.csv".to_string(), nodes), ("relationships.csv".to_string(), relationships)];
                return Ok(Exported::texts(files));
            }
        };
        Ok(Exported::File(text.into_bytes()))
    }

    pub(super) fn selection(&self, part: &Part) -> Result<Selection, SessionError> {
        match part {
            Part::Whole => Ok(Selection::default()),
            Part::Around { name, depth } => {
                let around = self.graph().around(name::concept(self.graph(), name)?, *depth);
                let nodes: BTreeSet<_> = around.nodes.into_iter().collect();
                Ok(Selection { nodes: Some(nodes), ..Selection::default() })
            }
            Part::Query(statement) => {
                let answer = self.query(statement, &QueryOptions::default())?;
                Ok(Selection::from(&answer.entities))
            }
        }
    }
}

/// Has Graphviz draw `source`.
fn draw(source: String, format: &str) -> Result<Vec<u8>, PictureError> {
    let failed = |error: io::Error| PictureError::Failed { message: error.to_string() };
    let mut child = start(format)?;
    let mut input = child.stdin.take().expect("its input is a pipe");
    // Written from another thread, since Graphviz may answer before it has read all.
    let feeding = thread::spawn(move || input.write_all(source.as_bytes()));
    let output = child.wait_with_output().map_err(failed)?;
    let _ = feeding.join();
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(PictureError::Failed { message: said.lines().next().unwrap_or("it gave no reason").to_string() })
}

fn start(format: &str) -> Result<Child, PictureError> {
    let pipes =
        |command: &mut Command| command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    pipes(Command::new("dot").arg(format!("-T{format}"))).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => PictureError::NoGraphviz,
        _ => PictureError::Failed { message: error.to_string() },
    })
}
