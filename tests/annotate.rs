//! `quipu annotate` and `quipu show --why`: what was read, by which rule, and what would change it.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const NOTE: &str = "\
Ingestion: Flume

Storage: HDFS

The HDFS (Hadoop Distributed File System) keeps all of it.
";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.0.path().join("notes")).unwrap();
        fs::write(place.0.path().join("notes/pipeline.txt"), NOTE).unwrap();
        assert!(place.quipu(&["ingest", "notes"]).status.success());
        place
    }

    fn quipu(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.0.path()).env_remove("QUIPU_INDEX").stdin(Stdio::null());
        command.output().unwrap()
    }

    fn text(&self, arguments: &[&str]) -> String {
        let output = self.quipu(arguments);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

#[test]
fn a_note_is_shown_with_what_is_read_in_it() {
    let place = Place::new();
    let shown = place.text(&["annotate", "notes/pipeline.txt"]);
    for line in [
        "1  Ingestion: ⟦Flume⟧",
        "   Flume ─FEEDS→ HDFS  0.90 stage-list  not so: ignore = [\"HDFS\"]",
        "5  The ⟦HDFS⟧ (⟦Hadoop Distributed File System⟧) keeps all of it.",
        "  Hadoop Distributed File System  vocabulary  not so: not-same-as = [[\"HDFS\", \"Hadoop Distributed File System\"]]",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\nis not in\n{shown}");
    }
    let coloured = place.text(&["annotate", "--color", "always", "notes/pipeline.txt"]);
    assert!(coloured.contains("Ingestion: \u{1b}[1;33mFlume\u{1b}[0m"), "{coloured}");
}

#[test]
fn the_line_that_would_change_it_does() {
    let place = Place::new();
    fs::write(place.0.path().join("notes/quipu.toml"), "ignore = [\"HDFS\"]\n").unwrap();
    assert!(place.quipu(&["ingest"]).status.success());
    let shown = place.text(&["annotate", "notes/pipeline.txt"]);
    assert!(shown.contains("3  Storage: HDFS\n") && !shown.contains("FEEDS"), "{shown}");
}

#[test]
fn programs_get_the_same_as_json() {
    let place = Place::new();
    let note: Value = serde_json::from_str(&place.text(&["annotate", "--json", "notes/pipeline.txt"])).unwrap();
    let line = &note["lines"][0];
    let mark = &line["marks"][0];
    assert_eq!((&line["text"], &mark["concept"]), (&"Ingestion: Flume".into(), &"Flume".into()));
    assert_eq!((mark["start"].as_u64(), mark["end"].as_u64()), (Some(11), Some(16)));
    let relation = &note["lines"][2]["relations"][0];
    assert_eq!(relation["rule"], "stage-list");
    assert_eq!(relation["quote"], "Storage: HDFS");
    assert_eq!(note["indexed"], true);
    let hdfs = note["concepts"].as_array().unwrap().iter().find(|concept| concept["name"] == "HDFS").unwrap();
    assert_eq!(hdfs["change"], "ignore = [\"HDFS\"]");
}

#[test]
fn a_note_outside_the_index_is_read_and_what_is_no_note_is_refused() {
    let place = Place::new();
    fs::write(place.0.path().join("other.md"), "Spark reads from [[HDFS]].\n").unwrap();
    let output = place.quipu(&["annotate", "other.md"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("⟦HDFS⟧"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("does not hold this note"));
    for absent in ["absent.md", "notes"] {
        let output = place.quipu(&["annotate", absent]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8_lossy(&output.stderr).contains(&format!("{absent} cannot be read: ")));
    }
}

#[test]
fn each_signal_of_a_concept_is_shown_with_its_weight_and_place() {
    let place = Place::new();
    let shown = place.text(&["show", "HDFS", "--why"]);
    for line in [
        "HDFS  Storage",
        "not so: ignore = [\"HDFS\"]",
        "    vocabulary    1000  2 × 1000 (at most 1 count)",
        "  Hadoop Distributed File System  vocabulary  not so: not-same-as = [[\"HDFS\", \"Hadoop Distributed File System\"]]",
    ] {
        assert!(shown.lines().any(|shown| shown == line), "{line}\nis not in\n{shown}");
    }
    assert!(shown.contains("notes/pipeline.txt:3,5  "), "{shown}");
    let why: Value = serde_json::from_str(&place.text(&["show", "HDFS", "--why", "--json"])).unwrap();
    assert_eq!(why["needed"], 1000);
    let hdfs = why["names"].as_array().unwrap().iter().find(|name| name["key"] == "hdfs").unwrap();
    let points = |of: &Value| of["points"].as_u64().unwrap();
    let notes = hdfs["notes"].as_array().unwrap();
    assert_eq!(points(hdfs), notes.iter().map(points).sum::<u64>());
    assert_eq!(points(&notes[0]), notes[0]["signals"].as_array().unwrap().iter().map(points).sum::<u64>());
}
