//! Small graphs for tests, here and in rooms to the right.

use super::{KnowledgeGraph, build};
use crate::extract::{Claims, ConceptAlias, ConceptEntry, Kind, Mention, RelationClaim, RelationType};
use crate::read::{Format, NoteMeta};
use crate::text::{LineNumber, Position};

/// The place in line `line`, column 1.
pub(crate) fn at(line: usize) -> Position {
    Position { line: LineNumber::from_index(line - 1), column: 1 }
}

/// A concept with aliases, all merged by rule `test`.
pub(crate) fn concept(name: &str, kind: Kind, aliases: &[&str]) -> ConceptEntry {
    let alias = |name: &&str| ConceptAlias { name: (*name).into(), rule: "test".into() };
    ConceptEntry {
        name: name.into(),
        kind,
        aliases: aliases.iter().map(alias).collect(),
        reason: "a heading".to_owned(),
        platform: false,
    }
}

/// A plain note without anything in it.
pub(crate) fn note(path: &str) -> NoteMeta {
    NoteMeta {
        path: path.into(),
        title: path.to_owned(),
        aliases: Vec::new(),
        format: Format::Plain,
        words: 3,
        fields: Vec::new(),
        tags: Vec::new(),
        sections: Vec::new(),
        links: Vec::new(),
    }
}

/// A relation said in line `line`, with a quote of its three words.
pub(crate) fn relation(subject: &str, predicate: &str, object: &str, confidence: u16, line: usize) -> RelationClaim {
    RelationClaim {
        subject: subject.into(),
        predicate: RelationType::named(predicate),
        object: object.into(),
        confidence,
        rule: "test".into(),
        position: at(line),
        quote: format!("{subject} {predicate} {object}"),
        subject_text: subject.into(),
        object_text: object.to_lowercase().into(),
    }
}

/// A mention of a concept by its own name.
pub(crate) fn mention(concept: &str, line: usize) -> Mention {
    Mention { concept: concept.into(), text: concept.into(), position: at(line) }
}

/// The graph of relations `(subject, type, object, confidence)`, said line by line in `log.txt`; their ends
/// are its concepts.
pub(crate) fn graph(relations: &[(&str, &str, &str, u16)]) -> KnowledgeGraph {
    let mut names: Vec<&str> = relations.iter().flat_map(|(subject, _, object, _)| [*subject, *object]).collect();
    names.sort_unstable();
    names.dedup();
    let concepts: Vec<ConceptEntry> = names.iter().map(|name| concept(name, Kind::Term, &[])).collect();
    let relations = relations.iter().zip(1..).map(|((s, p, o, c), line)| relation(s, p, o, *c, line)).collect();
    let mentions = names.iter().map(|name| mention(name, 1)).collect();
    build(&concepts, &[(&note("log.txt"), &Claims { mentions, relations, ..Claims::default() })])
}

/// Flume → HDFS → Spark → Hive, and Hive stores in HDFS.
pub(crate) fn pipeline() -> KnowledgeGraph {
    graph(&[
        ("Flume", "FEEDS", "HDFS", 900),
        ("HDFS", "FEEDS", "Spark", 900),
        ("Spark", "FEEDS", "Hive", 900),
        ("Hive", "STORES_IN", "HDFS", 900),
    ])
}
