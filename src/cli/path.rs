//! `quipu path`: shows how two concepts are connected.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu path Flume Hive
  quipu path -k 10 \"data lake\" Redshift
";

/// Shows how two concepts are connected
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Path {
    /// Where the paths start
    #[arg(value_name = "A")]
    from: String,

    /// Where they end
    #[arg(value_name = "B")]
    to: String,

    /// How many paths to show, the best first
    #[arg(short, long, value_name = "K", default_value_t = 3)]
    k: u32,

    #[command(flatten)]
    rows: Rows,
}

impl Path {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
