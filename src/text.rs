//! Places in texts: what every room points with.
//!
//! A [`Span`] is bytes in a text, a [`Position`] is a line and a column for people. [`Lines`] turns
//! one into the other. [`fold`] is how two names are compared everywhere in quipu. [`secret`] finds
//! what must not be shown.

pub(crate) mod hash;
pub mod secret;

use std::borrow::Cow;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// A name shared by many facts: cheap to clone, compared by its characters.
pub type Name = Arc<str>;

/// Bytes `start..end` of a text, half-open, always on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many bytes it covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The covered part of `text`; empty when the span lies outside it.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The number of a line, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LineNumber(NonZeroU32);

impl LineNumber {
    /// The first line of a text.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The line with `index` lines before it; saturates at the largest number.
    #[must_use]
    pub fn from_index(index: usize) -> Self {
        let number = u32::try_from(index).unwrap_or(u32::MAX - 1) + 1;
        Self(NonZeroU32::new(number).expect("one was added"))
    }

    /// The number, from 1.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for LineNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A place in a text as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The line, from 1.
    pub line: LineNumber,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// Where the lines of a text start. Lines end at LF; a CR before it belongs to the line's end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    starts: Vec<usize>,
    /// The characters that begin before each [`STRIDE`] bytes, so that columns of long lines are quick; none in a text of ASCII.
    counted: Vec<usize>,
}

/// Bytes of a text for one line of it, about.
const BYTES_A_LINE: usize = 32;

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 1024;

impl Lines {
    /// Finds the lines of `text`. O(n).
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / BYTES_A_LINE + 1);
        starts.push(0);
        for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
            starts.push(at + 1);
        }
        let mut counted = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                counted.push(seen);
                seen += begun(chunk);
            }
        }
        Self { starts, counted }
    }

    /// How many lines there are; a final LF opens one more, empty line.
    #[must_use]
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The line that holds byte `offset`. O(log lines).
    #[must_use]
    pub fn line_of(&self, offset: usize) -> LineNumber {
        LineNumber::from_index(self.starts.partition_point(|start| *start <= offset).saturating_sub(1))
    }

    /// The line and column of byte `offset` of `text`. O(log lines), however long the line is.
    #[must_use]
    pub fn position(&self, text: &str, offset: usize) -> Position {
        self.position_on(text, offset, self.line_of(offset))
    }

    /// As [`position`](Self::position), looking first whether it is on line `near`. O(1) where it is.
    #[must_use]
    pub fn position_near(&self, text: &str, offset: usize, near: LineNumber) -> Position {
        let index = near.get() as usize - 1;
        let begins = self.starts.get(index).is_some_and(|start| *start <= offset);
        let ends = self.starts.get(index + 1).is_none_or(|next| offset < *next);
        self.position_on(text, offset, if begins && ends { near } else { self.line_of(offset) })
    }

    fn position_on(&self, text: &str, offset: usize, line: LineNumber) -> Position {
        let start = self.starts.get(line.get() as usize - 1).copied().unwrap_or(0);
        let before = match text.get(start..offset) {
            Some(before) if self.counted.is_empty() => before.len(),
            Some(before) if before.len() > STRIDE => self.characters(text, offset) - self.characters(text, start),
            Some(before) if before.is_ascii() => before.len(),
            before => before.unwrap_or("").chars().count(),
        };
        Position { line, column: u32::try_from(before).unwrap_or(u32::MAX - 1).saturating_add(1) }
    }

    /// How many characters of `text` begin before byte `offset`.
    fn characters(&self, text: &str, offset: usize) -> usize {
        let at = (offset / STRIDE).min(self.counted.len().saturating_sub(1));
        let from = (at * STRIDE).min(offset);
        self.counted.get(at).copied().unwrap_or(0) + begun(&text.as_bytes()[from..offset])
    }

    /// The bytes of `line` without its line end; empty past the last line.
    #[must_use]
    pub fn span(&self, text: &str, line: LineNumber) -> Span {
        let index = line.get() as usize - 1;
        let Some(start) = self.starts.get(index).copied() else { return Span::new(text.len(), text.len()) };
        let end = self.starts.get(index + 1).map_or(text.len(), |next| next - 1);
        let line = Span::new(start, end);
        Span::new(start, start + line.of(text).trim_end_matches('\r').len())
    }
}

/// How many characters begin in a run of UTF-8.
fn begun(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// The form in which names are compared: NFC, lower case, white space folded to single spaces.
///
/// ```
/// assert_eq!(quipu::text::fold("  Apache\tKafka "), "apache kafka");
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return fold_spaces(&name.to_ascii_lowercase()).into_owned();
    }
    let lower: String = name.nfc().flat_map(char::to_lowercase).collect();
    fold_spaces(&lower.nfc().collect::<String>()).into_owned()
}

/// `text` trimmed, with each run of white space as one space.
#[must_use]
pub fn fold_spaces(text: &str) -> Cow<'_, str> {
    if is_folded(text) {
        return text.trim().into();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded.into()
}

/// Whether single spaces are surely the only white space in `text`.
pub(crate) fn is_folded(text: &str) -> bool {
    // White space beyond ASCII begins with one of these bytes. No early exit: this way it is vectorised.
    let odd = |byte: u8| matches!(byte, b'\t'..=b'\r' | 0xc2 | 0xe1..=0xe3);
    let Some((first, rest)) = text.as_bytes().split_first() else { return true };
    let pairs = text.as_bytes().iter().zip(rest);
    !pairs.fold(odd(*first), |found, (one, two)| found | odd(*two) | (*one == b' ') & (*two == b' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_keep_carriage_returns_out_of_lines() {
        let text = "é: one\r\ntwo";
        let lines = Lines::new(text);
        assert_eq!(lines.count(), 2);
        assert_eq!(lines.position(text, 4), Position { line: LineNumber::FIRST, column: 4 });
        assert_eq!(lines.span(text, LineNumber::FIRST).of(text), "é: one");
        assert_eq!(lines.position(text, 9).line.get(), 2);
        for (at, near) in (0..=text.len()).flat_map(|at| (0..4).map(move |near| (at, near))) {
            assert_eq!(lines.position_near(text, at, LineNumber::from_index(near)), lines.position(text, at));
        }
    }

    #[test]
    fn columns_of_long_lines_are_those_that_counting_gives() {
        let text = format!("one\n{}é end", "aé→𝄞".repeat(1500));
        let lines = Lines::new(&text);
        for (column, (at, _)) in text[4..].char_indices().enumerate() {
            let position = lines.position(&text, 4 + at);
            assert_eq!((position.line.get(), position.column as usize), (2, column + 1));
        }
    }

    #[test]
    fn composed_and_decomposed_names_fold_alike() {
        assert_eq!(fold("Cafe\u{301}  DB"), fold("CAFÉ db"));
    }
}
