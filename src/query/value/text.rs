//! The operators on strings: `STARTS WITH`, `ENDS WITH`, `CONTAINS` and `=~`.
//!
//! All four are unknown unless both sides are strings.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};

use super::{Detail, Value, ValueError};
use crate::text::Name;

/// The longest pattern of `=~`, in bytes.
const PATTERN_LIMIT: usize = 4 << 10;
/// How much memory one compiled pattern may take, in bytes.
const COMPILED_LIMIT: usize = 1 << 20;
/// How deep a pattern may nest.
const NEST_LIMIT: u32 = 50;
/// How many compiled patterns a statement keeps.
const KEPT: usize = 64;

/// `left STARTS WITH right`.
#[must_use]
pub fn starts_with(left: &Value, right: &Value) -> Option<bool> {
    both(left, right).map(|(text, part)| text.starts_with(part))
}

/// `left ENDS WITH right`.
#[must_use]
pub fn ends_with(left: &Value, right: &Value) -> Option<bool> {
    both(left, right).map(|(text, part)| text.ends_with(part))
}

/// `left CONTAINS right`.
#[must_use]
pub fn contains_text(left: &Value, right: &Value) -> Option<bool> {
    both(left, right).map(|(text, part)| text.contains(part))
}

/// `left =~ right`: whether the pattern matches the whole text. Linear in the text.
///
/// # Errors
///
/// An argument error for a pattern that does not parse or grows past the limits.
pub fn matches(left: &Value, right: &Value, regexes: &Regexes) -> Result<Option<bool>, ValueError> {
    both(left, right).map(|(text, pattern)| regexes.matches(pattern, text)).transpose()
}

fn both<'a>(left: &'a Value, right: &'a Value) -> Option<(&'a str, &'a str)> {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Some((left, right)),
        _ => None,
    }
}

/// The patterns of one statement, compiled once each.
#[derive(Debug, Default)]
pub struct Regexes(RefCell<BTreeMap<Name, Regex>>);

impl Regexes {
    fn matches(&self, pattern: &str, text: &str) -> Result<bool, ValueError> {
        let mut known = self.0.borrow_mut();
        if let Some(regex) = known.get(pattern) {
            return Ok(regex.is_match(text));
        }
        let regex = compile(pattern)?;
        let found = regex.is_match(text);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(pattern.into(), regex);
        Ok(found)
    }
}

fn compile(pattern: &str) -> Result<Regex, ValueError> {
    if pattern.len() > PATTERN_LIMIT {
        let message = format!("the regular expression has more than {PATTERN_LIMIT} bytes");
        return Err(ValueError::argument(Detail::InvalidRegularExpression, message));
    }
    let build = |pattern: &str| {
        let mut builder = RegexBuilder::new(pattern);
        builder.size_limit(COMPILED_LIMIT).dfa_size_limit(COMPILED_LIMIT).nest_limit(NEST_LIMIT).build()
    };
    let whole = build(pattern).and_then(|_| build(&format!(r"\A(?:{pattern}{})\z", line_end(pattern))));
    whole.map_err(|error| {
        let reason = error.to_string();
        let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
        ValueError::argument(Detail::InvalidRegularExpression, format!("the regular expression is wrong: {reason}"))
    })
}

/// A line break after the pattern where it may end in a comment of verbose mode.
fn line_end(pattern: &str) -> &'static str {
    if pattern.contains("(?") && pattern.contains('#') { "\n" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, pattern: &str) -> Option<bool> {
        matches(&text.into(), &pattern.into(), &Regexes::default()).ok().flatten()
    }

    #[test]
    fn patterns_match_the_whole_text() {
        assert_eq!(found("Flume", "Fl.*"), Some(true));
        assert_eq!(found("Apache Flume", "Fl.*"), Some(false));
        assert_eq!(found("ab", "a|ab"), Some(true));
        assert_eq!(found("FLUME", "(?i)flume"), Some(true));
    }

    #[test]
    fn wrong_and_huge_patterns_are_refused() {
        assert_eq!(found("a", "("), None);
        assert_eq!(found("a", r"a)|(b"), None);
        assert_eq!(found("a", r"\w{1000}{1000}"), None);
        assert_eq!(found("a", &"a".repeat(5000)), None);
    }

    #[test]
    fn other_types_are_unknown() {
        assert_eq!(matches(&1.into(), &"1".into(), &Regexes::default()), Ok(None));
        assert_eq!(contains_text(&"a".into(), &Value::Null), None);
    }
}
