//! Visits the direct parts of an expression.

use super::{
    Clause, ClauseKind, Expression, ExpressionKind, MapProjectionItem, Match, Pattern, PatternElement, ProjectionBody,
    Query, Yield,
};
use crate::text::Name;

impl Expression {
    /// Calls `visit` on each direct part, in the order of the text. Parts of patterns are their
    /// properties; the inside of `EXISTS {}` and `COUNT {}` is a scope of its own and left out.
    pub fn for_each_part<'a>(&'a self, visit: &mut dyn FnMut(&'a Self)) {
        match &self.kind {
            ExpressionKind::Literal(_)
            | ExpressionKind::Parameter(_)
            | ExpressionKind::Variable(_)
            | ExpressionKind::CountAll
            | ExpressionKind::Exists(_)
            | ExpressionKind::Count(_) => {}
            ExpressionKind::List(items)
            | ExpressionKind::Or(items)
            | ExpressionKind::Xor(items)
            | ExpressionKind::And(items) => items.iter().for_each(visit),
            ExpressionKind::Map(entries) => entries.iter().for_each(|(_, value)| visit(value)),
            ExpressionKind::Not(operand)
            | ExpressionKind::Negate(operand)
            | ExpressionKind::Plus(operand)
            | ExpressionKind::IsNull(operand)
            | ExpressionKind::IsNotNull(operand)
            | ExpressionKind::Property(operand, _)
            | ExpressionKind::HasLabels(operand, _) => visit(operand),
            ExpressionKind::Comparison(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, operand)| visit(operand));
            }
            ExpressionKind::Arithmetic(first, rest) => {
                visit(first);
                rest.iter().for_each(|(_, operand)| visit(operand));
            }
            ExpressionKind::StringPredicate(_, left, right)
            | ExpressionKind::In(left, right)
            | ExpressionKind::Index(left, right) => {
                visit(left);
                visit(right);
            }
            ExpressionKind::Slice(operand, from, to) => {
                visit(operand);
                from.iter().chain(to).for_each(|bound| visit(bound));
            }
            ExpressionKind::Function { arguments, .. } => arguments.iter().for_each(visit),
            ExpressionKind::Case { operand, alternatives, default } => {
                operand.iter().for_each(|operand| visit(operand));
                for alternative in alternatives {
                    visit(&alternative.condition);
                    visit(&alternative.result);
                }
                default.iter().for_each(|default| visit(default));
            }
            ExpressionKind::ListComprehension { list, predicate, projection, .. } => {
                visit(list);
                predicate.iter().chain(projection).for_each(|part| visit(part));
            }
            ExpressionKind::PatternComprehension { element, predicate, projection, .. } => {
                element.for_each_property(visit);
                predicate.iter().for_each(|predicate| visit(predicate));
                visit(projection);
            }
            ExpressionKind::Quantifier { list, predicate, .. } => {
                visit(list);
                predicate.iter().for_each(|predicate| visit(predicate));
            }
            ExpressionKind::Reduce { initial, list, step, .. } => {
                visit(initial);
                visit(list);
                visit(step);
            }
            ExpressionKind::PatternPredicate(element) => element.for_each_property(visit),
            ExpressionKind::ShortestPath(part) => part.element.for_each_property(visit),
            ExpressionKind::MapProjection(_, items) => {
                for item in items {
                    if let MapProjectionItem::Entry(_, value) = item {
                        visit(value);
                    }
                }
            }
        }
    }

    /// Calls `change` on each direct part that stands in the same scope, in the order of the text.
    pub fn for_each_part_mut(&mut self, change: &mut dyn FnMut(&mut Self)) {
        match &mut self.kind {
            ExpressionKind::List(items)
            | ExpressionKind::Or(items)
            | ExpressionKind::Xor(items)
            | ExpressionKind::And(items) => items.iter_mut().for_each(change),
            ExpressionKind::Map(entries) => entries.iter_mut().for_each(|(_, value)| change(value)),
            ExpressionKind::Not(operand)
            | ExpressionKind::Negate(operand)
            | ExpressionKind::Plus(operand)
            | ExpressionKind::IsNull(operand)
            | ExpressionKind::IsNotNull(operand)
            | ExpressionKind::Property(operand, _)
            | ExpressionKind::HasLabels(operand, _) => change(operand),
            ExpressionKind::Comparison(first, rest) => {
                change(first);
                rest.iter_mut().for_each(|(_, operand)| change(operand));
            }
            ExpressionKind::Arithmetic(first, rest) => {
                change(first);
                rest.iter_mut().for_each(|(_, operand)| change(operand));
            }
            ExpressionKind::StringPredicate(_, left, right)
            | ExpressionKind::In(left, right)
            | ExpressionKind::Index(left, right) => {
                change(left);
                change(right);
            }
            ExpressionKind::Slice(operand, from, to) => {
                change(operand);
                from.iter_mut().chain(to).for_each(|bound| change(bound));
            }
            ExpressionKind::Function { arguments, .. } => arguments.iter_mut().for_each(change),
            ExpressionKind::Case { operand, alternatives, default } => {
                operand.iter_mut().for_each(|operand| change(operand));
                for alternative in alternatives {
                    change(&mut alternative.condition);
                    change(&mut alternative.result);
                }
                default.iter_mut().for_each(|default| change(default));
            }
            ExpressionKind::ListComprehension { list, predicate, projection, .. } => {
                change(list);
                predicate.iter_mut().chain(projection).for_each(|part| change(part));
            }
            ExpressionKind::Quantifier { list, predicate, .. } => {
                change(list);
                predicate.iter_mut().for_each(|predicate| change(predicate));
            }
            ExpressionKind::Reduce { initial, list, step, .. } => {
                change(initial);
                change(list);
                change(step);
            }
            _ => {}
        }
    }

    /// The names that it binds for its own parts.
    pub fn bound_names(&self) -> Vec<&Name> {
        match &self.kind {
            ExpressionKind::ListComprehension { variable, .. } | ExpressionKind::Quantifier { variable, .. } => {
                vec![&variable.name]
            }
            ExpressionKind::Reduce { accumulator, variable, .. } => vec![&accumulator.name, &variable.name],
            ExpressionKind::PatternComprehension { variable, element, .. } => {
                variable.iter().map(|variable| &variable.name).chain(element.names()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether `test` holds for it or any part of it, subqueries left out.
    pub fn any(&self, test: &dyn Fn(&Self) -> bool) -> bool {
        let mut found = test(self);
        if !found {
            self.for_each_part(&mut |part| found = found || part.any(test));
        }
        found
    }

    /// Whether a name stands in it as a variable, subqueries and patterns included. A name that a part binds for
    /// itself counts too, where it is the same.
    #[must_use]
    pub fn mentions(&self, name: &Name) -> bool {
        self.any(&|part| match &part.kind {
            ExpressionKind::Variable(own) => own == name,
            ExpressionKind::PatternPredicate(element) | ExpressionKind::PatternComprehension { element, .. } => {
                element.names().any(|own| own == name)
            }
            ExpressionKind::ShortestPath(part) => part.element.names().any(|own| own == name),
            ExpressionKind::MapProjection(base, items) => {
                let taken =
                    |item: &MapProjectionItem| matches!(item, MapProjectionItem::Variable(own) if own.name == *name);
                base.name == *name || items.iter().any(taken)
            }
            ExpressionKind::Exists(subquery) | ExpressionKind::Count(subquery) => subquery.query.mentions(name),
            _ => false,
        })
    }
}

impl Query {
    /// Whether a name stands in it as a variable, or `*` stands for all names.
    fn mentions(&self, name: &Name) -> bool {
        let queries = std::iter::once(&self.first).chain(self.unions.iter().map(|union| &union.query));
        queries.flat_map(|query| &query.clauses).any(|clause| clause.mentions(name))
    }
}

impl Clause {
    fn mentions(&self, name: &Name) -> bool {
        let uses = |expression: &Expression| expression.mentions(name);
        match &self.kind {
            ClauseKind::Match(Match { pattern, predicate, .. }) => pattern.mentions(name) || predicate.iter().any(uses),
            ClauseKind::Unwind { list, variable } => variable.name == *name || uses(list),
            ClauseKind::Call(call) => {
                let all = matches!(call.yields, Yield::All(_));
                all || call.arguments.iter().flatten().chain(&call.predicate).any(uses)
            }
            ClauseKind::With { body, predicate } => body.mentions(name) || predicate.iter().any(uses),
            ClauseKind::Return(body) => body.mentions(name),
            // What writes stands in no subquery.
            _ => true,
        }
    }
}

impl ProjectionBody {
    fn mentions(&self, name: &Name) -> bool {
        let items = self.items.iter().map(|item| &item.expression);
        let order = self.order.iter().map(|item| &item.expression);
        self.star || items.chain(order).chain(&self.skip).chain(&self.limit).any(|part| part.mentions(name))
    }
}

impl Pattern {
    fn mentions(&self, name: &Name) -> bool {
        self.parts.iter().any(|part| {
            let mut found = part.element.names().any(|own| own == name);
            part.element.for_each_property(&mut |properties| found = found || properties.mentions(name));
            found
        })
    }
}

impl PatternElement {
    /// The variables that stand in it, in order.
    pub fn names(&self) -> impl Iterator<Item = &Name> {
        let start = self.start.variable.iter();
        let chain =
            self.chain.iter().flat_map(|(relationship, node)| relationship.variable.iter().chain(&node.variable));
        start.chain(chain).map(|variable| &variable.name)
    }

    /// Calls `visit` on the property maps of nodes and relationships.
    pub fn for_each_property<'a>(&'a self, visit: &mut dyn FnMut(&'a Expression)) {
        self.start.properties.iter().for_each(&mut *visit);
        for (relationship, node) in &self.chain {
            relationship.properties.iter().for_each(&mut *visit);
            node.properties.iter().for_each(&mut *visit);
        }
    }
}
