//! The files of facts, line by line.
//!
//! In a folder, files count whose names end in `.jsonl`, `.ndjson` or `.json`, with or without `.gz`, or begin
//! with `part-`, as engines call what they write, in folders of any depth; names that begin with `.` or `_` are left
//! out, as engines mark what is no data.
//! What is compressed is seen by its first bytes, whatever it is called.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use crate::store::StoreError;

/// The longest row: longer than the largest note.
const ROW_LIMIT: u64 = 32 << 20;

/// How much is read at a time.
const BUFFER: usize = 1 << 18;

/// Files of facts, in path order.
pub(super) struct FactFiles {
    from: PathBuf,
    files: Vec<PathBuf>,
    passed_over: Vec<String>,
}

/// A line as it was read.
enum Line {
    Row,
    End,
    TooLong,
}

impl FactFiles {
    /// The files of a folder, a single file, or `-` for standard input.
    pub(super) fn find(from: &Path) -> Result<Self, StoreError> {
        let mut found = Self { from: from.to_owned(), files: Vec::new(), passed_over: Vec::new() };
        if found.is_input() || from.is_file() {
            found.files.push(from.to_owned());
            return Ok(found);
        }
        found.from = from.canonicalize().map_err(|error| unread(from, error))?;
        found.walk(from)?;
        found.files.sort();
        found.passed_over.sort();
        if found.files.is_empty() {
            return Err(StoreError::NoFacts { path: from.to_owned() });
        }
        Ok(found)
    }

    fn walk(&mut self, folder: &Path) -> Result<(), StoreError> {
        for entry in std::fs::read_dir(folder).map_err(|error| unread(folder, error))? {
            let path = entry.map_err(|error| unread(folder, error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with(['.', '_']) {
                continue;
            }
            // Links to folders are not followed, so that there is no circle.
            if path.is_dir() && !path.is_symlink() {
                self.walk(&path)?;
            } else if path.is_file() && holds_rows(&name) {
                self.files.push(path);
            } else {
                self.passed_over.push(path.display().to_string());
            }
        }
        Ok(())
    }

    pub(super) const fn len(&self) -> usize {
        self.files.len()
    }

    /// Files of the folder that are no facts by their names.
    pub(super) fn passed_over(&self) -> Vec<String> {
        self.passed_over.clone()
    }

    /// Where the facts lie, to be told later.
    pub(super) fn origin(&self) -> String {
        if self.is_input() {
            return "-".to_owned();
        }
        std::path::absolute(&self.from).unwrap_or_else(|_| self.from.clone()).display().to_string()
    }

    fn is_input(&self) -> bool {
        self.from.as_os_str() == "-"
    }

    /// Gives every line of every file, with its number from 1, and after the last of each file none.
    pub(super) fn each_line(
        &self,
        mut take: impl FnMut(&Path, u64, Option<&str>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        for path in &self.files {
            let mut reader = self.open(path)?;
            let (mut bytes, mut number) = (Vec::new(), 0);
            loop {
                number += 1;
                let wrong =
                    |message: &str| StoreError::Fact { path: path.clone(), line: number, message: message.to_owned() };
                match read_line(&mut reader, &mut bytes).map_err(|error| unread(path, error))? {
                    Line::Row => {}
                    Line::End => break,
                    Line::TooLong => return Err(wrong("longer than 32 MiB")),
                }
                let row = std::str::from_utf8(&bytes).map_err(|_| wrong("not UTF-8"))?;
                take(path, number, Some(row.strip_prefix('\u{feff}').filter(|_| number == 1).unwrap_or(row)))?;
            }
            take(path, number, None)?;
        }
        Ok(())
    }

    /// A file, unpacked where it is compressed.
    fn open(&self, path: &Path) -> Result<Box<dyn BufRead>, StoreError> {
        let plain: Box<dyn Read> = if self.is_input() {
            Box::new(io::stdin())
        } else {
            Box::new(File::open(path).map_err(|error| unread(path, error))?)
        };
        let mut plain = BufReader::with_capacity(BUFFER, plain);
        let start = plain.fill_buf().map_err(|error| unread(path, error))?;
        if start.starts_with(&[0x1f, 0x8b]) {
            return Ok(Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(plain))));
        }
        Ok(Box::new(plain))
    }
}

/// Reads up to the next line feed, which is kept, or the end.
fn read_line(reader: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<Line> {
    bytes.clear();
    let read = reader.take(ROW_LIMIT).read_until(b'\n', bytes)? as u64;
    Ok(match read {
        0 => Line::End,
        ROW_LIMIT if bytes.last() != Some(&b'\n') => Line::TooLong,
        _ => Line::Row,
    })
}

/// Whether a file of that name holds facts.
fn holds_rows(name: &str) -> bool {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    name.starts_with("part-") || [".jsonl", ".ndjson", ".json"].iter().any(|ending| plain.ends_with(ending))
}

fn unread(path: &Path, source: io::Error) -> StoreError {
    StoreError::Io { action: "read", path: path.to_owned(), source }
}
