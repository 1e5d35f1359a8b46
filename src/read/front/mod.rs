//! Front matter: what stands between `---` (YAML) or `+++` (TOML) lines at the very start of a note.
//!
//! In: the text of a note. Out: title, other names, tags and fields in the draft, and where the body
//! begins. What is malformed, nested too deep or too long is told and read as code, so that search
//! still finds its words.

mod toml;
mod yaml;

use super::draft::{Draft, Words};
use super::{BlockKind, FrontMatterField, Located};
use crate::limits::FRONT_MATTER;
use crate::text::Span;

/// One key and its values; a map in a map gives keys such as `author.name`.
#[derive(Debug)]
struct Entry {
    key: String,
    values: Vec<Located>,
    /// Whether it was written as a list.
    list: bool,
}

/// Why front matter was not read.
#[derive(Debug)]
struct Malformed {
    /// The line in the front matter, from 0.
    line: usize,
    message: String,
}

/// Reads the front matter of `text`, if it has some, and tells where the body begins.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) -> usize {
    let Some((fence, inner, body)) = find(text) else { return 0 };
    let entries = match (inner.len() > FRONT_MATTER, fence) {
        (true, _) => Err(Malformed { line: 0, message: format!("is longer than {} KiB", FRONT_MATTER / 1024) }),
        (false, "---") => yaml::read(inner.of(text)),
        (false, _) => toml::read(inner.of(text), |at| draft.position(inner.start + at)).map(Some),
    };
    match entries {
        Ok(Some(entries)) => keep(entries, draft),
        Ok(None) => return 0,
        Err(malformed) => {
            let line = draft.position(inner.start).line.get() as usize - 1 + malformed.line;
            let line = crate::text::LineNumber::from_index(line);
            draft.warn(Some(line), format!("front matter was not read: it {}", malformed.message));
            let mut words = Words::default();
            words.push_code(inner.of(text), inner.start);
            let language = Some(if fence == "---" { "yaml" } else { "toml" }.to_owned());
            draft.block(BlockKind::Code { language }, words, None, false);
        }
    }
    body
}

/// The fence, what it holds, and where the body begins.
fn find(text: &str) -> Option<(&'static str, Span, usize)> {
    let first = text.split_inclusive('\n').next()?;
    let fence = ["---", "+++"].into_iter().find(|fence| first.trim_end() == *fence && first.ends_with('\n'))?;
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        let end = line.trim_end();
        if end == fence || end == "..." && fence == "---" {
            return Some((fence, Span::new(first.len(), at), at + line.len()));
        }
        at += line.len();
    }
    None
}

/// Gives each entry its place in the draft.
fn keep(entries: Vec<Entry>, draft: &mut Draft<'_>) {
    let (mut aliases, mut tags, mut fields) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        match entry.key.to_ascii_lowercase().as_str() {
            "title" if !entry.list => entry.values.into_iter().for_each(|title| draft.title(title.text)),
            "alias" | "aliases" => aliases.extend(split(entry, |c| c == ',')),
            "tag" | "tags" => {
                let found = split(entry, |c| c == ',' || c.is_whitespace());
                tags.extend(found.map(|tag| Located { text: tag.text.trim_start_matches('#').to_owned(), ..tag }));
            }
            _ if entry.values.is_empty() => {}
            _ => fields.push(FrontMatterField { key: entry.key, values: entry.values }),
        }
    }
    tags.retain(|tag: &Located| !tag.text.is_empty());
    draft.front(aliases, tags, fields);
}

/// The values of a list, or the parts of a single string.
fn split(entry: Entry, at: impl Fn(char) -> bool) -> impl Iterator<Item = Located> {
    let list = entry.list;
    let parts = entry.values.into_iter().flat_map(move |value| {
        let parts: Vec<&str> = if list { vec![&value.text] } else { value.text.split(&at).collect() };
        let parts = parts.into_iter().map(|part| part.trim().to_owned());
        parts.map(|text| Located { text, position: value.position }).collect::<Vec<_>>()
    });
    parts.filter(|value| !value.text.is_empty())
}
