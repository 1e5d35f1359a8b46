//! `quipu path`: shows how two concepts are connected.

use clap::Args;

use super::limits::LimitOptions;
use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query;
use crate::session::QueryOptions;

const EXAMPLES: &str = "  quipu path Flume Hive
  quipu path -k 10 \"data lake\" Redshift";

/// Shows how two concepts are connected
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Path {
    /// Where the paths start
    #[arg(value_name = "A")]
    from: String,

    /// Where they end
    #[arg(value_name = "B")]
    to: String,

    /// How many paths to show, the best first
    #[arg(short, long, value_name = "K", default_value_t = 3)]
    k: u32,

    #[command(flatten)]
    rows: Rows,

    #[command(flatten)]
    limits: LimitOptions,
}

impl Path {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let mut session = super::open_session(global, terminal)?;
        session.tune(query::Options { limits: self.limits.limits(), ..query::Options::default() });
        let reply = session.paths(&self.from, &self.to, self.k, &QueryOptions::default())?;
        let view = View::new(&self.rows, terminal);
        terminal.write(|out| view.reply(&reply, out))?;
        if reply.is_empty() {
            terminal.say("nothing in the notes connects them");
            return Ok(Exit::Nothing);
        }
        Ok(Exit::Answered)
    }
}
