//! `quipu lint`: lists what deserves a look in the notes.

use clap::Args;

use super::options::{LintCheck, Rows};
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::lint_findings;
use crate::session::Check;

const EXAMPLES: &str = "  quipu lint                    orphans, dead links, unexpanded acronyms, near-duplicates, homographs, doubtful merges, secrets
  quipu lint --only secrets,dead-links";

/// Lists what deserves a look in the notes
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Lint {
    /// Which checks to run [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "CHECK")]
    only: Vec<LintCheck>,

    #[command(flatten)]
    rows: Rows,
}

impl Lint {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        let chosen: Vec<Check> = self.only.iter().copied().map(Check::from).collect();
        let checks = if chosen.is_empty() { &Check::ALL[..] } else { &chosen[..] };
        let mut findings = session.lint(checks)?;
        findings.truncate(self.rows.limit.unwrap_or(usize::MAX));
        let view = View::new(&self.rows, terminal);
        let style = terminal.style();
        terminal.write(|out| view.page(&findings, out, |out| lint_findings(&findings, style, out)))?;
        Ok(if findings.is_empty() { Exit::Nothing } else { Exit::Answered })
    }
}
