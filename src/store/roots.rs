//! The folders (or single files, or prefixes of object stores) of notes that an index holds, and how notes are named after them.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::source::{is_remote, remote_root};

/// A folder of notes, or a single note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Root {
    /// Its short name, unique in the index.
    pub name: String,
    /// Where it is, absolute and without links, or a URI.
    pub path: PathBuf,
}

/// The roots of an index, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Roots(Vec<Root>);

impl Roots {
    /// Roots at these paths. Names are the last part of a path; later ones of one name get a number.
    pub(super) fn new(mut paths: Vec<PathBuf>) -> Self {
        paths.sort();
        paths.dedup();
        let mut roots: Vec<Root> = Vec::with_capacity(paths.len());
        for path in paths {
            let last = path.file_name().map_or("root".into(), |name| name.to_string_lossy().into_owned());
            let is_taken = |name: &String| roots.iter().any(|root| root.name == *name);
            let numbered = (2..).map(|number| format!("{last}-{number}"));
            let name = std::iter::once(last.clone()).chain(numbered).find(|name| !is_taken(name));
            roots.push(Root { name: name.expect("numbers do not end"), path });
        }
        Self(roots)
    }

    pub(super) fn all(&self) -> &[Root] {
        &self.0
    }

    pub(super) fn paths(&self) -> Vec<PathBuf> {
        self.0.iter().map(|root| root.path.clone()).collect()
    }

    /// These roots and others. Only what is named now has to be there.
    pub(super) fn with(&self, named: &[PathBuf]) -> Result<Self, StoreError> {
        let mut paths = self.paths();
        for path in named {
            let path = if is_remote(path) {
                remote_root(path)?
            } else {
                path.canonicalize().map_err(|_| StoreError::NoRoot { path: path.clone() })?
            };
            if paths.contains(&path) {
                continue;
            }
            if let Some(other) = paths.iter().find(|other| path.starts_with(other) || other.starts_with(&path)) {
                return Err(StoreError::NestedRoot { path, other: other.clone() });
            }
            paths.push(path);
        }
        Ok(Self::new(paths))
    }

    /// These roots without one, which need not be there any more.
    pub(super) fn without(&self, path: &Path) -> Result<Self, StoreError> {
        let absolute = if is_remote(path) { remote_root(path) } else { Ok(whole(path)) }?;
        let is_meant = |root: &Root| root.path == absolute || Path::new(&root.name) == path;
        if !self.0.iter().any(is_meant) {
            return Err(StoreError::UnknownRoot { path: path.to_owned(), roots: self.paths() });
        }
        Ok(Self::new(self.0.iter().filter(|root| !is_meant(root)).map(|root| root.path.clone()).collect()))
    }

    /// Whether some of the notes lie in object stores.
    pub(super) fn are_remote(&self) -> bool {
        self.0.iter().any(|root| is_remote(&root.path))
    }

    /// The name of the note at `relative` (with `/` between folders) in `root`; `relative` is empty
    /// where the root is the note.
    pub(super) fn note_name(&self, root: &Root, relative: &str) -> String {
        match (relative.is_empty(), self.0.len()) {
            (true, _) => root.name.clone(),
            (false, 1) => relative.to_owned(),
            (false, _) => format!("{}/{relative}", root.name),
        }
    }

    /// Where the note of that name is on disk, were it there.
    pub(super) fn locate(&self, note: &str) -> Option<PathBuf> {
        if let Some(root) = self.0.iter().find(|root| root.name == note && root.path.is_file()) {
            return Some(root.path.clone());
        }
        if let [root] = self.0.as_slice() {
            return Some(root.path.join(note));
        }
        let (name, relative) = note.split_once('/')?;
        let root = self.0.iter().find(|root| root.name == name)?;
        Some(root.path.join(relative))
    }

    /// The name of the note at `path`, the inverse of [`locate`](Self::locate).
    pub(super) fn name_of(&self, path: &Path) -> Option<String> {
        let (root, relative) = self.0.iter().find_map(|root| Some((root, path.strip_prefix(&root.path).ok()?)))?;
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        Some(self.note_name(root, &parts.join("/")))
    }
}

/// `path` without links where it is there, else absolute.
fn whole(path: &Path) -> PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_prefixed_where_there_are_several_roots() {
        let one = Roots::new(vec!["/a/notes".into()]);
        assert_eq!(one.note_name(&one.all()[0], "x/y.md"), "x/y.md");
        assert_eq!(one.locate("x/y.md"), Some("/a/notes/x/y.md".into()));
        let two = Roots::new(vec!["/b/notes".into(), "/a/notes".into(), "/a/notes".into()]);
        let names: Vec<String> = two.all().iter().map(|root| two.note_name(root, "y.md")).collect();
        assert_eq!(names, ["notes/y.md", "notes-2/y.md"]);
        assert_eq!(two.locate("notes-2/y.md"), Some("/b/notes/y.md".into()));
        assert_eq!(two.locate("else/y.md"), None);
        assert_eq!(two.name_of(Path::new("/b/notes/x/y.md")).as_deref(), Some("notes-2/x/y.md"));
        assert_eq!(one.name_of(Path::new("/a/notes/y.md")).as_deref(), Some("y.md"));
        assert_eq!(one.name_of(Path::new("/etc/passwd")), None);
    }

    #[test]
    fn roots_do_not_nest_and_are_forgotten_by_path_or_name() {
        let folder = tempfile::tempdir().unwrap();
        let (outer, inner) = (folder.path().join("outer"), folder.path().join("outer/inner"));
        std::fs::create_dir_all(&inner).unwrap();
        let roots = Roots::default().with(std::slice::from_ref(&inner)).unwrap();
        assert_eq!(roots.with(std::slice::from_ref(&inner)).unwrap(), roots);
        assert!(matches!(roots.with(&[outer]), Err(StoreError::NestedRoot { .. })));
        assert!(matches!(roots.with(&[folder.path().join("absent")]), Err(StoreError::NoRoot { .. })));
        assert_eq!(roots.without(Path::new("inner")).unwrap(), Roots::default());
        assert_eq!(roots.without(&inner).unwrap(), Roots::default());
        assert!(matches!(roots.without(Path::new("else")), Err(StoreError::UnknownRoot { .. })));
    }
}
