//! pest's error → ours: what was found, what could stand there, and openCypher's name for it.

use pest::error::{ErrorVariant, InputLocation};

use super::Rule;
use crate::limits::Limit;
use crate::query::error::{Phase, QueryError};
use crate::text::Span;

/// The error for text that the grammar refuses.
pub(super) fn explain(text: &str, error: &pest::error::Error<Rule>) -> QueryError {
    let start = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    let ErrorVariant::ParsingError { positives, .. } = &error.variant else {
        let message = "the statement takes too many steps to read";
        return QueryError::limit(Phase::CompileTime, Limit::Steps, message);
    };
    let place = place(text, start);
    let before = text[..start].trim_end();
    let found = place.of(text);
    let (detail, mut message) = judge(before, &text[start..], found);
    let expected = expected(positives);
    if !expected.is_empty() && detail == "UnexpectedSyntax" {
        message = format!("{message}, expected {expected}");
    }
    let error = QueryError::syntax(detail, message, place);
    match near_keyword(text, start) {
        Some(hint) => error.with_hint(hint),
        None => error,
    }
}

/// The token at `start`.
fn place(text: &str, start: usize) -> Span {
    let rest = &text[start..];
    let skipped = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start();
    let word = rest.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(rest.len());
    let length = if word > 0 { word } else { rest.chars().next().map_or(0, char::len_utf8) };
    Span::new(start + skipped, start + skipped + length)
}

fn judge(before: &str, rest: &str, found: &str) -> (&'static str, String) {
    let open = before.rfind('[').filter(|open| !before[*open..].contains(']'));
    let in_relationship = open.is_some_and(|open| before[..open].trim_end().ends_with('-'));
    if in_relationship && (rest.starts_with("..") || before.ends_with('*')) {
        return ("InvalidRelationshipPattern", "a relationship's length is written *, *2, *1..3, *..3 or *1..".into());
    }
    match found.chars().next() {
        None => ("UnexpectedSyntax", "the statement ends too early".into()),
        Some(letter) if !letter.is_ascii() && !letter.is_alphanumeric() => {
            ("InvalidUnicodeCharacter", format!("unexpected character {letter} (U+{:04X})", u32::from(letter)))
        }
        Some('\'' | '"') => ("UnexpectedSyntax", "unexpected string, maybe with no closing quote".into()),
        Some(_) => ("UnexpectedSyntax", format!("unexpected {found}")),
    }
}

/// What could have stood there, at most six things, most wanted first.
fn expected(positives: &[Rule]) -> String {
    let mut words: Vec<&str> = positives.iter().filter_map(|rule| word(*rule)).collect();
    words.sort_unstable();
    words.dedup();
    if words.len() > 6 {
        return String::new();
    }
    match words.split_last() {
        None => String::new(),
        Some((last, [])) => (*last).to_owned(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
    }
}

const fn word(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::expression | Rule::xor_expression | Rule::and_expression | Rule::not_expression => "an expression",
        Rule::comparison_expression | Rule::predicate_expression | Rule::add_expression => "an expression",
        Rule::multiply_expression | Rule::power_expression | Rule::unary_expression => "an expression",
        Rule::postfix_expression => "an expression",
        Rule::variable | Rule::symbolic_name | Rule::symbolic_word => "a name",
        Rule::schema_name => "a label, type or key",
        Rule::node_pattern | Rule::pattern_element | Rule::pattern_part | Rule::pattern => "a node in brackets",
        Rule::relationship_pattern => "a relationship",
        Rule::single_query | Rule::regular_query | Rule::match_clause => "a clause",
        Rule::AS => "AS",
        Rule::BY => "BY",
        Rule::END => "END",
        Rule::THEN => "THEN",
        Rule::WHEN => "WHEN",
        Rule::IN => "IN",
        Rule::EOI => "the end",
        Rule::where_clause => "WHERE",
        Rule::return_clause => "RETURN",
        Rule::with => "WITH",
        _ => return None,
    })
}

/// A keyword that the word at or before `start` may be a slip of.
fn near_keyword(text: &str, start: usize) -> Option<String> {
    const WORDS: [&str; 20] = [
        "MATCH", "OPTIONAL", "WHERE", "RETURN", "WITH", "UNWIND", "CREATE", "MERGE", "DELETE", "DETACH", "REMOVE",
        "ORDER", "LIMIT", "SKIP", "UNION", "DISTINCT", "CALL", "YIELD", "EXPLAIN", "PROFILE",
    ];
    let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
    let here = place(text, start).of(text);
    let before = text[..start].trim_end();
    let previous = &before[before.trim_end_matches(is_part).len()..];
    [here, previous].into_iter().find_map(|word| {
        let upper = word.to_uppercase();
        let near = WORDS
            .iter()
            .find(|known| upper.len() > 2 && **known != upper && strsim::osa_distance(known, &upper) == 1)?;
        Some(format!("did you mean {near}?"))
    })
}
