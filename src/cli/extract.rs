//! `quipu extract`: notes as JSON lines and the lexicon → facts.

use std::path::PathBuf;

use clap::Args;

use super::stages::{Notes, open};
use super::{Outcome, Terminal};
use crate::session::stage::LexiconFile;
use crate::session::{SessionError, stage};

const EXAMPLES: &str = "  quipu extract --lexicon lexicon.jsonl notes.jsonl > facts/part-0.jsonl
  cp lexicon.jsonl facts/ && quipu build --facts facts";

/// Writes what each note says, as facts that build reads
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Extract {
    /// The lexicon that resolve wrote
    #[arg(long, value_name = "FILE")]
    lexicon: PathBuf,

    #[command(flatten)]
    notes: Notes,
}

impl Extract {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let lexicon = LexiconFile::read(open(Some(&self.lexicon))?).map_err(SessionError::from)?;
        let end = stage::extract(&lexicon, &self.notes.intake(), self.notes.open()?, &mut terminal.out);
        self.notes.exit(&end.map_err(SessionError::from)?)
    }
}
