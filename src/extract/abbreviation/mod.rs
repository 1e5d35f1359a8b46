//! Pairs short forms with long forms: `EC2: Elastic compute cloud`, `multi factor authentication (MFA)`.
//!
//! In: the text of one block. Out: [`Abbreviation`]s in text order. Candidates are brackets behind a long form
//! or behind a short one, `(long form, SF)` inside them, and blocks that open with `SHORT: long form`. Each is tried by the
//! strategies of `strategy.rs` (after Sohn et al., 2008), the most precise first. Linear in the block for each
//! short form. Used by `discover`.

mod bracket;
mod long;
mod shared;
mod short;
mod strategy;
#[cfg(test)]
mod tests;

use crate::text::Span;
use bracket::{brackets, segments};
use long::{MOST, Window, openings};
use shared::shared_head;
use short::ShortForm;
pub(super) use short::may_be_clear as may_be_short;
use strategy::Strategy;

/// A short form and its long form in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Abbreviation {
    /// The short form's place.
    pub short: Span,
    /// The long form, as written.
    pub long: String,
    /// The rule that paired them.
    pub rule: &'static str,
}

impl Abbreviation {
    fn new(text: &str, short: Span, long: Span, strategy: Strategy) -> Self {
        Self { short, long: long.of(text).to_owned(), rule: strategy.rule() }
    }
}

/// Every pair in `text`: in brackets, in both orders, and where the block opens with `SHORT: long form`.
#[must_use]
pub(super) fn abbreviations(text: &str) -> Vec<Abbreviation> {
    let mut found: Vec<Abbreviation> = opening_definition(text).into_iter().collect();
    let mut before = None;
    for inner in brackets(text) {
        let open = inner.start - 1;
        if is_inside_a_word(text, inner) {
            continue;
        }
        let paired = found.len();
        let pairs = long_then_short(text, open, inner);
        if pairs.is_empty() {
            found.extend(short_then_long(text, open, inner).or_else(|| both_inside(text, inner)));
        }
        found.extend(pairs);
        let alone = found.len() == paired;
        found
            .extend(before.filter(|_| alone).and_then(|before| shared_head(text, before, inner)).into_iter().flatten());
        before = alone.then_some(inner);
    }
    found.dedup_by(|a, b| a.short == b.short && a.long == b.long);
    found
}

/// The pair when a heading or a field is a short form and `text` opens with its long form, as in
/// `IAM` over `Identity and access management, the whole ...`.
#[must_use]
pub(super) fn opening_long_form(short: &str, text: &str) -> Option<(Span, &'static str)> {
    let form = ShortForm::new_clear(short)?;
    let window = Window::opening(text, bracket::first_clause(text), MOST);
    let (long, strategy) = strategy::from_start(&form, &window, 2)?;
    Some((long, strategy.rule()))
}

/// `EC2: Elastic compute cloud, bare servers` at the start of a block.
fn opening_definition(text: &str) -> Option<Abbreviation> {
    let opening = &text[..mark_limit(text)];
    let mark_at = |(at, _): (usize, &str)| Some((at, *MARKS.iter().find(|mark| opening[at..].starts_with(**mark))?));
    let (at, mark) = opening.match_indices([':', ' ']).find_map(mark_at)?;
    let short = bracket::trimmed(text, Span::new(0, at));
    let rest = at + mark.len();
    let rest = rest + (text[rest..].len() - text[rest..].trim_start().len());
    let (long, rule) = opening_long_form(short.of(text), &text[rest..])?;
    Some(Abbreviation { short, long: long.of(&text[rest..]).to_owned(), rule })
}

/// What parts a short form from the long form behind it.
const MARKS: [&str; 7] = [": ", " - ", " – ", " — ", " = ", " stands for ", " is short for "];

