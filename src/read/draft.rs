//! A note being written down: what the readers of all formats share.
//!
//! A reader collects the words of a block in [`Words`] and hands them to the [`Draft`], which keeps
//! sections, numbers and order right.

use std::cmp::Reverse;

use super::place::Places;
use super::{
    Block, BlockId, BlockKind, Format, FrontMatterField, Inline, InlineKind, Located, Note, Section, SectionId,
    SourceMap, Warning,
};
use crate::text::{LineNumber, Lines, Position, Span, is_folded};

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
        if is_folded(words) && !(words.starts_with(' ') && (self.text.is_empty() || self.text.ends_with(' '))) {
            return self.push(words, at);
        }
        let mut rest = 0;
        while let Some(found) = words[rest..].find(char::is_whitespace).map(|found| rest + found) {
            self.push(&words[rest..found], at + rest);
            self.space(at + found);
            rest = words[found..].find(|c: char| !c.is_whitespace()).map_or(words.len(), |next| found + next);
        }
        self.push(&words[rest..], at + rest);
    }

    /// Adds a sign that the note writes in another way at `span`, as an entity maybe.
    pub(super) fn push_sign(&mut self, sign: &str, span: Span) {
        self.push_folded(sign, span.start);
        self.source.push(self.text.len(), span.end);
    }

    /// Adds a space for the white space or line break at byte `at`, unless one is there already.
    pub(super) fn space(&mut self, at: usize) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.push(" ", at);
        }
    }

    /// Adds `code` with its blanks and line ends as they are.
    pub(super) fn push_code(&mut self, code: &str, at: usize) {
        self.push(code, at);
    }

    /// Adds the words of a further line after the line that ends at byte `line_end`.
    ///
    /// A word that the line's end cut at its hyphen is put together, the hyphen kept.
    pub(super) fn join(&mut self, words: &str, at: usize, line_end: usize) {
        let mut before = self.text.chars().rev();
        let hyphen = before.next() == Some('-') && before.next().is_some_and(char::is_alphabetic);
        if !(hyphen && words.starts_with(char::is_lowercase)) {
            self.space(line_end);
        }
        self.push_folded(words, at);
    }

    /// Sets off the cell that starts at byte `at` from the one before.
    pub(super) fn bar(&mut self, at: usize) {
        self.push(" | ", at.saturating_sub(1));
        self.source.push(self.text.len(), at);
    }

    /// Marks the words from block offset `start` on.
    pub(super) fn mark(&mut self, kind: InlineKind, start: usize) {
        let span = Span::new(start, start.max(self.text.trim_end().len()));
        self.mark_all([(kind, span)]);
    }

    /// Marks some words; empty spans are left out.
    pub(super) fn mark_all(&mut self, found: impl IntoIterator<Item = (InlineKind, Span)>) {
        let inlines = found.into_iter().map(|(kind, span)| Inline { kind, span });
        self.inlines.extend(inlines.filter(|inline| !inline.span.is_empty()));
    }

    /// Where code and links stand, in order, those inside others left out.
    pub(super) fn linked(&self) -> Vec<Span> {
        let linked = |inline: &&Inline| {
            matches!(inline.kind, InlineKind::Code | InlineKind::Link { .. } | InlineKind::WikiLink { .. })
        };
        let mut spans: Vec<Span> = self.inlines.iter().filter(linked).map(|inline| inline.span).collect();
        spans.sort_unstable_by_key(|span| (span.start, Reverse(span.end)));
        let mut end = 0;
        spans.retain(|span| {
            let outer = span.end > end;
            end = end.max(span.end);
            outer
        });
        spans
    }

    /// The byte of the note behind byte `offset`.
    pub(super) fn place(&self, offset: usize) -> usize {
        self.source.offset(offset)
    }

    /// How many bytes there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The words so far.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// Cuts off what stands behind byte `len`.
    pub(super) fn truncate(&mut self, len: usize) {
        self.text.truncate(len);
        self.inlines.retain(|inline| inline.span.end <= len);
    }

    /// Takes the words out; the room that they took stays for the next.
    pub(super) fn take(&mut self) -> Self {
        if self.text.is_empty() {
            self.source.clear();
            self.inlines.clear();
            return Self::default();
        }
        let inlines = self.inlines.drain(..).collect();
        let taken = Self { text: self.text.clone(), source: self.source.clone(), inlines };
        self.text.clear();
        self.source.clear();
        taken
    }

    /// A paragraph of these words, without white space at the end.
    fn into_block(self) -> Block {
        let Self { mut text, source, mut inlines } = self;
        text.truncate(text.trim_end().len());
        if text.capacity() - text.len() > SPARE {
            text.shrink_to_fit();
        }
        inlines.shrink_to_fit();
        inlines.sort_by_key(|inline| (inline.span.start, Reverse(inline.span.end)));
        Block { kind: BlockKind::Paragraph, text, source, section: 0, parent: None, inlines, quoted: false, content: 0 }
    }
}

