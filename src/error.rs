//! What all errors share: how a process ends, where the fault lies, what to do next.
//!
//! Each room has an error enum of its own; all of them implement [`Report`], so that a surface can
//! draw any of them the same way.

use std::cell::Cell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::text::Span;

/// How a run of quipu ends, as its exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exit {
    /// Answered.
    Answered = 0,
    /// Nothing was found; for `diff`, something was.
    Nothing = 1,
    /// The command line, the question or the query is wrong.
    Usage = 2,
    /// A name fits several concepts.
    Ambiguous = 3,
    /// A name fits no concept.
    UnknownName = 4,
    /// There is no index, or its notes and claims are damaged.
    NoIndex = 5,
    /// Another process writes the index.
    Busy = 6,
    /// A limit of time, rows or memory was reached.
    Limit = 7,
    /// Some notes were skipped, and `--strict` was given.
    Skipped = 8,
    /// A fault of quipu itself.
    Fault = 70,
}

impl Exit {
    /// Every way to end with what it means, for help texts and manual pages.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Answered, "answered"),
        (Self::Nothing, "nothing found (diff: something differs)"),
        (Self::Usage, "usage or query error"),
        (Self::Ambiguous, "name ambiguous (the candidates are listed)"),
        (Self::UnknownName, "name unknown (near names are offered)"),
        (Self::NoIndex, "no index, or damaged (the message says how to rebuild)"),
        (Self::Busy, "busy: another process writes the index"),
        (Self::Limit, "a limit was reached (the message says how to raise it)"),
        (Self::Skipped, "some notes were skipped, with --strict"),
        (Self::Fault, "a fault of quipu"),
    ];

    /// The exit code.
    #[must_use]
    pub const fn code(self) -> u8 {
        self as u8
    }
}

thread_local! {
    /// How many callers on this thread catch a panic.
    static CAUGHT: Cell<usize> = const { Cell::new(0) };
}

/// Runs `work`; nothing where it panics. Whoever calls this tells of the fault in words of its own.
pub fn survive<T>(work: impl FnOnce() -> T) -> Option<T> {
    CAUGHT.set(CAUGHT.get() + 1);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    CAUGHT.set(CAUGHT.get() - 1);
    outcome.ok()
}

/// Whether a panic on this thread is caught and told by [`survive`]'s caller, so that nothing else need be said.
#[must_use]
pub fn is_survived() -> bool {
    CAUGHT.get() > 0
}

/// The next step after an error, as one clause; what the command line does by an option, a request does otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    words: String,
    request: Option<String>,
}

impl Hint {
    /// The same, in other words for who sent a request to a server.
    #[must_use]
    pub fn or_in_a_request(mut self, words: impl Into<String>) -> Self {
        self.request = Some(words.into());
        self
    }

    /// The hint for who sent a request to a server.
    #[must_use]
    pub fn for_request(self) -> String {
        self.request.unwrap_or(self.words)
    }
}

impl From<String> for Hint {
    fn from(words: String) -> Self {
        Self { words, request: None }
    }
}

impl From<&str> for Hint {
    fn from(words: &str) -> Self {
        words.to_owned().into()
    }
}

/// The hint for who is at the command line.
impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// What a surface needs to show an error and to end with the right code.
///
/// The message is the error's `Display`: one clause, lower case, no full stop.
pub trait Report: std::error::Error {
    /// How the process ends.
    fn exit(&self) -> Exit;

    /// Where the fault lies in the text of the question or statement.
    fn span(&self) -> Option<Span> {
        None
    }

    /// The next step.
    fn hint(&self) -> Option<Hint> {
        None
    }
}

/// `did you mean A, B or C?`, or nothing when there is no name to offer.
#[must_use]
pub fn did_you_mean(names: &[String]) -> Option<String> {
    let (last, before) = names.split_last()?;
    if before.is_empty() {
        return Some(format!("did you mean {last}?"));
    }
    Some(format!("did you mean {} or {last}?", before.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_survived_where_somebody_tells_of_it() {
        let inside = survive(|| survive(|| panic!("on purpose")).map_or_else(is_survived, |()| false));
        assert_eq!((inside, is_survived()), (Some(true), false));
    }

    #[test]
    fn near_names_are_offered_as_a_question() {
        let names: Vec<String> = ["Hive", "HBase", "HDFS"].map(String::from).to_vec();
        assert_eq!(did_you_mean(&names).as_deref(), Some("did you mean Hive, HBase or HDFS?"));
        assert_eq!(did_you_mean(&names[..1]).as_deref(), Some("did you mean Hive?"));
        assert_eq!(did_you_mean(&[]), None);
    }
}
