//! The rooms use only rooms to their left: reads every `crate::` path of each.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in the order of the data flow; those of one entry may use each other.
const ROOMS: &[&[&str]] = &[
    &["error", "text", "limits"],
    &["config"],
    &["read"],
    &["extract"],
    &["graph"],
    &["search"],
    &["store"],
    &["query"],
    &["render"],
    &["session"],
    &["cli", "repl", "serve", "mcp"],
];

/// Files that are compiled for tests only.
const TESTS: &[&str] = &["tests", "laws", "hostile"];

fn rank(room: &str) -> usize {
    ROOMS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("`{room}` is no known room"))
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Rooms that a file names, at its head or anywhere else, outside comments and its test module.
fn used(text: &str) -> Vec<String> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = lines.flat_map(|line| line.split("crate::").skip(1));
    let room = |path: &str| -> String {
        path.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect()
    };
    paths.map(room).filter(|room| !room.is_empty()).collect()
}

#[test]
fn rooms_use_only_rooms_to_their_left() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let inside = file.strip_prefix(&source).unwrap();
        let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
        let room = first.trim_end_matches(".rs").to_string();
        let tests = inside.file_stem().is_some_and(|name| TESTS.contains(&name.to_string_lossy().as_ref()));
        if ["lib", "main"].contains(&room.as_str()) || inside.starts_with("bin") || tests {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        for other in used(&text).into_iter().filter(|other| *other != room && rank(other) > rank(&room)) {
            wrong.push(format!("{} uses {other}, which stands to the right of {room}", inside.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
