//! `quipu completions`: writes the completion script of a shell.

use clap::Args;
use clap_complete::Shell;

use super::{Outcome, Terminal, command};
use crate::error::Exit;

const EXAMPLES: &str = "  quipu completions bash > ~/.local/share/bash-completion/completions/quipu
  quipu completions zsh > ~/.zfunc/_quipu
  quipu completions fish > ~/.config/fish/completions/quipu.fish";

/// Writes the completion script of a shell
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command(), "quipu", &mut script);
        terminal.answer(&String::from_utf8_lossy(&script))?;
        Ok(Exit::Answered)
    }
}
