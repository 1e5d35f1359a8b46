//! Runs of words → lines, and lines → headings, items, tables and paragraphs.

use std::collections::{HashMap, HashSet};

use super::spans::TextSpan;
use crate::read::document::html::Html;
use crate::read::markup::escape;

/// A line of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    /// Its words, in as many parts as wide blanks make, each with the place where it begins.
    parts: Vec<(f64, String)>,
    y: f64,
    end: f64,
    size: f64,
}

impl Line {
    fn words(&self) -> String {
        self.parts.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" ")
    }

    fn x(&self) -> f64 {
        self.parts.first().map_or(0.0, |(x, _)| *x)
    }
}

/// A blank as wide as this times the size parts columns.
const COLUMN: f64 = 0.9;
/// A blank as wide as this times the size parts words.
const BLANK: f64 = 0.15;
/// Lines of a paragraph are less apart than this times the size.
const LEADING: f64 = 1.6;

/// The lines of a page, in the order in which they were drawn.
pub(super) fn lines(spans: Vec<TextSpan>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for span in spans {
        let words = unligatured(&span.words);
        if words.trim().is_empty() && !words.contains(' ') {
            continue;
        }
        let joins = lines.last().is_some_and(|line| {
            (line.y - span.y).abs() < 0.4 * line.size.max(span.size) && span.x > line.end - 0.5 * line.size
        });
        if !joins {
            if words.trim().is_empty() {
                continue;
            }
            lines.push(Line { y: span.y, size: span.size, ..Line::default() });
        }
        let Some(line) = lines.last_mut() else { continue };
        let gap = span.x - line.end;
        if line.parts.is_empty() || gap > COLUMN * span.size && !words.trim().is_empty() {
            line.parts.push((span.x, String::new()));
        } else if gap > BLANK * span.size {
            push_blank(line);
        }
        if let Some((_, part)) = line.parts.last_mut() {
            part.push_str(&words);
        }
        line.end = span.end.max(line.end);
        line.size = line.size.max(if words.trim().is_empty() { 0.0 } else { span.size });
    }
    for line in &mut lines {
        for (_, words) in &mut line.parts {
            *words = crate::text::fold_spaces(words).into_owned();
        }
        line.parts.retain(|(_, words)| !words.is_empty());
    }
    lines.retain(|line| !line.parts.is_empty());
    lines
}

fn push_blank(line: &mut Line) {
    if let Some((_, part)) = line.parts.last_mut()
        && !part.ends_with(' ')
    {
        part.push(' ');
    }
}

/// Letters that are drawn as one, each by itself; blanks that are drawn as nothing are gone.
fn unligatured(words: &str) -> String {
    let mut plain = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => plain.push_str("st"),
            '\u{ad}' => plain.push('-'),
            '\u{a0}' => plain.push(' '),
            '\u{200b}'..='\u{200f}' => {}
            c if c.is_control() => plain.push(' '),
            c => plain.push(c),
        }
    }
    plain
}

/// The pages of a file as a page of HTML.
pub(super) fn write(mut pages: Vec<Vec<Line>>) -> String {
    let margins = margins(&pages);
    let words = known_words(&pages);
    let sizes = heading_sizes(&pages);
    let mut html = Html::default();
    let mut open: Option<Line> = None;
    for (number, page) in pages.iter_mut().enumerate() {
        html.go_on(number + 1);
        join_words(page, &words);
        let right = page.iter().map(|line| line.end).fold(0.0, f64::max);
        let mut at = 0;
        while at < page.len() {
            let line = &page[at];
            if is_margin(&line.words(), at == 0 || at + 1 == page.len(), &margins) {
                html.more("");
                at += 1;
                continue;
            }
            let rows = table(&page[at..]);
            if rows > 1 {
                page[at..at + rows].iter().enumerate().for_each(|(row, line)| write_row(&mut html, line, row, rows));
                (at, open) = (at + rows, None);
                continue;
            }
            write_line(&mut html, line, open.as_ref(), right, &sizes);
            open = Some(line.clone());
            at += 1;
        }
    }
    html.finish()
}

fn write_row(html: &mut Html, line: &Line, row: usize, rows: usize) {
    let tag = if row == 0 { "th" } else { "td" };
    let cells: String = line.parts.iter().map(|(_, words)| format!("<{tag}>{}", escape(words))).collect();
    let (before, after) = (if row == 0 { "<table>" } else { "" }, if row + 1 == rows { "</table>" } else { "" });
    html.line(&format!("{before}<tr>{cells}{after}"));
}

fn write_line(html: &mut Html, line: &Line, before: Option<&Line>, right: f64, sizes: &[i64]) {
    let words = line.words();
    if let Some(level) = sizes.iter().position(|size| *size == rounded(line.size)) {
        let level = (level + 1).min(6);
        return html.line(&format!("<h{level}>{}</h{level}>", escape(&words)));
    }
    if let Some((ordered, item)) = item(&words) {
        return html.item(0, ordered, &escape(item));
    }
    if before.is_some_and(|before| goes_on(before, line, right)) {
        return html.more(&escape(&words));
    }
    // What stands far apart on a line belongs to different things, as labels of a drawing.
    let paragraphs: String = line.parts.iter().map(|(_, words)| format!("<p>{}", escape(words))).collect();
    html.line(&paragraphs);
}

