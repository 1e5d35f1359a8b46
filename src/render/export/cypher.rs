//! A Cypher script that makes the graph anew, in Neo4j, in quipu's own engine, wherever openCypher runs.
//!
//! Nodes are merged by their `id`, so running the script twice makes nothing twice. Rows travel in
//! batches, `UNWIND [...] AS row`, each statement small enough for every engine.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};

use super::sheet::{Field, Sheet, SheetEdge};

/// Rows in one statement.
const ROWS: usize = 200;

/// Bytes of rows in one statement.
const BYTES: usize = 24 * 1024;

/// Writes a sheet as Cypher statements, each ended by `;` and a line feed.
///
/// # Errors
///
/// Those of `out`.
pub fn cypher(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let groups = label_groups(sheet);
    let first_labels: BTreeSet<&str> = groups.keys().filter_map(|labels| labels.first()).map(String::as_str).collect();
    for label in first_labels {
        let label = name(label);
        writeln!(out, "// Neo4j: CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;")?;
    }
    for (labels, members) in groups {
        let rows = members.into_iter().map(|at| node_row(sheet, at));
        batches(rows, &node_clause(labels), out)?;
    }
    for ((kind, source, target), members) in edge_groups(sheet) {
        let repeated = repeats(&members);
        let clause = edge_clause(kind, source, target, repeated);
        batches(members.into_iter().map(|edge| edge_row(sheet, edge)), &clause, out)?;
    }
    Ok(())
}

fn label_groups(sheet: &Sheet) -> BTreeMap<&[String], Vec<usize>> {
    let mut groups: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (at, node) in sheet.nodes.iter().enumerate() {
        groups.entry(&node.labels).or_default().push(at);
    }
    groups
}

/// Edges by type and the first labels of their ends, by which the ends are looked up.
type EdgeGroups<'a> = BTreeMap<(&'a str, Option<&'a str>, Option<&'a str>), Vec<&'a SheetEdge>>;

fn edge_groups(sheet: &Sheet) -> EdgeGroups<'_> {
    let first = |at: usize| sheet.nodes[at].labels.first().map(String::as_str);
    let mut groups: EdgeGroups<'_> = BTreeMap::new();
    for edge in &sheet.edges {
        let key = (edge.relation_type.as_str(), first(edge.source), first(edge.target));
        groups.entry(key).or_default().push(edge);
    }
    groups
}

fn node_clause(labels: &[String]) -> String {
    let first = labels.first().map(|label| format!(":{}", name(label))).unwrap_or_default();
    let mut clause = format!("MERGE (n{first} {{id: row.id}}) SET n += row");
    for label in labels.iter().skip(1) {
        write!(clause, ", n:{}", name(label)).expect("a string takes all that is written");
    }
    clause
}

fn edge_clause(kind: &str, source: Option<&str>, target: Option<&str>, repeated: bool) -> String {
    let end = |label: Option<&str>| label.map(|label| format!(":{}", name(label))).unwrap_or_default();
    let make = if repeated { "CREATE" } else { "MERGE" };
    format!(
        "MATCH (a{} {{id: row.from}}), (b{} {{id: row.to}}) {make} (a)-[r:{}]->(b) SET r += row.properties",
        end(source),
        end(target),
        name(kind)
    )
}

/// Whether two edges of one type join the same nodes; merging would make them one.
fn repeats(edges: &[&SheetEdge]) -> bool {
    let ends: BTreeSet<(usize, usize)> = edges.iter().map(|edge| (edge.source, edge.target)).collect();
    ends.len() < edges.len()
}

fn node_row(sheet: &Sheet, at: usize) -> String {
    let node = &sheet.nodes[at];
    let mut fields: Vec<String> = vec![format!("id: {}", text(&node.id))];
    fields.extend(pairs(&node.properties).filter(|(key, _)| *key != "id").map(|(_, pair)| pair));
    format!("{{{}}}", fields.join(", "))
}

fn edge_row(sheet: &Sheet, edge: &SheetEdge) -> String {
    let properties: Vec<String> = pairs(&edge.properties).map(|(_, pair)| pair).collect();
    format!(
        "{{from: {}, to: {}, properties: {{{}}}}}",
        text(&sheet.nodes[edge.source].id),
        text(&sheet.nodes[edge.target].id),
        properties.join(", ")
    )
}

fn pairs(properties: &BTreeMap<String, Field>) -> impl Iterator<Item = (&str, String)> {
    properties.iter().map(|(key, field)| (key.as_str(), format!("{}: {}", name(key), literal(field))))
}

fn batches(rows: impl Iterator<Item = String>, clause: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut batch: Vec<String> = Vec::new();
    let mut bytes = 0;
    for row in rows {
        if !batch.is_empty() && (batch.len() >= ROWS || bytes + row.len() > BYTES) {
            statement(&batch, clause, out)?;
            batch.clear();
            bytes = 0;
        }
        bytes += row.len();
        batch.push(row);
    }
    if batch.is_empty() { Ok(()) } else { statement(&batch, clause, out) }
}

fn statement(rows: &[String], clause: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "UNWIND [\n  {}\n] AS row\n{clause};", rows.join(",\n  "))
}

fn literal(field: &Field) -> String {
    match field {
        Field::Boolean(value) => value.to_string(),
        Field::Integer(i64::MIN) => "-9223372036854775807 - 1".into(),
        Field::Integer(value) => value.to_string(),
        Field::Float(value) if value.is_nan() => "0.0 / 0.0".into(),
        Field::Float(value) if value.is_infinite() => format!("{}1.0 / 0.0", if *value < 0.0 { "-" } else { "" }),
        Field::Float(value) => format!("{value:?}"),
        Field::Text(value) => text(value),
        Field::List(values) => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("[{}]", values.join(", "))
        }
    }
}

/// The one quoting function for text.
fn text(words: &str) -> String {
    let mut quoted = String::from("'");
    for letter in words.chars() {
        match letter {
            '\\' => quoted.push_str("\\\\"),
            '\'' => quoted.push_str("\\'"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            hidden if crate::render::escape::is_hidden(hidden) => {
                for unit in hidden.encode_utf16(&mut [0; 2]) {
                    write!(quoted, "\\u{unit:04X}").expect("a string takes all that is written");
                }
            }
            plain => quoted.push(plain),
        }
    }
    quoted.push('\'');
    quoted
}

/// The one quoting function for labels, types and keys; plain words stay bare.
fn name(words: &str) -> String {
    let bare = words.starts_with(|first: char| first.is_ascii_lowercase())
        && words.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if bare { words.to_owned() } else { format!("`{}`", words.replace('`', "``")) }
}
