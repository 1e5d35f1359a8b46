//! Tokens → words on their lines, and events.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};

use super::Page;
use super::tag::{Mark, Role, role};
use super::tokens::{Kind, Start, Token};
use crate::text::{Span, fold_spaces};

/// How many elements may nest; what lies deeper belongs to the one above.
pub(super) const DEPTH: usize = 100;

/// Marks that may be open at once.
const MARKS: usize = 32;

/// What stands around the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    List,
    Item,
    Quote,
    Table,
    /// A table that lays out a page.
    Layout,
    Row {
        header: bool,
    },
    Cell,
}

/// A page while its tokens come in.
struct Writer<'a> {
    source: &'a str,
    /// The source up to here has given its line ends.
    at: usize,
    text: String,
    events: Vec<(Event<'static>, Span)>,
    title: Option<String>,
    in_title: bool,
    open: Vec<Open>,
    marks: Vec<Mark>,
    /// Where inline code began.
    code: Option<usize>,
    pre: bool,
    /// The element that is passed over, and how many of its name are open.
    hidden: Option<(String, usize)>,
    /// Whether only what is in a `main` counts, and how many of those are open.
    only_main: bool,
    main: Vec<String>,
    articles: usize,
    /// A term waits for what explains it.
    term: bool,
    /// What explains a term has no words yet.
    fresh: bool,
}

/// Writes the page that `tokens` of `source` make.
pub(super) fn write(source: &str, tokens: &[Token]) -> Page {
    let is_main = |token: &Token| matches!(&token.kind, Kind::Start(start) if start.role == Role::Main && start.ends);
    let mut writer = Writer {
        source,
        at: 0,
        text: String::with_capacity(source.len()),
        events: Vec::new(),
        title: None,
        in_title: false,
        open: Vec::new(),
        marks: Vec::new(),
        code: None,
        pre: false,
        hidden: None,
        only_main: tokens.iter().any(is_main),
        main: Vec::new(),
        articles: 0,
        term: false,
        fresh: false,
    };
    for token in tokens {
        writer.token(token);
    }
    writer.finish()
}

