//! Which lines of a plain note go on with the line before.
//!
//! Nothing in a plain note says where its writer broke a sentence to fit the window. It shows,
//! though: the broken line is about as long as the window was wide, and the next begins with a
//! lower-case letter more often than not. [`Wrap`] learns the width from such pairs of lines, and
//! then joins by it. Fields, chains of arrows, bullets and short lines in a row stay apart.

use super::line::{Line, Shape, ends_with_arrow, has_arrow, is_field, starts_with_arrow};

/// No shorter line was broken to fit a window.
const NARROWEST: usize = 30;
/// No window is wider; a longer line was not broken at all.
const WIDEST: usize = 180;

/// How the writer of a note broke lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wrap {
    /// About the width of the window; none when nothing was broken.
    width: Option<usize>,
    /// Whether fresh sentences begin with lower-case letters too, which then show nothing.
    careless: bool,
}

impl Wrap {
    /// Learns from the lines of one note. O(n log n).
    pub(super) fn learn(lines: &[Line<'_>]) -> Self {
        let careless = begins_carelessly(lines);
        let pairs = lines.iter().zip(lines.iter().skip(1));
        let broken = pairs.filter(|(line, next)| is_broken(line, next, careless));
        let mut widths: Vec<usize> = broken.map(|(line, _)| line.width).collect();
        widths.sort_unstable();
        let at = |part: usize| widths.get(widths.len() * part / 100).copied();
        let width = at(25).zip(at(90)).map(|(low, high)| low.max(high * 3 / 4));
        Self { width, careless }
    }

    /// Whether `next` goes on with the block whose first line is `first` and whose last is `line`.
    pub(super) fn joins(&self, first: &Line<'_>, line: &Line<'_>, next: &Line<'_>) -> bool {
        if next.shape != Shape::Text || next.quote != line.quote {
            return false;
        }
        let lower = begins_low(next.words);
        let full = self.is_full(line, next);
        if continues_chain(first, line, next) || lower && line.width >= NARROWEST && is_cut(line.whole) {
            return true;
        }
        if is_field(next.whole) || has_arrow(line.whole) || has_arrow(next.whole) {
            return full && lower;
        }
        match first.shape {
            Shape::Item { .. } => self.joins_item(first, line, next, full, lower),
            _ => self.joins_text(first, line, next, full, lower),
        }
    }

    fn joins_item(&self, first: &Line<'_>, line: &Line<'_>, next: &Line<'_>, full: bool, lower: bool) -> bool {
        if next.indent > first.indent {
            full || lower && !line.whole.ends_with(':')
        } else {
            full && (lower || !ends_sentence(line.whole))
        }
    }

    fn joins_text(&self, first: &Line<'_>, line: &Line<'_>, next: &Line<'_>, full: bool, lower: bool) -> bool {
        if line.whole.ends_with(':') && next.indent > first.indent {
            return full && lower;
        }
        let long = line.width >= self.width.map_or(NARROWEST, |width| (width * 3 / 5).max(NARROWEST));
        full || lower && !self.careless && long && !ends_sentence(line.whole)
    }

    /// Whether the first word of `next` had no room left on `line`.
    fn is_full(&self, line: &Line<'_>, next: &Line<'_>) -> bool {
        let word = next.words.split_whitespace().next().map_or(0, |word| word.chars().count());
        let fits = self.width.is_some_and(|width| line.width + 1 + word >= width);
        fits && (NARROWEST..=WIDEST).contains(&line.width)
    }
}

/// Whether `line` looks as if it had been broken before `next`.
fn is_broken(line: &Line<'_>, next: &Line<'_>, careless: bool) -> bool {
    let words = matches!(line.shape, Shape::Text | Shape::Item { .. }) && next.shape == Shape::Text;
    let long = if careless { 60 } else { NARROWEST };
    words && (long..=WIDEST).contains(&line.width) && begins_low(next.words) && !ends_sentence(line.whole)
}

/// Whether an arrow at the end of `line` or at the start of `next` points from one to the other.
fn continues_chain(first: &Line<'_>, line: &Line<'_>, next: &Line<'_>) -> bool {
    let inner = has_arrow(line.whole) && !starts_with_arrow(line.whole);
    ends_with_arrow(line.whole) || starts_with_arrow(next.whole) && inner && next.indent >= first.indent
}

/// Whether the line ends in the middle of a word, at its hyphen.
fn is_cut(words: &str) -> bool {
    words.strip_suffix('-').is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether most lines after a blank line begin with a lower-case letter.
fn begins_carelessly(lines: &[Line<'_>]) -> bool {
    let mut before = true;
    let (mut low, mut all) = (0usize, 0usize);
    for line in lines {
        if before && matches!(line.shape, Shape::Text | Shape::Item { .. }) {
            all += 1;
            low += usize::from(begins_low(line.words));
        }
        before = matches!(line.shape, Shape::Blank | Shape::Rule(_));
    }
    low * 2 > all && all >= 3
}

/// Whether words begin as only the middle of a sentence does.
fn begins_low(words: &str) -> bool {
    words.trim_start_matches(['(', '"', '\'', '“', '`']).starts_with(char::is_lowercase)
        || words.starts_with([',', ';', ')', '&'])
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', ')', '”', '\'', '*', '_']).ends_with(['.', '!', '?', '。'])
}
