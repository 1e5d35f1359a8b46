//! Events cut into blocks.

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use super::bare;
use super::hidden::Hidden;
use super::html::{self, InlineTag, Piece};
use super::inline::Inlines;
use super::soft;
use crate::read::BlockId;
use crate::read::draft::Draft;
use crate::text::Span;

/// Takes events in order and writes blocks into the draft.
pub(super) struct Reader<'a, 'd> {
    pub(super) text: &'a str,
    pub(super) hidden: Hidden,
    pub(super) draft: &'a mut Draft<'d>,
    pub(super) inlines: Inlines,
    /// Lists and items around, outermost first.
    pub(super) open: Vec<Open>,
    /// Block quotes around.
    pub(super) quotes: usize,
    /// Whether the next line is the title of a callout.
    pub(super) callout: bool,
    /// The paragraph right before that ends with a colon.
    pub(super) intro: Option<BlockId>,
    /// The heading, code or row under way; a paragraph or item otherwise.
    pub(super) place: Place,
    pub(super) tables: u32,
    pub(super) cells: Vec<Span>,
    pub(super) html: html::State,
}

/// What stands around the words.
pub(super) enum Open {
    /// A list, the number of its next item, and the line that introduces it.
    List { next: Option<u64>, intro: Option<BlockId> },
    /// An item, and its block once it has words.
    Item { number: Option<u32>, task: Option<bool>, block: Option<BlockId> },
}

/// What the words under way belong to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Text,
    Heading(u8),
    Code(Option<String>),
    Row {
        header: bool,
        cell: usize,
    },
    /// A row of a table without a header, which CommonMark takes for a paragraph.
    Bare {
        cell: Option<usize>,
    },
}

impl<'a, 'd> Reader<'a, 'd> {
    /// A reader of `text`, in which `hidden` is not shown.
    pub(super) fn new(text: &'a str, hidden: Hidden, draft: &'a mut Draft<'d>) -> Self {
        let inlines = Inlines::default();
        let (open, cells) = (Vec::new(), Vec::new());
        let (place, html) = (Place::Text, html::State::Text);
        Self {
            text,
            hidden,
            draft,
            inlines,
            open,
            quotes: 0,
            callout: false,
            intro: None,
            place,
            tables: 0,
            cells,
            html,
        }
    }

