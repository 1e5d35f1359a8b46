//! Facts as JSON lines, one row an occurrence, in any order: the rows of `export facts`.
//!
//! ```json
//! {"kind":"concept","name":"Flume","concept_kind":"Ingestion"}
//! {"kind":"mention","concept":"Flume","text":"flume","note":"log.txt","line":56,"column":2}
//! {"kind":"definition","concept":"EC2","text":"...","note":"aws.txt","line":54}
//! {"kind":"alias","subject":"EC2","object":"Elastic compute cloud","rule":"abbreviation-initials","note":"aws.txt","line":54}
//! {"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"HDFS","confidence":900,"rule":"stage-list","note":"log.txt","line":122,"column":1,"quote":"Storage: HDFS"}
//! ```
//!
//! Names are taken as they are. A concept row may carry `aliases`, a relation `subject_text` and
//! `object_text`, a definition and an alias `column`; other keys are passed over. A note exists where a
//! fact names it. A concept whose row lists `aliases`, were it none, has those; for any other, an alias row
//! between it and a name that is no concept makes that name its alias.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::concepts::ConceptRow;
use super::notes::NoteRow;
use super::places::{AliasRow, PlaceRow};
use super::pool::{Pool, Text};
use super::relations::RelationRow;
use super::{GraphBuilder, relation_name};
use crate::extract::{Kind, RelationType};

/// Why a line is no fact.
#[derive(Debug, thiserror::Error)]
pub enum FactError {
    /// It is not one JSON object of the known keys.
    #[error("not a fact: {}, column {}", told(.0), .0.column())]
    Json(#[from] serde_json::Error),
    /// Its `kind` is none of the five.
    #[error("no kind of fact is called `{kind}`: there are concept, mention, definition, alias and relation")]
    UnknownKind {
        /// The kind as written.
        kind: String,
    },
    /// A key that this kind of fact needs is missing.
    #[error("a {kind} needs `{key}`")]
    Missing {
        /// The kind of fact.
        kind: String,
        /// The key.
        key: &'static str,
    },
}

/// What a fact speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// A concept.
    Concept,
    /// What a note says at one place.
    Occurrence,
}

/// What is wrong, without the place: the line is the only one.
fn told(error: &serde_json::Error) -> String {
    let told = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    told.strip_suffix(&place).map_or(told.clone(), str::to_owned)
}

/// Text that is borrowed from the line where it holds no escapes. (An `Option<Cow<str>>` never borrows.)
#[derive(Deserialize)]
struct Word<'a>(#[serde(borrow)] Cow<'a, str>);

type Words<'a> = Option<Word<'a>>;

#[derive(Deserialize)]
struct Fact<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    name: Words<'a>,
    #[serde(borrow)]
    concept_kind: Words<'a>,
    #[serde(borrow)]
    aliases: Option<Vec<Word<'a>>>,
    #[serde(borrow)]
    concept: Words<'a>,
    #[serde(borrow)]
    text: Words<'a>,
    #[serde(borrow)]
    subject: Words<'a>,
    #[serde(borrow)]
    predicate: Words<'a>,
    #[serde(borrow)]
    object: Words<'a>,
    confidence: Option<u16>,
    #[serde(borrow)]
    rule: Words<'a>,
    #[serde(borrow)]
    note: Words<'a>,
    line: Option<u32>,
    column: Option<u32>,
    #[serde(borrow)]
    quote: Words<'a>,
    #[serde(borrow)]
    subject_text: Words<'a>,
    #[serde(borrow)]
    object_text: Words<'a>,
}

impl GraphBuilder {
    /// Adds one fact; white space around it is nothing.
    ///
    /// # Errors
    ///
    /// When the line is no fact; the builder stays as it was.
    pub fn fact(&mut self, line: &str) -> Result<FactKind, FactError> {
        let fact: Fact<'_> = serde_json::from_str(line)?;
        match &*fact.kind {
            "concept" => self.concept_fact(&fact).map(|()| FactKind::Concept),
            "mention" => {
                let row = self.place_fact(&fact)?;
                self.mentions.push(row);
                Ok(FactKind::Occurrence)
            }
            "definition" => {
                let row = self.place_fact(&fact)?;
                self.definitions.push(row);
                Ok(FactKind::Occurrence)
            }
            "alias" => self.alias_fact(&fact).map(|()| FactKind::Occurrence),
            "relation" => self.relation_fact(&fact).map(|()| FactKind::Occurrence),
            kind => Err(FactError::UnknownKind { kind: kind.to_owned() }),
        }
    }

