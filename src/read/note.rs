//! The note as every later step sees it: blocks of plain words that know where they stood.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::text::{LineNumber, Lines, Name, Position, Span};

/// How a note was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text in anybody's habits.
    Plain,
    /// Markdown, with Obsidian's additions.
    Markdown,
    /// Org mode.
    Org,
    /// A Jupyter notebook.
    Notebook,
    /// A page of HTML.
    Html,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    Asciidoc,
    /// A mail, or many.
    Mail,
    /// A table of values with commas or semicolons between them.
    Csv,
    /// A table of values with tabs between them.
    Tsv,
    /// A document of Word.
    Docx,
    /// A presentation of PowerPoint.
    Pptx,
    /// A book.
    Epub,
    /// A printed page, as a file.
    Pdf,
}

impl Format {
    /// Formats of files that are no text: [`document`](super::document()) gives the text that is read in their place.
    pub const DOCUMENTS: [Self; 4] = [Self::Docx, Self::Pptx, Self::Epub, Self::Pdf];

    /// Whether it is one of [`DOCUMENTS`](Self::DOCUMENTS).
    #[must_use]
    pub fn is_document(self) -> bool {
        Self::DOCUMENTS.contains(&self)
    }

    /// Whether its lines are counted on each page or slide, see [`place`](super::place).
    pub(crate) const fn is_paged(self) -> bool {
        matches!(self, Self::Pptx | Self::Pdf)
    }

    /// Its name, as the property `format` of a note has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Markdown => "markdown",
            Self::Org => "org",
            Self::Notebook => "notebook",
            Self::Html => "html",
            Self::Rst => "rst",
            Self::Asciidoc => "asciidoc",
            Self::Mail => "mail",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Docx => "docx",
            Self::Pptx => "pptx",
            Self::Epub => "epub",
            Self::Pdf => "pdf",
        }
    }

    /// The format of a file by its ending; none when no reader knows the ending.
    ///
    /// A file without an ending is plain text.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let Some((_, ending)) = name.rsplit_once('.') else { return Some(Self::Plain) };
        match ending.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "md" | "markdown" | "mdown" | "mkd" | "mkdn" | "mdx" | "qmd" | "rmd" => Some(Self::Markdown),
            "org" => Some(Self::Org),
            "ipynb" => Some(Self::Notebook),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "rst" | "rest" => Some(Self::Rst),
            "adoc" | "asciidoc" | "asc" => Some(Self::Asciidoc),
            "eml" | "mbox" => Some(Self::Mail),
            "csv" => Some(Self::Csv),
            "tsv" => Some(Self::Tsv),
            "docx" => Some(Self::Docx),
            "pptx" => Some(Self::Pptx),
            "epub" => Some(Self::Epub),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }
}

/// One note, read. Its `text` is the decoded file, or the words of a format with markup of its own; all spans into it are bytes of that text.
#[derive(Clone, Debug)]
pub struct Note {
    /// Its path relative to its root, with `/` between folders.
    pub path: Name,
    /// How it was written.
    pub format: Format,
    /// Front matter's title, else its single top heading where it opens the note, else the file name without ending.
    pub title: String,
    /// Other names from the front matter.
    pub aliases: Vec<Located>,
    /// Front matter entries but `title`, `aliases` and `tags`, in order.
    pub fields: Vec<FrontMatterField>,
    /// Tags from text and front matter, without `#`, each time they occur.
    pub tags: Vec<Located>,
    /// Sections in order. The first one has level 0, no title, and holds what stands before any heading.
    pub sections: Vec<Section>,
    /// Blocks in order.
    pub blocks: Vec<Block>,
    /// The decoded text, its line ends kept.
    pub text: String,
    /// The lines of `text`.
    pub lines: Lines,
}

/// A short text and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// The words.
    pub text: String,
    /// Its place.
    pub position: Position,
}

/// One entry of the front matter; lists give several values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatterField {
    /// The key as written.
    pub key: String,
    /// Its values as text; wikilinks keep their brackets.
    pub values: Vec<Located>,
}

/// Index of a block in [`Note::blocks`].
pub type BlockId = usize;

/// Index of a section in [`Note::sections`].
pub type SectionId = usize;

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's words; empty for the first section.
    pub title: String,
    /// Rank: 0 for the first section, 1 for the highest heading. Plain notes rank boxed above
    /// numbered above underlined headings.
    pub level: u8,
    /// The line of the heading's words.
    pub line: LineNumber,
    /// The heading block; none for the first section.
    pub heading: Option<BlockId>,
    /// The section this one stands in; none for the first.
    pub parent: Option<SectionId>,
}

