//! What holds of the whole room: an index is its notes, whatever happened before.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use super::folder::{IndexFolder, Kept};
use super::ingest::ingest_on;
use super::*;
use crate::search::{Disk, Fault, Faults};

/// A folder of notes and an index beside it.
pub(super) struct Vault {
    pub(super) place: TempDir,
}

impl Vault {
    pub(super) fn new(notes: &[(&str, &str)]) -> Self {
        let vault = Self { place: tempfile::tempdir().unwrap() };
        fs::create_dir(vault.notes()).unwrap();
        for (name, text) in notes {
            vault.write(name, text);
        }
        vault
    }

    pub(super) fn notes(&self) -> PathBuf {
        self.place.path().join("notes")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.place.path().join("index")
    }

    pub(super) fn write(&self, name: &str, text: &str) {
        let path = self.notes().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn delete(&self, name: &str) {
        fs::remove_file(self.notes().join(name)).unwrap();
    }

    pub(super) fn ingest(&self, threads: usize) -> IngestReport {
        ingest_into(&self.index(), &[self.notes()], threads).unwrap()
    }

    /// An ingest that is killed before step `at` of writing.
    fn killed(&self, at: usize) -> Result<IngestReport, StoreError> {
        let disk = Disk::with(Arc::new(Faults::new(Fault::Killed, at)));
        let options = IngestOptions { threads: 1, ..IngestOptions::default() };
        ingest_on(&disk, &[self.notes()], &self.index(), &options, &|_| {})
    }

    /// The bytes of the graph that a clean ingest gives.
    pub(super) fn clean(&self) -> Vec<u8> {
        let index = self.place.path().join("clean");
        let _ = fs::remove_dir_all(&index);
        ingest_into(&index, &[self.notes()], 1).unwrap();
        graph_of(&index)
    }

    pub(super) fn graph(&self) -> Vec<u8> {
        graph_of(&self.index())
    }
}

fn ingest_into(index: &Path, roots: &[PathBuf], threads: usize) -> Result<IngestReport, StoreError> {
    ingest(roots, index, &IngestOptions { threads, ..IngestOptions::default() }, &|_| {})
}

fn graph_of(index: &Path) -> Vec<u8> {
    let index = Index::open(index).unwrap();
    assert_eq!(index.notices(), [""; 0]);
    index.graph().to_bytes().to_vec()
}

fn names(paths: &[&str]) -> Vec<String> {
    paths.iter().map(ToString::to_string).collect()
}

pub(super) const KAFKA: &str = "Kafka\n---\nKafka feeds HDFS.\nHDFS: Hadoop distributed file system\n";
pub(super) const HIVE: &str = "# Hive\n\nHive runs on Hadoop. Hive uses [[Spark]].\n";
pub(super) const AWS: &str = "EC2: Elastic compute cloud\nEC2 uses EBS.\nRedshift stores in S3.\n";

#[test]
fn a_second_ingest_is_quiet() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("more/hive.md", HIVE), ("picture.png", "x")]);
    let first = vault.ingest(2);
    assert_eq!(first.new, ["kafka.txt", "more/hive.md"]);
    assert_eq!(first.skipped.len(), 1);
    assert!(first.committed && first.concepts > 0 && first.relations > 0);
    let before = fs::read(vault.index().join("text/meta.json")).unwrap();
    let second = vault.ingest(2);
    assert_eq!((second.committed, second.is_quiet(), second.unchanged), (false, true, 2));
    assert_eq!((second.concepts, second.relations), (first.concepts, first.relations));
    assert_eq!(fs::read(vault.index().join("text/meta.json")).unwrap(), before);
}

