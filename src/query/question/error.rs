//! Why a question cannot be understood.

use super::forms;
use crate::error::{Exit, Hint, Report};
use crate::extract::Kind;
use crate::limits::Limit;
use crate::text::Span;

/// A question that is in none of the forms. Names are settled later, by the session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionError {
    /// No form begins like this, or none goes on like this.
    #[error("this question has none of the forms that quipu knows")]
    UnknownForm {
        /// Where reading stopped.
        span: Span,
    },
    /// It is longer than allowed.
    #[error("the question has {bytes} bytes, the limit is {most}")]
    TooLong {
        /// How long it is.
        bytes: usize,
        /// How long it may be.
        most: usize,
    },
    /// The verb is in no relation of the graph.
    #[error("the notes know no relation `{verb}`")]
    UnknownVerb {
        /// The verb as asked.
        verb: String,
        /// Where it stands.
        span: Span,
    },
    /// A class before the verb is no kind.
    #[error("`{class}` is no kind of concept")]
    UnknownKind {
        /// The class as asked.
        class: String,
        /// Where it stands.
        span: Span,
    },
}

impl Report for QuestionError {
    fn exit(&self) -> Exit {
        if let Self::TooLong { .. } = self { Exit::Limit } else { Exit::Usage }
    }

    fn span(&self) -> Option<Span> {
        match self {
            Self::TooLong { .. } => None,
            Self::UnknownForm { span } | Self::UnknownVerb { span, .. } | Self::UnknownKind { span, .. } => Some(*span),
        }
    }

    fn hint(&self) -> Option<Hint> {
        Some(match self {
            Self::TooLong { .. } => Limit::Question.hint(),
            Self::UnknownForm { .. } | Self::UnknownVerb { .. } => {
                format!("ask one of these, names in quotes where need be:\n{}", forms::listed()).into()
            }
            Self::UnknownKind { .. } => {
                let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
                format!("the kinds are {}", kinds.join(", ")).into()
            }
        })
    }
}
