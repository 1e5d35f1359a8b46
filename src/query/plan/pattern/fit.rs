//! What `WHERE` asks of a shortest path goes into its search, so that a longer path is found where the shortest of
//! all does not fit.
//!
//! In: the conditions on the path. Out: a [`PathFit`]. What `all`, `none` or `NOT any` ask of each node or relationship
//! bounds where the search goes, a longest length bounds how far; anything else is asked of whole paths.

use super::solve::{Condition, Solver};
use crate::query::ast::{ComparisonOperator, Expression, ExpressionKind, QuantifierKind};
use crate::query::plan::frame::Frame;
use crate::query::plan::{EachFit, Expr, ExprKind, LengthFit, Operator, PathFit, Plan};
use crate::text::Name;

/// What a search fills: the slot of its relationships and that of its path, with their names.
struct Own<'a> {
    list: usize,
    path: Option<usize>,
    names: Vec<&'a Name>,
}

impl<'a> Solver<'a> {
    /// Whether a condition on a shortest path also needs what is not bound yet.
    pub(super) fn waits(&self, at: usize) -> bool {
        let own = self.own(at);
        self.conditions.iter().any(|condition| own.is_asked_by(condition) && !self.is_known(condition, &own))
    }

    /// Takes the conditions on a shortest path; gives what they ask, and in words for the plan.
    pub(super) fn fit(&mut self, mut plan: Plan, at: usize) -> (Plan, PathFit, String) {
        let own = self.own(at);
        let conditions = std::mem::take(&mut self.conditions);
        let (taken, left): (Vec<_>, Vec<_>) =
            conditions.into_iter().partition(|condition| own.is_asked_by(condition) && self.is_known(condition, &own));
        self.conditions = left;
        for named in taken.iter().flat_map(|condition| &condition.needs).filter(|slot| own.path != Some(**slot)) {
            plan = self.named_path(plan, *named);
        }
        let path = self.links.paths.iter().find(|path| Some(path.slot) == own.path);
        let mut fit = PathFit { path: path.map(|path| (path.slot, path.expr())), ..PathFit::default() };
        let mut words = String::new();
        for condition in taken {
            let by =
                if own.put(&condition, self.planner.options.unoptimised, &mut fit) { "each hop" } else { "each path" };
            words = format!("{words}, {by}: {}", condition.words);
        }
        (plan, fit, words)
    }

    /// Puts a named path into its slot, if it is one and all of it is bound.
    pub(super) fn named_path(&mut self, plan: Plan, slot: usize) -> Plan {
        let path = self.links.paths.iter().find(|path| path.slot == slot).filter(|_| self.is_ready(slot));
        let Some(path) = path.filter(|_| !self.is_filled(slot)) else { return plan };
        self.filled.insert(slot);
        plan.scaled(Operator::Project(vec![(slot, path.expr())]), format!("path {}", path.name), 1.0)
    }

    fn own(&self, at: usize) -> Own<'a> {
        let link = &self.links.links[at];
        let path = self.links.paths.iter().find(|path| path.steps == [link.slot]);
        let path = path.map(|path| path.slot);
        let frame: &'a Frame = self.frame;
        let names = frame.iter().filter(|(_, slot)| *slot == link.slot || Some(*slot) == path);
        Own { list: link.slot, path, names: names.map(|(name, _)| name).collect() }
    }

    /// Whether a condition needs nothing but what is bound and what the search fills.
    fn is_known(&self, condition: &Condition<'_>, own: &Own<'_>) -> bool {
        condition.needs.iter().all(|slot| own.is(*slot) || self.is_ready(*slot))
    }

    /// Whether a slot is filled, or is that of a path that can be made.
    fn is_ready(&self, slot: usize) -> bool {
        let made = self.links.paths.iter().filter(|path| path.slot == slot);
        let mut made = made.map(|path| path.steps.iter().chain([&path.start]).all(|step| self.is_filled(*step)));
        self.is_filled(slot) || made.any(|is_made| is_made)
    }
}

