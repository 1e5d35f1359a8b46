//! Headings that no rule marks: `# Title`, `== Title ==`, `CAPITALS`, `1. Title` between blank lines, and
//! the first line of a note.

use super::heading::{Heading, heading, rank, section_number};
use super::line::{Line, Shape, has_arrow, is_field};

/// Headings without a rule: `# Title`, `== Title ==`, `CAPITALS`, `1. Title` between blank lines.
pub(super) fn bare<'a>(lines: &[Line<'a>], start: usize, after_heading: bool, counted: bool) -> Option<Heading<'a>> {
    let line = lines.get(start)?;
    let opens = after_heading || start == 0 || matches!(lines[start - 1].shape, Shape::Blank | Shape::Rule(_));
    if !opens || line.indent > 3 || line.quote > 0 {
        return None;
    }
    hashes(line, start).or_else(|| wiki(line, start)).or_else(|| capitals(lines, start)).or_else(|| {
        let depth = section_number(line.whole).filter(|_| counted && is_alone(lines, start)).map(|(_, depth)| depth)?;
        is_title(line).then(|| heading(start, start + 1, line.whole, line.at, rank::COUNTED + depth))
    })
}

fn hashes<'a>(line: &Line<'a>, start: usize) -> Option<Heading<'a>> {
    let words = line.whole.trim_start_matches('#');
    let level = u16::try_from(line.whole.len() - words.len()).ok().filter(|level| (1..=6).contains(level))?;
    let title = words.trim_matches(|c: char| c == '#' || c.is_whitespace());
    let is_title = words.starts_with(' ') && title.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let at = line.at + line.whole.find(title).unwrap_or(0);
    (is_title && !title.ends_with('.')).then(|| heading(start, start + 1, title, at, rank::HASHES + level))
}

fn wiki<'a>(line: &Line<'a>, start: usize) -> Option<Heading<'a>> {
    let words = line.whole.trim_start_matches('=');
    let level = line.whole.len() - words.len();
    let inner = words.trim_end_matches('=');
    let title = inner.trim();
    let even = (1..=6).contains(&level) && words.len() - inner.len() == level && !title.is_empty();
    let at = line.at + line.whole.find(title).unwrap_or(0);
    let level = u16::try_from(level).unwrap_or(6);
    even.then(|| heading(start, start + 1, title, at, rank::WIKI + level))
}

/// One line of capitals, alone in its paragraph, over something that is not in capitals.
fn capitals<'a>(lines: &[Line<'a>], start: usize) -> Option<Heading<'a>> {
    let line = &lines[start];
    let low = line.whole.bytes().take(3).any(|byte| byte.is_ascii_lowercase());
    if line.shape != Shape::Text || line.whole.len() > 80 || low {
        return None;
    }
    let next = lines[start + 1..].iter().find(|line| line.shape != Shape::Blank)?;
    let plain = line.whole.chars().all(|c| c.is_alphanumeric() || " -/&,():'".contains(c));
    let is_title = line.indent == 0 && plain && is_title(line) && in_capitals(line.whole);
    let over = matches!(next.shape, Shape::Text | Shape::Item { .. }) && !in_capitals(next.whole);
    (is_title && over && !is_field_with_value(line.whole))
        .then(|| heading(start, start + 1, line.whole, line.at, rank::CAPITALS))
}

fn in_capitals(words: &str) -> bool {
    let letters = words.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2
        && !letters.clone().any(char::is_lowercase)
        && letters.into_iter().any(char::is_uppercase)
}

fn is_field_with_value(line: &str) -> bool {
    is_field(line) && !line.ends_with(':')
}

/// The first line as the note's title: at most five words, alone, with something after it.
pub(super) fn first_line<'a>(lines: &[Line<'a>]) -> Option<Heading<'a>> {
    let start = lines.iter().position(|line| line.shape != Shape::Blank)?;
    let line = &lines[start];
    let named = line.whole.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let short = line.whole.split_whitespace().count() <= 5 && line.indent <= 3 && line.quote == 0;
    let plain = !is_field(line.whole) && !has_arrow(line.whole) && !line.whole.contains('|');
    let body = lines[start + 1..].iter().any(|line| matches!(line.shape, Shape::Text | Shape::Item { .. }));
    let fits = line.shape == Shape::Text && named && short && plain && is_title(line) && is_alone(lines, start) && body;
    fits.then(|| heading(start, start + 1, line.whole, line.at, rank::FIRST_LINE))
}

/// Whether the numbered lines of a note number its sections: each alone, and text under most of them.
pub(super) fn are_numbers_sections(lines: &[Line<'_>]) -> bool {
    let (mut sections, mut items) = (0usize, 0usize);
    for (at, line) in lines.iter().enumerate() {
        if line.indent > 0 || section_number(line.whole).is_none() || is_rule(lines.get(at + 1)) {
            continue;
        }
        let next = lines[at + 1..].iter().find(|line| line.shape != Shape::Blank);
        let over = next.is_some_and(|next| section_number(next.whole).is_none() || next.indent > 0);
        let counts = is_alone(lines, at) && is_title(line) && over;
        *(if counts { &mut sections } else { &mut items }) += 1;
    }
    sections >= 2 && sections > items * 2
}

fn is_rule(line: Option<&Line<'_>>) -> bool {
    line.is_some_and(|line| matches!(line.shape, Shape::Rule(_)))
}

fn is_alone(lines: &[Line<'_>], at: usize) -> bool {
    let blank = |line: Option<&Line<'_>>| line.is_none_or(|line| line.shape == Shape::Blank);
    (at == 0 || blank(lines.get(at - 1))) && blank(lines.get(at + 1))
}

/// Whether a line can be read as a title by its words alone.
fn is_title(line: &Line<'_>) -> bool {
    line.whole.len() <= 80
        && !line.whole.ends_with(['.', ',', ';', '!', '>', '…'])
        && line.whole.contains(char::is_alphabetic)
}
