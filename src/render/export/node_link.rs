//! JSON as nodes and links: what networkx, d3 and force-graph read.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::sheet::{Field, Sheet};
use crate::render::json::json_part;

/// Writes a sheet as `{"nodes": [...], "links": [...]}`, one node or link a line. Ends of links are
/// node ids; properties stand beside the fixed keys, which win where a property has their name.
///
/// # Errors
///
/// Those of `out`.
pub fn node_link(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let nodes = sheet.nodes.iter().map(|node| {
        let mut row = plain(&node.properties);
        row.insert("id".into(), json!(node.id));
        row.insert("name".into(), json!(node.name));
        row.insert("kind".into(), json!(node.kind));
        row.insert("labels".into(), json!(node.labels));
        row
    });
    let links = sheet.edges.iter().enumerate().map(|(number, edge)| {
        let mut row = plain(&edge.properties);
        row.insert("key".into(), json!(number));
        row.insert("source".into(), json!(sheet.nodes[edge.source].id));
        row.insert("target".into(), json!(sheet.nodes[edge.target].id));
        row.insert("type".into(), json!(edge.relation_type));
        row.insert("symmetric".into(), json!(edge.symmetric));
        row
    });
    write!(out, "{{\"directed\":true,\"multigraph\":true,\"graph\":{{}},\n\"nodes\":[")?;
    rows(nodes, out)?;
    write!(out, "],\n\"links\":[")?;
    rows(links, out)?;
    writeln!(out, "]}}")
}

fn rows(rows: impl Iterator<Item = Map<String, Value>>, out: &mut dyn Write) -> io::Result<()> {
    for (number, row) in rows.enumerate() {
        out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        json_part(&row, out)?;
    }
    Ok(())
}

fn plain(properties: &std::collections::BTreeMap<String, Field>) -> Map<String, Value> {
    properties.iter().map(|(key, field)| (key.clone(), value(field))).collect()
}

fn value(field: &Field) -> Value {
    match field {
        Field::Float(number) => serde_json::Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Field::List(values) => values.iter().map(value).collect(),
        other => json!(other),
    }
}
