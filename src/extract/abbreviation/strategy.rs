//! The strategies that pair a short form with a long form, the most precise first.
//!
//! In: the signs of a short form and a window of words. Out: the run of words that is the long form. After the list of
//! Ab3P (Sohn, Comeau, Kim and Wilbur, 2008): first letters, with stop words or one word passed over; first letters and letters
//! inside of words; consecutive letters; one letter; any letters. Each strategy states how words may give signs; one search serves all.

use super::long::{Window, Word, letter};
use super::short::{ShortForm, Sign};
use crate::text::Span;

/// How the words of a long form give the signs of a short form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strategy {
    /// Each part of each word gives its first letter.
    Initials,
    /// The same, stop words passed over.
    InitialsStops,
    /// The same, one or two other parts passed over.
    InitialsSkip,
    /// Consecutive letters from the start of the only word.
    Prefix,
    /// Each word gives its first letter and may give letters inside.
    Inner,
    /// The same, stop words passed over.
    InnerStops,
    /// The same, one or two other words passed over.
    InnerSkip,
    /// The first letter of the word before.
    OneLetter,
    /// Letters anywhere, the first opening a part of a word.
    Letters,
}

/// In the order in which they are tried.
const ALL: [Strategy; 9] = [
    Strategy::Initials,
    Strategy::InitialsStops,
    Strategy::Prefix,
    Strategy::Inner,
    Strategy::InnerStops,
    Strategy::InitialsSkip,
    Strategy::InnerSkip,
    Strategy::Letters,
    Strategy::OneLetter,
];

impl Strategy {
    /// The rule's name in evidence.
    #[must_use]
    pub(super) const fn rule(self) -> &'static str {
        match self {
            Self::Initials => "abbreviation-initials",
            Self::InitialsStops => "abbreviation-initials-stop-words",
            Self::InitialsSkip => "abbreviation-initials-skip",
            Self::Prefix => "abbreviation-prefix",
            Self::Inner => "abbreviation-inner",
            Self::InnerStops => "abbreviation-inner-stop-words",
            Self::InnerSkip => "abbreviation-inner-skip",
            Self::OneLetter => "abbreviation-one-letter",
            Self::Letters => "abbreviation-letters",
        }
    }

    /// Whether the strategy is tried for so many signs, and for a short form in lower case.
    const fn suits(self, signs: usize, clear: bool) -> bool {
        match self {
            Self::OneLetter => signs == 1 && clear,
            Self::Initials | Self::InitialsStops => signs > 1,
            Self::Prefix => signs > 1 && clear,
            Self::Inner => signs > 1,
            Self::InnerStops => signs > 1 && clear,
            Self::InitialsSkip | Self::InnerSkip | Self::Letters => signs > 2 && clear,
        }
    }

    const fn passes_stops(self) -> bool {
        !matches!(self, Self::Initials | Self::Inner | Self::Prefix | Self::OneLetter)
    }

    const fn passes(self) -> usize {
        if matches!(self, Self::InitialsSkip | Self::InnerSkip) { 2 } else { 0 }
    }

    /// Whether the words from `words[0]` to the last give all signs.
    fn fits(self, signs: &[Sign], words: &[Word]) -> bool {
        let [first, others @ ..] = words else { return false };
        if words.len() > most_words_of(signs) || !may_begin(signs, first) {
            return false;
        }
        let loose = matches!(self, Self::InitialsSkip | Self::InnerSkip | Self::Letters);
        let strange = loose && words[..others.len()].iter().any(|word| word.comma) || !first.may_open(loose);
        if strange {
            return false;
        }
        match self {
            Self::Initials | Self::InitialsStops | Self::InitialsSkip => initials(self, signs, words),
            Self::Inner | Self::InnerStops | Self::InnerSkip => inner(self, signs, words),
            Self::Prefix => words.len() == 1 && prefix(signs, first),
            Self::OneLetter => one_letter(signs, words),
            Self::Letters => letters(signs, words),
        }
    }
}

