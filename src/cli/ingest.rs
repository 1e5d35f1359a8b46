//! `quipu ingest`: builds the index or brings it up to date.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use super::options::{ReportFormat, parse_size};
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu ingest                       bring all folders of the index up to date
  quipu ingest ~/notes ./wiki        add two folders, or update them
  quipu ingest --forget ./wiki       drop a folder from the index
";

/// Builds the index or brings it up to date
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Ingest {
    /// Folders or files to add or update; without any, all that the index knows
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Drop a folder from the index; may be given several times
    #[arg(long, value_name = "PATH")]
    forget: Vec<PathBuf>,

    /// How many threads work [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Memory for the full-text writer, such as 200M or 1G [default: 64M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    memory: Option<usize>,

    /// End with exit code 8 when a note was skipped
    #[arg(long)]
    strict: bool,

    /// How the report is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

impl Ingest {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
