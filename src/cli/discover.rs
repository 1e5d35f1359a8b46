//! `quipu discover`: notes as JSON lines → what each of them introduces.

use clap::Args;

use super::stages::{Decisions, Notes};
use super::{Outcome, Terminal};
use crate::session::{SessionError, stage};

const EXAMPLES: &str = "  quipu discover notes.jsonl > discoveries.jsonl
  printf '{\"note\":\"a.md\",\"text\":\"# Flume\"}\\n' | quipu discover";

/// Writes what each note introduces, as JSON lines; for engines that spread notes over machines
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Discover {
    #[command(flatten)]
    notes: Notes,

    #[command(flatten)]
    decisions: Decisions,
}

impl Discover {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let decisions = self.decisions.read()?;
        let end = stage::discover(&decisions, &self.notes.intake(), self.notes.open()?, &mut terminal.out);
        self.notes.exit(&end.map_err(SessionError::from)?)
    }
}
