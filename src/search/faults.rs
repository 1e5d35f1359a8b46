//! A disk that fails: for tests.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The step fails, later ones work.
    Once,
    /// From the step on nothing can be written, as on a full disk; a write stops half-way.
    Full,
    /// From the step on nothing happens any more, as if the process had been killed.
    Killed,
    /// As killed, and what was not synced is lost, as if the power had gone.
    PowerLost,
}

/// Counts the steps, and fails at one of them.
#[derive(Debug)]
pub(crate) struct Faults {
    fault: Fault,
    at: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    steps: usize,
    /// Files with bytes that may not have reached the disk.
    unsynced: BTreeSet<PathBuf>,
}

impl Faults {
    /// Fails at step `at`, from 1.
    pub(crate) fn new(fault: Fault, at: usize) -> Self {
        Self { fault, at, state: Mutex::default() }
    }

    /// How many steps there were.
    pub(crate) fn steps(&self) -> usize {
        self.state.lock().unwrap().steps
    }

    pub(super) fn create(&self, path: &Path) -> io::Result<()> {
        self.step(true)?;
        self.state.lock().unwrap().unsynced.insert(path.to_owned());
        Ok(())
    }

    /// How many of the bytes fit.
    pub(super) fn write(&self, length: usize) -> io::Result<usize> {
        self.step(true).map(|()| length)
    }

    pub(super) fn sync(&self, path: &Path) -> io::Result<()> {
        self.step(true)?;
        self.state.lock().unwrap().unsynced.remove(path);
        Ok(())
    }

    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(true)?;
        let unsynced = &mut self.state.lock().unwrap().unsynced;
        if unsynced.remove(from) {
            unsynced.insert(to.to_owned());
        }
        Ok(())
    }

    pub(super) fn remove(&self, path: &Path) -> io::Result<()> {
        if path.exists() {
            self.step(false)?;
        }
        Ok(())
    }

    pub(super) fn sync_folder(&self) -> io::Result<()> {
        self.step(false)
    }

    fn step(&self, takes_space: bool) -> io::Result<()> {
        let mut state = self.state.lock().unwrap();
        state.steps += 1;
        let (now, past) = (state.steps == self.at, state.steps >= self.at);
        let fails = match self.fault {
            Fault::Once => now,
            Fault::Full => past && takes_space,
            Fault::Killed | Fault::PowerLost => past,
        };
        if now && self.fault == Fault::PowerLost {
            for path in std::mem::take(&mut state.unsynced) {
                if let Ok(bytes) = fs::read(&path) {
                    fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
                }
            }
        }
        let kind = if self.fault == Fault::Full { io::ErrorKind::StorageFull } else { io::ErrorKind::Other };
        if fails { Err(io::Error::new(kind, "a fault that a test asked for")) } else { Ok(()) }
    }
}
