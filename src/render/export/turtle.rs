//! RDF in Turtle: concepts as SKOS, relations as triples, their evidence as PROV.
//!
//! Names of things are `urn:quipu:` followed by the node's id, percent-encoded, so that the same
//! concept has the same name in every export. A relation with evidence is also a resource of its
//! own (`rdf:Statement`) that was derived from places in notes.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::sheet::{Field, Sheet, SheetEdge, SheetNode};
use super::url;

const PREFIXES: &str = "\
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix quipu: <urn:quipu:term:> .
";

/// Writes a sheet as Turtle.
///
/// # Errors
///
/// Those of `out`.
pub fn turtle(sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(PREFIXES.as_bytes())?;
    for node in &sheet.nodes {
        write_node(node, out)?;
    }
    for (number, edge) in sheet.edges.iter().enumerate() {
        write_edge(number, edge, sheet, out)?;
    }
    Ok(())
}

fn write_node(node: &SheetNode, out: &mut dyn Write) -> io::Result<()> {
    let class = if node.labels.iter().any(|label| label == "Concept") { "skos:Concept, " } else { "" };
    write!(out, "\n{} a {class}{} ;\n  skos:prefLabel {}", resource(&node.id), term(&node.kind), text(&node.name))?;
    for (key, field) in &node.properties {
        let predicate = match key.as_str() {
            "name" | "kind" => continue,
            "aliases" => "skos:altLabel".to_owned(),
            "definition" => "skos:definition".to_owned(),
            other => term(other),
        };
        for value in flat(field) {
            write!(out, " ;\n  {predicate} {}", literal(value))?;
        }
    }
    writeln!(out, " .")
}

fn write_edge(number: usize, edge: &SheetEdge, sheet: &Sheet, out: &mut dyn Write) -> io::Result<()> {
    let subject = resource(&sheet.nodes[edge.source].id);
    let object = resource(&sheet.nodes[edge.target].id);
    let predicate = term(&edge.relation_type);
    writeln!(out, "\n{subject} {predicate} {object} .")?;
    if edge.symmetric {
        writeln!(out, "{object} {predicate} {subject} .")?;
    }
    write!(
        out,
        "<urn:quipu:r:{number}> a rdf:Statement ;\n  rdf:subject {subject} ; rdf:predicate {predicate} ; rdf:object {object}"
    )?;
    if edge.confidence > 0 {
        write!(out, " ;\n  quipu:confidence {}", edge.confidence)?;
    }
    for place in &edge.evidence {
        let at = format!("{}#L{}", url::path(&place.path), place.line);
        write!(out, " ;\n  prov:wasDerivedFrom [ a prov:Entity ; prov:atLocation {}", text(&at))?;
        write!(out, " ; prov:value {} ; quipu:rule {} ]", text(&place.quote), text(&place.rule))?;
    }
    writeln!(out, " .")
}

fn flat(field: &Field) -> Vec<&Field> {
    match field {
        Field::List(values) => values.iter().flat_map(flat).collect(),
        one => vec![one],
    }
}

fn literal(field: &Field) -> String {
    match field {
        Field::Integer(value) => value.to_string(),
        Field::Boolean(value) => value.to_string(),
        Field::Float(value) if value.is_finite() => format!("{value:e}"),
        Field::Float(value) => {
            let name = if value.is_nan() {
                "NaN"
            } else if *value > 0.0 {
                "INF"
            } else {
                "-INF"
            };
            format!("\"{name}\"^^xsd:double")
        }
        other => text(&other.text("; ")),
    }
}

fn resource(id: &str) -> String {
    format!("<urn:quipu:{}>", url::part(id).replacen("%3A", ":", 1))
}

fn term(name: &str) -> String {
    format!("<urn:quipu:term:{}>", url::part(name))
}

/// The one quoting function of Turtle text.
fn text(words: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in words.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0' => {}
            hidden if crate::render::escape::is_hidden(hidden) => {
                write!(quoted, "\\U{:08X}", u32::from(hidden)).expect("a string takes all that is written");
            }
            plain => quoted.push(plain),
        }
    }
    quoted.push('"');
    quoted
}
