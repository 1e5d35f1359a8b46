//! The operators on strings: `STARTS WITH`, `ENDS WITH`, `CONTAINS` and `=~`.
//!
//! All four are unknown unless both sides are strings.

use std::cell::RefCell;
use std::collections::BTreeMap;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::ast::ErrorKind;

use super::{Detail, Value, ValueError};
use crate::limits::{Limit, Limits};
use crate::text::Name;

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
#[derive(Debug)]
pub struct Regexes {
    limits: Limits,
    known: RefCell<BTreeMap<Name, Regex>>,
}

impl Regexes {
    /// No pattern yet.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self { limits: limits.clone(), known: RefCell::default() }
    }

    fn matches(&self, pattern: &str, text: &str) -> Result<bool, ValueError> {
        let mut known = self.known.borrow_mut();
        if let Some(regex) = known.get(pattern) {
            return Ok(regex.is_match(text));
        }
        let regex = compile(pattern, &self.limits)?;
        let found = regex.is_match(text);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(pattern.into(), regex);
        Ok(found)
    }
}

fn compile(pattern: &str, limits: &Limits) -> Result<Regex, ValueError> {
    let longest = limits.size(Limit::Regex);
    if pattern.len() > longest {
        let message = format!("the regular expression has more than {longest} bytes");
        return Err(ValueError::limit(Limit::Regex, message));
    }
    check_depth(pattern, limits)?;
    let size = limits.size(Limit::RegexSize);
    let whole = format!(r"\A(?:{pattern}{})\z", line_end(pattern));
    // A little deeper than what was checked, for what stands around the whole.
    let deepest = u32::try_from(limits.get(Limit::RegexDepth)).unwrap_or(u32::MAX).saturating_add(8);
    let build =
        |pattern: &str| RegexBuilder::new(pattern).size_limit(size).dfa_size_limit(size).nest_limit(deepest).build();
    build(pattern).and_then(|_| build(&whole)).map_err(|error| refuse(&error, limits))
}

/// Whether the groups of a pattern nest too deep; what else is wrong with it is found later.
fn check_depth(pattern: &str, limits: &Limits) -> Result<(), ValueError> {
    let deepest = u32::try_from(limits.get(Limit::RegexDepth)).unwrap_or(u32::MAX);
    match ParserBuilder::new().nest_limit(deepest).build().parse(pattern) {
        Err(regex_syntax::Error::Parse(error)) if matches!(error.kind(), ErrorKind::NestLimitExceeded(_)) => {
            let message = format!("the regular expression nests deeper than {deepest}");
            Err(ValueError::limit(Limit::RegexDepth, message))
        }
        _ => Ok(()),
    }
}

fn refuse(error: &regex::Error, limits: &Limits) -> ValueError {
    if matches!(error, regex::Error::CompiledTooBig(_)) {
        let most = Limit::RegexSize.rule().shown(limits.get(Limit::RegexSize));
        return ValueError::limit(Limit::RegexSize, format!("the regular expression takes more than {most} of memory"));
    }
    let reason = error.to_string();
    let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
    ValueError::argument(Detail::InvalidRegularExpression, format!("the regular expression is wrong: {reason}"))
}

/// A line break after the pattern where it may end in a comment of verbose mode.
fn line_end(pattern: &str) -> &'static str {
    if pattern.contains("(?") && pattern.contains('#') { "\n" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, pattern: &str) -> Option<bool> {
        matches(&text.into(), &pattern.into(), &Regexes::new(&Limits::default())).ok().flatten()
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
        let refused = |pattern: &str| {
            let error = matches(&"a".into(), &pattern.into(), &Regexes::new(&Limits::default())).unwrap_err();
            (error.detail.name(), error.message)
        };
        let too = |detail, message: &str| (detail, format!("the regular expression {message}"));
        assert_eq!(refused(r"\w{1000}{1000}"), too("RegexTooLarge", "takes more than 1M of memory"));
        assert_eq!(refused(&"a".repeat(5000)), too("RegexTooLong", "has more than 4096 bytes"));
        let deep = |depth: usize| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(refused(&deep(51)), too("RegexTooDeep", "nests deeper than 50"));
        assert_eq!(found("a", &deep(50)), Some(true));
        let raised = Regexes::new(&Limits::default().with(Limit::RegexDepth, 250));
        assert_eq!(matches(&"a".into(), &deep(250).as_str().into(), &raised), Ok(Some(true)));
    }

    #[test]
    fn other_types_are_unknown() {
        assert_eq!(matches(&1.into(), &"1".into(), &Regexes::new(&Limits::default())), Ok(None));
        assert_eq!(contains_text(&"a".into(), &Value::Null), None);
    }
}
