//! Text → [`Statement`]: the grammar in `grammar/cypher.pest`, its pairs turned into the tree.
//!
//! Depth and length are checked by one linear scan before the grammar sees the text, so that no
//! text can make any later step recurse too deep.

mod clause;
mod error;
mod expression;
mod literal;
mod pattern;
mod scan;
mod token;

use std::num::NonZeroUsize;

use pest::Parser as _;

use super::ast::Statement;
use super::error::QueryError;
use crate::limits::{Limit, Limits};

/// The generated parser.
mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/cypher.pest"]
    pub(super) struct Grammar;
}

use grammar::{Grammar, Rule};
pub(super) use scan::plain_strings;

/// Reads one statement.
///
/// # Errors
///
/// A syntax error with its place, or the limit that the text is past.
pub fn parse(text: &str, limits: &Limits) -> Result<Statement, QueryError> {
    scan::check(text, limits)?;
    // One number for the process, read when a parser begins. It bounds what backtracking can cost, so it does
    // no harm when another thread sets its own in between.
    pest::set_call_limit(NonZeroUsize::new(limits.size(Limit::Steps)));
    let mut pairs = Grammar::parse(Rule::cypher, text).map_err(|error| error::explain(text, &error))?;
    let cypher = pairs.next().expect("the grammar gives one cypher");
    clause::statement(cypher)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::with_stack;

    /// What is read prints as `printed`, and that reads back as the same.
    fn check(text: &str, printed: &str) {
        let print = |text: &str| with_stack(|| parse(text, &Limits::default()).map(|statement| statement.to_string()));
        assert_eq!(print(text).as_deref(), Ok(printed));
        assert_eq!(print(printed).as_deref(), Ok(printed));
    }

    #[test]
    fn wide_spaces_before_a_mistake_are_no_fault_of_ours() {
        assert_eq!(refuse("RETURN\u{a0}abc abc"), refuse("RETURN abc abc"));
        assert_eq!(refuse("RETURN\u{2003}abc abc"), refuse("RETURN abc abc"));
    }

    fn refuse(text: &str) -> &'static str {
        with_stack(|| parse(text, &Limits::default()).expect_err(text).detail)
    }

    #[test]
    fn statements_print_back() {
        check(
            "match (a:A:B {x: 1})<-[r:R|:S*1..3]-(b) where a.x>1 and not b.y return distinct a.x as x order by x desc skip 1 limit 2",
            "MATCH (a:A:B {x: 1})<-[r:R|S*1..3]-(b) WHERE a.x > 1 AND NOT b.y RETURN DISTINCT a.x AS x ORDER BY x DESC SKIP 1 LIMIT 2",
        );
        check("RETURN 1 + 2 * 3 - (4 - 5) ^ -2", "RETURN 1 + 2 * 3 - (4 - 5) ^ -2");
        check("RETURN [x IN [1,2] WHERE x > 1 | -x]", "RETURN [x IN [1, 2] WHERE x > 1 | -x]");
        check("MERGE (a) ON CREATE SET a.x = 1, a:B REMOVE a.y", "MERGE (a) ON CREATE SET a.x = 1, a:B REMOVE a.y");
        check(
            "CALL db.labels() YIELD label AS l WHERE l > 'a' RETURN l",
            "CALL db.labels() YIELD label AS l WHERE l > 'a' RETURN l",
        );
        check("RETURN `a b`.`c``d`, $p, $`q r`", "RETURN `a b`.`c``d`, $p, $`q r`");
        check(
            "MATCH p = shortestPath((a)-[*]-(b)) WHERE (a)-->() OR EXISTS { (a)--(b) } RETURN p",
            "MATCH p = shortestPath((a)-[*]-(b)) WHERE (a)-->() OR EXISTS { MATCH (a)--(b) } RETURN p",
        );
        check("RETURN CASE x WHEN 1 THEN 'a' ELSE \"b'\" END", "RETURN CASE x WHEN 1 THEN 'a' ELSE 'b\\'' END");
        check(
            "RETURN (a = b) = c, a = b = c, (1).x, -(1), -9223372036854775808",
            "RETURN (a = b) = c, a = b = c, 1.x, -(1), -9223372036854775808",
        );
    }

    #[test]
    fn wrong_literals_are_named() {
        assert_eq!(refuse("RETURN 9223372036854775808"), "IntegerOverflow");
        assert_eq!(refuse("RETURN 0x1g"), "InvalidNumberLiteral");
        assert_eq!(refuse("RETURN 1e999"), "FloatingPointOverflow");
        assert_eq!(refuse("RETURN '\\uH'"), "InvalidUnicodeLiteral");
        assert_eq!(refuse("MATCH (a)-[:R..]->(b) RETURN a"), "InvalidRelationshipPattern");
        assert_eq!(refuse("RETURN 1 — 2"), "InvalidUnicodeCharacter");
    }

    #[test]
    fn depth_is_refused_before_parsing() {
        let nested = |depth: usize| format!("RETURN {}1{}", "(".repeat(depth), ")".repeat(depth));
        assert!(with_stack(|| parse(&nested(64), &Limits::default()).is_ok()));
        assert_eq!(refuse(&nested(65)), "StatementTooDeep");
        assert_eq!(refuse(&format!("RETURN {}true", "NOT ".repeat(1000))), "StatementTooDeep");
        let signs = |each: usize| format!("RETURN {}1{}", format!("{}(", "-".repeat(each)).repeat(60), ")".repeat(60));
        assert!(with_stack(|| parse(&signs(1), &Limits::default()).is_ok()));
        assert_eq!(refuse(&signs(60)), "StatementTooDeep");
    }
}