impl Writer<'_> {
    fn token(&mut self, token: &Token) {
        self.lines_to(token.span.start);
        match &token.kind {
            Kind::Words(words) => self.words(words, token.span),
            Kind::Start(start) => self.start(start),
            Kind::End(name) => self.end(name),
        }
        self.lines_to(token.span.end);
    }

    /// Writes the line ends of the source up to byte `end`.
    fn lines_to(&mut self, end: usize) {
        let end = end.clamp(self.at, self.source.len());
        let lines = self.source.as_bytes()[self.at..end].iter().filter(|byte| **byte == b'\n').count();
        self.text.extend(std::iter::repeat_n('\n', lines));
        self.at = end;
    }

    fn words(&mut self, words: &str, span: Span) {
        if self.in_title {
            self.title.get_or_insert_default().push_str(words);
        }
        if self.in_title || !self.is_shown() {
            return;
        }
        let blank = words.trim().is_empty();
        if matches!(self.open.last(), Some(Open::Row { .. })) && !blank {
            self.cell();
        }
        let start = self.text.len();
        self.text.push_str(words);
        let end = span.end.clamp(self.at, self.source.len());
        self.at = end;
        self.fresh &= blank;
        // The line end behind the tag is no code.
        let opens = matches!(self.events.last(), Some((Event::Start(Tag::CodeBlock(_)), _)));
        let start = start + usize::from(opens && self.text[start..].starts_with('\n'));
        if self.code.is_none() && !(blank && matches!(self.open.last(), Some(Open::Row { .. }))) {
            let words = self.text[start..].to_owned();
            self.tell_at(Event::Text(words.into()), Span::new(start, self.text.len()));
        }
    }

    /// Adds words that the page shows and does not write, or not as text.
    fn add(&mut self, words: &str) {
        let start = self.text.len();
        self.text.push_str(words);
        self.tell_at(Event::Text(words.to_owned().into()), Span::new(start, self.text.len()));
    }

    fn tell(&mut self, event: Event<'static>) {
        let at = self.text.len();
        self.tell_at(event, Span::new(at, at));
    }

    fn tell_at(&mut self, event: Event<'static>, span: Span) {
        self.events.push((event, span));
    }

    fn is_shown(&self) -> bool {
        self.hidden.is_none() && (!self.only_main || !self.main.is_empty())
    }

    fn start(&mut self, start: &Start) {
        if start.role == Role::Title && self.title.is_none() && start.ends {
            self.in_title = true;
            return;
        }
        if let Some((name, count)) = &mut self.hidden {
            *count += usize::from(*name == start.name);
            return;
        }
        let is_margin = start.role == Role::Margin && self.articles == 0 && self.main.is_empty();
        if (start.hidden || is_margin) && start.ends {
            self.hidden = Some((start.name.clone(), 1));
            return self.gap();
        }
        // An inner element of the same name ends before the one that is meant.
        let is_inner = self.main.last() == Some(&start.name);
        if is_inner || start.role == Role::Main && start.ends {
            self.main.push(start.name.clone());
        }
        if self.is_shown() {
            self.shown(start);
        }
    }

    fn shown(&mut self, start: &Start) {
        if self.pre {
            return;
        }
        let in_cell = self.open.last() == Some(&Open::Cell);
        match start.role {
            Role::Inline | Role::Title | Role::Hidden | Role::Head => {}
            Role::Mark(mark) => self.mark(mark, start),
            Role::Code => self.code = self.code.or(Some(self.text.len())),
            Role::Break => self.line_break(),
            Role::Picture => self.picture(start.get("alt").unwrap_or("")),
            Role::Input if start.get("type") == Some("checkbox") => {
                self.tell(Event::TaskListMarker(start.get("checked").is_some()));
            }
            Role::Input => {}
            Role::Table | Role::Row | Role::Cell => self.table(start),
            Role::Block if start.name == "label" => {}
            Role::Article => {
                self.articles += 1;
                self.apart();
            }
            _ if in_cell => self.space(),
            Role::Definition if self.term => self.explain(),
            Role::Pre if !start.ends => self.apart(),
            Role::Block | Role::Main | Role::Margin => self.apart(),
            Role::Rule => {
                self.apart();
                self.tell(Event::Rule);
            }
            Role::Heading(level) => {
                self.apart();
                let level = HeadingLevel::try_from(usize::from(level)).unwrap_or(HeadingLevel::H6);
                self.tell(Event::Start(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() }));
            }
            Role::List => self.enter(Open::List, Event::Start(Tag::List(None))),
            Role::Ordered => {
                let first = start.get("start").and_then(|first| first.trim().parse::<u32>().ok()).unwrap_or(1);
                self.enter(Open::List, Event::Start(Tag::List(Some(first.into()))));
            }
            Role::Item | Role::Term | Role::Definition => self.item(start.role == Role::Term),
            Role::Quote => self.enter(Open::Quote, Event::Start(Tag::BlockQuote(None))),
            Role::Pre => {
                self.apart();
                let language = CowStr::from(language(start));
                self.tell(Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))));
                self.pre = true;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if name == "title" {
            self.in_title = false;
        }
        if let Some((hidden, count)) = &mut self.hidden {
            *count -= usize::from(hidden == name);
            if *count == 0 {
                self.hidden = None;
            }
            return;
        }
        if self.main.last().is_some_and(|main| main == name) {
            self.main.pop();
            if self.main.is_empty() {
                return self.leave_all();
            }
        }
        if !self.is_shown() {
            return;
        }
        let role = role(name);
        if self.pre && role != Role::Pre {
            return;
        }
        match role {
            Role::Mark(mark) => self.unmark(mark),
            Role::Code => self.end_code(),
            Role::Pre if self.pre => {
                self.pre = false;
                self.tell(Event::End(TagEnd::CodeBlock));
            }
            Role::List | Role::Ordered => self.leave(|open| *open == Open::List, |open| *open == Open::Cell),
            Role::Item => self.leave(|open| *open == Open::Item, |open| *open == Open::List),
            Role::Quote => self.leave(|open| *open == Open::Quote, |open| *open == Open::Cell),
            Role::Table => self.leave(|open| matches!(open, Open::Table | Open::Layout), |_| false),
            Role::Row => self.leave(|open| matches!(open, Open::Row { .. }), Open::is_table),
            Role::Cell => self.leave(|open| *open == Open::Cell, Open::is_table),
            Role::Article => {
                self.articles = self.articles.saturating_sub(1);
                self.apart();
            }
            Role::Block if name == "label" => {}
            Role::Block | Role::Heading(_) | Role::Main | Role::Margin => self.end_block(),
            _ => {}
        }
    }

    fn end_block(&mut self) {
        if self.open.last() == Some(&Open::Cell) { self.space() } else { self.apart() }
    }

    /// Ends the block under way.
    fn apart(&mut self) {
        self.end_code();
        self.gap();
        if !self.term && !self.fresh && !matches!(self.open.last(), Some(Open::Row { .. } | Open::Cell)) {
            self.tell(Event::End(TagEnd::Paragraph));
        }
    }

    /// Joins what explains a term to the term.
    fn explain(&mut self) {
        self.end_code();
        self.trim();
        self.add(": ");
        (self.term, self.fresh) = (false, true);
    }

    /// Takes blanks off the last words told.
    fn trim(&mut self) {
        while let Some((Event::Text(words), span)) = self.events.last_mut() {
            let end = words.trim_end().len();
            if end > 0 {
                *span = Span::new(span.start, span.start + end);
                *words = words[..end].to_owned().into();
                return;
            }
            self.events.pop();
        }
    }

    /// Keeps words that stand on one line apart in the text.
    fn gap(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(char::is_whitespace) {
            self.text.push(' ');
        }
    }

    fn space(&mut self) {
        self.end_code();
        self.add(" ");
    }

    fn line_break(&mut self) {
        match (self.code, self.open.last()) {
            (Some(_), _) => self.text.push(' '),
            (None, Some(Open::Cell)) => self.add(" "),
            _ => {
                self.gap();
                self.tell(Event::HardBreak);
            }
        }
    }

    fn picture(&mut self, alt: &str) {
        let alt = fold_spaces(alt);
        if !alt.is_empty() && self.code.is_none() {
            self.add(&alt);
        }
    }

    fn mark(&mut self, mark: Mark, start: &Start) {
        if self.code.is_some() || self.marks.len() >= MARKS {
            return;
        }
        let tag = match (mark, start.get("href")) {
            (Mark::Link, None) => return,
            (Mark::Link, Some(address)) => {
                let (dest_url, none) = (CowStr::from(address.trim().to_owned()), CowStr::from(""));
                Tag::Link { link_type: LinkType::Inline, dest_url, title: none.clone(), id: none }
            }
            (Mark::Emphasis, _) => Tag::Emphasis,
            (Mark::Strong, _) => Tag::Strong,
            (Mark::Struck, _) => Tag::Strikethrough,
        };
        self.marks.push(mark);
        self.tell(Event::Start(tag));
    }

    /// Ends the last mark of this kind, and those inside it.
    fn unmark(&mut self, mark: Mark) {
        if self.code.is_some() {
            return;
        }
        if let Some(at) = self.marks.iter().rposition(|open| *open == mark) {
            for mark in self.marks.split_off(at).into_iter().rev() {
                self.tell(Event::End(mark.end()));
            }
        }
    }

    fn end_code(&mut self) {
        if let Some(start) = self.code.take() {
            let code = self.text[start..].to_owned();
            if !code.trim().is_empty() {
                self.fresh = false;
                self.tell_at(Event::Code(code.into()), Span::new(start, self.text.len()));
            }
        }
    }

    fn enter(&mut self, open: Open, event: Event<'static>) {
        (self.term, self.fresh) = (false, false);
        self.apart();
        let inside = match open {
            Open::Row { .. } => 1,
            Open::Cell => 2,
            _ => 0,
        };
        if self.open.len() < DEPTH + inside {
            self.open.push(open);
            self.tell(event);
        }
    }

    /// Ends the innermost element that is meant, and those inside it; none where a barrier stands around.
    fn leave(&mut self, is_meant: impl Fn(&Open) -> bool, is_barrier: impl Fn(&Open) -> bool) {
        let found = self.open.iter().rposition(|open| is_meant(open) || is_barrier(open));
        let Some(at) = found.filter(|at| is_meant(&self.open[*at])) else { return self.end_block() };
        (self.term, self.fresh) = (false, false);
        self.apart();
        for open in self.open.split_off(at).into_iter().rev() {
            if open == Open::Cell {
                self.trim();
            }
            if let Some(end) = open.end() {
                self.tell(Event::End(end));
            }
        }
    }

    fn leave_all(&mut self) {
        self.leave(|_| true, |_| false);
        while !self.open.is_empty() {
            self.leave(|_| true, |_| false);
        }
    }

    fn item(&mut self, is_term: bool) {
        self.leave(|open| *open == Open::Item, |open| *open == Open::List || open.is_table());
        let around = self.open.iter().rev().find(|open| **open == Open::List || open.is_table());
        if around != Some(&Open::List) {
            self.enter(Open::List, Event::Start(Tag::List(None)));
        }
        self.enter(Open::Item, Event::Start(Tag::Item));
        self.term = is_term;
    }

    /// A tag of a table: cells and rows end those before them.
    fn table(&mut self, start: &Start) {
        let around = self.open.iter().rev().find(|open| open.is_table()).copied();
        match (start.role, around) {
            (Role::Table, _) if start.odd => self.enter(Open::Layout, Event::End(TagEnd::Paragraph)),
            (Role::Table, _) => self.enter(Open::Table, Event::Start(Tag::Table(Vec::new()))),
            (Role::Row, Some(Open::Table)) => self.row(start.odd),
            (Role::Cell, Some(Open::Table)) => self.cell(),
            _ => self.apart(),
        }
    }

    fn row(&mut self, header: bool) {
        self.leave(|open| matches!(open, Open::Row { .. }), Open::is_table);
        self.enter(Open::Row { header }, Event::Start(if header { Tag::TableHead } else { Tag::TableRow }));
    }

    fn cell(&mut self) {
        self.leave(|open| *open == Open::Cell, Open::is_table);
        if !matches!(self.open.last(), Some(Open::Row { .. })) {
            self.row(false);
        }
        self.enter(Open::Cell, Event::Start(Tag::TableCell));
    }

    fn finish(mut self) -> Page {
        self.leave_all();
        self.lines_to(self.source.len());
        if !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        Page { text: self.text, events: self.events, title: fold_spaces(&self.title.unwrap_or_default()).into_owned() }
    }
}

