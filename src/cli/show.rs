//! `quipu show`: shows what is known about a concept.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu show IAM            definition, other names, relations by type, notes
  quipu show --json IAM
";

/// Shows what is known about a concept
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Show {
    /// The concept, by any of its names
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    rows: Rows,
}

impl Show {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
