//! Where the lines typed are remembered: a file of the user's own, in the state folder.

use std::fs;
use std::io;
use std::path::PathBuf;

/// How many entries are kept.
pub(crate) const LENGTH: usize = 2_000;

/// The history file, made readable for its owner alone; none where there is no state folder.
pub(crate) fn file() -> Option<PathBuf> {
    let folder = state_folder()?.join("quipu");
    let file = folder.join("history");
    make(&folder, &file).ok()?;
    Some(file)
}

/// `$XDG_STATE_HOME`, else `~/.local/state`.
fn state_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    set("XDG_STATE_HOME").filter(|path| path.is_absolute()).or_else(|| Some(set("HOME")?.join(".local/state")))
}

#[cfg(unix)]
fn make(folder: &std::path::Path, file: &std::path::Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let opened = fs::OpenOptions::new().append(true).create(true).mode(0o600).open(file)?;
    opened.set_permissions(fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn make(folder: &std::path::Path, file: &std::path::Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::OpenOptions::new().append(true).create(true).open(file).map(drop)
}
