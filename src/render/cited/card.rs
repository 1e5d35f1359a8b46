//! All that is known of one concept: names, definitions, relations by type, notes.
//!
//! ```text
//! Flume  Ingestion
//! also   Apache Flume, flume agent
//!
//! "Flume collects log data and moves it into Hadoop."  log.txt:54:1
//!
//! FEEDS
//! ├─→ HDFS   log.txt:122:1  "Storage: HDFS"
//! └─← Kafka  log.txt:119:1  "Ingestion: Flume"
//!
//! 12 mentions in 1 note
//!   log.txt  12  lines 54, 56, 60
//! ```

use std::io::{self, Write};

use super::{CardNote, CardRelation, Citation, ConceptCard, Direction};
use crate::read;
use crate::render::columns::{self, Row};
use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};

/// Writes a concept's card.
///
/// # Errors
///
/// Those of `out`.
pub fn concept_card(card: &ConceptCard, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut name = Text::new(Ink::Heading, &card.concept.name);
    if !card.concept.kind.is_empty() {
        name = name.with(Ink::Plain, "  ").with(Ink::Kind, &card.concept.kind);
    }
    name.write_lines(0, style, out)?;
    if !card.aliases.is_empty() {
        Text::new(Ink::Dim, "also ").with(Ink::Plain, &card.aliases.join(", ")).write_lines(0, style, out)?;
    }
    definitions(&card.definitions, style, out)?;
    relations(card, style, out)?;
    notes(card, style, out)
}

fn definitions(definitions: &[Citation], style: Style, out: &mut dyn Write) -> io::Result<()> {
    if definitions.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    for definition in definitions {
        Text::new(Ink::Plain, &format!("\"{}\"", definition.quote))
            .with(Ink::Plain, "  ")
            .with(Ink::Place, &definition.place())
            .write_lines(0, style, out)?;
    }
    Ok(())
}

fn relations(card: &ConceptCard, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for group in card.relations.chunk_by(|one, next| one.relation_type == next.relation_type) {
        writeln!(out)?;
        Text::new(Ink::Relation, &group[0].relation_type).write_lines(0, style, out)?;
        let rows: Vec<Row> =
            group.iter().enumerate().map(|(index, relation)| row(relation, index + 1 == group.len())).collect();
        columns::write(&rows, 0, 2, style, out)?;
    }
    if card.more_relations > 0 {
        let more = format!("\nand {}", counted(card.more_relations as u64, "more relation"));
        writeln!(out, "{}", Ink::Dim.paint(&more, style.colour))?;
    }
    Ok(())
}

fn row(relation: &CardRelation, last: bool) -> Row {
    let (branch, rail) = if last { ("└", "   ") } else { ("├", "│  ") };
    let arrow = match relation.direction {
        Direction::Out => "─→ ",
        Direction::In => "─← ",
        Direction::Both => "── ",
    };
    let other = Text::new(Ink::Dim, branch).with(Ink::Relation, arrow).with(Ink::Name, &relation.other.name);
    let best = relation.evidence.first();
    let mut text = Text::default();
    if let Some(citation) = best.filter(|citation| !citation.quote.is_empty()) {
        text.push(Ink::Plain, &format!("\"{}\"", citation.quote));
    }
    if relation.support > 1 {
        text.push(Ink::Dim, &format!(" +{} more", relation.support - 1));
    }
    Row { cells: vec![other, Text::new(Ink::Place, &best.map(Citation::place).unwrap_or_default())], text, rail }
}

fn notes(card: &ConceptCard, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let count = card.notes.len() + card.more_notes;
    writeln!(out)?;
    let head = format!("{} in {}", counted(card.mentions, "mention"), counted(count as u64, "note"));
    writeln!(out, "{}", Ink::Dim.paint(&head, style.colour))?;
    let rows: Vec<Row> = card.notes.iter().map(note_row).collect();
    columns::write(&rows, 2, 2, style, out)?;
    if card.more_notes > 0 {
        let more = format!("  and {}", counted(card.more_notes as u64, "more note"));
        writeln!(out, "{}", Ink::Dim.paint(&more, style.colour))?;
    }
    Ok(())
}

fn note_row(note: &CardNote) -> Row {
    let lines: Vec<String> = note.lines.iter().map(|line| read::line(&note.path, *line)).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    let lines = if lines.is_empty() { String::new() } else { format!("{word} {}", lines.join(", ")) };
    let cells = vec![Text::new(Ink::Place, &note.path), Text::new(Ink::Plain, &note.mentions.to_string())];
    Row { cells, text: Text::new(Ink::Dim, &lines), rail: "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cited::NamedConcept;
    use crate::render::string;

    fn cite(line: u32, quote: &str) -> Citation {
        Citation { path: "log.txt".into(), line, column: 1, quote: quote.into(), ..Citation::default() }
    }

    fn relation(relation_type: &str, direction: Direction, other: &str, line: u32) -> CardRelation {
        CardRelation {
            relation_type: relation_type.into(),
            direction,
            other: NamedConcept { name: other.into(), kind: String::new() },
            confidence: 900,
            support: 2,
            evidence: vec![cite(line, "Storage: HDFS")],
        }
    }

    #[test]
    fn a_narrow_card_keeps_its_tree() {
        let card = ConceptCard {
            concept: NamedConcept { name: "Flume".into(), kind: String::new() },
            relations: vec![
                relation("FEEDS", Direction::Out, "Hadoop Distributed File System", 122),
                relation("FEEDS", Direction::In, "Kafka", 119),
            ],
            ..ConceptCard::default()
        };
        let narrow = string(|out| concept_card(&card, Style { colour: false, width: 30 }, out));
        assert!(
            narrow.contains(
                "├─→ Hadoop Distributed File\n\
                 │  System  log.txt:122:1\n\
                 │    \"Storage: HDFS\" +1 more\n\
                 └─← Kafka  log.txt:119:1\n\
                 \x20    \"Storage: HDFS\" +1 more\n"
            ),
            "{narrow}"
        );
    }

    #[test]
    fn a_card_groups_relations_by_type() {
        let card = ConceptCard {
            concept: NamedConcept { name: "Flume".into(), kind: "Ingestion".into() },
            aliases: vec!["Apache Flume".into(), "flume agent".into()],
            definitions: vec![cite(54, "collects logs")],
            relations: vec![
                relation("FEEDS", Direction::Out, "HDFS", 122),
                relation("FEEDS", Direction::In, "Kafka", 119),
                relation("SIMILAR_TO", Direction::Both, "Logstash", 7),
            ],
            more_relations: 0,
            notes: vec![CardNote { path: "log.txt".into(), mentions: 12, lines: vec![54, 56] }],
            more_notes: 1,
            mentions: 13,
        };
        assert_eq!(
            string(|out| concept_card(&card, Style::PLAIN, out)),
            "Flume  Ingestion\n\
             also Apache Flume, flume agent\n\
             \n\
             \"collects logs\"  log.txt:54:1\n\
             \n\
             FEEDS\n\
             ├─→ HDFS   log.txt:122:1  \"Storage: HDFS\" +1 more\n\
             └─← Kafka  log.txt:119:1  \"Storage: HDFS\" +1 more\n\
             \n\
             SIMILAR_TO\n\
             └── Logstash  log.txt:7:1  \"Storage: HDFS\" +1 more\n\
             \n\
             13 mentions in 2 notes\n\
             \x20 log.txt  12  lines 54, 56\n\
             \x20 and 1 more note\n"
        );
    }
}
