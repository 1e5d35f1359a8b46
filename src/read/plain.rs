//! The reader of plain notes.

use super::BlockKind;
use super::draft::{Draft, Words};
use crate::text::{LineNumber, Lines};

/// Reads the text of `draft` line by line.
pub(super) fn read(draft: &mut Draft) {
    let text = draft.text().to_owned();
    let lines = Lines::new(&text);
    let spans: Vec<_> = (0..lines.count()).map(|at| lines.span(&text, LineNumber::from_index(at))).collect();
    for (at, span) in spans.iter().enumerate() {
        let line = span.of(&text).trim();
        let start = span.start + (span.of(&text).len() - span.of(&text).trim_start().len());
        if line.is_empty() || is_rule(line) {
            continue;
        }
        let bullet = line.starts_with(['-', '*']) && !line.starts_with("--");
        let skipped = if bullet { 1 + line[1..].len() - line[1..].trim_start().len() } else { 0 };
        let mut words = Words::default();
        words.push_folded(&line[skipped..], start + skipped);
        if words.len() == 0 {
            continue;
        }
        if spans.get(at + 1).is_some_and(|next| is_rule(next.of(&text).trim())) {
            draft.heading(1, words, false);
        } else if bullet {
            draft.block(BlockKind::Item { number: None, task: None }, words, None, false);
        } else {
            draft.block(BlockKind::Paragraph, words, None, false);
        }
    }
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ["-", "="].iter().any(|mark| line.trim_start_matches(mark).is_empty())
}
