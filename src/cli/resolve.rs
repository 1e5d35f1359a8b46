//! `quipu resolve`: what notes introduce → the lexicon.

use std::fs::File;
use std::io::{BufWriter, Read};
use std::path::PathBuf;

use clap::Args;

use super::stages::{Decisions, open, unreadable};
use super::{Failure, Outcome, Terminal};
use crate::error::Exit;
use crate::session::{SessionError, stage};

const EXAMPLES: &str = "  quipu resolve part-*.jsonl -o lexicon.jsonl
  quipu discover notes.jsonl | quipu resolve > lexicon.jsonl";

/// Settles the names of all notes, from the output of discover, into a lexicon
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Resolve {
    /// Files that discover wrote, in any order [default: standard input]
    #[arg(value_name = "DISCOVERIES")]
    input: Vec<PathBuf>,

    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    decisions: Decisions,
}

impl Resolve {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let decisions = self.decisions.read()?;
        let lexicon = match self.input.as_slice() {
            [] => stage::resolve(&decisions, open(None)?),
            files => {
                let all = files.iter().map(|path| File::open(path).map_err(|error| unreadable(path, &error)));
                let all = all.collect::<Result<Vec<File>, Failure>>()?;
                let chained = all.into_iter().fold(Box::new(std::io::empty()) as Box<dyn Read>, |all, file| {
                    Box::new(all.chain(file).chain(&b"\n"[..])) as Box<dyn Read>
                });
                stage::resolve(&decisions, std::io::BufReader::with_capacity(1 << 20, chained))
            }
        };
        let lexicon = lexicon.map_err(SessionError::from)?;
        match &self.output {
            None => terminal.write(|out| lexicon.write(out))?,
            Some(path) => {
                let unwritable = |error| {
                    Failure::usage(format!("{} cannot be written: {error}", path.display()), "name another place")
                };
                let mut file = BufWriter::new(File::create(path).map_err(unwritable)?);
                lexicon.write(&mut file).map_err(unwritable)?;
                file.into_inner().map_err(|error| unwritable(error.into_error()))?.sync_all().map_err(unwritable)?;
                terminal.say(&format!("wrote {} concepts to {}", lexicon.lexicon.concepts().len(), path.display()));
            }
        }
        Ok(Exit::Answered)
    }
}
