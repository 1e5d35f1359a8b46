//! Rewrites of plans that count: what is only counted is never made.
//!
//! Over a graph of notes, where no relationship joins a node with itself:
//!
//! - `Tally`: `count(*)`, alone or by keys of single nodes and relationships, over a pattern of at most two
//!   relationships. Degrees are added and multiplied; a key is computed once for each node or kind.
//! - `Tally` with `top`: where rows are then sorted by that count and cut, keys are computed for the first alone.
//! - `Reach`: `count(DISTINCT c)` at the end of a chain. Nodes are gathered in sets, hop by hop.
//!
//! All look at the operators that would have run: what is not understood stays as it was.

use super::{Access, AggregateCall, ExpandStep, Expr, ExprKind, Operator, Plan, TypeRule};
use crate::query::aggregate::Aggregate;
use crate::query::ast::Direction;
use crate::query::value::Value;

/// Rows of a pattern, counted by keys.
#[derive(Clone, Debug)]
pub(crate) struct Tally {
    pub(crate) pattern: Chain,
    /// Each with the only slot it looks at.
    pub(crate) keys: Vec<(usize, Expr)>,
    /// How many columns hold the count.
    pub(crate) counts: usize,
    /// How many of the largest counts are wanted; ties at the end are all given.
    pub(crate) top: Option<Expr>,
}

/// Distinct nodes at the end of a chain.
#[derive(Clone, Debug)]
pub(crate) struct Reach {
    pub(crate) pattern: Chain,
}

/// Nodes, what is followed from them, and filters on single slots.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) start: usize,
    pub(crate) access: Access,
    pub(crate) links: Vec<ExpandStep>,
    pub(crate) filters: Vec<(usize, Expr)>,
}

/// The plan with all counting that can be shortened made short.
pub(super) fn shorten(mut plan: Plan) -> Plan {
    let inputs = std::mem::take(&mut plan.inputs).into_iter().enumerate();
    // Second inputs run once for each row of the first, and see its slots.
    let apart = !matches!(plan.operator, Operator::Union { .. });
    plan.inputs = inputs.map(|(at, input)| if apart && at > 0 { input } else { shorten(input) }).collect();
    if let Operator::Aggregate { keys, calls } = &plan.operator {
        let counted = tally(keys, calls, &plan.inputs[0]).map(|tally| Operator::Tally(Box::new(tally)));
        let short =
            counted.or_else(|| reach(keys, calls, &plan.inputs[0]).map(|reach| Operator::Reach(Box::new(reach))));
        if let Some(operator) = short {
            return Plan { operator, inputs: Vec::new(), ..plan };
        }
    }
    top(&mut plan);
    plan
}

fn tally(keys: &[Expr], calls: &[AggregateCall], input: &Plan) -> Option<Tally> {
    if calls.is_empty() || !calls.iter().all(counts_rows) {
        return None;
    }
    let pattern = chain(input)?.without_certain_labels();
    let keys: Vec<(usize, Expr)> =
        keys.iter().map(|key| Some((only_slot(key)?, key.clone()))).collect::<Option<_>>()?;
    let fits = match &pattern.links[..] {
        [] => true,
        [_] => keys.iter().all(|(slot, _)| pattern.binds(*slot)),
        [one, two] => keys.is_empty() && pattern.middle().is_some() && pattern.filters_nodes() && is_free(one, two),
        _ => false,
    };
    // From one node that is sought there is little to count, and rows do it.
    let sought = matches!(pattern.access, Access::Property { .. }) && !pattern.links.is_empty();
    (fits && !sought).then_some(Tally { pattern, keys, counts: calls.len(), top: None })
}

/// Whether nothing but the first relationship is told apart from the second.
fn is_free(one: &ExpandStep, two: &ExpandStep) -> bool {
    two.unique.iter().all(|slot| *slot == one.relationship)
}

fn reach(keys: &[Expr], calls: &[AggregateCall], input: &Plan) -> Option<Reach> {
    let [AggregateCall { aggregate: Aggregate::Count, distinct: true, arguments }] = calls else { return None };
    let ([], [Expr { kind: ExprKind::Slot(counted), .. }]) = (keys, &arguments[..]) else { return None };
    let pattern = chain(input)?.without_certain_labels();
    let ends = pattern.links.last()?.to == *counted && pattern.filters_nodes();
    let mut here = pattern.start;
    let mut before: Option<&ExpandStep> = None;
    for link in &pattern.links {
        // Two relationships that follow each other the same way are never one: none leads back to its start.
        let onward = |before: &ExpandStep| {
            let follows = link.direction == before.direction && link.direction != Direction::Either;
            follows && link.unique.iter().all(|slot| *slot == before.relationship)
        };
        if link.from != here || !(link.unique.is_empty() || before.is_some_and(onward)) {
            return None;
        }
        (here, before) = (link.to, Some(link));
    }
    ends.then_some(Reach { pattern })
}

/// `count(*)`, or what is counted as that.
fn counts_rows(call: &AggregateCall) -> bool {
    let every = matches!(call.arguments[..], [Expr { kind: ExprKind::Constant(Value::Boolean(true)), .. }]);
    call.aggregate == Aggregate::Count && !call.distinct && every
}

/// The pattern of a plan that binds nothing but nodes and single relationships.
fn chain(plan: &Plan) -> Option<Chain> {
    let input = plan.inputs.first()?;
    match &plan.operator {
        Operator::NodeScan { slot, access } if matches!(input.operator, Operator::Argument) => {
            Some(Chain { start: *slot, access: access.clone(), links: Vec::new(), filters: Vec::new() })
        }
        Operator::Filter(predicate) => {
            let mut chain = chain(input)?;
            chain.filters.push((only_slot(predicate)?, predicate.clone()));
            Some(chain)
        }
        Operator::Expand(step) if !step.to_bound => {
            let mut chain = chain(input)?;
            chain.links.push(step.clone());
            Some(chain)
        }
        _ => None,
    }
}

