//! The text of a search → its words, phrases, signs and operators.

use super::SearchError;
use super::request::{Compare, SearchField, syntax};
use crate::text::Span;

/// The most letters in which a near word may differ.
const MAX_DISTANCE: u8 = 2;

/// One piece of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexeme<'a> {
    Open,
    Close,
    And,
    Or,
    Sign(Sign),
    /// `title:` with something right behind it.
    Field(SearchField),
    /// A word or a phrase, and how to compare it.
    Words {
        text: &'a str,
        compare: Compare,
    },
}

/// A sign before a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Not,
    Must,
}

/// A walk over the pieces, with one piece of foresight.
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    peeked: Option<(Lexeme<'a>, Span)>,
}

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, peeked: None }
    }

    /// The next piece, which stays next.
    pub(super) fn peek(&mut self) -> Result<Option<(Lexeme<'a>, Span)>, SearchError> {
        if self.peeked.is_none() {
            self.peeked = self.read()?;
        }
        Ok(self.peeked)
    }

    /// Drops the piece last peeked at.
    pub(super) const fn skip(&mut self) {
        self.peeked = None;
    }

    /// The next piece.
    pub(super) fn next(&mut self) -> Result<Option<(Lexeme<'a>, Span)>, SearchError> {
        match self.peeked.take() {
            Some(peeked) => Ok(Some(peeked)),
            None => self.read(),
        }
    }

    fn read(&mut self) -> Result<Option<(Lexeme<'a>, Span)>, SearchError> {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
        let start = self.at;
        let Some(first) = rest.chars().next() else { return Ok(None) };
        let behind = rest[first.len_utf8()..].chars().next();
        let begins = behind.is_some_and(|next| !next.is_whitespace() && next != first);
        let lexeme = match first {
            '(' => self.take(1, Lexeme::Open),
            ')' => self.take(1, Lexeme::Close),
            '"' => self.phrase()?,
            '-' if begins => self.take(1, Lexeme::Sign(Sign::Not)),
            '+' if begins => self.take(1, Lexeme::Sign(Sign::Must)),
            _ => self.word()?,
        };
        Ok(Some((lexeme, Span::new(start, self.at))))
    }

    const fn take(&mut self, length: usize, lexeme: Lexeme<'a>) -> Lexeme<'a> {
        self.at += length;
        lexeme
    }

    fn phrase(&mut self) -> Result<Lexeme<'a>, SearchError> {
        let start = self.at + 1;
        let Some(length) = self.text[start..].find('"') else {
            let span = Span::new(self.at, self.text.len());
            return Err(syntax("a quote is not closed", span, "add `\"` at the end of the phrase"));
        };
        self.at = start + length + 1;
        let text = &self.text[start..start + length];
        let mut compare = Compare::Exact { slop: 0 };
        if let Some(number) = self.number_after_tilde() {
            compare = Compare::Exact { slop: u8::try_from(number.unwrap_or(0).min(100)).unwrap_or(100) };
        }
        if self.text[self.at..].starts_with('*') {
            self.at += 1;
            compare = Compare::Prefix;
        }
        Ok(Lexeme::Words { text, compare })
    }

    /// `~` with the number behind it, if any; taken only where the piece ends behind it.
    fn number_after_tilde(&mut self) -> Option<Option<usize>> {
        let rest = self.text[self.at..].strip_prefix('~')?;
        let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
        self.at += 1 + digits;
        Some(rest[..digits].parse().ok())
    }

    fn word(&mut self) -> Result<Lexeme<'a>, SearchError> {
        let rest = &self.text[self.at..];
        let ends = |letter: char| letter.is_whitespace() || matches!(letter, '(' | ')' | '"');
        let word = &rest[..rest.find(ends).unwrap_or(rest.len())];
        if let Some((name, after)) = word.split_once(':')
            && let Some(field) = SearchField::named(&name.to_ascii_lowercase())
        {
            let behind = &rest[name.len() + 1..];
            let opens = behind.starts_with(['(', '"']);
            if opens || !after.is_empty() {
                return Ok(self.take(name.len() + 1, Lexeme::Field(field)));
            }
        }
        let lexeme = match word {
            "AND" | "&&" => Lexeme::And,
            "OR" | "||" => Lexeme::Or,
            "NOT" => Lexeme::Sign(Sign::Not),
            _ => self.compared(word)?,
        };
        Ok(self.take(word.len(), lexeme))
    }

    /// A word with `*` or `~N` at its end.
    fn compared(&self, word: &'a str) -> Result<Lexeme<'a>, SearchError> {
        if let Some(text) = word.strip_suffix('*') {
            return Ok(Lexeme::Words { text, compare: Compare::Prefix });
        }
        let tilde = word.rfind('~').filter(|at| word[at + 1..].bytes().all(|byte| byte.is_ascii_digit()));
        let Some(at) = tilde else { return Ok(Lexeme::Words { text: word, compare: Compare::Exact { slop: 0 } }) };
        let (text, number) = (&word[..at], &word[at + 1..]);
        let natural = if text.chars().count() <= 4 { 1 } else { MAX_DISTANCE };
        let distance = if number.is_empty() { Some(natural) } else { number.parse().ok() };
        match distance {
            Some(distance) if distance <= MAX_DISTANCE => {
                Ok(Lexeme::Words { text, compare: Compare::Fuzzy { distance } })
            }
            _ => {
                let span = Span::new(self.at + at, self.at + word.len());
                Err(syntax("at most 2 letters may differ", span, "write `~`, `~1` or `~2`"))
            }
        }
    }
}
