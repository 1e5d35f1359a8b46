//! Small helpers over pest's pairs.

use pest::iterators::{Pair, Pairs};

use super::Rule;
use super::scan::end_of_tokens;
use crate::query::ast::Variable;
use crate::text::{Name, Span};

/// A rule that matched, with what matched inside.
pub(super) type Node<'a> = Pair<'a, Rule>;

/// The parts of a rule without its keywords.
pub(super) struct Parts<'a>(Pairs<'a, Rule>);

impl<'a> Iterator for Parts<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        self.0.by_ref().find(|pair| !is_keyword(pair.as_rule()))
    }
}

impl<'a> Parts<'a> {
    /// The next part, which the grammar says is there.
    pub(super) fn expect(&mut self) -> Node<'a> {
        self.next().expect("the grammar demands this part")
    }

    /// How many parts are left.
    pub(super) fn left(&self) -> usize {
        self.0.clone().filter(|pair| !is_keyword(pair.as_rule())).count()
    }

    /// The next part, if it is a `rule`.
    pub(super) fn take_rule(&mut self, rule: Rule) -> Option<Node<'a>> {
        let next = self.0.clone().find(|pair| !is_keyword(pair.as_rule()))?;
        if next.as_rule() == rule { self.next() } else { None }
    }
}

/// The parts of `node` without keywords.
pub(super) fn parts(node: Node<'_>) -> Parts<'_> {
    Parts(node.into_inner())
}

/// Whether `node` holds the keyword `rule` directly.
pub(super) fn has(node: &Node<'_>, rule: Rule) -> bool {
    node.clone().into_inner().any(|pair| pair.as_rule() == rule)
}

/// Where `node` stands, without white space behind it.
pub(super) fn span(node: &Node<'_>) -> Span {
    let matched = node.as_span();
    let end = matched.start() + end_of_tokens(matched.as_str());
    Span::new(matched.start(), end)
}

/// The text of `node`, without white space behind it.
pub(super) fn text<'a>(node: &Node<'a>) -> &'a str {
    let matched = node.as_str();
    &matched[..end_of_tokens(matched)]
}

/// The name that a `symbolic_name`, `schema_name`, `symbolic_word` or `escaped_symbolic_name` says.
pub(super) fn name(node: Node<'_>) -> Name {
    match node.as_rule() {
        Rule::symbolic_word | Rule::parameter_number | Rule::EXISTS => node.as_str().into(),
        Rule::escaped_text => node.as_str().replace("``", "`").into(),
        _ => name(parts(node).expect()),
    }
}

/// A `variable`.
pub(super) fn variable(node: Node<'_>) -> Variable {
    let span = span(&node);
    Variable { name: name(node), span }
}

const fn is_keyword(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::ALL
            | Rule::ALLSHORTESTPATHS
            | Rule::AND
            | Rule::ANY_
            | Rule::AS
            | Rule::ASC
            | Rule::ASCENDING
            | Rule::BY
            | Rule::CALL
            | Rule::CASE
            | Rule::CONTAINS
            | Rule::COUNT
            | Rule::CREATE
            | Rule::DELETE
            | Rule::DESC
            | Rule::DESCENDING
            | Rule::DETACH
            | Rule::DISTINCT
            | Rule::ELSE
            | Rule::END
            | Rule::ENDS
            | Rule::EXPLAIN
            | Rule::FALSE
            | Rule::IN
            | Rule::IS
            | Rule::LIMIT
            | Rule::MATCH
            | Rule::MERGE
            | Rule::NONE
            | Rule::NOT
            | Rule::NULL
            | Rule::ON
            | Rule::OPTIONAL
            | Rule::OR
            | Rule::ORDER
            | Rule::PROFILE
            | Rule::REDUCE
            | Rule::REMOVE
            | Rule::RETURN
            | Rule::SET
            | Rule::SHORTESTPATH
            | Rule::SINGLE
            | Rule::SKIP
            | Rule::STARTS
            | Rule::THEN
            | Rule::TRUE
            | Rule::UNION
            | Rule::UNWIND
            | Rule::WHEN
            | Rule::WHERE
            | Rule::WITH
            | Rule::XOR
            | Rule::YIELD
            | Rule::EOI
    )
}
