//! What notes introduce → the lexicon, in any order, in memory that grows with the names and not with the notes.

use std::io::BufRead;

use serde::Deserialize;

use super::discover::Discovered;
use super::{End, LexiconFile, StageError, Stamp};
use crate::config::Overrides;
use crate::extract::{Discovery, Extractor, Sum};

/// A row of `discover`.
#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row {
    Discovery(Discovered<Discovery>),
    Error {},
    End(End),
}

/// The lexicon of all notes whose rows stand in `input`.
///
/// # Errors
///
/// [`StageError::Cut`] where rows are missing, [`StageError::Mixed`] where they are of different making, of another
/// quipu or under other decisions, [`StageError::Row`] at a line that is none of them.
pub fn resolve(decisions: &Overrides, input: impl BufRead) -> Result<LexiconFile, StageError> {
    let stamp = Stamp::new(decisions);
    let mut sum = Sum::default();
    let (mut told, mut found) = (None, 0);
    for (number, line) in (1..).zip(input.lines()) {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(&line) {
            Ok(Row::Discovery(row)) => {
                found += 1;
                sum.add(&row.discovery);
            }
            Ok(Row::Error {}) => {}
            Ok(Row::End(end)) if end.stamp != stamp => {
                return Err(StageError::Mixed(Box::new(end.stamp), Box::new(stamp)));
            }
            Ok(Row::End(end)) => told = Some(told.unwrap_or(0) + end.rows),
            Err(error) => return Err(StageError::Row { line: number, message: error.to_string() }),
        }
    }
    match told {
        Some(told) if told == found => {}
        told => return Err(StageError::Cut { told: told.unwrap_or(0), found }),
    }
    let lexicon = Extractor::new(decisions).settle(sum);
    Ok(LexiconFile { lexicon, decisions: decisions.clone() })
}
