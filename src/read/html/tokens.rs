//! The source cut into tags and words, with all that needs a look ahead.

use std::collections::{HashMap, HashSet};

use html5gum::{DefaultEmitter, HtmlString, Spanned, StartTag, Token as Raw, Tokenizer};

use super::tag::{LEADING, LEADING_ROLES, Role, is_closed, is_void, role};
use crate::text::Span;

/// A tag or a run of words.
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Where it stands in the source.
    pub(super) span: Span,
}

/// What a token is.
pub(super) enum Kind {
    Start(Start),
    End(String),
    Words(String),
}

/// A start tag.
pub(super) struct Start {
    pub(super) name: String,
    pub(super) role: Role,
    /// Whether the whole element is for no reader.
    pub(super) hidden: bool,
    /// Whether a table's row names the columns, or a table only lays out a page.
    pub(super) odd: bool,
    /// Whether a later end tag has this name.
    pub(super) ends: bool,
    attributes: HashMap<String, String>,
}

impl Start {
    /// An attribute's value.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The words of its class.
    pub(super) fn classes(&self) -> impl Iterator<Item = &str> {
        self.get("class").unwrap_or("").split_ascii_whitespace()
    }

    fn new(tag: &StartTag<usize>) -> Self {
        let name = text(&tag.name);
        let is_kept = |name: &HtmlString| KEPT.iter().any(|kept| kept.as_bytes() == &***name);
        let attributes = tag.attributes.iter().filter(|(name, _)| is_kept(name));
        let attributes = attributes.map(|(name, value)| (text(name), text(&value.value))).collect();
        let start = Self { role: role(&name), name, hidden: false, odd: false, ends: false, attributes };
        let role = if start.get("role") == Some("main") { Role::Main } else { start.role };
        Self { role, hidden: start.is_hidden(), ..start }
    }

    fn is_hidden(&self) -> bool {
        if self.role == Role::Hidden {
            return !is_void(&self.name);
        }
        let style: String = self.get("style").unwrap_or("").chars().filter(|c| !c.is_whitespace()).collect();
        let unseen =
            self.get("hidden").is_some() || self.get("aria-hidden") == Some("true") || style.contains("display:none");
        let leads = self.get("role").is_some_and(|role| LEADING_ROLES.contains(&role))
            || self.classes().any(|class| LEADING.contains(&class));
        is_closed(&self.name) && (unseen || leads)
    }
}

/// The attributes that matter to a reader.
const KEPT: [&str; 11] =
    ["alt", "aria-hidden", "checked", "class", "hidden", "href", "role", "start", "style", "type", "lang"];

/// Cuts the source of a page.
pub(super) fn cut(source: &str) -> Vec<Token> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut tokens = Vec::new();
    for raw in Tokenizer::new_with_emitter(source, emitter).flatten() {
        let (span, kind) = match raw {
            Raw::StartTag(tag) => (tag.span, Kind::Start(Start::new(&tag))),
            Raw::EndTag(tag) => (tag.span, Kind::End(text(&tag.name))),
            Raw::String(Spanned { value, span }) => (span, Kind::Words(text(&value))),
            Raw::Comment(_) | Raw::Doctype(_) | Raw::Error(_) => continue,
        };
        tokens.push(Token { kind, span: Span::new(span.start, span.end) });
    }
    see_ends(&mut tokens);
    see_tables(&mut tokens);
    tokens
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}

/// Tells each start tag whether a later end tag has its name.
fn see_ends(tokens: &mut [Token]) {
    let mut ended: HashSet<String> = HashSet::new();
    for token in tokens.iter_mut().rev() {
        match &mut token.kind {
            Kind::End(name) if !ended.contains(name) => {
                ended.insert(name.clone());
            }
            Kind::Start(start) => start.ends = ended.contains(&start.name),
            _ => {}
        }
    }
}

/// A table under way.
struct Table {
    /// Its start tag.
    at: usize,
    in_head: bool,
    /// The first row, as long as it is under way and nothing but headings.
    first: Option<usize>,
    rows: usize,
}

/// Finds the rows that name the columns, and the tables that hold parts of a page instead of values.
fn see_tables(tokens: &mut [Token]) {
    let mut open: Vec<Table> = Vec::new();
    let mut odd: Vec<usize> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let (role, starts) = match &token.kind {
            Kind::Start(start) => (start.role, Some(start)),
            Kind::End(name) => (role(name), None),
            Kind::Words(_) => continue,
        };
        match (role, starts, open.last_mut()) {
            (Role::Table, Some(start), table) => {
                odd.extend(table.map(|table| table.at));
                odd.extend((start.get("role") == Some("presentation")).then_some(at));
                open.push(Table { at, in_head: false, first: None, rows: 0 });
            }
            (Role::Table, None, Some(_)) => odd.extend(open.pop().and_then(|table| table.first)),
            (Role::Heading(_) | Role::Pre | Role::Quote, Some(_), Some(table)) => odd.push(table.at),
            (Role::Head, _, Some(table)) => table.in_head = starts.is_some(),
            (Role::Row, Some(_), Some(table)) => {
                odd.extend(table.first.take());
                table.first = (table.rows == 0).then_some(at);
                table.rows += 1;
            }
            (Role::Cell, Some(start), Some(table)) if start.name == "td" && !table.in_head => table.first = None,
            _ => {}
        }
    }
    for at in odd {
        if let Kind::Start(start) = &mut tokens[at].kind {
            start.odd = true;
        }
    }
}
