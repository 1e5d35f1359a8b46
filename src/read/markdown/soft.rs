//! Line breaks inside a paragraph: most wrap a sentence, some the writer means.
//!
//! CommonMark joins the lines; many editors show them apart, and people write fields, chains of arrows
//! and bare lists that way. Those stay apart here too, as in plain notes.

use crate::read::plain::{has_arrow, is_field};

/// Lines up to this many bytes are short.
const SHORT: usize = 40;
/// Lines from this many bytes on may have been broken to fit a window.
const LONG: usize = 60;

/// Whether the break between the words `line` and the source line `next` was meant.
pub(super) fn is_meant(line: &str, next: &str) -> bool {
    let line = line.trim();
    if has_bold_key(next) {
        return true;
    }
    let next = next.trim().trim_start_matches(['*', '_', '`', '=', '[', '"', '(']);
    let lower = next.starts_with(char::is_lowercase);
    let wrapped = lower && line.len() >= LONG;
    if next.bytes().take(80).any(|byte| byte == b':') && is_field(&plain(next)) {
        return !wrapped || next.contains("::");
    }
    if has_arrow(line) || has_arrow(next) {
        return !wrapped;
    }
    let short = line.len() <= SHORT && next.len() <= SHORT && !next.is_empty();
    short && !lower && !line.ends_with(['.', ',', ';', '!', '?', ':', '-', '&', '(']) && !line.is_empty()
}

/// Whether a line opens with bold words and a dash, as entries of a list do: `**Parquet** — a columnar format`.
fn has_bold_key(line: &str) -> bool {
    let Some((key, rest)) = line.trim().strip_prefix("**").and_then(|line| line.split_once("**")) else { return false };
    let dashed = rest.trim_start().starts_with(['-', '–', '—']) && rest.starts_with(' ');
    dashed && !key.is_empty() && key.len() <= SHORT
}

/// A line without the emphasis around its key: `**Source:** Kafka` as `Source: Kafka`.
fn plain(line: &str) -> String {
    let head = line.find(':').map_or(line.len(), |colon| (colon + 4).min(line.len()));
    let head = (head..=line.len()).find(|at| line.is_char_boundary(*at)).unwrap_or(line.len());
    line[..head].chars().filter(|c| !"*_`".contains(*c)).collect()
}
