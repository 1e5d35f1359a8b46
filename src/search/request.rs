//! The text of a search → the tree of what is asked.
//!
//! In: what a user typed. Out: a [`Request`], or an error that points into the text.
//!
//! ```text
//! or     = and { ("OR" | "||") and }
//! and    = unary { ["AND" | "&&"] unary }
//! unary  = ("NOT" | "-" | "+") unary | [field ":"] ("(" or ")" | "words" [~N] [*] | word [*] | word ~[N])
//! field  = title | heading | path | tag | body
//! ```
//!
//! Words beside each other must all occur. A row of words that is written as one (`node.js`) is a
//! phrase. A colon after anything but a field is a space. Length, clauses and nesting are bounded,
//! and nesting is the only recursion.

use super::SearchError;
use super::analyzer::words;
use super::lexer::{Lexeme, Lexer, Sign};
use crate::limits::{Limit, Limits};
use crate::text::Span;

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The tree; nothing where the text holds no word.
    pub(super) clause: Clause,
    /// Whether it is plain words beside each other, so that some may be missing when no note has all.
    pub(super) may_relax: bool,
}

/// A condition on notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Clause {
    /// Words in a row.
    Row(Row),
    /// All of them.
    All(Vec<Self>),
    /// At least one of them.
    Any(Vec<Self>),
    /// Not this.
    Not(Box<Self>),
}

/// Words in a row, in one field or in any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Folded words, at least one.
    pub(super) words: Vec<String>,
    /// Where to look.
    pub(super) field: Option<SearchField>,
    /// How the last word, or the whole, is compared.
    pub(super) compare: Compare,
}

/// How words are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compare {
    /// As they are; up to so many words may stand between.
    Exact {
        /// The most words between.
        slop: u8,
    },
    /// The last word may go on.
    Prefix,
    /// Each word may differ by so many letters.
    Fuzzy {
        /// The most letters.
        distance: u8,
    },
}

/// A field a search may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SearchField {
    Title,
    Heading,
    Path,
    Tag,
    Body,
}

impl SearchField {
    /// The field of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "title" => Self::Title,
            "heading" | "headings" => Self::Heading,
            "path" | "file" => Self::Path,
            "tag" | "tags" => Self::Tag,
            "body" | "text" => Self::Body,
            _ => return None,
        })
    }
}

/// Reads the text of a search. O(n).
///
/// # Errors
///
/// [`SearchError::Syntax`] and [`SearchError::Limit`], both with a span.
pub(super) fn parse(text: &str, limits: &Limits) -> Result<Request, SearchError> {
    within(limits, Limit::SearchText, text.len(), "bytes", Span::new(0, text.len()))?;
    let mut parser = Parser { limits, lexer: Lexer::new(text), depth: 0, clauses: 0, operators: false };
    let clause = parser.any()?;
    if let Some((Lexeme::Close, span)) = parser.lexer.peek()? {
        return Err(syntax("a closing parenthesis has no opening one", span, "take it out, or put the text in quotes"));
    }
    let clause = clause.ok_or_else(|| {
        syntax("the search holds no word", Span::new(0, text.len()), "name a word, as in `quipu search kafka`")
    })?;
    let may_relax = !parser.operators && matches!(clause, Clause::All(_));
    Ok(Request { clause, may_relax })
}

