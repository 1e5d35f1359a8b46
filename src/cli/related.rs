//! `quipu related`: lists the concepts closest to one.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu related Redshift
  quipu related --limit 5 \"data lake\"
";

/// Lists the concepts closest to one
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Related {
    /// The concept, by any of its names
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    rows: Rows,
}

impl Related {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
