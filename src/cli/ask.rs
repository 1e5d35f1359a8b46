//! `quipu ask`: answers a question in plain English.

use clap::Args;

use super::options::Rows;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu ask \"what connects Flume to Hive\"
  quipu ask what uses HDFS
  quipu ask --cypher \"compare Hive and HBase\"     also show the query it became
";

/// Answers a question in plain English
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Ask {
    /// The question; quotes around it are optional
    #[arg(required = true, value_name = "QUESTION")]
    question: Vec<String>,

    /// Show the Cypher the question became
    #[arg(long)]
    cypher: bool,

    #[command(flatten)]
    rows: Rows,
}

impl Ask {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
