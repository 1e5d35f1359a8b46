//! The words in which a long form is looked for.

use crate::text::Span;

/// Words before a bracket, or from the start of a clause.
#[derive(Debug)]
pub(super) struct Window<'t> {
    pub text: &'t str,
    words: Vec<Word>,
}

/// A run between white space, without marks at its ends.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its letters in lower case.
    pub lower: Vec<char>,
    /// Positions in `lower` where a part of the word opens: behind a hyphen, at a capital behind a small letter.
    pub opens: Vec<usize>,
    /// Those of them that are no more than a capital behind a small letter.
    pub seams: Vec<usize>,
    /// Whether the word may be passed over: an article, a preposition, a conjunction.
    pub stop: bool,
    /// Whether a comma stands behind it.
    pub comma: bool,
}

/// Words that a short form may pass over.
const STOPS: &[&str] = &[
    "a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "per", "the", "to", "with", "&",
];

/// Words that no long form holds.
const STRANGERS: &[&str] = &[
    "are", "be", "been", "can", "has", "have", "he", "her", "his", "if", "is", "it", "its", "our", "that", "their",
    "these", "they", "this", "those", "was", "we", "were", "which", "will", "would",
];

/// The longest word of these lists, in letters.
const LONGEST_LISTED: usize = 5;

/// How far a window reaches, in bytes and in words.
const BEFORE: usize = 400;
pub(super) const MOST: usize = 17;

impl<'t> Window<'t> {
    /// The last words before `open`, at most so many, back to the end of the sentence or bracket before it.
    #[must_use]
    pub(super) fn before(text: &'t str, open: usize, most: usize) -> Self {
        let from = (open.saturating_sub(BEFORE)..=open).find(|at| text.is_char_boundary(*at)).unwrap_or(open);
        let mut words = Vec::new();
        let mut end = open;
        while words.len() < most.min(MOST) {
            let rest = text[from..end].trim_end_matches(|letter: char| letter.is_whitespace() || letter == '/');
            let start = rest.char_indices().rev().find(|(_, letter)| letter.is_whitespace());
            let start = start.map_or(from, |(at, letter)| from + at + letter.len_utf8());
            let (run, start) = behind_slash(text, Span::new(start, from + rest.len()));
            if run.is_empty() || start == from && from > 0 || !words.is_empty() && closes(text, run) {
                break;
            }
            let (run, last) = outside_brackets(text, run);
            let Some(word) = word(text, run) else {
                if last {
                    break;
                }
                end = start;
                continue;
            };
            if word.is_one_of(STRANGERS) {
                break;
            }
            words.push(word);
            if last || start == 0 {
                break;
            }
            end = start;
        }
        words.reverse();
        Self { text, words }
    }

    /// The words of `within`; where they are more than `most`, one beyond that.
    #[must_use]
    pub(super) fn opening(text: &'t str, within: Span, most: usize) -> Self {
        let mut words = Vec::new();
        let mut start = within.start;
        for run in within.of(text).split(char::is_whitespace) {
            words.extend(word(text, Span::new(start, start + run.len())));
            start += run.len();
            start += text[start..].chars().next().map_or(0, char::len_utf8);
            if words.len() > most.min(MOST) {
                break;
            }
        }
        Self { text, words }
    }

    pub(super) fn words(&self) -> &[Word] {
        &self.words
    }

    pub(super) const fn len(&self) -> usize {
        self.words.len()
    }
}

impl Word {
    /// Whether it is one of a list of short words.
    fn is_one_of(&self, listed: &[&str]) -> bool {
        self.lower.len() <= LONGEST_LISTED && listed.iter().any(|word| word.chars().eq(self.lower.iter().copied()))
    }

    /// Whether a long form may open with the word; where words are passed over, not with a stop word.
    pub(super) fn may_open(&self, loose: bool) -> bool {
        const NEVER: &[&str] = &["a", "an", "and", "as", "by", "or", "per", "plus", "the", "to", "&"];
        !(self.is_one_of(NEVER) || self.stop && loose)
    }

    /// Where the word may be said to begin: at its first part, and behind numbers and parts of one or two signs, as in
    /// `2,4-dinitrophenyl`.
    pub(super) fn openings(&self) -> impl Iterator<Item = usize> + '_ {
        let short = |at: usize| {
            at == 0
                || !self.seams.contains(&self.opens[at]) && {
                    let part = &self.lower[self.opens[at - 1]..self.opens[at]];
                    part.len() <= 2 || part.iter().all(char::is_ascii_digit)
                }
        };
        (0..self.opens.len()).take_while(move |at| short(*at)).map(|at| self.opens[at])
    }
}

