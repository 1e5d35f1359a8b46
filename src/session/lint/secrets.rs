//! What looks like a key, a token or a password in the notes, with no more of it than tells which one it is.

use super::{Check, Checked, Citer, finding};
use crate::render::cited::{Citation, LintFinding, Severity};
use crate::text::{Lines, secret};

pub(super) fn find(citer: Citer<'_>, notes: &[Checked]) -> Vec<LintFinding> {
    let mut findings = Vec::new();
    for note in notes {
        let Some(text) = &note.text else { continue };
        let lines = Lines::new(text);
        for secret in secret::find(text) {
            let position = lines.position(text, secret.span.start);
            let place = Citation {
                path: (citer.locate)(&note.meta.path),
                line: position.line.get(),
                column: position.column,
                quote: secret.shown,
                ..Citation::default()
            };
            let hint = "take it out of the note, and replace the key if it was a real one";
            let message = format!("what looks like {}: {}", secret.what, place.quote);
            findings.push(finding(Check::Secrets, Severity::Warning, message, vec![place], hint));
        }
    }
    findings
}
