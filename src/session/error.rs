//! What can go wrong behind the door: the errors of all rooms to the left, and those of the session.

use std::path::PathBuf;

use super::stage::StageError;
use super::{NameError, PictureError};
use crate::error::{Exit, Hint, Report};
use crate::query::QueryError;
use crate::query::question::QuestionError;
use crate::search::SearchError;
use crate::store::StoreError;
use crate::text::Span;

/// Anything that can go wrong behind the door.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// A name leads to no concept, or to several.
    #[error(transparent)]
    Name(#[from] NameError),
    /// A question is in no known form.
    #[error(transparent)]
    Question(#[from] QuestionError),
    /// A statement failed.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A search failed.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The index cannot be opened, read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A picture could not be drawn.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// What is exported cannot be read or written.
    #[error("the export failed: {0}")]
    Lines(std::io::Error),
    /// A stream of rows could not be read or written.
    #[error(transparent)]
    Stage(#[from] StageError),
    /// A file cannot be read as a note.
    #[error("{path} cannot be read: {why}")]
    NoNote {
        /// The file.
        path: String,
        /// Why.
        why: String,
    },
    /// A decision could go into several files.
    #[error("the index holds {} folders, each with a quipu.toml of its own", roots.len())]
    WhichRoot {
        /// The folders.
        roots: Vec<PathBuf>,
    },
}

impl SessionError {
    /// The error of another room, where it is one.
    fn inner(&self) -> Option<&dyn Report> {
        match self {
            Self::Name(error) => Some(error),
            Self::Question(error) => Some(error),
            Self::Query(error) => Some(error),

            Self::Search(error) => Some(error),
            Self::Store(error) => Some(error),
            Self::Picture(error) => Some(error),
            Self::Stage(error) => Some(error),
            Self::NoNote { .. } | Self::WhichRoot { .. } | Self::Lines(_) => None,
        }
    }
}

impl Report for SessionError {
    fn exit(&self) -> Exit {
        match self {
            Self::Lines(_) => Exit::Fault,
            _ => self.inner().map_or(Exit::Usage, Report::exit),
        }
    }

    fn span(&self) -> Option<Span> {
        self.inner().and_then(Report::span)
    }

    fn hint(&self) -> Option<Hint> {
        match self {
            Self::WhichRoot { roots } => {
                let roots: Vec<String> = roots.iter().map(|root| root.display().to_string()).collect();
                Some(format!("name one with --root: {}", roots.join(", ")).into())
            }
            _ => self.inner().and_then(Report::hint),
        }
    }
}
