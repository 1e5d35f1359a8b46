//! `quipu stats`: counts what the index holds.

use clap::Args;

use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::stats_tables;

const EXAMPLES: &str = "  quipu stats
  quipu stats --json";

/// Counts what the index holds
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Stats {
    #[command(flatten)]
    rows: Rows,
}

impl Stats {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let tables = session.stats();
        let view = View::new(&self.rows, terminal);
        let style = terminal.style();
        terminal.write(|out| view.page(&tables, out, |out| stats_tables(&tables, style, out)))?;
        Ok(Exit::Answered)
    }
}
