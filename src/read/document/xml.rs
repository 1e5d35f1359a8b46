//! XML as a run of elements and words: no entities but the five of XML, no recursion.

use std::collections::HashMap;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::reader::Reader;

use crate::read::decode::decode;

/// A tag or words.
pub(super) enum Piece {
    /// An element begins: its name without prefix, and its attributes without prefixes.
    Start(String, Attributes),
    /// An element ends.
    End(String),
    Words(String),
}

/// The attributes of an element by their names without prefixes.
#[derive(Default)]
pub(super) struct Attributes(HashMap<String, String>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn of(start: &BytesStart<'_>) -> Self {
        let mut attributes = start.attributes();
        attributes.with_checks(false);
        let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let name = local(attribute.key.as_ref());
            (name, unescaped(&attribute.value))
        };
        Self(attributes.flatten().map(pair).collect())
    }
}

/// Gives each piece of a file to `take`.
///
/// # Errors
///
/// What is wrong with the file, or what `take` gives.
pub(super) fn pieces(bytes: &[u8], mut take: impl FnMut(Piece) -> Result<(), String>) -> Result<(), String> {
    let (text, _) = decode(bytes);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    loop {
        let event = reader.read_event().map_err(|error| format!("its XML is damaged: {error}"))?;
        match event {
            Event::Start(start) => take(Piece::Start(local(start.name().as_ref()), Attributes::of(&start)))?,
            Event::Empty(start) => {
                let name = local(start.name().as_ref());
                take(Piece::Start(name.clone(), Attributes::of(&start)))?;
                take(Piece::End(name))?;
            }
            Event::End(end) => take(Piece::End(local(end.name().as_ref())))?,
            Event::Text(text) => take(Piece::Words(text.to_string()))?,
            Event::CData(text) => take(Piece::Words(text.to_string()))?,
            Event::GeneralRef(entity) => take(Piece::Words(sign(&entity)))?,
            Event::DocType(declared) if declared.contains('[') => {
                return Err("its XML declares entities of its own".to_owned());
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What an entity stands for; nothing where it is none of XML's.
fn sign(entity: &BytesRef<'_>) -> String {
    unescaped(&format!("&{};", &**entity))
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
}

/// A name without its prefix.
fn local(name: &str) -> String {
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

/// The targets of a file's relations by their ids.
pub(super) fn relations(bytes: &[u8]) -> Result<HashMap<String, String>, String> {
    let mut targets = HashMap::new();
    pieces(bytes, |piece| {
        if let Piece::Start(name, attributes) = piece
            && name == "Relationship"
            && let (Some(id), Some(target)) = (attributes.get("Id"), attributes.get("Target"))
        {
            targets.insert(id.to_owned(), target.to_owned());
        }
        Ok(())
    })?;
    Ok(targets)
}

/// The path of `target` as seen from the file at `from`.
pub(super) fn resolve(from: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}
