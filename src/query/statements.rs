//! Statements that were read before, by their text without the strings in it: most of what a short statement takes
//! is reading it, and programs ask the same with another name.
//!
//! In: a text, and the limits it is read under. Out: its tree, read now, or read before and given the strings of this
//! text. What a statement means is checked and planned each time, so a remembered tree gives the same answer. Texts
//! that are refused are not remembered.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::ast::{Statement, Wording};
use super::error::QueryError;
use super::parser::{parse, plain_strings};
use crate::limits::{Limit, Limits};
use crate::text::Span;

/// How many statements are remembered.
const MOST: usize = 128;
/// Longer texts are not: reading them is no longer most of the time, and they take memory.
const LONGEST: usize = 2048;

/// Trees by their texts, those asked for last.
#[derive(Default)]
pub(super) struct Statements(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// By the text without what stands between quotes.
    trees: FxHashMap<Box<str>, Tree>,
    asked: u64,
}

struct Tree {
    statement: Arc<Statement>,
    text: Arc<Text>,
    limits: Limits,
    /// When it was asked for last.
    asked: u64,
}

/// A text that was read, and what stands between the quotes of its strings.
struct Text {
    text: Box<str>,
    strings: Vec<Span>,
}

/// A tree, and where what it tells of stands.
pub(super) struct Read {
    pub(super) statement: Arc<Statement>,
    /// The text that the tree has its places from, and the strings of this one, where that is another.
    moved: Option<(Arc<Text>, Vec<Span>)>,
}

impl Read {
    fn new(statement: Statement) -> Self {
        Self { statement: Arc::new(statement), moved: None }
    }

    /// An error about the tree, with its place in the text.
    pub(super) fn locate(&self, mut error: QueryError) -> QueryError {
        if let (Some(span), Some((from, strings))) = (&mut error.span, &self.moved) {
            *span = moved(*span, &from.strings, strings);
        }
        error
    }
}

