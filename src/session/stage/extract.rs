//! Notes and the lexicon → facts.

use std::io::{BufRead, Write};

use super::notes::{Intake, each_note};
use super::{End, LexiconFile, StageError, Stamp};
use crate::extract::Extractor;
use crate::read::read;
use crate::render::export::note_facts;

/// Writes what each note of `input` says, as facts, and the end.
///
/// # Errors
///
/// Those of the streams.
pub fn extract(
    lexicon: &LexiconFile,
    intake: &Intake,
    input: impl BufRead,
    out: &mut dyn Write,
) -> Result<End, StageError> {
    let extractor = Extractor::new(&lexicon.decisions);
    let linker = lexicon.lexicon.linker();
    let end = End::new(Stamp::new(&lexicon.decisions), Some(lexicon.id()));
    let end = each_note(input, intake, end, out, |path, bytes, out| {
        let (note, _) = read(path, bytes);
        let claims = linker.link(&note, &extractor.discover(&note));
        note_facts(path, &claims, out)?;
        let rows = claims.mentions.len() + claims.definitions.len() + claims.aliases.len() + claims.relations.len();
        Ok(rows as u64)
    })?;
    Ok(end)
}
