//! Why a stage could not do its work. A note that cannot be read is none of these: it gives an error row.

use std::io;

use super::Stamp;
use crate::error::{Exit, Hint, Report};

/// Why a stage stopped.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// A stream cannot be read or written.
    #[error("the stream broke: {0}")]
    Io(#[from] io::Error),
    /// A line is none of the rows that are read here.
    #[error("line {line} is no row of quipu discover: {message}")]
    Row {
        /// Counted from one.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// Rows are missing.
    #[error("the stream is not whole: its ends tell of {told} rows, and there are {found}")]
    Cut {
        /// The rows the ends tell of.
        told: u64,
        /// The rows there are.
        found: u64,
    },
    /// Rows of different code or decisions.
    #[error("rows of different making: {} and {}", shown(.0), shown(.1))]
    Mixed(Box<Stamp>, Box<Stamp>),
    /// The lexicon cannot be used.
    #[error("this is no whole lexicon: {0}")]
    Lexicon(String),
}

fn shown(stamp: &Stamp) -> String {
    format!("quipu {} {} with decisions {}", stamp.version, stamp.extraction, stamp.decisions)
}

impl Report for StageError {
    fn exit(&self) -> Exit {
        if matches!(self, Self::Io(_)) { Exit::Fault } else { Exit::Usage }
    }

    fn hint(&self) -> Option<Hint> {
        let hint = match self {
            Self::Io(_) => return None,
            Self::Row { .. } => "give the output of `quipu discover`, of all notes, in any order",
            Self::Cut { .. } => "a part was lost: run `quipu discover` for it again",
            Self::Mixed(..) => "run all parts with one quipu and one --config",
            Self::Lexicon(_) => "make it with `quipu resolve -o FILE`",
        };
        Some(hint.into())
    }
}