    fn concept_fact(&mut self, fact: &Fact<'_>) -> Result<(), FactError> {
        let name = self.pool.intern(fact.need(&fact.name, "name")?);
        let (rule, reason) = (self.pool.intern("facts"), self.pool.intern(""));
        let listed = fact.aliases.iter().flatten();
        let aliases = listed.map(|alias| (self.pool.intern(&alias.0), rule)).collect();
        let kind = fact.concept_kind.as_ref().and_then(|kind| Kind::named(&kind.0)).unwrap_or_default();
        if fact.aliases.is_some() {
            self.listed.insert(name);
        }
        self.concepts.push(ConceptRow { name, kind, reason, aliases });
        Ok(())
    }

    fn place_fact(&mut self, fact: &Fact<'_>) -> Result<PlaceRow, FactError> {
        let (concept, text) = (fact.need(&fact.concept, "concept")?, fact.need(&fact.text, "text")?);
        let note = fact.need(&fact.note, "note")?;
        let (concept, text) = (self.pool.intern(concept).0, self.pool.intern(text));
        Ok(PlaceRow { concept, text, note: self.fact_note(note).0, line: fact.line(), column: fact.column() })
    }

    fn alias_fact(&mut self, fact: &Fact<'_>) -> Result<(), FactError> {
        let (subject, object) = (fact.need(&fact.subject, "subject")?, fact.need(&fact.object, "object")?);
        let (rule, note) = (fact.need(&fact.rule, "rule")?, fact.need(&fact.note, "note")?);
        let (subject, object) = (self.pool.intern(subject), self.pool.intern(object));
        let (rule, note) = (self.pool.intern(rule), self.fact_note(note));
        self.aliases.push(AliasRow { subject, object, rule, note, line: fact.line(), column: fact.column() });
        self.bindings.insert((subject, object, rule));
        Ok(())
    }

    fn relation_fact(&mut self, fact: &Fact<'_>) -> Result<(), FactError> {
        let (subject, object) = (fact.need(&fact.subject, "subject")?, fact.need(&fact.object, "object")?);
        let predicate = fact.need(&fact.predicate, "predicate")?;
        let note = fact.need(&fact.note, "note")?;
        let kind = self.fact_type(predicate);
        let quote = self.quote(fact.quote.as_ref().map_or("", |words| &words.0));
        let note = self.fact_note(note);
        let pool = &mut self.pool;
        let (start, end) = (pool.intern(subject), pool.intern(object));
        let mut words = |written: &Words<'_>, name| written.as_ref().map_or(name, |words| pool.intern(&words.0));
        let (subject_text, object_text) = (words(&fact.subject_text, start), words(&fact.object_text, end));
        let row = RelationRow {
            start: start.0,
            kind: kind.0,
            end: end.0,
            note: note.0,
            line: fact.line(),
            column: fact.column(),
            confidence: fact.confidence.unwrap_or(500).clamp(1, 1000),
            rule: pool.intern(fact.rule.as_ref().map_or("facts", |words| &words.0)),
            subject_text,
            object_text,
            quote,
        };
        self.relations.push(row);
        Ok(())
    }

    /// The type's name in the graph, remembered for each spelling.
    fn fact_type(&mut self, written: &str) -> Text {
        let key = self.pool.intern(written);
        if let Some(kind) = self.spellings.get(&key) {
            return *kind;
        }
        let kind = self.pool.intern(&relation_name(&RelationType::named(written)));
        self.spellings.insert(key, kind);
        kind
    }

    fn fact_note(&mut self, path: &str) -> Text {
        let note = self.pool.intern(path);
        if self.named_notes.insert(note) {
            let row = NoteRow::named(&mut self.pool, path);
            self.notes.push(row);
        }
        note
    }
}

impl Fact<'_> {
    fn need<'f>(&self, value: &'f Words<'_>, key: &'static str) -> Result<&'f str, FactError> {
        let missing = || FactError::Missing { kind: self.kind.clone().into_owned(), key };
        value.as_ref().map(|words| &*words.0).ok_or_else(missing)
    }

    fn line(&self) -> u32 {
        self.line.unwrap_or(1).max(1)
    }

    fn column(&self) -> u32 {
        self.column.unwrap_or(1).max(1)
    }
}