/// Bytes of a note for one block of it, about.
const BYTES_A_BLOCK: usize = 128;

/// For no more blocks room is taken ahead.
const MOST_AHEAD: usize = 1024;

/// More bytes are not kept free behind the words of a block.
const SPARE: usize = 32;

/// A note under way.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    text: &'a str,
    note: Note,
    warnings: Vec<Warning>,
}

impl<'a> Draft<'a> {
    /// Starts a note of `text`.
    pub(super) fn new(path: &str, format: Format, text: &'a str, warnings: Vec<Warning>) -> Self {
        let lines = Lines::new(text);
        let first = Section { title: String::new(), level: 0, line: LineNumber::FIRST, heading: None, parent: None };
        let note = Note {
            path: path.into(),
            format,
            title: String::new(),
            aliases: Vec::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            sections: vec![first],
            blocks: Vec::with_capacity((text.len() / BYTES_A_BLOCK).min(MOST_AHEAD)),
            text: String::new(),
            lines,
        };
        Self { text, note, warnings }
    }

    /// Opens a section with `words` as its heading. `level` counts from 1.
    pub(super) fn heading(&mut self, level: u8, words: Words, quoted: bool) -> BlockId {
        let heading = self.note.blocks.len();
        let id = self.note.sections.len();
        let line = self.note.lines.line_of(words.source.offset(0));
        let parent = self.enclosing(level);
        let title = words.as_str().trim().to_owned();
        self.note.sections.push(Section { title, level, line, heading: Some(heading), parent: Some(parent) });
        self.push(Block { kind: BlockKind::Heading, section: id, parent: None, quoted, ..words.into_block() })
    }

    /// Adds a block of words to the current section.
    pub(super) fn block(&mut self, kind: BlockKind, words: Words, parent: Option<BlockId>, quoted: bool) -> BlockId {
        let section = self.note.sections.len() - 1;
        let mut block = Block { kind, section, parent, quoted, ..words.into_block() };
        if let BlockKind::Row { cells, .. } = &mut block.kind {
            let end = block.text.len();
            cells.iter_mut().for_each(|cell| *cell = Span::new(cell.start.min(end), cell.end.min(end)));
        }
        self.push(block)
    }

    fn push(&mut self, block: Block) -> BlockId {
        let mut places = Places::new(self.text, &self.note.lines);
        for inline in block.inlines.iter().filter(|inline| inline.kind == InlineKind::Tag) {
            let position = places.position(block.source.offset(inline.span.start));
            self.note.tags.push(Located { text: inline.span.of(&block.text).to_owned(), position });
        }
        self.note.blocks.push(block.numbered());
        self.note.blocks.len() - 1
    }

    /// Tells what was odd.
    pub(super) fn warn(&mut self, line: Option<LineNumber>, message: String) {
        self.warnings.push(Warning { line, message });
    }

    /// The line and column of byte `offset`.
    pub(super) fn position(&self, offset: usize) -> Position {
        self.note.lines.position(self.text, offset)
    }

    /// Takes a title from the front matter, which then is the note's.
    pub(super) fn title(&mut self, title: String) {
        self.note.title = title;
    }

    /// Adds other names, tags and fields of the front matter.
    pub(super) fn front(&mut self, aliases: Vec<Located>, tags: Vec<Located>, fields: Vec<FrontMatterField>) {
        self.note.aliases.extend(aliases);
        self.note.tags.extend(tags);
        self.note.fields.extend(fields);
    }

    /// The last section that ranks above `level`.
    fn enclosing(&self, level: u8) -> SectionId {
        let sections = &self.note.sections;
        let outwards = std::iter::successors(Some(sections.len() - 1), |id| sections[*id].parent);
        outwards.into_iter().find(|id| sections[*id].level < level).unwrap_or(0)
    }

    /// Whether the note has a heading.
    pub(super) fn has_headings(&self) -> bool {
        self.note.sections.len() > 1
    }

    /// The finished note, still without its text.
    pub(super) fn finish(mut self) -> (Note, Vec<Warning>) {
        if self.note.title.is_empty() {
            self.note.title = self.own_title();
        }
        self.note.blocks.shrink_to_fit();
        (self.note, self.warnings)
    }

    /// The single top heading where it opens the note, else the file name without ending.
    fn own_title(&self) -> String {
        let top = self.note.sections.iter().skip(1).map(|section| section.level).min();
        let mut tops = self.note.sections.iter().skip(1).filter(|section| Some(section.level) == top);
        match (tops.next(), tops.next()) {
            (Some(only), None) if only.heading == Some(0) => only.title.clone(),
            _ => stem(&self.note.path).to_owned(),
        }
    }
}

/// The last part of a path without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => name,
    }
}
