//! A note being written down: what the readers of all formats share.
//!
//! A reader collects the words of a block in [`Words`] and hands them to the [`Draft`], which keeps
//! sections, numbers and order right.

use super::{Block, BlockId, BlockKind, Format, Inline, Note, Section, SectionId, SourceMap, Warning};
use crate::text::{LineNumber, Lines};

/// The words of one block, each with its place in the note.
#[derive(Debug, Default)]
pub(super) struct Words {
    text: String,
    source: SourceMap,
    inlines: Vec<Inline>,
}

impl Words {
    /// Adds `words`, which stand at byte `at` of the note, as they are.
    pub(super) fn push(&mut self, words: &str, at: usize) {
        if !words.is_empty() {
            self.source.push(self.text.len(), at);
            self.text.push_str(words);
        }
    }

    /// Adds `words` with every run of white space as one space.
    pub(super) fn push_folded(&mut self, words: &str, at: usize) {
        let mut rest = 0;
        while let Some(found) = words[rest..].find(char::is_whitespace).map(|found| rest + found) {
            self.push(&words[rest..found], at + rest);
            self.space(at + found);
            rest = words[found..].find(|c: char| !c.is_whitespace()).map_or(words.len(), |next| found + next);
        }
        self.push(&words[rest..], at + rest);
    }

    /// Adds a space for the white space or line break at byte `at`, unless one is there already.
    pub(super) fn space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(" ", at);
        }
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The words so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }
}

/// A note under way.
#[derive(Debug)]
pub(super) struct Draft {
    note: Note,
    warnings: Vec<Warning>,
}

impl Draft {
    /// Starts a note of `text`.
    pub(super) fn new(path: &str, format: Format, text: String, warnings: Vec<Warning>) -> Self {
        let lines = Lines::new(&text);
        let first = Section { title: String::new(), level: 0, line: LineNumber::FIRST, heading: None, parent: None };
        let note = Note {
            path: path.into(),
            format,
            title: String::new(),
            aliases: Vec::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            sections: vec![first],
            blocks: Vec::new(),
            text,
            lines,
        };
        Self { note, warnings }
    }

    /// The decoded text.
    pub(super) fn text(&self) -> &str {
        &self.note.text
    }

    /// Opens a section with `words` as its heading. `level` counts from 1.
    pub(super) fn heading(&mut self, level: u8, words: Words, quoted: bool) -> BlockId {
        let heading = self.note.blocks.len();
        let id = self.note.sections.len();
        let line = self.note.lines.line_of(words.source.offset(0));
        let parent = self.enclosing(level);
        let title = words.as_str().trim().to_owned();
        self.note.sections.push(Section { title, level, line, heading: Some(heading), parent: Some(parent) });
        self.push(BlockKind::Heading, words, id, None, quoted)
    }

    /// Adds a block of words to the current section.
    pub(super) fn block(&mut self, kind: BlockKind, words: Words, parent: Option<BlockId>, quoted: bool) -> BlockId {
        let section = self.note.sections.len() - 1;
        self.push(kind, words, section, parent, quoted)
    }

    fn push(
        &mut self,
        kind: BlockKind,
        words: Words,
        section: SectionId,
        parent: Option<BlockId>,
        quoted: bool,
    ) -> BlockId {
        let Words { mut text, source, mut inlines } = words;
        text.truncate(text.trim_end().len());
        inlines.sort_by_key(|inline| (inline.span.start, std::cmp::Reverse(inline.span.end)));
        self.note.blocks.push(Block { kind, text, source, section, parent, inlines, quoted });
        self.note.blocks.len() - 1
    }

    /// The last section that ranks above `level`.
    fn enclosing(&self, level: u8) -> SectionId {
        self.note.sections.iter().rposition(|section| section.level < level).unwrap_or(0)
    }

    /// The finished note.
    pub(super) fn finish(mut self) -> (Note, Vec<Warning>) {
        if self.note.title.is_empty() {
            self.note.title = self.title();
        }
        (self.note, self.warnings)
    }

    /// The single top heading where it opens the note, else the file name without ending.
    fn title(&self) -> String {
        let top = self.note.sections.iter().skip(1).map(|section| section.level).min();
        let mut tops = self.note.sections.iter().skip(1).filter(|section| Some(section.level) == top);
        match (tops.next(), tops.next()) {
            (Some(only), None) if only.heading == Some(0) => only.title.clone(),
            _ => stem(&self.note.path).to_owned(),
        }
    }
}

/// The last part of a path without its ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
