//! What a statement can fail with: class, phase and detail in openCypher's words, a message for
//! people, the place in the text, the next step.

use std::fmt;

use crate::error::{Exit, Hint, Report};
use crate::limits::Limit;
use crate::text::Span;

/// The class of an error, as openCypher names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryErrorKind {
    /// The statement is no openCypher, or means nothing.
    SyntaxError,
    /// A value has the wrong type.
    TypeError,
    /// An argument is outside what a function takes.
    ArgumentError,
    /// Numbers left their range.
    ArithmeticError,
    /// A node or relationship is gone.
    EntityNotFound,
    /// A procedure is unknown or failed.
    ProcedureError,
    /// The statement contradicts itself.
    SemanticError,
    /// A parameter was not given.
    ParameterMissing,
    /// The graph would be left in a state it may not be in.
    ConstraintVerificationFailed,
    /// The graph is read-only.
    ReadOnly,
    /// A limit was reached, or the statement was interrupted.
    LimitReached,
}

/// When an error was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Before anything ran.
    CompileTime,
    /// While it ran.
    Runtime,
}

/// A statement that failed. The graph is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Its class.
    pub kind: QueryErrorKind,
    /// When it was found.
    pub phase: Phase,
    /// What exactly, as openCypher names it, such as `UndefinedVariable`.
    pub detail: &'static str,
    /// One clause for people.
    pub message: String,
    /// Where in the statement, in bytes.
    pub span: Option<Span>,
    /// The next step.
    pub hint: Option<Hint>,
}

impl QueryError {
    /// An error found before anything ran.
    #[must_use]
    pub fn compile(kind: QueryErrorKind, detail: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self { kind, phase: Phase::CompileTime, detail, message: message.into(), span: Some(span), hint: None }
    }

    /// A syntax error.
    #[must_use]
    pub fn syntax(detail: &'static str, message: impl Into<String>, span: Span) -> Self {
        Self::compile(QueryErrorKind::SyntaxError, detail, message, span)
    }

    /// An error found while the statement ran.
    #[must_use]
    pub fn runtime(kind: QueryErrorKind, detail: &'static str, message: impl Into<String>) -> Self {
        Self { kind, phase: Phase::Runtime, detail, message: message.into(), span: None, hint: None }
    }

    /// A limit that was reached, with the option that raises it.
    #[must_use]
    pub fn limit(phase: Phase, limit: Limit, message: impl Into<String>) -> Self {
        let (kind, detail) = (QueryErrorKind::LimitReached, limit.rule().error);
        Self { kind, phase, detail, message: message.into(), span: None, hint: Some(limit.hint()) }
    }

    /// The same with a next step.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same with a place, unless it has one.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }
}

impl fmt::Display for QueryErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CompileTime => "compile time",
            Self::Runtime => "runtime",
        })
    }
}

impl Report for QueryError {
    fn exit(&self) -> Exit {
        match (self.kind, self.detail) {
            (QueryErrorKind::LimitReached, _) => Exit::Limit,
            (_, "UnknownConcept") => Exit::UnknownName,
            (_, "AmbiguousName") => Exit::Ambiguous,
            _ => Exit::Usage,
        }
    }

    fn span(&self) -> Option<Span> {
        self.span
    }

    fn hint(&self) -> Option<Hint> {
        self.hint.clone()
    }
}