struct Parser<'a> {
    limits: &'a Limits,
    lexer: Lexer<'a>,
    depth: usize,
    clauses: usize,
    /// Whether any operator, sign or parenthesis was seen.
    operators: bool,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Option<Clause>, SearchError> {
        let mut clauses = Vec::new();
        loop {
            clauses.extend(self.all()?);
            match self.lexer.peek()? {
                Some((Lexeme::Or, span)) => {
                    self.lexer.skip();
                    self.operators = true;
                    self.operand_follows(span)?;
                }
                _ => return Ok(joined(clauses, Clause::Any)),
            }
        }
    }

    fn all(&mut self) -> Result<Option<Clause>, SearchError> {
        let mut clauses = Vec::new();
        loop {
            match self.lexer.peek()? {
                None | Some((Lexeme::Close | Lexeme::Or, _)) => return Ok(joined(clauses, Clause::All)),
                Some((Lexeme::And, span)) => {
                    self.lexer.skip();
                    self.operators = true;
                    self.operand_follows(span)?;
                }
                Some(_) => clauses.extend(self.unary(None)?),
            }
        }
    }

    /// Refuses an operator with nothing behind it.
    fn operand_follows(&mut self, operator: Span) -> Result<(), SearchError> {
        match self.lexer.peek()? {
            None | Some((Lexeme::Close | Lexeme::Or | Lexeme::And, _)) => Err(syntax(
                "an operator has nothing behind it",
                operator,
                "add a word, or write the operator in quotes",
            )),
            Some(_) => Ok(()),
        }
    }

    fn unary(&mut self, field: Option<SearchField>) -> Result<Option<Clause>, SearchError> {
        let mut negated = false;
        let mut field = field;
        let clause = loop {
            let Some((lexeme, span)) = self.lexer.next()? else { break None };
            match lexeme {
                Lexeme::Sign(sign) => {
                    self.operators = true;
                    negated ^= sign == Sign::Not;
                    self.operand_follows(span)?;
                }
                Lexeme::Field(named) => field = Some(named),
                Lexeme::Open => break self.group(span, field)?,
                Lexeme::Words { text, compare } => break self.row(text, compare, field, span)?,
                Lexeme::And | Lexeme::Or | Lexeme::Close => {
                    return Err(syntax("a word is missing here", span, "add a word, or put the text in quotes"));
                }
            }
        };
        Ok(clause.map(|clause| if negated { Clause::Not(Box::new(clause)) } else { clause }))
    }

    fn group(&mut self, open: Span, field: Option<SearchField>) -> Result<Option<Clause>, SearchError> {
        self.operators = true;
        self.depth += 1;
        within(self.limits, Limit::SearchDepth, self.depth, "parentheses in each other", open)?;
        let clause = self.any()?;
        let Some((Lexeme::Close, _)) = self.lexer.next()? else {
            return Err(syntax("a parenthesis is not closed", open, "add `)`, or put the text in quotes"));
        };
        self.depth -= 1;
        Ok(clause.map(|clause| in_field(clause, field)))
    }

    fn row(
        &mut self,
        text: &str,
        compare: Compare,
        field: Option<SearchField>,
        span: Span,
    ) -> Result<Option<Clause>, SearchError> {
        self.clauses += 1;
        within(self.limits, Limit::SearchWords, self.clauses, "words and phrases", span)?;
        let words = words(text);
        Ok((!words.is_empty()).then_some(Clause::Row(Row { words, field, compare })))
    }
}

/// Refuses more than a limit allows.
fn within(limits: &Limits, limit: Limit, count: usize, what: &'static str, span: Span) -> Result<(), SearchError> {
    let most = limits.size(limit);
    if count <= most { Ok(()) } else { Err(SearchError::Limit { limit, count, what, most, span }) }
}

/// One clause for several; none for none.
fn joined(mut clauses: Vec<Clause>, join: fn(Vec<Clause>) -> Clause) -> Option<Clause> {
    match clauses.len() {
        0 => None,
        1 => clauses.pop(),
        _ => Some(join(clauses)),
    }
}

/// Gives a field to every row of the clause that names none.
fn in_field(clause: Clause, field: Option<SearchField>) -> Clause {
    match clause {
        Clause::Row(row) => Clause::Row(Row { field: row.field.or(field), ..row }),
        Clause::All(clauses) => Clause::All(clauses.into_iter().map(|clause| in_field(clause, field)).collect()),
        Clause::Any(clauses) => Clause::Any(clauses.into_iter().map(|clause| in_field(clause, field)).collect()),
        Clause::Not(clause) => Clause::Not(Box::new(in_field(*clause, field))),
    }
}

