//! What the index keeps of a note beside its words: the properties of its node in the graph.

use serde::{Deserialize, Serialize};

use super::place::Places;
use super::{Block, Format, FrontMatterField, InlineKind, Located, Note};
use crate::text::{LineNumber, Name, Position};

/// A note without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteMeta {
    /// Its name in the index: the path relative to its root, prefixed by the root's name when there are several.
    pub path: Name,
    /// Its title.
    pub title: String,
    /// Its other names.
    pub aliases: Vec<Located>,
    /// How it was written.
    pub format: Format,
    /// How many words it has.
    pub words: u64,
    /// Front matter entries but `title`, `aliases` and `tags`.
    pub fields: Vec<FrontMatterField>,
    /// Tags with their places.
    pub tags: Vec<Located>,
    /// Titled sections in order.
    pub sections: Vec<SectionMeta>,
    /// Links to other notes, in order.
    pub links: Vec<NoteLink>,
}

/// A titled section of a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionMeta {
    /// The heading's words.
    pub title: String,
    /// Its rank, 1 the highest.
    pub level: u8,
    /// Its line.
    pub line: LineNumber,
}

/// A link that means another note; which one is settled when all notes are known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteLink {
    /// The name or path as written, without heading part and `.md`.
    pub target: String,
    /// Where.
    pub position: Position,
}

/// Endings of files that are linked and embedded but are no notes.
const MEDIA: [&str; 21] = [
    "avif", "bmp", "canvas", "csv", "gif", "jpeg", "jpg", "m4a", "mkv", "mov", "mp3", "mp4", "ogg", "pdf", "png",
    "svg", "wav", "webm", "webp", "xlsx", "zip",
];

impl Note {
    /// What the index keeps of the note beside its words.
    #[must_use]
    pub fn meta(&self) -> NoteMeta {
        NoteMeta {
            path: self.path.clone(),
            title: self.title.clone(),
            aliases: self.aliases.clone(),
            format: self.format,
            words: self.blocks.iter().map(|block| words(&block.text)).sum(),
            fields: self.fields.clone(),
            tags: self.tags.clone(),
            sections: self.section_metas(),
            links: self.note_links(),
        }
    }

    fn section_metas(&self) -> Vec<SectionMeta> {
        let titled = self.sections.iter().filter(|section| section.heading.is_some());
        titled.map(|s| SectionMeta { title: s.title.clone(), level: s.level, line: s.line }).collect()
    }

    /// Links of the front matter first, then those of the blocks.
    fn note_links(&self) -> Vec<NoteLink> {
        let values = self.fields.iter().flat_map(|field| &field.values);
        let mut links: Vec<NoteLink> = values.flat_map(links_in).collect();
        for block in &self.blocks {
            links.extend(self.links_of(block));
        }
        links
    }

    fn links_of<'a>(&'a self, block: &'a Block) -> impl Iterator<Item = NoteLink> + 'a {
        let mut places = Places::new(&self.text, &self.lines);
        block.inlines.iter().filter_map(move |inline| {
            let target = match &inline.kind {
                InlineKind::WikiLink { target } => target.clone(),
                InlineKind::Link { address } => note_address(address)?,
                _ => return None,
            };
            let position = places.position(block.source.offset(inline.span.start));
            is_note(&target).then_some(NoteLink { target, position })
        })
    }
}

/// How many words with a letter or digit `text` has.
fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count() as u64
}

/// The wikilinks a front-matter value is made of.
fn links_in(value: &Located) -> Vec<NoteLink> {
    let inner = value.text.split("[[").skip(1).filter_map(|rest| rest.split_once("]]"));
    let targets = inner.map(|(inner, _)| wiki_target(inner).to_owned());
    targets.filter(|t| is_note(t)).map(|target| NoteLink { target, position: value.position }).collect()
}

/// The note that `[[inner]]` means: without shown words, heading, block id and `.md`.
pub(super) fn wiki_target(inner: &str) -> &str {
    let end = inner.find(['#', '|', '^']).unwrap_or(inner.len());
    strip_ending(inner[..end].trim_end_matches('\\').trim())
}

/// The note a Markdown link's address means; none where it leads elsewhere.
fn note_address(address: &str) -> Option<String> {
    if has_scheme(address) || address.starts_with("//") {
        return None;
    }
    let path = &address[..address.find(['#', '?']).unwrap_or(address.len())];
    Some(strip_ending(path).to_owned())
}

/// Whether an address begins with `https:`, `mailto:` or the like.
fn has_scheme(address: &str) -> bool {
    let Some((scheme, _)) = address.split_once(':') else { return false };
    scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}

fn strip_ending(path: &str) -> &str {
    let ending = path.len().checked_sub(3).and_then(|at| path.get(at..));
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case(".md")) { &path[..path.len() - 3] } else { path }
}

fn is_note(target: &str) -> bool {
    !target.is_empty() && !is_media(target)
}

/// Whether a target is a picture, a recording or another file that is no note.
pub(super) fn is_media(target: &str) -> bool {
    let ending = target.rsplit_once('.').map_or("", |(_, ending)| ending);
    MEDIA.iter().any(|media| media.eq_ignore_ascii_case(ending))
}

/// The address as it is kept: percent-decoded where it is a path.
pub(super) fn decoded_address(address: &str) -> String {
    if has_scheme(address) { address.to_owned() } else { percent_decoded(address) }
}

/// `%20` and the like as the characters they stand for; a broken escape stays as it is.
fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let hex = (*byte == b'%').then(|| after.get(..2)).flatten().and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| path.to_owned())
}
