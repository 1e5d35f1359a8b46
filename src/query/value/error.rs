//! Why an operation on values failed, in openCypher's own words.

use std::fmt;

use crate::limits::Limit;

/// The class of an error, as the openCypher compatibility kit names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The statement is wrong before any value is known.
    SyntaxError,
    /// A value has a type the operation does not take.
    TypeError,
    /// A value of the right type is outside what the operation takes.
    ArgumentError,
    /// Numbers left their range.
    ArithmeticError,
    /// A node or relationship is gone.
    EntityNotFound,
    /// A limit was reached.
    LimitError,
}

/// What exactly was wrong, as the openCypher compatibility kit names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detail {
    /// The type of an argument.
    InvalidArgumentType,
    /// The value of an argument.
    InvalidArgumentValue,
    /// How many arguments there are.
    InvalidNumberOfArguments,
    /// A number outside its range.
    NumberOutOfRange,
    /// An integer past 64 bits.
    IntegerOverflow,
    /// A float past the largest double.
    FloatingPointOverflow,
    /// An integer divided by 0.
    DivisionByZero,
    /// A map asked for something other than a string key.
    MapElementAccessByNonString,
    /// A list asked for something other than an integer index.
    ListElementAccessByNonInteger,
    /// A node or relationship that was deleted in the same statement.
    DeletedEntityAccess,
    /// A regular expression that does not parse or is too large.
    InvalidRegularExpression,
    /// A limit.
    Limit(Limit),
}

/// A failed operation: it knows no position, the caller adds the span of the expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ValueError {
    /// Its class.
    pub kind: ErrorKind,
    /// What exactly.
    pub detail: Detail,
    /// One clause for people.
    pub message: String,
}

impl ValueError {
    /// A value of the wrong type.
    #[must_use]
    pub fn type_error(detail: Detail, message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::TypeError, detail, message: message.into() }
    }

    /// A value outside what is taken.
    #[must_use]
    pub fn argument(detail: Detail, message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::ArgumentError, detail, message: message.into() }
    }

    /// A number that left its range.
    #[must_use]
    pub fn arithmetic(detail: Detail, message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::ArithmeticError, detail, message: message.into() }
    }

    /// Access to a node or relationship that this statement has deleted.
    #[must_use]
    pub fn deleted(what: &str) -> Self {
        let message = format!("this {what} has been deleted in this statement");
        Self { kind: ErrorKind::EntityNotFound, detail: Detail::DeletedEntityAccess, message }
    }

    /// A limit that was reached.
    #[must_use]
    pub fn limit(limit: Limit, message: impl Into<String>) -> Self {
        Self { kind: ErrorKind::LimitError, detail: Detail::Limit(limit), message: message.into() }
    }
}

impl Detail {
    /// Its name, as the openCypher compatibility kit writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::InvalidArgumentType => "InvalidArgumentType",
            Self::InvalidArgumentValue => "InvalidArgumentValue",
            Self::InvalidNumberOfArguments => "InvalidNumberOfArguments",
            Self::NumberOutOfRange => "NumberOutOfRange",
            Self::IntegerOverflow => "IntegerOverflow",
            Self::FloatingPointOverflow => "FloatingPointOverflow",
            Self::DivisionByZero => "DivisionByZero",
            Self::MapElementAccessByNonString => "MapElementAccessByNonString",
            Self::ListElementAccessByNonInteger => "ListElementAccessByNonInteger",
            Self::DeletedEntityAccess => "DeletedEntityAccess",
            Self::InvalidRegularExpression => "InvalidRegularExpression",
            Self::Limit(limit) => limit.rule().error,
        }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}
