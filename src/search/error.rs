//! What can go wrong in a search.

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenReadError};

use crate::error::{Exit, Hint, Report};
use crate::limits::Limit;
use crate::text::Span;

/// A search that cannot be answered.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The text of the search is malformed.
    #[error("{message}")]
    Syntax {
        /// What is wrong, one clause.
        message: String,
        /// Where, in bytes of the search text.
        span: Span,
        /// What to write instead.
        hint: &'static str,
    },
    /// The text of the search is larger than allowed.
    #[error("the search has {count} {what}, more than the limit of {most}")]
    Limit {
        /// The limit.
        limit: Limit,
        /// How much there is.
        count: usize,
        /// Of what.
        what: &'static str,
        /// How much is allowed.
        most: usize,
        /// Where the limit was passed, in bytes of the search text.
        span: Span,
    },
    /// The full-text part of the index cannot be read or written.
    #[error("the full-text index failed: {message}")]
    Index {
        /// What the engine says.
        message: String,
        /// Whether building the index anew mends it.
        damaged: bool,
    },
    /// Another process writes the index.
    #[error("another process is writing the index")]
    Busy,
}

impl From<TantivyError> for SearchError {
    fn from(error: TantivyError) -> Self {
        use std::io::ErrorKind::{InvalidData, UnexpectedEof};
        let damaged = match &error {
            TantivyError::LockFailure(LockError::LockBusy, _) => return Self::Busy,
            TantivyError::DataCorruption(_)
            | TantivyError::IncompatibleIndex(_)
            | TantivyError::SchemaError(_)
            | TantivyError::FieldNotFound(_)
            | TantivyError::DeserializeError(_)
            | TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(_) | OpenReadError::IncompatibleIndex(_)) => {
                true
            }
            TantivyError::IoError(error) => matches!(error.kind(), UnexpectedEof | InvalidData),
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
                matches!(io_error.kind(), UnexpectedEof | InvalidData)
            }
            _ => false,
        };
        Self::Index { message: error.to_string(), damaged }
    }
}

impl From<std::io::Error> for SearchError {
    fn from(error: std::io::Error) -> Self {
        TantivyError::from(error).into()
    }
}

impl Report for SearchError {
    fn exit(&self) -> Exit {
        match self {
            Self::Syntax { .. } => Exit::Usage,
            Self::Limit { .. } => Exit::Limit,
            Self::Index { .. } => Exit::NoIndex,
            Self::Busy => Exit::Busy,
        }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::Syntax { span, .. } | Self::Limit { span, .. } => Some(*span),
            Self::Index { .. } | Self::Busy => None,
        }
    }

    fn hint(&self) -> Option<Hint> {
        let hint = match self {
            Self::Syntax { hint, .. } => hint,
            Self::Limit { limit, .. } => return Some(limit.hint()),
            Self::Index { damaged: true, .. } => {
                "delete the index folder and run `quipu ingest` with your notes folders"
            }
            Self::Index { damaged: false, .. } => return None,
            Self::Busy => "wait until it ends; the lock frees itself",
        };
        Some(hint.into())
    }
}
