//! A root → the files (or objects) in it that are notes, and the files that are not, with the reason.
//!
//! `.gitignore` and `.quipuignore` inside the root count; nothing outside it does. Hidden files and
//! folders are passed over, and so is any folder that holds an index. Links are named, never followed.

use std::fs::FileType;
use std::path::{Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use super::folder::IndexFolder;
use super::roots::{Root, Roots};
use super::source::{Object, Sources, is_remote};
use super::stamp::stamp;
use super::{Skipped, StoreError};
use crate::config;
use crate::limits::FOLDERS;
use crate::read::Format;

/// A file that is to be read as a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NoteFile {
    /// Its name in the index.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// What tells whether it was written since.
    pub(super) stamp: u64,
}

/// What a walk found, each by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) notes: Vec<NoteFile>,
    pub(super) skipped: Vec<Skipped>,
}

/// Walks all roots.
///
/// # Errors
///
/// Where an object store does not answer.
pub(super) fn walk(roots: &Roots, sources: &Sources, note_size: u64) -> Result<Found, StoreError> {
    let mut walk = Walk { roots, note_size, found: Found::default() };
    for root in roots.all() {
        if is_remote(&root.path) {
            sources.list(&root.path)?.iter().for_each(|object| walk.object(root, object));
        } else {
            walk.root(root);
        }
    }
    walk.found.notes.sort_by(|a, b| a.name.cmp(&b.name));
    walk.found.skipped.sort();
    Ok(walk.found)
}

struct Walk<'a> {
    roots: &'a Roots,
    note_size: u64,
    found: Found,
}

impl Walk<'_> {
    fn root(&mut self, root: &Root) {
        let walker = WalkBuilder::new(&root.path)
            .standard_filters(false)
            .hidden(true)
            .git_ignore(true)
            .require_git(false)
            .add_custom_ignore_filename(".quipuignore")
            .follow_links(false)
            .max_depth(Some(FOLDERS))
            .filter_entry(|entry| !(is_folder(entry) && IndexFolder::is_at(entry.path())))
            .build();
        for entry in walker {
            match entry {
                Ok(entry) => self.entry(root, &entry),
                Err(error) => self.failed(root, &error),
            }
        }
    }

    fn entry(&mut self, root: &Root, entry: &DirEntry) {
        if let Some(error) = entry.error() {
            self.failed(root, error);
        }
        let kind = entry.file_type();
        if kind.is_some_and(|kind| kind.is_dir()) {
            if entry.depth() == FOLDERS {
                self.skip(root, entry.path(), &format!("it is nested deeper than {FOLDERS} folders"));
            }
            return;
        }
        if entry.depth() > 0 && entry.file_name() == config::FILE_NAME {
            return;
        }
        match self.stamp(root, entry, kind) {
            Err(reason) => self.skip(root, entry.path(), &reason),
            Ok(stamp) => {
                let name = self.name(root, entry.path());
                self.found.notes.push(NoteFile { name, path: entry.path().to_owned(), stamp });
            }
        }
    }

    /// The stamp of a file that is a note, or why it is none.
    fn stamp(&self, root: &Root, entry: &DirEntry, kind: Option<FileType>) -> Result<u64, String> {
        if !kind.is_some_and(|kind| kind.is_file()) {
            let is_link = kind.is_some_and(|kind| kind.is_symlink());
            let reason = if is_link { "it is a link, and links are not followed" } else { "it is no regular file" };
            return Err(reason.to_owned());
        }
        let path = relative(root, entry.path()).ok_or("its name is not UTF-8")?;
        let file_name = entry.file_name().to_string_lossy();
        known(if path.is_empty() { &file_name } else { &path })?;
        let metadata = entry.metadata().map_err(|error| error.to_string())?;
        self.fitting(metadata.len())?;
        Ok(stamp(&metadata))
    }

    /// An object that lies under a root; hidden ones are passed over as hidden files are.
    fn object(&mut self, root: &Root, object: &Object) {
        let mut parts = object.name.split('/');
        if parts.any(|part| part.starts_with('.')) || object.name.rsplit('/').next() == Some(config::FILE_NAME) {
            return;
        }
        let depth = object.name.matches('/').count();
        let nested = if depth < FOLDERS { Ok(()) } else { Err(format!("it is nested deeper than {FOLDERS} folders")) };
        let name = self.roots.note_name(root, &object.name);
        match nested.and_then(|()| known(&object.name)).and_then(|()| self.fitting(object.size)) {
            Ok(()) => {
                let path = format!("{}/{}", root.path.display(), object.name).into();
                self.found.notes.push(NoteFile { name, path, stamp: object.stamp });
            }
            Err(reason) => self.found.skipped.push(Skipped { path: name, reason }),
        }
    }

    fn fitting(&self, size: u64) -> Result<(), String> {
        if size > self.note_size { Err(too_large(size, self.note_size)) } else { Ok(()) }
    }

    fn failed(&mut self, root: &Root, error: &ignore::Error) {
        let path = path_of(error).unwrap_or(&root.path).to_owned();
        let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
        self.skip(root, &path, &reason);
    }

    fn skip(&mut self, root: &Root, path: &Path, reason: &str) {
        let name = match relative(root, path) {
            Some(_) => self.name(root, path),
            None => path.display().to_string(),
        };
        self.found.skipped.push(Skipped { path: name, reason: reason.to_owned() });
    }

    fn name(&self, root: &Root, path: &Path) -> String {
        self.roots.note_name(root, &relative(root, path).unwrap_or_default())
    }
}

