//! The statement as read: what the grammar's rules become, with spans into the text.
//!
//! Types keep the names of the grammar's rules. Every tree prints back to Cypher (`Display`), and
//! reading what was printed gives the same tree; the planner compares expressions by their print.

mod expression;
mod pattern;
mod print;
mod walk;
mod wording;

pub use expression::{
    Alternative, ArithmeticOperator, ComparisonOperator, Expression, ExpressionKind, Literal, MapProjectionItem,
    QuantifierKind, StringOperator, Subquery,
};
pub use pattern::{
    Direction, NodePattern, Pattern, PatternElement, PatternPart, Range, RelationshipPattern, ShortestKind,
};
pub use print::{identifier, string_literal};
pub use wording::Wording;

use crate::text::{Name, Span};

/// A whole statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Whether to run it, show its plan, or both.
    pub mode: Mode,
    /// What it asks.
    pub query: Query,
}

/// What is to be done with a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Run it.
    #[default]
    Run,
    /// Show how it would be run.
    Explain,
    /// Run it and show what each operator did.
    Profile,
}

/// Single queries joined by `UNION`.
#[derive(Clone, Debug)]
pub struct Query {
    /// The first.
    pub first: SingleQuery,
    /// The others.
    pub unions: Vec<Union>,
}

/// One more query whose rows are added.
#[derive(Clone, Debug)]
pub struct Union {
    /// Whether equal rows are kept.
    pub all: bool,
    /// The query.
    pub query: SingleQuery,
    /// From the word `UNION` on.
    pub span: Span,
}

/// Clauses in order.
#[derive(Clone, Debug)]
pub struct SingleQuery {
    /// One or more.
    pub clauses: Vec<Clause>,
    /// All of them.
    pub span: Span,
}

/// One clause and where it stands.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it does.
    pub kind: ClauseKind,
    /// From its keyword on.
    pub span: Span,
}

/// The kinds of clauses.
#[derive(Clone, Debug)]
pub enum ClauseKind {
    /// `MATCH` and `OPTIONAL MATCH`.
    Match(Match),
    /// `UNWIND list AS variable`.
    Unwind {
        /// The list.
        list: Expression,
        /// The name of each of its values.
        variable: Variable,
    },
    /// `CREATE`.
    Create(Pattern),
    /// `MERGE`.
    Merge(Merge),
    /// `SET`.
    Set(Vec<SetItem>),
    /// `REMOVE`.
    Remove(Vec<RemoveItem>),
    /// `DELETE` and `DETACH DELETE`.
    Delete {
        /// Whether relationships of deleted nodes go too.
        detach: bool,
        /// What is deleted.
        expressions: Vec<Expression>,
    },
    /// `CALL`.
    Call(Call),
    /// `WITH`.
    With {
        /// What goes on.
        body: ProjectionBody,
        /// Which rows go on.
        predicate: Option<Expression>,
    },
    /// `RETURN`.
    Return(ProjectionBody),
}

/// A name where it is bound or used as a variable.
#[derive(Clone, Debug)]
pub struct Variable {
    /// The name, without backquotes.
    pub name: Name,
    /// Where.
    pub span: Span,
}

/// `MATCH pattern WHERE predicate`.
#[derive(Clone, Debug)]
pub struct Match {
    /// Whether rows without a match are kept.
    pub optional: bool,
    /// What is looked for.
    pub pattern: Pattern,
    /// Which matches count.
    pub predicate: Option<Expression>,
}

/// `MERGE part ON CREATE SET ... ON MATCH SET ...`.
#[derive(Clone, Debug)]
pub struct Merge {
    /// What is looked for, else created.
    pub part: PatternPart,
    /// Settings where it was created.
    pub on_create: Vec<SetItem>,
    /// Settings where it was found.
    pub on_match: Vec<SetItem>,
}

/// One item of `SET`.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// `entity.key = value`.
    Property {
        /// The entity.
        owner: Expression,
        /// The key.
        key: Name,
        /// The value.
        value: Expression,
    },
    /// `entity = map`.
    All {
        /// The entity.
        variable: Variable,
        /// The map, or an entity whose properties are taken.
        value: Expression,
    },
    /// `entity += map`.
    Add {
        /// The entity.
        variable: Variable,
        /// The map, or an entity whose properties are taken.
        value: Expression,
    },
    /// `node:Label`.
    Labels {
        /// The node.
        variable: Variable,
        /// The labels.
        labels: Vec<Name>,
    },
}

/// One item of `REMOVE`.
#[derive(Clone, Debug)]
pub enum RemoveItem {
    /// `entity.key`.
    Property {
        /// The entity.
        owner: Expression,
        /// The key.
        key: Name,
    },
    /// `node:Label`.
    Labels {
        /// The node.
        variable: Variable,
        /// The labels.
        labels: Vec<Name>,
    },
}

/// `CALL name(arguments) YIELD items WHERE predicate`.
#[derive(Clone, Debug)]
pub struct Call {
    /// The dotted name.
    pub name: Name,
    /// Where the name stands.
    pub name_span: Span,
    /// The arguments; none where they are left to the parameters.
    pub arguments: Option<Vec<Expression>>,
    /// What is taken of its results.
    pub yields: Yield,
    /// Which results count.
    pub predicate: Option<Expression>,
}

/// What `CALL` takes of a procedure's results.
#[derive(Clone, Debug)]
pub enum Yield {
    /// There is no `YIELD`.
    Absent,
    /// `YIELD *`.
    All(Span),
    /// `YIELD result AS variable, ...`.
    Items(Vec<YieldItem>),
}

/// `result AS variable`.
#[derive(Clone, Debug)]
pub struct YieldItem {
    /// The procedure's name for it.
    pub result: Name,
    /// The name it gets.
    pub variable: Variable,
}

/// What `WITH` and `RETURN` have in common.
#[derive(Clone, Debug)]
pub struct ProjectionBody {
    /// Whether equal rows are given once.
    pub distinct: bool,
    /// Whether all variables in scope are given first.
    pub star: bool,
    /// The items.
    pub items: Vec<ProjectionItem>,
    /// How rows are ordered.
    pub order: Vec<SortItem>,
    /// How many rows are left out first.
    pub skip: Option<Expression>,
    /// How many rows are given at most.
    pub limit: Option<Expression>,
    /// The items, without order, skip and limit.
    pub span: Span,
}

/// `expression AS variable`.
#[derive(Clone, Debug)]
pub struct ProjectionItem {
    /// What is computed.
    pub expression: Expression,
    /// Its new name, if it was given one.
    pub alias: Option<Variable>,
    /// The expression as written: the name of its column where it has no other.
    pub text: Name,
    /// Where it is written.
    pub span: Span,
}

impl ProjectionItem {
    /// The name of its column.
    #[must_use]
    pub fn name(&self) -> &Name {
        match (&self.alias, &self.expression.kind) {
            (Some(alias), _) => &alias.name,
            (None, ExpressionKind::Variable(name)) => name,
            (None, _) => &self.text,
        }
    }
}

/// One key of `ORDER BY`.
#[derive(Clone, Debug)]
pub struct SortItem {
    /// What is compared.
    pub expression: Expression,
    /// Whether the largest comes first.
    pub descending: bool,
}