pub(super) fn syntax(message: &str, span: Span, hint: &'static str) -> SearchError {
    SearchError::Syntax { message: message.to_owned(), span, hint }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The tree as one line.
    fn shown(clause: &Clause) -> String {
        let list = |clauses: &[Clause]| clauses.iter().map(shown).collect::<Vec<_>>().join(" ");
        match clause {
            Clause::All(clauses) => format!("(all {})", list(clauses)),
            Clause::Any(clauses) => format!("(any {})", list(clauses)),
            Clause::Not(clause) => format!("(not {})", shown(clause)),
            Clause::Row(row) => {
                let field = row.field.map_or(String::new(), |field| format!("{field:?}:").to_lowercase());
                let compare = match row.compare {
                    Compare::Exact { slop: 0 } => String::new(),
                    Compare::Exact { slop } => format!("~{slop}"),
                    Compare::Prefix => "*".to_owned(),
                    Compare::Fuzzy { distance } => format!("?{distance}"),
                };
                format!("{field}{}{compare}", row.words.join("_"))
            }
        }
    }

    fn parsed(text: &str) -> String {
        match parse(text, &Limits::default()) {
            Ok(request) => shown(&request.clause),
            Err(SearchError::Syntax { message, span, .. }) => format!("{}..{}: {message}", span.start, span.end),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn words_signs_and_operators_make_a_tree() {
        assert_eq!(parsed("kafka HDFS"), "(all kafka hdfs)");
        assert_eq!(parsed("a b OR c AND -d"), "(any (all a b) (all c (not d)))");
        assert_eq!(parsed("NOT (a || b) && +c"), "(all (not (any a b)) c)");
        assert_eq!(parsed("--threads a-b c -"), "(all threads a_b c)");
        assert_eq!(parsed("NOT NOT a"), "a");
        assert!(parse("a b", &Limits::default()).unwrap().may_relax);
        assert!(
            !parse("a AND b", &Limits::default()).unwrap().may_relax
                && !parse("a +b", &Limits::default()).unwrap().may_relax
        );
        assert!(!parse("a", &Limits::default()).unwrap().may_relax);
    }

    #[test]
    fn phrases_prefixes_fields_and_near_words() {
        assert_eq!(parsed("\"Data  Lake\" node.js C++"), "(all data_lake node_js c++)");
        assert_eq!(parsed("\"data ware\"* kaf* \"a b\"~3"), "(all data_ware* kaf* a_b~3)");
        assert_eq!(parsed("kafak~ postgress~1 ab~"), "(all kafak?2 postgress?1 ab?1)");
        assert_eq!(parsed("title:hive tag:\"big data\" path:aws/*"), "(all title:hive tag:big_data path:aws*)");
        assert_eq!(parsed("heading:(a OR body:b)"), "(any heading:a body:b)");
        assert_eq!(parsed("Storage: HDFS http://x.org"), "(all storage hdfs http_x_org)");
        assert_eq!(parsed("title: hive"), "(all title hive)");
        assert_eq!(parsed("-title:old a"), "(all (not title:old) a)");
    }

    #[test]
    fn what_is_malformed_is_pointed_at() {
        assert_eq!(parsed(""), "0..0: the search holds no word");
        assert_eq!(parsed(" * ~ "), "0..5: the search holds no word");
        assert_eq!(parsed("a (b"), "2..3: a parenthesis is not closed");
        assert_eq!(parsed("a) b"), "1..2: a closing parenthesis has no opening one");
        assert_eq!(parsed("é \"b c"), "3..7: a quote is not closed");
        assert_eq!(parsed("a OR"), "2..4: an operator has nothing behind it");
        assert_eq!(parsed("a AND OR b"), "2..5: an operator has nothing behind it");
        assert_eq!(parsed("a~7"), "1..3: at most 2 letters may differ");
    }

    #[test]
    fn limits_are_named_before_anything_grows() {
        let deep = format!("{}a{}", "(".repeat(33), ")".repeat(33));
        assert_eq!(parsed(&deep), "the search has 33 parentheses in each other, more than the limit of 32");
        assert_eq!(parsed(&"a ".repeat(257)), "the search has 257 words and phrases, more than the limit of 256");
        assert_eq!(parsed(&"x".repeat(8193)), "the search has 8193 bytes, more than the limit of 8192");
        let ok = format!("{}a{}", "(".repeat(32), ")".repeat(32));
        assert_eq!(parsed(&ok), "a");
        assert_eq!(parsed(&format!("{}a", "NOT ".repeat(2000))), "a");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_with_a_span_inside(text in "([-+()\"*~: ]|AND|OR|NOT|title|\\PC){0,40}") {
            match parse(&text, &Limits::default()) {
                Ok(_) => {}
                Err(SearchError::Syntax { span, .. } | SearchError::Limit { span, .. }) => {
                    prop_assert!(span.start <= span.end && span.end <= text.len());
                    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
                }
                Err(other) => prop_assert!(false, "{other}"),
            }
        }
    }
}