/// Whether a line goes on with the paragraph or item of the one before.
fn goes_on(before: &Line, line: &Line, right: f64) -> bool {
    let down = before.y - line.y;
    let below = line.x() < before.end && before.x() < line.end;
    let near = below && down > 0.0 && down < LEADING * line.size.max(before.size);
    let next_page = down <= 0.0 && line.words().starts_with(char::is_lowercase);
    let same = rounded(before.size) == rounded(line.size);
    let short =
        before.end < right - 0.2 * (right - before.x()).max(0.0) && before.words().ends_with(['.', ':', '!', '?']);
    let whole = before.parts.len() == 1;
    whole && same && (near && !short || next_page)
}

/// A bullet or number, and the words behind it.
fn item(words: &str) -> Option<(bool, &str)> {
    let bullets = ['•', '◦', '▪', '‣', '●', '○', '■', '–', '*', '-', '\u{f0b7}', '\u{2219}', '·'];
    if let Some(rest) = words.strip_prefix(bullets).filter(|rest| rest.starts_with(' ')) {
        return Some((false, rest.trim_start()));
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words[digits..].strip_prefix(['.', ')']).filter(|rest| rest.starts_with(' '))?;
    (1..=3).contains(&digits).then_some((true, rest.trim_start()))
}

/// How many rows a table has that begins with the first line: lines with as many parts, below each other.
fn table(lines: &[Line]) -> usize {
    let first = &lines[0];
    if first.parts.len() < 2 || item(&first.words()).is_some() {
        return 0;
    }
    let aligned = |line: &Line| {
        line.parts.len() == first.parts.len()
            && line.parts.iter().zip(&first.parts).all(|((one, _), (other, _))| (one - other).abs() < 2.0 * first.size)
    };
    lines.iter().take_while(|line| aligned(line)).count()
}

/// A size in halves of a point.
#[expect(clippy::cast_possible_truncation, reason = "sizes are finite, and a cast saturates")]
fn rounded(size: f64) -> i64 {
    (size * 2.0).round() as i64
}

/// The sizes of headings, the largest first: those clearly above the size of most letters.
fn heading_sizes(pages: &[Vec<Line>]) -> Vec<i64> {
    let mut letters: HashMap<i64, usize> = HashMap::new();
    for line in pages.iter().flatten() {
        *letters.entry(rounded(line.size)).or_default() += line.words().len();
    }
    let body = letters.iter().max_by_key(|(size, count)| (**count, **size)).map_or(0, |(size, _)| *size);
    let mut sizes: Vec<i64> = letters.into_keys().filter(|size| *size * 100 > body * 112).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.truncate(6);
    sizes
}

/// Words at the head and the foot of pages, digits left out, that three pages or more have.
fn margins(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let mut ends: Vec<String> =
            [page.first(), page.last()].into_iter().flatten().map(|line| undated(&line.words())).collect();
        ends.dedup();
        ends.into_iter().for_each(|words| *counts.entry(words).or_default() += 1);
    }
    counts.into_iter().filter(|(_, count)| *count > 2).map(|(words, _)| words).collect()
}

fn undated(words: &str) -> String {
    words.chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn is_margin(words: &str, at_end: bool, margins: &HashSet<String>) -> bool {
    let is_number = words.bytes().all(|byte| byte.is_ascii_digit() || b" -/".contains(&byte));
    at_end && (is_number || margins.contains(&undated(words)))
}

/// All words that stand whole on a line, folded.
fn known_words(pages: &[Vec<Line>]) -> HashSet<String> {
    let mut known = HashSet::new();
    for line in pages.iter().flatten() {
        for word in line.words().split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            known.insert(word.to_lowercase());
        }
    }
    known
}

/// Puts words together that a line's end cut at a hyphen; they stand on the first of both lines.
fn join_words(page: &mut [Line], known: &HashSet<String>) {
    for at in 1..page.len() {
        let (before, after) = page.split_at_mut(at);
        let (Some(before), after) = (before.last_mut(), &mut after[0]) else { continue };
        let (Some((_, first)), Some((_, rest))) = (before.parts.last_mut(), after.parts.first_mut()) else { continue };
        let cut = first.strip_suffix('-').filter(|head| head.ends_with(char::is_alphabetic));
        let Some(head) = cut.filter(|_| rest.starts_with(char::is_lowercase)) else { continue };
        let end = rest.find(|c: char| c.is_whitespace()).unwrap_or(rest.len());
        let tail: String = rest[..end].to_owned();
        let start = head
            .rfind(|c: char| !(c.is_alphanumeric() || c == '-'))
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let letters = tail.trim_end_matches(|c: char| !c.is_alphanumeric());
        let whole = format!("{}{letters}", &head[start..]).to_lowercase();
        let hyphened = format!("{}-{letters}", &head[start..]).to_lowercase();
        let hyphen = if known.contains(&hyphened) && !known.contains(&whole) { "-" } else { "" };
        *first = format!("{head}{hyphen}{tail}");
        *rest = rest[end..].trim_start().to_owned();
    }
}
