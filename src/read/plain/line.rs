//! What one line of a plain note looks like by itself.

use super::speaker::speaker;

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// Marks of bullets that need no space after them.
const BULLETS: [char; 22] = [
    '-', '*', '•', '·', '∙', '⁃', '▪', '▫', '◦', '‣', '●', '○', '■', '□', '►', '▶', '➢', '➤', '❖', '–', '—', '\u{f0b7}',
];

/// Marks that a rule can be drawn with.
const RULES: [char; 14] = ['-', '=', '_', '*', '~', '#', '+', '^', '.', '"', '─', '═', '━', '—'];

/// One line, without its line end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// All of it but quote marks and white space around it.
    pub whole: &'a str,
    /// Where the line starts in the note, behind its quote marks.
    pub start: usize,
    /// Where `whole` starts in the note.
    pub at: usize,
    /// The line without its mark: the words.
    pub words: &'a str,
    /// Where `words` starts in the note.
    pub words_at: usize,
    /// Columns before `whole`, without quote marks.
    pub indent: usize,
    /// Columns up to the end of `whole`.
    pub width: usize,
    /// How many `>` stand before it.
    pub quote: usize,
    /// What it looks like.
    pub shape: Shape,
}

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Nothing on it.
    Blank,
    /// Nothing but one mark again and again; a blank as mark where blanks stand between.
    Rule(char),
    /// Words that begin with no mark.
    Text,
    /// A bullet or number, then words.
    Item {
        /// The number of a numbered one.
        number: Option<u32>,
        /// Whether it begins with a number or letter.
        counted: bool,
        /// Done or not, of a task.
        task: Option<bool>,
    },
}

/// The lines of a text, as many as it has.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let mut lines = Vec::with_capacity(text.len() / 32);
    for raw in text.split_inclusive('\n') {
        lines.push(line(raw, at));
        at += raw.len();
    }
    lines
}

fn line(raw: &str, at: usize) -> Line<'_> {
    let (quote, rest) = unquoted(raw);
    let mut indent = 0;
    for c in rest.chars().take_while(|c| c.is_whitespace()) {
        indent += if c == '\t' { TAB - indent % TAB } else { 1 };
    }
    let whole = rest.trim();
    let start = at + raw.len() - rest.len();
    let at = if whole.is_empty() { start } else { at + raw.len() - rest.trim_start().len() };
    let width = indent + if whole.is_ascii() { whole.len() } else { whole.chars().count() };
    let (shape, mark) = shape(whole, indent);
    // Each further dash of `-- item` counts as a step of indent.
    let steps = if whole.starts_with("--") { mark.saturating_sub(1) } else { 0 };
    let indent = indent + 2 * steps;
    let words = whole[mark..].trim_start();
    let words_at = at + whole.len() - words.len();
    Line { whole, start, at, words, words_at, indent, width, quote, shape }
}

/// How many quote marks open the line, and what follows them and one blank.
fn unquoted(raw: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, raw);
    while let Some(after) = rest.trim_start_matches([' ', '\t']).strip_prefix('>') {
        depth += 1;
        rest = after.strip_prefix(' ').unwrap_or(after);
    }
    if depth > 2 || rest.starts_with('=') { (0, raw) } else { (depth, rest) }
}

fn shape(whole: &str, indent: usize) -> (Shape, usize) {
    if whole.is_empty() {
        return (Shape::Blank, 0);
    }
    if let Some(mark) = rule(whole) {
        return (Shape::Rule(mark), 0);
    }
    let (mark, number, counted) = match (bullet(whole, indent), counter(whole)) {
        (Some(mark), _) => (mark, None, false),
        (None, Some((mark, number))) => (mark, number, true),
        (None, None) => (speaker(whole).unwrap_or(0), None, false),
    };
    let after = whole[mark..].trim_start();
    match task(after) {
        Some((box_len, done)) => {
            (Shape::Item { number, counted, task: Some(done) }, whole.len() - after.len() + box_len)
        }
        None if mark > 0 => (Shape::Item { number, counted, task: None }, mark),
        None => (Shape::Text, 0),
    }
}

/// The mark a line is ruled with, when it holds nothing else and at least two of them.
///
/// Lines drawn with several signs, such as `+---+` and `╔═══╗`, count as ruled with the one inside.
fn rule(whole: &str) -> Option<char> {
    if let Some(inner) = whole.strip_prefix('+').and_then(|rest| rest.strip_suffix('+')).filter(|i| !i.contains('+')) {
        return rule(inner).filter(|mark| "-=".contains(*mark));
    }
    if whole.chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}')) {
        return whole.chars().nth(1);
    }
    let mark = whole.chars().next().filter(|mark| RULES.contains(mark))?;
    let marks = whole.chars().filter(|c| *c == mark).count();
    let others = whole.chars().any(|c| c != mark && c != ' ');
    match (others, whole.contains(' ')) {
        (true, _) => None,
        (false, true) => (marks >= 3).then_some(' '),
        (false, false) => (marks >= 2).then_some(mark),
    }
}

