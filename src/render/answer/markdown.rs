//! Rows as a table of GitHub's Markdown.

use std::io::{self, Write};

use super::words;
use crate::query::{Answer, Value};
use crate::render::export::markdown_words;

/// Writes the table; columns of numbers alone stand right.
pub(super) fn markdown(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    let header: Vec<String> = answer.columns.iter().map(|column| quoted(column)).collect();
    writeln!(out, "| {} |", header.join(" | "))?;
    let rules: Vec<&str> = (0..header.len()).map(|column| rule(answer, column)).collect();
    writeln!(out, "| {} |", rules.join(" | "))?;
    for row in &answer.rows {
        let cells: Vec<String> = row.iter().map(|value| quoted(&words::cell(value, &answer.entities))).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn rule(answer: &Answer, column: usize) -> &'static str {
    let is_number = |row: &Vec<Value>| matches!(row.get(column), Some(Value::Integer(_) | Value::Float(_)));
    if !answer.rows.is_empty() && answer.rows.iter().all(is_number) { "---:" } else { "---" }
}

/// A cell on one line; line breaks inside it are kept as `<br>`.
fn quoted(words: &str) -> String {
    let lines: Vec<String> = words.lines().map(markdown_words).collect();
    lines.join("<br>")
}