/// Whether the first of the words may give the first sign: none is found without.
fn may_begin(signs: &[Sign], first: &Word) -> bool {
    signs.first().is_some_and(|sign| std::iter::once(&0).chain(&first.opens).any(|open| sign_at(*sign, first, *open)))
}

/// The most words that a long form may have for so many signs.
const fn most_words_of(signs: &[Sign]) -> usize {
    if signs.len() < 5 { signs.len() * 2 } else { signs.len() + 5 }
}

/// The most words that a long form of the short form may have, however it is read.
pub(super) fn most_words(form: &ShortForm) -> usize {
    form.readings().iter().map(|signs| most_words_of(signs)).max().unwrap_or(0)
}

/// Whether words that begin with some of these letters, as bits, may give the first sign of a short form, however it is read.
pub(super) fn may_begin_with(form: &ShortForm, openings: u32) -> bool {
    form.readings().iter().filter_map(|signs| signs.first()).any(|sign| match sign {
        Sign::Letter(sign) if sign.is_ascii_lowercase() && *sign != 'x' => {
            u8::try_from(*sign).is_ok_and(|sign| openings & letter(sign) != 0)
        }
        _ => true,
    })
}

/// Whether the first word of a text may give the first sign of a short form, so that a window of it is worth to be read.
pub(super) fn may_open(form: &ShortForm, text: &str) -> bool {
    let gives = |letter: char| letter.is_alphanumeric() || matches!(letter, '&' | '+');
    let first = text.split_whitespace().find(|run| run.contains(gives)).unwrap_or("");
    match form.readings().first().and_then(|signs| signs.first()) {
        Some(Sign::Letter(sign)) if *sign != 'x' => {
            first.chars().flat_map(char::to_lowercase).any(|letter| letter == *sign)
        }
        _ => true,
    }
}

/// The nearest run of words that ends the window and fits, by the most precise strategy.
#[must_use]
pub(super) fn ending(form: &ShortForm, window: &Window<'_>) -> Option<(Span, Strategy)> {
    let words = window.words();
    let farthest = words.len().saturating_sub(most_words(form));
    let starts = |strategy| (farthest..words.len()).rev().map(move |from| (strategy, from));
    ALL.into_iter().flat_map(starts).find_map(|(strategy, from)| {
        let run = &words[from..];
        let fits = suits(form, strategy, run);
        (fits && is_longer(form, window, run)).then(|| (span(run), strategy))
    })
}

/// The whole window.
#[must_use]
pub(super) fn whole(form: &ShortForm, window: &Window<'_>) -> Option<(Span, Strategy)> {
    let words = window.words();
    let strategy = ALL.into_iter().find(|strategy| suits(form, *strategy, words))?;
    is_longer(form, window, words).then(|| (span(words), strategy))
}

/// The long form of up to three words that end the window and a tail that stands further on.
#[must_use]
pub(super) fn with_tail(form: &ShortForm, window: &Window<'_>, tail: &[Word]) -> Option<String> {
    let words = window.words();
    (words.len().saturating_sub(3)..words.len()).rev().find_map(|from| {
        let run: Vec<Word> = words[from..].iter().chain(tail).cloned().collect();
        let fits = suits(form, Strategy::Initials, &run) || suits(form, Strategy::Inner, &run);
        fits.then(|| format!("{} {}", span(&words[from..]).of(window.text), span(tail).of(window.text)))
    })
}

/// The shortest run of at least `least` words from the window's start that fits.
#[must_use]
pub(super) fn from_start(form: &ShortForm, window: &Window<'_>, least: usize) -> Option<(Span, Strategy)> {
    let words = window.words();
    let tried = ALL.into_iter().filter(|strategy| *strategy != Strategy::Letters);
    let ends = |strategy| (least..=words.len()).map(move |end| (strategy, end));
    tried.flat_map(ends).find_map(|(strategy, end)| {
        let run = &words[..end];
        let closed = run.last().is_some_and(|last| !last.stop);
        (closed && suits(form, strategy, run) && is_longer(form, window, run)).then(|| (span(run), strategy))
    })
}

