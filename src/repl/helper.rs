//! What rustyline asks of us while a line is typed.

use std::borrow::Cow;

use rustyline::completion::{Completer, Pair};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hinter, HistoryHinter};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use super::{complete, highlight};
use crate::graph::KnowledgeGraph;
use crate::query::question::FORMS;
use crate::render::shown;
use crate::session::script;

/// Completes, colours and checks with the graph at hand.
pub(super) struct Prompt {
    graph: KnowledgeGraph,
    history: HistoryHinter,
    color: bool,
}

impl Prompt {
    pub(super) fn new(graph: KnowledgeGraph, color: bool) -> Self {
        Self { graph, history: HistoryHinter::new(), color }
    }
}

impl Helper for Prompt {}

impl Completer for Prompt {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, found) = complete::candidates(&self.graph, line, position);
        let pair = |candidate: complete::Candidate| Pair {
            display: shown(&candidate.display).into_owned(),
            replacement: candidate.replacement.chars().filter(|letter| !letter.is_control()).collect(),
        };
        Ok((start, found.into_iter().map(pair).collect()))
    }
}

impl Hinter for Prompt {
    type Hint = String;

    /// The rest of an earlier line, else how the form of the question goes on.
    fn hint(&self, line: &str, position: usize, context: &Context<'_>) -> Option<String> {
        let earlier = self.history.hint(line, position, context);
        earlier.or_else(|| (position == line.len()).then(|| form_hint(line)).flatten())
    }
}

/// The rest of the one form that begins with what is typed.
fn form_hint(line: &str) -> Option<String> {
    if line.trim().is_empty() || !line.ends_with(' ') {
        return None;
    }
    let typed = line.trim_start().to_lowercase();
    let mut fits = FORMS.iter().filter_map(|form| form.form.to_lowercase().starts_with(&typed).then_some(form.form));
    let form = fits.next()?;
    fits.next().is_none().then(|| form[typed.len()..].to_string())
}

impl Highlighter for Prompt {
    fn highlight<'l>(&self, line: &'l str, _position: usize) -> Cow<'l, str> {
        if self.color { Cow::Owned(highlight::paint(line, &self.graph)) } else { Cow::Borrowed(line) }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.color { Cow::Owned(format!("\x1b[2m{hint}\x1b[0m")) } else { Cow::Borrowed(hint) }
    }

    fn highlight_char(&self, _line: &str, _position: usize, kind: CmdKind) -> bool {
        self.color && kind != CmdKind::MoveCursor
    }
}

impl Validator for Prompt {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        let open = script::is_open(context.input());
        Ok(if open { ValidationResult::Incomplete } else { ValidationResult::Valid(None) })
    }
}
