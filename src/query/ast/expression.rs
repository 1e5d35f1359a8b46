//! Expressions. Chains of one precedence are flat lists, so depth is nesting and nothing else.

use super::{NodePattern, PatternElement, PatternPart, Query, Variable};
use crate::text::{Name, Span};

/// An expression and where it stands.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it computes.
    pub kind: ExpressionKind,
    /// Where.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExpressionKind {
    /// A constant.
    Literal(Literal),
    /// `$name`.
    Parameter(Name),
    /// A variable's value.
    Variable(Name),
    /// `[a, b]`.
    List(Vec<Expression>),
    /// `{a: 1}`.
    Map(Vec<(Name, Expression)>),
    /// Two or more joined by `OR`.
    Or(Vec<Expression>),
    /// Two or more joined by `XOR`.
    Xor(Vec<Expression>),
    /// Two or more joined by `AND`.
    And(Vec<Expression>),
    /// `NOT a`.
    Not(Box<Expression>),
    /// `a < b <= c`: each neighbour compared with the next.
    Comparison(Box<Expression>, Vec<(ComparisonOperator, Expression)>),
    /// Operators of one precedence, from left to right.
    Arithmetic(Box<Expression>, Vec<(ArithmeticOperator, Expression)>),
    /// `-a`.
    Negate(Box<Expression>),
    /// `+a`.
    Plus(Box<Expression>),
    /// `STARTS WITH` and its like.
    StringPredicate(StringOperator, Box<Expression>, Box<Expression>),
    /// `a IN list`.
    In(Box<Expression>, Box<Expression>),
    /// `a IS NULL`.
    IsNull(Box<Expression>),
    /// `a IS NOT NULL`.
    IsNotNull(Box<Expression>),
    /// `a.key`.
    Property(Box<Expression>, Name),
    /// `a[b]`.
    Index(Box<Expression>, Box<Expression>),
    /// `a[b..c]`.
    Slice(Box<Expression>, Option<Box<Expression>>, Option<Box<Expression>>),
    /// `n:Label`.
    HasLabels(Box<Expression>, Vec<Name>),
    /// `name(arguments)`.
    Function {
        /// The dotted name as written.
        name: Name,
        /// Where the name stands.
        name_span: Span,
        /// Whether equal arguments count once.
        distinct: bool,
        /// The arguments.
        arguments: Vec<Expression>,
    },
    /// `count(*)`.
    CountAll,
    /// `CASE`.
    Case {
        /// What alternatives are compared with.
        operand: Option<Box<Expression>>,
        /// The branches.
        alternatives: Vec<Alternative>,
        /// What it is where none fits.
        default: Option<Box<Expression>>,
    },
    /// `[x IN list WHERE predicate | projection]`.
    ListComprehension {
        /// Each value's name.
        variable: Variable,
        /// The list.
        list: Box<Expression>,
        /// Which values count.
        predicate: Option<Box<Expression>>,
        /// What is taken of them.
        projection: Option<Box<Expression>>,
    },
    /// `[p = (a)-->(b) WHERE predicate | projection]`.
    PatternComprehension {
        /// The path's name.
        variable: Option<Variable>,
        /// The chain.
        element: Box<PatternElement>,
        /// Which matches count.
        predicate: Option<Box<Expression>>,
        /// What is taken of them.
        projection: Box<Expression>,
    },
    /// `all(x IN list WHERE predicate)` and its like.
    Quantifier {
        /// How many must fulfil it.
        kind: QuantifierKind,
        /// Each value's name.
        variable: Variable,
        /// The list.
        list: Box<Expression>,
        /// The condition.
        predicate: Option<Box<Expression>>,
    },
    /// `reduce(sum = 0, x IN list | sum + x)`.
    Reduce {
        /// The running value's name.
        accumulator: Variable,
        /// Its first value.
        initial: Box<Expression>,
        /// Each value's name.
        variable: Variable,
        /// The list.
        list: Box<Expression>,
        /// The next running value.
        step: Box<Expression>,
    },
    /// `(a)-->(b)`, true where it matches.
    PatternPredicate(Box<PatternElement>),
    /// `shortestPath((a)-[*]-(b))`.
    ShortestPath(Box<PatternPart>),
    /// `EXISTS { ... }`.
    Exists(Box<Subquery>),
    /// `COUNT { ... }`.
    Count(Box<Subquery>),
    /// `n {.name, x: 1}`.
    MapProjection(Variable, Vec<MapProjectionItem>),
}

/// What stands in the braces of `EXISTS` and `COUNT`: a pattern alone is a query of one `MATCH`.
#[derive(Clone, Debug)]
pub struct Subquery {
    /// The query, which may end without `RETURN`.
    pub query: Query,
}

/// `WHEN condition THEN result`.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// A predicate, or a value the operand is compared with.
    pub condition: Expression,
    /// The value where it holds.
    pub result: Expression,
}

/// One item of a map projection.
#[derive(Clone, Debug)]
pub enum MapProjectionItem {
    /// `.*`.
    All,
    /// `.key`.
    Property(Name),
    /// `key: expression`.
    Entry(Name, Expression),
    /// `variable`, under its own name.
    Variable(Variable),
}

/// A constant. Integers may be negative: `-1` is one literal.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// A float, always finite.
    Float(f64),
    /// Text without quotes and escapes.
    String(Name),
}

/// Operators that compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `=`
    Equal,
    /// `<>`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// Operators that compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArithmeticOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
    /// `^`
    Power,
}

/// Predicates on strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StringOperator {
    /// `STARTS WITH`
    StartsWith,
    /// `ENDS WITH`
    EndsWith,
    /// `CONTAINS`
    Contains,
    /// `=~`
    Matches,
}

/// How many values must fulfil a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierKind {
    /// `all`
    All,
    /// `any`
    Any,
    /// `none`
    None,
    /// `single`
    Single,
}

impl Expression {
    /// Whether it is the same expression, wherever it stands.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
            && self.to_string() == other.to_string()
    }

    /// The variable it is, if it is nothing more.
    #[must_use]
    pub const fn variable(&self) -> Option<&Name> {
        match &self.kind {
            ExpressionKind::Variable(name) => Some(name),
            _ => None,
        }
    }

    /// Whether it holds a parameter map where a pattern wants properties.
    #[must_use]
    pub const fn is_parameter(&self) -> bool {
        matches!(self.kind, ExpressionKind::Parameter(_))
    }
}

impl NodePattern {
    /// Whether it says more than a name.
    #[must_use]
    pub const fn has_conditions(&self) -> bool {
        !self.labels.is_empty() || self.properties.is_some()
    }
}
