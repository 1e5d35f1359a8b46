//! The words of a note as they were indexed: what a citation leads to.

use std::path::{Component, Path, PathBuf};

use super::{Session, SessionError};
use crate::graph::Property;

/// A note with its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NoteText {
    /// Its name in the index.
    pub name: String,
    /// Its path, as it opens from where the user stands.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its words when it was indexed.
    pub text: String,
}

impl Session {
    /// The note of a name in the index, or of a path as answers cite it. It is looked up in the index
    /// alone: no other file is ever read. None where the index has no such note.
    ///
    /// # Errors
    ///
    /// When the index is damaged.
    pub fn note(&self, reference: &str) -> Result<Option<NoteText>, SessionError> {
        let known = |name: &str| self.graph().note(name).is_some();
        let cited = || self.index.name_of(&without_dots(&self.here.as_ref()?.join(reference)));
        let name = Some(reference.to_owned()).filter(|name| known(name)).or_else(cited).filter(|name| known(name));
        let Some(name) = name else { return Ok(None) };
        let Some(text) = self.index.text(&name)? else { return Ok(None) };
        let title = self.graph().note(&name).and_then(|node| self.graph().property(node, "title"));
        let title = if let Some(Property::Text(title)) = title { title.into_owned() } else { String::new() };
        Ok(Some(NoteText { path: self.locate(&name), title, text, name }))
    }
}

/// `path` without `.` and `..`, by its words alone.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_are_followed() {
        assert_eq!(without_dots(Path::new("/a/b/../c/./d.md")), Path::new("/a/c/d.md"));
        assert_eq!(without_dots(Path::new("/../etc/passwd")), Path::new("/etc/passwd"));
    }
}