impl Open {
    const fn is_table(&self) -> bool {
        matches!(self, Self::Table | Self::Layout)
    }

    const fn end(self) -> Option<TagEnd> {
        Some(match self {
            Self::List => TagEnd::List(false),
            Self::Item => TagEnd::Item,
            Self::Quote => TagEnd::BlockQuote(None),
            Self::Table => TagEnd::Table,
            Self::Layout => return None,
            Self::Row { header: true } => TagEnd::TableHead,
            Self::Row { header: false } => TagEnd::TableRow,
            Self::Cell => TagEnd::TableCell,
        })
    }
}

impl Mark {
    const fn end(self) -> TagEnd {
        match self {
            Self::Link => TagEnd::Link,
            Self::Emphasis => TagEnd::Emphasis,
            Self::Strong => TagEnd::Strong,
            Self::Struck => TagEnd::Strikethrough,
        }
    }
}

/// The language that the classes of code name: `language-sh`, `lang-sh` or `sourceCode sh`.
fn language(start: &Start) -> String {
    let named =
        start.classes().find_map(|class| class.strip_prefix("language-").or_else(|| class.strip_prefix("lang-")));
    let after = || start.classes().skip_while(|class| *class != "sourceCode").nth(1);
    named.or_else(after).unwrap_or("").to_owned()
}
