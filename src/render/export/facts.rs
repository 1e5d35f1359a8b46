//! The unfolded view, one object an occurrence: what `build --facts` reads.
//!
//! Rows may stand in any order over any number of files. [`facts`] writes them from a graph or a part
//! of it, where a relation keeps its best places only; [`concept_facts`] and [`note_facts`] write
//! all of them from what was read.

use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use crate::extract::{Claims, ConceptEntry, RelationClaim};
use crate::graph::{KnowledgeGraph, NodeClass, NodeId, RelationshipId};
use crate::render::json::json_line;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row<'a> {
    Concept {
        name: &'a str,
        concept_kind: &'a str,
        aliases: Vec<&'a str>,
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
        column: u32,
    },
    Alias {
        subject: &'a str,
        object: &'a str,
        rule: &'a str,
        note: &'a str,
        line: u32,
        column: u32,
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

/// Writes concepts as facts.
///
/// # Errors
///
/// Those of `out`.
pub fn concept_facts(concepts: &[ConceptEntry], out: &mut dyn Write) -> io::Result<()> {
    for concept in concepts {
        let aliases = concept.aliases.iter().map(|alias| alias.name.as_ref()).collect();
        json_line(&Row::Concept { name: &concept.name, concept_kind: concept.kind.name(), aliases }, out)?;
    }
    Ok(())
}

/// Writes all that one note says as facts, each list in note order.
///
/// # Errors
///
/// Those of `out`.
pub fn note_facts(note: &str, claims: &Claims, out: &mut dyn Write) -> io::Result<()> {
    for found in &claims.mentions {
        let (line, column) = (found.position.line.get(), found.position.column);
        json_line(&Row::Mention { concept: &found.concept, text: &found.text, note, line, column }, out)?;
    }
    for found in &claims.definitions {
        let (line, column) = (found.position.line.get(), found.position.column);
        json_line(&Row::Definition { concept: &found.concept, text: &found.text, note, line, column }, out)?;
    }
    for found in &claims.aliases {
        let (line, column) = (found.position.line.get(), found.position.column);
        let row = Row::Alias { subject: &found.subject, object: &found.object, rule: &found.rule, note, line, column };
        json_line(&row, out)?;
    }
    claims.relations.iter().try_for_each(|claim| relation_claim(note, claim, out))
}

fn relation_claim(note: &str, claim: &RelationClaim, out: &mut dyn Write) -> io::Result<()> {
    let row = Row::Relation {
        subject: &claim.subject,
        predicate: claim.predicate.name(),
        object: &claim.object,
        confidence: claim.confidence,
        rule: &claim.rule,
        note,
        line: claim.position.line.get(),
        column: claim.position.column,
        quote: &claim.quote,
        subject_text: &claim.subject_text,
        object_text: &claim.object_text,
    };
    json_line(&row, out)
}

fn concept(graph: &KnowledgeGraph, node: NodeId, out: &mut dyn Write) -> io::Result<()> {
    let concept = graph.name(node);
    let concept_kind = graph.kind(node).map_or("", |kind| graph.label_name(kind));
    let aliases = graph.aliases(node).map(|alias| alias.name).collect();
    json_line(&Row::Concept { name: concept, concept_kind, aliases }, out)?;
    for place in graph.mentions(node) {
        let (text, note) = (place.text, place.path);
        json_line(&Row::Mention { concept, text, note, line: place.line, column: place.column }, out)?;
    }
    for place in graph.definitions(node) {
        let (text, note) = (place.text, place.path);
        json_line(&Row::Definition { concept, text, note, line: place.line, column: place.column }, out)?;
    }
    Ok(())
}

fn alias(graph: &KnowledgeGraph, claim: usize, out: &mut dyn Write) -> io::Result<()> {
    let claim = graph.alias_claim(claim);
    let (subject, object, rule) = (claim.subject, claim.object, claim.rule);
    for place in &claim.places {
        let (line, column) = (place.line, place.column);
        json_line(&Row::Alias { subject, object, rule, note: place.path, line, column }, out)?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{AliasClaim, Definition, Kind};
    use crate::graph::{GraphBuilder, build, sample};
    use crate::render::string;

    #[test]
    fn facts_of_notes_and_of_their_graph_are_the_same_rows() {
        let concepts = [
            sample::concept("Flume", Kind::Ingestion, &[]),
            sample::concept("HDFS", Kind::Storage, &["Hadoop Distributed File System"]),
        ];
        let claims = Claims {
            mentions: vec![sample::mention("Flume", 1), sample::mention("HDFS", 2)],
            definitions: vec![Definition { concept: "HDFS".into(), text: "a store".into(), position: sample::at(4) }],
            aliases: vec![AliasClaim {
                subject: "HDFS".into(),
                object: "Hadoop Distributed File System".into(),
                rule: "abbreviation-initials".into(),
                position: sample::at(4),
            }],
            relations: vec![sample::relation("Flume", "FEEDS", "HDFS", 900, 3)],
        };
        let graph = build(&concepts, &[(&sample::note("log.txt"), &claims)]);
        let whole = string(|out| facts(&graph, &Selection::default(), out));
        let told = string(|out| {
            concept_facts(&concepts, out)?;
            note_facts("log.txt", &claims, out)
        });
        let sorted = |text: &str| -> Vec<String> {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort_unstable();
            lines
        };
        assert_eq!(sorted(&whole), sorted(&told));
        let mut rebuilt = GraphBuilder::default();
        for line in whole.lines().rev() {
            rebuilt.fact(line).unwrap();
        }
        let folded = |graph: &KnowledgeGraph| string(|out| super::super::folded(graph, &Selection::default(), out));
        assert_eq!(folded(&rebuilt.finish().0), folded(&graph));
        assert_eq!(
            whole.lines().last().unwrap(),
            r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"HDFS","confidence":900,"rule":"test","note":"log.txt","line":3,"column":1,"quote":"Flume FEEDS HDFS","subject_text":"Flume","object_text":"hdfs"}"#
        );
    }
}
