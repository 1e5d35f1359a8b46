//! Headings of plain notes, by the habits people have.
//!
//! ```text
//! ---------      EC2      == Title ==      1. Introduction      ARCHITECTURE
//!   Profile      ---      # Title
//! ---------
//! ```
//! Each habit has a rank; the ranks a note uses become its levels 1, 2, 3 and on.

use super::line::{Line, Shape};
use super::title;

/// Titles longer than this are sentences.
const LONGEST: usize = 100;

/// A heading and the lines it takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Heading<'a> {
    /// Its first line, a rule where it is boxed.
    pub start: usize,
    /// One past its last line.
    pub end: usize,
    /// Its words without number and marks.
    pub words: &'a str,
    /// Where they start in the note.
    pub at: usize,
    /// Its rank by habit, the highest first; [`levels`] turns ranks into levels.
    rank: u16,
}

/// The habits, the highest first.
pub(super) mod rank {
    pub(in crate::read::plain) const BOX_EQUALS: u16 = 0;
    pub(in crate::read::plain) const BOX: u16 = 1;
    pub(in crate::read::plain) const FIRST_LINE: u16 = 2;
    pub(in crate::read::plain) const EQUALS: u16 = 3;
    pub(in crate::read::plain) const NUMBERED: u16 = 4;
    pub(in crate::read::plain) const DASHES: u16 = 20;
    pub(in crate::read::plain) const OTHER_LINE: u16 = 21;
    pub(in crate::read::plain) const HASHES: u16 = 30;
    pub(in crate::read::plain) const WIKI: u16 = 40;
    pub(in crate::read::plain) const CAPITALS: u16 = 50;
    pub(in crate::read::plain) const COUNTED: u16 = 60;
}

/// Finds the headings of a note, in order.
pub(super) fn find<'a>(lines: &[Line<'a>]) -> Vec<Heading<'a>> {
    let counted = title::are_numbers_sections(lines);
    let mut headings: Vec<Heading<'a>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let after = headings.last().is_some_and(|last| last.end == at);
        let found = boxed(lines, at)
            .or_else(|| underlined(lines, at, after))
            .or_else(|| title::bare(lines, at, after, counted));
        at = found.map_or(at + 1, |heading| heading.end);
        headings.extend(found);
    }
    let unboxed = headings.iter().all(|heading| heading.rank > rank::BOX);
    let first = title::first_line(lines).filter(|first| headings.first().is_none_or(|h| h.start > first.start));
    if let Some(first) = first.filter(|_| unboxed) {
        headings.insert(0, first);
    }
    headings
}

/// The level of each heading, from 1.
pub(super) fn levels(headings: &[Heading<'_>]) -> Vec<u8> {
    let mut ranks: Vec<u16> = headings.iter().map(|heading| heading.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let level = |rank: u16| u8::try_from(ranks.partition_point(|r| *r <= rank)).unwrap_or(u8::MAX);
    headings.iter().map(|heading| level(heading.rank)).collect()
}

/// A rule, a title of at most three lines, a rule of the same kind.
fn boxed<'a>(lines: &[Line<'a>], start: usize) -> Option<Heading<'a>> {
    let (mark, length) = drawn(lines.get(start)?)?;
    let close = (start + 2..=start + 4).find(|at| lines.get(*at).is_some_and(|line| drawn(line).is_some()))?;
    let (same, closing) = drawn(&lines[close])?;
    let title = &lines[start + 1..close];
    let fits = title.iter().all(|line| is_titled(line) && line.whole.len() <= LONGEST);
    if mark != same || length.abs_diff(closing) > 2 || length < 4 || !fits {
        return None;
    }
    // Of a title over several lines the first holds the words; the others follow as text of the section.
    let end = if title.len() == 1 { close + 1 } else { start + 2 };
    let rank = if mark == '=' { rank::BOX_EQUALS } else { rank::BOX };
    let side = |c: char| c == mark && mark != '"' || "|║│┃".contains(c);
    let whole = title[0].whole.trim_matches(side).trim();
    let at = title[0].at + title[0].whole.find(whole).unwrap_or(0);
    Some(heading(start, end, whole, at, rank))
}

