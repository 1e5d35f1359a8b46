//! Every place that says a relation, as `path:line:column: text`, so that editors can jump to it.

use std::io::{self, Write};

use super::path::relation_text;
use super::{CitedRelation, Direction};
use crate::render::ink::{Ink, Style, Text};

/// Writes relations with all their evidence: the relation as a heading, then one line a place. Lines of
/// evidence are never broken.
///
/// ```text
/// Flume ─FEEDS→ HDFS  0.90, 2 places
/// log.txt:122:1: Storage: HDFS  (stage-list)
/// log.txt:140:3: Flume --> HDFS  (arrow)
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn relation_evidence(relations: &[CitedRelation], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, relation) in relations.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        heading(relation).write(style.colour, out)?;
        writeln!(out)?;
        for citation in &relation.evidence {
            let mut line =
                Text::new(Ink::Place, &citation.place()).with(Ink::Dim, ": ").with(Ink::Plain, &citation.quote);
            if !citation.rule.is_empty() {
                line.push(Ink::Dim, &format!("  ({})", citation.rule));
            }
            line.write(style.colour, out)?;
            writeln!(out)?;
        }
        let more = relation.support.saturating_sub(relation.evidence.len());
        if more > 0 {
            Text::new(Ink::Dim, &format!("and {more} more")).write(style.colour, out)?;
            writeln!(out)?;
        }
    }
    Ok(())
}

fn heading(relation: &CitedRelation) -> Text {
    let direction = if relation.symmetric { Direction::Both } else { Direction::Out };
    let places = if relation.support == 1 { "place" } else { "places" };
    let trust = f64::from(relation.confidence) / 1000.0;
    relation_text(&relation.subject.name, &relation.relation_type, direction, &relation.object.name)
        .with(Ink::Dim, &format!("  {trust:.2}, {} {places}", relation.support))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cited::{Citation, NamedConcept};
    use crate::render::string;

    #[test]
    fn each_place_is_a_line_that_editors_read() {
        let concept = |name: &str| NamedConcept { name: name.into(), kind: String::new() };
        let place = |line, quote: &str, rule: &str| Citation {
            path: "log.txt".into(),
            line,
            column: 3,
            quote: quote.into(),
            rule: rule.into(),
            confidence: 900,
        };
        let relation = CitedRelation {
            subject: concept("Flume"),
            relation_type: "FEEDS".into(),
            symmetric: false,
            object: concept("HDFS"),
            confidence: 905,
            support: 3,
            evidence: vec![place(122, "Storage: HDFS", "stage-list"), place(140, "Flume --> HDFS", "")],
        };
        assert_eq!(
            string(|out| relation_evidence(&[relation], Style::PLAIN, out)),
            "Flume ─FEEDS→ HDFS  0.91, 3 places\n\
             log.txt:122:3: Storage: HDFS  (stage-list)\n\
             log.txt:140:3: Flume --> HDFS\n\
             and 1 more\n"
        );
    }
}
