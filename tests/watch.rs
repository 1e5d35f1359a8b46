//! `quipu ingest --watch` as a process: it follows what editors do, and readers never notice.

#![cfg(feature = "watch")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use quipu::store::{Index, IngestOptions, ingest};
use serde_json::Value;

/// How long a report may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Says that all is done when it is dropped, also by a failing test.
struct Done<'a>(&'a AtomicBool);

impl Drop for Done<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// A process that watches; killed when it is dropped.
struct Watcher {
    process: Child,
    lines: Receiver<String>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Watcher {
    /// Begins to watch, and waits until the first report is there and it says that it watches.
    fn new(notes: &Path, index: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_quipu"))
            .args(["ingest", "--watch", "--format", "json", "--index"])
            .args([index, notes])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (tell, lines) = channel();
        let (tell_too, errors) = (tell.clone(), BufReader::new(process.stderr.take().unwrap()));
        let output = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        std::thread::spawn(move || errors.lines().map_while(Result::ok).try_for_each(|line| tell_too.send(line)));
        let watcher = Self { process, lines };
        let mut first = [watcher.line(), watcher.line()];
        first.sort_by_key(|line| line.starts_with('{'));
        assert_eq!(first[0], "watching for changes; Ctrl-C ends");
        watcher
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("the watcher says something in time")
    }

    /// Reads reports until they have told so many notes; what they told: new, changed and deleted notes, each sorted.
    fn told(&self, notes: usize) -> [Vec<String>; 3] {
        let mut told: [Vec<String>; 3] = Default::default();
        while told.iter().map(Vec::len).sum::<usize>() < notes {
            let report: Value = serde_json::from_str(&self.line()).unwrap();
            for (told, list) in told.iter_mut().zip(["new", "changed", "deleted"]) {
                told.extend(report[list].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()));
            }
        }
        told.iter_mut().for_each(|list| list.sort());
        told
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// Saves as editors do: a new file beside the note takes its place.
fn save(note: &Path, text: &str) {
    let unfinished = note.with_extension("md~");
    fs::write(&unfinished, text).unwrap();
    fs::rename(unfinished, note).unwrap();
}

fn graph(index: &Path) -> Vec<u8> {
    Index::open(index).unwrap().graph().to_bytes().to_vec()
}

#[test]
fn every_way_of_saving_reaches_the_index_while_readers_read() {
    let place = tempfile::tempdir().unwrap();
    let (notes, index) = (place.path().join("notes"), place.path().join("notes/index"));
    fs::create_dir(&notes).unwrap();
    let note = |name: &str| -> PathBuf { notes.join(name) };
    fs::write(note("kafka.md"), "# Kafka\n\nKafka feeds HDFS.\n").unwrap();
    let watcher = Watcher::new(&notes, &index);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let opened = Index::open(&index).unwrap();
                assert_eq!(opened.notices(), [""; 0]);
                opened.graph().verify().unwrap();
                assert!(opened.search("kafka", 9).unwrap().total > 0);
                std::thread::sleep(Duration::from_millis(2));
            }
        });
        let _done = Done(&done);
        save(&note("kafka.md"), "# Kafka\n\nKafka feeds Hive.\n");
        assert_eq!(watcher.told(1), [vec![], names(&["kafka.md"]), vec![]]);
        let burst: Vec<String> = (10..30).map(|number| format!("note{number}.md")).collect();
        for name in &burst {
            fs::write(note(name), format!("# Zorblax\n\nZorblax uses Kafka. {name}\n")).unwrap();
        }
        assert_eq!(watcher.told(burst.len()), [burst.clone(), vec![], vec![]]);
        fs::create_dir(note("sub")).unwrap();
        fs::rename(note("note10.md"), note("sub/moved.md")).unwrap();
        assert_eq!(watcher.told(2), [names(&["sub/moved.md"]), vec![], names(&["note10.md"])]);
        fs::rename(note("sub"), note("other")).unwrap();
        assert_eq!(watcher.told(2), [names(&["other/moved.md"]), vec![], names(&["sub/moved.md"])]);
        save(&note("other/moved.md"), "# Frobnitz\n\nFrobnitz uses Zorblax.\n");
        assert_eq!(watcher.told(1), [vec![], names(&["other/moved.md"]), vec![]]);
        fs::remove_file(note("note11.md")).unwrap();
        assert_eq!(watcher.told(1), [vec![], vec![], names(&["note11.md"])]);
    });
    drop(watcher);
    let clean = place.path().join("clean");
    ingest(std::slice::from_ref(&notes), &clean, &IngestOptions::default(), &|_| {}).unwrap();
    assert_eq!(Index::open(&index).unwrap().check(), [""; 0]);
    assert!(graph(&index) == graph(&clean), "the watched index is that of a clean ingest");
}

#[test]
fn a_mistake_in_the_users_file_is_told_and_watching_goes_on() {
    let place = tempfile::tempdir().unwrap();
    let (notes, index) = (place.path().join("notes"), place.path().join("index"));
    fs::create_dir(&notes).unwrap();
    fs::write(notes.join("kafka.md"), "# Kafka\n\nKafka feeds HDFS.\n").unwrap();
    let watcher = Watcher::new(&notes, &index);
    fs::write(notes.join("quipu.toml"), "ignore = [").unwrap();
    let told = watcher.line();
    assert!(told.contains("quipu.toml:1:"), "{told}");
    fs::write(notes.join("quipu.toml"), "ignore = [\"kafka\"]\n").unwrap();
    let report = loop {
        let line = watcher.line();
        if line.starts_with('{') {
            break line;
        }
    };
    assert!(report.contains("\"committed\":true"), "{report}");
}