/// How many bytes of bullet open the line.
fn bullet(whole: &str, indent: usize) -> Option<usize> {
    let mut chars = whole.chars();
    let mark = chars.next()?;
    let next = chars.next();
    let bullet = match mark {
        '-' if next == Some('-') => return sub_bullet(whole),
        '-' | '–' | '—' => !matches!(next, Some('-' | '>' | '–' | '—')),
        '*' => next != Some('*') && !is_emphasis(whole),
        '+' => next == Some(' '),
        'o' => next == Some('\t') || indent > 0 && next == Some(' ') && chars.next().is_some_and(char::is_uppercase),
        _ => BULLETS.contains(&mark),
    };
    bullet.then_some(mark.len_utf8())
}

/// `-- ` and deeper: bullets under a `-` that no indent shows.
fn sub_bullet(whole: &str) -> Option<usize> {
    let marks = whole.len() - whole.trim_start_matches('-').len();
    let spaced = whole[marks..].starts_with(' ') && whole[marks..].trim_start().starts_with(char::is_alphanumeric);
    (spaced && marks <= 4).then_some(marks)
}

/// Whether the line begins with `*emphasised words*`.
fn is_emphasis(whole: &str) -> bool {
    let inner = &whole[1..];
    let end = inner.find('*').filter(|_| !inner.starts_with(char::is_whitespace));
    end.is_some_and(|end| {
        inner[..end].ends_with(|c: char| !c.is_whitespace()) && !inner[end + 1..].starts_with(char::is_alphanumeric)
    })
}

/// `1)`, `1.`, `(1)`, `a)`, `iv)` at the start of the line: how many bytes, and the number.
fn counter(whole: &str) -> Option<(usize, Option<u32>)> {
    let open = usize::from(whole.starts_with('('));
    let body = &whole[open..];
    let digits = body.len() - body.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let letters = body.len() - body.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (len, number) = match (digits, letters) {
        (1..=3, _) => (digits, body[..digits].parse().ok()),
        (0, 1) => (1, None),
        (0, 2..=4) if body[..letters].chars().all(|c| "ivxIVX".contains(c)) => (letters, None),
        _ => return None,
    };
    let mut after = body[len..].chars();
    let mark = after.next();
    let blank = after.next().is_none_or(char::is_whitespace);
    match (mark, open) {
        (Some(')'), _) if blank || number.is_some() => Some((open + len + 1, number)),
        (Some('.'), 0) if blank && number.is_some() => Some((len + 1, number)),
        _ => None,
    }
}

/// `[ ]` or `[x]`, then a blank: how many bytes, and whether it is done.
fn task(words: &str) -> Option<(usize, bool)> {
    let done = match words.get(..3)? {
        "[ ]" | "[]" => false,
        "[x]" | "[X]" | "[-]" => true,
        _ => return None,
    };
    words[3..].chars().next().is_none_or(char::is_whitespace).then_some((3, done))
}

/// Whether a line is a field: at most four words, a colon, then a blank, the end or a value.
///
/// ```text
/// Source: System log files        Leader node:        rel:: [[Kafka]]        Internal:Managed tables
/// ```
pub(in crate::read) fn is_field(line: &str) -> bool {
    let Some(colon) = line.bytes().take(81).position(|byte| byte == b':') else { return false };
    let (key, value) = (&line[..colon], &line[colon + 1..]);
    let value = value.strip_prefix(':').unwrap_or(value);
    let ends_sentence = |word: &str| word.len() > 1 && word.ends_with('.');
    let begins = key.starts_with(char::is_alphanumeric) && key.split_whitespace().count() <= 4;
    let is_key = begins && !key.contains([',', ';', '!', '?', '"']) && !key.split(' ').any(ends_sentence);
    let is_value = value.chars().next().is_none_or(|c| c.is_whitespace() || c.is_uppercase());
    is_key && is_value && !value.starts_with('\\')
}

/// The arrows people draw between names.
const ARROWS: [&str; 8] = ["->", "=>", "~>", "→", "⇒", "⟶", "➔", "<-"];

/// Whether an arrow stands in the line.
pub(in crate::read) fn has_arrow(line: &str) -> bool {
    let may = line.bytes().any(|byte| matches!(byte, b'>' | b'<' | 0xe2));
    may && ARROWS.iter().any(|arrow| line.contains(arrow))
}

/// Whether the line ends with an arrow, which then points to the next.
pub(super) fn ends_with_arrow(line: &str) -> bool {
    ARROWS.iter().any(|arrow| line.ends_with(arrow))
}

/// Whether the line begins with an arrow of any length.
pub(super) fn starts_with_arrow(line: &str) -> bool {
    let head = line.trim_start_matches(['-', '=', '~']);
    head.starts_with(['→', '⇒', '⟶', '➔']) || head.len() < line.len() && head.starts_with('>')
}