/// Whether a single word is long and odd enough to be a long form of its own: `interleukin` for `IL`.
#[must_use]
pub(super) fn is_long_word(form: &ShortForm, word: &str) -> bool {
    word.len() >= 3 * form.written().len() && !crate::extract::english::is_english(&word.to_lowercase())
}

fn suits(form: &ShortForm, strategy: Strategy, run: &[Word]) -> bool {
    // Loose letters fit too much for a short form that may be read in several ways.
    let tried = if strategy == Strategy::Letters { 1 } else { usize::MAX };
    form.readings().iter().take(tried).any(|signs| {
        let sure = strategy == Strategy::Initials && signs.len() > 2;
        !signs.is_empty()
            && (sure || !form.is_word())
            && strategy.suits(signs.len(), form.is_clear())
            && strategy.fits(signs, run)
    })
}

/// Whether the run is longer than the short form and does not hold it: `Kafka is` is no long form of `Kafka`.
fn is_longer(form: &ShortForm, window: &Window<'_>, run: &[Word]) -> bool {
    let long = span(run);
    let (short, words) = (form.written().to_lowercase(), long.of(window.text).to_lowercase());
    let inner = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    let whole = |at: usize| !inner(words[..at].chars().next_back()) && !inner(words[at + short.len()..].chars().next());
    long.len() > form.written().len() && !words.match_indices(&short).any(|(at, _)| whole(at))
}

