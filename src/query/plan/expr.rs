//! Expressions as they are run: names are slots, functions are found, parameters are values.

use std::sync::Arc;

use super::Plan;
use crate::query::ast::{ArithmeticOperator, ComparisonOperator, QuantifierKind, StringOperator};
use crate::query::function::Function;
use crate::query::value::Value;
use crate::text::{Name, Span};

/// An expression and where it stands in the text.
#[derive(Clone, Debug)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) enum ExprKind {
    Constant(Value),
    Slot(usize),
    List(Vec<Expr>),
    Map(Vec<(Name, Expr)>),
    Or(Vec<Expr>),
    Xor(Vec<Expr>),
    And(Vec<Expr>),
    Not(Box<Expr>),
    Comparison(Box<Expr>, Vec<(ComparisonOperator, Expr)>),
    Arithmetic(Box<Expr>, Vec<(ArithmeticOperator, Expr)>),
    Negate(Box<Expr>),
    Plus(Box<Expr>),
    StringPredicate(StringOperator, Box<Expr>, Box<Expr>),
    In(Box<Expr>, Box<Expr>),
    IsNull(Box<Expr>),
    IsNotNull(Box<Expr>),
    Property(Box<Expr>, Name),
    Index(Box<Expr>, Box<Expr>),
    Slice(Box<Expr>, Option<Box<Expr>>, Option<Box<Expr>>),
    HasLabels(Box<Expr>, Vec<Name>),
    Function(&'static Function, Vec<Expr>),
    Case {
        operand: Option<Box<Expr>>,
        alternatives: Vec<(Expr, Expr)>,
        default: Option<Box<Expr>>,
    },
    ListComprehension {
        slot: usize,
        list: Box<Expr>,
        predicate: Option<Box<Expr>>,
        projection: Option<Box<Expr>>,
    },
    Quantifier {
        kind: QuantifierKind,
        slot: usize,
        list: Box<Expr>,
        predicate: Option<Box<Expr>>,
    },
    Reduce {
        accumulator: usize,
        initial: Box<Expr>,
        slot: usize,
        list: Box<Expr>,
        step: Box<Expr>,
    },
    /// `EXISTS`: whether the plan gives a row.
    Exists(Arc<Plan>),
    /// `COUNT`: how many rows it gives.
    Count(Arc<Plan>),
    /// The projection of each row.
    Collect(Arc<Plan>, Box<Expr>),
    /// The first row's projection, or null.
    First(Arc<Plan>, Box<Expr>),
    /// The path from a node along the relationships, or lists of them, in slots.
    Path {
        start: usize,
        steps: Vec<usize>,
    },
    /// Map entries; `None` takes all properties of the slot.
    MapProjection {
        base: usize,
        items: Vec<Option<(Name, Expr)>>,
    },
}

impl Expr {
    pub(crate) const fn new(kind: ExprKind, span: Span) -> Self {
        Self { kind, span }
    }

    pub(crate) const fn slot(slot: usize, span: Span) -> Self {
        Self { kind: ExprKind::Slot(slot), span }
    }
}
