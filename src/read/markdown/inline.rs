//! The words of one block of Markdown while its events come in.

use pulldown_cmark::{LinkType, Tag};

use super::hidden::Hidden;
use crate::read::draft::Words;
use crate::read::meta::{is_media, wiki_target};
use crate::read::{InlineKind, inline, meta};
use crate::text::Span;

/// The words under way and the marks open in them.
#[derive(Debug, Default)]
pub(super) struct Inlines {
    words: Words,
    /// Open marks: what they mean and where in the block they began.
    marks: Vec<(Option<InlineKind>, usize)>,
    /// Where an open `==` began.
    highlight: Option<usize>,
    /// Where the current line began.
    line: usize,
    /// How many embedded pictures hold the place; their sizes and names are no words.
    pictures: usize,
    /// Whether a wikilink shows its target: 1 before, 2 behind the `#^` of a block id.
    target: u8,
}

impl Inlines {
    /// The words of the current line.
    pub(super) fn line(&self) -> &str {
        &self.words.as_str()[self.line..]
    }

    /// Whether there are words.
    pub(super) fn is_empty(&self) -> bool {
        self.words.as_str().trim().is_empty()
    }

    /// How many bytes of words there are.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How many bytes of words there are but for blanks at the end.
    pub(super) fn end(&self) -> usize {
        self.words.as_str().trim_end().len()
    }

    /// Adds the shown parts of text that stands at `span` of the note.
    pub(super) fn text(&mut self, text: &str, span: Span, hidden: &Hidden) {
        if self.pictures > 0 {
            return;
        }
        if text.len() != span.len() {
            if !hidden.covers(span) {
                self.words.push_sign(text, span);
            }
            return;
        }
        for shown in hidden.shown(span) {
            let part = Span::new(shown.start - span.start, shown.end - span.start).of(text);
            if self.target > 0 { self.target(part, shown.start) } else { self.highlighted(part, shown.start) }
        }
    }

    /// Adds the target of a wikilink as it is shown: `Note#Part` as `Note > Part`, no block ids.
    fn target(&mut self, target: &str, at: usize) {
        let mut at = at;
        for (number, part) in target.split('#').enumerate() {
            if part.starts_with('^') {
                self.target = 2;
            }
            if self.target == 2 {
                return;
            }
            if number > 0 && !self.is_empty() && !self.words.as_str().ends_with(' ') {
                self.words.push_sign(" > ", Span::new(at - 1, at));
            }
            self.words.push_folded(part, at);
            at += part.len() + 1;
        }
    }

    /// Adds words in which `==` opens or closes a highlight.
    fn highlighted(&mut self, words: &str, at: usize) {
        if memchr::memchr(b'=', words.as_bytes()).is_none() {
            return self.words.push_folded(words, at);
        }
        let mut from = 0;
        for (mark, _) in words.match_indices("==") {
            if mark < from || !self.toggles(&words[from..mark], &words[mark + 2..]) {
                continue;
            }
            self.words.push_folded(&words[from..mark], at + from);
            match self.highlight.take() {
                Some(start) => self.words.mark(InlineKind::Emphasis, start),
                None => self.highlight = Some(self.words.len()),
            }
            from = mark + 2;
        }
        self.words.push_folded(&words[from..], at + from);
    }

    /// Whether `==` between these words is a mark: it touches the words it holds and no others.
    fn toggles(&self, before: &str, after: &str) -> bool {
        let before = before.chars().next_back().or_else(|| self.words.as_str().chars().next_back());
        let after = after.chars().next();
        if self.highlight.is_some() {
            before.is_some_and(|c| !c.is_whitespace())
        } else {
            before.is_none_or(|c| !c.is_alphanumeric() && !"=!<>".contains(c))
                && after.is_some_and(|c| !c.is_whitespace() && c != '=')
        }
    }

    /// Adds an inline code span; `span` holds its backticks too.
    pub(super) fn code(&mut self, code: &str, span: Span, text: &str, hidden: &Hidden) {
        if hidden.covers(span) || self.pictures > 0 {
            return;
        }
        let start = self.words.len();
        let source = span.of(text);
        let ticks = source.len() - source.trim_start_matches('`').len();
        let blank = source[ticks..].starts_with(' ') && !code.starts_with(' ');
        self.words.push_folded(code, span.start + ticks + usize::from(blank));
        self.words.mark(InlineKind::Code, start);
    }

