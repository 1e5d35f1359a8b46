//! `quipu ask`: answers a question in plain English.

use std::path::Path;

use clap::Args;

use super::limits::LimitOptions;
use super::options::Rows;
use super::view::View;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query;
use crate::session::{QueryOptions, Session};

const EXAMPLES: &str = "  quipu ask \"what connects Flume to Hive\"
  quipu ask what uses HDFS
  quipu ask --cypher \"compare Hive and HBase\"     also show the query it became";

/// Answers a question in plain English
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Ask {
    /// The question; quotes around it are optional
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,

    /// Show the Cypher the question became
    #[arg(long)]
    cypher: bool,

    #[command(flatten)]
    rows: Rows,

    #[command(flatten)]
    limits: LimitOptions,
}

impl Ask {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        if global.is_usual_index() && Path::new("corpus").is_dir() {
            super::first_ingest(None, global, terminal)?;
        }
        let mut session = super::open_session(global, terminal)?;
        session.tune(query::Options { limits: self.limits.limits(), ..query::Options::default() });
        answer(&session, &self.question.join(" "), self.cypher, &self.rows, terminal)
    }
}

/// Answers a question, with the statement it became on the other stream where asked for.
fn answer(session: &Session, question: &str, cypher: bool, rows: &Rows, terminal: &mut Terminal) -> Outcome {
    let reply = session.ask(question, &QueryOptions::default()).map_err(|error| Failure::about(&error, question))?;
    if cypher {
        terminal.say(&reply.cypher);
    }
    let view = View::new(rows, terminal);
    terminal.write(|out| view.reply(&reply, out))?;
    if reply.is_empty() {
        terminal.say(reply.nothing());
        return Ok(Exit::Nothing);
    }
    Ok(Exit::Answered)
}
