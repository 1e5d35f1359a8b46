//! Lines of JSON → notes, one at a time, none of them trusted.

use std::borrow::Cow;
use std::io::{self, BufRead, Read, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use super::End;
use super::row::Other;
use crate::error::survive;
use crate::read::{Format, is_binary};
use crate::render::json_line;
use crate::store::{Documents, Fetcher};

/// How many bytes of JSON a byte of a note may take: `\u0000` is the longest way to write one.
const ESCAPED: u64 = 6;
/// What a line has beside its text.
const FRAME: u64 = 64 << 10;

/// How notes are taken from rows.
pub struct Intake {
    /// The largest note that is read, in bytes.
    pub note_size: u64,
    /// Reads the notes of rows that tell where they lie; such rows are refused where there is none.
    pub fetcher: Option<Fetcher>,
    /// Makes text of documents. Rows with `text` hold that text already.
    pub documents: Documents,
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    note: Option<Cow<'a, str>>,
    #[serde(borrow)]
    uri: Option<Cow<'a, str>>,
    #[serde(borrow)]
    etag: Option<Cow<'a, str>>,
    size: Option<u64>,
    #[serde(borrow)]
    text: Option<Cow<'a, str>>,
    #[serde(borrow)]
    base64: Option<Cow<'a, str>>,
}

/// Gives each note of `input` to `work`, which writes its rows and tells how many there were; then writes the end.
///
/// A line that is no note, and a note that cannot be read or makes `work` panic, gives an error row.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn each_note(
    mut input: impl BufRead,
    intake: &Intake,
    mut end: End,
    out: &mut dyn Write,
    work: impl Fn(&str, &[u8], &mut dyn Write) -> io::Result<u64>,
) -> io::Result<End> {
    let limit = intake.note_size.saturating_mul(ESCAPED).saturating_add(FRAME);
    let mut line = Vec::new();
    let mut number = 0;
    while let Some(whole) = next_line(&mut input, limit, &mut line)? {
        number += 1;
        if whole && line.trim_ascii().is_empty() {
            continue;
        }
        let mut rows = Vec::new();
        let mut path = None;
        let done = if whole {
            note(&line, intake, &mut path).and_then(|bytes| {
                let work = || work(path.as_deref().unwrap_or_default(), &bytes, &mut rows);
                survive(work).ok_or_else(|| "quipu fails on it; please report this note".to_owned())
            })
        } else {
            Err(format!("the line has more than {limit} bytes"))
        };
        match done {
            Ok(count) => {
                end.notes += 1;
                end.rows += count?;
                out.write_all(&rows)?;
            }
            Err(why) => {
                end.errors += 1;
                json_line(&Other::Error { note: path.as_deref(), line: number, why: &why }, out)?;
            }
        }
    }
    json_line(&Other::End(&end), out)?;
    Ok(end)
}

/// The note's bytes, or why it is none; `path` is told as soon as it is known.
fn note(line: &[u8], intake: &Intake, path: &mut Option<String>) -> Result<Vec<u8>, String> {
    let note_size = intake.note_size;
    let row: Row<'_> = serde_json::from_slice(line).map_err(|error| format!("it is no note: {error}"))?;
    let name =
        row.note.as_deref().or_else(|| row.uri.as_deref().map(named)).ok_or("it is no note: `note` is missing")?;
    let name = &*path.insert(name.to_owned());
    if Format::of_path(name).is_none() {
        return Err("no reader knows files of this ending".to_owned());
    }
    let is_text = row.text.is_some();
    let bytes = match (row.text, row.base64, row.uri) {
        (Some(text), None, None) => text.into_owned().into_bytes(),
        (None, Some(packed), None) => {
            STANDARD.decode(packed.as_bytes()).map_err(|error| format!("its base64 is broken: {error}"))?
        }
        (None, None, Some(uri)) => {
            let fetcher = intake.fetcher.as_ref().ok_or("it tells where its text lies, which --fetch reads")?;
            fetcher.fetch(&uri, row.etag.as_deref(), row.size, note_size)?
        }
        _ => return Err("a note needs one of `text`, `base64` and `uri`".to_owned()),
    };
    if bytes.len() as u64 > note_size {
        return Err(format!("it has {} bytes, more than the limit of {note_size}", bytes.len()));
    }
    match is_text {
        false => intake.documents.text(name, bytes, note_size),
        true if is_binary(&bytes) => Err("it is no text".to_owned()),
        true => Ok(bytes),
    }
}