/// Whether a reader knows files of that name.
fn known(path: &str) -> Result<(), String> {
    if Format::of_path(path).is_some() {
        return Ok(());
    }
    let file = path.rsplit('/').next().unwrap_or(path);
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    Err(format!("no reader knows `.{ending}` files"))
}

/// Why a file of that size is not read.
pub(super) fn too_large(size: u64, limit: u64) -> String {
    format!("it has {size} bytes, more than the limit of {limit}")
}

fn is_folder(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_dir())
}

/// The path inside the root with `/` between folders; none where it is not UTF-8.
fn relative(root: &Root, path: &Path) -> Option<String> {
    let inside = path.strip_prefix(&root.path).ok()?;
    let parts: Option<Vec<&str>> = inside.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// The path an error of the walk speaks of.
fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithLineNumber { err, .. } | ignore::Error::WithDepth { err, .. } => path_of(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(path_of),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn found(root: &Path) -> (Vec<String>, Vec<(String, String)>) {
        let roots = Roots::new(vec![root.canonicalize().unwrap()]);
        let found = walk(&roots, &Sources::default(), 20).unwrap();
        let notes = found.notes.into_iter().map(|note| note.name).collect();
        (notes, found.skipped.into_iter().map(|skipped| (skipped.path, skipped.reason)).collect())
    }

    #[test]
    fn every_file_is_a_note_or_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in ["b/deep", ".git", "out", "index/text"] {
            fs::create_dir_all(root.join(name)).unwrap();
        }
        let files = [
            ("a.txt", "a"),
            ("b/deep/c.md", "c"),
            ("b/picture.png", "p"),
            ("b/big.txt", "more than twenty bytes in here"),
            (".hidden.md", "h"),
            (".git/d.md", "d"),
            ("out/e.md", "e"),
            ("f.md", "f"),
            (".gitignore", "out/\n"),
            (".quipuignore", "f.md\n"),
            ("quipu.toml", ""),
            ("index/lock", ""),
            ("index/text/x.md", "x"),
        ];
        for (name, text) in files {
            fs::write(root.join(name), text).unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink("a.txt", root.join("link.txt")).unwrap();
        let (notes, skipped) = found(root);
        assert_eq!(notes, ["a.txt", "b/deep/c.md"]);
        let expected = [
            ("b/big.txt", "it has 30 bytes, more than the limit of 20"),
            ("b/picture.png", "no reader knows `.png` files"),
            #[cfg(unix)]
            ("link.txt", "it is a link, and links are not followed"),
        ];
        assert_eq!(skipped, expected.map(|(path, reason)| (path.to_owned(), reason.to_owned())));
    }

    #[test]
    fn a_root_may_be_a_single_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("log.txt");
        fs::write(&file, "x").unwrap();
        assert_eq!(found(&file).0, ["log.txt"]);
    }
}
