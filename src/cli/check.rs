//! `quipu check`: verifies the index against its checksums.

use clap::Args;

use super::{Global, Outcome, Terminal};
use crate::error::Exit;

const EXAMPLES: &str = "  quipu check";

/// Verifies the index against its checksums
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Check {}

impl Check {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let problems = session.check();
        for problem in &problems {
            terminal.answer(&format!("{}\n", crate::render::shown(problem)))?;
        }
        if problems.is_empty() {
            terminal.answer("the index is whole\n")?;
            return Ok(Exit::Answered);
        }
        terminal.say(match session.built_from() {
            None => "`quipu ingest` rebuilds what can be rebuilt from the notes",
            Some(_) => "`quipu build --facts` builds it again from its facts",
        });
        Ok(Exit::NoIndex)
    }
}
