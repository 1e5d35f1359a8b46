//! What the commands for engines share: where notes come from, decisions, and how the end is told.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{ingest_options, parse_size};
use super::{Failure, Outcome};
use crate::config::Overrides;
use crate::error::Exit;
use crate::extract::Kind;
use crate::session::stage::{End, Intake};
use crate::store::{Documents, Fetcher};

/// Where notes come from.
#[derive(Debug, Args)]
pub(super) struct Notes {
    /// File of notes as JSON lines, {"note": PATH, "text": TEXT} [default: standard input]
    #[arg(value_name = "NOTES")]
    input: Option<PathBuf>,

    /// The largest note that is read [default: 16M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    note_size: Option<usize>,

    /// Read notes that are told by where they lie, {"uri": URI, "etag": TAG, "size": BYTES}: objects of s3://, gs:// and
    /// az:// (feature cloud), or files
    #[arg(long)]
    fetch: bool,

    /// End with exit code 8 when a line could not be read
    #[arg(long)]
    strict: bool,
}

/// The user's decisions.
#[derive(Debug, Args)]
pub(super) struct Decisions {
    /// The quipu.toml with your decisions
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Notes {
    pub(super) fn open(&self) -> Result<Box<dyn BufRead>, Failure> {
        open(self.input.as_deref())
    }

    pub(super) fn intake(&self) -> Intake {
        let options = ingest_options();
        let note_size = self.note_size.map_or(options.note_size, |size| size as u64);
        let documents = Documents::new(options.documents);
        Intake { note_size, fetcher: self.fetch.then(Fetcher::default), documents }
    }

    /// How the process ends after this stream.
    pub(super) fn exit(&self, end: &End) -> Outcome {
        Ok(if self.strict && end.errors > 0 { Exit::Skipped } else { Exit::Answered })
    }
}

impl Decisions {
    pub(super) fn read(&self) -> Result<Overrides, Failure> {
        let Some(path) = &self.config else { return Ok(Overrides::default()) };
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))?;
        Ok(Overrides::parse(&text, |name| Kind::named(name).is_some())?)
    }
}

/// The file, or standard input.
pub(super) fn open(path: Option<&Path>) -> Result<Box<dyn BufRead>, Failure> {
    let Some(path) = path else { return Ok(Box::new(BufReader::new(io::stdin()))) };
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    Ok(Box::new(BufReader::with_capacity(1 << 20, file)))
}

pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("{} cannot be read: {error}", path.display()), "name a file that is there")
}
