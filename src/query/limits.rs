//! How much a statement may ask for before it is stopped with an error that says so.

use std::time::Duration;

/// Limits of one statement. Each error names the limit and the option that raises it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the statement's text.
    pub text: usize,
    /// Brackets and `CASE`s inside each other.
    pub depth: usize,
    /// Wall time.
    pub time: Duration,
    /// Bytes held for rows, lists and strings, estimated.
    pub memory: usize,
    /// Rows passed on by all operators together.
    pub rows: u64,
    /// Partial paths of variable-length patterns.
    pub paths: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            text: 64 << 10,
            depth: 64,
            time: Duration::from_secs(5),
            memory: 512 << 20,
            rows: 10_000_000,
            paths: 1_000_000,
        }
    }
}

/// The stack that parsing and running a statement need.
pub const STACK_SIZE: usize = 16 << 20;
