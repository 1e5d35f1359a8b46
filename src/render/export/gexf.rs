//! GEXF 1.3, Gephi's own format, with colours and sizes.
//!
//! Every edge is directed, since readers such as networkx refuse a file with both sorts; an attribute tells
//! which relations are symmetric.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::palette::{self, rgb};
use super::sheet::{ColumnType, Field, Sheet};
use super::xml::quoted;

/// The attribute that tells whether the ends of an edge may be swapped.
const SYMMETRIC: &str = "symmetric";

/// Writes a sheet as GEXF. Lists become text joined by `; `; a node is larger the more edges it has.
///
/// # Errors
///
/// Those of `out`.
pub fn gexf(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(
        out,
        "<gexf xmlns=\"http://gexf.net/1.3\" xmlns:viz=\"http://gexf.net/1.3/viz\" version=\"1.3\">\n\
         \x20 <meta><creator>quipu</creator></meta>\n\
         \x20 <graph mode=\"static\" defaultedgetype=\"directed\">"
    )?;
    let node_columns: BTreeMap<&str, ColumnType> = sheet.node_columns();
    let mut edge_columns: BTreeMap<&str, ColumnType> = sheet.edge_columns();
    edge_columns.insert(SYMMETRIC, ColumnType::Boolean);
    attributes("node", &node_columns, out)?;
    attributes("edge", &edge_columns, out)?;
    nodes(sheet, &node_columns, out)?;
    edges(sheet, &edge_columns, out)?;
    writeln!(out, "  </graph>\n</gexf>")
}

fn attributes(class: &str, columns: &BTreeMap<&str, ColumnType>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <attributes class=\"{class}\">")?;
    for (number, (title, of)) in columns.iter().enumerate() {
        let of = match of {
            ColumnType::Boolean => "boolean",
            ColumnType::Integer => "long",
            ColumnType::Float => "double",
            ColumnType::Text | ColumnType::List => "string",
        };
        writeln!(out, "      <attribute id=\"{number}\" title=\"{}\" type=\"{of}\"/>", quoted(title))?;
    }
    writeln!(out, "    </attributes>")
}

fn nodes(sheet: &Sheet, columns: &BTreeMap<&str, ColumnType>, out: &mut dyn Write) -> io::Result<()> {
    let degrees = sheet.degrees();
    writeln!(out, "    <nodes>")?;
    for (node, degree) in sheet.nodes.iter().zip(degrees) {
        let (red, green, blue) = rgb(palette::of(&node.kind).line);
        writeln!(out, "      <node id=\"{}\" label=\"{}\">", quoted(&node.id), quoted(&node.name))?;
        values(&node.properties, columns, out)?;
        writeln!(out, "        <viz:color r=\"{red}\" g=\"{green}\" b=\"{blue}\"/>")?;
        writeln!(out, "        <viz:size value=\"{}.0\"/>", 8 + 4 * (degree + 1).ilog2())?;
        writeln!(out, "      </node>")?;
    }
    writeln!(out, "    </nodes>")
}

fn edges(sheet: &Sheet, columns: &BTreeMap<&str, ColumnType>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "    <edges>")?;
    for (number, edge) in sheet.edges.iter().enumerate() {
        let mut properties = edge.properties.clone();
        properties.insert(SYMMETRIC.to_owned(), Field::Boolean(edge.symmetric));
        writeln!(
            out,
            "      <edge id=\"{number}\" source=\"{}\" target=\"{}\" type=\"directed\" kind=\"{2}\" label=\"{2}\" weight=\"{3}.0\">",
            quoted(&sheet.nodes[edge.source].id),
            quoted(&sheet.nodes[edge.target].id),
            quoted(&edge.relation_type),
            edge.support.max(1)
        )?;
        values(&properties, columns, out)?;
        writeln!(out, "      </edge>")?;
    }
    writeln!(out, "    </edges>")
}

fn values(
    fields: &BTreeMap<String, Field>,
    columns: &BTreeMap<&str, ColumnType>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "        <attvalues>")?;
    for (number, name) in columns.keys().enumerate() {
        if let Some(field) = fields.get(*name) {
            writeln!(out, "          <attvalue for=\"{number}\" value=\"{}\"/>", quoted(&field.text("; ")))?;
        }
    }
    writeln!(out, "        </attvalues>")
}
