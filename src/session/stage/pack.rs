//! Folders → notes as JSON lines, the input of the other stages.

use std::borrow::Cow;
use std::io::Write;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use crate::render::json_line;
use crate::session::SessionError;
use crate::store::{self, IngestOptions, Skipped};

/// A note as it is read by `discover` and `extract`.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Content<'a> {
    Text(Cow<'a, str>),
    Base64(String),
}

#[derive(Serialize)]
struct Row<'a> {
    note: &'a str,
    #[serde(flatten)]
    content: Content<'a>,
}

/// What was packed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packed {
    /// How many notes were written.
    pub notes: u64,
    /// Files that are no notes, and why.
    pub skipped: Vec<Skipped>,
}

/// Writes the notes that an ingest of `roots` would read, one row a note, by name.
///
/// # Errors
///
/// Where a folder is not there, or the stream breaks.
pub fn pack(roots: &[PathBuf], options: &IngestOptions, out: &mut dyn Write) -> Result<Packed, SessionError> {
    let mut notes = 0;
    let skipped = store::notes(roots, options, |note, bytes| {
        notes += 1;
        let content = match std::str::from_utf8(bytes) {
            Ok(text) => Content::Text(text.into()),
            Err(_) => Content::Base64(STANDARD.encode(bytes)),
        };
        json_line(&Row { note, content }, out)
    })?;
    Ok(Packed { notes, skipped })
}