impl Chain {
    /// The node that both of two relationships touch, the far end of the first, and the way to it from there.
    pub(crate) fn middle(&self) -> Option<(usize, usize, Direction)> {
        let [one, two] = &self.links[..] else { return None };
        if two.from == one.to {
            Some((two.from, one.from, one.direction.reversed()))
        } else {
            (two.from == one.from).then_some((two.from, one.to, one.direction))
        }
    }

    /// The same without asking the ends of relations whether they are concepts.
    fn without_certain_labels(mut self) -> Self {
        let relations = |link: &ExpandStep| matches!(link.types, TypeRule::Relations);
        let certain =
            |slot: usize| self.links.iter().any(|link| relations(link) && [link.from, link.to].contains(&slot));
        let asks = |filter: &Expr| match &filter.kind {
            ExprKind::HasLabels(_, labels) => labels.iter().all(|label| **label == *"Concept"),
            _ => false,
        };
        let mut filters = std::mem::take(&mut self.filters);
        filters.retain(|(slot, filter)| !(certain(*slot) && asks(filter)));
        let concepts = matches!(&self.access, Access::Label(label) if **label == *"Concept");
        let access = if concepts && certain(self.start) { Access::All } else { self.access.clone() };
        Self { filters, access, ..self }
    }

    fn binds(&self, slot: usize) -> bool {
        slot == self.start || self.links.iter().any(|link| slot == link.relationship || slot == link.to)
    }

    fn filters_nodes(&self) -> bool {
        let is_relationship = |slot: usize| self.links.iter().any(|link| link.relationship == slot);
        self.filters.iter().all(|(slot, _)| !is_relationship(*slot))
    }
}

/// Lets a tally under `ORDER BY count DESC LIMIT n` compute the keys of the largest counts alone.
fn top(plan: &mut Plan) {
    let Operator::Sort { keys, limit: Some(limit) } = &plan.operator else { return };
    let Some((Expr { kind: ExprKind::Slot(column), .. }, true)) = keys.first() else { return };
    let (column, limit) = (*column, limit.clone());
    let Some(narrow) = plan.inputs.first_mut() else { return };
    let Operator::Narrow(slots) = &narrow.operator else { return };
    let Some(slot) = slots.get(column).copied() else { return };
    let Some(project) = narrow.inputs.first_mut() else { return };
    let Operator::Project(items) = &project.operator else { return };
    let computed = items.iter().find(|(at, _)| *at == slot).map(|(_, expr)| &expr.kind);
    let slot = match computed {
        None => slot,
        Some(ExprKind::Slot(from)) => *from,
        Some(_) => return,
    };
    let Some(Plan { operator: Operator::Tally(tally), .. }) = project.inputs.first_mut() else { return };
    if slot >= tally.keys.len() && tally.has_own_groups() {
        tally.top = Some(limit);
    }
}

impl Tally {
    /// Whether each first node is a group of its own: by itself, or by its name where only concepts count.
    fn has_own_groups(&self) -> bool {
        let [link] = &self.pattern.links[..] else { return false };
        let start = self.pattern.start;
        let own = |key: &Expr| match &key.kind {
            ExprKind::Slot(_) => true,
            ExprKind::Property(owner, name) => {
                let named = **name == *"name" && matches!(owner.kind, ExprKind::Slot(_));
                named && matches!(link.types, TypeRule::Relations)
            }
            _ => false,
        };
        self.keys.iter().all(|(slot, _)| *slot == start) && self.keys.iter().any(|(_, key)| own(key))
    }
}

/// The one slot that an expression looks at, where its value depends on nothing else.
fn only_slot(expr: &Expr) -> Option<usize> {
    let mut slots = Vec::new();
    (gather(expr, &mut slots) && slots.windows(2).all(|pair| pair[0] == pair[1])).then(|| slots.first().copied())?
}

/// Adds the slots of an expression; false where it opens plans, has names of its own, or depends on chance.
fn gather(expr: &Expr, slots: &mut Vec<usize>) -> bool {
    match &expr.kind {
        ExprKind::Constant(_) => true,
        ExprKind::Slot(slot) => {
            slots.push(*slot);
            true
        }
        ExprKind::List(items) | ExprKind::Or(items) | ExprKind::Xor(items) | ExprKind::And(items) => {
            items.iter().all(|item| gather(item, slots))
        }
        ExprKind::Function(function, items) => function.deterministic && items.iter().all(|item| gather(item, slots)),
        ExprKind::Map(entries) => entries.iter().all(|(_, value)| gather(value, slots)),
        ExprKind::Not(one)
        | ExprKind::Negate(one)
        | ExprKind::Plus(one)
        | ExprKind::IsNull(one)
        | ExprKind::IsNotNull(one)
        | ExprKind::Property(one, _)
        | ExprKind::HasLabels(one, _) => gather(one, slots),
        ExprKind::Comparison(first, rest) => {
            gather(first, slots) && rest.iter().all(|(_, operand)| gather(operand, slots))
        }
        ExprKind::Arithmetic(first, rest) => {
            gather(first, slots) && rest.iter().all(|(_, operand)| gather(operand, slots))
        }
        ExprKind::StringPredicate(_, left, right) | ExprKind::In(left, right) | ExprKind::Index(left, right) => {
            gather(left, slots) && gather(right, slots)
        }
        _ => false,
    }
}
