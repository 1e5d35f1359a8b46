//! Files of Word, PowerPoint, books and PDF in a folder of notes: found, cited, and never more than one file's loss.

#![cfg(all(feature = "documents", unix))]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{Cursor, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::Duration;

use quipu::store::Documents;
use serde_json::Value;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const QUIPU: &str = env!("CARGO_BIN_EXE_quipu");

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.path("notes")).unwrap();
        fs::create_dir(place.path("scratch")).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path("notes").join(name), bytes).unwrap();
    }

    fn run(&self, index: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(QUIPU);
        command.args(arguments).current_dir(self.0.path());
        command.env("QUIPU_INDEX", self.path(index)).env("TMPDIR", self.path("scratch"));
        command.stdin(Stdio::null()).output().unwrap()
    }

    fn answer(&self, index: &str, arguments: &[&str]) -> String {
        let output = self.run(index, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn ingest(&self, index: &str) -> Value {
        serde_json::from_str(&self.answer(index, &["ingest", "notes", "--format", "json"])).unwrap()
    }
}

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)).unwrap()
}

fn archive(name: &str, content: &[u8], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file(name, SimpleFileOptions::default().compression_method(method)).unwrap();
    zip.write_all(content).unwrap();
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    archive("word/document.xml", body.as_bytes(), CompressionMethod::Deflated)
}

