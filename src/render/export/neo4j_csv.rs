//! CSV for Neo4j's importer: one file of nodes, one of relationships, types in the headers.
//!
//! The same tables are written for spreadsheets, which run some cells as formulas and take a line
//! break for the end of a row; there a few letters give way. For the importer every value is kept.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::sheet::{ColumnType, Field, Sheet};
use crate::render::csv_text::{Guard, record};
use crate::render::string;

/// How a folder for the importer is read; its options say what [`Dialect::Importer`] does.
const IMPORT: &str = "\
# A graph for Neo4j

Written by `quipu export neo4j`. On the machine of the server, in this folder, with the database stopped or not yet made:

```sh
neo4j-admin database import full neo4j --nodes=nodes.csv --relationships=relationships.csv \\
    --id-type=string --array-delimiter=U+001F --multiline-fields=true
```

A database that has been there before wants `--overwrite-destination=true`, which empties it. Names are found faster after

```cypher
CREATE INDEX concept_name IF NOT EXISTS FOR (c:Concept) ON (c.name);
```
";

/// Which program the tables are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Cells that would be run are guarded, lines are joined, lists are separated by `;`.
    Spreadsheet,
    /// Text is kept as it is, lists are separated by U+001F.
    Importer,
}

impl Dialect {
    const fn guard(self) -> Guard {
        match self {
            Self::Spreadsheet => Guard::Formulas,
            Self::Importer => Guard::Raw,
        }
    }

    /// Joins the values of a list; where one holds the separator, another letter stands for it.
    fn list(self, items: impl Iterator<Item = String>) -> String {
        let (separator, instead) = match self {
            Self::Spreadsheet => (";", ","),
            Self::Importer => ("\u{1f}", " "),
        };
        let items: Vec<String> = items.map(|item| item.replace(separator, instead)).collect();
        items.join(separator)
    }

    fn text(self, text: String) -> String {
        match self {
            Self::Spreadsheet => text.replace("\r\n", " ").replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " "),
            Self::Importer => text,
        }
    }
}

/// Writes a folder that `neo4j-admin database import full` takes, by file name; its README has the command.
#[must_use]
pub fn neo4j(sheet: &Sheet) -> [(String, String); 3] {
    let nodes = string(|out| neo4j_nodes(sheet, Dialect::Importer, out));
    let relationships = string(|out| neo4j_relationships(sheet, Dialect::Importer, out));
    let files = [("README.md", IMPORT.to_owned()), ("nodes.csv", nodes), ("relationships.csv", relationships)];
    files.map(|(name, text)| (name.to_owned(), text))
}

/// Writes the nodes: `id:ID,name,aliases:string[],mentions:long,...,:LABEL`.
///
/// # Errors
///
/// Those of `out`.
pub fn neo4j_nodes(sheet: &Sheet, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let mut columns = sheet.node_columns();
    columns.remove("id");
    let header = std::iter::once("id:ID".to_owned()).chain(titles(&columns)).chain([":LABEL".to_owned()]);
    record(header, Guard::Raw, out)?;
    for node in &sheet.nodes {
        let labels = dialect.list(node.labels.iter().cloned());
        let cells = values(&node.properties, &columns, dialect);
        record(std::iter::once(node.id.clone()).chain(cells).chain([labels]), dialect.guard(), out)?;
    }
    Ok(())
}

/// Writes the relationships: `:START_ID,confidence:long,...,:END_ID,:TYPE`.
///
/// # Errors
///
/// Those of `out`.
pub fn neo4j_relationships(sheet: &Sheet, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let columns = sheet.edge_columns();
    let header = std::iter::once(":START_ID".to_owned())
        .chain(titles(&columns))
        .chain([":END_ID".to_owned(), ":TYPE".to_owned()]);
    record(header, Guard::Raw, out)?;
    for edge in &sheet.edges {
        let ends = (&sheet.nodes[edge.source].id, &sheet.nodes[edge.target].id);
        let cells = values(&edge.properties, &columns, dialect);
        let row = std::iter::once(ends.0.clone()).chain(cells).chain([ends.1.clone(), edge.relation_type.clone()]);
        record(row, dialect.guard(), out)?;
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

fn values(fields: &BTreeMap<String, Field>, columns: &BTreeMap<&str, ColumnType>, dialect: Dialect) -> Vec<String> {
    let value = |key: &str, of| fields.get(key).map_or_else(String::new, |field| cell(field, of, dialect));
    columns.iter().map(|(key, of)| value(key, *of)).collect()
}

fn cell(field: &Field, of: ColumnType, dialect: Dialect) -> String {
    dialect.text(match field {
        Field::List(items) => dialect.list(items.iter().map(|item| item.text(" "))),
        other if of == ColumnType::List => dialect.list(std::iter::once(other.text(" "))),
        other => other.text(" "),
    })
}
