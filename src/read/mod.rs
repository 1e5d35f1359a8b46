//! Bytes → [`Note`]: one reader a format, none fails on content.
//!
//! In: a note's path and bytes. Out: the [`Note`] and what was odd about it. `decode` makes text of
//! the bytes, `translate` makes Markdown or HTML of other formats line by line, `html` takes the words out of pages, the reader of
//! the [`Format`] cuts the text into blocks, `draft` puts the note together.

mod cite;
mod decode;
#[cfg_attr(not(feature = "documents"), path = "document/absent.rs")]
mod document;
mod draft;
mod front;
mod html;
mod inline;
#[cfg(test)]
mod laws;
mod markdown;
mod markup;
mod meta;
mod note;
#[cfg(test)]
mod outline;
mod place;
mod plain;
mod table;
mod translate;

pub use cite::{line, place};
pub use decode::is_binary;
pub use document::document;
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
    let form = match format {
        Format::Plain => Form::Plain(text),
        Format::Markdown => Form::Markdown(text),
        Format::Org => Form::Markdown(translate::org(&text)),
        Format::Notebook => {
            let (text, warning) = translate::notebook(&text);
            warnings.extend(warning);
            Form::Markdown(text)
        }
        Format::Html | Format::Docx | Format::Pptx | Format::Epub | Format::Pdf => Form::Page(html::read(&text)),
        Format::Rst => Form::Page(html::read(&translate::rst(&text))),
        Format::Asciidoc => Form::Page(html::read(&translate::asciidoc(&text))),
        Format::Mail => Form::Markdown(translate::mail(bytes)),
        Format::Csv => Form::Table(text, None),
        Format::Tsv => Form::Table(text, Some(b'\t')),
    };
    let mut draft = Draft::new(path, format, form.text(), warnings);
    match &form {
        Form::Plain(text) => plain::read(text, &mut draft),
        Form::Markdown(text) => markdown::read(text, &mut draft),
        Form::Page(page) => markdown::tell(page, &mut draft),
        Form::Table(text, separator) => table::read(text, *separator, &mut draft),
    }
    let (note, mut warnings) = draft.finish();
    if format.is_document() && note.blocks.is_empty() {
        warnings.push(Warning { line: None, message: "it holds no words, as where its pages are pictures".to_owned() });
    }
    (Note { text: form.into_text(), ..note }, warnings)
}

/// What the reader of a format is given.
enum Form {
    Plain(String),
    Markdown(String),
    Page(html::Page),
    /// With what stands between its values, where that is known.
    Table(String, Option<u8>),
}

impl Form {
    fn text(&self) -> &str {
        match self {
            Self::Plain(text) | Self::Markdown(text) | Self::Table(text, _) => text,
            Self::Page(page) => &page.text,
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Plain(text) | Self::Markdown(text) | Self::Table(text, _) => text,
            Self::Page(page) => page.text,
        }
    }
}

/// All that the reading of a note takes from its path: the format, and the title of a note that names none. Notes of
/// the same bytes that have this in common are the same but for [`Note::path`].
#[must_use]
pub fn read_by(path: &str) -> (Format, &str) {
    (Format::of_path(path).unwrap_or(Format::Plain), draft::stem(path))
}
