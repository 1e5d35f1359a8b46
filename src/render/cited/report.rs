//! What an ingest did: one line that counts, then the files that need a look.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::read::place;
use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};
use crate::store::IngestReport;

/// How many skipped files with one reason are named each on its own line.
const NAMED: usize = 4;

/// Writes the report. Where many files were skipped for one reason, as the pictures of a vault are, they are counted and
/// the first ones named; `whole` names all. `milliseconds` is the wall time, where it is to be shown.
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
    whole: bool,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    changes(report).write_lines(0, style, out)?;
    totals(report, milliseconds).write_lines(0, style, out)?;
    skipped(report, whole, style, out)?;
    for odd in &report.warnings {
        let place = odd.warning.line.map_or_else(|| odd.path.clone(), |line| place(&odd.path, line.get()));
        problem("warning", &place, &odd.warning.message, style, out)?;
    }
    for notice in &report.notices {
        Text::new(Ink::Hint, "note").with(Ink::Plain, &format!(": {notice}")).write_lines(0, style, out)?;
    }
    Ok(())
}

fn skipped(report: &IngestReport, whole: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for skipped in &report.skipped {
        reasons.entry(&skipped.reason).or_default().push(&skipped.path);
    }
    for (reason, paths) in reasons {
        if whole || paths.len() <= NAMED {
            paths.iter().try_for_each(|path| problem("skipped", path, reason, style, out))?;
        } else {
            let files = counted(paths.len() as u64, "file");
            let more = paths.len() - NAMED + 1;
            let names = format!("{reason}: {} and {more} more (-v names them)", paths[..NAMED - 1].join(", "));
            problem("skipped", &files, &names, style, out)?;
        }
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
            string(|out| ingest_report(&report, Some(1_260), false, Style::PLAIN, out)),
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
        let text = string(|out| ingest_report(&report, None, false, Style::PLAIN, out));
        assert!(text.starts_with("nothing has changed (2 notes)\n0 concepts"), "{text}");
    }

    #[test]
    fn many_files_skipped_for_one_reason_are_counted() {
        let skipped = |path: &str| Skipped { path: path.into(), reason: "no reader knows `.png` files".into() };
        let report = IngestReport {
            unchanged: 2,
            skipped: ["a.png", "b.png", "c.png", "d.png", "e.png"].map(skipped).into(),
            ..IngestReport::default()
        };
        let text = |whole| string(|out| ingest_report(&report, None, whole, Style::PLAIN, out));
        let short = "skipped 5 files: no reader knows `.png` files: a.png, b.png, c.png and 2 more (-v names them)\n";
        assert_eq!(text(false).lines().skip(2).collect::<Vec<_>>(), [short.trim_end()]);
        assert_eq!(text(true).lines().skip(2).count(), 5);
    }
}
