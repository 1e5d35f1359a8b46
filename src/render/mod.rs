//! Rows and graphs → text: one format a file, values in, text out.
//!
//! - [`answer`]: the rows of a statement as a table, JSON, CSV, Markdown.
//! - [`cited`]: pages for people, each fact with the line that says so.
//! - [`export`]: graphs as files of other programs.
//! - [`diagnostic`]: errors with a caret under the words meant.
//!
//! Whatever a note or a query contains is shown as plain words: a terminal never obeys it, and each
//! format has one quoting function.

pub mod answer;
pub mod cited;
mod columns;
mod csv_text;
mod diagnostic;
mod escape;
pub mod export;
mod ink;
mod json;

use std::io::{self, Write};

pub use csv_text::Guard;
pub use diagnostic::{Diagnostic, Level, diagnostic};
pub use escape::{fit, shown, width};
pub use ink::{Ink, Style};
pub use json::json_line;

/// What `write` writes, as a string.
#[must_use]
pub fn string(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).expect("memory takes all that is written");
    String::from_utf8(bytes).expect("every format writes UTF-8")
}

/// `1 note`, `2 notes`.
pub(crate) fn counted(number: u64, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", cited::grouped(number))
}