fn span(run: &[Word]) -> Span {
    match (run.first(), run.last()) {
        (Some(first), Some(last)) => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}

/// Which numbers of signs may be given so far, as bits, by how many parts were passed over. A short form has at most 18 bytes, so
/// fewer than 64 signs.
type Given = [u64; 3];

/// Before any word.
const NONE_GIVEN: Given = [1, 0, 0];

/// Whether all of so many signs may be given.
fn gives_all(given: Given, signs: usize) -> bool {
    given.iter().any(|counts| counts >> signs & 1 != 0)
}

/// What may be given behind a part that adds to each number of signs what `more` tells, as bits; nothing where it fits nowhere.
/// A `free` part may be passed over, any other one only so often as `passes` says, and the `opening` one never.
fn behind(
    given: Given,
    signs: usize,
    more: impl Fn(usize) -> u64,
    (opening, free, passes): (bool, bool, usize),
) -> Option<Given> {
    let mut next: Given = [0; 3];
    let counts = given.iter().fold(0, |counts, more| counts | more);
    for count in (0..=signs).filter(|count| counts >> count & 1 != 0) {
        let more = more(count);
        for passed in (0..=passes).filter(|passed| given[*passed] >> count & 1 != 0) {
            next[passed] |= more;
            if free {
                next[passed] |= 1 << count;
            } else if !opening && passed < passes {
                next[passed + 1] |= 1 << count;
            }
        }
    }
    (next != [0; 3]).then_some(next)
}

/// The parts of words give one sign each. Keeps which numbers of signs can be given after each part.
fn initials(strategy: Strategy, signs: &[Sign], words: &[Word]) -> bool {
    let mut given = NONE_GIVEN;
    for (index, word) in words.iter().enumerate() {
        for (part, open) in word.opens.iter().enumerate() {
            let opening = index == 0 && part == 0;
            let free = !opening && word.stop && strategy.passes_stops();
            let more = |count: usize| {
                let gives = signs.get(count).is_some_and(|sign| sign_at(*sign, word, *open));
                if gives { 1 << (count + 1) } else { 0 }
            };
            match behind(given, signs.len(), more, (opening, free, strategy.passes())) {
                Some(next) => given = next,
                None => return false,
            }
        }
    }
    gives_all(given, signs.len())
}

/// Each word gives its first letter, and then letters inside in order.
fn inner(strategy: Strategy, signs: &[Sign], words: &[Word]) -> bool {
    let mut given = NONE_GIVEN;
    for (index, word) in words.iter().enumerate() {
        let free = index > 0 && word.stop && strategy.passes_stops();
        let more = |count: usize| {
            let most = most_inside(&signs[count..], word);
            (1..=most).fold(0, |bits, taken| bits | 1 << (count + taken))
        };
        match behind(given, signs.len(), more, (index == 0, free, strategy.passes())) {
            Some(next) => given = next,
            None => return false,
        }
    }
    gives_all(given, signs.len())
}

/// How many signs a word can give, the first by its first letter. Earlier letters first, so that fewer always fit too.
fn most_inside(signs: &[Sign], word: &Word) -> usize {
    let Some(first) = signs.first() else { return 0 };
    let gives = |start: &usize| sign_at(*first, word, *start);
    let start = if matches!(first, Sign::Plus | Sign::Minus) {
        word.opens.iter().copied().find(gives)
    } else {
        word.openings().find(gives)
    };
    let Some(start) = start else { return 0 };
    let mut taken = 1;
    for at in start + 1..word.lower.len() {
        if signs.get(taken).is_some_and(|sign| sign_at(*sign, word, at)) {
            taken += 1;
        }
    }
    taken
}

/// Whether the word gives the sign by the letters at `at`.
fn sign_at(sign: Sign, word: &Word, at: usize) -> bool {
    let opens = word.opens.contains(&at);
    let begins = |forms: &[&str]| {
        opens
            && forms
                .iter()
                .any(|form| form.chars().enumerate().all(|(next, letter)| word.lower.get(at + next) == Some(&letter)))
    };
    match sign {
        Sign::Letter('x') if begins(&["ex"]) => true,
        Sign::Letter(letter) => word.lower.get(at) == Some(&letter),
        Sign::Digit(digit) => word.lower.get(at) == Some(&digit) || begins(number(digit)),
        Sign::Plus => word.lower.get(at) == Some(&'+') || begins(&["plus", "positive", "and"]),
        Sign::Minus => begins(&["minus", "negative"]),
    }
}

/// How the number words of a digit begin.
const fn number(digit: char) -> &'static [&'static str] {
    match digit {
        '1' => &["one", "first", "single", "mono"],
        '2' => &["two", "second", "double", "bi"],
        '3' => &["three", "third", "triple", "tri"],
        '4' => &["four", "quad", "tetra"],
        '5' => &["five", "fifth", "penta"],
        '6' => &["six", "hexa"],
        '7' => &["seven"],
        '8' => &["eight", "octa"],
        '9' => &["nine", "ninth"],
        _ => &["zero"],
    }
}

fn prefix(signs: &[Sign], word: &Word) -> bool {
    word.lower.len() > signs.len() + 1
        && word.lower[signs.len()].is_alphabetic()
        && (0..signs.len()).all(|at| sign_at(signs[at], word, at))
}

/// A word of four and more letters, or two words of which the first gives the letter.
fn one_letter(signs: &[Sign], words: &[Word]) -> bool {
    let [first, rest @ ..] = words else { return false };
    rest.is_empty() && first.lower.len() > 3 && first.lower.first().is_some_and(|_| sign_at(signs[0], first, 0))
}

/// Right to left (Schwartz and Hearst, 2003): each sign somewhere, the first where a part of the first word opens. At most two
/// words beside stop words may give nothing.
fn letters(signs: &[Sign], words: &[Word]) -> bool {
    let mut left = signs.len();
    let mut idle = 0;
    for (index, word) in words.iter().enumerate().rev() {
        let before = left;
        for at in (0..word.lower.len()).rev() {
            if left == 0 {
                break;
            }
            let opening = left > 1 || index == 0 && word.openings().any(|open| open == at);
            let opening = opening && (left > 1 || index == 0);
            if opening && sign_at(signs[left - 1], word, at) {
                left -= 1;
            }
        }
        idle += usize::from(left == before && !word.stop);
        if left == 0 && index > 0 {
            return false;
        }
    }
    left == 0 && idle <= 1
}
