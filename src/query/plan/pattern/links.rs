//! A pattern as nodes and links between them: what has one name is one node.

use crate::query::ast::{
    Direction, Expression, ExpressionKind, Match, NodePattern, PatternElement, PatternPart, RelationshipPattern,
    ShortestKind,
};
use crate::query::plan::frame::Frame;
use crate::query::plan::{Expr, ExprKind};
use crate::text::{Name, Span};

/// A node of the pattern.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) slot: usize,
    pub(super) name: Option<Name>,
    /// Whether an earlier clause binds it.
    pub(super) bound: bool,
    pub(super) labels: Vec<&'a Name>,
    pub(super) properties: Vec<&'a Expression>,
    pub(super) span: Span,
}

/// A relationship of the pattern; `from` and `to` are places in the list of nodes.
#[derive(Debug)]
pub(super) struct Link<'a> {
    pub(super) slot: usize,
    pub(super) bound: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) pattern: &'a RelationshipPattern,
    pub(super) shortest: Option<ShortestKind>,
    /// As written, with its nodes.
    pub(super) words: String,
}

impl Link<'_> {
    pub(super) const fn direction_from(&self, forwards: bool) -> Direction {
        if forwards { self.pattern.direction } else { self.pattern.direction.reversed() }
    }
}

/// A named path.
#[derive(Debug)]
pub(super) struct NamedPath {
    pub(super) slot: usize,
    pub(super) name: Name,
    pub(super) start: usize,
    pub(super) steps: Vec<usize>,
    pub(super) span: Span,
}

/// The whole pattern.
#[derive(Debug, Default)]
pub(super) struct Links<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) links: Vec<Link<'a>>,
    pub(super) paths: Vec<NamedPath>,
}

impl NamedPath {
    /// The path over slots.
    pub(super) fn expr(&self) -> Expr {
        Expr::new(ExprKind::Path { start: self.start, steps: self.steps.clone() }, self.span)
    }
}

impl<'a> Links<'a> {
    /// Reads a pattern; `before` says what is bound, `frame` gets the new names.
    pub(super) fn new(clause: &'a Match, before: &Frame, frame: &mut Frame) -> Self {
        let mut links = Self::default();
        for part in &clause.pattern.parts {
            links.part(part, before, frame);
        }
        links
    }

    /// Gives the labels that a part of `WHERE` asks of a node to the node; false where it asks for more.
    pub(super) fn take_labels(&mut self, condition: &'a Expression) -> bool {
        let ExpressionKind::HasLabels(operand, labels) = &condition.kind else { return false };
        let node = self.nodes.iter_mut().find(|node| node.name.is_some() && node.name.as_ref() == operand.variable());
        match node {
            Some(node) => {
                node.labels.extend(labels);
                true
            }
            None => false,
        }
    }

    fn part(&mut self, part: &'a PatternPart, before: &Frame, frame: &mut Frame) {
        let PatternElement { start, chain, span } = &part.element;
        let first = self.node(start, before, frame);
        let (mut from, mut steps, mut left) = (first, Vec::new(), start);
        for (relationship, node) in chain {
            let variable = relationship.variable.as_ref();
            let bound = variable.and_then(|variable| before.get(&variable.name));
            let slot = match (bound, variable) {
                (Some(slot), _) => slot,
                (None, Some(variable)) => frame.add(variable.name.clone()),
                (None, None) => frame.anonymous(),
            };
            let to = self.node(node, before, frame);
            let words = format!("{}{relationship}{}", bare(left), bare(node));
            let bound = bound.is_some();
            self.links.push(Link { slot, bound, from, to, pattern: relationship, shortest: part.shortest, words });
            steps.push(slot);
            (from, left) = (to, node);
        }
        if let Some(variable) = &part.variable {
            let slot = frame.add(variable.name.clone());
            let start = self.nodes[first].slot;
            self.paths.push(NamedPath { slot, name: variable.name.clone(), start, steps, span: *span });
        }
    }

    fn node(&mut self, pattern: &'a NodePattern, before: &Frame, frame: &mut Frame) -> usize {
        let name = pattern.variable.as_ref().map(|variable| variable.name.clone());
        let known = name.as_ref().and_then(|_| self.nodes.iter().position(|node| node.name == name));
        let place = known.unwrap_or_else(|| {
            let before = name.as_ref().and_then(|name| before.get(name));
            let slot = match (before, &name) {
                (Some(slot), _) => slot,
                (None, Some(name)) => frame.add(name.clone()),
                (None, None) => frame.anonymous(),
            };
            let (labels, properties) = (Vec::new(), Vec::new());
            self.nodes.push(Node { slot, name, bound: before.is_some(), labels, properties, span: pattern.span });
            self.nodes.len() - 1
        });
        self.nodes[place].labels.extend(&pattern.labels);
        self.nodes[place].properties.extend(&pattern.properties);
        place
    }
}

/// A node as plans show it: its name alone.
fn bare(node: &NodePattern) -> String {
    node.variable.as_ref().map_or_else(|| "()".to_owned(), |variable| format!("({variable})"))
}
