//! Dates, times and durations as openCypher has them.

/// A temporal value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Temporal {}
