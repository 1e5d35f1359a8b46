//! What an ingest did: one line that counts, then every file that needs a look.

use std::io::{self, Write};

use super::{IngestReport, NoteProblem};
use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};

/// Writes the report; files are listed whole, none is dropped silently.
///
/// ```text
/// 2 new notes, 1 changed, 0 removed, 30 unchanged
/// 412 concepts, 506 relations, 811 places that say so (0.8 s)
/// skipped photo.png: not text
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn ingest_report(report: &IngestReport, style: Style, out: &mut dyn Write) -> io::Result<()> {
    changes(report).write_lines(0, style, out)?;
    totals(report).write_lines(0, style, out)?;
    problems("skipped", &report.skipped, style, out)?;
    problems("warning", &report.warnings, style, out)
}

fn changes(report: &IngestReport) -> Text {
    if report.added + report.changed + report.removed == 0 {
        let notes = counted(report.unchanged as u64, "note");
        return Text::new(Ink::Plain, &format!("nothing has changed ({notes})"));
    }
    let new = if report.added == 1 { "1 new note".to_owned() } else { format!("{} new notes", report.added) };
    let rest = format!(", {} changed, {} removed, {} unchanged", report.changed, report.removed, report.unchanged);
    Text::new(Ink::Heading, &new).with(Ink::Plain, &rest)
}

fn totals(report: &IngestReport) -> Text {
    let counts = format!(
        "{}, {}, {} that say so",
        counted(report.concepts as u64, "concept"),
        counted(report.relations as u64, "relation"),
        counted(report.evidence as u64, "place"),
    );
    let mut text = Text::new(Ink::Plain, &counts);
    if let Some(time) = report.milliseconds {
        text.push(Ink::Dim, &format!(" ({}.{} s)", time / 1000, time % 1000 / 100));
    }
    text
}

fn problems(word: &str, problems: &[NoteProblem], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for problem in problems {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        Text::new(Ink::Warning, word)
            .with(Ink::Plain, " ")
            .with(Ink::Place, &format!("{}{line}", problem.path))
            .with(Ink::Plain, &format!(": {}", problem.message))
            .write(style.colour, out)?;
        writeln!(out)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    #[test]
    fn changes_totals_and_odd_files_are_told() {
        let problem =
            |path: &str, line, message: &str| NoteProblem { path: path.into(), line, message: message.into() };
        let report = IngestReport {
            added: 1,
            unchanged: 3,
            concepts: 12,
            relations: 1,
            evidence: 2,
            skipped: vec![problem("a\u{1b}.png", None, "not text")],
            warnings: vec![problem("b.md", Some(3), "front matter is not YAML")],
            milliseconds: Some(1_260),
            ..IngestReport::default()
        };
        assert_eq!(
            string(|out| ingest_report(&report, Style::PLAIN, out)),
            "1 new note, 0 changed, 0 removed, 3 unchanged\n\
             12 concepts, 1 relation, 2 places that say so (1.2 s)\n\
             skipped a\\x1b.png: not text\n\
             warning b.md:3: front matter is not YAML\n"
        );
    }

    #[test]
    fn an_ingest_that_changed_nothing_says_so() {
        let report = IngestReport { unchanged: 2, ..IngestReport::default() };
        let text = string(|out| ingest_report(&report, Style::PLAIN, out));
        assert!(text.starts_with("nothing has changed (2 notes)\n"), "{text}");
    }
}
