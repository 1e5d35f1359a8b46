//! `quipu ignore`: makes a name no concept, by a line in quipu.toml.

use clap::Args;

use super::options::ConfigPlace;
use super::{Failure, Global, Outcome, Terminal};

const EXAMPLES: &str = "\
  quipu ignore \"Next steps\"
";

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
    pub(super) fn run(self, _global: &Global, _terminal: &mut Terminal) -> Outcome {
        let _ = self;
        Err(Failure::usage("this build has no index yet", "wait for the next one"))
    }
}
