//! Rows as comma-separated values: a header, then a record a row.

use std::io::{self, Write};

use super::{json, words};
use crate::query::{Answer, Entities, Value};
use crate::render::csv_text::{self, Guard};

/// Writes the rows. `null` is an empty cell, empty text `""`; nodes and relationships are written as
/// in a table, lists and maps as JSON. The guard looks at text only, never at numbers.
pub(super) fn csv(answer: &Answer, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    if answer.columns.is_empty() {
        return Ok(());
    }
    csv_text::record(answer.columns.iter().cloned(), guard, out)?;
    for row in &answer.rows {
        let cells: Vec<String> = row.iter().map(|value| cell(value, &answer.entities, guard)).collect();
        let line = cells.join(",");
        writeln!(out, "{}", if line.is_empty() { "\"\"" } else { &line })?;
    }
    Ok(())
}

fn cell(value: &Value, entities: &Entities, guard: Guard) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) if text.is_empty() => "\"\"".into(),
        Value::Boolean(_) | Value::Integer(_) | Value::Float(_) => value.to_string(),
        other => csv_text::quoted(&guard.pass(&plain(other, entities))).into_owned(),
    }
}

/// A value as the text of one cell, before any quoting.
pub(super) fn plain(value: &Value, entities: &Entities) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(_) | Value::Temporal(_) => words::cell(value, entities),
        Value::List(_) | Value::Map(_) => json::simple(value, entities).to_string(),
        other => words::words(other, entities),
    }
}