/// The letters of ASCII with which the last `most` words of a text or parts of them may begin, as bits; all where it holds others.
/// Costs less than a window.
pub(super) fn openings(text: &str, most: usize) -> u32 {
    let bytes = &text.as_bytes()[text.len().saturating_sub(BEFORE)..];
    let (mut letters, mut words, mut inside) = (0, 0, false);
    for (at, byte) in bytes.iter().enumerate().rev() {
        match byte {
            0x80.. => return u32::MAX,
            byte if byte.is_ascii_alphanumeric() => {
                inside = true;
                let opens =
                    byte.is_ascii_uppercase() || !at.checked_sub(1).is_some_and(|at| bytes[at].is_ascii_alphabetic());
                letters |= if opens { letter(byte.to_ascii_lowercase()) } else { 0 };
            }
            byte if byte.is_ascii_whitespace() && std::mem::take(&mut inside) => {
                words += 1;
                if words == most {
                    break;
                }
            }
            _ => {}
        }
    }
    letters
}

/// The bit of a small letter; none for another byte.
pub(super) const fn letter(byte: u8) -> u32 {
    if byte.is_ascii_lowercase() { 1 << (byte - b'a') } else { 0 }
}

/// The part of a run behind its last slash, where both sides are words, and where the rest ends: `SCID/beige`.
fn behind_slash(text: &str, run: Span) -> (Span, usize) {
    let slash = run.of(text).rfind('/').filter(|at| *at > 2 && run.len() - at > 3);
    slash.map_or((run, run.start), |at| (Span::new(run.start + at + 1, run.end), run.start + at))
}

/// Whether a sentence or clause ends with this run. `T. kodakaraensis` goes on.
fn closes(text: &str, run: Span) -> bool {
    let written = run.of(text);
    let initial = written.chars().count() == 2
        && written.starts_with(char::is_uppercase)
        && text[run.end..].trim_start().starts_with(char::is_lowercase);
    written.ends_with([';', ':', '?', '!']) || written.ends_with('.') && !initial
}

/// The run behind an opening bracket in it, and whether the window ends there: `(adjusted`, `group)`, `(Ad)`.
/// Brackets inside a word belong to it: `NH(2)-terminal`.
fn outside_brackets(text: &str, run: Span) -> (Span, bool) {
    let mut open = Vec::new();
    for (at, letter) in run.of(text).char_indices() {
        match letter {
            '(' | '[' => open.push(at),
            ')' | ']' if open.pop().is_none() => return (Span::new(run.end, run.end), true),
            _ => {}
        }
    }
    if let Some(at) = open.last() {
        return (Span::new(run.start + at + 1, run.end), true);
    }
    let written = run.of(text).trim_end_matches([',', '.']);
    let enclosed = written.starts_with(['(', '[']) && written.ends_with([')', ']']);
    if enclosed { (Span::new(run.end, run.end), true) } else { (run, false) }
}

fn word(text: &str, run: Span) -> Option<Word> {
    const MARKS: &[char] = &['.', ',', ';', ':', '"', '“', '”', '\'', '‘', '’', '*', '-'];
    let written = run.of(text).trim_end_matches(MARKS);
    let start = run.start + (written.len() - written.trim_start_matches(MARKS).len());
    let span = Span::new(start, (run.start + written.len()).max(start));
    let mut lower = Vec::with_capacity(span.len());
    let mut opens = Vec::with_capacity(1);
    let mut seams = Vec::new();
    let (mut inside, mut small) = (false, false);
    for letter in span.of(text).chars() {
        if letter.is_alphanumeric() {
            let digit = lower.last().is_some_and(|last: &char| last.is_ascii_digit()) != letter.is_ascii_digit();
            let seam = small && letter.is_uppercase() && inside;
            if !inside || seam || digit {
                opens.push(lower.len());
            }
            if seam {
                seams.push(lower.len());
            }
            small = letter.is_lowercase();
            lower.extend(letter.to_lowercase());
        } else if matches!(letter, '&' | '+') {
            lower.push(letter);
        }
        inside = letter.is_alphanumeric();
    }
    if lower.is_empty() {
        return None;
    }
    let comma = text[span.end..].starts_with(',');
    let word = Word { span, lower, opens, seams, stop: false, comma };
    Some(Word { stop: word.is_one_of(STOPS), ..word })
}
