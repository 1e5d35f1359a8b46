//! `quipu build`: makes an index from facts.

use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::options::ReportFormat;
use super::progress::Bar;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::facts_report;
use crate::render::json_line;
use crate::session;

const EXAMPLES: &str = "  quipu build --facts out/                           from all files of facts in a folder
  quipu export facts | quipu build --facts - --index copy
  quipu build --facts graph.jsonl.gz --index big     from one file";

/// Builds an index from facts, such as engines and other programs write
///
/// Facts are JSON lines as `quipu export facts` writes them, in any order, over any number of files
/// (*.jsonl, *.ndjson, *.json, also gzip), with names as they are. The index is built whole each time;
/// it has a graph, and no text to search.
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Build {
    /// Folder or file of facts, or - for standard input
    #[arg(long, required = true, value_name = "DIR")]
    facts: PathBuf,

    /// How the report is written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = ReportFormat::Text)]
    format: ReportFormat,
}

impl Build {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let start = Instant::now();
        let bar = Bar::new(terminal);
        let report = session::build_facts(&self.facts, &global.index, &|progress| bar.step(progress));
        bar.clear();
        let report = report?;
        let milliseconds = u64::try_from(start.elapsed().as_millis()).ok();
        let style = terminal.style();
        match self.format {
            ReportFormat::Text => terminal.write(|out| facts_report(&report, milliseconds, style, out))?,
            ReportFormat::Json => terminal.write(|out| json_line(&report, out))?,
        }
        Ok(Exit::Answered)
    }
}
