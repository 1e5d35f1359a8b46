//! `quipu search`: finds notes by their words.

use clap::Args;

use super::limits::LimitOptions;
use super::options::Rows;
use super::view::View;
use super::{Failure, Global, Outcome, Terminal};
use crate::error::Exit;
use crate::query;

const EXAMPLES: &str = "  quipu search column storage               notes with any of the words, the best first
  quipu search '\"column storage\"'           the words side by side
  quipu search 'redshift NOT spectrum title:aws materiali*'";

/// Finds notes by their words
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Search {
    /// What to look for: words, "phrases", AND OR NOT, prefix*, near~, title: heading: path: tag:
    #[arg(required = true, value_name = "TEXT")]
    text: Vec<String>,

    #[command(flatten)]
    rows: Rows,

    #[command(flatten)]
    limits: LimitOptions,
}

/// Hits shown where nobody says how many.
const HITS: usize = 10;

impl Search {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let mut session = super::open_session(global, terminal)?;
        session.tune(query::Options { limits: self.limits.limits(), ..query::Options::default() });
        let text = self.text.join(" ");
        let limit = self.rows.limit.unwrap_or(HITS);
        let found = session.search(&text, limit).map_err(|error| Failure::about(&error, &text))?;
        let (shown, total, relaxed) = (found.hits.len(), found.total, found.relaxed);
        let view = View::new(&self.rows, terminal);
        terminal.write(|out| view.hits(&found, out))?;
        if shown == 0 {
            terminal.say("no note has these words");
            return Ok(Exit::Nothing);
        }
        if relaxed {
            terminal.say("no note has all of these words; these have some");
        }
        if total > shown {
            terminal.say(&format!("{shown} of {total} notes; --limit shows more"));
        }
        Ok(Exit::Answered)
    }
}
