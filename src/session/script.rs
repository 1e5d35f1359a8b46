//! Text as typed, piped or read from a file → single entries: statements, questions, commands.
//!
//! A statement of Cypher ends at a `;` outside quotes and comments; a question and a `:command` end
//! with their line. Linear in the text.

use crate::text::Span;

/// One thing to answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// Its words, without the closing `;` and white space around.
    pub text: String,
    /// The line it begins on, from 1.
    pub line: usize,
}

/// The kinds of entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// openCypher. Whether its `;` was there.
    Statement {
        /// Whether a `;` ends it; else the text ended first.
        ended: bool,
    },
    /// Plain English.
    Question,
    /// A command of the prompt, with its colon or as a word that needs none.
    Command,
}

/// The words that statements begin with.
pub const OPENINGS: &[&str] = &[
    "CALL", "CREATE", "DELETE", "DETACH", "EXPLAIN", "FOREACH", "LOAD", "MATCH", "MERGE", "OPTIONAL", "PROFILE",
    "REMOVE", "RETURN", "SET", "UNWIND", "WITH",
];

/// All entries of `text`, in order. Empty lines and comments between them are left out.
#[must_use]
pub fn entries(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = 0;
    let (mut line, mut counted) = (1, 0);
    while let Some(start) = next_start(text, at) {
        line += text[counted..start].matches('\n').count();
        counted = start;
        let (kind, span, next) = entry_at(text, start);
        let words = span.of(text).trim();
        if !words.is_empty() {
            found.push(Entry { kind, text: words.to_string(), line });
        }
        at = next;
    }
    found
}

/// Whether `text`, as typed so far, waits for more: an open statement, and no empty line at its end.
#[must_use]
pub fn is_open(text: &str) -> bool {
    let open = entries(text).last().is_some_and(|last| last.kind == EntryKind::Statement { ended: false });
    open && !text.ends_with('\n')
}

/// Commands that need no colon where they are all of a line: what people type who want to know how to go on, or to leave.
const BARE: &[&str] = &["exit", "help", "quit"];

/// Where the next entry begins, past white space, stray `;` and comments.
fn next_start(text: &str, mut at: usize) -> Option<usize> {
    loop {
        let rest = &text[at..];
        let trimmed =
            rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == ';' || letter == '\u{feff}');
        at += rest.len() - trimmed.len();
        if trimmed.is_empty() {
            return None;
        }
        match comment(trimmed) {
            Some(length) => at += length,
            None => return Some(at),
        }
    }
}

/// The kind and words of the entry at `start`, and where what follows begins.
fn entry_at(text: &str, start: usize) -> (EntryKind, Span, usize) {
    let rest = &text[start..];
    if !is_statement(rest) {
        let end = start + rest.find('\n').unwrap_or(rest.len());
        let word = text[start..end].trim_end_matches(|letter: char| letter.is_whitespace() || letter == ';');
        if BARE.iter().any(|bare| bare.eq_ignore_ascii_case(word)) {
            return (EntryKind::Command, Span::new(start, start + word.len()), end);
        }
        let kind = if rest.starts_with(':') { EntryKind::Command } else { EntryKind::Question };
        return (kind, Span::new(start, end), end);
    }
    match statement_end(rest) {
        Some(end) => (EntryKind::Statement { ended: true }, Span::new(start, start + end), start + end + 1),
        None => (EntryKind::Statement { ended: false }, Span::new(start, text.len()), text.len()),
    }
}

/// Whether `text` begins as a statement does; questions never begin with one of those words.
#[must_use]
pub fn is_statement(text: &str) -> bool {
    let text = text.trim_start();
    let word = text.split(|letter: char| !letter.is_ascii_alphabetic()).next().unwrap_or("");
    OPENINGS.iter().any(|opening| opening.eq_ignore_ascii_case(word))
}

/// The first `;` outside quotes and comments.
fn statement_end(text: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        at += match letter {
            ';' => return Some(at),
            '\'' | '"' | '`' => quoted(&text[at..], letter),
            '/' => comment(&text[at..]).unwrap_or(1),
            letter => letter.len_utf8(),
        };
    }
    None
}

/// The length of the quoted text that `text` begins with; all of it when the quote is never closed.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            letter if letter == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the comment that `text` begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    text.starts_with("/*").then(|| text[2..].find("*/").map_or(text.len(), |end| end + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, answer: &[(&str, &str)]) {
        let shown: Vec<(&str, String)> = entries(text)
            .into_iter()
            .map(|entry| {
                let kind = match entry.kind {
                    EntryKind::Statement { ended: true } => "statement",
                    EntryKind::Statement { ended: false } => "open",
                    EntryKind::Question => "question",
                    EntryKind::Command => "command",
                };
                (kind, entry.text)
            })
            .collect();
        let shown: Vec<(&str, &str)> = shown.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
        assert_eq!(shown, answer, "{text:?}");
    }

    #[test]
    fn statements_end_at_semicolons_and_questions_with_their_line() {
        check(
            "what is Kafka\nMATCH (n)\nRETURN n; return 1;\n:limit 5\n\nlist formats",
            &[
                ("question", "what is Kafka"),
                ("statement", "MATCH (n)\nRETURN n"),
                ("statement", "return 1"),
                ("command", ":limit 5"),
                ("question", "list formats"),
            ],
        );
        check(
            "help\nEXIT ;\nquit smoking\nexit",
            &[("command", "help"), ("command", "EXIT"), ("question", "quit smoking"), ("command", "exit")],
        );
        check("MATCH (n) RETURN n", &[("open", "MATCH (n) RETURN n")]);
        check(" ;; \n // only a comment\n/* and */", &[]);
    }

    #[test]
    fn semicolons_in_quotes_and_comments_end_nothing() {
        check(r"RETURN 'a;\';b' AS x; RETURN 2;", &[("statement", r"RETURN 'a;\';b' AS x"), ("statement", "RETURN 2")]);
        check("RETURN 1 // a;\n + `b;`;", &[("statement", "RETURN 1 // a;\n + `b;`")]);
        check("RETURN /* ; */ \"x", &[("open", "RETURN /* ; */ \"x")]);
    }

    #[test]
    fn typing_goes_on_until_a_semicolon_or_an_empty_line() {
        assert!(is_open("MATCH (n)"));
        assert!(!is_open("MATCH (n) RETURN n;"));
        assert!(!is_open("MATCH (n) RETURN n\n"));
        assert!(!is_open("what is Kafka"));
        assert!(!is_open(":help") && !is_open(""));
    }
}
