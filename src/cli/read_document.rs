//! `quipu read-document`: what quipu calls itself as to read a document. No command for people: it reads bytes from standard
//! input and writes `+` and the text, or `-` and the reason why there is none, within limits of its own.

use std::ffi::OsStr;
use std::io::{Read, Write, stdin, stdout};

use crate::error::{Exit, survive};
use crate::read::{Format, document};

/// Reads the document on standard input, of the format of this name.
pub(super) fn run(format: Option<&OsStr>) -> Exit {
    limit();
    let named = |known: &Format| format.is_some_and(|format| format == known.name());
    let Some(format) = Format::DOCUMENTS.into_iter().find(named) else { return Exit::Usage };
    let mut bytes = Vec::new();
    if stdin().lock().read_to_end(&mut bytes).is_err() {
        return Exit::Fault;
    }
    let read = survive(|| document(format, &bytes)).unwrap_or_else(|| Err("its reader fails on it".to_owned()));
    let (sign, words) = match &read {
        Ok(text) => ("+", text),
        Err(reason) => ("-", reason),
    };
    let mut out = stdout().lock();
    let written =
        out.write_all(sign.as_bytes()).and_then(|()| out.write_all(words.as_bytes())).and_then(|()| out.flush());
    if written.is_ok() { Exit::Answered } else { Exit::Fault }
}

/// Bounds the time and the memory of this process, and keeps it from files; lower bounds that it was given stay. Where the system
/// knows no such bounds, the patience of the caller still holds.
#[cfg(all(unix, feature = "documents"))]
fn limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    use crate::limits::{DOCUMENT_MEMORY, DOCUMENT_SECONDS};

    let lower = |given: Option<u64>, most: u64| Some(given.map_or(most, |given| given.min(most)));
    let bound = |resource, most| {
        let given = getrlimit(resource);
        // The first bound of time gives a signal that tells the caller what happened.
        let (current, maximum) = (lower(given.current, most), lower(given.maximum, most + 1));
        let _ = setrlimit(resource, Rlimit { current, maximum });
    };
    bound(Resource::Cpu, DOCUMENT_SECONDS);
    bound(Resource::As, DOCUMENT_MEMORY);
    bound(Resource::Core, 0);
    bound(Resource::Fsize, 0);
    // Standard input, output and error are open; nothing else can be.
    bound(Resource::Nofile, 3);
}

#[cfg(not(all(unix, feature = "documents")))]
const fn limit() {}
