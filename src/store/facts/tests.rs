use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

use super::*;
use crate::error::Report;
use crate::search::{Fault, Faults};
use crate::store::{Index, IngestOptions, ingest};

const FLUME: &str = r#"{"kind":"concept","name":"Flume","concept_kind":"Ingestion"}"#;
const HDFS: &str = r#"{"kind":"concept","name":"HDFS","concept_kind":"Storage"}"#;
const FEEDS: &str = r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"HDFS","confidence":900,"rule":"stage-list","note":"log.txt","line":122,"column":1,"quote":"Storage: HDFS"}"#;
const LOST: &str = r#"{"kind":"relation","subject":"Flume","predicate":"FEEDS","object":"Nowhere","note":"log.txt"}"#;

/// A folder of facts and an index beside it.
struct Facts {
    place: TempDir,
}

impl Facts {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let facts = Self { place: tempfile::tempdir().unwrap() };
        for (name, bytes) in files {
            facts.write(name, bytes);
        }
        facts
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.facts().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn facts(&self) -> PathBuf {
        self.place.path().join("facts")
    }

    fn index(&self) -> PathBuf {
        self.place.path().join("index")
    }

    fn build(&self) -> Result<FactsReport, StoreError> {
        build_facts(&self.facts(), &self.index(), &|_| {})
    }

    /// The problem of a build, with the folder of facts left out.
    fn refused(&self) -> String {
        self.build().unwrap_err().to_string().replace(&self.facts().display().to_string(), "facts")
    }

    fn graph(&self) -> Vec<u8> {
        Index::open(&self.index()).unwrap().graph().to_bytes().to_vec()
    }
}

fn lines(rows: &[&str]) -> Vec<u8> {
    rows.join("\n").into_bytes()
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text).unwrap();
    packed.finish().unwrap()
}

#[test]
fn any_split_of_the_rows_over_files_gives_the_same_graph() {
    let one = Facts::new(&[("all.jsonl", &lines(&[FLUME, HDFS, FEEDS, LOST]))]);
    let report = one.build().unwrap();
    let told = FactsReport {
        files: 1,
        facts: 4,
        concepts: 2,
        relations: 1,
        unknown_concepts: 1,
        committed: true,
        ..FactsReport::default()
    };
    assert_eq!(report, told);
    let two_members = [gzip(&lines(&[LOST, HDFS])), gzip(&lines(&["", FEEDS]))].concat();
    let many = Facts::new(&[
        ("a/b/part-0.json.gz", &two_members),
        (
            "part-1.ndjson",
            "\u{feff}{\"kind\":\"concept\",\"name\":\"Flume\",\"concept_kind\":\"Ingestion\"}\r\n".as_bytes(),
        ),
        ("empty.jsonl", b""),
        ("_SUCCESS", b"no fact"),
        (".part-1.crc", b"no fact"),
        ("readme.txt", b"no fact"),
    ]);
    let report = many.build().unwrap();
    assert_eq!((report.files, report.facts), (3, 4));
    assert_eq!(report.passed_over, [many.facts().join("readme.txt").display().to_string()]);
    assert_eq!(many.graph(), one.graph());
    assert!(!one.build().unwrap().committed);
    assert_eq!(Index::open(&one.index()).unwrap().check(), [""; 0]);
}