/// Gives concepts the aliases that alias rows bind to them: rows of a concept, not among the `listed`, and a
/// name that is none.
pub(super) fn bind(
    pool: &Pool,
    concepts: &mut [ConceptRow],
    listed: &FxHashSet<Text>,
    bindings: impl Iterator<Item = (Text, Text, Text)>,
) {
    let mut rows: Vec<Option<usize>> = vec![None; pool.len()];
    for (row, concept) in concepts.iter().enumerate() {
        rows[concept.name.0 as usize].get_or_insert(row);
    }
    let row = |text: Text| rows[text.0 as usize];
    for (subject, object, rule) in bindings {
        let (concept, alias) = match (row(subject), row(object)) {
            (Some(concept), None) => (concept, object),
            (None, Some(concept)) => (concept, subject),
            _ => continue,
        };
        if !listed.contains(&concepts[concept].name) {
            concepts[concept].aliases.push((alias, rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::GraphBuilder;
    use crate::graph::{KnowledgeGraph, RelationshipId};

    const FACTS: [&str; 9] = [
        r#"{"kind":"concept","name":"Flume","concept_kind":"Ingestion","aliases":["Apache \u0046lume"]}"#,
        r#"{"kind":"concept","name":"HDFS","concept_kind":"Storage"}"#,
        r#"{"kind":"alias","subject":"FLM","object":"Flume","rule":"abbreviation-initials","note":"aws.md","line":55}"#,
        r#"{"kind":"mention","concept":"Flume","text":"flume","note":"log.txt","line":56,"column":2}"#,
        r#"{"kind":"definition","concept":"HDFS","text":"where files lie","note":"aws.md","line":54}"#,
        r#"{"kind":"alias","subject":"HDFS","object":"Hadoop Distributed File System","rule":"abbreviation-initials","note":"aws.md","line":54}"#,
        r#"{"kind":"relation","subject":"Flume","predicate":"feeds","object":"HDFS","confidence":900,"rule":"stage-list","note":"log.txt","line":122,"column":1,"quote":"Storage: \"HDFS\""}"#,
        r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"HDFS","confidence":800,"rule":"arrow","note":"log.txt","line":3,"quote":"Flume --> hdfs","object_text":"hdfs"}"#,
        r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"Nowhere","note":"log.txt"}"#,
    ];

    fn built(facts: &[&str]) -> KnowledgeGraph {
        let mut builder = GraphBuilder::default();
        for fact in facts {
            builder.fact(fact).unwrap();
        }
        builder.finish().0
    }

    #[test]
    fn facts_make_the_graph_they_state() {
        let graph = built(&FACTS);
        assert_eq!(graph.types_in_use(), [("FEEDS", 1), ("MENTIONS", 1)]);
        let quotes: Vec<(&str, &str)> =
            graph.evidence(RelationshipId(0)).map(|found| (found.quote, found.object_text)).collect();
        assert_eq!(quotes, [("Storage: \"HDFS\"", "HDFS"), ("Flume --> hdfs", "hdfs")]);
        let hdfs = graph.concept("HDFS").unwrap();
        let aliases =
            |concept| -> Vec<(&str, &str)> { graph.aliases(concept).map(|alias| (alias.name, alias.rule)).collect() };
        assert_eq!(aliases(hdfs), [("Hadoop Distributed File System", "abbreviation-initials")]);
        // Its row lists its aliases: what notes say beside that stays a claim.
        assert_eq!(aliases(graph.concept("Flume").unwrap()), [("Apache Flume", "facts")]);
        assert_eq!(graph.alias_claim_count(), 2);
        assert_eq!(graph.definitions(hdfs).next().map(|found| (found.path, found.line)), Some(("aws.md", 54)));
        assert_eq!(graph.labels_in_use(), [("Concept", 2), ("Note", 2), ("Storage", 1), ("Ingestion", 1)]);
    }

    #[test]
    fn what_is_no_fact_is_told_and_changes_nothing() {
        let mut builder = GraphBuilder::default();
        let errors = ["[1]", r#"{"kind":"verb"}"#, r#"{"kind":"mention","concept":"A"}"#]
            .map(|line| builder.fact(line).unwrap_err().to_string());
        assert_eq!(errors[0], "not a fact: invalid type: integer `1`, expected a string, column 2");
        assert!(errors[1].starts_with("no kind of fact is called `verb`"));
        assert_eq!(errors[2], "a mention needs `text`");
        assert_eq!(builder.finish().0, KnowledgeGraph::empty());
    }

    proptest! {
        #[test]
        fn facts_come_in_any_order_and_any_number_of_times(order in Just(FACTS).prop_shuffle(), again in 0..FACTS.len()) {
            let mut facts = order.to_vec();
            facts.push(FACTS[again]);
            prop_assert_eq!(built(&facts), built(&FACTS));
        }

        #[test]
        fn any_line_is_a_fact_or_refused(line in ".{0,80}") {
            let mut builder = GraphBuilder::default();
            let _ = builder.fact(&line);
            prop_assert!(builder.finish().0.verify().is_ok());
        }
    }
}
