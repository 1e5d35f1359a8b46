//! `quipu query`: runs statements of openCypher.

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{Rows, parse_parameter};
use super::{Failure, Global, Outcome, Terminal};
use crate::repl::Interpreter;
use crate::session::{QueryOptions, literal};

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
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        if self.scratch {
            return Err(Failure::usage("statements do not run yet", "wait"));
        }
        let from_input = self.statement == "-" && self.file.is_none();
        let session = super::open_session(global, terminal)?;
        let parameters = self.parameters.iter().map(|(name, value)| (name.as_str().into(), literal(value))).collect();
        let options = QueryOptions { parameters };
        let text = match &self.file {
            Some(file) => read_file(file)?,
            None if from_input => super::read_input()?,
            None => self.statement.clone(),
        };
        let interpreter = Interpreter::new(session, false, terminal);
        Ok(interpreter.with(self.rows.format(), self.rows.limit, options).answer_all(&text, terminal))
    }
}

fn read_file(file: &Path) -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::usage(format!("{} cannot be read: {error}", file.display()), "name a file of statements")
    };
    std::fs::read_to_string(file).map_err(unreadable)
}
