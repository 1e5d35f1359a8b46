//! What `lint` found, as compilers print it: `path:line: warning: message [check]`.

use std::io::{self, Write};

use super::{LintFinding, Severity};
use crate::render::counted;
use crate::render::ink::{Ink, Style, Text};

/// Places shown of one finding.
const PLACES: usize = 5;

/// Writes findings in the order given, then how many there are.
///
/// # Errors
///
/// Those of `out`.
pub fn lint_findings(findings: &[LintFinding], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        heading(finding).write(style.colour, out)?;
        writeln!(out)?;
        places(finding, style, out)?;
        if let Some(hint) = &finding.hint {
            Text::new(Ink::Hint, "  hint: ").with(Ink::Plain, hint).write_lines(0, style, out)?;
        }
    }
    if findings.is_empty() {
        return writeln!(out, "nothing to report");
    }
    let warnings = findings.iter().filter(|finding| finding.severity == Severity::Warning).count() as u64;
    let notes = findings.len() as u64 - warnings;
    let total = format!("\n{}, {}", counted(warnings, "warning"), counted(notes, "note"));
    writeln!(out, "{}", Ink::Dim.paint(&total, style.colour))
}

fn heading(finding: &LintFinding) -> Text {
    let (ink, word) = match finding.severity {
        Severity::Warning => (Ink::Warning, "warning"),
        Severity::Note => (Ink::Hint, "note"),
    };
    let mut text = Text::default();
    if let [place] = finding.places.as_slice() {
        text = text.with(Ink::Place, &place.place()).with(Ink::Plain, ": ");
    }
    text.with(ink, word)
        .with(Ink::Plain, &format!(": {} ", finding.message))
        .with(Ink::Dim, &format!("[{}]", finding.check))
}

fn places(finding: &LintFinding, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let listed = if finding.places.len() > 1 { finding.places.as_slice() } else { &[] };
    for place in listed.iter().take(PLACES) {
        let mut line = Text::new(Ink::Place, &place.place());
        if !place.quote.is_empty() {
            line = line.with(Ink::Plain, ": ").with(Ink::Plain, &place.quote);
        }
        write!(out, "  ")?;
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    if listed.len() > PLACES {
        let more = format!("  and {}", counted((listed.len() - PLACES) as u64, "more place"));
        writeln!(out, "{}", Ink::Dim.paint(&more, style.colour))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::cited::Citation;
    use crate::render::string;

    #[test]
    fn findings_name_their_place_and_their_check() {
        let place = |line| Citation { path: "aws.txt".into(), line, column: 4, ..Citation::default() };
        let dead = LintFinding {
            severity: Severity::Warning,
            check: "dead-link".into(),
            message: "no note named `Kafak`".into(),
            places: vec![place(3)],
            hint: Some("did you mean Kafka?".into()),
        };
        let acronym = LintFinding {
            severity: Severity::Note,
            check: "unexpanded".into(),
            message: "`SLA` is never spelled out".into(),
            places: vec![place(5), place(9)],
            hint: None,
        };
        assert_eq!(
            string(|out| lint_findings(&[dead, acronym], Style::PLAIN, out)),
            "aws.txt:3:4: warning: no note named `Kafak` [dead-link]\n\
             \x20 hint: did you mean Kafka?\n\
             note: `SLA` is never spelled out [unexpanded]\n\
             \x20 aws.txt:5:4\n\
             \x20 aws.txt:9:4\n\
             \n\
             1 warning, 1 note\n"
        );
        assert_eq!(string(|out| lint_findings(&[], Style::PLAIN, out)), "nothing to report\n");
    }
}
