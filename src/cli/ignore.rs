//! `quipu ignore`: makes a name no concept, by a line in quipu.toml.

use clap::Args;

use super::options::ConfigPlace;
use super::{Global, Outcome, Terminal};
use crate::config::edit::Decision;

const EXAMPLES: &str = "  quipu ignore \"Next steps\"";

/// Makes a name no concept, by a line in quipu.toml
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Ignore {
    /// The name
    #[arg(value_name = "NAME")]
    name: String,

    #[command(flatten)]
    place: ConfigPlace,
}

impl Ignore {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        super::options::decide(&Decision::Ignore(self.name), &self.place, global, terminal)
    }
}
