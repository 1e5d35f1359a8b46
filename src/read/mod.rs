//! Bytes → [`Note`]: one reader a format, none fails on content.
//!
//! In: a note's path and bytes. Out: the [`Note`] and what was odd about it. `decode` makes text of
//! the bytes, `translate` makes Markdown of other formats line by line, the reader of the [`Format`] cuts the
//! text into blocks, `draft` puts the note together.

mod decode;
mod draft;
mod front;
mod inline;
#[cfg(test)]
mod laws;
mod markdown;
mod meta;
mod note;
#[cfg(test)]
mod outline;
mod place;
mod plain;
mod translate;

pub use decode::is_binary;
pub use meta::{NoteLink, NoteMeta, SectionMeta};
pub use note::{
    Block, BlockId, BlockKind, Format, FrontMatterField, Inline, InlineKind, Located, Note, Section, SectionId,
    SourceMap, Warning,
};

use draft::Draft;

/// Reads one note, whatever its bytes are.
///
/// `path` is the note's path relative to its root, with `/` between folders; its ending tells the
/// format, and one that no reader knows is read as plain text. Linear in the bytes.
///
/// ```
/// let (note, warnings) = quipu::read::read("log.txt", b"EC2\n---\nBare servers\n");
/// assert_eq!(note.sections[1].title, "EC2");
/// assert!(warnings.is_empty());
/// ```
#[must_use]
pub fn read(path: &str, bytes: &[u8]) -> (Note, Vec<Warning>) {
    let (text, mut warnings) = decode::decode(bytes);
    let (format, _) = read_by(path);
    let text = match format {
        Format::Plain | Format::Markdown => text,
        Format::Org => translate::org(&text),
        Format::Notebook => {
            let (text, warning) = translate::notebook(&text);
            warnings.extend(warning);
            text
        }
    };
    let mut draft = Draft::new(path, format, &text, warnings);
    match format {
        Format::Plain => plain::read(&text, &mut draft),
        Format::Markdown | Format::Org | Format::Notebook => markdown::read(&text, &mut draft),
    }
    let (note, warnings) = draft.finish();
    (Note { text, ..note }, warnings)
}

/// All that the reading of a note takes from its path: the format, and the title of a note that names none. Notes of
/// the same bytes that have this in common are the same but for [`Note::path`].
#[must_use]
pub fn read_by(path: &str) -> (Format, &str) {
    (Format::of_path(path).unwrap_or(Format::Plain), draft::stem(path))
}
