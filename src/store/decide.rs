//! Writes a user's decision into the `quipu.toml` of a root.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::StoreError;
use super::source::is_remote;
use crate::config::edit::{Decision, add};
use crate::config::{self};
use crate::extract::Kind;
use crate::text::LineNumber;

/// Where a decision stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The file.
    pub path: PathBuf,
    /// The line that holds it; none where the file said so already.
    pub line: Option<LineNumber>,
}

/// Writes `decision` into the `quipu.toml` of the folder `root`, and makes the file where there is none.
/// The rest of the file stays as it is.
///
/// # Errors
///
/// [`StoreError::Config`] when the file cannot be understood, [`StoreError::Io`] when it cannot be written,
/// [`StoreError::ReadOnly`] when the root lies in an object store.
pub fn decide(root: &Path, decision: &Decision) -> Result<Decided, StoreError> {
    if is_remote(root) {
        return Err(StoreError::ReadOnly { path: root.join(config::FILE_NAME) });
    }
    let folder = if root.is_file() { root.parent().unwrap_or(root) } else { root };
    let path = folder.join(config::FILE_NAME);
    let io = |action, source| StoreError::Io { action, path: path.clone(), source };
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        read => read.map_err(|error| io("read", error))?,
    };
    let edited = add(&text, decision, |name| Kind::named(name).is_some());
    let Some(edited) = edited.map_err(|error| StoreError::Config { path: path.clone(), error })? else {
        return Ok(Decided { path, line: None });
    };
    replace(&path, &edited.text).map_err(|error| io("write", error))?;
    Ok(Decided { path, line: Some(edited.line) })
}

/// Puts a whole new file in the place of the old one, with its permissions.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let unfinished = path.with_extension("toml.new");
    let mut file = fs::File::create(&unfinished)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    if let Ok(metadata) = fs::metadata(&path) {
        fs::set_permissions(&unfinished, metadata.permissions())?;
    }
    fs::rename(&unfinished, &path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_written_once_and_broken_files_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("quipu.toml");
        let decision = Decision::Ignore("overview".to_owned());
        let line = Some(LineNumber::FIRST);
        assert_eq!(decide(folder.path(), &decision).unwrap(), Decided { path: path.clone(), line });
        assert_eq!(decide(folder.path(), &decision).unwrap(), Decided { path: path.clone(), line: None });
        assert_eq!(fs::read_to_string(&path).unwrap(), "ignore = [\"overview\"]\n");
        fs::write(&path, "ignore = [").unwrap();
        assert!(matches!(decide(folder.path(), &decision), Err(StoreError::Config { .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), "ignore = [");
    }
}
