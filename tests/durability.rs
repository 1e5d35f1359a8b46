//! An index under kills and readers: always one whole commit, the old one or the new one.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use quipu::store::{Index, IngestOptions, StoreError, ingest};
use tempfile::TempDir;

/// How many rounds of kills; `QUIPU_KILLS=1000` for long.
fn rounds() -> usize {
    std::env::var("QUIPU_KILLS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(8)
}

/// Notes of which every one names the same state, and so do graph and text of the index.
fn write_state(notes: &Path, state: usize) {
    for number in 0..12 {
        let text = format!("Zorblax{state}\n----\nZorblax{state} feeds HDFS.\nZorblax{state}: stage of {number}\n");
        fs::write(notes.join(format!("note{number:02}.txt")), text).unwrap();
    }
}

fn vault() -> (TempDir, PathBuf, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let notes = place.path().join("notes");
    fs::create_dir(&notes).unwrap();
    let index = place.path().join("index");
    (place, notes, index)
}

fn update(notes: &Path, index: &Path) {
    ingest(&[notes.to_owned()], index, &IngestOptions { threads: 1, ..IngestOptions::default() }, &|_| {}).unwrap();
}

/// The states that the graph and the text of an opened index speak of.
fn states(index: &Index) -> (Vec<usize>, Vec<usize>) {
    let states = 0..10;
    let in_graph = |state: &usize| {
        index.facts().unwrap().any(|fact| {
            let (_, claims) = fact.unwrap();
            claims.mentions.iter().any(|mention| *mention.concept == *format!("Zorblax{state}"))
        })
    };
    let in_text = |state: &usize| index.search(&format!("Zorblax{state}"), 20).unwrap().total == 12;
    (states.clone().filter(in_graph).collect(), states.filter(in_text).collect())
}

#[test]
fn an_ingest_killed_at_any_time_leaves_a_whole_index() {
    let (_place, notes, index) = vault();
    write_state(&notes, 0);
    let start = Instant::now();
    update(&notes, &index);
    let natural = start.elapsed();
    for round in 1..=rounds() {
        write_state(&notes, round % 10);
        let mut writer = Command::new(env!("CARGO_BIN_EXE_quipu"))
            .args(["ingest".as_ref(), "--index".as_ref(), index.as_os_str(), notes.as_os_str()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(natural * u32::try_from(round * 37 % 100).unwrap() / 100);
        writer.kill().unwrap();
        writer.wait().unwrap();
        let opened = Index::open(&index).unwrap();
        assert_eq!(opened.check(), [""; 0], "round {round}");
        let (graph, text) = states(&opened);
        assert_eq!(graph, text, "round {round}");
        assert_eq!(graph.len(), 1, "round {round}");
    }
    update(&notes, &index);
    let clean = index.with_file_name("clean");
    update(&notes, &clean);
    let graph = |index: &Path| Index::open(index).unwrap().graph().to_bytes().to_vec();
    assert_eq!(graph(&index), graph(&clean));
}

#[test]
fn readers_see_one_commit_whatever_is_written_meanwhile() {
    let (_place, notes, index) = vault();
    write_state(&notes, 0);
    update(&notes, &index);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    let opened = Index::open(&index).unwrap();
                    assert_eq!(opened.notices(), [""; 0]);
                    let (graph, text) = states(&opened);
                    assert_eq!((graph.len(), graph), (1, text));
                    let kept = opened.graph().content_id();
                    std::thread::sleep(Duration::from_millis(5));
                    opened.graph().verify().unwrap();
                    assert_eq!(opened.graph().content_id(), kept);
                }
            });
        }
        for round in 1..6 {
            write_state(&notes, round);
            update(&notes, &index);
        }
        done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn two_writers_at_once_end_in_one_done_and_one_busy() {
    let (_place, notes, index) = vault();
    write_state(&notes, 0);
    update(&notes, &index);
    write_state(&notes, 1);
    let options = IngestOptions::default();
    let nested = std::sync::Mutex::new(None);
    ingest(std::slice::from_ref(&notes), &index, &options, &|_| {
        let mut nested = nested.lock().unwrap();
        if nested.is_none() {
            *nested = Some(ingest(std::slice::from_ref(&notes), &index, &options, &|_| {}));
        }
    })
    .unwrap();
    assert!(matches!(nested.into_inner().unwrap(), Some(Err(StoreError::Busy { .. }))));
}
