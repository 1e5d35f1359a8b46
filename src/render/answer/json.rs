//! Rows as JSON. Values are encoded as in the protocol: nodes, relationships, paths, maps and
//! temporal values as objects with one key that begins with `$`.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value as Json, json};

use super::words;
use crate::query::json::Encoded;
use crate::query::{Answer, Entities, PlanTree, Value};
use crate::render::json::json_part;

/// Writes one document: `{"columns": [...], "rows": [...], "counters": {...}}`, a row a line; `plan`
/// and `notices` where there are any.
pub(super) fn json(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let entities = &answer.entities;
    write!(out, "{{\"columns\":")?;
    json_part(&answer.columns, out)?;
    write!(out, ",\n\"rows\":[")?;
    for (number, row) in answer.rows.iter().enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        let row: Vec<Encoded<'_>> = row.iter().map(|value| Encoded { value, entities }).collect();
        json_part(&row, out)?;
    }
    write!(out, "],\n\"counters\":")?;
    json_part(&answer.counters, out)?;
    if let Some(tree) = &answer.plan {
        write!(out, ",\n\"plan\":")?;
        json_part(&plan(tree), out)?;
    }
    if !answer.notices.is_empty() {
        write!(out, ",\n\"notices\":")?;
        json_part(&answer.notices, out)?;
    }
    writeln!(out, "}}")
}

fn plan(tree: &PlanTree) -> Json {
    let mut node = serde_json::Map::new();
    node.insert("operator".into(), json!(tree.operator));
    node.insert("detail".into(), json!(tree.detail));
    for (key, number) in [("estimated_rows", tree.estimated_rows), ("milliseconds", tree.milliseconds)] {
        if let Some(number) = number {
            node.insert(key.into(), json!(number));
        }
    }
    if let Some(rows) = tree.rows {
        node.insert("rows".into(), json!(rows));
    }
    node.insert("inputs".into(), tree.inputs.iter().map(plan).collect());
    Json::Object(node)
}

/// Writes one object a row, columns as keys in their order.
pub(super) fn jsonl(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    for row in &answer.rows {
        json_part(&Row { row, answer }, out)?;
        writeln!(out)?;
    }
    Ok(())
}

struct Row<'a> {
    row: &'a [Value],
    answer: &'a Answer,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut cells = serializer.serialize_map(Some(self.row.len()))?;
        for (column, value) in self.answer.columns.iter().zip(self.row) {
            cells.serialize_entry(column, &Encoded { value, entities: &self.answer.entities })?;
        }
        cells.end()
    }
}

/// A value as JSON without `$` keys, for a cell: what JSON does not know is text.
pub(super) fn simple(value: &Value, entities: &Entities) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Boolean(truth) => json!(truth),
        Value::Integer(integer) => json!(integer),
        Value::Float(float) if float.is_finite() => json!(float),
        Value::String(text) => json!(text.as_ref()),
        Value::List(list) => list.iter().map(|item| simple(&item, entities)).collect(),
        Value::Map(map) => {
            Json::Object(map.iter().map(|(key, value)| (key.to_string(), simple(value, entities))).collect())
        }
        Value::Temporal(temporal) => json!(temporal.to_string()),
        other => json!(words::words(other, entities)),
    }
}
