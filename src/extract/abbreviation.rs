//! Pairs short forms with long forms: `EC2: Elastic compute cloud`, `multi factor authentication (MFA)`.
//!
//! In: the text of one block. Out: [`Abbreviation`]s in text order. Method: initials first (stop
//! words may be skipped, `S3` reads as three S, `EC2` as E, C, C), then the right-to-left letter
//! match after Schwartz & Hearst (2003). Both orders, and `SHORT: long form` lines of plain notes.
//! Linear in the block for each short form. Used by `discover`.

use super::english::is_english;
use crate::text::Span;

/// A short form and its long form in one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Abbreviation {
    /// The short form's place.
    pub short: Span,
    /// The long form's place.
    pub long: Span,
    /// The rule that paired them.
    pub rule: &'static str,
}

/// Words that initials may pass over.
const SKIPPED: &[&str] =
    &["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// Every pair in `text`: in brackets, in both orders, and where the block opens with `SHORT: long form`.
#[must_use]
pub(super) fn abbreviations(text: &str) -> Vec<Abbreviation> {
    let mut found: Vec<Abbreviation> = opening_definition(text).into_iter().collect();
    let mut from = 0;
    while let Some(open) = text[from..].find('(').map(|at| from + at) {
        from = open + 1;
        let Some(close) = text[from..].find(['(', ')']).map(|at| from + at) else { break };
        if text[close..].starts_with('(') {
            continue;
        }
        let inner = trimmed(text, Span::new(from, close));
        found.extend(long_then_short(text, open, inner).or_else(|| short_then_long(text, open, inner)));
    }
    found.dedup_by(|a, b| a.short == b.short && a.long == b.long);
    found
}

/// The pair when a heading or a field is a short form and `text` opens with its long form, as in
/// `IAM` over `Identity and access management, the whole ...`.
#[must_use]
pub(super) fn opening_long_form(short: &str, text: &str) -> Option<(Span, &'static str)> {
    if !is_short_form(short) {
        return None;
    }
    let words = spans_of_words(text, first_clause(text));
    let counts = 2..=words.len().min(2 * short.len());
    let span = |count: usize| Span::new(words[0].start, words[count - 1].end);
    let initials = counts.clone().find(|count| initials_fit(short, text, &words[..*count]));
    if let Some(count) = initials {
        return Some((span(count), "abbreviation-initials"));
    }
    let letters = counts.rev().find(|count| {
        let last = words[count - 1].of(text).to_lowercase();
        let whole = letters_start(short, text, span(*count)) == Some(words[0].start);
        whole && last.len() > 3 && !is_skipped(&last) && covers_every_word(short, text, &words[..*count])
    })?;
    Some((span(letters), "abbreviation-letters"))
}

fn is_skipped(word: &str) -> bool {
    SKIPPED.contains(&word)
}

/// `EC2: Elastic compute cloud, bare servers` at the start of a block.
fn opening_definition(text: &str) -> Option<Abbreviation> {
    let (at, mark) = [": ", " - ", " – ", " = ", " stands for ", " is short for "]
        .iter()
        .filter_map(|mark| Some((text.find(mark)?, *mark)))
        .min_by_key(|(at, _)| *at)?;
    let short = trimmed(text, Span::new(0, at));
    let rest = at + mark.len();
    let rest = rest + (text[rest..].len() - text[rest..].trim_start().len());
    let (long, rule) = opening_long_form(short.of(text), &text[rest..])?;
    Some(Abbreviation { short, long: Span::new(rest + long.start, rest + long.end), rule })
}

/// `long form (SHORT)`.
fn long_then_short(text: &str, open: usize, inner: Span) -> Option<Abbreviation> {
    let end = inner.of(text).find([',', ';']).map_or(inner.end, |at| inner.start + at);
    let short = trimmed(text, Span::new(inner.start, end));
    let written = short.of(text);
    if !is_short_form(written) {
        return None;
    }
    let before = sentence_before(text, open);
    let words = spans_of_words(text, before);
    let letters = written.chars().filter(|letter| letter.is_alphanumeric()).count();
    let limit = (letters + 5).min(letters * 2);
    let words = &words[words.len().saturating_sub(limit)..];
    let last = words.last()?.end;
    let initials = (0..words.len()).rev().find(|from| initials_fit(written, text, &words[*from..]));
    if let Some(from) = initials.filter(|from| words.len() - from > 1) {
        let long = Span::new(words[from].start, last);
        return Some(Abbreviation { short, long, rule: "abbreviation-initials" });
    }
    let window = Span::new(words.first()?.start, last);
    let start = letters_start(written, text, window)?;
    let long = Span::new(start, last);
    let fits =
        long.len() > written.len() && !long.of(text).eq_ignore_ascii_case(written) && plausible(written, long.of(text));
    fits.then_some(Abbreviation { short, long, rule: "abbreviation-letters" })
}

/// `SHORT (long form)`.
fn short_then_long(text: &str, open: usize, inner: Span) -> Option<Abbreviation> {
    let before = text[..open].trim_end();
    let start = before.rfind(|letter: char| letter.is_whitespace() || "([,;/".contains(letter)).map_or(0, |at| at + 1);
    let short = trimmed(text, Span::new(start, before.len()));
    let written = short.of(text);
    if !is_short_form(written) || !inner.of(text).contains([' ', '-']) && inner.len() < written.len() * 2 {
        return None;
    }
    let (long, rule) = opening_long_form(written, inner.of(text))?;
    let long = Span::new(inner.start + long.start, inner.start + long.end);
    (long.end == inner.end || inner.of(text).contains([',', ';'])).then_some(Abbreviation { short, long, rule })
}

/// Two to ten letters and digits, one or two words, a capital among them, and no plain English word.
fn is_short_form(text: &str) -> bool {
    let capitals = text.chars().filter(|letter| letter.is_uppercase() || letter.is_ascii_digit()).count();
    if capitals < 2 && is_english(&text.to_lowercase()) {
        return false;
    }
    let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
    let upper = text.chars().any(|letter| letter.is_uppercase());
    let first = text.chars().next().is_some_and(char::is_alphanumeric);
    first
        && (2..=10).contains(&letters)
        && text.split_whitespace().count() <= 2
        && text.chars().any(char::is_alphabetic)
        && upper
        && text.len() <= 14
}

/// Whether the words' first letters spell the short form, stop words skipped at will.
fn initials_fit(short: &str, text: &str, words: &[Span]) -> bool {
    let lower: Vec<String> = words.iter().map(|word| word.of(text).to_lowercase()).collect();
    words.len() <= 12 && spelt(&expanded(short), &lower)
}

/// Keeps which numbers of letters can be taken after each word, so that stop words cost no search. Linear in both.
fn spelt(letters: &[char], words: &[String]) -> bool {
    let mut taken = vec![false; letters.len() + 1];
    taken[0] = true;
    for (index, word) in words.iter().enumerate() {
        let passed = index > 0 && is_skipped(word);
        for count in (0..taken.len()).rev() {
            let takes = count > 0 && taken[count - 1] && word.starts_with(letters[count - 1]);
            taken[count] = takes || passed && taken[count];
        }
    }
    taken[letters.len()]
}

/// The letters a short form stands for: `S3` is s, s, s; `EC2` is e, c, c; `APIs` is a, p, i.
fn expanded(short: &str) -> Vec<char> {
    let short = if short.ends_with('s') && short.chars().rev().nth(1).is_some_and(char::is_uppercase) {
        &short[..short.len() - 1]
    } else {
        short
    };
    let mut letters: Vec<char> = Vec::new();
    for letter in short.chars() {
        match letter.to_digit(10) {
            Some(count @ 2..=5) => {
                let repeated = letters.last().copied();
                letters.extend(repeated.into_iter().flat_map(|last| std::iter::repeat_n(last, count as usize - 1)));
            }
            _ if letter.is_alphanumeric() => letters.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    letters
}

/// Schwartz & Hearst: matches the short form's letters from the right; the first one must open a
/// word. Returns where the long form starts.
fn letters_start(short: &str, text: &str, window: Span) -> Option<usize> {
    let long: Vec<(usize, char)> =
        window.of(text).char_indices().map(|(at, letter)| (window.start + at, lower(letter))).collect();
    let short: Vec<char> = short.chars().filter(|letter| letter.is_alphanumeric()).map(lower).collect();
    let mut at = long.len();
    for (index, wanted) in short.iter().enumerate().rev() {
        loop {
            at = at.checked_sub(1)?;
            let opens = at == 0 || !long[at - 1].1.is_alphanumeric();
            if long[at].1 == *wanted && (index > 0 || opens) {
                break;
            }
        }
    }
    Some(long[at].0)
}

/// Each word but stop words gives at least its first letter to the short form, in order.
fn covers_every_word(short: &str, text: &str, words: &[Span]) -> bool {
    let letters = expanded(short);
    let mut from = 0;
    words.iter().all(|word| {
        let written = word.of(text).to_lowercase();
        let found = letters[from.min(letters.len())..].iter().position(|letter| written.starts_with(*letter));
        found.map(|at| from += at + 1).is_some() || is_skipped(&written)
    })
}

/// A long form has no more words than the short form's letters allow, and begins with its letter.
fn plausible(short: &str, long: &str) -> bool {
    let letters = short.chars().filter(|letter| letter.is_alphanumeric()).count();
    let words =
        long.split(|letter: char| letter.is_whitespace() || letter == '-').filter(|word| !word.is_empty()).count();
    words <= (letters + 5).min(letters * 2) && !long.contains(['(', ')', ';'])
}

fn lower(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The longest text before a bracket that is looked at, in bytes.
const BEFORE: usize = 400;

/// The text before `open` back to the end of the sentence before it, at most [`BEFORE`] bytes.
fn sentence_before(text: &str, open: usize) -> Span {
    let from = (open.saturating_sub(BEFORE)..=open).find(|at| text.is_char_boundary(*at)).unwrap_or(open);
    let near = &text[from..open];
    let start = near.rfind([';', '(', ')']).map_or(0, |at| at + 1);
    let stop = [". ", ": ", "? ", "! "].iter().filter_map(|mark| near.rfind(mark)).max().map_or(0, |at| at + 2);
    Span::new(from + start.max(stop), open)
}

/// From the start to the first comma, full stop, bracket or dash.
fn first_clause(text: &str) -> Span {
    let end = text.find([',', ';', '(', ':', '–']).unwrap_or(text.len());
    let stop = text.find(". ").unwrap_or(text.len()).min(text.find(" - ").unwrap_or(text.len()));
    trimmed(text, Span::new(0, end.min(stop)))
}

fn spans_of_words(text: &str, within: Span) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, letter) in within.of(text).char_indices() {
        let at = within.start + at;
        match (letter.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) if letter != '\'' => {
                words.push(Span::new(from, at));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| Span::new(from, within.end)));
    words
}

fn trimmed(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let start = span.start + (inner.len() - inner.trim_start().len());
    Span::new(start, start + inner.trim().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Vec<(String, String)> {
        let found = abbreviations(text);
        found.iter().map(|pair| (pair.short.of(text).to_owned(), pair.long.of(text).to_owned())).collect()
    }

    fn pair(short: &str, long: &str) -> Vec<(String, String)> {
        vec![(short.to_owned(), long.to_owned())]
    }

    #[test]
    fn a_definition_line_pairs_initials_and_counted_letters() {
        assert_eq!(pairs("EC2: Elastic compute cloud, bare servers"), pair("EC2", "Elastic compute cloud"));
        assert_eq!(pairs("S3: Simple storage service, opportunity"), pair("S3", "Simple storage service"));
        assert_eq!(pairs("JDBC: Java database connectivity"), pair("JDBC", "Java database connectivity"));
    }

    #[test]
    fn brackets_pair_in_both_orders() {
        assert_eq!(pairs("create an Amazon machine image(AMI), select"), pair("AMI", "Amazon machine image"));
        assert_eq!(pairs("set up MFA (multi factor authentication)."), pair("MFA", "multi factor authentication"));
        assert_eq!(pairs("written in JSON (JavaScript Object Notation)"), pair("JSON", "JavaScript Object Notation"));
        assert_eq!(pairs("using an auto-scaling group (ASG)"), pair("ASG", "auto-scaling group"));
    }

    #[test]
    fn brackets_that_hold_something_else_pair_nothing() {
        assert_eq!(pairs("add storage (EBS) volume"), vec![]);
        assert_eq!(pairs("select the type (CPU, Memory, storage)"), vec![]);
        assert_eq!(pairs("Users: Physical person"), vec![]);
    }

    #[test]
    fn a_heading_pairs_with_the_words_under_it() {
        let text = "Identity and access management, the whole security";
        let (long, rule) = opening_long_form("IAM", text).unwrap();
        assert_eq!((long.of(text), rule), ("Identity and access management", "abbreviation-initials"));
    }
}
