//! `quipu same`: makes two names one concept, by a line in quipu.toml.

use clap::Args;

use super::options::ConfigPlace;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu same \"Kinesis Firehose\" \"Amazon Data Firehose\"
";

/// Makes two names one concept, by a line in quipu.toml
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Same {
    /// One name
    #[arg(value_name = "A")]
    one: String,

    /// The other
    #[arg(value_name = "B")]
    other: String,

    #[command(flatten)]
    place: ConfigPlace,
}

impl Same {
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
