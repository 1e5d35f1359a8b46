//! Tables without a header row: lines that begin with a bar.
//!
//! GitHub's Markdown asks for a header and a line of dashes, kramdown does not, and people write such tables for either. They
//! come as the text of a paragraph, in which bars part the cells.

use super::block::{Place, Reader};
use crate::read::BlockKind;
use crate::text::Span;

/// Whether the paragraph `source` opens with a row: a bar, words, and another bar between blanks.
pub(super) fn is_row(source: &str) -> bool {
    let rest = source.strip_prefix('|').and_then(|rest| rest.lines().next()).unwrap_or("");
    rest.contains(" | ") || rest.contains("\t| ")
}

impl Reader<'_, '_> {
    /// Adds text that stands at `span` of the note; its bars part cells, but for those behind a backslash.
    pub(super) fn bare_cells(&mut self, text: &str, span: Span) {
        if text.len() != span.len() {
            return self.inlines.text(text, span, &self.hidden);
        }
        let escaped = usize::from(text.starts_with('|') && self.text[..span.start].ends_with('\\'));
        let mut at = span.start + escaped;
        self.inlines.text(&text[..escaped], Span::new(span.start, at), &self.hidden);
        let mut pieces = text[escaped..].split('|').peekable();
        let mut opens = false;
        while let Some(piece) = pieces.next() {
            if opens {
                self.next_bare_cell(at - 1);
            }
            let words = if opens { piece.trim_start() } else { piece };
            let start = at + piece.len() - words.len();
            opens = pieces.peek().is_some();
            let words = if opens { words.trim_end() } else { words };
            self.inlines.text(words, Span::new(start, start + words.len()), &self.hidden);
            at += piece.len() + 1;
        }
    }

    /// The bar at byte `at` of the note ends a cell, if it does not open the row, and begins the next.
    fn next_bare_cell(&mut self, at: usize) {
        let Place::Bare { cell } = &self.place else { return };
        if let Some(start) = *cell {
            self.cells.push(Span::new(start, self.inlines.end().max(start)));
            self.inlines.bar(at);
        }
        self.place = Place::Bare { cell: Some(self.inlines.len()) };
    }

    /// Ends the row under way at a line break, if it is one of a table without a header; the next line may be another.
    pub(super) fn ends_bare_row(&mut self, line_break: Span) -> bool {
        let ends = self.end_bare_row();
        if ends && self.text[line_break.end..].trim_start_matches(['>', ' ', '\t']).starts_with('|') {
            self.place = Place::Bare { cell: None };
        }
        ends
    }

    /// Ends the row under way, if it is one of a table without a header. A bar at its end opens no cell, and a row of
    /// dashes is none.
    pub(super) fn end_bare_row(&mut self) -> bool {
        let Place::Bare { cell } = self.place else { return false };
        let start = cell.unwrap_or(0);
        let end = self.inlines.end();
        if end > start {
            self.cells.push(Span::new(start, end));
        }
        self.place = Place::Text;
        let mut words = self.inlines.take(self.text);
        let cells = std::mem::take(&mut self.cells);
        words.truncate(cells.last().map_or(0, |last| last.end));
        if words.as_str().contains(char::is_alphanumeric) {
            self.block(BlockKind::Row { table: self.tables, header: false, cells }, words);
        }
        true
    }
}
