//! Documents → text, each in a process of its own: nothing that a file holds can take more than that process with it.
//!
//! The process is quipu itself, called as `read-document`. It gets the bytes on its standard input, limits its own time and
//! memory, and gives back `+` and the text, or `-` and the reason why there is none. As many run at once as there are cores.

use std::io::{Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::walk::too_large;
use crate::limits::{DOCUMENT_MEMORY, DOCUMENT_SECONDS, DOCUMENT_SIZE, shown_bytes};
use crate::read::{Format, is_binary};

/// The hidden command that reads a document.
pub(crate) const READ_DOCUMENT: &str = "read-document";

/// How much longer than its own time a process may take, for a machine that is busy.
const PATIENCE: u32 = 4;

/// Makes text of the files that are none.
pub struct Documents {
    /// The program quipu; without it documents are refused.
    program: Option<PathBuf>,
    patience: Duration,
    /// How many processes may still be started.
    free: Mutex<usize>,
    freed: Condvar,
}

impl Default for Documents {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Documents {
    /// Has documents read by the quipu at `program`; refuses them where there is none.
    #[must_use]
    pub fn new(program: Option<PathBuf>) -> Self {
        let cores = thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let patience = Duration::from_secs(DOCUMENT_SECONDS) * PATIENCE;
        Self { program, patience, free: Mutex::new(cores), freed: Condvar::new() }
    }

    /// The text of the note `name`, of at most `limit` bytes, whose file has these bytes: of a document the text that is read
    /// in its place, of other files the bytes themselves.
    ///
    /// # Errors
    ///
    /// Why there is none, in one clause.
    pub fn text(&self, name: &str, bytes: Vec<u8>, limit: u64) -> Result<Vec<u8>, String> {
        let Some(format) = Format::of_path(name).filter(|format| format.is_document()) else {
            return if is_binary(&bytes) { Err("it is no text".to_owned()) } else { Ok(bytes) };
        };
        let text = self.read(format, &bytes)?;
        let size = text.len() as u64;
        if size > limit { Err(format!("of its words, {}", too_large(size, limit))) } else { Ok(text) }
    }

    /// Starts a process for a document, when one may be started, and takes what it says.
    fn read(&self, format: Format, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let program = self.program.as_ref().ok_or("documents are read by the program quipu alone")?;
        let _turn = Turn::take(self);
        let mut child = Command::new(program)
            .args([READ_DOCUMENT, format.name()])
            // It bounds its address space, of which the allocator would hold as much in reserve as there is.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("no process can be started to read it: {error}"))?;
        let answer = exchange(&mut child, bytes, self.patience);
        let status = child.wait().map_err(|error| error.to_string())?;
        let Some(answer) = answer else { return Err(too_long()) };
        match answer.split_first() {
            _ if answer.len() as u64 > DOCUMENT_SIZE => {
                Err(format!("it becomes more than {} of text", shown_bytes(DOCUMENT_SIZE)))
            }
            Some((b'+', text)) if status.success() => Ok(text.to_owned()),
            Some((b'-', reason)) if status.success() => Err(String::from_utf8_lossy(reason).into_owned()),
            _ => Err(ended(status)),
        }
    }
}

/// The right to run one process, given back when it is dropped.
struct Turn<'a>(&'a Documents);

impl<'a> Turn<'a> {
    fn take(documents: &'a Documents) -> Self {
        let free = documents.free.lock().unwrap_or_else(PoisonError::into_inner);
        let free = documents.freed.wait_while(free, |free| *free == 0);
        *free.unwrap_or_else(PoisonError::into_inner) -= 1;
        Self(documents)
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.0.free.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.0.freed.notify_one();
    }
}

/// Gives the bytes to the process and takes what it says, to its end or the limit; nothing where it does not end in time.
fn exchange(child: &mut Child, bytes: &[u8], patience: Duration) -> Option<Vec<u8>> {
    let mut input = child.stdin.take().expect("it was asked for");
    let output = child.stdout.take().expect("it was asked for");
    let (tell, told) = channel();
    thread::scope(|scope| {
        // A process that refuses the file may end before it has taken all of it.
        scope.spawn(move || drop(input.write_all(bytes)));
        scope.spawn(move || {
            let mut answer = Vec::new();
            // A pipe that breaks is the end of what it says.
            let _ = output.take(DOCUMENT_SIZE + 1).read_to_end(&mut answer);
            let _ = tell.send(answer);
        });
        let answer = told.recv_timeout(patience).ok();
        if answer.as_ref().is_none_or(|answer| answer.len() as u64 > DOCUMENT_SIZE) {
            // Both threads end with the process.
            let _ = child.kill();
        }
        answer
    })
}

fn too_long() -> String {
    format!("reading it takes longer than {DOCUMENT_SECONDS} seconds")
}

/// Why a process that did not answer ended.
fn ended(status: ExitStatus) -> String {
    #[cfg(unix)]
    if std::os::unix::process::ExitStatusExt::signal(&status) == Some(libc::SIGXCPU) {
        return too_long();
    }
    let memory = shown_bytes(DOCUMENT_MEMORY);
    format!("its reader failed ({status}), as where it takes more than {memory} of memory")
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::time::Instant;

    use super::*;

    /// What comes of a document where a script stands for quipu.
    fn read_by(script: &str, patience: Duration) -> Result<Vec<u8>, String> {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("quipu");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        let documents = Documents { patience, ..Documents::new(Some(program)) };
        documents.text("a.docx", vec![b'x'; 1 << 20], 100)
    }

    const LONG: Duration = Duration::from_secs(30);

    #[test]
    fn the_answer_of_the_process_is_the_text_or_the_reason() {
        assert_eq!(
            read_by("test \"$1 $2\" = 'read-document docx' && wc -c | xargs printf '+%s'", LONG).unwrap(),
            b"1048576"
        );
        assert_eq!(read_by("printf %s '-it is damaged'", LONG).unwrap_err(), "it is damaged");
        let long = read_by("printf '+%0101d' 7", LONG).unwrap_err();
        assert_eq!(long, "of its words, it has 101 bytes, more than the limit of 100");
    }

    #[test]
    fn a_process_that_hangs_or_dies_or_talks_without_end_costs_its_document_alone() {
        let start = Instant::now();
        let hung = read_by("exec sleep 60", Duration::from_millis(200)).unwrap_err();
        assert_eq!(hung, "reading it takes longer than 20 seconds");
        assert!(start.elapsed() < LONG, "{:?}", start.elapsed());
        let died = read_by("printf '+half'; kill -ABRT $$", LONG).unwrap_err();
        assert!(died.starts_with("its reader failed (signal: 6"), "{died}");
        assert!(died.ends_with("as where it takes more than 1G of memory"), "{died}");
        assert_eq!(read_by("kill -XCPU $$", LONG).unwrap_err(), "reading it takes longer than 20 seconds");
        assert!(read_by("exit 70", LONG).unwrap_err().starts_with("its reader failed (exit status: 70)"));
        assert_eq!(read_by("exec cat /dev/zero", LONG).unwrap_err(), "it becomes more than 50M of text");
    }

    #[test]
    fn without_a_program_documents_are_refused_and_texts_are_not() {
        let text = |name: &str, bytes: &[u8]| Documents::default().text(name, bytes.to_vec(), 10);
        assert_eq!(text("a.pdf", b"%PDF").unwrap_err(), "documents are read by the program quipu alone");
        assert_eq!(text("a.txt", b"Kafka"), Ok(b"Kafka".to_vec()));
        assert_eq!(text("b.txt", &[0, 1, 2, 3]).unwrap_err(), "it is no text");
        let absent = Documents::new(Some("/no/such/quipu".into()));
        let reason = absent.text("a.pdf", b"%PDF".to_vec(), 10).unwrap_err();
        assert!(reason.starts_with("no process can be started to read it"), "{reason}");
    }
}
