//! What tests share that run other programs: a Python with packages, folders of notes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The Python that `.ci/run` prepares, or the one in `QUIPU_PYTHON`, when it has `package`; else says that the test skips.
pub(crate) fn python(package: &str) -> Option<PathBuf> {
    let named = std::env::var_os("QUIPU_PYTHON").map(PathBuf::from);
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = named.unwrap_or_else(|| root.join("target/python/bin/python"));
    let imported = Command::new(&python).args(["-c", &format!("import {package}")]).stderr(Stdio::null()).status();
    if imported.is_ok_and(|status| status.success()) {
        return Some(python);
    }
    eprintln!("skipped: {} has no package `{package}`; .ci/run installs it", python.display());
    None
}

/// Runs a command with `input` on its standard input.
pub(crate) fn piped(command: &mut Command, input: &str) -> Output {
    let pipes = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}
