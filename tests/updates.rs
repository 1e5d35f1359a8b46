//! Update equals clean, over notes that people wrote: whatever is done to them, an index that was brought up to date
//! step by step exports what a fresh one exports, byte for byte.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use quipu::session::{self, Exported, GraphFormat, Part, Session};
use quipu::store::IngestOptions;
use tempfile::TempDir;

/// How many of the notes are taken.
const NOTES: usize = 50;

/// Something a person does to a note; numbers choose the note, the other note and the line.
#[derive(Clone, Debug)]
enum Edit {
    /// A line of one note is written into another.
    Copy(usize, usize, usize),
    /// A line goes.
    Cut(usize, usize),
    /// A note is called otherwise.
    Rename(usize),
    /// A note goes.
    Delete(usize),
    /// A note comes back as it was at first.
    Restore(usize),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<usize>(), any::<usize>(), any::<usize>()).prop_map(|(from, to, line)| Edit::Copy(from, to, line)),
        4 => (any::<usize>(), any::<usize>()).prop_map(|(note, line)| Edit::Cut(note, line)),
        1 => any::<usize>().prop_map(Edit::Rename),
        1 => any::<usize>().prop_map(Edit::Delete),
        2 => any::<usize>().prop_map(Edit::Restore),
    ]
}

/// The first notes of a vault on data engineering, with their texts; none where they are absent.
fn originals() -> Option<Vec<(String, String)>> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let folder = std::env::var_os("QUIPU_EVAL").map_or_else(beside, PathBuf::from).join("links_dewiki/dev/notes");
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).ok()? {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let name = |path: &Path| path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('/', " - ");
    Some(paths.iter().take(NOTES).map(|path| (name(path), fs::read_to_string(path).unwrap())).collect())
}

struct Place {
    folder: TempDir,
    originals: Vec<(String, String)>,
}

impl Place {
    fn new(originals: &[(String, String)]) -> Self {
        let place = Self { folder: TempDir::new().unwrap(), originals: originals.to_vec() };
        fs::create_dir(place.notes()).unwrap();
        for (name, text) in originals {
            fs::write(place.notes().join(name), text).unwrap();
        }
        place
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("notes")
    }

    /// The notes there are, by name.
    fn present(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = fs::read_dir(self.notes()).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    fn apply(&self, edit: &Edit) {
        let present = self.present();
        let note = |number: usize| present.get(number % present.len().max(1));
        let lines =
            |path: &PathBuf| -> Vec<String> { fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect() };
        match *edit {
            Edit::Copy(from, to, line) => {
                let (Some(from), Some(to)) = (note(from), note(to)) else { return };
                let source = lines(from);
                let Some(copied) = source.get(line % source.len().max(1)) else { return };
                let text = fs::read_to_string(to).unwrap();
                fs::write(to, format!("{text}\n{copied}\n")).unwrap();
            }
            Edit::Cut(number, line) => {
                let Some(path) = note(number) else { return };
                let mut kept = lines(path);
                if !kept.is_empty() {
                    kept.remove(line % kept.len());
                }
                fs::write(path, kept.join("\n")).unwrap();
            }
            Edit::Rename(number) => {
                let Some(path) = note(number) else { return };
                fs::rename(path, self.notes().join(format!("renamed {}.md", number % 7))).unwrap();
            }
            Edit::Delete(number) => {
                note(number).into_iter().for_each(|path| fs::remove_file(path).unwrap());
            }
            Edit::Restore(number) => {
                let (name, text) = &self.originals[number % self.originals.len()];
                fs::write(self.notes().join(name), text).unwrap();
            }
        }
    }

    /// Brings the index up to date; all it holds.
    fn ingested(&self, index: &str) -> String {
        let index = self.folder.path().join(index);
        session::ingest(&[self.notes()], &index, &IngestOptions::default(), &|_| {}).unwrap();
        let exported = Session::open(&index).unwrap().export(GraphFormat::Jsonl, &Part::Whole, "").unwrap();
        let Exported::File(bytes) = exported else { panic!("an export of lines is a file") };
        String::from_utf8(bytes).unwrap()
    }
}

#[test]
fn an_index_brought_up_to_date_equals_a_fresh_one() {
    let Some(originals) = originals() else {
        eprintln!("skipped: the notes of links_dewiki are not beside the repository, nor under QUIPU_EVAL");
        return;
    };
    assert_eq!(originals.len(), NOTES);
    let rounds = prop::collection::vec(prop::collection::vec(edit(), 1..6), 1..4);
    let mut runner = TestRunner::new(Config { cases: 8, ..Config::default() });
    let law = runner.run(&rounds, |rounds| {
        let place = Place::new(&originals);
        place.ingested("updated");
        let mut updated = String::new();
        for edits in &rounds {
            edits.iter().for_each(|edit| place.apply(edit));
            updated = place.ingested("updated");
        }
        prop_assert!(updated == place.ingested("fresh"), "an update differs after {rounds:?}");
        Ok(())
    });
    law.unwrap();
}
