//! Literals: numbers with their ranges, strings with their escapes.

use super::Rule;
use super::token::{Node, parts, span};
use crate::query::ast::Literal;
use crate::query::error::QueryError;
use crate::text::Span;

/// A number literal, negated where a sign stands directly before it.
pub(super) fn number(node: Node<'_>, negative: bool) -> Result<Literal, QueryError> {
    let inner = parts(node).expect();
    let (place, text) = (span(&inner), inner.as_str());
    match inner.as_rule() {
        Rule::float_literal => float(text, negative, place),
        Rule::integer_literal => integer(text, 10, negative, place),
        Rule::based_literal => based(text, negative, place),
        _ => Err(malformed(text, place)),
    }
}

fn float(text: &str, negative: bool, place: Span) -> Result<Literal, QueryError> {
    let number: f64 = text.parse().map_err(|_| malformed(text, place))?;
    if number.is_infinite() {
        let message = format!("{text} is past the largest float");
        return Err(QueryError::syntax("FloatingPointOverflow", message, place));
    }
    Ok(Literal::Float(if negative { -number } else { number }))
}

fn based(text: &str, negative: bool, place: Span) -> Result<Literal, QueryError> {
    let radix = if text[1..].starts_with(['x', 'X']) { 16 } else { 8 };
    let digits = &text[2..];
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Err(malformed(text, place));
    }
    integer(digits, radix, negative, place)
}

/// Digits of `radix` in the range of 64 bits, signed.
fn integer(digits: &str, radix: u32, negative: bool, place: Span) -> Result<Literal, QueryError> {
    let magnitude = i128::from_str_radix(digits, radix).unwrap_or(i128::MAX);
    let number = if negative { -magnitude } else { magnitude };
    i64::try_from(number).map(Literal::Integer).map_err(|_| {
        let sign = if negative { "-" } else { "" };
        QueryError::syntax("IntegerOverflow", format!("{sign}{digits} does not fit into 64 bits"), place)
    })
}

fn malformed(text: &str, place: Span) -> QueryError {
    QueryError::syntax("InvalidNumberLiteral", format!("{text} is no number"), place)
}

/// A string literal without quotes and escapes.
pub(super) fn string(node: Node<'_>) -> Result<String, QueryError> {
    let place = span(&node);
    let inner = parts(node).expect();
    let start = inner.as_span().start();
    let mut letters = inner.as_str().char_indices();
    let mut text = String::with_capacity(inner.as_str().len());
    while let Some((at, letter)) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        let (_, escape) = letters.next().unwrap_or((at, '\\'));
        match escape {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            '\\' | '\'' | '"' | '`' => text.push(escape),
            'u' | 'U' => {
                let length = if escape == 'u' { 4 } else { 8 };
                let digits = inner.as_str().get(at + 2..at + 2 + length);
                let place = Span::new(start + at, (start + at + 2).min(place.end));
                push_unicode(&mut text, digits, length, place)?;
                letters.by_ref().take(length).for_each(drop);
            }
            other => {
                // Patterns of `=~` keep their backslashes.
                text.push('\\');
                text.push(other);
            }
        }
    }
    Ok(text)
}

fn push_unicode(text: &mut String, digits: Option<&str>, length: usize, place: Span) -> Result<(), QueryError> {
    let wrong = || {
        let message = format!("a Unicode escape takes {length} hexadecimal digits that name a character");
        QueryError::syntax("InvalidUnicodeLiteral", message, place)
    };
    let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit())).ok_or_else(wrong)?;
    let letter = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).ok_or_else(wrong)?;
    text.push(letter);
    Ok(())
}