impl Statements {
    /// The tree of a text.
    ///
    /// # Errors
    ///
    /// As [`parse`].
    pub(super) fn read(&self, text: &str, limits: &Limits) -> Result<Read, QueryError> {
        let longest = LONGEST.min(limits.size(Limit::Text));
        let Some(strings) = (text.len() <= longest).then(|| plain_strings(text)).flatten() else {
            return parse(text, limits).map(Read::new);
        };
        let shape = without(text, &strings);
        let known = self.lock().recall(&shape, limits);
        if let Some((statement, from)) = known {
            return Ok(if *from.text == *text {
                Read { statement, moved: None }
            } else {
                let statement = Arc::new(reworded(&statement, &from.strings, text, &strings));
                Read { statement, moved: Some((from, strings)) }
            });
        }
        let mut statement = parse(text, limits)?;
        // The grammar has the last word on what is a string.
        let mut found = Vec::with_capacity(strings.len());
        statement.for_each_wording(&mut |span, word| {
            if let Wording::String(_) = word {
                found.push(Span::new(span.start + 1, span.end.saturating_sub(1)));
            }
        });
        found.sort_unstable();
        let read = Read::new(statement);
        if found == strings {
            let text = Arc::new(Text { text: text.into(), strings });
            self.lock().remember(shape, &read.statement, text, limits);
        }
        Ok(read)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn recall(&mut self, shape: &str, limits: &Limits) -> Option<(Arc<Statement>, Arc<Text>)> {
        self.asked += 1;
        let tree = self.trees.get_mut(shape).filter(|tree| tree.limits == *limits)?;
        tree.asked = self.asked;
        Some((Arc::clone(&tree.statement), Arc::clone(&tree.text)))
    }

    fn remember(&mut self, shape: Box<str>, statement: &Arc<Statement>, text: Arc<Text>, limits: &Limits) {
        if self.trees.len() >= MOST && !self.trees.contains_key(&shape) {
            let oldest = self.trees.iter().min_by_key(|(_, tree)| tree.asked).map(|(shape, _)| shape.clone());
            oldest.and_then(|oldest| self.trees.remove(&oldest));
        }
        let tree = Tree { statement: Arc::clone(statement), text, limits: limits.clone(), asked: self.asked };
        self.trees.insert(shape, tree);
    }
}

/// A text without its strings, the quotes left.
fn without(text: &str, strings: &[Span]) -> Box<str> {
    let mut shape = String::with_capacity(text.len());
    let mut from = 0;
    for string in strings {
        shape.push_str(&text[from..string.start]);
        from = string.end;
    }
    shape.push_str(&text[from..]);
    shape.into()
}

/// A tree with the strings of another text instead of those between `from`.
fn reworded(statement: &Statement, from: &[Span], text: &str, strings: &[Span]) -> Statement {
    let mut statement = statement.clone();
    statement.for_each_wording(&mut |span, word| match word {
        Wording::String(own) => {
            if let Ok(place) = from.binary_search_by_key(&(span.start + 1), |string| string.start) {
                *own = strings[place].of(text).into();
            }
        }
        Wording::Column(own) => {
            if from.iter().any(|string| span.start < string.start && string.end < span.end) {
                *own = moved(span, from, strings).of(text).into();
            }
        }
    });
    statement
}

/// Where a place of the text with the strings `from` stands in the text with the strings `to`.
fn moved(span: Span, from: &[Span], to: &[Span]) -> Span {
    let place = |at: usize| {
        let before = from.partition_point(|string| string.end <= at);
        before.checked_sub(1).map_or(at, |last| at - from[last].end + to[last].end)
    };
    Span::new(place(span.start), place(span.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits::Limit;
    use crate::query::with_stack;

    #[test]
    fn a_tree_is_kept_until_others_are_asked_for_more() {
        let statements = Statements::default();
        let read = |text: &str| with_stack(|| statements.read(text, &Limits::default()).unwrap().statement);
        let first = read("RETURN 0");
        for number in 1..=MOST {
            read(&format!("RETURN {number}"));
            assert!(Arc::ptr_eq(&first, &read("RETURN 0")), "after {number}");
            assert!(statements.lock().trees.len() <= MOST);
        }
        let gone = read("RETURN 1");
        assert!(!Arc::ptr_eq(&first, &gone) && Arc::ptr_eq(&gone, &read("RETURN 1")));
    }

    #[test]
    fn other_limits_read_again() {
        let statements = Statements::default();
        let read = |text: &str, depth: u64| {
            let limits = Limits::default().with(Limit::Depth, depth);
            with_stack(|| statements.read(text, &limits).map(drop).map_err(|error| error.detail))
        };
        assert_eq!(read("RETURN [[1]]", 2), Ok(()));
        assert_eq!(read("RETURN [[1]]", 1), Err("StatementTooDeep"));
        assert_eq!(read("RETURN [[1]]", 2), Ok(()));
    }

    /// Statements whose strings stand in all places where they may.
    const SHAPES: [&str; 12] = [
        "MATCH (a {name: 'A'})-[r {by: 'B'}]->(b:X {name: \"C\"}) WHERE a.x = 'D' RETURN a, 'E' + a.x ORDER BY 'F' LIMIT 5",
        "RETURN 'A', ('B'), ['C', {k: 'D'}], 'E' AS e, 'F' IN ['G'], 'a' STARTS WITH 'H', 'I'[0..1], -size('J')",
        "RETURN [x IN ['A'] WHERE x = 'B' | x + 'C'], all(x IN ['D'] WHERE x <> 'E'), reduce(s = 'F', x IN ['G'] | s + 'H')",
        "MATCH (n) RETURN n {.x, y: 'A'}, [(n)-[{z: 'B'}]-(m {z: 'C'}) WHERE m.x = 'D' | m.x + 'E']",
        "MATCH (n) WHERE EXISTS { MATCH (n)--({x: 'A'}) WHERE n.x = 'B' } AND COUNT { (n)--({x: 'C'}) } > 1 RETURN n",
        "MATCH p = shortestPath((a {x: 'A'})-[*]-(b {x: 'B'})) WHERE (a)--({x: 'C'}) RETURN length(p)",
        "CALL search('A') YIELD path AS p WHERE p = 'B' RETURN p UNION ALL CALL search('C') YIELD path AS p RETURN p",
        "MERGE (a:T {x: 'A'}) ON CREATE SET a.y = 'B', a += {z: 'C'} ON MATCH SET a = {x: 'D'}",
        "CREATE (a {x: 'A'}) WITH a, 'B' AS b WHERE a.x = 'C' SET a.x = 'D' REMOVE a.y DELETE a",
        "UNWIND ['A', 'B'] AS x RETURN CASE x WHEN 'C' THEN 'D' ELSE 'E' END, CASE WHEN x = 'F' THEN 1 END // 'no string'",
        "RETURN `'no string'`, /* 'nor this' */ 'A', '' + \"it's\"",
        "MATCH (a:L) WHERE a:M AND a.`x y` =~ 'A' OR NOT a.x CONTAINS 'B' XOR a.y ENDS WITH 'C' RETURN DISTINCT a.x IS NULL",
    ];

    /// Other words for the strings of a statement: longer, shorter, empty, of many bytes.
    fn with_other_words(text: &str) -> String {
        let mut other = text.to_owned();
        let words = ["", "longer than before", "größer 🦙", "x", "it is", "-- // /* ("];
        for (at, string) in plain_strings(text).unwrap().iter().enumerate().rev() {
            other.replace_range(string.start..string.end, words[at % words.len()]);
        }
        other
    }

    #[test]
    fn a_tree_with_other_strings_is_the_tree_of_that_text() {
        for shape in SHAPES {
            let statements = Statements::default();
            let read = |text: &str| with_stack(|| statements.read(text, &Limits::default()).unwrap());
            let first = read(shape);
            assert!(first.moved.is_none() && Arc::ptr_eq(&first.statement, &read(shape).statement), "{shape}");
            let other = with_other_words(shape);
            let again = read(&other);
            assert!(again.moved.is_some(), "{shape}: it was not remembered");
            let fresh = with_stack(|| parse(&other, &Limits::default()).unwrap());
            assert_eq!(again.statement.to_string(), fresh.to_string(), "{shape}");
            let columns = |mut statement: Statement| {
                let mut columns = Vec::new();
                statement.for_each_wording(&mut |_, word| {
                    if let Wording::Column(name) = word {
                        columns.push(name.to_string());
                    }
                });
                columns
            };
            assert_eq!(columns((*again.statement).clone()), columns(fresh), "{shape}");
        }
    }

    #[test]
    fn errors_stand_where_this_text_has_them() {
        let statements = Statements::default();
        let wrong = |text: &str| {
            let read = with_stack(|| statements.read(text, &Limits::default()).unwrap());
            let at = text.find("nowhere").unwrap();
            let known = read.moved.as_ref().map_or(at, |(from, _)| from.text.find("nowhere").unwrap());
            let error = QueryError::syntax("UndefinedVariable", "", Span::new(known, known + 7));
            assert_eq!(read.locate(error).span, Some(Span::new(at, at + 7)), "{text}");
            read.moved.is_some()
        };
        assert!(!wrong("RETURN 'a', nowhere, 'b'"));
        assert!(wrong("RETURN 'longer', nowhere, 'b'") && wrong("RETURN '', nowhere, 'bb'"));
    }

    #[test]
    fn strings_with_escapes_are_read_each_time() {
        let statements = Statements::default();
        for text in ["RETURN 'a\\n'", "RETURN 'a\\'b'", "RETURN \"\\u0041\""] {
            let read = with_stack(|| statements.read(text, &Limits::default()).unwrap());
            assert!(read.moved.is_none() && statements.lock().trees.is_empty(), "{text}");
        }
    }
}