/// A run of words that belong together: a paragraph, a bullet, a heading, a table row.
///
/// Hard-wrapped lines are joined by single spaces, markup is taken out, and `source` maps each byte
/// of `text` back to the note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words, without markup, bullets or line breaks (code keeps its line breaks).
    pub text: String,
    /// Where the words stood.
    pub source: SourceMap,
    /// The section it stands in; a heading stands in the section it opens.
    pub section: SectionId,
    /// The list item (or the line that introduces a deeper indented list) it is nested in.
    pub parent: Option<BlockId>,
    /// Links, code spans, emphasis and tags in `text`, by start.
    pub inlines: Vec<Inline>,
    /// Whether it stands in a block quote or a callout.
    pub quoted: bool,
    /// A number by the kind, the words and the marks, wherever they stand: equal where those are, and hardly ever where not.
    pub content: u64,
}

impl Block {
    /// The block with the number of its content.
    pub(super) fn numbered(mut self) -> Self {
        let mut hasher = FxHasher::default();
        (discriminant(&self.kind), &self.text, &self.inlines).hash(&mut hasher);
        self.content = hasher.finish();
        self
    }
}

/// The kinds of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading; its rank is its section's level.
    Heading,
    /// Sentences or single lines that are no list item.
    Paragraph,
    /// A list item, with its number where it has one, and whether a task is done.
    Item {
        /// The number of an ordered item.
        number: Option<u32>,
        /// Done or not, of a task.
        task: Option<bool>,
    },
    /// A row of a table; `cells` are spans of the block's text.
    Row {
        /// Which table of the note, from 0.
        table: u32,
        /// Whether it is the header row.
        header: bool,
        /// The cells in order, maybe empty ones.
        cells: Vec<Span>,
    },
    /// A code block, with its language where it names one.
    Code {
        /// The word after the fence.
        language: Option<String>,
    },
}

/// Maps bytes of a block's text to bytes of its note.
///
/// Pieces `(block offset, note offset)` in order: from one piece to the next both run side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pieces: SmallVec<[(u32, u32); 2]>,
}

impl SourceMap {
    /// Says that from `block_offset` on, words come from `note_offset` on. Offsets must grow.
    ///
    /// # Panics
    ///
    /// In a note of 4 GiB or more.
    pub fn push(&mut self, block_offset: usize, note_offset: usize) {
        let small = |offset: usize| u32::try_from(offset).expect("a note is smaller than 4 GiB");
        let (block_offset, note_offset) = (small(block_offset), small(note_offset));
        match self.pieces.last_mut() {
            Some((block, note)) if *block == block_offset => *note = note_offset,
            Some((block, note)) if note_offset.checked_sub(*note) == block_offset.checked_sub(*block) => {}
            _ => self.pieces.push((block_offset, note_offset)),
        }
    }

    /// Forgets all pieces.
    pub(super) fn clear(&mut self) {
        self.pieces.clear();
    }

    /// The byte of the note that byte `offset` of the block came from. O(log pieces).
    ///
    /// Never past the start of the next piece, for where the note wrote shorter what the block shows.
    #[must_use]
    pub fn offset(&self, offset: usize) -> usize {
        let at = self.pieces.partition_point(|(block, _)| *block as usize <= offset);
        let (block, note) = at.checked_sub(1).map_or((0, 0), |at| self.pieces[at]);
        let (block, note) = (block as usize, note as usize);
        let here = note + (offset - block);
        self.pieces.get(at).map_or(here, |(_, next)| here.min((*next as usize).saturating_sub(1).max(note)))
    }

    /// The part of the note that `span` of the block came from, markup between included.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        if span.is_empty() {
            let at = self.offset(span.start);
            return Span::new(at, at);
        }
        Span::new(self.offset(span.start), self.offset(span.end - 1) + 1)
    }
}

/// Marked-up words inside a block.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inline {
    /// What the mark means.
    pub kind: InlineKind,
    /// The shown words, in the block's text.
    pub span: Span,
}

