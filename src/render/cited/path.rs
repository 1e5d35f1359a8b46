//! Ways between concepts, hop by hop, each with its quote.
//!
//! ```text
//! 1. Flume → HDFS → Spark → Hive
//!    Flume ─FEEDS→ HDFS  log.txt:122:1  "Storage: HDFS"
//!    HDFS ─FEEDS→ Spark  log.txt:121:1  "Processing: Spark"
//!    Spark ─FEEDS→ Hive  log.txt:123:1  "Storage: Hive"
//! ```

use std::io::{self, Write};

use super::{CitedHop, CitedPath, CitedRelation, Direction};
use crate::render::columns::{self, Row};
use crate::render::ink::{Ink, Style, Text};

/// Relations trusted less than this are marked as unsure.
const SURE: u16 = 500;

/// Lines a quote may take beside its place.
const QUOTE_LINES: usize = 3;

/// Writes paths, the best one first; several are numbered.
///
/// # Errors
///
/// Those of `out`.
pub fn cited_paths(paths: &[CitedPath], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, path) in paths.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let number = if paths.len() > 1 { format!("{}. ", index + 1) } else { String::new() };
        write_path(path, &number, style, out)?;
    }
    Ok(())
}

fn write_path(path: &CitedPath, number: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let head = Text::new(Ink::Dim, number);
    let indent = head.width();
    let mut chain = Text::new(Ink::Heading, &path.start.name);
    for hop in &path.hops {
        chain.push(Ink::Dim, short_arrow(hop.direction));
        chain.push(Ink::Heading, &hop.to.name);
    }
    for (line_number, line) in chain.wrap(style.width.saturating_sub(indent), usize::MAX).iter().enumerate() {
        if line_number == 0 {
            head.write(style.colour, out)?;
        } else {
            write!(out, "{:indent$}", "")?;
        }
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    columns::write(&hop_rows(path), indent.max(2), QUOTE_LINES, style, out)
}

const fn short_arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Out => " → ",
        Direction::In => " ← ",
        Direction::Both => " ─ ",
    }
}

fn hop_rows(path: &CitedPath) -> Vec<Row> {
    let starts = std::iter::once(&path.start).chain(path.hops.iter().map(|hop| &hop.to));
    starts.zip(&path.hops).map(|(from, hop)| hop_row(&from.name, hop)).collect()
}

fn hop_row(from: &str, hop: &CitedHop) -> Row {
    let relation = relation_text(from, &hop.relation_type, hop.direction, &hop.to.name);
    let place = hop.evidence.first().map(super::Citation::place).unwrap_or_default();
    let quote = hop.evidence.first().map_or("", |citation| citation.quote.as_str());
    let mut text = Text::default();
    if !quote.is_empty() {
        text.push(Ink::Plain, &format!("\"{quote}\""));
    }
    if hop.support > 1 {
        text.push(Ink::Dim, &format!(" +{} more", hop.support - 1));
    }
    if hop.confidence < SURE && hop.confidence > 0 {
        text.push(Ink::Warning, " unsure");
    }
    Row { cells: vec![relation, Text::new(Ink::Place, &place)], text, rail: "" }
}

/// `Flume ─FEEDS→ HDFS`, the arrow as the relation points.
pub(super) fn relation_text(from: &str, relation_type: &str, direction: Direction, to: &str) -> Text {
    let (before, after) = match direction {
        Direction::Out => (" ─", "→ "),
        Direction::In => (" ←", "─ "),
        Direction::Both => (" ─", "─ "),
    };
    Text::new(Ink::Name, from).with(Ink::Relation, &format!("{before}{relation_type}{after}")).with(Ink::Name, to)
}

/// Writes relations, one a line, each with its best quote: what `what uses HDFS` answers.
///
/// # Errors
///
/// Those of `out`.
pub fn cited_relations(relations: &[CitedRelation], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<Row> = relations.iter().map(|relation| hop_row(&relation.subject.name, &as_hop(relation))).collect();
    columns::write(&rows, 0, QUOTE_LINES, style, out)
}

fn as_hop(relation: &CitedRelation) -> CitedHop {
    CitedHop {
        relation_type: relation.relation_type.clone(),
        direction: if relation.symmetric { Direction::Both } else { Direction::Out },
        to: relation.object.clone(),
        confidence: relation.confidence,
        support: relation.support,
        evidence: relation.evidence.iter().take(1).cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cited::{Citation, NamedConcept};
    use crate::render::string;

    fn hop(relation_type: &str, direction: Direction, to: &str, line: u32, quote: &str) -> CitedHop {
        CitedHop {
            relation_type: relation_type.into(),
            direction,
            to: NamedConcept { name: to.into(), kind: String::new() },
            confidence: 900,
            support: 1,
            evidence: vec![Citation {
                path: "log.txt".into(),
                line,
                column: 1,
                quote: quote.into(),
                ..Citation::default()
            }],
        }
    }

    fn flume() -> CitedPath {
        CitedPath {
            start: NamedConcept { name: "Flume".into(), kind: "Ingestion".into() },
            hops: vec![
                hop("FEEDS", Direction::Out, "HDFS", 122, "Storage: HDFS"),
                hop("FEEDS", Direction::In, "Spark", 121, "Processing: Spark"),
                CitedHop { confidence: 300, support: 3, ..hop("RELATED_TO", Direction::Both, "Hive", 9, "Hive") },
            ],
        }
    }

    #[test]
    fn a_path_lists_its_hops_with_quotes() {
        let wide = string(|out| cited_paths(&[flume()], Style::PLAIN, out));
        assert_eq!(
            wide,
            "Flume → HDFS ← Spark ─ Hive\n\
            \x20 Flume ─FEEDS→ HDFS       log.txt:122:1  \"Storage: HDFS\"\n\
            \x20 HDFS ←FEEDS─ Spark       log.txt:121:1  \"Processing: Spark\"\n\
            \x20 Spark ─RELATED_TO─ Hive  log.txt:9:1    \"Hive\" +2 more unsure\n"
        );
    }

    #[test]
    fn a_narrow_terminal_stacks_the_hops() {
        let path = CitedPath { hops: flume().hops[..1].to_vec(), ..flume() };
        let narrow = string(|out| cited_paths(&[path.clone(), path.clone()], Style { colour: false, width: 24 }, out));
        let one = |number| {
            format!("{number}. Flume → HDFS\n   Flume ─FEEDS→ HDFS\n   log.txt:122:1\n     \"Storage: HDFS\"\n")
        };
        assert_eq!(narrow, format!("{}\n{}", one(1), one(2)));
    }

    #[test]
    fn hostile_names_cannot_reach_the_terminal() {
        let path =
            CitedPath { start: NamedConcept { name: "a\u{1b}]0;x\u{7}".into(), kind: String::new() }, ..flume() };
        let text = string(|out| cited_paths(&[path], Style { colour: false, width: 80 }, out));
        assert!(text.starts_with(r"a\x1b]0;x\x07 → HDFS"), "{text}");
    }
}
