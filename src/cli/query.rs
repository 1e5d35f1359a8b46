//! `quipu query`: runs statements of openCypher.

use std::path::PathBuf;

use clap::Args;

use super::options::{Rows, parse_parameter};
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "  quipu query 'MATCH (s:Storage) RETURN s.name ORDER BY s.name'
  quipu query --param name=Hive 'MATCH (c {name: $name})-[r]->(o) RETURN type(r), o.name'
  quipu query --format csv - < statements.cypher
  quipu query --scratch 'CREATE (a:City {name: \"Rome\"}) RETURN a'";

/// Runs statements of openCypher
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Query {
    /// The statement, or `-` to read statements from standard input (with jsonl: requests, one a line)
    #[arg(value_name = "CYPHER|-", default_value = "-")]
    statement: String,

    /// Read the statements from a file
    #[arg(short, long, value_name = "FILE", conflicts_with = "statement")]
    file: Option<PathBuf>,

    /// Set a parameter; the value is a literal of Cypher, or else text
    #[arg(short = 'P', long = "param", value_name = "NAME=VALUE", value_parser = parse_parameter)]
    parameters: Vec<(String, String)>,

    /// Run on an empty graph in memory, where writing is allowed
    #[arg(long)]
    scratch: bool,

    /// Let patterns without types and labels match notes, sections and tags too
    #[arg(long)]
    all_types: bool,

    #[command(flatten)]
    rows: Rows,
}

impl Query {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
