//! Counts brackets before the grammar sees them: linear, no recursion, strings and comments left out.

use std::cell::Cell;

use super::super::error::{Phase, QueryError};
use crate::limits::{Limit, Limits};
use crate::text::Span;

/// Words that begin a clause; each clause is one more operator over those before.
const CLAUSES: [&str; 10] = ["match", "unwind", "with", "call", "create", "merge", "set", "remove", "delete", "return"];

/// Refuses text that is too long, nests too deep or has too many clauses.
pub(super) fn check(text: &str, limits: &Limits) -> Result<(), QueryError> {
    let refuse = |limit, message| Err(QueryError::limit(Phase::CompileTime, limit, message));
    let (longest, most) = (limits.size(Limit::Text), limits.size(Limit::Clauses));
    if text.len() > longest {
        return refuse(Limit::Text, format!("the statement has {} bytes, the limit is {longest}", text.len()));
    }
    let deepest = limits.size(Limit::Depth);
    DEEPEST.set(deepest);
    let (mut depth, mut clauses) = (0usize, 0usize);
    for token in Tokens::new(text) {
        match token.word {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            word if word.eq_ignore_ascii_case("case") => depth += 1,
            word if word.eq_ignore_ascii_case("end") => depth = depth.saturating_sub(1),
            word if CLAUSES.iter().any(|clause| word.eq_ignore_ascii_case(clause)) => clauses += 1,
            _ => {}
        }
        let span = Span::new(token.start, token.start + token.word.len());
        if depth > deepest {
            return Err(too_deep(deepest).at(span));
        }
        if clauses > most {
            let message = format!("the statement has more than {most} clauses");
            return refuse(Limit::Clauses, message).map_err(|error| error.at(span));
        }
    }
    Ok(())
}

thread_local! {
    /// How deep the statement that this thread reads may nest.
    static DEEPEST: Cell<usize> = const { Cell::new(0) };
    /// Operators around the place that this thread reads.
    static AROUND: Cell<usize> = const { Cell::new(0) };
}

/// While it lives, what is read stands behind or before so many more operators.
pub(super) struct Deeper(usize);

impl Drop for Deeper {
    fn drop(&mut self) {
        AROUND.set(AROUND.get() - self.0);
    }
}

/// Enters operators before or behind one operand, such as `NOT NOT` or `.a.b[0]`: they nest as brackets do, so
/// those around one place are bounded too.
pub(super) fn deeper(operators: usize, span: Span) -> Result<Deeper, QueryError> {
    let (around, deepest) = (AROUND.get() + operators, DEEPEST.get());
    if around > deepest {
        return Err(too_deep(deepest).at(span));
    }
    AROUND.set(around);
    Ok(Deeper(operators))
}

fn too_deep(deepest: usize) -> QueryError {
    QueryError::limit(Phase::CompileTime, Limit::Depth, format!("the statement nests deeper than {deepest}"))
}

/// Where `text` ends without white space and comments behind the last token.
pub(super) fn end_of_tokens(text: &str) -> usize {
    Tokens::new(text).last().map_or(0, |token| token.start + token.word.len())
}

/// What stands between the quotes of each string literal; none where one stays open or has escapes.
pub(in crate::query) fn plain_strings(text: &str) -> Option<Vec<Span>> {
    let quoted = Tokens::new(text).filter(|token| token.word.starts_with(['\'', '"']));
    quoted
        .map(|token| {
            let closed = token.word.len() > 1 && token.word.ends_with(&token.word[..1]);
            let inner = Span::new(token.start + 1, (token.start + token.word.len()).saturating_sub(1));
            (closed && !token.word.contains('\\')).then_some(inner)
        })
        .collect()
}

/// A token, roughly: a word, a quoted text, or one character.
struct Token<'a> {
    word: &'a str,
    start: usize,
}

/// Cuts text into tokens, comments and white space left out.
struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn length_of_token(rest: &str, first: char) -> usize {
        match first {
            '\'' | '"' | '`' => quoted(rest, first),
            _ if first.is_alphanumeric() || first == '_' => {
                rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len())
            }
            _ => first.len_utf8(),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = &self.text[self.at..];
            let first = rest.chars().next()?;
            if first.is_whitespace() {
                self.at += first.len_utf8();
            } else if rest.starts_with("//") {
                self.at += rest.find('\n').unwrap_or(rest.len());
            } else if rest.starts_with("/*") {
                self.at += rest.find("*/").map_or(rest.len(), |end| end + 2);
            } else {
                let start = self.at;
                self.at += Self::length_of_token(rest, first);
                return Some(Token { word: &self.text[start..self.at], start });
            }
        }
    }
}

/// The length of the quoted text that `rest` begins with; all of it where the quote stays open.
fn quoted(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in rest.char_indices().skip(1) {
        if escaped {
            escaped = false;
        } else if letter == '\\' && quote != '`' {
            escaped = true;
        } else if letter == quote {
            return at + 1;
        }
    }
    rest.len()
}
