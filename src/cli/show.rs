//! `quipu show`: shows what is known about a concept.

use clap::Args;

use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::concept_card;
use crate::session::CardLimits;

const EXAMPLES: &str = "  quipu show IAM            definition, other names, relations by type, notes
  quipu show --json IAM";

/// Shows what is known about a concept
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Show {
    /// The concept, by any of its names
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    rows: Rows,
}

impl Show {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let limits = self.rows.limit.map_or(CardLimits::ALL, CardLimits::at_most);
        let card = session.show(&self.name, limits)?;
        let view = View::new(&self.rows, terminal);
        let style = terminal.style();
        terminal.write(|out| view.page(&card, out, |out| concept_card(&card, style, out)))?;
        Ok(Exit::Answered)
    }
}
