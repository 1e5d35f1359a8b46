//! What a build from facts did: what the graph holds, and what was left out of it.

use std::io::{self, Write};

use super::grouped;
use crate::render::ink::{Ink, Style, Text};
use crate::store::FactsReport;

/// Writes the report. `milliseconds` is the wall time, where it is to be shown.
///
/// ```text
/// 2 concepts, 1 relation from 4 facts in 1 file (0.1 s)
/// left out: 1 fact about a concept that no row names
/// note: built from facts, this index has no text to search and is rebuilt from them
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn facts_report(
    report: &FactsReport,
    milliseconds: Option<u64>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let (concepts, relations) = (report.concepts as u64, report.relations as u64);
    let built = format!("{}, {}", many(concepts, "concept"), many(relations, "relation"));
    let from = format!(" from {} in {}", many(report.facts, "fact"), many(report.files as u64, "file"));
    let mut text = Text::new(Ink::Heading, &built).with(Ink::Plain, &from);
    if let Some(time) = milliseconds {
        text.push(Ink::Dim, &format!(" ({}.{} s)", time / 1000, time % 1000 / 100));
    }
    text.write_lines(0, style, out)?;
    let left_out = [
        (report.unknown_concepts, "fact", " about a concept that no row names"),
        (report.self_relations, "relation", " of a concept with itself"),
        (report.unread_notes, "note", " that could not be read where the facts were made"),
    ];
    for (count, what, which) in left_out.into_iter().filter(|(count, ..)| *count > 0) {
        let told = format!(": {}{which}", many(count, what));
        Text::new(Ink::Warning, "left out").with(Ink::Plain, &told).write_lines(0, style, out)?;
    }
    for path in &report.passed_over {
        Text::new(Ink::Warning, "passed over")
            .with(Ink::Plain, ": ")
            .with(Ink::Place, path)
            .write_lines(0, style, out)?;
    }
    let unchanged = if report.committed { "" } else { "; nothing has changed" };
    let note = format!(": built from facts, this index has no text to search and is rebuilt from them{unchanged}");
    Text::new(Ink::Hint, "note").with(Ink::Plain, &note).write_lines(0, style, out)
}

/// A number with its noun, thousands set apart.
fn many(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    #[test]
    fn what_was_left_out_is_told() {
        let report = FactsReport {
            files: 1,
            facts: 10_000,
            passed_over: vec!["facts/a\u{1b}.md".into()],
            unknown_concepts: 2,
            self_relations: 1,
            unread_notes: 0,
            concepts: 1_234,
            relations: 1,
            committed: true,
        };
        assert_eq!(
            string(|out| facts_report(&report, Some(1_260), Style::PLAIN, out)),
            "1,234 concepts, 1 relation from 10,000 facts in 1 file (1.2 s)\n\
             left out: 2 facts about a concept that no row names\n\
             left out: 1 relation of a concept with itself\n\
             passed over: facts/a\\x1b.md\n\
             note: built from facts, this index has no text to search and is rebuilt from them\n"
        );
    }
}
