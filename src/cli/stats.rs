//! `quipu stats`: counts what the index holds.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu stats
  quipu stats --json
";

/// Counts what the index holds
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Stats {
    #[command(flatten)]
    rows: Rows,
}

impl Stats {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
