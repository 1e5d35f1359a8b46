//! Changes to the index and to the user's decisions.

use std::path::{Path, PathBuf};

use super::{Session, SessionError, cite};
use crate::config::edit::Decision;
use crate::store::{self, FactsReport, IngestOptions, IngestReport, OnProgress};

/// Adds or updates the folders or notes at `roots`, or all that the index lists where none is named.
///
/// # Errors
///
/// When another process writes the index, a folder is not there, or the disk fails.
pub fn ingest(
    roots: &[PathBuf],
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, SessionError> {
    Ok(store::ingest(roots, index, options, progress)?)
}

/// Builds the index from the facts at `facts`: a folder, a file, or `-` for standard input.
///
/// # Errors
///
/// When a row is no fact, the index holds notes, another process writes it, or the disk fails.
pub fn build_facts(facts: &Path, index: &Path, progress: OnProgress<'_>) -> Result<FactsReport, SessionError> {
    Ok(store::build_facts(facts, index, progress)?)
}

/// Drops a folder, named by its path or its name, from the index.
///
/// # Errors
///
/// When the index does not list it; others as for [`ingest`].
pub fn forget(
    root: &Path,
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, SessionError> {
    Ok(store::forget(root, index, options, progress)?)
}

/// Writes a decision into the `quipu.toml` of a folder of notes: the one given, else the only one
/// of the index. Tells the file and the line; no line where the file said so already.
///
/// # Errors
///
/// When the index lists several folders and none was named, or the file cannot be understood or written.
pub fn decide(decision: &Decision, root: Option<&Path>, index: &Path) -> Result<(PathBuf, Option<u32>), SessionError> {
    let root = match root {
        Some(root) => root.to_path_buf(),
        None => only_root(index)?,
    };
    let decided = store::decide(&root, decision)?;
    let here = std::env::current_dir().unwrap_or_default();
    Ok((cite::from_here(&decided.path, &here), decided.line.map(crate::text::LineNumber::get)))
}

fn only_root(index: &Path) -> Result<PathBuf, SessionError> {
    let session = Session::open(index)?;
    let mut roots = session.roots();
    match roots.pop() {
        Some(root) if roots.is_empty() => Ok(root),
        last => Err(SessionError::WhichRoot { roots: roots.into_iter().chain(last).collect() }),
    }
}
