//! `quipu why`: shows all evidence for the relations of two concepts.

use clap::Args;

use super::options::Rows;
use super::view::View;
use super::{Global, Outcome, Terminal};
use crate::error::Exit;
use crate::render::cited::relation_evidence;
use crate::session::Session;

const EXAMPLES: &str = "  quipu why Flume HDFS                every line that relates them, as path:line:column: text
  quipu why --same EC2 \"Elastic Compute Cloud\"     why two names mean one concept";

/// Shows all evidence for the relations of two concepts
#[derive(Debug, Args)]
#[command(before_help = EXAMPLES)]
pub(super) struct Why {
    /// One concept
    #[arg(value_name = "A")]
    from: String,

    /// The other
    #[arg(value_name = "B")]
    to: String,

    /// Tell which rule made the two names one concept, or what keeps them apart
    #[arg(long)]
    same: bool,

    #[command(flatten)]
    rows: Rows,
}

impl Why {
    pub(super) fn run(self, global: &Global, terminal: &mut Terminal) -> Outcome {
        let session = super::open_session(global, terminal)?;
        if self.same {
            return self.sameness(&session, terminal);
        }
        let relations = session.why(&self.from, &self.to)?;
        let view = View::new(&self.rows, terminal);
        let style = terminal.style();
        terminal.write(|out| view.page(&relations, out, |out| relation_evidence(&relations, style, out)))?;
        if relations.is_empty() {
            terminal.say("no relation stands between them; `quipu path` shows longer ways");
            return Ok(Exit::Nothing);
        }
        Ok(Exit::Answered)
    }

    fn sameness(&self, session: &Session, terminal: &mut Terminal) -> Outcome {
        let found = session.why_same(&self.from, &self.to)?;
        let view = View::new(&self.rows, terminal);
        terminal.write(|out| view.page(&found, out, |out| view.sameness(&found, out)))?;
        Ok(if found.same { Exit::Answered } else { Exit::Nothing })
    }
}
