//! Clauses that write.

use super::{CreateStep, Expr, Frame, Operator, Plan, Planner, Remove, Result, Set};
use crate::query::ast::{
    Clause, ClauseKind, Direction, Match, Merge, NodePattern, Pattern, PatternPart, RemoveItem, SetItem, Variable,
};

impl Planner<'_> {
    /// Plans a clause that writes.
    pub(super) fn write(&self, clause: &Clause, plan: Plan, frame: Frame) -> Result<(Plan, Frame)> {
        let (operator, detail) = match &clause.kind {
            ClauseKind::Create(pattern) => {
                let (mut inner, mut steps) = (frame, Vec::new());
                for part in &pattern.parts {
                    self.create_part(part, &mut inner, &mut steps)?;
                }
                return Ok((plan.scaled(Operator::Create(steps), pattern.to_string(), 1.0), inner));
            }
            ClauseKind::Merge(merge) => return self.merge(merge, plan, &frame),
            ClauseKind::Set(items) => {
                let words: Vec<String> = items.iter().map(ToString::to_string).collect();
                (Operator::Set(self.set_items(items, &frame)?), words.join(", "))
            }
            ClauseKind::Remove(items) => {
                let words: Vec<String> = items.iter().map(ToString::to_string).collect();
                let lowered = items.iter().map(|item| self.remove_item(item, &frame)).collect::<Result<_>>()?;
                (Operator::Remove(lowered), words.join(", "))
            }
            ClauseKind::Delete { detach, expressions } => {
                let words: Vec<String> = expressions.iter().map(ToString::to_string).collect();
                let lowered = expressions.iter().map(|one| self.lower(one, &frame)).collect::<Result<_>>()?;
                (Operator::Delete { detach: *detach, expressions: lowered }, words.join(", "))
            }
            _ => return Ok((plan, frame)),
        };
        Ok((plan.scaled(operator, detail, 1.0), frame))
    }

    fn create_part(&self, part: &PatternPart, frame: &mut Frame, steps: &mut Vec<CreateStep>) -> Result<()> {
        let start = self.create_node(&part.element.start, frame, steps)?;
        let (mut left, mut walk) = (start, Vec::new());
        for (relationship, node) in &part.element.chain {
            let properties =
                relationship.properties.as_ref().map(|properties| self.lower(properties, frame)).transpose()?;
            // `MERGE` numbers the slots of its two ways alike: the relationship, then the node.
            let slot = slot_for(relationship.variable.as_ref(), frame);
            let right = self.create_node(node, frame, steps)?;
            let (from, to) = if relationship.direction == Direction::Left { (right, left) } else { (left, right) };
            let relationship_type = relationship.types.first().cloned().unwrap_or_default();
            steps.push(CreateStep::Relationship { slot, relationship_type, start: from, end: to, properties });
            walk.push(slot);
            left = right;
        }
        if let Some(variable) = &part.variable {
            let slot = frame.add(variable.name.clone());
            steps.push(CreateStep::Path { slot, start, steps: walk });
        }
        Ok(())
    }

    /// The slot of a node that is bound or will be made.
    fn create_node(&self, node: &NodePattern, frame: &mut Frame, steps: &mut Vec<CreateStep>) -> Result<usize> {
        if let Some(bound) = node.variable.as_ref().and_then(|variable| frame.get(&variable.name)) {
            return Ok(bound);
        }
        let properties = node.properties.as_ref().map(|properties| self.lower(properties, frame)).transpose()?;
        let slot = slot_for(node.variable.as_ref(), frame);
        steps.push(CreateStep::Node { slot, labels: node.labels.clone(), properties });
        Ok(slot)
    }

    fn merge(&self, merge: &Merge, plan: Plan, frame: &Frame) -> Result<(Plan, Frame)> {
        let pattern = Pattern { parts: vec![merge.part.clone()] };
        let clause = Match { optional: false, pattern, predicate: None };
        let (found, inner) = self.match_clause(&clause, Plan::argument(), frame)?;
        let (mut made, mut create) = (frame.clone(), Vec::new());
        self.create_part(&merge.part, &mut made, &mut create)?;
        let operator = Operator::Merge {
            create,
            on_create: self.set_items(&merge.on_create, &inner)?,
            on_match: self.set_items(&merge.on_match, &inner)?,
        };
        let estimate = plan.estimate * found.estimate.max(1.0);
        let inputs = vec![plan, found];
        Ok((Plan { operator, inputs, detail: merge.part.to_string(), estimate, id: 0 }, inner))
    }

    fn set_items(&self, items: &[SetItem], frame: &Frame) -> Result<Vec<Set>> {
        items.iter().map(|item| self.set_item(item, frame)).collect()
    }

    fn set_item(&self, item: &SetItem, frame: &Frame) -> Result<Set> {
        Ok(match item {
            SetItem::Property { owner, key, value } => {
                Set::Property { owner: self.lower(owner, frame)?, key: key.clone(), value: self.lower(value, frame)? }
            }
            SetItem::All { variable, value } => {
                Set::Properties { owner: owner(variable, frame), value: self.lower(value, frame)?, replace: true }
            }
            SetItem::Add { variable, value } => {
                Set::Properties { owner: owner(variable, frame), value: self.lower(value, frame)?, replace: false }
            }
            SetItem::Labels { variable, labels } => {
                Set::Labels { owner: owner(variable, frame), labels: labels.clone() }
            }
        })
    }

    fn remove_item(&self, item: &RemoveItem, frame: &Frame) -> Result<Remove> {
        Ok(match item {
            RemoveItem::Property { owner, key } => {
                Remove::Property { owner: self.lower(owner, frame)?, key: key.clone() }
            }
            RemoveItem::Labels { variable, labels } => {
                Remove::Labels { owner: owner(variable, frame), labels: labels.clone() }
            }
        })
    }
}

fn slot_for(variable: Option<&Variable>, frame: &mut Frame) -> usize {
    match variable {
        Some(variable) => frame.add(variable.name.clone()),
        None => frame.anonymous(),
    }
}

fn owner(variable: &Variable, frame: &Frame) -> Expr {
    Expr::slot(frame.get(&variable.name).unwrap_or_default(), variable.span)
}
