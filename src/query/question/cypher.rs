//! Writes the statement that a question means.

use std::fmt::Write;

use super::{Class, Question, Wanted};
use crate::text::Name;

/// Rows a listing gives at most when nobody says otherwise; `LIMIT` in Cypher knows no such bound.
const PATHS: usize = 3;

impl Question {
    /// The statement in openCypher. `names` are the concepts that [`Question::names`] resolved to, in that order.
    ///
    /// ```
    /// let question = quipu::query::question::readings("what connects flume to hive?", &Default::default()).unwrap().remove(0);
    /// let cypher = question.cypher(&["Flume".into(), "Hive".into()]);
    /// assert_eq!(cypher, "CALL paths('Flume', 'Hive', 3) YIELD path RETURN path");
    /// ```
    #[must_use]
    pub fn cypher(&self, names: &[Name]) -> String {
        let name = |index: usize| quoted(names.get(index).map_or("", |name| name));
        match self {
            Self::Connect { .. } => format!("CALL paths({}, {}, {PATHS}) YIELD path RETURN path", name(0), name(1)),
            Self::Compare { .. } => compare(&name(0), &name(1)),
            Self::Relations { wanted, kind, .. } => relations(&name(0), wanted, kind.map(crate::extract::Kind::name)),
            Self::Neighbours { .. } => neighbours(&name(0)),
            Self::Define { .. } => format!(
                "MATCH (concept:Concept {{name: {}}}) RETURN concept.name AS name, concept.definition AS definition, \
                 concept.aliases AS aliases",
                name(0)
            ),
            Self::Describe { .. } => describe(&name(0)),
            Self::Mentions { .. } => format!(
                "MATCH (note:Note)-[mention:MENTIONS]->(:Concept {{name: {}}}) RETURN note.path AS note, \
                 mention.count AS mentions, mention.lines AS lines ORDER BY mentions DESC, note",
                name(0)
            ),
            Self::List { class } => list(class, names),
            Self::Count { class } => count(class, names),
            Self::Search { text } => format!(
                "CALL search({}) YIELD path, line, title, snippet, score \
                 RETURN path, line, title, snippet, score ORDER BY score DESC, path",
                quoted(&text.text)
            ),
        }
    }
}

/// A string literal: quotes, backslashes and control characters are escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('\'');
    for letter in text.chars() {
        match letter {
            '\'' | '\\' => literal.extend(['\\', letter]),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            control if control.is_control() => {
                write!(literal, "\\u{:04x}", u32::from(control)).expect("strings take all that is written");
            }
            plain => literal.push(plain),
        }
    }
    literal.push('\'');
    literal
}

/// What every answer about relations shows.
const CITED: &str = "RETURN startNode(r).name AS subject, type(r) AS relation, endNode(r).name AS object, \
     r.evidence AS evidence, r.quote AS quote ORDER BY r.confidence DESC, r.support DESC, subject, relation, object";

fn relations(name: &str, wanted: &[Wanted], kind: Option<&str>) -> String {
    let label = kind.map_or_else(|| ":Concept".to_string(), |kind| format!(":{kind}"));
    let given = format!("(given:Concept {{name: {name}}})");
    let types = |outgoing: bool| -> Vec<&str> {
        let chosen = wanted.iter().filter(|one| !one.relation_type.is_symmetric() && one.outgoing == outgoing);
        chosen.map(|one| one.relation_type.name()).collect()
    };
    let both: Vec<&str> =
        wanted.iter().filter(|one| one.relation_type.is_symmetric()).map(|one| one.relation_type.name()).collect();
    match (types(true), types(false)) {
        (out, into) if into.is_empty() && both.is_empty() => {
            format!("MATCH {given}-[r:{}]->({label}) {CITED}", spelled(&out))
        }
        (out, into) if out.is_empty() && both.is_empty() => {
            format!("MATCH {given}<-[r:{}]-({label}) {CITED}", spelled(&into))
        }
        (out, into) if out.is_empty() && into.is_empty() => {
            format!("MATCH {given}-[r:{}]-({label}) {CITED}", spelled(&both))
        }
        (out, into) => mixed(&given, &label, &out, &into, &both),
    }
}

/// Relations of which some lead away from the concept given and some to it.
fn mixed(given: &str, label: &str, out: &[&str], into: &[&str], both: &[&str]) -> String {
    let list = |types: &[&str]| types.iter().map(|name| quoted(name)).collect::<Vec<_>>().join(", ");
    let mut conditions = Vec::new();
    if !out.is_empty() {
        conditions.push(format!("type(r) IN [{}] AND startNode(r) = given", list(out)));
    }
    if !into.is_empty() {
        conditions.push(format!("type(r) IN [{}] AND endNode(r) = given", list(into)));
    }
    if !both.is_empty() {
        conditions.push(format!("type(r) IN [{}]", list(both)));
    }
    let all = spelled(&[out, into, both].concat());
    format!("MATCH {given}-[r:{all}]-({label}) WHERE {} {CITED}", conditions.join(" OR "))
}

