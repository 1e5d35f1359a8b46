//! `quipu pack`: folders of notes → JSON lines.

use std::path::PathBuf;

use clap::Args;

use super::options::{ingest_options, parse_size};
use super::{Outcome, Terminal};
use crate::error::Exit;
use crate::session::stage;

const EXAMPLES: &str = "  quipu pack ~/notes > notes.jsonl
  quipu pack ~/notes | split -n r/16 - part-          in 16 parts";

/// Writes the notes of folders as JSON lines, as discover and extract read them
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Pack {
    /// Folders of notes
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// The largest note that is read [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    note_size: Option<usize>,

    /// End with exit code 8 when a file was skipped
    #[arg(long)]
    strict: bool,
}

impl Pack {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let mut options = ingest_options();
        options.note_size = self.note_size.map_or(options.note_size, |size| size as u64);
        let packed = stage::pack(&self.paths, &options, &mut terminal.out)?;
        for skipped in &packed.skipped {
            terminal.say(&format!("skipped {}: {}", skipped.path, skipped.reason));
        }
        terminal.say(&format!("packed {} notes", packed.notes));
        Ok(if self.strict && !packed.skipped.is_empty() { Exit::Skipped } else { Exit::Answered })
    }
}
