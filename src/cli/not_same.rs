//! `quipu not-same`: keeps two names apart, by a line in quipu.toml.

use clap::Args;

use super::options::TwoNames;
use super::{Global, Outcome, Terminal};
use crate::config::edit::Decision;

const EXAMPLES: &str = "  quipu not-same Spark \"Spark Mail\"";

/// Keeps two names apart, by a line in quipu.toml
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct NotSame {
    #[command(flatten)]
    names: TwoNames,
}

impl NotSame {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        self.names.decide(Decision::NotSame, global, terminal)
    }
}
