//! A note as it was when it was indexed: its lines, and where in them concepts are named.

use serde::Serialize;

use super::PartNote;
use super::part::note_row;
use crate::graph::NodeId;
use crate::session::{Session, SessionError};
use crate::text::{fold_spaces, secret};

/// Characters shown of one line.
const LINE: usize = 4_000;

/// Which lines of a note are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The line that matters, from 1; the note's beginning without one.
    pub line: Option<usize>,
    /// How many lines at most.
    pub lines: usize,
}

/// Lines of a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NotePage {
    /// The note.
    #[serde(flatten)]
    pub note: PartNote,
    /// Where it is on disk, were it still there.
    pub file: Option<String>,
    /// How many lines it has.
    pub total_lines: usize,
    /// The number of the first line given, from 1.
    pub first_line: usize,
    /// The lines, without their ends. What looks like a secret is hidden.
    pub lines: Vec<String>,
    /// Where concepts are named in them, in order.
    pub marks: Vec<Mark>,
    /// Whether lines, or ends of lines, are left out.
    pub cut: bool,
}

/// A concept named in a line.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Mark {
    /// The line, from 1 in the note.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// How many characters.
    pub length: usize,
    /// The concept.
    pub concept: String,
    /// Its kind.
    pub kind: String,
}

impl Session {
    /// Lines of a note, by its name in the index; nothing where there is no such note. With a line wanted, that
    /// line stands a third down.
    ///
    /// # Errors
    ///
    /// When the index is damaged.
    pub fn note_page(&self, path: &str, window: Window) -> Result<Option<NotePage>, SessionError> {
        let Some(note) = self.graph().note(path) else { return Ok(None) };
        let Some(text) = self.index.text(path)? else { return Ok(None) };
        let text = secret::mask(&text);
        let all: Vec<&str> = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
        let most = window.lines.max(1);
        let last_start = all.len().saturating_sub(most);
        let start = window.line.map_or(0, |line| line.saturating_sub(1 + most / 3).min(last_start));
        let shown = &all[start.min(all.len())..all.len().min(start.saturating_add(most))];
        let long = shown.iter().any(|line| line.chars().nth(LINE).is_some());
        let lines: Vec<String> = shown.iter().map(|line| line.chars().take(LINE).collect()).collect();
        Ok(Some(NotePage {
            note: note_row(self.graph(), note),
            file: self.index.locate(path).map(|file| file.display().to_string()),
            total_lines: all.len(),
            first_line: start + 1,
            marks: self.marks(note, start, &lines),
            cut: long || shown.len() < all.len(),
            lines,
        }))
    }

    /// Mentions in the lines from `start`, where the words still stand there.
    pub(in crate::session) fn marks(&self, note: NodeId, start: usize, lines: &[String]) -> Vec<Mark> {
        let graph = self.graph();
        let mut marks = Vec::new();
        for (_, concept) in graph.outgoing(note, graph.type_id("MENTIONS")) {
            for mention in graph.mentions_in(concept, note) {
                let line = mention.line as usize;
                let Some(text) = line.checked_sub(start + 1).and_then(|index| lines.get(index)) else { continue };
                let column = mention.column as usize;
                let Some(length) = length(text, column, mention.text) else { continue };
                let kind = graph.kind(concept).map_or("", |kind| graph.label_name(kind)).to_string();
                marks.push(Mark { line, column, length, concept: graph.name(concept).to_string(), kind });
            }
        }
        marks.sort_unstable();
        marks.dedup();
        marks
    }
}

/// How many characters of `line` from `column` on are the words of a mention, or its first words, where it goes on
/// in the next line; nothing where other words stand there.
fn length(line: &str, column: usize, words: &str) -> Option<usize> {
    let rest: Vec<char> = line.chars().skip(column.checked_sub(1)?).collect();
    let words = fold_spaces(words);
    let (mut at, mut letters) = (0, words.chars().peekable());
    while let Some(letter) = letters.peek().copied() {
        match rest.get(at) {
            Some(found) if *found == letter || (letter == ' ' && found.is_whitespace()) => {
                at += 1;
                letters.next();
            }
            Some(found) if found.is_whitespace() && at > 0 => at += 1,
            None if at > 0 => break,
            _ => return None,
        }
    }
    (at > 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_marked_where_they_stand() {
        assert_eq!(length("use data  lake now", 5, "data lake"), Some(10));
        assert_eq!(length("use data", 5, "data lake"), Some(4));
        assert_eq!(length("use more", 5, "data lake"), None);
        assert_eq!(length("é data", 3, "data"), Some(4));
        assert_eq!(length("data", 9, "data"), None);
        assert_eq!(length("data", 0, "data"), None);
    }
}
