//! Notes and concepts as resources: `quipu://note/path#L10-L20`, `quipu://concept/Kafka`, `quipu://graph/summary`.
//!
//! A note is looked up in the index by its name; no address ever becomes a path on disk.

use rmcp::model::{Resource, ResourceContents, ResourceTemplate};

use super::tidy::safe;
use super::tool::ToolError;
use super::tool::note_lines;
use super::window::Window;
use crate::graph::NodeClass;
use crate::render::cited::{concept_card, stats_tables};
use crate::render::{Style, string};
use crate::session::{CardLimits, NoteText, Session};

/// Resources listed on one page.
const LISTED: usize = 200;

const NOTE: &str = "quipu://note/";
const CONCEPT: &str = "quipu://concept/";
const SUMMARY: &str = "quipu://graph/summary";

/// The address of a note.
pub(super) fn note_uri(path: &str) -> String {
    format!("{NOTE}{}", encoded(path))
}

fn concept_uri(name: &str) -> String {
    format!("{CONCEPT}{}", encoded(name))
}

/// Percent-encodes all but letters, digits and what may stand in a path.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        match (first, code) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A place in a note as it may be asked for: an address, a cited `path:line`, or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Paths that may be meant, the likeliest first, each with its first line.
    paths: Vec<(String, usize)>,
    /// The last line wanted.
    pub(super) last: Option<usize>,
}

impl Place {
    pub(super) fn read(id: &str) -> Self {
        let (path, lines) = id.rsplit_once("#L").map_or((id, None), |(path, lines)| (path, Some(lines)));
        let path = path.strip_prefix(NOTE).map_or_else(|| path.to_owned(), decoded);
        let (first, last) = lines.map_or((1, None), |lines| {
            let (first, last) = lines.split_once('-').map_or((lines, None), |(first, last)| (first, Some(last)));
            (number(first).unwrap_or(1), last.map_or(number(first), |last| number(last.trim_start_matches('L'))))
        });
        let mut paths = vec![(path.clone(), first)];
        // `path:line` and `path:line:column`, as places are cited.
        let mut rest = path.as_str();
        while let Some((before, line)) = rest.rsplit_once(':').and_then(|(path, line)| Some((path, number(line)?))) {
            paths.push((before.to_owned(), line));
            rest = before;
        }
        Self { paths, last }
    }

    /// The note meant, and the first line wanted of it.
    pub(super) fn note(&self, session: &Session) -> Result<Option<(NoteText, usize)>, ToolError> {
        for (path, first) in &self.paths {
            if let Some(note) = session.note(path)? {
                return Ok(Some((note, *first)));
            }
        }
        Ok(None)
    }
}

fn number(text: &str) -> Option<usize> {
    text.parse().ok().filter(|number| *number > 0)
}

/// One page of all resources from `start` on, and where the next page starts.
pub(super) fn list(session: &Session, start: usize) -> (Vec<Resource>, Option<usize>) {
    let graph = session.graph();
    let summary = Resource::new(SUMMARY, "summary")
        .with_description("What the index holds, in numbers.")
        .with_mime_type("text/plain");
    let notes = graph.class_nodes(NodeClass::Note).map(|node| {
        let path = session.locate(graph.name(node));
        Resource::new(note_uri(&path), safe(&path)).with_mime_type("text/plain")
    });
    let concepts = graph.class_nodes(NodeClass::Concept).map(|node| {
        let name = graph.name(node);
        Resource::new(concept_uri(name), safe(name)).with_mime_type("text/plain")
    });
    let mut all = std::iter::once(summary).chain(notes).chain(concepts).skip(start).peekable();
    let page: Vec<Resource> = all.by_ref().take(LISTED).collect();
    let next = all.peek().map(|_| start + page.len());
    (page, next)
}

/// The shapes of addresses.
pub(super) fn templates() -> Vec<ResourceTemplate> {
    vec![
        ResourceTemplate::new(format!("{CONCEPT}{{+name}}"), "concept")
            .with_description("What the notes know of a concept, by any of its names.")
            .with_mime_type("text/plain"),
        ResourceTemplate::new(format!("{NOTE}{{+path}}"), "note")
            .with_description("The words of a note; `#L10-L20` behind the path gives those lines.")
            .with_mime_type("text/plain"),
    ]
}

/// What stands at an address; none when nothing does.
pub(super) fn read(session: &Session, uri: &str) -> Result<Option<ResourceContents>, ToolError> {
    let text = if uri == SUMMARY {
        Some(string(|out| stats_tables(&session.stats(), Style::PLAIN, out)))
    } else if let Some(name) = uri.strip_prefix(CONCEPT) {
        let card = session.show(&decoded(name), CardLimits::at_most(20))?;
        Some(safe(&string(|out| concept_card(&card, Style::PLAIN, out))))
    } else if uri.starts_with(NOTE) {
        let place = Place::read(uri);
        place.note(session)?.map(|(note, first)| whole(&note, first, place.last))
    } else {
        None
    };
    Ok(text.map(|text| ResourceContents::text(text, uri)))
}

/// The lines of a note, and a word on how to get those that did not fit.
fn whole(note: &NoteText, first: usize, last: Option<usize>) -> String {
    let lines = last.map_or(usize::MAX, |last| last.saturating_sub(first) + 1);
    let given = note_lines(note, first, Window::resource(lines));
    match given.page.next_offset {
        Some(next) if last.is_none() => {
            let from = first + next;
            format!("{}… more from line {from} on: {}#L{from}-L{}\n", given.text, given.url, from + 999)
        }
        _ => given.text,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn places_are_read_as_they_are_cited() {
        let read = |id: &str| (Place::read(id).paths, Place::read(id).last);
        let path = |path: &str, line| (path.to_owned(), line);
        assert_eq!(read("a b.md"), (vec![path("a b.md", 1)], None));
        assert_eq!(read("quipu://note/a%20b.md#L10-L20"), (vec![path("a b.md", 10)], Some(20)));
        assert_eq!(read("a.md#L7"), (vec![path("a.md", 7)], Some(7)));
        assert_eq!(read("a.md:7"), (vec![path("a.md:7", 1), path("a.md", 7)], None));
        assert_eq!(read("a.md:7:3"), (vec![path("a.md:7:3", 1), path("a.md:7", 3), path("a.md", 7)], None));
    }

    proptest! {
        #[test]
        fn addresses_come_back(path in any::<String>()) {
            prop_assert_eq!(decoded(&encoded(&path)), path);
        }
    }
}
