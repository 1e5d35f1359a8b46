//! What a line stands under: the nearest item or introducing line with less indent.

use super::line::{Line, Shape};
use crate::read::BlockId;

/// At most so many blank lines stand between an introducing line and its list.
const APART: usize = 1;

/// The lines that the next one may stand under, outermost first.
#[derive(Debug, Default)]
pub(super) struct Nest {
    open: Vec<Open>,
    /// Blank lines since the last block.
    blanks: usize,
}

#[derive(Debug)]
struct Open {
    block: BlockId,
    indent: usize,
    item: bool,
    /// Whether it ends with a colon.
    introduces: bool,
    /// The indent of what first stood under it.
    inner: Option<usize>,
    /// Blank lines since it, as long as nothing stands under it.
    blanks: usize,
}

impl Nest {
    /// Forgets everything: a heading or rule stands here.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// Takes note of a blank line.
    pub(super) fn blank(&mut self) {
        self.blanks += 1;
    }

    /// What a block that begins with `line` stands under.
    pub(super) fn parent(&mut self, line: &Line<'_>) -> Option<BlockId> {
        let blanks = std::mem::take(&mut self.blanks);
        if let Some(last) = self.open.last_mut() {
            last.blanks = blanks;
        }
        let item = matches!(line.shape, Shape::Item { .. });
        let indent = self.level(line.indent, item);
        while self.open.pop_if(|top| !top.holds(indent, item)).is_some() {}
        let parent = self.open.iter_mut().rev().find(|open| open.item || open.inner.is_some() || open.is_near())?;
        parent.inner.get_or_insert(indent);
        Some(parent.block)
    }

    /// Opens a block that begins with `line` and ends with `last`.
    pub(super) fn open(&mut self, block: BlockId, line: &Line<'_>, last: &Line<'_>) {
        let item = matches!(line.shape, Shape::Item { .. });
        let indent = self.level(line.indent, item);
        let introduces = last.whole.ends_with(':');
        self.open.push(Open { block, indent, item, introduces, inner: None, blanks: 0 });
    }

    /// The indent of an item, where one column more than its sibling counts for nothing.
    fn level(&self, indent: usize, item: bool) -> usize {
        let sibling = self.open.iter().rev().find(|open| open.item && open.indent <= indent);
        sibling.filter(|open| item && indent - open.indent == 1).map_or(indent, |open| open.indent)
    }
}

impl Open {
    /// Whether a line of that indent may stand under it.
    fn holds(&self, indent: usize, item: bool) -> bool {
        let beside = item && !self.item && self.introduces && self.inner.unwrap_or(indent) == indent;
        self.indent < indent || self.indent == indent && beside && (self.inner.is_some() || self.blanks <= APART)
    }

    /// Whether a list right below it is meant to be introduced by it.
    fn is_near(&self) -> bool {
        self.blanks == 0 || self.introduces && self.blanks <= APART
    }
}
