//! `quipu export`: writes the graph, or a part of it, for other programs.

use std::path::PathBuf;

use clap::Args;

use super::options::ExportFormat;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "  quipu export svg -o graph.svg                        a picture (needs Graphviz)
  quipu export mermaid --around Flume --depth 2        what lies within two steps of Flume
  quipu export graphml --query 'MATCH p = (:Storage)<-[:STORES_IN]-() RETURN p' -o storage.graphml
  quipu export jsonl                                   all facts with their evidence, one a line";

/// Writes the graph, or a part of it, for other programs
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Export {
    /// What to write
    #[arg(value_enum, value_name = "FORMAT")]
    format: ExportFormat,

    /// File to write (for csv a folder) [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write only what lies around a concept
    #[arg(long, value_name = "NAME", conflicts_with = "query")]
    around: Option<String>,

    /// How many steps around it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    depth: u32,

    /// Write only the nodes and relationships that a statement returns
    #[arg(long, value_name = "CYPHER")]
    query: Option<String>,
}

impl Export {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
