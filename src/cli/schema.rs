//! `quipu schema`: lists labels, relation types and properties of the graph.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu schema
";

/// Lists labels, relation types and properties of the graph
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Schema {
    #[command(flatten)]
    rows: Rows,
}

impl Schema {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
