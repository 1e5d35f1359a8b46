//! Rows as tab-separated values: tabs, line breaks and backslashes inside values as `\t`, `\n`, `\r`, `\\`.

use std::io::{self, Write};

use super::csv::plain;
use crate::query::{Answer, Value};
use crate::render::csv_text::Guard;

/// Writes a header line and a line a row; `null` is empty.
pub(super) fn tsv(answer: &Answer, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    let header: Vec<String> = answer.columns.iter().map(|column| quoted(&guard.pass(column))).collect();
    writeln!(out, "{}", header.join("\t"))?;
    for row in &answer.rows {
        let cell = |value: &Value| match value {
            Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => value.to_string(),
            other => quoted(&guard.pass(&plain(other, &answer.entities))),
        };
        let cells: Vec<String> = row.iter().map(cell).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// The one quoting function of TSV.
fn quoted(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}
