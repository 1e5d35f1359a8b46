//! What an ingest did: one line that counts, then every file that needs a look.

use std::io::{self, Write};

use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};
use crate::store::IngestReport;

/// Writes the report; files are listed whole, none is dropped silently. `milliseconds` is the wall
/// time, where it is to be shown.
///
/// ```text
/// 2 new notes, 1 changed, 0 removed, 30 unchanged
/// 412 concepts, 506 relations (0.8 s)
/// skipped photo.png: not text
/// ```
///
/// # Errors
///
/// Those of `out`.
pub fn ingest_report(
    report: &IngestReport,
    milliseconds: Option<u64>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    changes(report).write_lines(0, style, out)?;
    totals(report, milliseconds).write_lines(0, style, out)?;
    for skipped in &report.skipped {
        problem("skipped", &skipped.path, &skipped.reason, style, out)?;
    }
    for odd in &report.warnings {
        let line = odd.warning.line.map(|line| format!(":{line}")).unwrap_or_default();
        problem("warning", &format!("{}{line}", odd.path), &odd.warning.message, style, out)?;
    }
    for notice in &report.notices {
        Text::new(Ink::Hint, "note").with(Ink::Plain, &format!(": {notice}")).write_lines(0, style, out)?;
    }
    Ok(())
}

fn changes(report: &IngestReport) -> Text {
    let (new, changed, deleted) = (report.new.len(), report.changed.len(), report.deleted.len());
    if new + changed + deleted == 0 {
        let notes = counted(report.unchanged as u64, "note");
        return Text::new(Ink::Plain, &format!("nothing has changed ({notes})"));
    }
    let new = if new == 1 { "1 new note".to_owned() } else { format!("{new} new notes") };
    let rest = format!(", {changed} changed, {deleted} removed, {} unchanged", report.unchanged);
    Text::new(Ink::Heading, &new).with(Ink::Plain, &rest)
}

fn totals(report: &IngestReport, milliseconds: Option<u64>) -> Text {
    let (concepts, relations) = (report.concepts as u64, report.relations as u64);
    let counts = format!("{}, {}", counted(concepts, "concept"), counted(relations, "relation"));
    let mut text = Text::new(Ink::Plain, &counts);
    if let Some(time) = milliseconds {
        text.push(Ink::Dim, &format!(" ({}.{} s)", time / 1000, time % 1000 / 100));
    }
    text
}

fn problem(word: &str, place: &str, message: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    Text::new(Ink::Warning, word)
        .with(Ink::Plain, " ")
        .with(Ink::Place, place)
        .with(Ink::Plain, &format!(": {message}"))
        .write(style.colour, out)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Warning;
    use crate::render::string;
    use crate::store::{NoteWarning, Skipped};
    use crate::text::LineNumber;

    #[test]
    fn changes_totals_and_odd_files_are_told() {
        let warning = Warning { line: Some(LineNumber::from_index(2)), message: "front matter is not YAML".into() };
        let report = IngestReport {
            new: vec!["a.md".into()],
            unchanged: 3,
            concepts: 12,
            relations: 1,
            skipped: vec![Skipped { path: "a\u{1b}.png".into(), reason: "not text".into() }],
            warnings: vec![NoteWarning { path: "b.md".into(), warning }],
            notices: vec!["the index was rebuilt".into()],
            ..IngestReport::default()
        };
        assert_eq!(
            string(|out| ingest_report(&report, Some(1_260), Style::PLAIN, out)),
            "1 new note, 0 changed, 0 removed, 3 unchanged\n\
             12 concepts, 1 relation (1.2 s)\n\
             skipped a\\x1b.png: not text\n\
             warning b.md:3: front matter is not YAML\n\
             note: the index was rebuilt\n"
        );
    }

    #[test]
    fn an_ingest_that_changed_nothing_says_so() {
        let report = IngestReport { unchanged: 2, ..IngestReport::default() };
        let text = string(|out| ingest_report(&report, None, Style::PLAIN, out));
        assert!(text.starts_with("nothing has changed (2 notes)\n0 concepts"), "{text}");
    }
}
