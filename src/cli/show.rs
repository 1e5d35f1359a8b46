//! `quipu show`: shows what is known about a concept.

use clap::Args;

use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::{concept_acceptance, concept_card};
use crate::session::{CardLimits, Session};

const EXAMPLES: &str = "  quipu show IAM            definition, other names, relations by type, notes
  quipu show --why IAM      why it is a concept, signal by signal, and how its names were joined
  quipu show --json IAM";

/// Shows what is known about a concept
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Show {
    /// The concept, by any of its names
    #[arg(value_name = "NAME")]
    name: String,

    /// Tell why it is a concept: each signal with its weight and places, and how its names were joined
    #[arg(long)]
    why: bool,

    #[command(flatten)]
    rows: Rows,
}

impl Show {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        if self.why {
            return self.acceptance(&session, terminal);
        }
        let limits = self.rows.limit.map_or(CardLimits::ALL, CardLimits::at_most);
        let card = session.show(&self.name, limits)?;
        let view = View::new(&self.rows, terminal);
        let style = terminal.style();
        terminal.write(|out| view.page(&card, out, |out| concept_card(&card, style, out)))?;
        Ok(Exit::Answered)
    }

    fn acceptance(&self, session: &Session, terminal: &mut Terminal) -> Outcome {
        let why = session.acceptance(&self.name)?;
        let (view, style) = (View::new(&self.rows, terminal), terminal.style());
        terminal.write(|out| view.page(&why, out, |out| concept_acceptance(&why, style, out)))?;
        Ok(Exit::Answered)
    }
}
