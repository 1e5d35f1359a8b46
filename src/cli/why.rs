//! `quipu why`: shows all evidence for the relations of two concepts.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu why Flume HDFS                every line that relates them, as path:line:column: text
  quipu why --same EC2 \"Elastic Compute Cloud\"     why two names mean one concept
";

/// Shows all evidence for the relations of two concepts
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Why {
    /// One concept
    #[arg(value_name = "A")]
    from: String,

    /// The other
    #[arg(value_name = "B")]
    to: String,

    /// Tell which rule made the two names one concept, or what keeps them apart
    #[arg(long)]
    same: bool,

    #[command(flatten)]
    rows: Rows,
}

impl Why {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
