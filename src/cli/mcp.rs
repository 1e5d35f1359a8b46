//! `quipu mcp`: answers an assistant over the Model Context Protocol.

use std::io::IsTerminal;

use clap::Args;

use super::limits::LimitOptions;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::session::{Live, Names};
use crate::{mcp, query};

const EXAMPLES: &str =
    "  quipu mcp                                   what an assistant starts; it speaks on standard input and output
  claude mcp add notes -- quipu --index ~/notes-index mcp
  quipu --index ~/notes-index mcp --timeout 10";

/// Answers an assistant over the Model Context Protocol
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Mcp {
    #[command(flatten)]
    limits: LimitOptions,
}

impl Mcp {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let options = query::Options { limits: self.limits.limits(), ..query::Options::default() };
        let live = Live::open(&global.index, options, Names::OnDisk)?;
        for notice in live.now().session.notices() {
            terminal.warn(notice);
        }
        if std::io::stdin().is_terminal() {
            terminal.say("this speaks the Model Context Protocol and waits for an assistant; Ctrl-D ends it");
        }
        mcp::serve(live).map_err(|error| {
            let hint = "an assistant starts this command and speaks first; docs/mcp.md tells how to add it";
            Failure::usage(format!("the conversation failed: {error}"), hint)
        })?;
        Ok(Exit::Answered)
    }
}
