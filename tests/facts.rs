//! `export facts | build --facts`: an index built from the facts of another is the same graph.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use quipu::session::{self, Exported, GraphFormat, Part, Session};
use quipu::store::IngestOptions;
use tempfile::TempDir;

/// Notes with what facts could lose: two definitions on a line, short forms of two meanings, other
/// spellings, relations said at more places than are kept, and letters that have to be escaped.
fn notes() -> Vec<(String, String)> {
    let mut notes = vec![
        ("a.txt", "Kafka\n---\nKafka feeds HDFS.\nHDFS: Hadoop distributed file system, a store\nKafka is a log. Kafka is a broker.\n"),
        ("b.md", "# Change Detection\n\nChange Detection (CD) watches [[Kafka]].\n\nAirflow triggers \"Spark\" \\ jobs.\n"),
        ("c.md", "# Continuous delivery\n\nContinuous delivery (CD) uses [[Jenkins|jenkins]].\n- uses:: [[Spark]]\n"),
        ("d/é.txt", "CD: continuous delivery\nCD uses Kafka.\nS3 (Simple Storage Service) stores Parquet\u{a0}files.\n"),
    ]
    .into_iter()
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .collect::<Vec<_>>();
    for number in 0..130 {
        notes.push((format!("many/{number:03}.txt"), "Flume might feed Hive.\nFlume feeds Hive.\n".to_owned()));
    }
    notes
}

struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Ingests notes that lie in a folder of their own.
    fn ingest(&self, notes: &[(String, String)]) -> PathBuf {
        for (name, text) in notes {
            let path = self.path("notes").join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let options = IngestOptions { threads: 1, ..IngestOptions::default() };
        session::ingest(&[self.path("notes")], &self.path("index"), &options, &|_| {}).unwrap();
        self.path("index")
    }

    fn quipu(&self, arguments: &[&str], input: Stdio) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.folder.path()).env_remove("QUIPU_INDEX").stdin(input);
        command.output().unwrap()
    }
}

fn exported(index: &Path, format: GraphFormat) -> String {
    let Exported::File(bytes) = Session::open(index).unwrap().export(format, &Part::Whole, "").unwrap() else {
        panic!("lines are a file");
    };
    String::from_utf8(bytes).unwrap()
}

fn write(path: &Path, rows: &[&str], packed: bool) {
    let text = rows.iter().flat_map(|row| [row, "\n"]).collect::<String>();
    let bytes = if packed {
        let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(text.as_bytes()).unwrap();
        packed.finish().unwrap()
    } else {
        text.into_bytes()
    };
    fs::write(path, bytes).unwrap();
}