/// The name of the note at a URI, where the row gives none: what stands behind its bucket, or the path of a file.
fn named(uri: &str) -> &str {
    let path = uri.split_once("://").map_or(uri, |(_, rest)| rest.split_once('/').map_or("", |(_, key)| key));
    path.trim_start_matches('/')
}

/// Reads the next line into `line`; false where it is longer than `limit`, whose rest is passed over. None at the end.
fn next_line(input: &mut impl BufRead, limit: u64, line: &mut Vec<u8>) -> io::Result<Option<bool>> {
    line.clear();
    if input.by_ref().take(limit).read_until(b'\n', line)? == 0 {
        return Ok(None);
    }
    if line.ends_with(b"\n") || (line.len() as u64) < limit {
        return Ok(Some(true));
    }
    while !line.ends_with(b"\n") {
        line.clear();
        if input.by_ref().take(limit).read_until(b'\n', line)? == 0 {
            break;
        }
    }
    Ok(Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::session::stage::Stamp;

    fn run(input: &str, note_size: u64) -> Vec<serde_json::Value> {
        let end = End::new(Stamp::new(&Overrides::default()), None);
        let mut out = Vec::new();
        let intake = Intake { note_size, fetcher: None, documents: Documents::default() };
        each_note(input.as_bytes(), &intake, end, &mut out, |path, bytes, out| {
            assert_ne!(bytes, b"panic", "this note is odd");
            writeln!(out, "{:?}", format!("{path}: {}", String::from_utf8_lossy(bytes)))?;
            Ok(1)
        })
        .unwrap();
        String::from_utf8(out).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn odd_lines_give_an_error_row_and_the_stream_goes_on() {
        let input = "{\"note\":\"a.md\",\"text\":\"one\"}\n\nnonsense\n{\"note\":\"b.md\"}\n{\"note\":\"c.png\",\"text\":\"\"}\n\
                     {\"note\":\"d.txt\",\"base64\":\"dHdv\"}\n{\"note\":\"e.txt\",\"text\":\"too long\"}\n\
                     {\"note\":\"f.txt\",\"text\":\"panic\"}\n{\"note\":\"g.txt\",\"base64\":\"AAEC\"}";
        let rows = run(input, 5);
        let told: Vec<String> = rows
            .iter()
            .map(|row| match row.as_str() {
                Some(text) => text.to_owned(),
                None => format!("{} {} {}", row["kind"], row["line"], row["why"]),
            })
            .collect();
        assert_eq!(told[0], "a.md: one");
        assert!(told[1].starts_with("\"error\" 3 \"it is no note: "), "{}", told[1]);
        assert_eq!(
            told[2..8],
            [
                "\"error\" 4 \"a note needs one of `text`, `base64` and `uri`\"",
                "\"error\" 5 \"no reader knows files of this ending\"",
                "d.txt: two",
                "\"error\" 7 \"it has 8 bytes, more than the limit of 5\"",
                "\"error\" 8 \"quipu fails on it; please report this note\"",
                "\"error\" 9 \"it is no text\"",
            ]
        );
        let end = &rows[8];
        assert_eq!(
            (&end["kind"], &end["notes"], &end["errors"], &end["rows"]),
            (&"end".into(), &2.into(), &6.into(), &2.into())
        );
    }

    #[test]
    fn notes_are_named_by_what_stands_behind_the_bucket() {
        assert_eq!(named("s3://bucket/a/b.md"), "a/b.md");
        assert_eq!(named("file:///home/me/a.md"), "home/me/a.md");
        assert_eq!(named("/home/me/a.md"), "home/me/a.md");
        let row = "{\"uri\":\"s3://bucket/a/b.md\"}";
        assert_eq!(run(row, 9)[0]["why"], "it tells where its text lies, which --fetch reads");
        assert_eq!(run(row, 9)[0]["note"], "a/b.md");
    }

    #[test]
    fn a_line_without_end_is_passed_over() {
        let long = format!(
            "{{\"note\":\"a.md\",\"text\":\"{}\"}}\n{{\"note\":\"b.md\",\"text\":\"b\"}}\n",
            "x".repeat(200_000)
        );
        let rows = run(&long, 10);
        assert_eq!(rows[0]["kind"], "error");
        assert_eq!(rows[1], "b.md: b");
        assert_eq!(rows.len(), 3);
    }
}