impl Own<'_> {
    fn is(&self, slot: usize) -> bool {
        slot == self.list || Some(slot) == self.path
    }

    fn is_asked_by(&self, condition: &Condition<'_>) -> bool {
        condition.needs.iter().any(|slot| self.is(*slot))
    }

    /// Puts a condition where it is asked soonest; false where it is asked of whole paths.
    fn put(&self, condition: &Condition<'_>, as_written: bool, fit: &mut PathFit) -> bool {
        let Some(source) = condition.source else {
            fit.whole.push(condition.predicate.clone());
            return false;
        };
        if let Some((of_nodes, each)) = self.each(source, &condition.predicate).filter(|_| !as_written) {
            let list = if of_nodes { &mut fit.nodes } else { &mut fit.relationships };
            list.push(each);
            return true;
        }
        let is_all_said = self.lengths(source, &condition.predicate, &mut fit.lengths);
        if !is_all_said {
            fit.whole.push(condition.predicate.clone());
        }
        is_all_said
    }

    /// What is asked of each node (then true) or relationship.
    fn each(&self, source: &Expression, predicate: &Expr) -> Option<(bool, EachFit)> {
        let (source, predicate, negated) = match (&source.kind, &predicate.kind) {
            (ExpressionKind::Not(source), ExprKind::Not(predicate)) => (&**source, &**predicate, true),
            _ => (source, predicate, false),
        };
        let ExpressionKind::Quantifier { predicate: Some(inner), .. } = &source.kind else { return None };
        let ExprKind::Quantifier { kind, slot, list, predicate: Some(predicate) } = &predicate.kind else {
            return None;
        };
        let truth = match (kind, negated) {
            (QuantifierKind::All, false) => true,
            (QuantifierKind::None, false) | (QuantifierKind::Any, true) => false,
            _ => return None,
        };
        let of_nodes = match &list.kind {
            ExprKind::Slot(slot) if *slot == self.list => false,
            ExprKind::Function(function, arguments) => match (function.name, &arguments[..]) {
                ("nodes", [path]) if self.is_path(path) => true,
                ("relationships", [path]) if self.is_path(path) => false,
                _ => return None,
            },
            _ => return None,
        };
        let apart = !self.stands_in(inner);
        apart.then(|| (of_nodes, EachFit { slot: *slot, predicate: (**predicate).clone(), truth }))
    }

    /// Adds the longest lengths that a comparison allows; true where it says nothing else.
    fn lengths(&self, source: &Expression, predicate: &Expr, lengths: &mut Vec<LengthFit>) -> bool {
        let ExpressionKind::Comparison(first_source, sources) = &source.kind else { return false };
        let ExprKind::Comparison(first, rest) = &predicate.kind else { return false };
        let (mut left, mut left_source) = (&**first, &**first_source);
        let mut is_all_said = false;
        for ((operator, right), (_, right_source)) in rest.iter().zip(sources) {
            let most = match operator {
                ComparisonOperator::Equal if self.is_length(left) => Some((right, right_source, false)),
                ComparisonOperator::Equal if self.is_length(right) => Some((left, left_source, false)),
                ComparisonOperator::Less if self.is_length(left) => Some((right, right_source, true)),
                ComparisonOperator::LessOrEqual if self.is_length(left) => Some((right, right_source, false)),
                ComparisonOperator::Greater if self.is_length(right) => Some((left, left_source, true)),
                ComparisonOperator::GreaterOrEqual if self.is_length(right) => Some((left, left_source, false)),
                _ => None,
            };
            if let Some((most, _, exclusive)) = most.filter(|(_, source, _)| !self.stands_in(source)) {
                lengths.push(LengthFit { most: most.clone(), exclusive });
                is_all_said = rest.len() == 1 && *operator != ComparisonOperator::Equal;
            }
            (left, left_source) = (right, right_source);
        }
        is_all_said
    }

    fn is_length(&self, expr: &Expr) -> bool {
        let ExprKind::Function(function, arguments) = &expr.kind else { return false };
        match (function.name, &arguments[..]) {
            ("length", [path]) => self.is_path(path),
            ("size", [Expr { kind: ExprKind::Slot(slot), .. }]) => *slot == self.list,
            _ => false,
        }
    }

    fn is_path(&self, expr: &Expr) -> bool {
        matches!(&expr.kind, ExprKind::Slot(slot) if Some(*slot) == self.path)
    }

    fn stands_in(&self, expression: &Expression) -> bool {
        self.names.iter().any(|name| expression.mentions(name))
    }
}
