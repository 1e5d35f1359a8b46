//! Apache Parquet for DuckDB, pandas, Spark and the like: three tables, `nodes`, `relations` and `evidence`.
//!
//! A relation names its ends by the ids of nodes, evidence names its relation by number. Confidence is in
//! thousandths, as everywhere. The crate `parquet` is used here only, without Arrow.

use std::collections::BTreeMap;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::sheet::{Field, Sheet, SheetNode};

const NODES: &str = "message nodes {
    REQUIRED BYTE_ARRAY id (UTF8);
    REQUIRED BYTE_ARRAY name (UTF8);
    REQUIRED BYTE_ARRAY kind (UTF8);
    REQUIRED GROUP labels (LIST) { REPEATED GROUP list { REQUIRED BYTE_ARRAY element (UTF8); } }
    REQUIRED GROUP aliases (LIST) { REPEATED GROUP list { REQUIRED BYTE_ARRAY element (UTF8); } }
    REQUIRED BYTE_ARRAY definition (UTF8);
    REQUIRED INT64 mentions;
}";

const RELATIONS: &str = "message relations {
    REQUIRED INT64 id;
    REQUIRED BYTE_ARRAY subject (UTF8);
    REQUIRED BYTE_ARRAY type (UTF8);
    REQUIRED BYTE_ARRAY object (UTF8);
    REQUIRED BOOLEAN symmetric;
    REQUIRED INT32 confidence;
    REQUIRED INT64 support;
}";

const EVIDENCE: &str = "message evidence {
    REQUIRED INT64 relation;
    REQUIRED BYTE_ARRAY note (UTF8);
    REQUIRED INT32 line;
    REQUIRED INT32 column;
    REQUIRED BYTE_ARRAY quote (UTF8);
    REQUIRED BYTE_ARRAY rule (UTF8);
    REQUIRED INT32 confidence;
}";

/// A column's values, in the order of the rows.
enum Column<'a> {
    Text(Vec<&'a str>),
    Lists(Vec<Vec<&'a str>>),
    Long(Vec<i64>),
    Int(Vec<i32>),
    Truth(Vec<bool>),
}

/// Writes a sheet as Parquet: the files by name.
///
/// # Panics
///
/// Never: the tables fit their schemas, and memory takes all that is written.
#[must_use]
pub fn parquet(sheet: &Sheet) -> BTreeMap<String, Vec<u8>> {
    let tables = [
        ("nodes.parquet", NODES, nodes(sheet)),
        ("relations.parquet", RELATIONS, relations(sheet)),
        ("evidence.parquet", EVIDENCE, evidence(sheet)),
    ];
    let written = tables.map(|(name, schema, columns)| {
        (name.to_owned(), table(schema, &columns).expect("the columns fit their schema, and memory takes them"))
    });
    written.into()
}

fn nodes(sheet: &Sheet) -> Vec<Column<'_>> {
    let nodes = || sheet.nodes.iter();
    vec![
        Column::Text(nodes().map(|node| node.id.as_str()).collect()),
        Column::Text(nodes().map(|node| node.name.as_str()).collect()),
        Column::Text(nodes().map(|node| node.kind.as_str()).collect()),
        Column::Lists(nodes().map(|node| node.labels.iter().map(String::as_str).collect()).collect()),
        Column::Lists(nodes().map(|node| texts(node, "aliases")).collect()),
        Column::Text(nodes().map(|node| texts(node, "definition").first().copied().unwrap_or("")).collect()),
        Column::Long(nodes().map(mentions).collect()),
    ]
}

fn texts<'a>(node: &'a SheetNode, property: &str) -> Vec<&'a str> {
    let text = |field: &'a Field| if let Field::Text(text) = field { Some(text.as_str()) } else { None };
    match node.properties.get(property) {
        Some(Field::List(items)) => items.iter().filter_map(text).collect(),
        one => one.and_then(text).into_iter().collect(),
    }
}

