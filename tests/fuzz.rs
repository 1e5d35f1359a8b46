//! The bodies of the fuzz targets (`fuzz/`) on the stable toolchain: every file of their corpora, and pieces of
//! them cut, joined and changed at random. `QUIPU_FUZZ_CASES` asks for more than the usual few.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "../fuzz/bodies.rs"]
mod bodies;

use std::fs;
use std::path::Path;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

/// The files of a target's corpus, in order.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

/// A change of a text: where, how much of it goes, and what comes in.
fn change() -> impl Strategy<Value = (usize, usize, Vec<u8>)> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..4),
        "[-+*/(){}\\[\\]\"'`,:;.|=<>$ \\n#@~_0-9a-zA-Z]{0,6}".prop_map(String::into_bytes),
    ];
    (any::<usize>(), 0..6_usize, piece)
}

/// A file of the corpus and the tail of another, changed here and there.
fn changed(corpus: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let picks = (0..corpus.len(), 0..corpus.len(), any::<usize>(), prop::collection::vec(change(), 0..6));
    picks.prop_map(move |(one, other, cut, changes)| {
        let mut bytes = corpus[one].clone();
        let tail = &corpus[other];
        bytes.extend(&tail[cut % (tail.len() + 1)..]);
        for (at, gone, new) in changes {
            let at = at % (bytes.len() + 1);
            let end = (at + gone).min(bytes.len());
            bytes.splice(at..end, new);
        }
        bytes
    })
}

#[test]
fn every_target_stands_its_corpus_and_changes_of_it() {
    let cases = std::env::var("QUIPU_FUZZ_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(60);
    for (target, body) in bodies::TARGETS {
        let corpus = corpus(target);
        corpus.iter().for_each(|bytes| body(bytes));
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let outcome = TestRunner::new(config).run(&changed(corpus), |bytes| {
            body(&bytes);
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{target}: {error}"));
    }
}

#[test]
fn every_target_is_built_and_has_a_corpus() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for (target, _) in bodies::TARGETS {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target}");
        let source = fs::read_to_string(fuzz.join(format!("fuzz_targets/{target}.rs"))).unwrap();
        assert!(source.contains(&format!("bodies::{target}(data)")), "{target}");
        assert!(!corpus(target).is_empty());
    }
}
