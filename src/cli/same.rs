//! `quipu same`: makes two names one concept, by a line in quipu.toml.

use clap::Args;

use super::options::TwoNames;
use super::{Global, Outcome, Terminal};
use crate::config::edit::Decision;

const EXAMPLES: &str = "  quipu same \"Kinesis Firehose\" \"Amazon Data Firehose\"";

/// Makes two names one concept, by a line in quipu.toml
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Same {
    #[command(flatten)]
    names: TwoNames,
}

impl Same {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        self.names.decide(Decision::Same, global, terminal)
    }
}