fn paragraph(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn places_in_documents_are_cited_as_people_find_them() {
    let place = Place::new();
    for name in ["pipeline.pdf", "deck.pptx"] {
        place.write(name, sample(name));
    }
    place.write("log.docx", docx(&(paragraph("Redshift.") + &paragraph("Sqoop feeds Hive."))));
    let report = place.ingest("index");
    assert_eq!(report["new"], serde_json::json!(["deck.pptx", "log.docx", "pipeline.pdf"]));
    let told = place.answer("index", &["ask", "what connects Sqoop to Hive"]);
    assert!(told.contains("notes/log.docx:2:"), "{told}");
    let told = place.answer("index", &["ask", "what connects Airflow to Hive"]);
    assert!(told.contains("notes/deck.pptx:p3:2:"), "{told}");
    let found = place.answer("index", &["search", "Redshift path:pdf"]);
    assert!(found.starts_with("notes/pipeline.pdf:p1:"), "{found}");
    let shown = place.answer("index", &["show", "Airflow"]);
    assert!(shown.contains("line p3:2"), "{shown}");
    let annotated = place.answer("index", &["annotate", "notes/pipeline.pdf"]);
    assert!(annotated.starts_with("1001  ⟦Log platform⟧"), "{annotated}");
}

#[test]
fn each_bad_file_is_named_with_its_fault_and_the_rest_is_read() {
    let place = Place::new();
    place.write("good.md", "Kafka feeds Spark.\n");
    let pdf = sample("pipeline.pdf");
    place.write("bomb.docx", archive("word/document.xml", &vec![b' '; 40 << 20], CompressionMethod::Deflated));
    place.write("cut.docx", &docx(&paragraph("Kafka"))[..80]);
    place.write("cut.pdf", &pdf[..200]);
    place.write("entity.docx", docx("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><w:p>&e;</w:p>"));
    place.write("nested.epub", archive("book.epub", &sample("pipeline.epub"), CompressionMethod::Deflated));
    place.write("old.pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more");
    place.write("random.pdf", (0..5_000_u32).flat_map(|number| (number * number).to_be_bytes()).collect::<Vec<u8>>());
    place.write("escape.epub", archive("../../../escaped", b"x", CompressionMethod::Stored));
    let report = place.ingest("index");
    assert_eq!(report["new"], serde_json::json!(["good.md"]));
    let skipped = |one: &Value| format!("{}: {}", one["path"].as_str().unwrap(), one["reason"].as_str().unwrap());
    let skipped: Vec<String> = report["skipped"].as_array().unwrap().iter().map(skipped).collect();
    let expected = [
        "bomb.docx: `word/document.xml` in its archive unpacks to more than 100 times its size",
        "cut.docx: its archive is damaged: ",
        "cut.pdf: it is damaged: ",
        "entity.docx: its XML declares entities of its own",
        "escape.epub: its archive has no `META-INF/container.xml`",
        "nested.epub: its archive has no `META-INF/container.xml`",
        "old.pptx: it is protected by a password, or of an older format",
        "random.pdf: it is damaged: ",
    ];
    assert_eq!(skipped.len(), expected.len(), "{skipped:#?}");
    for (skipped, expected) in skipped.iter().zip(expected) {
        assert!(skipped == expected || expected.ends_with(": ") && skipped.starts_with(expected), "{skipped}");
    }
    assert_eq!(fs::read_dir(place.path("scratch")).unwrap().count(), 0);
    assert_eq!(fs::read_dir(place.0.path()).unwrap().count(), 3);
    assert_eq!(place.run("index", &["ingest", "--strict"]).status.code(), Some(8));
}

#[test]
fn a_changed_document_updates_to_what_a_clean_ingest_gives() {
    let place = Place::new();
    place.write("log.docx", docx(&paragraph("Flume feeds HDFS.")));
    place.write("deck.pptx", sample("deck.pptx"));
    place.write("a.md", "Sqoop and the Loader feed Hive.\n");
    place.ingest("updated");
    place.write("log.docx", docx(&(paragraph("Flume feeds Kafka.") + &paragraph("The Loader (LD) feeds HDFS."))));
    let report = place.ingest("updated");
    assert_eq!((&report["changed"], &report["unchanged"]), (&serde_json::json!(["log.docx"]), &2.into()));
    place.ingest("clean");
    let export = |index: &str| place.answer(index, &["export", "jsonl"]);
    assert!(export("clean").contains("log.docx"));
    assert!(export("updated") == export("clean"), "the update differs from a clean ingest");
}

/// A quipu under lower limits than its own.
fn limited(place: &Place, limits: &str) -> Documents {
    let program = place.path("limited");
    fs::write(&program, format!("#!/bin/sh\n{limits}\nexec {QUIPU} \"$@\"\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o700)).unwrap();
    Documents::new(Some(program))
}

#[test]
fn a_document_that_takes_too_much_time_or_memory_is_refused() {
    let place = Place::new();
    let read = |limits: &str, count: usize| {
        let body = paragraph("Kafka feeds HDFS.").repeat(count);
        let file = archive("word/document.xml", body.as_bytes(), CompressionMethod::Stored);
        limited(&place, limits).text("a.docx", file, 64 << 20).map(|text| text.len())
    };
    assert_eq!(read("", 2), Ok(2 * "<p>Kafka feeds HDFS.\n".len()));
    let slow = read("ulimit -H -t 9; ulimit -S -t 1", 900_000).unwrap_err();
    assert_eq!(slow, "reading it takes longer than 20 seconds");
    let large = read("ulimit -v 150000", 900_000).unwrap_err();
    assert!(large.starts_with("its reader failed (") && large.contains("more than 1G of memory"), "{large}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_reader_of_documents_bounds_itself() {
    let mut reader = Command::new(QUIPU).args(["read-document", "docx"]).stdin(Stdio::piped()).spawn().unwrap();
    let bounds = ["Max cpu time", "Max address space", "Max file size", "Max open files", "Max core file size"];
    let soft = |name: &str| {
        let limits = fs::read_to_string(format!("/proc/{}/limits", reader.id())).unwrap();
        let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap().to_owned();
        line.split_whitespace().next().unwrap().to_owned()
    };
    let expected = ["20", "1073741824", "0", "3", "0"];
    let met = (0..200).any(|_| {
        sleep(Duration::from_millis(50));
        bounds.map(soft) == expected
    });
    assert!(met, "{:?}", bounds.map(soft));
    reader.kill().unwrap();
    reader.wait().unwrap();
}