/// Types as a pattern writes them, each once.
fn spelled(types: &[&str]) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for name in types {
        if !seen.contains(name) {
            seen.push(name);
        }
    }
    seen.into_iter().map(identifier).collect::<Vec<_>>().join("|")
}

/// A name of a type or label, in backticks where it is not plain.
fn identifier(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && name.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if plain { name.to_string() } else { format!("`{}`", name.replace('`', "``")) }
}

fn neighbours(name: &str) -> String {
    format!("MATCH (given:Concept {{name: {name}}})-[r]-(other:Concept) WHERE other <> given {CITED}")
}

fn describe(name: &str) -> String {
    format!(
        "MATCH (concept:Concept {{name: {name}}}) OPTIONAL MATCH (concept)-[r]-(other:Concept) \
         RETURN concept.name AS name, concept.kind AS kind, concept.aliases AS aliases, \
         concept.definition AS definition, collect(DISTINCT type(r) + ' ' + other.name) AS relations"
    )
}

fn compare(one: &str, other: &str) -> String {
    format!(
        "MATCH (concept:Concept)-[r]-(third:Concept) WHERE concept.name IN [{one}, {other}] \
         RETURN type(r) AS relation, startNode(r) = concept AS outgoing, third.name AS name, \
         collect(DISTINCT concept.name) AS of, collect(r.evidence) AS evidence ORDER BY size(of) DESC, relation, name"
    )
}

fn list(class: &Class, names: &[Name]) -> String {
    match class {
        Class::Kind(kind) => concepts(kind.name()),
        Class::Concepts => concepts("Concept"),
        Class::Notes => {
            "MATCH (note:Note) RETURN note.path AS note, note.title AS title, note.words AS words ORDER BY note".into()
        }
        Class::Tags => "MATCH (tag:Tag)<-[:TAGGED]-(note:Note) RETURN tag.name AS tag, count(note) AS notes \
             ORDER BY notes DESC, tag"
            .into(),
        Class::Instances(_) => {
            format!("MATCH (:Concept {{name: {}}})<-[r:IS_A]-(:Concept) {CITED}", quoted(first(names)))
        }
    }
}

fn concepts(label: &str) -> String {
    format!(
        "MATCH (concept:{label})<-[mention:MENTIONS]-(note:Note) WITH concept, note, mention \
         ORDER BY mention.count DESC, note.path WITH concept, sum(mention.count) AS mentions, \
         collect(note.path + ':' + toString(mention.lines[0])) AS places \
         RETURN concept.name AS name, concept.kind AS kind, mentions, places[0] AS place ORDER BY mentions DESC, name"
    )
}

fn count(class: &Class, names: &[Name]) -> String {
    match class {
        Class::Kind(kind) => format!("MATCH (one:{}) RETURN count(one) AS count", kind.name()),
        Class::Concepts => "MATCH (one:Concept) RETURN count(one) AS count".into(),
        Class::Notes => "MATCH (one:Note) RETURN count(one) AS count".into(),
        Class::Tags => "MATCH (one:Tag) RETURN count(one) AS count".into(),
        Class::Instances(_) => format!(
            "MATCH (:Concept {{name: {}}})<-[:IS_A]-(one:Concept) RETURN count(DISTINCT one) AS count",
            quoted(first(names))
        ),
    }
}

fn first(names: &[Name]) -> &str {
    names.first().map_or("", |name| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::question::readings;

    fn check(question: &str, names: &[&str], cypher: &str) {
        let names: Vec<Name> = names.iter().map(|name| (*name).into()).collect();
        assert_eq!(
            readings(question, &crate::limits::Limits::default()).unwrap()[0].cypher(&names),
            cypher,
            "{question}"
        );
    }

    #[test]
    fn names_cannot_leave_their_literal() {
        assert_eq!(quoted("a'}) RETURN 1 // \\"), "'a\\'}) RETURN 1 // \\\\'");
        assert_eq!(quoted("a\n\u{7}"), "'a\\n\\u0007'");
        assert_eq!(identifier("IS MASKED`BY"), "`IS MASKED``BY`");
    }

    #[test]
    fn verbs_become_types_and_directions() {
        check(
            "what feeds Redshift",
            &["Redshift"],
            &format!("MATCH (given:Concept {{name: 'Redshift'}})<-[r:FEEDS]-(:Concept) {CITED}"),
        );
        check(
            "which formats does Spark support?",
            &["Spark"],
            &format!("MATCH (given:Concept {{name: 'Spark'}})-[r:SUPPORTS]->(:Format) {CITED}"),
        );
        check(
            "what does Spark read from",
            &["Spark"],
            &format!(
                "MATCH (given:Concept {{name: 'Spark'}})-[r:QUERIES|FEEDS]-(:Concept) WHERE type(r) IN ['QUERIES'] AND \
             startNode(r) = given OR type(r) IN ['FEEDS'] AND endNode(r) = given {CITED}"
            ),
        );
        check(
            "what resembles Hive",
            &["Hive"],
            &format!("MATCH (given:Concept {{name: 'Hive'}})-[r:SIMILAR_TO]-(:Concept) {CITED}"),
        );
    }
}
