//! Notes → what each of them introduces.

use std::io::{BufRead, Write};

use serde::{Deserialize, Serialize};

use super::notes::{Intake, each_note};
use super::{End, StageError, Stamp};
use crate::config::Overrides;
use crate::extract::{Discovery, Extractor};
use crate::read::read;
use crate::render::json_line;

/// A row.
#[derive(Serialize, Deserialize)]
pub(super) struct Discovered<T> {
    /// The note.
    pub(super) note: String,
    /// What it introduces.
    #[serde(flatten)]
    pub(super) discovery: T,
}

/// A row as it is written.
#[derive(Serialize)]
#[serde(tag = "kind", rename = "discovery")]
struct Written<'a> {
    #[serde(flatten)]
    row: Discovered<&'a Discovery>,
}

/// Writes what each note of `input` introduces, one row a note, and the end.
///
/// # Errors
///
/// Those of the streams.
pub fn discover(
    decisions: &Overrides,
    intake: &Intake,
    input: impl BufRead,
    out: &mut dyn Write,
) -> Result<End, StageError> {
    let extractor = Extractor::new(decisions);
    let end = End::new(Stamp::new(decisions), None);
    let end = each_note(input, intake, end, out, |path, bytes, out| {
        let discovery = &extractor.discover(&read(path, bytes).0);
        json_line(&Written { row: Discovered { note: path.to_owned(), discovery } }, out)?;
        Ok(1)
    })?;
    Ok(end)
}