/// The kinds of inline marks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum InlineKind {
    /// `[[target#heading|shown]]` or `![[target]]`: the target without heading, block id and `.md`.
    WikiLink {
        /// The name or path of the note meant; empty for a link into the same note.
        target: String,
    },
    /// `[shown](address)`; an address without scheme is a path to a note, percent-decoded.
    Link {
        /// The address as written.
        address: String,
    },
    /// `` `code` ``.
    Code,
    /// `**strong**`.
    Strong,
    /// `*emphasis*` or `==highlight==`.
    Emphasis,
    /// `~~struck~~`: words that are shown as no longer meant.
    Struck,
    /// `#tag`; the span covers the word after `#`.
    Tag,
}

impl Note {
    /// Where byte `offset` of block `block` stands in the note.
    #[must_use]
    pub fn position(&self, block: &Block, offset: usize) -> Position {
        self.lines.position(&self.text, block.source.offset(offset))
    }

    /// As [`position`](Self::position), quicker where it is on line `near`.
    #[must_use]
    pub fn position_near(&self, block: &Block, offset: usize, near: LineNumber) -> Position {
        self.lines.position_near(&self.text, block.source.offset(offset), near)
    }

    /// The words of the note behind `span` of `block`, as written but with white space folded.
    #[must_use]
    pub fn quote(&self, block: &Block, span: Span) -> String {
        crate::text::fold_spaces(with_whole_marks(&self.text, block.source.span(span)).of(&self.text)).into_owned()
    }

    /// The titles from the outermost section to `section`, without the first, untitled one.
    #[must_use]
    pub fn section_path(&self, section: SectionId) -> Vec<&str> {
        let mut path: Vec<&str> = std::iter::successors(Some(section), |id| self.sections[*id].parent)
            .map(|id| self.sections[id].title.as_str())
            .filter(|title| !title.is_empty())
            .collect();
        path.reverse();
        path
    }
}

/// The span with the links and the emphasis whole that it cuts: `Kafka**: feeds Spark` takes in the stars before it.
fn with_whole_marks(text: &str, span: Span) -> Span {
    let Span { mut start, mut end } = with_whole_links(text, span);
    for mark in ["**", "__", "~~", "==", "*", "_", "`"] {
        let (before, behind) = (text[..start].ends_with(mark), text[end..].starts_with(mark));
        if (before || behind) && text[start..end].matches(mark).count() % 2 == 1 {
            if before {
                start -= mark.len();
            } else {
                end += mark.len();
            }
        }
    }
    Span::new(start, end)
}

/// The span with the links whole that it cuts: `Kafka]] feeds [[Spark` takes in both pairs of brackets.
fn with_whole_links(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    if !inner.bytes().fold(false, |found, byte| found | matches!(byte, b'[' | b']')) {
        return span;
    }
    let opens_late = |close: &str, open: &str| {
        let closed = inner.find(close)?;
        let line_start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
        let open_at = text[line_start..span.start].rfind(open)?;
        (!inner[..closed].contains(open)).then_some(line_start + open_at)
    };
    let start = opens_late("]]", "[[").or_else(|| opens_late("](", "[")).unwrap_or(span.start);
    let rest = &text[span.end..];
    let unclosed = inner.rfind("[[").is_some_and(|open| !inner[open..].contains("]]"));
    let end = if unclosed && rest.starts_with("]]") { span.end + 2 } else { span.end };
    Span::new(start, end)
}

/// Something odd in a note that was read all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The line, where it has one.
    pub line: Option<LineNumber>,
    /// One clause without full stop.
    pub message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_hold_whole_emphasis() {
        let text = "- **Kafka**: feeds *Spark*, 2 * 3";
        let whole = |part: &str| {
            let start = text.find(part).unwrap();
            with_whole_marks(text, Span::new(start, start + part.len())).of(text)
        };
        assert_eq!(whole("Kafka**: feeds"), "**Kafka**: feeds");
        assert_eq!(whole("feeds *Spark"), "feeds *Spark*");
        assert_eq!(whole("2 * 3"), "2 * 3");
        assert_eq!(whole("Kafka"), "Kafka");
    }

    #[test]
    fn quotes_hold_whole_links() {
        let text = "x\n- [[kafka|Kafka]] feeds [[Spark]] now";
        let start = text.find("Kafka]]").unwrap();
        let end = text.find("]] now").unwrap();
        let whole = with_whole_links(text, Span::new(start, end));
        assert_eq!(whole.of(text), "[[kafka|Kafka]] feeds [[Spark]]");
        let plain = Span::new(2, 3);
        assert_eq!(with_whole_links(text, plain), plain);
    }
}