/// A title with a rule right below.
fn underlined<'a>(lines: &[Line<'a>], start: usize, after_heading: bool) -> Option<Heading<'a>> {
    let (title, below) = (lines.get(start)?, lines.get(start + 1)?);
    let (mark, length) = match below.shape {
        Shape::Rule(mark) if mark != ' ' && mark != '.' => (mark, below.width - below.indent),
        _ => return None,
    };
    let width = title.width - title.indent;
    let near = width.abs_diff(length) <= 2;
    let fits = near || length >= 3 && (width.abs_diff(length) <= (width / 4).max(3) || is_short_under(title, length));
    let opens = after_heading || start == 0 || !matches!(lines[start - 1].shape, Shape::Text) || near;
    if !is_titled(title) || width > LONGEST || !fits || !opens || opens_box(lines, start + 1) && !near {
        return None;
    }
    let depth = section_number(title.whole).map(|(_, depth)| depth);
    let rank = match (mark, depth) {
        ('=' | '═', _) => rank::EQUALS,
        (_, Some(depth)) => rank::NUMBERED + depth - 1,
        ('-' | '─' | '━' | '—', None) => rank::DASHES,
        _ => rank::OTHER_LINE,
    };
    Some(heading(start, start + 2, title.whole, title.at, rank))
}

/// A short title over a longer rule.
fn is_short_under(title: &Line<'_>, length: usize) -> bool {
    let width = title.width - title.indent;
    length > width && width <= 60 && !title.whole.ends_with(['.', ',', ';'])
}

fn opens_box(lines: &[Line<'_>], rule: usize) -> bool {
    boxed(lines, rule).is_some()
}

/// Whether a line between or above rules can be a title: words, and no bullet.
fn is_titled(line: &Line<'_>) -> bool {
    let marked = match line.shape {
        Shape::Item { counted, task, .. } => !counted || task.is_some(),
        Shape::Text => false,
        Shape::Blank | Shape::Rule(_) => true,
    };
    let starred = line.whole.starts_with('*') && line.whole.len() > 2 && line.whole.ends_with('*');
    line.quote == 0 && (!marked || starred) && line.whole.contains(char::is_alphanumeric)
}

fn drawn(line: &Line<'_>) -> Option<(char, usize)> {
    match line.shape {
        Shape::Rule(mark) if mark != ' ' && mark != '.' => Some((mark, line.width - line.indent)),
        _ => None,
    }
}

/// `1) `, `2. `, `1.2 `, `1.2.3) ` at the start: how many bytes, and how many numbers.
pub(super) fn section_number(whole: &str) -> Option<(usize, u16)> {
    let numbers = whole.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &whole[..whole.len() - numbers.len()];
    let depth = number.split('.').filter(|part| !part.is_empty()).count();
    let rest = numbers.strip_prefix([')', ':']).unwrap_or(numbers);
    let ends = number.ends_with('.') || rest.len() < numbers.len() || depth > 1;
    let words = rest.trim_start();
    let counts = number.starts_with(|c: char| c.is_ascii_digit()) && number.split('.').all(|part| part.len() <= 3);
    let spaced = words.len() < rest.len() || numbers.starts_with(')');
    (counts && ends && spaced && words.starts_with(char::is_alphabetic))
        .then(|| (whole.len() - words.len(), u16::try_from(depth).unwrap_or(1).min(9)))
}

/// A heading of the words of `whole` behind its number, without a colon at the end.
pub(super) fn heading(start: usize, end: usize, whole: &str, at: usize, rank: u16) -> Heading<'_> {
    let skipped = section_number(whole).map_or(0, |(len, _)| len);
    let words = whole[skipped..].trim_end_matches(':').trim_end();
    Heading { start, end, words, at: at + skipped, rank }
}