fn mentions(node: &SheetNode) -> i64 {
    if let Some(Field::Integer(count)) = node.properties.get("mentions") { *count } else { 0 }
}

fn relations(sheet: &Sheet) -> Vec<Column<'_>> {
    let edges = || sheet.edges.iter();
    vec![
        Column::Long((0..).take(sheet.edges.len()).collect()),
        Column::Text(edges().map(|edge| sheet.nodes[edge.source].id.as_str()).collect()),
        Column::Text(edges().map(|edge| edge.relation_type.as_str()).collect()),
        Column::Text(edges().map(|edge| sheet.nodes[edge.target].id.as_str()).collect()),
        Column::Truth(edges().map(|edge| edge.symmetric).collect()),
        Column::Int(edges().map(|edge| i32::from(edge.confidence)).collect()),
        Column::Long(edges().map(|edge| i64::try_from(edge.support).unwrap_or(i64::MAX)).collect()),
    ]
}

fn evidence(sheet: &Sheet) -> Vec<Column<'_>> {
    let places = || (0..).zip(&sheet.edges).flat_map(|(id, edge)| edge.evidence.iter().map(move |place| (id, place)));
    let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
    vec![
        Column::Long(places().map(|(id, _)| id).collect()),
        Column::Text(places().map(|(_, place)| place.path.as_str()).collect()),
        Column::Int(places().map(|(_, place)| number(place.line)).collect()),
        Column::Int(places().map(|(_, place)| number(place.column)).collect()),
        Column::Text(places().map(|(_, place)| place.quote.as_str()).collect()),
        Column::Text(places().map(|(_, place)| place.rule.as_str()).collect()),
        Column::Int(places().map(|(_, place)| i32::from(place.confidence)).collect()),
    ]
}

/// One table in one row group, the same bytes for the same values.
fn table(schema: &str, columns: &[Column<'_>]) -> Result<Vec<u8>> {
    let schema = Arc::new(parse_message_type(schema)?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("quipu".into());
    let mut bytes = Vec::new();
    let mut writer = SerializedFileWriter::new(&mut bytes, schema, Arc::new(properties.build()))?;
    let mut group = writer.next_row_group()?;
    for column in columns {
        let mut open = group.next_column()?.expect("the schema has as many columns");
        match column {
            Column::Text(values) => {
                let values: Vec<ByteArray> = values.iter().map(|text| ByteArray::from(*text)).collect();
                open.typed::<parquet::data_type::ByteArrayType>().write_batch(&values, None, None)?;
            }
            Column::Lists(lists) => {
                let (values, definitions, repetitions) = levels(lists);
                let open = open.typed::<parquet::data_type::ByteArrayType>();
                open.write_batch(&values, Some(&definitions), Some(&repetitions))?;
            }
            Column::Long(values) => {
                open.typed::<parquet::data_type::Int64Type>().write_batch(values, None, None)?;
            }
            Column::Int(values) => {
                open.typed::<parquet::data_type::Int32Type>().write_batch(values, None, None)?;
            }
            Column::Truth(values) => {
                open.typed::<parquet::data_type::BoolType>().write_batch(values, None, None)?;
            }
        }
        open.close()?;
    }
    group.close()?;
    writer.close()?;
    Ok(bytes)
}

/// Lists as Parquet has them: all values in a row; for each whether it is there, and whether it goes on a list.
fn levels(lists: &[Vec<&str>]) -> (Vec<ByteArray>, Vec<i16>, Vec<i16>) {
    let (mut values, mut definitions, mut repetitions) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        if list.is_empty() {
            definitions.push(0);
            repetitions.push(0);
        }
        for (place, text) in list.iter().enumerate() {
            values.push(ByteArray::from(*text));
            definitions.push(1);
            repetitions.push(i16::from(place > 0));
        }
    }
    (values, definitions, repetitions)
}
