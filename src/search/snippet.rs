//! Where in a note the words of a search stand closest, and the text around that place.
//!
//! In: the note's text and the rows of words that were asked for. Out: a line, about 200
//! characters, and which of them match. The text is cut into words again, so that what is marked
//! is exactly what was found; what holds none of the words is passed over.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::analyzer::Words;
use super::request::{Compare, Row};
use crate::text::{LineNumber, Span};

/// The length of a snippet, in bytes, about.
const LENGTH: usize = 200;
/// How far before its first match a snippet may begin, in bytes.
const BEFORE: usize = 80;
/// Matches looked at in one note.
const MAX_MATCHES: usize = 20_000;
/// Words of a long phrase that are looked for in the text.
const MAX_ROW: usize = 32;
/// Near words that are looked for in the text.
const MAX_NEAR: usize = 16;

/// A place in a note and the words around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: LineNumber,
    pub(super) snippet: String,
    pub(super) highlights: Vec<Span>,
}

/// Finds the words of one search in any number of notes.
pub(super) struct Finder<'a> {
    wanted: Wanted<'a>,
    /// The words that are looked for as they are, in any case; none where others fit too.
    literal: Option<AhoCorasick>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(rows: &'a [&'a Row]) -> Self {
        let wanted = Wanted::new(rows);
        let words = || wanted.exact.keys().chain(wanted.prefixes.iter().map(|(start, _)| start));
        let apart = rows.iter().all(|row| matches!(row.compare, Compare::Exact { slop: 0 } | Compare::Prefix));
        let literal = (apart && words().all(|word| word.is_ascii()))
            .then(|| AhoCorasick::builder().ascii_case_insensitive(true).build(words()).ok())
            .flatten();
        Self { wanted, literal }
    }

    /// The best place of `text`; its beginning where none of the words stands in it.
    pub(super) fn best_place(&self, text: &str) -> Place {
        best_place(text, &self.matches(text))
    }

    /// All matches, by their start.
    fn matches(&self, text: &str) -> Vec<Match> {
        let mut matches = Vec::new();
        match &self.literal {
            Some(literal) => {
                for part in parts(text, literal) {
                    find(text, part, &self.wanted, &mut matches);
                }
            }
            None => find(text, Span::new(0, text.len()), &self.wanted, &mut matches),
        }
        matches.sort_by_key(|found| (found.span.start, found.row));
        matches
    }
}

/// Where one of the words may stand: runs of letters that hold it, and lines with letters beyond ASCII, which may be folded to it.
/// Those between which no letter stands are one part.
fn parts(text: &str, literal: &AhoCorasick) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut add = |start: usize, end: usize| match parts.last_mut() {
        Some(last) if start <= last.end => last.end = last.end.max(end),
        Some(last) if !text[last.end..start].contains(char::is_alphanumeric) => last.end = end,
        _ => parts.push(Span::new(start, end)),
    };
    let whole = text.is_ascii();
    let mut start = 0;
    while start < text.len() {
        let end = if whole { text.len() } else { text[start..].find('\n').map_or(text.len(), |end| start + end + 1) };
        let line = &text[start..end];
        if whole || line.is_ascii() {
            for found in literal.find_iter(line) {
                let before = line[..found.start()].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
                // The signs of `C++` and `C#` are of the word or not by what follows them.
                let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'#');
                let behind = line[found.end()..].bytes().take_while(is_of_word).count();
                add(start + found.start() - before, start + found.end() + behind);
            }
        } else {
            add(start, end);
        }
        start = end;
    }
    parts
}

fn best_place(text: &str, matches: &[Match]) -> Place {
    let best = densest(matches);
    let at = matches.get(best).map_or_else(|| text.len() - text.trim_start().len(), |found| found.span.start);
    let window = window(text, at);
    let inside = matches.iter().map(|found| found.span).filter(|span| window.contains(*span));
    let (snippet, highlights) = folded(text, window, &joined(inside));
    let line = LineNumber::from_index(text[..at].bytes().filter(|byte| *byte == b'\n').count());
    Place { line, snippet, highlights }
}

/// A row of words found in the text.
#[derive(Clone, Copy, Debug)]
struct Match {
    span: Span,
    row: usize,
}

