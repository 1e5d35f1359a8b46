//! The end of a block: its words go into the draft as what they are, under what they stand in.

use super::block::{Open, Place, Reader};
use crate::read::draft::Words;
use crate::read::{BlockId, BlockKind};

impl Reader<'_, '_> {
    /// Ends the block under way, if it has words.
    pub(in crate::read::markdown) fn flush(&mut self) {
        match std::mem::replace(&mut self.place, Place::Text) {
            Place::Text => self.flush_text(),
            Place::Heading(level) if !self.inlines.is_empty() => {
                let words = self.inlines.take(self.text);
                self.draft.heading(level, words, self.quotes > 0);
                self.intro = None;
            }
            Place::Code(language) if !self.inlines.is_empty() => {
                let words = self.inlines.take_code();
                self.block(BlockKind::Code { language }, words);
            }
            Place::Row { header, .. } if self.cells.iter().any(|cell| !cell.is_empty()) => {
                let words = self.inlines.take(self.text);
                let kind = BlockKind::Row { table: self.tables, header, cells: std::mem::take(&mut self.cells) };
                self.block(kind, words);
            }
            _ => {
                self.inlines.take_code();
                self.cells.clear();
            }
        }
    }

    fn flush_text(&mut self) {
        let words = self.inlines.take(self.text);
        if words.as_str().trim().is_empty() {
            return;
        }
        let introduces = words.as_str().trim_end().ends_with(':');
        let kind = match self.open.last() {
            Some(Open::Item { number, task, block: None }) => BlockKind::Item { number: *number, task: *task },
            _ => BlockKind::Paragraph,
        };
        let is_item = kind != BlockKind::Paragraph;
        let block = self.block(kind, words);
        if let Some(Open::Item { block: first, .. }) = self.open.last_mut().filter(|_| is_item) {
            *first = Some(block);
        } else if introduces {
            self.intro = Some(block);
        }
    }

    pub(super) fn block(&mut self, kind: BlockKind, words: Words) -> BlockId {
        let parent = self.open.iter().rev().find_map(|open| match open {
            Open::Item { block, .. } => *block,
            Open::List { intro, .. } => *intro,
        });
        self.intro = None;
        self.draft.block(kind, words, parent, self.quotes > 0)
    }
}