    /// Adds code of a block, as it is.
    pub(super) fn code_line(&mut self, code: &str, span: Span, hidden: &Hidden) {
        if !hidden.covers(span) {
            self.words.push_code(code, span.start);
        }
    }

    /// Adds a blank for what stands at byte `at`, and begins the next line.
    pub(super) fn space(&mut self, at: usize) {
        self.words.space(at);
        self.line = self.words.len();
    }

    /// Sets off the next cell of a row.
    pub(super) fn bar(&mut self, at: usize) {
        self.words.bar(at);
    }

    /// Opens a mark.
    pub(super) fn open(&mut self, tag: &Tag<'_>) {
        let kind = match tag {
            Tag::Emphasis => Some(InlineKind::Emphasis),
            Tag::Strong => Some(InlineKind::Strong),
            Tag::Strikethrough => Some(InlineKind::Struck),
            Tag::Link { link_type, dest_url, .. } => Some(link(*link_type, dest_url)),
            Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. } if !is_media(wiki_target(dest_url)) => {
                Some(InlineKind::WikiLink { target: wiki_target(dest_url).to_owned() })
            }
            Tag::Image { link_type: LinkType::WikiLink { .. }, .. } => {
                self.pictures += 1;
                None
            }
            _ => None,
        };
        let shows_target = |link: &LinkType| *link == LinkType::WikiLink { has_pothole: false };
        if matches!(tag, Tag::Link { link_type, .. } | Tag::Image { link_type, .. } if shows_target(link_type)) {
            self.target = 1;
        }
        self.marks.push((kind, self.words.len()));
    }

    /// Closes the last mark.
    pub(super) fn close(&mut self) {
        self.target = 0;
        match self.marks.pop() {
            Some((Some(kind), start)) => self.words.mark(kind, start),
            Some((None, _)) => self.pictures = self.pictures.saturating_sub(1),
            None => {}
        }
    }

    /// Takes the words out, tags and addresses marked; marks still open go on in the next block.
    pub(super) fn take(&mut self, text: &str) -> Words {
        let mut words = self.words.take();
        (self.highlight, self.line) = (None, 0);
        if words.len() == 0 {
            return words;
        }
        for (kind, start) in &mut self.marks {
            if let Some(kind) = kind {
                words.mark(kind.clone(), *start);
            }
            *start = 0;
        }
        words.truncate(without_block_id(words.as_str()));
        let tagged = memchr::memchr(b'#', words.as_str().as_bytes()).is_some();
        let escaped = if tagged { backslashed(&words, text) } else { Vec::new() };
        inline::mark_words(&mut words, |at| escaped.binary_search(&at).is_ok());
        words
    }

    /// Takes the words of code out.
    pub(super) fn take_code(&mut self) -> Words {
        self.line = 0;
        self.words.take()
    }
}

fn link(link_type: LinkType, address: &str) -> InlineKind {
    match link_type {
        LinkType::WikiLink { .. } => InlineKind::WikiLink { target: wiki_target(address).to_owned() },
        LinkType::Email => InlineKind::Link { address: format!("mailto:{address}") },
        _ => InlineKind::Link { address: meta::decoded_address(address) },
    }
}

/// How many bytes of `words` stand before a ` ^block-id` at the end; all where there is none.
fn without_block_id(words: &str) -> usize {
    let end = words.trim_end();
    let Some(at) = memchr::memrchr(b'^', end.as_bytes()) else { return words.len() };
    let (before, id) = (&end[..at], &end[at + 1..]);
    let is_id = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_id && (before.is_empty() || before.ends_with(' ')) { before.trim_end().len() } else { words.len() }
}

/// The places of each `#` in `words` that a backslash takes the meaning from.
fn backslashed(words: &Words, text: &str) -> Vec<usize> {
    let hashes = words.as_str().match_indices('#').map(|(at, _)| at);
    hashes.filter(|at| words.place(*at).checked_sub(1).is_some_and(|b| text.as_bytes()[b] == b'\\')).collect()
}