#[test]
fn shuffled_and_split_facts_give_the_same_export_byte_for_byte() {
    let place = Place::new();
    let index = place.ingest(&notes());
    let (folded, facts) = (exported(&index, GraphFormat::Jsonl), exported(&index, GraphFormat::Facts));
    assert!(folded.contains(r#""aliases":["HDFS"#) || folded.contains("Hadoop distributed file system"));
    assert!(facts.lines().count() > 500 && folded.lines().count() > 10);
    let rows: Vec<&str> = facts.lines().collect();
    let mut runner = TestRunner::new(Config { cases: 12, ..Config::default() });
    let ways = (Just(rows).prop_shuffle(), 1usize..5, any::<bool>(), 0usize..40);
    let built = runner.run(&ways, |(mut rows, files, packed, again)| {
        let place = Place::new();
        let repeated: Vec<&str> = rows.iter().take(again).copied().collect();
        rows.extend(repeated);
        fs::create_dir(place.path("facts")).unwrap();
        for (number, part) in rows.chunks(rows.len().div_ceil(files)).enumerate() {
            let name = format!("facts/part-{number}.jsonl{}", if packed { ".gz" } else { "" });
            write(&place.path(&name), part, packed);
        }
        session::build_facts(&place.path("facts"), &place.path("copy"), &|_| {}).unwrap();
        prop_assert_eq!(exported(&place.path("copy"), GraphFormat::Jsonl), folded.clone());
        // What such an index exports makes it again.
        fs::write(place.path("again.jsonl"), exported(&place.path("copy"), GraphFormat::Facts)).unwrap();
        session::build_facts(&place.path("again.jsonl"), &place.path("again"), &|_| {}).unwrap();
        prop_assert_eq!(exported(&place.path("again"), GraphFormat::Jsonl), folded.clone());
        Ok(())
    });
    built.unwrap();
}

#[test]
fn facts_flow_from_one_command_into_the_other() {
    let place = Place::new();
    let index = place.ingest(&notes());
    let mut export = Command::new(env!("CARGO_BIN_EXE_quipu"));
    let mut export = export.args(["export", "facts", "--index"]).arg(&index).stdout(Stdio::piped()).spawn().unwrap();
    let facts = Stdio::from(export.stdout.take().unwrap());
    let built = place.quipu(&["build", "--facts", "-", "--index", "copy"], facts);
    assert!(export.wait().unwrap().success());
    assert_eq!(String::from_utf8_lossy(&built.stderr), "");
    let said = String::from_utf8(built.stdout).unwrap();
    assert!(said.contains(" in 1 file (") && said.contains("no text to search"), "{said}");
    assert_eq!(exported(&place.path("copy"), GraphFormat::Jsonl), exported(&index, GraphFormat::Jsonl));
    let path = place.quipu(&["path", "Kafka", "HDFS", "--index", "copy"], Stdio::null());
    assert_eq!(path.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&path.stdout).contains("a.txt:3:1"));
}

#[test]
fn an_index_of_facts_answers_what_it_can_and_says_what_it_cannot() {
    let place = Place::new();
    let row = r#"{"kind":"relation","subject":"A","predicate":"USES","object":"B","note":"n.txt","line":3,"quote":"A uses B"}"#;
    let concepts = [r#"{"kind":"concept","name":"A"}"#, r#"{"kind":"concept","name":"B"}"#];
    fs::create_dir(place.path("facts")).unwrap();
    write(&place.path("facts/a.jsonl"), &[row, concepts[0], concepts[1]], false);
    let run = |arguments: &[&str]| {
        let output = place.quipu(arguments, Stdio::null());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    assert_eq!(run(&["build", "--facts", "facts"]).0, 0);
    assert_eq!(run(&["why", "A", "B"]).1, "A ─USES→ B  0.50, 1 place\nn.txt:3:1: A uses B  (facts)\n");
    let none = "error: there is no text to search: the index was built from facts\n";
    for search in [&["search", "uses"][..], &["ask", "search uses"]] {
        let (code, out, err) = run(search);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.starts_with(none) && err.contains("hint: facts hold no notes"), "{err}");
    }
    let (code, _, err) = run(&["query", "CALL search('uses') YIELD path RETURN path"]);
    assert!(code == 2 && err.contains("the index was built from facts"), "{code} {err}");
    let from = place.path("facts").canonicalize().unwrap();
    let (code, _, err) = run(&["ingest"]);
    assert!(code == 2 && err.contains(&format!("quipu build --facts {}", from.display())), "{err}");
    assert_eq!(run(&["check"]).1, "the index is whole\n");
    for command in [&["ask", "which notes mention A"][..], &["lint"], &["stats"], &["show", "A"], &["schema"]] {
        let (code, _, err) = run(command);
        assert!(code < 2 && !err.contains("error"), "{command:?}: {code} {err}");
    }
    write(&place.path("facts/b.jsonl"), &[concepts[0], r#"{"kind":"concept"}"#], false);
    let (code, _, err) = run(&["build", "--facts", "facts"]);
    assert_eq!((code, err.lines().next()), (2, Some("error: facts/b.jsonl:2: a concept needs `name`")));
    assert_eq!(run(&["why", "A", "B"]).0, 0);
}
