//! Positions of many places of one note in the order of the text.

use crate::text::{Lines, Position};

/// Tells positions; a place on the line of the one before is counted from there on.
#[derive(Debug)]
pub(super) struct Places<'a> {
    text: &'a str,
    lines: &'a Lines,
    last: Option<(usize, Position)>,
}

impl<'a> Places<'a> {
    /// Positions in `text`, whose lines are `lines`.
    pub(super) fn new(text: &'a str, lines: &'a Lines) -> Self {
        Self { text, lines, last: None }
    }

    /// The line and column of byte `offset`.
    pub(super) fn position(&mut self, offset: usize) -> Position {
        let position = match self.last {
            Some((at, last)) if at <= offset && self.lines.line_of(offset) == last.line => {
                let between = self.text.get(at..offset).unwrap_or("").chars().count();
                Position { column: last.column.saturating_add(u32::try_from(between).unwrap_or(u32::MAX)), ..last }
            }
            _ => self.lines.position(self.text, offset),
        };
        self.last = Some((offset, position));
        position
    }
}
