//! Errors and warnings with a caret under the words they mean.
//!
//! ```text
//! error: no concept named `Flum`
//!   │ MATCH path = (a {name: 'Flum'})-[*]-(b {name: 'Hive'}) RETURN path
//!   │                        ^^^^^^
//! hint: did you mean Flume?
//! ```

use std::io::{self, Write};

use super::escape;
use super::ink::{Ink, Style};
use crate::text::{Lines, Span};

/// How bad it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Nothing was answered.
    #[default]
    Error,
    /// Something was answered, yet with care.
    Warning,
}

/// What went wrong, where, and what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub level: Level,
    /// One clause without full stop.
    pub message: String,
    /// The text it speaks of and the bytes meant; an empty span points between two letters.
    pub excerpt: Option<(String, Span)>,
    /// The next steps, best first.
    pub hints: Vec<String>,
}

/// Writes a diagnostic: the message, the line with the words meant marked by carets, the hints.
/// A line wider than the terminal is cut around the mark.
///
/// # Errors
///
/// Those of `out`.
pub fn diagnostic(diagnostic: &Diagnostic, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (ink, word) = match diagnostic.level {
        Level::Error => (Ink::Error, "error"),
        Level::Warning => (Ink::Warning, "warning"),
    };
    let message = escape::shown(&diagnostic.message);
    writeln!(out, "{}{}", ink.paint(word, style.colour), Ink::Heading.paint(&format!(": {message}"), style.colour))?;
    if let Some((text, span)) = &diagnostic.excerpt {
        excerpt(text, *span, style, ink, out)?;
    }
    for hint in &diagnostic.hints {
        writeln!(out, "{}: {}", Ink::Hint.paint("hint", style.colour), escape::shown(hint))?;
    }
    Ok(())
}

fn excerpt(text: &str, span: Span, style: Style, ink: Ink, out: &mut dyn Write) -> io::Result<()> {
    let lines = Lines::new(text);
    let number = lines.line_of(span.start.min(text.len()));
    let line = lines.span(text, number);
    let from = span.start.clamp(line.start, line.end) - line.start;
    let to = span.end.clamp(line.start, line.end).max(line.start + from) - line.start;
    let room = style.width.saturating_sub(4).max(8);
    let marked = Marked::new(line.of(text), from, to).cut(room);
    let bar = Ink::Dim.paint("│", style.colour);
    let carets = "^".repeat((marked.end - marked.start).max(1));
    writeln!(out, "  {bar} {}", marked.cells.concat())?;
    writeln!(out, "  {bar} {:2$}{}", "", ink.paint(&carets, style.colour), marked.start)
}

/// A line laid out in cells. A letter of two cells is followed by an empty cell.
struct Marked {
    cells: Vec<String>,
    start: usize,
    end: usize,
}

impl Marked {
    fn new(line: &str, from: usize, to: usize) -> Self {
        let mut marked = Self { cells: Vec::new(), start: 0, end: 0 };
        for (at, letter) in line.char_indices() {
            if at <= from {
                marked.start = marked.cells.len();
            }
            marked.push(letter);
            if at < to {
                marked.end = marked.cells.len();
            }
        }
        if from >= line.len() {
            marked.start = marked.cells.len();
        }
        marked.end = marked.end.max(marked.start);
        marked
    }

    /// Lays out one letter: tabs as spaces, hidden characters spelled out, marks without width on the letter before.
    fn push(&mut self, letter: char) {
        let wide = escape::cells(letter, self.cells.len());
        if letter == '\t' {
            self.cells.extend(std::iter::repeat_n(" ".to_owned(), wide));
        } else if escape::is_hidden(letter) {
            let mut shown = String::new();
            escape::push_shown(letter, &mut shown);
            self.cells.extend(shown.chars().map(String::from));
        } else if wide == 0 {
            match self.cells.iter_mut().rev().find(|cell| !cell.is_empty()) {
                Some(cell) => cell.push(letter),
                None => self.cells.push(format!(" {letter}")),
            }
        } else {
            self.cells.push(letter.to_string());
            self.cells.extend(std::iter::repeat_n(String::new(), wide - 1));
        }
    }

