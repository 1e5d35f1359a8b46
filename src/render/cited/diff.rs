//! What came and what went between two indexes.
//!
//! ```text
//! + Flink  Processing     log.txt:5:13
//! - Spark  Processing     old.txt:5:13
//! ~ Kafka NG is Kafka now
//! + Kafka ─FEEDS→ Flink   log.txt:5:1  "Processing: Flink"
//! 1 concept came, 1 went, 1 renamed; 1 relation came, 0 went
//! ```

use std::io::{self, Write};

use super::path::relation_text;
use super::{CitedRelation, ConceptChange, Direction, GraphDiff};
use crate::render::columns::{self, Row};
use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};

/// Lines a quote may take.
const QUOTE_LINES: usize = 2;

/// Writes a difference, and what it comes to in one line.
///
/// # Errors
///
/// Those of `out`.
pub fn graph_diff(diff: &GraphDiff, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut concepts: Vec<Row> = diff.concepts_went.iter().map(|change| concept("-", change)).collect();
    concepts.extend(diff.concepts_came.iter().map(|change| concept("+", change)));
    columns::write(&concepts, 0, QUOTE_LINES, style, out)?;
    for renamed in &diff.renamed {
        mark("~")
            .with(Ink::Name, &renamed.from)
            .with(Ink::Plain, " is ")
            .with(Ink::Name, &renamed.to)
            .with(Ink::Plain, " now")
            .write_lines(0, style, out)?;
    }
    let mut relations: Vec<Row> = diff.relations_went.iter().map(|one| relation("-", one)).collect();
    relations.extend(diff.relations_came.iter().map(|one| relation("+", one)));
    columns::write(&relations, 0, QUOTE_LINES, style, out)?;
    let renamed = if diff.renamed.is_empty() { String::new() } else { format!(", {} renamed", diff.renamed.len()) };
    let total = format!(
        "{} came, {} went{renamed}; {} came, {} went",
        counted(diff.concepts_came.len() as u64, "concept"),
        diff.concepts_went.len(),
        counted(diff.relations_came.len() as u64, "relation"),
        diff.relations_went.len()
    );
    Text::new(Ink::Dim, &total).write_lines(0, style, out)
}

fn mark(sign: &str) -> Text {
    let ink = if sign == "-" { Ink::Warning } else { Ink::Relation };
    Text::new(ink, sign).with(Ink::Plain, " ")
}

fn concept(sign: &str, change: &ConceptChange) -> Row {
    let mut name = mark(sign).with(Ink::Name, &change.concept.name);
    if !change.concept.kind.is_empty() {
        name = name.with(Ink::Plain, "  ").with(Ink::Kind, &change.concept.kind);
    }
    let place = change.place.as_ref().map(super::Citation::place).unwrap_or_default();
    Row { cells: vec![name, Text::new(Ink::Place, &place)], text: Text::default(), rail: "" }
}

fn relation(sign: &str, relation: &CitedRelation) -> Row {
    let direction = if relation.symmetric { Direction::Both } else { Direction::Out };
    let said = relation_text(&relation.subject.name, &relation.relation_type, direction, &relation.object.name);
    let best = relation.evidence.first();
    let place = best.map(super::Citation::place).unwrap_or_default();
    let quote = best.map_or(String::new(), |citation| format!("\"{}\"", citation.quote));
    let mut marked = mark(sign);
    marked.append(&said);
    let cells = vec![marked, Text::new(Ink::Place, &place)];
    Row { cells, text: Text::new(Ink::Plain, &quote), rail: "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cited::{Citation, NamedConcept, Renamed};
    use crate::render::string;

    fn cite(line: u32, quote: &str) -> Citation {
        Citation { path: "log.txt".into(), line, column: 1, quote: quote.into(), ..Citation::default() }
    }

    fn change(name: &str, kind: &str, line: u32) -> ConceptChange {
        let concept = NamedConcept { name: name.into(), kind: kind.into() };
        ConceptChange { concept, mentions: 1, place: Some(cite(line, name)) }
    }

    #[test]
    fn a_difference_is_drawn_with_its_lines() {
        let named = |name: &str| NamedConcept { name: name.into(), kind: String::new() };
        let feeds = CitedRelation {
            subject: named("Kafka"),
            relation_type: "FEEDS".into(),
            object: named("Flink"),
            evidence: vec![cite(5, "Processing: Flink")],
            ..CitedRelation::default()
        };
        let diff = GraphDiff {
            concepts_came: vec![change("Flink", "Processing", 5)],
            concepts_went: vec![change("Sparkling", "", 7)],
            renamed: vec![Renamed { from: "Kafka NG".into(), to: "Kafka".into() }],
            relations_came: vec![feeds],
            relations_went: Vec::new(),
        };
        assert_eq!(
            string(|out| graph_diff(&diff, Style::PLAIN, out)),
            "- Sparkling          log.txt:7:1\n\
             + Flink  Processing  log.txt:5:1\n\
             ~ Kafka NG is Kafka now\n\
             + Kafka ─FEEDS→ Flink  log.txt:5:1  \"Processing: Flink\"\n\
             1 concept came, 1 went, 1 renamed; 1 relation came, 0 went\n"
        );
        assert!(!diff.is_empty() && GraphDiff::default().is_empty());
    }
}
