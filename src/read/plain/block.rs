//! Lines put together to blocks.

use super::heading::{self, Heading};
use super::line::{self, Line, Shape};
use super::nest::Nest;
use super::table::Table;
use super::wrap::Wrap;
use super::{code, table};
use crate::read::draft::{Draft, Words};
use crate::read::{BlockKind, inline};
use crate::text::Span;

/// Reads the blocks of `text` into `draft`.
pub(in crate::read) fn read(text: &str, draft: &mut Draft<'_>) {
    let lines = line::lines(text);
    let wrap = Wrap::learn(&lines);
    let mut reader = Reader { text, lines: &lines, wrap, nest: Nest::default(), tables: 0, draft };
    reader.read(&heading::find(&lines));
}

struct Reader<'a, 'd> {
    text: &'a str,
    lines: &'a [Line<'a>],
    wrap: Wrap<'a>,
    nest: Nest,
    tables: u32,
    draft: &'a mut Draft<'d>,
}

impl<'a> Reader<'a, '_> {
    fn read(&mut self, headings: &[Heading<'a>]) {
        let mut start = 0;
        for (heading, level) in headings.iter().zip(heading::levels(headings)) {
            self.blocks(start, heading.start);
            let mut words = Words::default();
            words.push_folded(heading.words, heading.at);
            self.draft.heading(level, words, false);
            self.nest.clear();
            start = heading.end;
        }
        self.blocks(start, self.lines.len());
    }

    /// Reads the lines between two headings.
    fn blocks(&mut self, mut at: usize, end: usize) {
        let lines = &self.lines[..end];
        while at < end {
            at = match lines[at].shape {
                Shape::Blank => self.skip(at),
                _ => self.code(lines, at).or_else(|| self.table(lines, at)).unwrap_or_else(|| self.block(lines, at)),
            };
        }
    }

    fn skip(&mut self, at: usize) -> usize {
        self.nest.blank();
        at + 1
    }

    fn code(&mut self, lines: &[Line<'a>], start: usize) -> Option<usize> {
        let code = code::at(lines, start)?;
        let mut words = Words::default();
        let indent = lines[code.lines.clone()].iter().filter(|l| l.shape != Shape::Blank).map(|l| l.indent).min();
        for line in &lines[code.lines.clone()] {
            let gap = line.indent.saturating_sub(indent.unwrap_or(0)).min(line.at - line.start);
            let from = (line.at - gap..=line.at).find(|from| self.text.is_char_boundary(*from)).unwrap_or(line.at);
            words.push_code(&self.text[from..line.at + line.whole.len()], from);
            words.push_code("\n", line.at + line.whole.len());
        }
        let parent = self.nest.parent(&lines[start]);
        let kind = BlockKind::Code { language: code.language.map(str::to_owned) };
        self.draft.block(kind, words, parent, lines[start].quote > 0);
        Some(code.end)
    }

    fn table(&mut self, lines: &[Line<'a>], start: usize) -> Option<usize> {
        let Table { rows, end, header, bar } = table::at(lines, start)?;
        let parent = self.nest.parent(&lines[start]);
        for (number, row) in rows.into_iter().enumerate() {
            let line = &lines[row];
            let mut words = Words::default();
            let mut cells = Vec::new();
            for (cell, at) in table::cells(line.whole, bar) {
                if !cells.is_empty() {
                    words.bar(line.at + at);
                }
                let from = words.len();
                words.push_folded(cell, line.at + at);
                cells.push(Span::new(from, words.len()));
            }
            inline::mark_plain(&mut words);
            let kind = BlockKind::Row { table: self.tables, header: header && number == 0, cells };
            self.draft.block(kind, words, parent, line.quote > 0);
        }
        self.tables += 1;
        Some(end)
    }

    fn block(&mut self, lines: &[Line<'a>], start: usize) -> usize {
        let first = &lines[start];
        if matches!(first.shape, Shape::Rule(_)) {
            self.nest.clear();
            return start + 1;
        }
        let mut words = Words::default();
        words.push_folded(first.words, first.words_at);
        let mut end = start + 1;
        while end < lines.len() && self.wrap.joins(start, end) {
            words.join(lines[end].words, lines[end].words_at, lines[end - 1].at + lines[end - 1].whole.len());
            end += 1;
        }
        if words.as_str().contains(char::is_alphanumeric) {
            inline::mark_plain(&mut words);
            let parent = self.nest.parent(first);
            let block = self.draft.block(kind(first), words, parent, first.quote > 0);
            self.nest.open(block, first, &lines[end - 1]);
        }
        end
    }
}

fn kind(line: &Line<'_>) -> BlockKind {
    match line.shape {
        Shape::Item { number, task, .. } => BlockKind::Item { number, task },
        _ => BlockKind::Paragraph,
    }
}
