//! `quipu related`: lists the concepts closest to one.

use clap::Args;

use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;

const EXAMPLES: &str = "  quipu related Redshift
  quipu related --limit 5 \"data lake\"";

/// Lists the concepts closest to one
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Related {
    /// The concept, by any of its names
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    rows: Rows,
}

/// Concepts listed where nobody says how many.
const LISTED: usize = 20;

impl Related {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let related = session.related(&self.name, self.rows.limit.unwrap_or(LISTED))?;
        let view = View::new(&self.rows, terminal);
        terminal.write(|out| view.page(&related, out, |out| view.related(&related, out)))?;
        if related.is_empty() {
            terminal.say("nothing in the notes is related to it");
            return Ok(Exit::Nothing);
        }
        Ok(Exit::Answered)
    }
}