    /// Cuts a line that is too wide to a window that shows the mark's start.
    fn cut(mut self, room: usize) -> Self {
        if self.cells.len() <= room {
            return self;
        }
        let first = self.start.saturating_sub(room / 2).min(self.cells.len() - room);
        let last = (first + room).min(self.cells.len());
        let more = last < self.cells.len();
        self.cells = self.cells[first..last].to_vec();
        self.start -= first;
        self.end = (self.end - first).min(room);
        if first > 0 {
            self.replace(0);
        }
        if more {
            self.replace(room - 1);
        }
        self
    }

    /// Puts `…` into a cell; the other half of a wide letter becomes a space.
    fn replace(&mut self, at: usize) {
        if self.cells[at].is_empty() && at > 0 {
            self.cells[at - 1] = " ".into();
        }
        if self.cells.get(at + 1).is_some_and(String::is_empty) {
            self.cells[at + 1] = " ".into();
        }
        self.cells[at] = "…".into();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::string;

    fn check(text: &str, words: &str, answer: &str) {
        let start = text.find(words).unwrap();
        let error = Diagnostic {
            message: "no concept named `Flum`".into(),
            excerpt: Some((text.into(), Span::new(start, start + words.len()))),
            hints: vec!["did you mean Flume?".into()],
            ..Diagnostic::default()
        };
        let drawn = string(|out| diagnostic(&error, Style { colour: false, width: 80 }, out));
        assert_eq!(drawn, format!("error: no concept named `Flum`\n{answer}hint: did you mean Flume?\n"));
    }

    #[test]
    fn the_caret_stands_under_the_words() {
        check(
            "MATCH path = (a {name: 'Flum'})-[*]-(b {name: 'Hive'}) RETURN path",
            "'Flum'",
            "  │ MATCH path = (a {name: 'Flum'})-[*]-(b {name: 'Hive'}) RETURN path\n\
             \x20 │                        ^^^^^^\n",
        );
    }

    #[test]
    fn wide_letters_tabs_and_control_characters_keep_the_caret_in_place() {
        check("數據 'Flum'", "'Flum'", "  │ 數據 'Flum'\n  │      ^^^^^^\n");
        check("a\t'Flum'", "'Flum'", "  │ a   'Flum'\n  │     ^^^^^^\n");
        check("\u{1b}[31m 'Flum'", "'Flum'", "  │ \\x1b[31m 'Flum'\n  │          ^^^^^^\n");
        check("e\u{301} 'Flum'", "'Flum'", "  │ e\u{301} 'Flum'\n  │   ^^^^^^\n");
    }

    #[test]
    fn only_the_line_with_the_words_is_shown() {
        check("MATCH (a)\r\nWHERE Flum\r\nRETURN a", "Flum\r\nRETURN", "  │ WHERE Flum\n  │       ^^^^\n");
    }

    #[test]
    fn an_end_of_text_gets_one_caret_behind_it() {
        let error = Diagnostic {
            message: "unfinished".into(),
            excerpt: Some(("RETURN".into(), Span::new(6, 6))),
            ..Diagnostic::default()
        };
        let drawn = string(|out| diagnostic(&error, Style::PLAIN, out));
        assert_eq!(drawn, "error: unfinished\n  │ RETURN\n  │       ^\n");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{} HERE {}", "x".repeat(200), "y".repeat(200));
        let error = Diagnostic { excerpt: Some((text, Span::new(201, 205))), ..Diagnostic::default() };
        let drawn = string(|out| diagnostic(&error, Style { colour: false, width: 24 }, out));
        assert_eq!(drawn, "error: \n  │ …xxxxxxxx HERE yyyy…\n  │           ^^^^\n");
    }

    proptest! {
        #[test]
        fn any_text_and_any_span_are_drawn(text in any::<String>(), start in 0_usize..50, end in 0_usize..50, width in 0_usize..40) {
            let error = Diagnostic { excerpt: Some((text, Span::new(start, end))), ..Diagnostic::default() };
            let drawn = string(|out| diagnostic(&error, Style { colour: true, width }, out));
            prop_assert!(drawn.contains("error"));
        }
    }
}
