//! `quipu not-same`: keeps two names apart, by a line in quipu.toml.

use clap::Args;

use super::options::ConfigPlace;
use super::{Global, Outcome, Terminal};
use crate::config::edit::Decision;

const EXAMPLES: &str = "  quipu not-same Spark \"Spark Mail\"";

/// Keeps two names apart, by a line in quipu.toml
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct NotSame {
    /// One name
    #[arg(value_name = "A")]
    one: String,

    /// The other
    #[arg(value_name = "B")]
    other: String,

    #[command(flatten)]
    place: ConfigPlace,
}

impl NotSame {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        super::options::decide(&Decision::NotSame(self.one, self.other), &self.place, global, terminal)
    }
}
