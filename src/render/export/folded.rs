//! The folded view, one object a line: concepts, then aliases, then relations, each with all its places.
//!
//! This is the export that two indexes are compared by: it holds all that was read out of the notes
//! and nothing that depends on when or in what order they were read.

use std::io::{self, Write};

use serde::Serialize;

use super::Selection;
use crate::graph::{Evidence, KnowledgeGraph, MentionPlace, NodeClass, NodeId};
use crate::render::json::json_line;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row<'a> {
    Concept {
        name: &'a str,
        concept_kind: &'a str,
        aliases: Vec<&'a str>,
        definitions: Vec<Defined<'a>>,
        mentions: Vec<Mentioned<'a>>,
    },
    Alias {
        subject: &'a str,
        object: &'a str,
        rule: &'a str,
        evidence: Vec<Line<'a>>,
    },
    Relation {
        subject: &'a str,
        predicate: &'a str,
        object: &'a str,
        confidence: u16,
        evidence: Vec<Said<'a>>,
    },
}

#[derive(Serialize)]
struct Defined<'a> {
    text: &'a str,
    note: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Mentioned<'a> {
    note: &'a str,
    line: u32,
    column: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Line<'a> {
    note: &'a str,
    line: u32,
}

#[derive(Serialize)]
struct Said<'a> {
    note: &'a str,
    line: u32,
    column: u32,
    quote: &'a str,
    rule: &'a str,
    confidence: u16,
    subject_text: &'a str,
    object_text: &'a str,
}

/// Writes the folded view of the chosen concepts and of the relations between them; alias claims
/// are written with the whole graph only.
///
/// # Errors
///
/// Those of `out`.
pub fn folded(graph: &KnowledgeGraph, selection: &Selection, out: &mut dyn Write) -> io::Result<()> {
    let concepts = selection.chosen_nodes(graph);
    for node in concepts.into_iter().filter(|node| graph.class(*node) == Some(NodeClass::Concept)) {
        json_line(&concept(graph, node), out)?;
    }
    if selection.nodes.is_none() && selection.relationships.is_none() {
        for claim in 0..graph.alias_claim_count() {
            json_line(&alias(graph, claim), out)?;
        }
    }
    for id in selection.chosen_relationships(graph) {
        if let Some(row) = relation(graph, id) {
            json_line(&row, out)?;
        }
    }
    Ok(())
}

fn concept(graph: &KnowledgeGraph, node: NodeId) -> Row<'_> {
    Row::Concept {
        name: graph.name(node),
        concept_kind: graph.kind(node).map_or("", |kind| graph.label_name(kind)),
        aliases: graph.aliases(node).map(|alias| alias.name).collect(),
        definitions: graph
            .definitions(node)
            .map(|place| Defined { text: place.text, note: place.path, line: place.line })
            .collect(),
        mentions: graph.mentions(node).map(mentioned).collect(),
    }
}

const fn mentioned(place: MentionPlace<'_>) -> Mentioned<'_> {
    Mentioned { note: place.path, line: place.line, column: place.column, text: place.text }
}

fn alias(graph: &KnowledgeGraph, claim: usize) -> Row<'_> {
    let claim = graph.alias_claim(claim);
    Row::Alias {
        subject: claim.subject,
        object: claim.object,
        rule: claim.rule,
        evidence: claim.places.iter().map(|place| Line { note: place.path, line: place.line }).collect(),
    }
}

/// The row of a relation between concepts; nothing for what ties notes to what they hold.
fn relation(graph: &KnowledgeGraph, id: crate::graph::RelationshipId) -> Option<Row<'_>> {
    let found = graph.relationship(id).filter(|_| id.index() < graph.relation_count())?;
    Some(Row::Relation {
        subject: graph.name(found.start),
        predicate: graph.type_name(found.relationship_type),
        object: graph.name(found.end),
        confidence: graph.topology().confidence(id).unwrap_or(0),
        evidence: graph.evidence(id).map(said).collect(),
    })
}

const fn said(evidence: Evidence<'_>) -> Said<'_> {
    Said {
        note: evidence.path,
        line: evidence.line,
        column: evidence.column,
        quote: evidence.quote,
        rule: evidence.rule,
        confidence: evidence.confidence,
        subject_text: evidence.subject_text,
        object_text: evidence.object_text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::{AliasClaim, Claims, Definition, Kind};
    use crate::graph::{build, sample};
    use crate::render::string;

    #[test]
    fn rows_have_the_documented_shape_and_order() {
        let concepts =
            [sample::concept("HDFS", Kind::Storage, &[]), sample::concept("Flume", Kind::Ingestion, &["Apache Flume"])];
        let claims = Claims {
            mentions: vec![sample::mention("Flume", 56)],
            definitions: vec![Definition {
                concept: "Flume".into(),
                text: "moves logs".into(),
                position: sample::at(54),
            }],
            aliases: vec![AliasClaim {
                subject: "EC2".into(),
                object: "Elastic compute cloud".into(),
                rule: "abbreviation-initials".into(),
                position: sample::at(54),
            }],
            relations: vec![sample::relation("Flume", "FEEDS", "HDFS", 900, 122)],
        };
        let graph = build(&concepts, &[(&sample::note("log.txt"), &claims)]);
        assert_eq!(
            string(|out| folded(&graph, &Selection::default(), out)),
            concat!(
                r#"{"kind":"concept","name":"Flume","concept_kind":"Ingestion","aliases":["Apache Flume"],"definitions":[{"text":"moves logs","note":"log.txt","line":54}],"mentions":[{"note":"log.txt","line":56,"column":1,"text":"Flume"}]}"#,
                "\n",
                r#"{"kind":"concept","name":"HDFS","concept_kind":"Storage","aliases":[],"definitions":[],"mentions":[]}"#,
                "\n",
                r#"{"kind":"alias","subject":"EC2","object":"Elastic compute cloud","rule":"abbreviation-initials","evidence":[{"note":"log.txt","line":54}]}"#,
                "\n",
                r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"HDFS","confidence":900,"evidence":[{"note":"log.txt","line":122,"column":1,"quote":"Flume FEEDS HDFS","rule":"test","confidence":900,"subject_text":"Flume","object_text":"hdfs"}]}"#,
                "\n",
            )
        );
    }
}
