//! The built-in vocabulary keeps its own rules: known kinds, one owner for each name, no stray marks.

#![expect(clippy::unwrap_used, reason = "a helper of a test may stop it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use quipu::config::Overrides;
use quipu::extract::{Kind, Vocabulary};
use quipu::text::fold;
use toml::{Table, Value};

/// One concept as a file gives it.
struct Entry {
    file: String,
    kind: String,
    name: String,
    aliases: Vec<String>,
}

impl Entry {
    fn names(&self) -> impl Iterator<Item = &String> {
        std::iter::once(&self.name).chain(&self.aliases)
    }
}

fn files() -> Vec<(String, Table)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/extract/vocabulary");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, fs::read_to_string(path).unwrap().parse().unwrap())
    };
    let mut files: Vec<(String, Table)> = paths.map(read).collect();
    files.sort_by(|left, right| left.0.cmp(&right.0));
    files
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
}

fn entries() -> Vec<Entry> {
    let mut entries = Vec::new();
    for (file, table) in files() {
        for (kind, concepts) in table.iter().filter(|(_, value)| value.is_table()) {
            for (name, aliases) in concepts.as_table().unwrap() {
                let (file, kind, name) = (file.clone(), kind.clone(), name.clone());
                entries.push(Entry { file, kind, name, aliases: strings(aliases) });
            }
        }
    }
    entries
}

/// Folded, with hyphens as spaces: spellings that quipu takes for one.
fn key(name: &str) -> String {
    fold(&name.replace('-', " "))
}

#[test]
fn there_are_two_thousand_concepts_and_more() {
    assert!(entries().len() > 2000, "{}", entries().len());
}

#[test]
fn tables_are_kinds_exactly_as_written() {
    let kinds: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    let used: BTreeSet<String> = entries().into_iter().map(|entry| entry.kind).collect();
    let strange: Vec<_> = used.iter().filter(|kind| !kinds.contains(kind.as_str())).collect();
    assert_eq!(strange, Vec::<&String>::new());
}

#[test]
fn each_name_and_alias_belongs_to_one_concept_and_stands_once() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Vec::new();
    for entry in entries() {
        for name in entry.names() {
            let owner = format!("{} ({})", entry.name, entry.file);
            if let Some(other) = owners.insert(key(name), owner.clone()) {
                twice.push(format!("{name}: {owner} and {other}"));
            }
        }
    }
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn names_have_a_letter_or_digit_and_no_space_at_their_ends() {
    let odd = |name: &&String| name.trim() != *name || !name.chars().any(char::is_alphanumeric);
    let entries = entries();
    let found: Vec<_> = entries.iter().flat_map(Entry::names).filter(odd).collect();
    assert_eq!(found, Vec::<&String>::new());
}

#[test]
fn ordinary_words_and_platforms_are_names_of_their_own_file() {
    let entries = entries();
    let mut strangers = Vec::new();
    for (file, table) in files() {
        let own: BTreeSet<&String> = entries.iter().filter(|entry| entry.file == file).flat_map(Entry::names).collect();
        let listed = table.values().filter(|value| value.is_array()).flat_map(strings);
        strangers.extend(listed.filter(|word| !own.contains(word)));
    }
    assert_eq!(strangers, Vec::<String>::new());
}

#[test]
fn every_name_finds_its_own_concept_among_all_files() {
    let vocabulary = Vocabulary::new(&Overrides::default());
    let mut strayed = Vec::new();
    for entry in vocabulary.entries() {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let found = vocabulary.get(name).map(|found| found.name.clone());
            if found.as_ref() != Some(&entry.name) {
                strayed.push(format!("{name} of {}: {found:?}", entry.name));
            }
        }
    }
    assert_eq!(strayed, Vec::<String>::new());
}
