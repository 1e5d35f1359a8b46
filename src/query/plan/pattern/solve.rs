//! Chooses the order of scans and expands.

use rustc_hash::FxHashSet;

use super::cost::{EQUALITY, PREDICATE, as_float};
use super::links::{Link, Links, Node};
use crate::limits::Limit;
use crate::query::ast::{ComparisonOperator, Direction, Expression, ExpressionKind, ShortestKind};
use crate::query::error::{Phase, QueryError};
use crate::query::plan::frame::Frame;
use crate::query::plan::operator::TypeRule;
use crate::query::plan::{Access, ExpandStep, Expr, ExprKind, Operator, Plan, Planner, ShortestStep, VariableStep};
use crate::text::Name;

type Result<T> = std::result::Result<T, QueryError>;

/// A filter that waits for its names.
pub(super) struct Condition<'a> {
    /// The part of `WHERE` that it is, if it is one.
    pub(super) source: Option<&'a Expression>,
    pub(super) predicate: Expr,
    /// Slots that must be filled before.
    pub(super) needs: Vec<usize>,
    pub(super) words: String,
    /// `slot.key = value`, if that is what it says.
    equality: Option<(usize, Name, Expr)>,
    /// The node it says labels of, if that is what it says.
    labels: Option<usize>,
}

pub(super) struct Solver<'a> {
    pub(super) planner: &'a Planner<'a>,
    pub(super) links: &'a Links<'a>,
    pub(super) frame: &'a Frame,
    pub(super) conditions: Vec<Condition<'a>>,
    /// Slots that are filled.
    pub(super) filled: FxHashSet<usize>,
    /// Links that are done.
    done: Vec<bool>,
}

impl<'a> Solver<'a> {
    pub(super) fn new(
        planner: &'a Planner<'a>,
        links: &'a Links<'a>,
        predicates: Vec<&'a Expression>,
        before: &Frame,
        frame: &'a Frame,
    ) -> Result<Self> {
        // Each node and relationship is one more operator on the stack.
        let most = planner.options.limits.size(Limit::Pattern);
        if links.nodes.len() + links.links.len() > most {
            let message = format!("a pattern has more than {most} nodes and relationships");
            return Err(QueryError::limit(Phase::CompileTime, Limit::Pattern, message));
        }
        let filled = before.iter().map(|(_, slot)| *slot).collect();
        let done = vec![false; links.links.len()];
        let mut solver = Self { planner, links, frame, conditions: Vec::new(), filled, done };
        for predicate in predicates {
            solver.condition(predicate)?;
        }
        for node in &links.nodes {
            solver.node_conditions(node)?;
        }
        for link in &links.links {
            solver.link_conditions(link)?;
        }
        Ok(solver)
    }

    /// A part of `WHERE`.
    fn condition(&mut self, source: &'a Expression) -> Result<()> {
        let equality = self.equality(source)?;
        let predicate = self.planner.lower(source, self.frame)?;
        let mut needs = Vec::new();
        self.needs(source, &mut needs);
        let (source, words) = (Some(source), source.to_string());
        self.conditions.push(Condition { source, predicate, needs, words, equality, labels: None });
        Ok(())
    }

    /// Slots of the names that an expression uses, those inside subqueries included.
    fn needs(&self, expression: &Expression, needs: &mut Vec<usize>) {
        let used = self.frame.iter().filter(|(name, _)| expression.mentions(name));
        needs.extend(used.map(|(_, slot)| *slot));
    }

    /// `name.key = value` or the other way round, where the value does not need the name.
    fn equality(&self, predicate: &Expression) -> Result<Option<(usize, Name, Expr)>> {
        let ExpressionKind::Comparison(left, rest) = &predicate.kind else { return Ok(None) };
        let [(ComparisonOperator::Equal, right)] = &rest[..] else { return Ok(None) };
        for (property, value) in [(&**left, right), (right, &**left)] {
            let ExpressionKind::Property(owner, key) = &property.kind else { continue };
            let Some(slot) = owner.variable().and_then(|name| self.frame.get(name)) else { continue };
            let mut needs = Vec::new();
            self.needs(value, &mut needs);
            if !needs.contains(&slot) {
                return Ok(Some((slot, key.clone(), self.planner.lower(value, self.frame)?)));
            }
        }
        Ok(None)
    }