#[test]
fn changes_are_told_and_the_graph_is_that_of_a_clean_ingest() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("hive.md", HIVE), ("aws.txt", AWS)]);
    vault.ingest(2);
    vault.write("hive.md", "# Hive\n\nHive uses Kafka and Flume.\n");
    vault.write("new.txt", "Flume\n-----\nFlume: collects logs\nFlume feeds HDFS\n");
    vault.delete("aws.txt");
    let report = vault.ingest(2);
    assert_eq!(
        (report.new, report.changed, report.deleted),
        (names(&["new.txt"]), names(&["hive.md"]), names(&["aws.txt"]))
    );
    assert_eq!(report.unchanged, 1);
    assert_eq!(vault.graph(), vault.clean());
    let index = Index::open(&vault.index()).unwrap();
    assert_eq!(index.search("flume", 9).unwrap().total, 2);
    assert_eq!(index.search("redshift", 9).unwrap().total, 0);
    assert_eq!(index.check(), [""; 0]);
}

#[test]
fn what_only_an_address_or_an_import_names_is_found_when_another_note_brings_the_name() {
    for told in ["See https://zorblax.io/docs for more.", "```python\nfrom pyzorblax.sql import Session\n```"] {
        let vault = Vault::new(&[("a.md", &format!("# Kafka\n\n{told}\n"))]);
        vault.ingest(1);
        vault.write("b.md", "# Zorblax\n\nZorblax is a message broker.\n");
        vault.ingest(1);
        assert_eq!(vault.graph(), vault.clean(), "{told}");
    }
}

#[test]
fn copies_of_a_note_are_notes_of_their_own() {
    let vault = Vault::new(&[("v1/kafka.txt", KAFKA), ("v2/kafka.txt", KAFKA), ("v2/stream.txt", KAFKA)]);
    assert_eq!(vault.ingest(2).new, ["v1/kafka.txt", "v2/kafka.txt", "v2/stream.txt"]);
    let index = Index::open(&vault.index()).unwrap();
    assert_eq!(index.search("hdfs", 9).unwrap().total, 3);
    let facts: Vec<_> = index.facts().unwrap().map(Result::unwrap).collect();
    assert_eq!(facts[0].1, facts[1].1);
    let titles: Vec<_> = facts.iter().map(|(meta, _)| (&*meta.path, meta.title.as_str())).collect();
    assert_eq!(titles, [("v1/kafka.txt", "Kafka"), ("v2/kafka.txt", "Kafka"), ("v2/stream.txt", "Kafka")]);
    vault.write("v2/kafka.txt", HIVE);
    assert_eq!(vault.ingest(2).changed, ["v2/kafka.txt"]);
    assert_eq!(vault.graph(), vault.clean());
}

#[test]
fn a_decision_in_the_users_file_is_an_input_of_the_build() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("hive.md", HIVE)]);
    vault.ingest(1);
    let before = vault.graph();
    vault.write("quipu.toml", "[kind]\n\"Kafka\" = \"Storage\"\n");
    let report = vault.ingest(1);
    assert!(report.committed && report.is_quiet());
    assert_ne!(vault.graph(), before);
    assert_eq!(vault.graph(), vault.clean());
    vault.write("quipu.toml", "[kind]\n\"Kafka\" = \"Sturage\"\n");
    let error = ingest_into(&vault.index(), &[], 1).unwrap_err().to_string();
    assert!(error.ends_with("quipu.toml:2:11: no kind named `Sturage`"), "{error}");
}

#[test]
fn roots_are_added_listed_and_forgotten() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    let other = vault.place.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("hive.md"), HIVE).unwrap();
    vault.ingest(1);
    let alone = vault.graph();
    let report = ingest_into(&vault.index(), std::slice::from_ref(&other), 1).unwrap();
    assert_eq!(report.new, ["notes/kafka.txt", "other/hive.md"]);
    let index = Index::open(&vault.index()).unwrap();
    assert_eq!(index.roots().len(), 2);
    assert_eq!(index.locate("other/hive.md"), Some(other.canonicalize().unwrap().join("hive.md")));
    assert!(ingest_into(&vault.index(), &[], 1).unwrap().is_quiet());
    forget(Path::new("other"), &vault.index(), &IngestOptions::default(), &|_| {}).unwrap();
    assert_eq!(vault.graph(), alone);
    assert!(matches!(ingest_into(&vault.place.path().join("none"), &[], 1), Err(StoreError::NoRoots)));
}

