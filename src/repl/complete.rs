//! What a half-typed word may become: keywords, labels, types, properties, commands, question words,
//! and concept names with their aliases.

use super::command::COMMANDS;
use crate::graph::KnowledgeGraph;
use crate::query::question::FORMS;
use crate::session::script::is_statement;
use crate::text::fold;

/// Something to put in place of what was typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Candidate {
    /// What is put there.
    pub(crate) replacement: String,
    /// What the list shows.
    pub(crate) display: String,
}

/// How many names are offered at once.
const NAMES: usize = 50;

/// The most words a name is looked for in.
const WORDS: usize = 5;

/// The keywords of Cypher that the prompt completes.
pub(crate) const KEYWORDS: &[&str] = &[
    "ALL", "AND", "ANY", "AS", "ASC", "BY", "CALL", "CASE", "CONTAINS", "COUNT", "DESC", "DISTINCT", "ELSE", "END",
    "ENDS", "EXISTS", "EXPLAIN", "FALSE", "IN", "IS", "LIMIT", "MATCH", "NONE", "NOT", "NULL", "OPTIONAL", "OR",
    "ORDER", "PROFILE", "RETURN", "SINGLE", "SKIP", "STARTS", "THEN", "TRUE", "UNION", "UNWIND", "WHEN", "WHERE",
    "WITH", "XOR", "YIELD", "CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "ON",
];

/// Functions and procedures worth completing.
const CALLS: &[&str] = &[
    "allShortestPaths(",
    "collect(",
    "count(",
    "endNode(",
    "evidence(",
    "keys(",
    "labels(",
    "length(",
    "nodes(",
    "paths(",
    "properties(",
    "relationships(",
    "search(",
    "shortestPath(",
    "size(",
    "startNode(",
    "toLower(",
    "type(",
];

/// Words inside questions.
const SMALL: &[&str] = &[
    "about",
    "and",
    "between",
    "compare",
    "connects",
    "does",
    "feeds",
    "from",
    "is",
    "kinds",
    "list",
    "manages",
    "mention",
    "notes",
    "of",
    "part",
    "queries",
    "related",
    "replaces",
    "runs on",
    "stores in",
    "supports",
    "there",
    "to",
    "triggers",
    "uses",
    "what",
    "which",
    "who",
    "written in",
];

/// The place where the half-typed word starts, and what it may become.
pub(crate) fn candidates(graph: &KnowledgeGraph, line: &str, position: usize) -> (usize, Vec<Candidate>) {
    let before = line.get(..position).unwrap_or(line);
    let start = before.len() - before.trim_start().len();
    if before[start..].starts_with(':') {
        return command(&before[start..], start);
    }
    if let Some(name) = quoted_name(before) {
        return (name.0, names(graph, name.1, |found| found.to_string()));
    }
    let word = word_start(before);
    if is_statement(before) && !before[..word].trim().is_empty() {
        return (word, in_statement(graph, &before[..word], &before[word..]));
    }
    in_question(graph, before, word)
}

fn command(typed: &str, start: usize) -> (usize, Vec<Candidate>) {
    let name = &typed[1..];
    if let Some(rest) = name.strip_prefix("mode ") {
        let modes = ["table", "json", "jsonl", "csv", "tsv", "md", "dot"];
        return (start + ":mode ".len(), beginning(modes, rest));
    }
    if let Some(rest) = name.strip_prefix("export ") {
        let formats = ["dot", "svg", "png", "mermaid", "graphml", "json", "jsonl", "csv", "neo4j", "cypher"];
        return (start + ":export ".len(), beginning(formats, rest));
    }
    let known = COMMANDS.iter().filter(|(known, _, _)| known.starts_with(name));
    let candidate = |(known, arguments, _): &(&str, &str, &str)| Candidate {
        replacement: format!(":{known}{}", if arguments.is_empty() { "" } else { " " }),
        display: format!(":{known} {arguments}"),
    };
    (start, known.map(candidate).collect())
}

/// The name begun by an open quote: where it starts and its words so far.
fn quoted_name(before: &str) -> Option<(usize, &str)> {
    let mut open = None;
    let mut letters = before.char_indices();
    while let Some((at, letter)) = letters.next() {
        match (open, letter) {
            (Some(_), '\\') => drop(letters.next()),
            (Some((_, quote)), letter) if letter == quote => open = None,
            (None, '\'' | '"') => open = Some((at + 1, letter)),
            _ => {}
        }
    }
    open.map(|(start, _)| (start, &before[start..]))
}

fn word_start(before: &str) -> usize {
    before
        .rfind(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))
}

