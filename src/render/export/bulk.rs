//! Documents for search engines, as Elasticsearch's bulk API has them: a line that says `create`, a line with
//! the document. OpenSearch takes the same, and so does Quickwit, which knows no other action.
//!
//! Concepts go to the index `quipu-concepts`, notes to `quipu-notes`. The id of a document is made from the name
//! of what it is about, so that the same document sent twice is refused the second time.

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use crate::graph::{KnowledgeGraph, NodeClass, NodeId, Property};
use crate::render::json::json_line;

#[derive(Serialize)]
struct Action {
    create: Target,
}

#[derive(Serialize)]
struct Target {
    #[serde(rename = "_index")]
    index: &'static str,
    #[serde(rename = "_id")]
    id: String,
}

#[derive(Serialize)]
struct Concept<'a> {
    name: &'a str,
    concept_kind: &'a str,
    aliases: Vec<&'a str>,
    definitions: Vec<&'a str>,
    mentions: usize,
    notes: BTreeSet<&'a str>,
    relations: Vec<Relation<'a>>,
}

#[derive(Serialize)]
struct Relation<'a> {
    predicate: &'a str,
    object: &'a str,
    confidence: u16,
    quote: &'a str,
    note: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Note<'a> {
    path: &'a str,
    title: String,
    concepts: Vec<&'a str>,
    tags: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// Writes a document for each chosen concept, with the relations that start at it and their best evidence.
///
/// # Errors
///
/// Those of `out`.
pub fn bulk_concepts(graph: &KnowledgeGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let chosen = selection.chosen_nodes(graph);
    for node in chosen.into_iter().filter(|node| graph.class(*node) == Some(NodeClass::Concept)) {
        create("quipu-concepts", graph.name(node), out)?;
        json_line(&concept(graph, node), out)?;
    }
    Ok(())
}

/// Writes the document of a note with its `text`, where that is known.
///
/// # Errors
///
/// Those of `out`.
pub fn bulk_note(graph: &KnowledgeGraph, note: NodeId, text: Option<&str>, out: &mut dyn Write) -> io::Result<()> {
    let title = graph.property(note, "title");
    let names = |relation: &str| -> Vec<&str> {
        let kind = graph.type_id(relation);
        kind.map_or_else(Vec::new, |_| graph.outgoing(note, kind).map(|(_, other)| graph.name(other)).collect())
    };
    let document = Note {
        path: graph.name(note),
        title: if let Some(Property::Text(title)) = title { title.into_owned() } else { String::new() },
        concepts: names("MENTIONS"),
        tags: names("TAGGED"),
        text,
    };
    create("quipu-notes", document.path, out)?;
    json_line(&document, out)
}

/// The id is a hash, since engines limit its length and names have none.
fn create(index: &'static str, name: &str, out: &mut dyn Write) -> io::Result<()> {
    let id = blake3::hash(name.as_bytes()).to_hex()[..32].to_owned();
    json_line(&Action { create: Target { index, id } }, out)
}

fn concept(graph: &KnowledgeGraph, node: NodeId) -> Concept<'_> {
    let relations = graph.topology().relations_out(node);
    Concept {
        name: graph.name(node),
        concept_kind: graph.kind(node).map_or("", |kind| graph.label_name(kind)),
        aliases: graph.aliases(node).map(|alias| alias.name).collect(),
        definitions: graph.definitions(node).map(|place| place.text).collect(),
        mentions: graph.mentions(node).len(),
        notes: graph.mentions(node).map(|place| place.path).collect(),
        relations: relations
            .filter_map(|(id, object)| {
                let best = graph.evidence(id).next()?;
                Some(Relation {
                    predicate: graph.type_name(graph.topology().type_of(id)),
                    object: graph.name(object),
                    confidence: graph.topology().confidence(id).unwrap_or(0),
                    quote: best.quote,
                    note: best.path,
                    line: best.line,
                })
            })
            .collect(),
    }
}
