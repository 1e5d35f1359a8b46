//! Options that bound what a statement may use.

use std::time::Duration;

use clap::Args;

use super::options::parse_size;
use crate::query::Limits;

/// What a statement may use.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitOptions {
    /// End a statement after so many seconds [default: 5]
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<u32>,

    /// Memory a statement may hold, such as 2G [default: 512M]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub max_memory: Option<usize>,

    /// Rows that may pass between all steps of a statement [default: 10000000]
    #[arg(long, value_name = "N")]
    pub max_rows: Option<u64>,

    /// Partial paths that patterns of variable length may try [default: 1000000]
    #[arg(long, value_name = "N")]
    pub max_paths: Option<u64>,

    /// Brackets inside each other [default: 64]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub max_depth: Option<u16>,

    /// Length of a statement, such as 1M [default: 64K]
    #[arg(long, value_name = "SIZE", value_parser = parse_size)]
    pub max_text: Option<usize>,
}

impl LimitOptions {
    /// The limits, as asked or as they are.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let usual = Limits::default();
        Limits {
            text: self.max_text.unwrap_or(usual.text),
            depth: self.max_depth.map_or(usual.depth, usize::from),
            time: self.timeout.map_or(usual.time, |seconds| Duration::from_secs(u64::from(seconds))),
            memory: self.max_memory.unwrap_or(usual.memory),
            rows: self.max_rows.unwrap_or(usual.rows),
            paths: self.max_paths.unwrap_or(usual.paths),
        }
    }
}