/// `ahead` is the statement up to the word.
fn in_statement(graph: &KnowledgeGraph, ahead: &str, word: &str) -> Vec<Candidate> {
    let in_relationship = ahead.rfind('[') > ahead.rfind(']') && ahead.rfind('[') > ahead.rfind('(');
    match ahead.trim_end().chars().next_back() {
        Some(':' | '|') if in_relationship => beginning(graph.type_ids().map(|id| graph.type_name(id)), word),
        Some(':') => beginning(graph.label_ids().map(|id| graph.label_name(id)), word),
        Some('.') => beginning(
            [
                "name",
                "aliases",
                "kind",
                "definition",
                "mentions",
                "notes",
                "path",
                "title",
                "confidence",
                "support",
                "evidence",
                "quote",
                "rule",
            ],
            word,
        ),
        _ if word.is_empty() => Vec::new(),
        _ => {
            let lower = word.chars().all(char::is_lowercase);
            let cased = |keyword: &&str| if lower { keyword.to_lowercase() } else { (*keyword).to_string() };
            let keywords: Vec<String> = KEYWORDS.iter().map(cased).collect();
            let mut found = beginning(keywords.iter().map(String::as_str), word);
            found.extend(beginning(CALLS.iter().copied(), word));
            found
        }
    }
}

/// Names first, looked for in as many words before the cursor as make one; else words of questions.
fn in_question(graph: &KnowledgeGraph, before: &str, word: usize) -> (usize, Vec<Candidate>) {
    let at_start = before[..word].trim().is_empty();
    for start in name_starts(before, word).filter(|_| !at_start) {
        let found = names(graph, &before[start..], quoted_if_needed);
        if !found.is_empty() {
            return (start, found);
        }
    }
    let typed = &before[word..];
    if !at_start {
        return (word, beginning(SMALL.iter().copied(), typed));
    }
    let mut openings: Vec<&str> = FORMS.iter().filter_map(|form| form.form.split(' ').next()).collect();
    openings.extend(["tell me about", "path from", "alternatives to", "MATCH", "RETURN", "CALL", "EXPLAIN"]);
    openings.sort_unstable();
    openings.dedup();
    let mut found = beginning(openings, typed);
    if found.is_empty() && !typed.is_empty() {
        found = names(graph, typed, quoted_if_needed);
    }
    (word, found)
}

/// Where a name before the cursor may start: several words back first, the last word last.
fn name_starts(before: &str, word: usize) -> impl Iterator<Item = usize> {
    let spaces = before[..word].char_indices().rev().filter(|(_, letter)| *letter == ' ').map(|(at, _)| at + 1);
    let mut starts: Vec<usize> = spaces.take(WORDS).collect();
    if before[word..].is_empty() {
        starts.clear();
    }
    starts.sort_unstable();
    starts.push(word);
    starts.dedup();
    let end = before.len();
    starts.into_iter().filter(move |start| *start < end)
}

fn names(graph: &KnowledgeGraph, typed: &str, written: impl Fn(&str) -> String) -> Vec<Candidate> {
    if typed.trim().is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = graph
        .complete(typed, NAMES)
        .into_iter()
        .map(|(surface, concept)| {
            let name = graph.name(concept);
            let display = if fold(name) == fold(surface) { name.to_string() } else { format!("{surface} → {name}") };
            Candidate { replacement: written(surface), display }
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// A name as a question takes it: in quotes where it holds a word that could end it.
fn quoted_if_needed(name: &str) -> String {
    let risky = ["to", "and", "with", "or", "from", "vs", "is", "of"];
    let quote = name.split_whitespace().any(|word| risky.contains(&word.to_lowercase().as_str()));
    if quote && !name.contains('"') { format!("\"{name}\"") } else { name.to_string() }
}

fn beginning<'a>(words: impl IntoIterator<Item = &'a str>, typed: &str) -> Vec<Candidate> {
    let typed = typed.to_lowercase();
    let fits = words.into_iter().filter(|word| word.to_lowercase().starts_with(&typed));
    fits.map(|word| Candidate { replacement: word.to_string(), display: word.to_string() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::sample::pipeline;

    /// What `line` may become when completed at its end.
    fn check(line: &str, answers: &[&str]) {
        let (start, found) = candidates(&pipeline(), line, line.len());
        let lines: Vec<String> = found.iter().map(|one| format!("{}{}", &line[..start], one.replacement)).collect();
        assert_eq!(lines, answers, "{line}");
    }

    #[test]
    fn names_are_completed_in_questions_and_in_quotes() {
        check("what connects Flu", &["what connects Flume"]);
        check("what connects flume to hi", &["what connects flume to Hive"]);
        check("MATCH (a {name: 'Sp", &["MATCH (a {name: 'Spark"]);
    }

    #[test]
    fn labels_types_and_keywords_stand_where_they_belong() {
        check("MATCH ()-[:FEE", &["MATCH ()-[:FEEDS"]);
        check("MATCH (a:Sect", &["MATCH (a:Section"]);
        check("MATCH (a) ret", &["MATCH (a) return"]);
        check("MATCH (a) RETURN a.conf", &["MATCH (a) RETURN a.confidence"]);
        check(":pro", &[":profile "]);
        check(":mode js", &[":mode json", ":mode jsonl"]);
        check("defi", &["define"]);
    }

    proptest::proptest! {
        #[test]
        fn any_line_is_completed_at_any_place(line in proptest::prelude::any::<String>(), at in 0_usize..40) {
            let (start, _) = candidates(&pipeline(), &line, at);
            proptest::prop_assert!(line.is_char_boundary(start));
        }
    }
}