#[test]
fn facts_and_texts_are_kept_with_the_notes() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("hive.md", HIVE)]);
    vault.ingest(1);
    let index = Index::open(&vault.index()).unwrap();
    let facts: Vec<_> = index.facts().unwrap().map(Result::unwrap).collect();
    let paths: Vec<&str> = facts.iter().map(|(meta, _)| &*meta.path).collect();
    assert_eq!(paths, ["hive.md", "kafka.txt"]);
    assert!(facts.iter().any(|(_, claims)| !claims.relations.is_empty()));
    assert_eq!(index.text("kafka.txt").unwrap().as_deref(), Some(KAFKA));
    assert!(index.lexicon().unwrap().concepts().iter().any(|concept| &*concept.name == "Kafka"));
}

#[test]
fn a_second_writer_is_told_that_the_first_is_busy() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    vault.ingest(1);
    let _lock = IndexFolder::open(&vault.index()).unwrap().lock().unwrap();
    let busy = ingest_into(&vault.index(), &[vault.notes()], 1);
    assert!(matches!(busy, Err(StoreError::Busy { .. })));
    Index::open(&vault.index()).expect("readers do not wait");
}

#[test]
fn a_writer_killed_before_the_commit_leaves_the_last_one() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    vault.ingest(1);
    let before = vault.graph();
    let folder = IndexFolder::open(&vault.index()).unwrap();
    folder.write(Kept::Graph, "0123", b"the next graph").unwrap();
    folder.write(Kept::Lexicon, "0123", b"the next lexicon").unwrap();
    fs::write(vault.index().join("graph-4567.new"), "half").unwrap();
    let writer = crate::search::Writer::open(&folder.text(), 1, 0).unwrap();
    writer.delete("kafka.txt");
    drop(writer);
    assert_eq!(vault.graph(), before);
    assert_eq!(Index::open(&vault.index()).unwrap().check(), [""; 0]);
    vault.write("hive.md", HIVE);
    vault.ingest(1);
    assert_eq!(vault.graph(), vault.clean());
    let left = fs::read_dir(vault.index())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("graph-"));
    assert_eq!(left.count(), 1);
}

#[test]
fn a_missing_or_damaged_graph_is_built_in_memory_and_then_anew() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("hive.md", HIVE)]);
    vault.ingest(1);
    let good = vault.graph();
    let graph_file = || {
        let mut files = fs::read_dir(vault.index()).unwrap().map(|entry| entry.unwrap().path());
        files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with("graph-"))
    };
    fs::remove_file(graph_file().unwrap()).unwrap();
    let index = Index::open(&vault.index()).unwrap();
    assert_eq!((index.graph().to_bytes(), index.notices().len()), (good.as_slice(), 1));
    assert!(vault.ingest(1).committed);
    assert_eq!(vault.graph(), good);
    let path = graph_file().unwrap();
    let mut bytes = good.clone();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, &bytes).unwrap();
    assert_eq!(Index::open(&vault.index()).unwrap().check().len(), 1);
    assert!(vault.ingest(1).committed);
    assert_eq!(vault.graph(), good);
}

#[test]
fn missing_or_damaged_files_of_names_are_written_anew() {
    let vault = Vault::new(&[("kafka.txt", KAFKA), ("hive.md", HIVE)]);
    vault.ingest(1);
    let good = vault.graph();
    for kind in ["lexicon-", "sum-"] {
        let file = || {
            let mut files = fs::read_dir(vault.index()).unwrap().map(|entry| entry.unwrap().path());
            files.find(|path| path.file_name().unwrap().to_string_lossy().starts_with(kind)).unwrap()
        };
        let (path, whole) = (file(), fs::read(file()).unwrap());
        fs::write(&path, &whole[1..]).unwrap();
        assert!(vault.ingest(1).committed);
        assert_eq!((file(), fs::read(file()).unwrap(), vault.graph()), (path.clone(), whole, good.clone()));
        fs::remove_file(&path).unwrap();
        vault.write("aws.txt", AWS);
        vault.ingest(1);
        assert_eq!(vault.graph(), vault.clean());
        vault.delete("aws.txt");
        vault.ingest(1);
        assert_eq!(vault.graph(), good);
    }
}