    fn node_conditions(&mut self, node: &Node<'_>) -> Result<()> {
        if !node.labels.is_empty() {
            let labels: Vec<Name> = node.labels.iter().map(|label| (*label).clone()).collect();
            let words = labels.iter().map(|label| format!(":{label}")).collect::<String>();
            let words = format!("{}{words}", node.name.as_deref().unwrap_or_default());
            let owner = Box::new(Expr::slot(node.slot, node.span));
            let predicate = Expr::new(ExprKind::HasLabels(owner, labels), node.span);
            let (needs, labels) = (vec![node.slot], Some(node.slot));
            self.conditions.push(Condition { source: None, predicate, needs, words, equality: None, labels });
        }
        let name = node.name.clone().unwrap_or_default();
        node.properties.iter().try_for_each(|properties| self.property_conditions(node.slot, &name, properties))
    }

    fn link_conditions(&mut self, link: &Link<'_>) -> Result<()> {
        if link.pattern.length.is_some() || link.shortest.is_some() {
            return Ok(());
        }
        let name = link.pattern.variable.as_ref().map(|variable| variable.name.clone()).unwrap_or_default();
        let properties = link.pattern.properties.iter();
        properties.into_iter().try_for_each(|properties| self.property_conditions(link.slot, &name, properties))
    }

    /// `{key: value}` of a node or relationship as equalities.
    fn property_conditions(&mut self, slot: usize, name: &Name, properties: &Expression) -> Result<()> {
        let ExpressionKind::Map(entries) = &properties.kind else { return Ok(()) };
        for (key, value) in entries {
            let lowered = self.planner.lower(value, self.frame)?;
            let owner = Box::new(Expr::slot(slot, value.span));
            let property = Expr::new(ExprKind::Property(owner, key.clone()), value.span);
            let rest = vec![(ComparisonOperator::Equal, lowered.clone())];
            let predicate = Expr::new(ExprKind::Comparison(Box::new(property), rest), value.span);
            let mut needs = vec![slot];
            self.needs(value, &mut needs);
            let words = format!("{name}.{key} = {value}");
            let own = needs.iter().filter(|need| **need == slot).count() > 1;
            let equality = (!own).then(|| (slot, key.clone(), lowered));
            self.conditions.push(Condition { source: None, predicate, needs, words, equality, labels: None });
        }
        Ok(())
    }

    /// Puts operators on top of `plan` until everything is bound.
    pub(super) fn solve(mut self, plan: Plan) -> Result<Plan> {
        let mut plan = self.filters(plan);
        for node in self.links.nodes.iter().filter(|node| node.bound) {
            // What an earlier clause bound may be null, or no node at all.
            let alone = !self.links.links.iter().any(|link| self.touches(link, node.slot));
            if alone {
                let owner = Box::new(Expr::slot(node.slot, node.span));
                plan = plan.scaled(Operator::Filter(Expr::new(ExprKind::IsNotNull(owner), node.span)), "", 1.0);
            }
        }
        for at in 0..self.links.links.len() {
            let link = &self.links.links[at];
            if link.bound && link.pattern.length.is_none() && link.shortest.is_none() {
                plan = self.ends(plan, at);
            }
        }
        loop {
            if let Some((at, forwards)) = self.next_link(|at| !self.waits(at)) {
                plan = self.follow(plan, at, forwards)?;
            } else if let Some(at) = self.next_node() {
                plan = self.scan(plan, at);
            } else if let Some((at, forwards)) = self.next_link(|_| true) {
                plan = self.follow(plan, at, forwards)?;
            } else {
                break;
            }
        }
        for named in &self.links.paths {
            plan = self.named_path(plan, named.slot);
        }
        Ok(self.filters(plan))
    }

    fn touches(&self, link: &Link<'_>, slot: usize) -> bool {
        self.links.nodes[link.from].slot == slot || self.links.nodes[link.to].slot == slot
    }

    pub(super) fn is_filled(&self, slot: usize) -> bool {
        self.filled.contains(&slot)
    }

