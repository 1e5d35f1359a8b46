//! An ingest that fails at any step of writing leaves the old index or the new one, whole.

use std::fs;
use std::path::Path;
use std::sync::{Arc, mpsc};
use std::time::Duration;

use super::ingest::ingest_on;
use super::tests::{AWS, HIVE, KAFKA, Vault};
use super::*;
use crate::search::{Disk, Fault, Faults};

/// Which steps are tried, of each so many; `QUIPU_CRASH_EVERY=1` tries all.
fn stride() -> usize {
    std::env::var("QUIPU_CRASH_EVERY").ok().and_then(|every| every.parse().ok()).unwrap_or(7)
}

/// An index of an old state of the vault, kept aside, and the graphs of old and new.
struct Trial {
    vault: Vault,
    old: Vec<u8>,
    new: Vec<u8>,
}

impl Trial {
    fn new() -> Self {
        let vault = Vault::new(&[("kafka.txt", KAFKA), ("aws.txt", AWS)]);
        vault.ingest(1);
        let old = vault.graph();
        fs::rename(vault.index(), vault.place.path().join("old")).unwrap();
        vault.write("hive.md", HIVE);
        fs::remove_file(vault.notes().join("aws.txt")).unwrap();
        let new = vault.clean();
        Self { vault, old, new }
    }

    /// Ingests the new state over the old index on a failing disk; how many steps were taken, and how it ended.
    fn ingest(&self, fault: Fault, at: usize) -> (usize, Result<IngestReport, StoreError>) {
        let _ = fs::remove_dir_all(self.vault.index());
        copy(&self.vault.place.path().join("old"), &self.vault.index());
        let faults = Arc::new(Faults::new(fault, at));
        let (disk, index, notes) = (Disk::with(faults.clone()), self.vault.index(), self.vault.notes());
        let (sender, ended) = mpsc::channel();
        std::thread::spawn(move || {
            let options = IngestOptions { threads: 1, ..IngestOptions::default() };
            let _ = sender.send(ingest_on(&disk, &[notes], &index, &options, &|_| {}));
        });
        let ended = ended.recv_timeout(Duration::from_secs(60));
        (faults.steps(), ended.unwrap_or_else(|_| panic!("{fault:?} at step {at} hangs")))
    }

    /// The index is whole, and is the old one or the new one; whether it is the new one.
    fn is_new(&self, what: &str) -> bool {
        let index = Index::open(&self.vault.index()).unwrap_or_else(|error| panic!("{what}: {error}"));
        let graph = index.graph().to_bytes();
        let is_new = graph == self.new;
        assert!(is_new || graph == self.old, "{what}: the graph is neither old nor new");
        assert_eq!(index.check(), [""; 0], "{what}");
        let found = |text: &str| index.search(text, 9).unwrap().total;
        assert_eq!((found("hive"), found("redshift")), if is_new { (1, 0) } else { (0, 1) }, "{what}");
        is_new
    }

    fn every_step(&self, fault: Fault) {
        for at in (1 + fault as usize..).step_by(stride()) {
            let (steps, ended) = self.ingest(fault, at);
            let what = format!("{fault:?} at step {at}");
            if steps < at {
                assert!(ended.unwrap().committed, "{what}");
                break;
            }
            let is_new = self.is_new(&what);
            if ended.is_ok() {
                assert!(is_new, "{what}: it says it is done");
            }
            self.vault.ingest(1);
            assert!(self.is_new(&what), "{what}: the next ingest mends it");
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_step_that_fails_once_leaves_the_old_index_or_the_new_one() {
    Trial::new().every_step(Fault::Once);
}

#[test]
fn a_full_disk_leaves_the_old_index_or_the_new_one() {
    Trial::new().every_step(Fault::Full);
}

#[test]
fn a_kill_after_any_step_leaves_the_old_index_or_the_new_one() {
    Trial::new().every_step(Fault::Killed);
}

#[test]
fn a_loss_of_power_after_any_step_leaves_the_old_index_or_the_new_one() {
    Trial::new().every_step(Fault::PowerLost);
}

#[test]
fn a_first_ingest_that_fails_leaves_no_index_or_a_whole_one() {
    let vault = Vault::new(&[("kafka.txt", KAFKA)]);
    for at in 1..12 {
        let _ = fs::remove_dir_all(vault.index());
        let disk = Disk::with(Arc::new(Faults::new(Fault::Killed, at)));
        let options = IngestOptions { threads: 1, ..IngestOptions::default() };
        ingest_on(&disk, &[vault.notes()], &vault.index(), &options, &|_| {}).unwrap_err();
        assert!(matches!(Index::open(&vault.index()), Err(StoreError::NoIndex { .. })), "step {at}");
        assert!(vault.ingest(1).committed, "step {at}");
        assert_eq!(vault.graph(), vault.clean());
    }
}
