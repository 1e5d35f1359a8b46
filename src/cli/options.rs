//! Options that several commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Outcome, Terminal};
use crate::config::edit::Decision;
use crate::error::Exit;
use crate::limits::bytes;
use crate::session::{self, Check, GraphFormat};
use crate::store::IngestOptions;

/// Where the index lies when nobody names another folder.
const USUAL_INDEX: &str = "index";

/// How notes are ingested where nobody says otherwise: documents are read by this program, called again.
pub(super) fn ingest_options() -> IngestOptions {
    IngestOptions { documents: std::env::current_exe().ok(), ..IngestOptions::default() }
}

/// Options every command takes.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// Folder of the index
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "QUIPU_INDEX",
        default_value = USUAL_INDEX,
        hide_env_values = true
    )]
    pub index: PathBuf,

    /// When to colour what is printed
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,

    /// Print answers and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
}

impl Global {
    /// Whether nobody named another folder for the index.
    #[must_use]
    pub fn is_usual_index(&self) -> bool {
        self.index.as_os_str() == USUAL_INDEX
    }
}

/// When output is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Also into pipes and files
    Always,
    /// Not at all
    Never,
}

/// How rows are written, and how many.
#[derive(Clone, Debug, Args)]
pub struct Rows {
    /// How answers are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = RowFormat::Table)]
    pub format: RowFormat,

    /// Short for `--format json`
    #[arg(long, conflicts_with = "format")]
    pub json: bool,

    /// How many rows or hits to show at most
    #[arg(short, long, value_name = "N")]
    pub limit: Option<usize>,
}

impl Rows {
    /// The format, whichever way it was asked for.
    #[must_use]
    pub const fn format(&self) -> RowFormat {
        if self.json { RowFormat::Json } else { self.format }
    }
}

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For people
    Table,
    /// One document
    Json,
    /// One object a line
    Jsonl,
    /// Comma-separated, RFC 4180
    Csv,
    /// Tab-separated
    Tsv,
    /// A Markdown table
    Md,
    /// A Graphviz graph of the nodes and relationships in the rows
    Dot,
}

/// How `ingest` reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For people
    Text,
    /// One document, every skipped file with its reason
    Json,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Graphviz source
    Dot,
    /// A vector picture, drawn by Graphviz
    Svg,
    /// A pixel picture, drawn by Graphviz
    Png,
    /// A Mermaid flowchart
    Mermaid,
    /// GraphML for Gephi and yEd
    Graphml,
    /// GEXF for Gephi
    Gexf,
    /// Node-link JSON
    Json,
    /// All facts with their evidence, folded, one object a line
    Jsonl,
    /// All facts, one occurrence a line
    Facts,
    /// One document a concept and a note, for Quickwit, OpenSearch and Elasticsearch
    Bulk,
    /// Two tables for spreadsheets: nodes and relationships
    Csv,
    /// A folder for `neo4j-admin database import`, with the command in its README.md
    Neo4j,
    /// A Cypher script that makes the graph again
    Cypher,
    /// RDF
    Turtle,
    /// A page for a browser, in one file with its data
    Html,
    /// A JSON Canvas
    Canvas,
    /// A folder of notes, one a concept
    Obsidian,
    /// A folder of Parquet tables: nodes, relations, evidence
    #[cfg(feature = "parquet")]
    Parquet,
}

impl From<ExportFormat> for GraphFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Dot => Self::Dot,
            ExportFormat::Svg => Self::Svg,
            ExportFormat::Png => Self::Png,
            ExportFormat::Mermaid => Self::Mermaid,
            ExportFormat::Graphml => Self::Graphml,
            ExportFormat::Gexf => Self::Gexf,
            ExportFormat::Json => Self::Json,
            ExportFormat::Jsonl => Self::Jsonl,
            ExportFormat::Facts => Self::Facts,
            ExportFormat::Bulk => Self::Bulk,
            ExportFormat::Csv => Self::Csv,
            ExportFormat::Neo4j => Self::Neo4j,
            ExportFormat::Cypher => Self::Cypher,
            ExportFormat::Turtle => Self::Turtle,
            ExportFormat::Html => Self::Html,
            ExportFormat::Canvas => Self::Canvas,
            ExportFormat::Obsidian => Self::Obsidian,
            #[cfg(feature = "parquet")]
            ExportFormat::Parquet => Self::Parquet,
        }
    }
}

