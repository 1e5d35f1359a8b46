//! `quipu same`: makes two names one concept, by a line in quipu.toml.

use clap::Args;

use super::options::ConfigPlace;
use super::{Global, Outcome, Terminal};
use crate::config::edit::Decision;

const EXAMPLES: &str = "  quipu same \"Kinesis Firehose\" \"Amazon Data Firehose\"";

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
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        super::options::decide(&Decision::Same(self.one, self.other), &self.place, global, terminal)
    }
}
