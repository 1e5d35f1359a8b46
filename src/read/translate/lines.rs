//! What translations into HTML share: escaping, and line ends that stay as many as they were.

pub(super) use crate::read::markup::{attribute, escape};

/// `new` with as many line ends as `old` has.
pub(super) fn keep_lines(old: &str, new: &str) -> String {
    let missing = old.matches('\n').count().saturating_sub(new.matches('\n').count());
    format!("{new}{}", "\n".repeat(missing))
}

/// How far a line is indented, in columns.
pub(super) fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 8 } else { 1 }).sum()
}

/// HTML under way: one line for each line of the source.
#[derive(Default)]
pub(super) struct Output {
    html: String,
    /// What ends with the next line that has words.
    pending: String,
}

impl Output {
    /// Ends an element once the next words come.
    pub(super) fn close(&mut self, tag: &str) {
        self.pending.push_str(tag);
    }

    /// Writes the lines of `html`, which stand for as many lines of the source.
    pub(super) fn lines(&mut self, html: &str) {
        if !html.trim().is_empty() {
            self.html.push_str(&std::mem::take(&mut self.pending));
        }
        self.html.push_str(html);
        self.html.push('\n');
    }

    /// Writes an empty line.
    pub(super) fn blank(&mut self) {
        self.html.push('\n');
    }

    pub(super) fn finish(self) -> String {
        self.html
    }
}
