//! `quipu diff`: shows what came and what went between two indexes.

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::{ReportFormat, ingest_options};
use super::progress::Bar;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::{GraphDiff, graph_diff};
use crate::render::json_line;
use crate::session::Session;

const EXAMPLES: &str = "  quipu diff                       the index against its notes as they are now
  quipu diff old/index new/index   one index against another
  quipu diff --format json         for programs; ends with 0 when nothing differs, with 1 when something does";

/// Shows what came and what went between two indexes, or since an index was built
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Diff {
    /// The older index [default: that of --index]
    #[arg(value_name = "OLD")]
    old: Option<PathBuf>,

    /// The newer index [default: the notes of the older one as they are now]
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,

    /// How the difference is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

impl Diff {
    /// Ends as `diff` does: with 0 when the two are the same, with 1 when they differ.
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let old = open(self.old.as_deref().unwrap_or(&global.index), terminal)?;
        let diff = match &self.new {
            Some(new) => old.diff(&open(new, terminal)?),
            None => since(&old, terminal)?,
        };
        let style = terminal.style();
        match self.format {
            ReportFormat::Text => terminal.write(|out| graph_diff(&diff, style, out))?,
            ReportFormat::Json => terminal.write(|out| json_line(&diff, out))?,
        }
        Ok(if diff.is_empty() { Exit::Answered } else { Exit::Nothing })
    }
}

fn open(index: &Path, terminal: &mut Terminal) -> Result<Session, Failure> {
    let session = Session::open(index)?;
    session.notices().iter().for_each(|notice| terminal.warn(notice));
    Ok(session)
}

/// What the notes say now that the index does not, and the other way round.
fn since(old: &Session, terminal: &Terminal) -> Result<GraphDiff, Failure> {
    let bar = Bar::new(terminal);
    let current = old.current(&ingest_options(), &|progress| bar.step(progress));
    bar.clear();
    Ok(old.diff(current?.session()))
}
