//! CSV for Neo4j's importer: one file of nodes, one of relationships, types in the headers.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sheet::{ColumnType, Field, Sheet};
use crate::render::csv_text::{Guard, record};

/// Between the values of a list; inside a value it becomes a comma.
const LIST: &str = ";";

/// Writes the nodes: `id:ID,name,aliases:string[],mentions:long,...,:LABEL`.
///
/// # Errors
///
/// Those of `out`.
pub fn neo4j_nodes(sheet: &Sheet, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut columns = sheet.node_columns();
    columns.remove("id");
    let header = std::iter::once("id:ID".to_owned()).chain(titles(&columns)).chain([":LABEL".to_owned()]);
    record(header, Guard::Raw, out)?;
    for node in &sheet.nodes {
        let labels = node.labels.join(LIST);
        let cells = values(&node.properties, &columns);
        record(std::iter::once(node.id.clone()).chain(cells).chain([labels]), guard, out)?;
    }
    Ok(())
}

/// Writes the relationships: `:START_ID,confidence:long,...,:END_ID,:TYPE`.
///
/// # Errors
///
/// Those of `out`.
pub fn neo4j_relationships(sheet: &Sheet, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let columns = sheet.edge_columns();
    let header = std::iter::once(":START_ID".to_owned())
        .chain(titles(&columns))
        .chain([":END_ID".to_owned(), ":TYPE".to_owned()]);
    record(header, Guard::Raw, out)?;
    for edge in &sheet.edges {
        let ends = (&sheet.nodes[edge.source].id, &sheet.nodes[edge.target].id);
        let cells = values(&edge.properties, &columns);
        let row = std::iter::once(ends.0.clone()).chain(cells).chain([ends.1.clone(), edge.relation_type.clone()]);
        record(row, guard, out)?;
    }
    Ok(())
}

/// Column titles with their types. A colon in a key would be read as the start of a type.
fn titles(columns: &BTreeMap<&str, ColumnType>) -> impl Iterator<Item = String> {
    columns.iter().map(|(key, of)| {
        let key = key.replace(':', "_");
        match of {
            ColumnType::Text => key,
            ColumnType::Boolean => format!("{key}:boolean"),
            ColumnType::Integer => format!("{key}:long"),
            ColumnType::Float => format!("{key}:double"),
            ColumnType::List => format!("{key}:string[]"),
        }
    })
}

fn values(fields: &BTreeMap<String, Field>, columns: &BTreeMap<&str, ColumnType>) -> Vec<String> {
    columns.iter().map(|(key, of)| fields.get(*key).map_or_else(String::new, |field| cell(field, *of))).collect()
}

/// Line breaks become spaces: the importer reads a record a line unless told otherwise.
fn cell(field: &Field, of: ColumnType) -> String {
    let text = match field {
        Field::List(items) => {
            let items: Vec<String> = items.iter().map(|item| item.text(" ").replace(LIST, ",")).collect();
            items.join(LIST)
        }
        other if of == ColumnType::List => other.text(" ").replace(LIST, ","),
        other => other.text(" "),
    };
    text.replace("\r\n", " ").replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ")
}
