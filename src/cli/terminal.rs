//! The two streams of a process: answers on one, all else on the other, and whether they show colour.

use std::io::{self, BufWriter, IsTerminal, Write};

use super::{ColorChoice, Global, Outcome};
use crate::error::{Exit, Report};
use crate::render::{Diagnostic, Ink, Style, diagnostic};
use crate::text::Span;

/// Cells of a terminal that does not tell its width.
const WIDTH: usize = 80;

/// Where a command writes.
pub struct Terminal {
    /// Answers.
    pub out: Box<dyn Write>,
    /// Messages, progress and errors.
    pub err: Box<dyn Write>,
    /// Whether answers are coloured.
    pub color: bool,
    /// Whether messages are coloured.
    pub err_color: bool,
    /// Whether answers go to a person's terminal.
    pub is_terminal: bool,
    /// Whether messages but errors are left out.
    pub quiet: bool,
    /// Whether more is said.
    pub verbose: bool,
}

/// An error on its way to the terminal, with the text it points into.
#[derive(Debug)]
pub enum Failure {
    /// Answers can no longer be written; when the reader has gone, this is no fault.
    Output(io::Error),
    /// Anything else, drawn with its hint.
    Error {
        /// How the process ends.
        exit: Exit,
        /// One clause.
        message: String,
        /// The question or statement, and the part of it that is wrong.
        place: Option<(String, Span)>,
        /// The next step.
        hint: Option<String>,
    },
}

impl Failure {
    /// A fault of the command line, with what to do instead.
    #[must_use]
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Error { exit: Exit::Usage, message: message.into(), place: None, hint: Some(hint.into()) }
    }

    /// An error about `text`, the question or statement as the user wrote it.
    #[must_use]
    pub fn about(error: &dyn Report, text: &str) -> Self {
        let place = error.span().map(|span| (text.to_string(), span));
        Self::Error {
            exit: error.exit(),
            message: error.to_string(),
            place,
            hint: error.hint().map(|hint| hint.to_string()),
        }
    }
}

impl<E: Report> From<E> for Failure {
    fn from(error: E) -> Self {
        Self::Error {
            exit: error.exit(),
            message: error.to_string(),
            place: None,
            hint: error.hint().map(|hint| hint.to_string()),
        }
    }
}

impl Terminal {
    /// The streams of this process, coloured as asked.
    #[must_use]
    pub fn new(global: &Global) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        Self {
            color: global.color.applies(out.is_terminal()),
            err_color: global.color.applies(err.is_terminal()),
            is_terminal: out.is_terminal(),
            quiet: global.quiet,
            verbose: global.verbose,
            out: Box::new(BufWriter::new(out)),
            err: Box::new(err),
        }
    }

    /// Writes `text` as an answer.
    ///
    /// # Errors
    ///
    /// [`Failure::Output`] when the stream takes no more.
    pub fn answer(&mut self, text: &str) -> Result<(), Failure> {
        self.out.write_all(text.as_bytes()).map_err(Failure::Output)
    }

    /// Writes an answer piece by piece.
    ///
    /// # Errors
    ///
    /// [`Failure::Output`] when the stream takes no more.
    pub fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        write(&mut self.out).map_err(Failure::Output)
    }

    /// How answers are drawn: as wide as the terminal, or without end into pipes and files.
    #[must_use]
    pub fn style(&self) -> Style {
        Style { colour: self.color, width: if self.is_terminal { width() } else { usize::MAX } }
    }

    /// Sends out what was written.
    ///
    /// # Errors
    ///
    /// [`Failure::Output`] when the stream takes no more.
    pub fn flush(&mut self) -> Result<(), Failure> {
        self.out.flush().map_err(Failure::Output)
    }

    /// Says a word of warning beside the answers, even when quiet.
    pub fn warn(&mut self, text: &str) {
        let _ = self.out.flush();
        let word = Ink::Warning.paint("warning", self.err_color);
        let _ = writeln!(self.err, "{word}: {}", crate::render::shown(text));
    }

    /// Says `text` beside the answers, unless quiet. A message that cannot be written is given up.
    pub fn say(&mut self, text: &str) {
        if !self.quiet {
            let _ = self.out.flush();
            let _ = writeln!(self.err, "{text}");
        }
    }

    /// Shows the error, if there is one, and settles how the process ends.
    #[must_use]
    pub fn finish(&mut self, outcome: Outcome) -> Exit {
        let outcome = outcome.and_then(|exit| self.out.flush().map(|()| exit).map_err(Failure::Output));
        match outcome {
            Ok(exit) => exit,
            Err(failure) => self.fail(&failure),
        }
    }

    /// Shows an error and gives the exit it asks for.
    pub fn fail(&mut self, failure: &Failure) -> Exit {
        let _ = self.out.flush();
        match failure {
            Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Answered,
            Failure::Output(error) => {
                let _ = writeln!(self.err, "error: the answer cannot be written: {error}");
                Exit::Fault
            }
            Failure::Error { exit, message, place, hint } => {
                let (first, more) =
                    hint.as_deref().unwrap_or("").split_once('\n').unwrap_or((hint.as_deref().unwrap_or(""), ""));
                let drawn = Diagnostic {
                    message: message.clone(),
                    excerpt: place.clone(),
                    hints: hint.iter().map(|_| first.to_string()).collect(),
                    ..Diagnostic::default()
                };
                let style = Style { colour: self.err_color, width: width() };
                let _ = diagnostic(&drawn, style, &mut self.err);
                if !more.is_empty() {
                    let _ = writeln!(self.err, "{more}");
                }
                *exit
            }
        }
    }
}

/// The width of the terminal, as it or `COLUMNS` tells.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let asked = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(asked).filter(|width| *width > 0).unwrap_or(WIDTH)
}

impl ColorChoice {
    /// Whether a stream is coloured, given whether it is a terminal.
    #[must_use]
    pub fn applies(self, is_terminal: bool) -> bool {
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto if set("FORCE_COLOR") => true,
            Self::Auto => is_terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
        }
    }
}