    /// Adds the filters whose names are all bound.
    fn filters(&mut self, plan: Plan) -> Plan {
        let unsolved = || !self.done.iter().all(|done| *done) || self.next_node().is_some();
        if self.planner.options.unoptimised && unsolved() {
            return plan;
        }
        let (ready, waiting): (Vec<_>, Vec<_>) = std::mem::take(&mut self.conditions)
            .into_iter()
            .partition(|condition| condition.needs.iter().all(|need| self.filled.contains(need)));
        self.conditions = waiting;
        ready.into_iter().fold(plan, |plan, condition| {
            let share = if condition.equality.is_some() { EQUALITY } else { PREDICATE };
            plan.scaled(Operator::Filter(condition.predicate), condition.words, share)
        })
    }

    /// The link to follow next, and whether from its first node: one with an end bound, the cheapest. A shortest path
    /// needs both ends bound, and `may_search`.
    fn next_link(&self, may_search: impl Fn(usize) -> bool) -> Option<(usize, bool)> {
        let mut best: Option<(f64, usize, bool)> = None;
        for (at, link) in self.links.links.iter().enumerate().filter(|(at, _)| !self.done[*at]) {
            let (from, to) = (&self.links.nodes[link.from], &self.links.nodes[link.to]);
            let (from_filled, to_filled) = (self.is_filled(from.slot), self.is_filled(to.slot));
            let may_follow = match link.shortest {
                None => from_filled || to_filled,
                Some(_) => from_filled && to_filled && may_search(at),
            };
            if !may_follow {
                continue;
            }
            let far = if from_filled { to } else { from };
            let mut cost = self.planner.fan_out(link) * self.selectivity(far);
            if from_filled && to_filled {
                cost /= 1000.0;
            }
            if self.planner.options.unoptimised {
                return Some((at, from_filled));
            }
            if best.is_none_or(|(least, ..)| cost < least) {
                best = Some((cost, at, from_filled));
            }
        }
        best.map(|(_, at, forwards)| (at, forwards))
    }

    /// The share of nodes that a node's own conditions keep.
    fn selectivity(&self, node: &Node<'_>) -> f64 {
        let labels = if node.labels.is_empty() { 1.0 } else { self.planner.label_share(&node.labels) };
        let own = |condition: &&Condition| condition.needs.contains(&node.slot) && condition.labels.is_none();
        self.conditions
            .iter()
            .filter(own)
            .fold(labels, |share, condition| share * if condition.equality.is_some() { EQUALITY } else { PREDICATE })
    }

    /// The node to scan next: the one with the fewest candidates; ends of shortest paths last of all.
    fn next_node(&self) -> Option<usize> {
        let open = |at: &usize| !self.is_filled(self.links.nodes[*at].slot);
        let candidates = (0..self.links.nodes.len()).filter(open);
        candidates.min_by(|left, right| self.candidates(*left).1.total_cmp(&self.candidates(*right).1))
    }

    /// How a node is best found, and how many there are.
    fn candidates(&self, at: usize) -> (Access, f64) {
        let node = &self.links.nodes[at];
        let label =
            node.labels.iter().min_by_key(|label| self.planner.view.label_count(label)).map(|label| (*label).clone());
        let all = self.planner.labelled(&node.labels);
        if self.planner.options.unoptimised {
            return (Access::All, as_float(at));
        }
        for condition in &self.conditions {
            let Some((slot, key, value)) = &condition.equality else { continue };
            let known = condition.needs.iter().all(|need| need == slot || self.is_filled(*need));
            if *slot == node.slot && known && self.planner.view.has_index(key) {
                let access = Access::Property { key: key.clone(), value: value.clone(), label };
                return (access, 1.0_f64.min(all));
            }
        }
        match label {
            Some(label) => (Access::Label(label), all),
            None => (Access::All, all),
        }
    }

    fn scan(&mut self, plan: Plan, at: usize) -> Plan {
        let node = &self.links.nodes[at];
        let (access, count) = self.candidates(at);
        let name = node.name.as_deref().unwrap_or("_");
        let words = match &access {
            Access::All => name.to_owned(),
            Access::Label(label) => format!("{name}:{label}"),
            Access::Property { key, .. } => {
                let words = self.conditions.iter().find(|condition| {
                    condition.equality.as_ref().is_some_and(|(slot, known, _)| *slot == node.slot && known == key)
                });
                words.map_or_else(String::new, |condition| condition.words.clone())
            }
        };
        if let Access::Label(_) = &access
            && node.labels.len() == 1
        {
            // The scan itself sees to the only label.
            self.conditions.retain(|condition| condition.labels != Some(node.slot));
        }
        let slot = node.slot;
        let plan = plan.scaled(Operator::NodeScan { slot, access }, words, count);
        self.filled.insert(slot);
        self.filters(plan)
    }

