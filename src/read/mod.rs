//! Bytes → [`Note`]: one reader a format, none fails on content.

mod meta;
mod note;

pub use meta::{NoteLink, NoteMeta, SectionMeta};
pub use note::{
    Block, BlockId, BlockKind, Format, FrontMatterField, Inline, InlineKind, Located, Note, Section, SectionId,
    SourceMap, Warning,
};
