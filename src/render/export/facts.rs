//! The unfolded view, one object an occurrence: what `build --facts` reads.
//!
//! Rows may stand in any order over any number of files; those written here keep the graph's order.

use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use crate::graph::{KnowledgeGraph, NodeClass, NodeId, RelationshipId};
use crate::render::json::json_line;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row<'a> {
    Concept {
        name: &'a str,
        concept_kind: &'a str,
    },
    Mention {
        concept: &'a str,
        text: &'a str,
        note: &'a str,
        line: u32,
        column: u32,
    },
    Definition {
        concept: &'a str,
        text: &'a str,
        note: &'a str,
        line: u32,
    },
    Alias {
        subject: &'a str,
        object: &'a str,
        rule: &'a str,
        note: &'a str,
        line: u32,
    },
    Relation {
        subject: &'a str,
        predicate: &'a str,
        object: &'a str,
        confidence: u16,
        rule: &'a str,
        note: &'a str,
        line: u32,
        column: u32,
        quote: &'a str,
        subject_text: &'a str,
        object_text: &'a str,
    },
}

/// Writes the facts of the chosen concepts and of the relations between them; alias claims are
/// written with the whole graph only.
///
/// # Errors
///
/// Those of `out`.
pub fn facts(graph: &KnowledgeGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let chosen = selection.chosen_nodes(graph);
    for node in chosen.into_iter().filter(|node| graph.class(*node) == Some(NodeClass::Concept)) {
        concept(graph, node, out)?;
    }
    if selection.nodes.is_none() && selection.relationships.is_none() {
        (0..graph.alias_claim_count()).try_for_each(|claim| alias(graph, claim, out))?;
    }
    selection.chosen_relationships(graph).into_iter().try_for_each(|id| relation(graph, id, out))
}

fn concept(graph: &KnowledgeGraph, node: NodeId, out: &mut dyn Write) -> io::Result<()> {
    let concept = graph.name(node);
    let concept_kind = graph.kind(node).map_or("", |kind| graph.label_name(kind));
    json_line(&Row::Concept { name: concept, concept_kind }, out)?;
    for place in graph.mentions(node) {
        let (text, note) = (place.text, place.path);
        json_line(&Row::Mention { concept, text, note, line: place.line, column: place.column }, out)?;
    }
    for place in graph.definitions(node) {
        json_line(&Row::Definition { concept, text: place.text, note: place.path, line: place.line }, out)?;
    }
    Ok(())
}

fn alias(graph: &KnowledgeGraph, claim: usize, out: &mut dyn Write) -> io::Result<()> {
    let claim = graph.alias_claim(claim);
    let (subject, object, rule) = (claim.subject, claim.object, claim.rule);
    for place in &claim.places {
        json_line(&Row::Alias { subject, object, rule, note: place.path, line: place.line }, out)?;
    }
    Ok(())
}

fn relation(graph: &KnowledgeGraph, id: RelationshipId, out: &mut dyn Write) -> io::Result<()> {
    let Some(found) = graph.relationship(id).filter(|_| id.index() < graph.relation_count()) else { return Ok(()) };
    for said in graph.evidence(id) {
        let row = Row::Relation {
            subject: graph.name(found.start),
            predicate: graph.type_name(found.relationship_type),
            object: graph.name(found.end),
            confidence: said.confidence,
            rule: said.rule,
            note: said.path,
            line: said.line,
            column: said.column,
            quote: said.quote,
            subject_text: said.subject_text,
            object_text: said.object_text,
        };
        json_line(&row, out)?;
    }
    Ok(())
}