    fn step(&self, at: usize, forwards: bool) -> ExpandStep {
        let link = &self.links.links[at];
        let (from, to) = if forwards { (link.from, link.to) } else { (link.to, link.from) };
        let (from, to) = (self.links.nodes[from].slot, self.links.nodes[to].slot);
        let others = self.links.links.iter().enumerate();
        let others = others.filter(|(other, one)| self.done[*other] && *other != at && one.shortest.is_none());
        ExpandStep {
            from,
            relationship: link.slot,
            to,
            direction: link.direction_from(forwards),
            types: self.types(link),
            from_bound: self.is_filled(from),
            to_bound: self.is_filled(to),
            unique: others.filter(|(_, other)| may_share(link, other)).map(|(_, other)| other.slot).collect(),
        }
    }

    /// Bookkeeping relationships match where the pattern names their type or labels an end.
    fn types(&self, link: &Link<'_>) -> TypeRule {
        if !link.pattern.types.is_empty() {
            return TypeRule::Named(link.pattern.types.clone());
        }
        let bookkeeper =
            |at: usize| self.links.nodes[at].labels.iter().any(|label| ["Note", "Section", "Tag"].contains(&&***label));
        if self.planner.options.all_types || bookkeeper(link.from) || bookkeeper(link.to) {
            TypeRule::All
        } else {
            TypeRule::Relations
        }
    }

    /// The ends of a relationship that an earlier clause bound.
    fn ends(&mut self, plan: Plan, at: usize) -> Plan {
        let step = self.step(at, true);
        let both = step.direction == Direction::Either;
        let filled = [step.from, step.to];
        let words = self.links.links[at].words.clone();
        let plan = plan.scaled(Operator::Ends(step), words, if both { 2.0 } else { 1.0 });
        self.filled.extend(filled);
        self.done[at] = true;
        self.filters(plan)
    }

    fn follow(&mut self, mut plan: Plan, at: usize, forwards: bool) -> Result<Plan> {
        let link = &self.links.links[at];
        let step = self.step(at, forwards);
        let mut factor = self.planner.fan_out(link);
        if step.to_bound {
            factor /= f64::from(u32::try_from(self.planner.view.node_count()).unwrap_or(u32::MAX)).max(1.0);
        }
        let filled = [step.to, step.relationship];
        let mut words = link.words.clone();
        let operator = match (link.shortest, link.pattern.length) {
            (None, None) => Operator::Expand(step),
            (None, Some(_)) => Operator::VariableExpand(self.variable(link, step, !forwards)?),
            (Some(kind), _) => {
                let step = self.variable(link, step, !forwards)?;
                let (below, fit, asked) = self.fit(plan, at);
                plan = below;
                words.push_str(&asked);
                Operator::ShortestPath(ShortestStep { step, all: kind == ShortestKind::All, fit })
            }
        };
        let plan = plan.scaled(operator, words, factor);
        self.filled.extend(filled);
        self.done[at] = true;
        Ok(self.filters(plan))
    }

    fn variable(&self, link: &Link<'_>, step: ExpandStep, reversed: bool) -> Result<VariableStep> {
        let (min, max) = match link.pattern.length {
            None => (1, 1),
            Some(range) => (range.min.unwrap_or(1), range.max.unwrap_or(u64::MAX)),
        };
        let mut properties = Vec::new();
        if let Some(ExpressionKind::Map(entries)) = link.pattern.properties.as_ref().map(|map| &map.kind) {
            for (key, value) in entries {
                properties.push((key.clone(), self.planner.lower(value, self.frame)?));
            }
        }
        Ok(VariableStep { step, min, max, reversed, properties, bound: link.bound })
    }
}

/// Whether two links could match the same relationship.
fn may_share(one: &Link<'_>, other: &Link<'_>) -> bool {
    let (left, right) = (&one.pattern.types, &other.pattern.types);
    left.is_empty() || right.is_empty() || left.iter().any(|name| right.contains(name))
}
