//! `quipu search`: finds notes by their words.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu search column storage               notes with any of the words, the best first
  quipu search '\"column storage\"'           the words side by side
  quipu search 'redshift NOT spectrum title:aws materiali*'
";

/// Finds notes by their words
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Search {
    /// What to look for: words, "phrases", AND OR NOT, prefix*, near~, title: heading: path: tag:
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,

    #[command(flatten)]
    rows: Rows,
}

impl Search {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
