//! Why a server cannot begin.

use std::io;

use crate::error::{Exit, Hint, Report};
use crate::session::SessionError;

/// A server that cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The index cannot be opened.
    #[error(transparent)]
    Session(#[from] SessionError),
    /// A port cannot be had.
    #[error("port {port} cannot be had: {source}")]
    Bind {
        /// The port.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// The system gives no threads or sockets.
    #[error("the server cannot start: {0}")]
    Runtime(io::Error),
}

impl Report for ServeError {
    fn exit(&self) -> Exit {
        match self {
            Self::Session(error) => error.exit(),
            Self::Bind { .. } => Exit::Usage,
            Self::Runtime(_) => Exit::Fault,
        }
    }

    fn hint(&self) -> Option<Hint> {
        match self {
            Self::Session(error) => error.hint(),
            Self::Bind { .. } => Some("another program has it; name another, or 0 for any that is free".into()),
            Self::Runtime(_) => None,
        }
    }
}
