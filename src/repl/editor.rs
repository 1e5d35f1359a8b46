//! Starts the user's editor, on a statement to write on or on a note at a line.

use std::env;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// Why there is no edited text.
pub(super) fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no editor was found; set $VISUAL or $EDITOR".to_string(),
        _ => format!("the editor failed: {error}"),
    }
}

/// Has the user write on `text`; gives what it became.
pub(super) fn edit(text: &str) -> io::Result<String> {
    let folder = scratch_folder()?;
    let file = folder.join("statement.cypher");
    let edited = fs::write(&file, text).and_then(|()| open(&file, 1)).and_then(|()| fs::read_to_string(&file));
    let _ = fs::remove_dir_all(&folder);
    edited
}

/// Opens a file at a line and waits until the editor ends.
pub(super) fn open(file: &Path, line: u32) -> io::Result<()> {
    let chosen =
        ["VISUAL", "EDITOR"].into_iter().find_map(|name| env::var(name).ok().filter(|it| !it.trim().is_empty()));
    let chosen = chosen.unwrap_or_else(|| "vi".to_string());
    let mut words = chosen.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut command = Command::new(program);
    command.args(words);
    let name = Path::new(program).file_stem().map(|stem| stem.to_string_lossy().to_lowercase()).unwrap_or_default();
    match name.as_str() {
        "code" | "codium" | "code-insiders" => command.arg("--goto").arg(format!("{}:{line}", file.display())),
        "subl" | "hx" | "zed" => command.arg(format!("{}:{line}", file.display())),
        _ => command.arg(format!("+{line}")).arg(file),
    };
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(format!("{program} ended with {status}"))) }
}

/// A new folder that only its owner can read.
fn scratch_folder() -> io::Result<std::path::PathBuf> {
    let name = |number: u32| env::temp_dir().join(format!("quipu-{}-{number}", std::process::id()));
    for number in 0..100 {
        let folder = name(number);
        match make(&folder) {
            Ok(()) => return Ok(folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

#[cfg(unix)]
fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}