/// Adds the matches that stand in a part of the text.
fn find(text: &str, part: Span, wanted: &Wanted<'_>, matches: &mut Vec<Match>) {
    let mut runs: Vec<Run> = Vec::new();
    let mut words = Words::new(part.of(text));
    while let Some((span, position, word)) = words.next_word() {
        if matches.len() >= MAX_MATCHES {
            break;
        }
        let span = Span::new(part.start + span.start, part.start + span.end);
        let fitting = wanted.fitting(word);
        let mut next = Vec::new();
        for run in &runs {
            let farthest = run.position + run.next + wanted.slop(run.row);
            if position <= farthest && fitting.contains(&(run.row, run.next)) {
                let run = Run { next: run.next + 1, end: span.end, ..*run };
                if wanted.complete(run.row, run.next) {
                    matches.push(Match { span: Span::new(run.start, run.end), row: run.row });
                } else {
                    next.push(run);
                }
            } else if position < farthest {
                next.push(*run);
            }
        }
        for (row, _) in fitting.iter().filter(|(_, index)| *index == 0) {
            if wanted.complete(*row, 1) {
                matches.push(Match { span, row: *row });
            } else {
                next.push(Run { row: *row, next: 1, start: span.start, end: span.end, position });
            }
        }
        runs = next;
    }
}

/// A row of words that has begun.
#[derive(Clone, Copy)]
struct Run {
    row: usize,
    /// Which word comes next.
    next: usize,
    start: usize,
    end: usize,
    /// The number of the first word.
    position: usize,
}

/// The words asked for, by how they are compared.
struct Wanted<'a> {
    rows: &'a [&'a Row],
    exact: FxHashMap<&'a str, Vec<(usize, usize)>>,
    prefixes: Vec<(&'a str, (usize, usize))>,
    near: Vec<(&'a str, usize, (usize, usize))>,
}

impl<'a> Wanted<'a> {
    fn new(rows: &'a [&'a Row]) -> Self {
        let mut wanted = Self { rows, exact: FxHashMap::default(), prefixes: Vec::new(), near: Vec::new() };
        for (row, asked) in rows.iter().enumerate() {
            for (index, word) in asked.words.iter().enumerate().take(MAX_ROW) {
                let is_last = index + 1 == asked.words.len();
                match asked.compare {
                    Compare::Prefix if is_last => wanted.prefixes.push((word, (row, index))),
                    Compare::Fuzzy { distance } if wanted.near.len() < MAX_NEAR => {
                        wanted.near.push((word, distance.into(), (row, 0)));
                    }
                    _ => wanted.exact.entry(word).or_default().push((row, index)),
                }
            }
        }
        wanted
    }

    /// The words of rows that `word` stands for, as row and number in the row.
    fn fitting(&self, word: &str) -> Vec<(usize, usize)> {
        let mut fitting = self.exact.get(word).cloned().unwrap_or_default();
        fitting.extend(self.prefixes.iter().filter(|(start, _)| word.starts_with(start)).map(|(_, place)| *place));
        let close = |asked: &str, distance: usize| {
            asked.len().abs_diff(word.len()) <= 4 * distance && strsim::osa_distance(asked, word) <= distance
        };
        fitting.extend(
            self.near.iter().filter(|(asked, distance, _)| close(asked, *distance)).map(|(_, _, place)| *place),
        );
        fitting
    }

    /// Whether a row is whole after so many words; the words of a near row count one by one.
    fn complete(&self, row: usize, words: usize) -> bool {
        matches!(self.rows[row].compare, Compare::Fuzzy { .. }) || words == self.rows[row].words.len().min(MAX_ROW)
    }

    fn slop(&self, row: usize) -> usize {
        match self.rows[row].compare {
            Compare::Exact { slop } => slop.into(),
            Compare::Prefix | Compare::Fuzzy { .. } => 0,
        }
    }
}

/// The match that opens the window with the most different rows, then the most matches, then the first.
fn densest(matches: &[Match]) -> usize {
    let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
    let (mut best, mut best_rank, mut end) = (0, (0, 0), 0);
    for (start, first) in matches.iter().enumerate() {
        while let Some(last) = matches.get(end).filter(|last| last.span.end <= first.span.start + LENGTH - BEFORE / 2) {
            *counts.entry(last.row).or_default() += 1;
            end += 1;
        }
        let rank = (counts.len(), (end.saturating_sub(start)).min(8));
        if rank > best_rank {
            (best, best_rank) = (start, rank);
        }
        if end > start {
            if let Some(count) = counts.get_mut(&first.row) {
                *count -= 1;
                if *count == 0 {
                    counts.remove(&first.row);
                }
            }
        } else {
            end = start + 1;
        }
    }
    best
}

/// The bytes shown around `at`: from the start of its line, where that is near, to the end of a word.
fn window(text: &str, at: usize) -> Span {
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let mut start = line;
    if at - line > BEFORE {
        start = floor(text, at - BEFORE);
        start += text[start..at].find(char::is_whitespace).unwrap_or(0);
    }
    let mut end = floor(text, (start + LENGTH).min(text.len()));
    if end < text.len() {
        let cut = text[start..end].rfind(char::is_whitespace).map_or(end, |space| start + space);
        end = if cut > at { cut } else { end };
    }
    Span::new(start, end)
}

