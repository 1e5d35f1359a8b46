//! `quipu annotate`: shows a note with what is read in it.

use std::path::PathBuf;

use clap::Args;

use super::options::{Rows, ingest_options};
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::annotated_note;
use crate::store::Documents;

const EXAMPLES: &str =
    "  quipu annotate notes/pipeline.txt      concepts and relations at their words, and what would change them
  quipu annotate --json notes/pipeline.txt";

/// Shows a note with each concept and relation at its words, the rule, and the quipu.toml line that would change it
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Annotate {
    /// The note, as it is on disk now; it need not be in the index
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    rows: Rows,
}

impl Annotate {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let note = session.annotate(&self.file, &Documents::new(ingest_options().documents))?;
        let (view, style) = (View::new(&self.rows, terminal), terminal.style());
        terminal.write(|out| view.page(&note, out, |out| annotated_note(&note, style, out)))?;
        if !note.indexed {
            terminal.say("the index does not hold this note; `quipu ingest` adds its folder");
        }
        let found = note.concepts.len();
        Ok(if found == 0 { Exit::Nothing } else { Exit::Answered })
    }
}