/// Where the last mark ends that may stand behind a short form with which `text` opens.
fn mark_limit(text: &str) -> usize {
    let start = text.len() - text.trim_start().len();
    let farthest = start + short::LONGEST;
    let next = text.get(farthest..).unwrap_or("").find(|letter: char| !letter.is_whitespace());
    let limit = next.map_or(text.len(), |next| farthest + next + MARKS.map(str::len).into_iter().max().unwrap_or(0));
    (limit..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

/// Whether the bracket is part of a word: `[3H]prazosin`, `server(s)`.
fn is_inside_a_word(text: &str, inner: Span) -> bool {
    let attached = text[..inner.start - 1].ends_with(char::is_alphanumeric);
    let goes_on = text[inner.end + 1..].starts_with(|next: char| next.is_alphanumeric());
    let square = text[..inner.start].ends_with('[');
    goes_on || attached && (square || inner.len() <= 2 || text[inner.end + 1..].starts_with('-'))
}

/// `long form (SHORT)`, also with more behind a comma or before it: `(EC 1.11; GPx)`, `(also known as ASG)`. Further short forms
/// that differ in their last letter come too: `(PLS-1 and PLS-2)`.
fn long_then_short(text: &str, open: usize, inner: Span) -> Vec<Abbreviation> {
    let form = |short: Span| ShortForm::new(short.of(text)).map(|form| (short, form));
    let forms: Vec<(Span, ShortForm)> = segments(text, inner).into_iter().take(3).filter_map(form).collect();
    let Some(most) = forms.iter().map(|(_, form)| strategy::most_words(form)).max() else { return Vec::new() };
    let openings = openings(&text[..open], most);
    if !forms.iter().any(|(_, form)| strategy::may_begin_with(form, openings)) {
        return Vec::new();
    }
    let window = Window::before(text, open, most);
    let mut found: Vec<Abbreviation> = Vec::new();
    for (short, form) in &forms {
        if found.first().is_none_or(|first| alike(first.short.of(text), short.of(text))) {
            let pair = strategy::ending(form, &window);
            found.extend(pair.map(|(long, strategy)| Abbreviation::new(text, *short, long, strategy)));
        }
    }
    found
}

/// Whether two short forms differ in their last letter only.
fn alike(first: &str, second: &str) -> bool {
    let stem = |form: &str| form.char_indices().next_back().map(|(last, _)| form[..last].to_owned());
    first.len() > 2 && first != second && stem(first) == stem(second)
}

/// `SHORT (long form)`.
fn short_then_long(text: &str, open: usize, inner: Span) -> Option<Abbreviation> {
    let before = text[..open].trim_end();
    let start = before
        .char_indices()
        .rev()
        .find(|(_, letter)| letter.is_whitespace() || "([,;/".contains(*letter))
        .map_or(0, |(at, letter)| at + letter.len_utf8());
    let short = bracket::trimmed(text, Span::new(start, before.len()));
    let form = ShortForm::new_clear(short.of(text))?;
    let pair = |within: Span| {
        if !strategy::may_open(&form, within.of(text)) {
            return None;
        }
        let window = Window::opening(text, within, strategy::most_words(&form));
        let (long, strategy) = strategy::whole(&form, &window)?;
        let word = window.len() == 1 && !strategy::is_long_word(&form, long.of(text));
        (!word).then_some(Abbreviation::new(text, short, long, strategy))
    };
    pair(inner).or_else(|| {
        let cut = inner.of(text).find([',', ';']).map(|at| Span::new(inner.start, inner.start + at))?;
        pair(bracket::trimmed(text, cut))
    })
}

/// `(blood-brain barrier, BBB)`.
fn both_inside(text: &str, inner: Span) -> Option<Abbreviation> {
    let comma = inner.of(text).rfind(", ")?;
    let short = bracket::trimmed(text, Span::new(inner.start + comma + 1, inner.end));
    let form = ShortForm::new_clear(short.of(text))?;
    let long = bracket::trimmed(text, Span::new(inner.start, inner.start + comma));
    let (long, strategy) = strategy::whole(&form, &Window::opening(text, long, strategy::most_words(&form)))?;
    (long.len() > 2 * short.len()).then_some(Abbreviation::new(text, short, long, strategy))
}
