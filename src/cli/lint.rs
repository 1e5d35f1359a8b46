//! `quipu lint`: lists what deserves a look in the notes.

use clap::Args;

use super::options::{LintCheck, Rows};
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu lint                    orphans, dead links, unexpanded acronyms, near-duplicates, doubtful merges, secrets
  quipu lint --only secrets,dead-links
";

/// Lists what deserves a look in the notes
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Lint {
    /// Which checks to run [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CHECK")]
    only: Vec<LintCheck>,

    #[command(flatten)]
    rows: Rows,
}

impl Lint {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
