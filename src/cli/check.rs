//! `quipu check`: verifies the index against its checksums.

use clap::Args;

use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu check
";

/// Verifies the index against its checksums
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Check {}

impl Check {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