    /// Takes the event that stands at `span` of the note.
    pub(super) fn event(&mut self, event: Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if matches!(self.place, Place::Code(_)) => {
                self.inlines.code_line(&text, span, &self.hidden);
            }
            Event::Text(text) if matches!(self.place, Place::Bare { .. }) => self.bare_cells(&text, span),
            Event::Text(text) => self.inlines.text(&text, span, &self.hidden),
            Event::Code(code) => self.inlines.code(&code, span, self.text, &self.hidden),
            Event::SoftBreak => self.soft_break(span),
            Event::HardBreak => self.hard_break(span),
            Event::Html(html) => self.html(&html, span),
            Event::InlineHtml(tag) => self.inline_html(&tag, span),
            Event::TaskListMarker(done) => self.set_task(done),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, span: Span) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. } => {
                return self.inlines.open(&tag);
            }
            Tag::TableCell => return self.start_cell(span.start),
            _ => self.flush(),
        }
        let opens = std::mem::take(&mut self.callout);
        match tag {
            Tag::Paragraph if opens => self.start_paragraph(span),
            Tag::Paragraph if bare::is_row(span.of(self.text)) => self.place = Place::Bare { cell: None },
            Tag::Heading { level, .. } => self.place = Place::Heading(level as u8),
            Tag::BlockQuote(_) => {
                self.quotes += 1;
                self.callout = true;
            }
            Tag::CodeBlock(kind) => self.place = Place::Code(language(&kind)),
            Tag::List(next) => {
                let intro = self.intro.take();
                self.open.push(Open::List { next, intro });
            }
            Tag::Item => self.start_item(span),
            Tag::TableHead => self.place = Place::Row { header: true, cell: 0 },
            Tag::TableRow => self.place = Place::Row { header: false, cell: 0 },
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image => {
                self.inlines.close();
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::Table => self.tables += 1,
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes -= 1;
                self.callout = false;
            }
            TagEnd::List(_) | TagEnd::Item => {
                self.flush();
                self.open.pop();
            }
            TagEnd::HtmlBlock => {
                self.flush();
                self.html = html::State::Text;
            }
            TagEnd::Paragraph if self.end_bare_row() => self.tables += 1,
            _ => self.flush(),
        }
    }

    /// Hides the `[!note]` of a callout, whose title then ends with the line.
    fn start_paragraph(&mut self, span: Span) {
        let marker = span.of(self.text).strip_prefix("[!").and_then(|rest| {
            let line = rest.lines().next()?;
            let end = line.find(']')? + 1;
            let fold = line[end..].starts_with(['+', '-']);
            Some(2 + end + usize::from(fold))
        });
        if let Some(len) = marker {
            self.hidden.hide(Span::new(span.start, span.start + len));
            self.callout = true;
        }
    }

    fn start_item(&mut self, span: Span) {
        let number = self.open.iter_mut().rev().find_map(|open| match open {
            Open::List { next: Some(next), .. } => {
                *next += 1;
                Some(u32::try_from(*next - 1).ok())
            }
            Open::List { next: None, .. } => Some(None),
            Open::Item { .. } => None,
        });
        let task = self.odd_task(span);
        self.open.push(Open::Item { number: number.flatten(), task, block: None });
    }

    /// Tasks in states beyond done and not done, such as `- [/] half`: hides their box.
    fn odd_task(&mut self, span: Span) -> Option<bool> {
        let item = span.of(self.text);
        let words = item.trim_start_matches(|c: char| c.is_ascii_digit() || "-*+.)".contains(c)).trim_start();
        let mark = words.strip_prefix('[')?.chars().next().filter(|mark| "/->?!<*\"".contains(*mark))?;
        words[2..].starts_with("] ").then_some(())?;
        let start = span.start + item.len() - words.len();
        self.hidden.hide(Span::new(start, start + 3));
        Some(mark == '-')
    }

    fn set_task(&mut self, done: bool) {
        if let Some(Open::Item { task, .. }) = self.open.last_mut() {
            *task = Some(done);
        }
    }

    fn start_cell(&mut self, at: usize) {
        if let Place::Row { cell, .. } = &mut self.place {
            if !self.cells.is_empty() {
                self.inlines.bar(at);
            }
            *cell = self.inlines.len();
        }
    }

    fn end_cell(&mut self) {
        if let Place::Row { cell, .. } = self.place {
            self.cells.push(Span::new(cell, self.inlines.end().max(cell)));
        }
    }

    fn soft_break(&mut self, span: Span) {
        if std::mem::take(&mut self.callout) {
            return self.flush();
        }
        if self.ends_bare_row(span) {
            return;
        }
        let rest = &self.text[span.end..];
        let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let next = rest[..end].trim_start_matches(['>', ' ', '\t']);
        if self.place == Place::Text && soft::is_meant(self.inlines.line(), next) {
            return self.flush();
        }
        self.inlines.space(span.start);
    }

    fn hard_break(&mut self, span: Span) {
        if self.place == Place::Text {
            self.flush();
        } else if !self.ends_bare_row(span) {
            self.inlines.space(span.start);
        }
    }

    fn inline_html(&mut self, tag: &str, span: Span) {
        match html::inline_tag(tag) {
            InlineTag::Nothing => {}
            InlineTag::Break => self.hard_break(span),
            InlineTag::Words => self.inlines.text(tag, span, &self.hidden),
        }
    }

    fn html(&mut self, html: &str, span: Span) {
        if self.hidden.covers(span) {
            return;
        }
        let mut pieces = Vec::new();
        html::words(html, &mut self.html, &mut |piece| pieces.push(piece));
        for piece in pieces {
            match piece {
                Piece::Words(words, at) => {
                    let at = span.start + at;
                    self.inlines.text(words, Span::new(at, at + words.len()), &self.hidden);
                }
                Piece::Sign(sign, at, len) => {
                    let at = span.start + at;
                    self.inlines.text(sign.encode_utf8(&mut [0; 4]), Span::new(at, at + len), &self.hidden);
                }
                Piece::Break => self.flush(),
            }
        }
    }
}

fn language(kind: &CodeBlockKind<'_>) -> Option<String> {
    let CodeBlockKind::Fenced(info) = kind else { return None };
    let word = info.split([' ', ',', '{', '\t']).next().unwrap_or("");
    (!word.is_empty()).then(|| word.to_owned())
}