#[test]
fn a_row_that_is_no_fact_is_named_by_file_and_line_and_the_last_index_stays() {
    let facts = Facts::new(&[("a.jsonl", &lines(&[FLUME, HDFS]))]);
    facts.build().unwrap();
    let before = facts.graph();
    facts.write("b.jsonl", &lines(&[FEEDS, "", r#"{"kind":"relation","subject":"Flume"}"#]));
    assert_eq!(facts.refused(), "facts/b.jsonl:3: a relation needs `object`");
    facts.write("b.jsonl", &lines(&[FEEDS, r#"{"kind":"concept","name":"A""#]));
    assert_eq!(facts.refused(), "facts/b.jsonl:2: not a fact: EOF while parsing an object, column 28");
    facts.write("b.jsonl", b"{\"kind\":\"concept\",\"name\":\"\xff\"}");
    assert_eq!(facts.refused(), "facts/b.jsonl:1: not UTF-8");
    fs::remove_file(facts.facts().join("b.jsonl")).unwrap();
    let packed = gzip(&lines(&[FLUME, FEEDS]));
    facts.write("b.jsonl.gz", &packed[..packed.len() - 9]);
    assert!(facts.refused().starts_with("cannot read facts/b.jsonl.gz: "));
    assert_eq!(facts.graph(), before);
}

#[test]
fn a_folder_without_facts_is_refused_before_anything_is_made() {
    let facts = Facts::new(&[("notes.md", b"# Flume")]);
    assert_eq!(facts.refused(), "there are no facts in facts");
    assert!(!facts.index().exists());
}

#[test]
fn facts_and_notes_keep_out_of_each_others_index() {
    let facts = Facts::new(&[("a.jsonl", &lines(&[FLUME, HDFS, FEEDS]))]);
    let notes = facts.place.path().join("notes");
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("a.md"), "# Hive\n\nHive uses [[Spark]].\n").unwrap();
    let ingested = |index: &PathBuf| ingest(std::slice::from_ref(&notes), index, &IngestOptions::default(), &|_| {});
    facts.build().unwrap();
    let before = facts.graph();
    let refused = ingested(&facts.index()).unwrap_err();
    assert!(matches!(refused, StoreError::OfFacts { .. }), "{refused}");
    assert_eq!(facts.graph(), before);
    let other = facts.place.path().join("other");
    ingested(&other).unwrap();
    assert!(matches!(build_facts(&facts.facts(), &other, &|_| {}), Err(StoreError::OfNotes { .. })));
    assert_eq!(Index::open(&other).unwrap().search("hive", 3).unwrap().total, 1);
}

#[test]
fn an_index_of_facts_says_what_it_cannot_do() {
    let facts = Facts::new(&[("a.jsonl", &lines(&[FLUME, HDFS, FEEDS]))]);
    facts.build().unwrap();
    let index = Index::open(&facts.index()).unwrap();
    let from = facts.facts().canonicalize().unwrap().display().to_string();
    assert_eq!(index.built_from(), Some(from.as_str()));
    let error = index.search("hdfs", 3).unwrap_err();
    assert_eq!(error.to_string(), "there is no text to search: the index was built from facts");
    assert!(index.lexicon().is_err());
    assert_eq!(index.facts().unwrap().count(), 0);
    let mut graph = fs::read_dir(facts.index()).unwrap().map(|entry| entry.unwrap().path());
    let graph = graph.find(|path| path.to_string_lossy().contains("graph-")).unwrap();
    fs::write(&graph, b"quipu").unwrap();
    let error = Index::open(&facts.index()).err().unwrap();
    assert_eq!(error.hint(), Some(format!("build it again with `quipu build --facts {from}`").into()));
    assert!(facts.build().unwrap().committed);
    assert_eq!(Index::open(&facts.index()).unwrap().graph().relation_count(), 1);
}

#[test]
fn a_build_that_fails_at_any_step_leaves_the_old_graph_or_the_new_one() {
    let facts = Facts::new(&[("a.jsonl", &lines(&[FLUME, HDFS]))]);
    for fault in [Fault::Once, Fault::Full, Fault::Killed, Fault::PowerLost] {
        for at in 1.. {
            let _ = fs::remove_dir_all(facts.index());
            facts.write("a.jsonl", &lines(&[FLUME, HDFS]));
            facts.build().unwrap();
            let old = facts.graph();
            facts.write("a.jsonl", &lines(&[FLUME, HDFS, FEEDS]));
            let faults = Arc::new(Faults::new(fault, at));
            let ended = build_facts_on(&Disk::with(faults.clone()), &facts.facts(), &facts.index(), &|_| {});
            let is_new = facts.graph() != old;
            assert!(is_new || ended.is_err(), "{fault:?} at step {at} says it is done");
            assert_eq!(Index::open(&facts.index()).unwrap().check(), [""; 0], "{fault:?} at step {at}");
            if faults.steps() < at {
                break;
            }
        }
    }
}
