//! YAML front matter, from the events of `saphyr-parser`: nothing is expanded, so nothing can grow.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};

use super::{Entry, Malformed};
use crate::limits::{FRONT_MATTER_ALIASES, FRONT_MATTER_DEPTH};
use crate::read::Located;
use crate::text::{LineNumber, Position};

/// A value under way.
#[derive(Debug)]
enum Node {
    /// Text and its place; none for null.
    Scalar(Option<Located>),
    /// A list and whether it is written `[in brackets]` right inside another.
    List(Vec<Self>, Marker),
    /// Keys and values; the last key waits for its value.
    Map(Vec<(String, Self)>, Option<String>),
}

/// Reads the entries of a YAML map; none when it is no map but, say, prose between two rules.
pub(super) fn read(text: &str) -> Result<Option<Vec<Entry>>, Malformed> {
    let Some(Node::Map(pairs, _)) = tree(text)? else { return Ok(None) };
    let text: Vec<char> = text.chars().collect();
    let mut entries = Vec::new();
    for (key, node) in pairs {
        flatten(&key, node, &text, &mut entries);
    }
    Ok(Some(entries))
}

/// The first value of the text, whole.
fn tree(text: &str) -> Result<Option<Node>, Malformed> {
    let mut open: Vec<Node> = Vec::new();
    let mut anchors: BTreeMap<usize, Option<Located>> = BTreeMap::new();
    let mut aliases = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| malformed(*error.marker(), "is malformed"))?;
        let node = match event {
            Event::MappingStart(..) => {
                open.push(Node::Map(Vec::new(), None));
                None
            }
            Event::SequenceStart(..) => {
                open.push(Node::List(Vec::new(), span.start));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop(),
            Event::Scalar(value, style, anchor, _) => {
                let value = scalar(&value, style, span.start);
                if anchor > 0 {
                    anchors.insert(anchor, value.clone());
                }
                Some(Node::Scalar(value))
            }
            Event::Alias(anchor) => {
                aliases += 1;
                Some(Node::Scalar(anchors.get(&anchor).cloned().flatten()))
            }
            _ => None,
        };
        if open.len() > FRONT_MATTER_DEPTH {
            return Err(malformed(span.start, &format!("is nested deeper than {FRONT_MATTER_DEPTH}")));
        }
        if aliases > FRONT_MATTER_ALIASES {
            return Err(malformed(span.start, &format!("has more than {FRONT_MATTER_ALIASES} aliases")));
        }
        match (node, open.last_mut()) {
            (Some(node), Some(outer)) => outer.add(node),
            (Some(node), None) => return Ok(Some(node)),
            (None, _) => {}
        }
    }
    Ok(None)
}

impl Node {
    /// Adds a key or value.
    fn add(&mut self, node: Self) {
        match self {
            Self::List(items, _) => items.push(node),
            Self::Map(pairs, key) => match key.take() {
                Some(key) => pairs.push((key, node)),
                None => *key = Some(if let Self::Scalar(Some(key)) = node { key.text } else { String::new() }),
            },
            Self::Scalar(_) => {}
        }
    }
}

fn scalar(value: &str, style: ScalarStyle, start: Marker) -> Option<Located> {
    let null = style == ScalarStyle::Plain && matches!(value, "" | "~" | "null" | "Null" | "NULL");
    (!null).then(|| Located { text: value.trim().to_owned(), position: position(start) })
}

/// The place in the note: the opening fence is line 1.
fn position(mark: Marker) -> Position {
    let column = u32::try_from(mark.col()).unwrap_or(u32::MAX - 1) + 1;
    Position { line: LineNumber::from_index(mark.line()), column }
}

fn malformed(mark: Marker, message: &str) -> Malformed {
    Malformed { line: mark.line().saturating_sub(1), message: message.to_owned() }
}

/// Adds the entries of one key.
fn flatten(key: &str, node: Node, text: &[char], entries: &mut Vec<Entry>) {
    match node {
        Node::Scalar(value) => {
            entries.push(Entry { key: key.to_owned(), values: value.into_iter().collect(), list: false });
        }
        Node::List(items, start) => {
            let mut values = Vec::new();
            let bracketed = opens_link(text, start);
            for item in items {
                collect(item, text, bracketed, &mut values);
            }
            entries.push(Entry { key: key.to_owned(), values, list: true });
        }
        Node::Map(pairs, _) => {
            for (inner, node) in pairs {
                flatten(&format!("{key}.{inner}"), node, text, entries);
            }
        }
    }
}

/// The texts in a value of a list. `[[Note]]` without quotes is a list in a list, yet means the link.
fn collect(node: Node, text: &[char], bracketed: bool, values: &mut Vec<Located>) {
    match node {
        Node::Scalar(value) => values.extend(value),
        Node::List(items, start) => {
            let inner = opens_link(text, start);
            for item in items {
                match item {
                    Node::Scalar(Some(value)) if bracketed || inner => {
                        values.push(Located { text: format!("[[{}]]", value.text), position: position(start) });
                    }
                    other => collect(other, text, inner, values),
                }
            }
        }
        Node::Map(pairs, _) => pairs.into_iter().for_each(|(_, node)| collect(node, text, false, values)),
    }
}

/// Whether a list is written as `[[`.
fn opens_link(text: &[char], start: Marker) -> bool {
    text.get(start.index()..).is_some_and(|list| list.starts_with(&['[', '[']))
}