#[test]
fn a_damaged_or_foreign_full_text_index_is_told_and_built_anew() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    vault.ingest(1);
    let good = vault.graph();
    let meta = vault.index().join("text/meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    fs::write(&meta, text.replace("\\\"format\\\":", "\\\"format\\\":9")).unwrap();
    assert!(matches!(Index::open(&vault.index()), Err(StoreError::OtherVersion { .. })));
    let report = ingest_into(&vault.index(), &[], 1).unwrap();
    assert_eq!((report.new, report.notices.len()), (names(&["kafka.txt"]), 1));
    assert_eq!(vault.graph(), good);
    fs::write(&meta, "{").unwrap();
    assert!(matches!(Index::open(&vault.index()), Err(StoreError::Damaged { .. })));
    assert!(matches!(ingest_into(&vault.index(), &[], 1), Err(StoreError::NoRoots)));
    assert_eq!(vault.ingest(1).notices.len(), 1);
    assert_eq!(vault.graph(), good);
}

#[test]
fn notes_are_never_changed() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    let path = vault.notes().join("kafka.txt");
    let before = fs::metadata(&path).unwrap();
    vault.ingest(1);
    let after = fs::metadata(&path).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    assert_eq!(fs::read_to_string(&path).unwrap(), KAFKA);
}

/// One thing a user does to a vault.
#[derive(Clone, Debug)]
enum Edit {
    Write(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    Ingest(usize),
    /// An ingest that is killed after so many steps of writing.
    Crash(usize),
}

const PATHS: [&str; 6] = ["a.txt", "b.md", "sub/c.txt", "sub/a.txt", "more/a.txt", "more/b.md"];
const TEXTS: [&str; 9] = [
    KAFKA,
    HIVE,
    AWS,
    "# Zorblax\n\nZorblax is a database. Zorblax uses Kafka.\n",
    "We write from Zorblax to HDFS --> Hive. #zorblax\n",
    "MSK: managed streaming for kafka\nMSK uses Kafka\n",
    "MSK: my secret key\nIAM uses MSK.\n",
    "---\naliases: [Kafka Broker]\n---\n# Kafka\n\nA [[Zorblax]] feeds Kafka Broker.\n",
    "",
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let (path, text) = (0..PATHS.len(), 0..TEXTS.len());
    let edit = prop_oneof![
        4 => (path.clone(), text).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => path.clone().prop_map(Edit::Delete),
        1 => (path.clone(), path).prop_map(|(from, to)| Edit::Rename(from, to)),
        2 => prop_oneof![Just(1), Just(4)].prop_map(Edit::Ingest),
        1 => (1_usize..90).prop_map(Edit::Crash),
    ];
    prop::collection::vec(edit, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_history_ends_in_the_bytes_of_a_clean_ingest(edits in edits()) {
        let vault = Vault::new(&[]);
        vault.ingest(1);
        for edit in edits {
            match edit {
                Edit::Write(path, text) => vault.write(PATHS[path], TEXTS[text]),
                Edit::Delete(path) => { let _ = fs::remove_file(vault.notes().join(PATHS[path])); }
                Edit::Rename(from, to) => {
                    let to = vault.notes().join(PATHS[to]);
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    let _ = fs::rename(vault.notes().join(PATHS[from]), to);
                }
                Edit::Ingest(threads) => { vault.ingest(threads); }
                Edit::Crash(at) => { let _ = vault.killed(at); }
            }
        }
        vault.ingest(4);
        prop_assert!(vault.graph() == vault.clean());
        prop_assert!(Index::open(&vault.index()).unwrap().check().is_empty());
        let second = vault.ingest(1);
        prop_assert!(!second.committed);
    }
}
