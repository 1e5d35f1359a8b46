//! Patterns: nodes and relationships in a row.

use super::{Expression, Variable};
use crate::text::{Name, Span};

/// Parts joined by commas.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// One or more.
    pub parts: Vec<PatternPart>,
}

/// One chain, maybe named, maybe the shortest of its kind.
#[derive(Clone, Debug)]
pub struct PatternPart {
    /// The name of the path.
    pub variable: Option<Variable>,
    /// Whether only shortest paths count.
    pub shortest: Option<ShortestKind>,
    /// The chain.
    pub element: PatternElement,
}

/// Which of the shortest paths are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShortestKind {
    /// `shortestPath`: one.
    One,
    /// `allShortestPaths`: each.
    All,
}

/// A chain: a node, then relationships each with its node.
#[derive(Clone, Debug)]
pub struct PatternElement {
    /// The first node.
    pub start: NodePattern,
    /// The others.
    pub chain: Vec<(RelationshipPattern, NodePattern)>,
    /// All of it.
    pub span: Span,
}

impl PatternElement {
    /// Its nodes in order.
    pub fn nodes(&self) -> impl Iterator<Item = &NodePattern> {
        std::iter::once(&self.start).chain(self.chain.iter().map(|(_, node)| node))
    }

    /// Its relationships in order.
    pub fn relationships(&self) -> impl Iterator<Item = &RelationshipPattern> {
        self.chain.iter().map(|(relationship, _)| relationship)
    }
}

/// `(variable:Label {key: value})`.
#[derive(Clone, Debug)]
pub struct NodePattern {
    /// Its name.
    pub variable: Option<Variable>,
    /// Labels, all of which it must have.
    pub labels: Vec<Name>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// From bracket to bracket.
    pub span: Span,
}

/// `-[variable:TYPE|TYPE *1..2 {key: value}]->`.
#[derive(Clone, Debug)]
pub struct RelationshipPattern {
    /// Its name.
    pub variable: Option<Variable>,
    /// Types, one of which it must have; any where there are none.
    pub types: Vec<Name>,
    /// How many relationships in a row; none for exactly one that is no list.
    pub length: Option<Range>,
    /// A map literal or a parameter.
    pub properties: Option<Expression>,
    /// Which way it points.
    pub direction: Direction,
    /// From end to end.
    pub span: Span,
}

/// `*min..max`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// At least; 1 where nothing is said.
    pub min: Option<u64>,
    /// At most; no bound where nothing is said.
    pub max: Option<u64>,
}

/// Which way a relationship points, as the pattern is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// `-->`.
    Right,
    /// `<--`.
    Left,
    /// `--` and `<-->`.
    Either,
}

impl Direction {
    /// The same, read from the other end.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            Self::Either => Self::Either,
        }
    }
}
