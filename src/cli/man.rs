//! `quipu man`: writes the manual pages.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, Outcome, Terminal, command};
use crate::error::Exit;

const EXAMPLES: &str = "  quipu man | man -l -                       read the page of quipu
  quipu man --output ~/.local/share/man/man1   write a page for every command";

/// Writes the manual page, or a page for each command into a folder
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Man {
    /// Folder to write the pages of all commands into
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
}

impl Man {
    pub(super) fn run(self, terminal: &mut Terminal) -> Outcome {
        let Some(folder) = self.output else {
            let mut page = Vec::new();
            clap_mangen::Man::new(command()).render(&mut page).map_err(Failure::Output)?;
            terminal.answer(&String::from_utf8_lossy(&page))?;
            return Ok(Exit::Answered);
        };
        std::fs::create_dir_all(&folder).and_then(|()| clap_mangen::generate_to(command(), &folder)).map_err(
            |error| Failure::usage(format!("{} cannot be written: {error}", folder.display()), "name another folder"),
        )?;
        terminal.say(&format!("manual pages are in {}", folder.display()));
        Ok(Exit::Answered)
    }
}