/// The checks of `lint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum LintCheck {
    /// What looks like a key, a token or a password
    Secrets,
    /// Links that lead to no note
    DeadLinks,
    /// Short forms that no note spells out
    Acronyms,
    /// Concepts whose names are nearly the same
    NearDuplicates,
    /// Names made one by a weak rule
    Merges,
    /// Ordinary words that notes define as different things
    Homographs,
    /// Concepts without any relation
    Orphans,
}

impl From<LintCheck> for Check {
    fn from(check: LintCheck) -> Self {
        match check {
            LintCheck::Secrets => Self::Secrets,
            LintCheck::DeadLinks => Self::DeadLinks,
            LintCheck::Merges => Self::Merges,
            LintCheck::NearDuplicates => Self::NearDuplicates,
            LintCheck::Acronyms => Self::Acronyms,
            LintCheck::Homographs => Self::Homographs,
            LintCheck::Orphans => Self::Orphans,
        }
    }
}

/// Which `quipu.toml` is written.
#[derive(Clone, Debug, Args)]
pub struct ConfigPlace {
    /// Folder of notes whose quipu.toml is written, when the index has several
    #[arg(long, value_name = "FOLDER")]
    pub root: Option<PathBuf>,
}

/// Two names that a decision is about.
#[derive(Clone, Debug, Args)]
pub struct TwoNames {
    /// One name
    #[arg(value_name = "A")]
    pub one: String,

    /// The other
    #[arg(value_name = "B")]
    pub other: String,

    /// Where the decision is written.
    #[command(flatten)]
    pub place: ConfigPlace,
}

impl TwoNames {
    /// Writes what `decision` makes of the names.
    pub(super) fn decide(
        self,
        decision: fn(String, String) -> Decision,
        global: &Global,
        terminal: &mut Terminal,
    ) -> Outcome {
        decide(&decision(self.one, self.other), &self.place, global, terminal)
    }
}

/// Writes a decision into a `quipu.toml` and says which line holds it.
pub(super) fn decide(decision: &Decision, place: &ConfigPlace, global: &Global, terminal: &mut Terminal) -> Outcome {
    let (file, line) = session::decide(decision, place.root.as_deref(), &global.index)?;
    let file = file.display();
    terminal.answer(&match line {
        Some(line) => format!("{file}:{line} says so now\n"),
        None => format!("{file} says so already\n"),
    })?;
    if line.is_some() {
        terminal.say("`quipu ingest` brings the index up to date with it");
    }
    Ok(Exit::Answered)
}

/// Reads `200M`, `1G` or plain bytes.
///
/// # Errors
///
/// One clause that says what a size looks like.
pub fn parse_size(text: &str) -> Result<usize, String> {
    let size = bytes(text).and_then(|size| usize::try_from(size).ok());
    size.ok_or_else(|| "sizes are whole numbers, as such or with K, M or G, such as 200M".to_string())
}

/// Reads `name=value`.
///
/// # Errors
///
/// One clause that says what a parameter looks like.
pub fn parse_parameter(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("parameters look like name=value")?;
    if name.is_empty() {
        return Err("parameters look like name=value".into());
    }
    Ok((name.trim_start_matches('$').to_string(), value.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("200M"), Ok(200 << 20));
        assert_eq!(parse_size("1GiB"), Ok(1 << 30));
        assert_eq!(parse_size("77"), Ok(77));
        assert!(parse_size("1T").is_err() && parse_size("x").is_err());
        assert!(parse_size("99999999999999999999").is_err());
    }

    #[test]
    fn parameters_split_at_the_first_equals_sign() {
        assert_eq!(parse_parameter("$a=b=c"), Ok(("a".into(), "b=c".into())));
        assert!(parse_parameter("=b").is_err());
    }
}
