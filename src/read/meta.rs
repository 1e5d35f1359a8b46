//! What the index keeps of a note beside its words: the properties of its node in the graph.

use serde::{Deserialize, Serialize};

use super::{Format, FrontMatterField, Located};
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
