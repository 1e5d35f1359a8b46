//! `quipu query`: runs statements of openCypher.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use clap::Args;

use super::limits::LimitOptions;
use super::options::{RowFormat, Rows, parse_parameter};
use super::view::View;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query::protocol::Protocol;
use crate::query::{self, Engine};
use crate::render::answer::counters;
use crate::repl::Interpreter;
use crate::session::{QueryOptions, Session, literal, script};

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

    #[command(flatten)]
    limits: LimitOptions,
}

impl Query {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let from_input = self.statement == "-" && self.file.is_none();
        let options =
            query::Options { limits: self.limits.limits(), all_types: self.all_types, ..query::Options::default() };
        let mut session = if self.scratch { None } else { Some(super::open_session(global, terminal)?) };
        if let Some(session) = &mut session {
            session.tune(options.clone());
        }
        if from_input && self.rows.format() == RowFormat::Jsonl {
            let engine = || Protocol::new(Engine::scratch().with_options(options));
            return serve(session.map_or_else(engine, Session::protocol), terminal);
        }
        let parameters = self.parameters.iter().map(|(name, value)| (name.as_str().into(), literal(value)));
        let parameters = QueryOptions { parameters: parameters.collect(), ..QueryOptions::default() };
        let text = match &self.file {
            Some(file) => read_file(file)?,
            None if from_input => super::read_input()?,
            None => self.statement.clone(),
        };
        let Some(session) = session else {
            let engine = Engine::scratch().with_options(options);
            return run_all(&engine, &text, &parameters, &View::new(&self.rows, terminal), terminal);
        };
        let interpreter = Interpreter::new(session, false, terminal);
        Ok(interpreter.with(self.rows.format(), self.rows.limit, parameters).answer_all(&text, terminal))
    }
}

/// Answers requests, one a line, until the input ends.
fn serve(mut protocol: Protocol, terminal: &mut Terminal) -> Outcome {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::usage(format!("standard input cannot be read: {error}"), "try again"))? == 0 {
            return Ok(Exit::Answered);
        }
        let request = String::from_utf8_lossy(&line);
        if !request.trim().is_empty() {
            terminal.answer(&protocol.answer(request.trim()))?;
            terminal.answer("\n")?;
            terminal.flush()?;
        }
    }
}

/// Runs statements on a graph in memory, one after another.
fn run_all(engine: &Engine, text: &str, options: &QueryOptions, view: &View, terminal: &mut Terminal) -> Outcome {
    for entry in script::entries(text) {
        let answer = engine.run(&entry.text, &options.parameters);
        let answer = answer.map_err(|error| Failure::about(&error, &entry.text))?;
        if !answer.columns.is_empty() {
            terminal.write(|out| view.rows(&answer, out))?;
        }
        if let Some(changed) = counters(&answer.counters) {
            terminal.say(&changed);
        }
    }
    Ok(Exit::Answered)
}

fn read_file(file: &Path) -> Result<String, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::usage(format!("{} cannot be read: {error}", file.display()), "name a file of statements")
    };
    std::fs::read_to_string(file).map_err(unreadable)
}