/// The last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Spans in order, with those that overlap made one.
fn joined(spans: impl Iterator<Item = Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// The window with white space folded, and where the marked spans are in it.
fn folded(text: &str, window: Span, marked: &[Span]) -> (String, Vec<Span>) {
    let mut snippet = String::with_capacity(window.len());
    let mut places = Vec::with_capacity(marked.len());
    let mut marked = marked.iter().peekable();
    let mut open = None;
    for (at, letter) in window.of(text).char_indices().map(|(at, letter)| (window.start + at, letter)) {
        if let (Some(start), Some(span)) = (open, marked.peek())
            && at >= span.end
        {
            places.push(Span::new(start, snippet.len()));
            marked.next();
            open = None;
        }
        if letter.is_whitespace() {
            if !snippet.is_empty() && !snippet.ends_with(' ') {
                snippet.push(' ');
            }
            continue;
        }
        if marked.peek().is_some_and(|span| span.start == at) {
            open = Some(snippet.len());
        }
        snippet.push(letter);
    }
    if let Some(start) = open {
        places.push(Span::new(start, snippet.len()));
    }
    snippet.truncate(snippet.trim_end().len());
    (snippet, places)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::request::{Clause, parse};
    use super::*;

    fn rows(search: &str) -> Vec<Row> {
        let clauses = match parse(search, &crate::limits::Limits::default()).unwrap().clause {
            Clause::All(clauses) | Clause::Any(clauses) => clauses,
            clause => vec![clause],
        };
        clauses.into_iter().filter_map(|clause| if let Clause::Row(row) = clause { Some(row) } else { None }).collect()
    }

    /// `line: snippet` with the marked words in brackets.
    fn shown(text: &str, search: &str) -> String {
        let rows = rows(search);
        let place = Finder::new(&rows.iter().collect::<Vec<_>>()).best_place(text);
        let mut snippet = place.snippet;
        for span in place.highlights.iter().rev() {
            snippet.insert(span.end, ']');
            snippet.insert(span.start, '[');
        }
        format!("{}: {snippet}", place.line)
    }

    #[test]
    fn the_line_is_where_the_words_stand_closest() {
        let filler = "nothing to see here\n".repeat(30);
        let text = format!("# Kafka\n\n{filler}Kafka   writes\nto HDFS. Kafka!\n{filler}HDFS\n");
        let expected = "33: [Kafka] writes to [HDFS]. [Kafka]! nothing to see here nothing";
        assert!(shown(&text, "kafka hdfs").starts_with(expected), "{}", shown(&text, "kafka hdfs"));
    }

    #[test]
    fn rows_of_words_are_marked_whole() {
        assert_eq!(shown("js is not Node.JS\n", "node.js"), "1: js is not [Node.JS]");
        assert_eq!(shown("data, lakes and data lake", "\"data lake\""), "1: data, lakes and [data lake]");
        assert_eq!(shown("data in the lake", "\"data lake\"~2"), "1: [data in the lake]");
        assert_eq!(shown("aa aa ab", "\"aa ab\""), "1: aa [aa ab]");
        assert_eq!(shown("数据库和数据", "数据"), "1: [数据]库和[数据]");
    }

    #[test]
    fn prefixes_and_near_words_are_marked() {
        assert_eq!(shown("Kafka, kaf, ka", "kaf*"), "1: [Kafka], [kaf], ka");
        assert_eq!(shown("big data warehouses", "\"data ware\"*"), "1: big [data warehouses]");
        assert_eq!(shown("Kafka kernel", "kafak~"), "1: [Kafka] kernel");
    }

    #[test]
    fn a_note_that_fits_by_its_title_shows_its_beginning() {
        assert_eq!(shown("\n\n  one\ntwo", "absent"), "3: one two");
        assert_eq!(shown("", "absent"), "1: ");
    }

    #[test]
    fn a_long_line_is_cut_at_words() {
        let text = format!("{} kafka {}", "word ".repeat(100), "more ".repeat(100));
        let place = shown(&text, "kafka");
        assert!(place.len() < LENGTH + 20 && place.contains("[kafka]") && place.ends_with("more"), "{place}");
    }

    proptest! {
        #[test]
        fn snippets_are_short_and_marks_lie_in_them(text in "([ab] |é|据|\n|\t|kafka| |c|#|\\+){0,200}", search in "(a|b|\"a b\"|kaf\\*|é|据据|c#|c\\+\\+|c)( (a|b|kafka|c))?") {
            let rows = rows(&search);
            let rows: Vec<&Row> = rows.iter().collect();
            let finder = Finder::new(&rows);
            let place = finder.best_place(&text);
            // Lines that are passed over hold nothing.
            prop_assert_eq!(&place, &Finder { literal: None, ..Finder::new(&rows) }.best_place(&text));
            prop_assert!(place.snippet.len() <= 500);
            let mut end = 0;
            for span in &place.highlights {
                prop_assert!(span.start >= end && span.start < span.end && place.snippet.get(span.start..span.end).is_some());
                end = span.end;
            }
        }
    }
}
