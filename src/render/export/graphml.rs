//! GraphML, with typed keys: opens in Gephi, yEd, networkx, igraph.
//!
//! Gephi takes `label`, `r`, `g`, `b` and `weight` as what they are called. yEd shows labels and
//! colours only with its own graphics elements, which [`GraphmlOptions::yed`] adds.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::palette::{self, rgb};
use super::sheet::{ColumnType, Field, Sheet, SheetEdge, SheetNode};
use super::xml::quoted;
use crate::render::escape;

/// Choices for a GraphML file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GraphmlOptions {
    /// Whether to add the elements yEd draws from.
    pub yed: bool,
}

/// Writes a sheet as GraphML. Lists become text joined by `; `.
///
/// # Errors
///
/// Those of `out`.
pub fn graphml(sheet: &Sheet, options: GraphmlOptions, out: &mut dyn Write) -> io::Result<()> {
    let keys = Keys::of(sheet);
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    write!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\"")?;
    if options.yed {
        write!(out, " xmlns:y=\"http://www.yworks.com/xml/graphml\"")?;
    }
    writeln!(out, ">")?;
    keys.declare(options, out)?;
    writeln!(out, "  <graph id=\"quipu\" edgedefault=\"directed\">")?;
    for node in &sheet.nodes {
        write_node(node, &keys, options, out)?;
    }
    for (number, edge) in sheet.edges.iter().enumerate() {
        write_edge(number, edge, sheet, &keys, options, out)?;
    }
    writeln!(out, "  </graph>\n</graphml>")
}

/// The ids of the keys, by property.
struct Keys<'a> {
    nodes: BTreeMap<&'a str, (String, ColumnType)>,
    edges: BTreeMap<&'a str, (String, ColumnType)>,
}

/// Keys of every node, beside its properties.
const NODE_KEYS: [(&str, &str); 5] =
    [("label", "string"), ("labels", "string"), ("r", "int"), ("g", "int"), ("b", "int")];

/// Keys of every edge, beside its properties.
const EDGE_KEYS: [(&str, &str); 3] = [("label", "string"), ("symmetric", "boolean"), ("weight", "double")];

impl<'a> Keys<'a> {
    fn of(sheet: &'a Sheet) -> Self {
        let number = |columns: BTreeMap<&'a str, ColumnType>, letter: char, fixed: &[(&str, &str)]| {
            columns
                .into_iter()
                .filter(|(key, _)| !fixed.iter().any(|(name, _)| name == key))
                .enumerate()
                .map(|(number, (key, of))| (key, (format!("{letter}{number}"), of)))
                .collect()
        };
        Self {
            nodes: number(sheet.node_columns(), 'n', &NODE_KEYS),
            edges: number(sheet.edge_columns(), 'e', &EDGE_KEYS),
        }
    }

    fn declare(&self, options: GraphmlOptions, out: &mut dyn Write) -> io::Result<()> {
        for (side, fixed, columns) in [("node", NODE_KEYS.as_slice(), &self.nodes), ("edge", &EDGE_KEYS, &self.edges)] {
            for (name, of) in fixed {
                key(&format!("{side}_{name}"), side, name, of, out)?;
            }
            for (name, (id, of)) in columns {
                key(id, side, name, type_name(*of), out)?;
            }
            if options.yed {
                writeln!(out, "  <key id=\"{side}_y\" for=\"{side}\" yfiles.type=\"{side}graphics\"/>")?;
            }
        }
        Ok(())
    }
}

fn key(id: &str, side: &str, name: &str, of: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "  <key id=\"{id}\" for=\"{side}\" attr.name=\"{}\" attr.type=\"{of}\"/>", quoted(name))
}

const fn type_name(of: ColumnType) -> &'static str {
    match of {
        ColumnType::Boolean => "boolean",
        ColumnType::Integer => "long",
        ColumnType::Float => "double",
        ColumnType::Text | ColumnType::List => "string",
    }
}

fn data(key: &str, words: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "      <data key=\"{key}\">{}</data>", quoted(words))
}

fn properties(
    fields: &BTreeMap<String, Field>,
    keys: &BTreeMap<&str, (String, ColumnType)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (name, field) in fields {
        if let Some((id, _)) = keys.get(name.as_str()) {
            data(id, &field.text("; "), out)?;
        }
    }
    Ok(())
}

fn write_node(node: &SheetNode, keys: &Keys<'_>, options: GraphmlOptions, out: &mut dyn Write) -> io::Result<()> {
    let colours = palette::of(&node.kind);
    let (red, green, blue) = rgb(colours.line);
    writeln!(out, "    <node id=\"{}\">", quoted(&node.id))?;
    data("node_label", &node.name, out)?;
    data("node_labels", &format!(":{}", node.labels.join(":")), out)?;
    for (part, value) in [("r", red), ("g", green), ("b", blue)] {
        data(&format!("node_{part}"), &value.to_string(), out)?;
    }
    properties(&node.properties, &keys.nodes, out)?;
    if options.yed {
        let width = 20 + 8 * escape::width(&node.name).min(60);
        write!(out, "      <data key=\"node_y\"><y:ShapeNode><y:Geometry height=\"30.0\" width=\"{width}.0\"/>")?;
        write!(out, "<y:Fill color=\"{}\"/><y:BorderStyle color=\"{}\"/>", colours.fill, colours.line)?;
        write!(out, "<y:NodeLabel>{}</y:NodeLabel>", quoted(&node.name))?;
        writeln!(out, "<y:Shape type=\"roundrectangle\"/></y:ShapeNode></data>")?;
    }
    writeln!(out, "    </node>")
}

fn write_edge(
    number: usize,
    edge: &SheetEdge,
    sheet: &Sheet,
    keys: &Keys<'_>,
    options: GraphmlOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let ends = (quoted(&sheet.nodes[edge.source].id), quoted(&sheet.nodes[edge.target].id));
    writeln!(out, "    <edge id=\"r{number}\" source=\"{}\" target=\"{}\">", ends.0, ends.1)?;
    data("edge_label", &edge.relation_type, out)?;
    data("edge_symmetric", if edge.symmetric { "true" } else { "false" }, out)?;
    data("edge_weight", &edge.support.max(1).to_string(), out)?;
    properties(&edge.properties, &keys.edges, out)?;
    if options.yed {
        let target = if edge.symmetric { "none" } else { "standard" };
        let line = if edge.is_weak() { "dashed" } else { "line" };
        write!(out, "      <data key=\"edge_y\"><y:PolyLineEdge><y:LineStyle type=\"{line}\"/>")?;
        write!(out, "<y:Arrows source=\"none\" target=\"{target}\"/>")?;
        writeln!(out, "<y:EdgeLabel>{}</y:EdgeLabel></y:PolyLineEdge></data>", quoted(&edge.relation_type))?;
    }
    writeln!(out, "    </edge>")
}
