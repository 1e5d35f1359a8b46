//! Operators that write. Each reads all its input before it changes anything, so that no clause sees
//! half of what another does; `MERGE` alone sees what it made for rows before.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::evaluate::{fill, raise, slot};
use super::run::{Row, Run};
use super::{Result, Rows, Source, View, open};
use crate::graph::delta::Delta;
use crate::graph::{NodeId, RelationshipId};
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::plan::{CreateStep, Expr, ExprKind, Plan, Remove, Set};
use crate::query::value::{Value, ValueError};
use crate::text::{Name, Span};

/// What is done with each row.
pub(super) enum Action<'p> {
    Create(&'p [CreateStep]),
    Set(&'p [Set]),
    Remove(&'p [Remove]),
    Delete { detach: bool, expressions: &'p [Expr] },
}

/// Does something with each row and passes it on.
pub(super) struct Write<'p> {
    input: Option<Source<'p>>,
    action: Action<'p>,
    rows: std::vec::IntoIter<Row>,
}

impl<'p> Write<'p> {
    pub(super) fn new(input: Source<'p>, action: Action<'p>) -> Self {
        Self { input: Some(input), action, rows: Vec::new().into_iter() }
    }
}

/// All rows of a source.
fn read_all(mut input: Source<'_>, run: &Run<'_>) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    while let Some(row) = input.next(run)? {
        run.hold_row(&row)?;
        rows.push(row);
    }
    Ok(rows)
}

impl Rows for Write<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        if let Some(input) = self.input.take() {
            let mut rows = read_all(input, run)?;
            if let Action::Delete { detach, expressions } = &self.action {
                delete_all(run, *detach, expressions, &rows)?;
            }
            for row in &mut rows {
                run.step()?;
                match &self.action {
                    Action::Create(steps) => create(run, steps, row)?,
                    Action::Set(items) => set_all(run, items, row)?,
                    Action::Remove(items) => remove_all(run, items, row)?,
                    Action::Delete { .. } => {}
                }
            }
            self.rows = rows.into_iter();
        }
        Ok(self.rows.next())
    }
}

/// What `MERGE` does where nothing matches, and what it sets.
pub(super) struct MergeParts<'p> {
    pub(super) create: &'p [CreateStep],
    pub(super) on_create: &'p [Set],
    pub(super) on_match: &'p [Set],
}

/// For each row what matches, else what is created.
pub(super) struct Merge<'p> {
    input: Option<Source<'p>>,
    inner: &'p Plan,
    parts: MergeParts<'p>,
    rows: std::vec::IntoIter<Row>,
}

impl<'p> Merge<'p> {
    pub(super) fn new(input: Source<'p>, inner: &'p Plan, parts: MergeParts<'p>) -> Self {
        Self { input: Some(input), inner, parts, rows: Vec::new().into_iter() }
    }

    fn merge(&self, row: Row, run: &Run<'_>, merged: &mut Vec<Row>) -> Result<()> {
        refuse_nulls(run, self.parts.create, &row)?;
        let found = read_all(open(self.inner, row.clone()), run)?;
        if found.is_empty() {
            let mut row = row;
            create(run, self.parts.create, &mut row)?;
            set_all(run, self.parts.on_create, &row)?;
            merged.push(row);
            return Ok(());
        }
        for row in found {
            set_all(run, self.parts.on_match, &row)?;
            merged.push(row);
        }
        Ok(())
    }
}

impl Rows for Merge<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        if let Some(input) = self.input.take() {
            let mut merged = Vec::new();
            for row in read_all(input, run)? {
                run.step()?;
                self.merge(row, run, &mut merged)?;
            }
            self.rows = merged.into_iter();
        }
        Ok(self.rows.next())
    }
}

/// `MERGE` with a property that is null would never find what it makes.
fn refuse_nulls(run: &Run<'_>, steps: &[CreateStep], row: &Row) -> Result<()> {
    for step in steps {
        let (CreateStep::Node { properties: Some(map), .. } | CreateStep::Relationship { properties: Some(map), .. }) =
            step
        else {
            continue;
        };
        let ExprKind::Map(entries) = &map.kind else { continue };
        for (key, value) in entries {
            // Values that use what the same MERGE makes are unknown yet.
            if run.evaluate(value, row)?.is_null() {
                let message = format!("MERGE cannot look for property `{key}` that is null");
                return Err(
                    QueryError::runtime(QueryErrorKind::SemanticError, "MergeReadOwnWrites", message).at(value.span)
                );
            }
        }
    }
    Ok(())
}

/// Calls `change` on the graph in memory; the checker lets no clause that writes get this far on another.
fn graph<T>(run: &Run<'_>, change: impl FnOnce(&mut Delta<Value>) -> T) -> Result<T> {
    match run.view {
        View::Scratch(delta) => Ok(change(&mut delta.borrow_mut())),
        View::Notes(_) => {
            Err(QueryError::runtime(QueryErrorKind::ReadOnly, "ReadOnlyGraph", "this graph is read-only"))
        }
    }
}

fn create(run: &Run<'_>, steps: &[CreateStep], row: &mut Row) -> Result<()> {
    for step in steps {
        match step {
            CreateStep::Node { slot, labels, properties } => {
                let map = property_map(run, properties.as_ref(), row)?;
                let node = graph(run, Delta::create_node)?;
                run.count(|counters| counters.nodes_created += 1);
                add_labels(run, node, labels)?;
                for (key, value) in map {
                    set_node(run, node, &key, Some(value))?;
                }
                fill(row, *slot, Value::Node(node));
            }
            CreateStep::Relationship { slot: at, relationship_type, start, end, properties } => {
                let map = property_map(run, properties.as_ref(), row)?;
                let (start, end) = (end_node(run, row, *start)?, end_node(run, row, *end)?);
                let id = graph(run, |delta| delta.create_relationship(relationship_type, start, end))?;
                run.count(|counters| counters.relationships_created += 1);
                for (key, value) in map {
                    set_relationship(run, id, &key, Some(value))?;
                }
                fill(row, *at, Value::Relationship(id));
            }
            CreateStep::Path { slot, start, steps } => {
                let path = Expr::new(ExprKind::Path { start: *start, steps: steps.clone() }, Span::new(0, 0));
                let value = run.evaluate(&path, row)?;
                fill(row, *slot, value);
            }
        }
    }
    Ok(())
}

fn end_node(run: &Run<'_>, row: &Row, at: usize) -> Result<NodeId> {
    match slot(row, at) {
        Value::Node(node) if !run.view.is_node_deleted(*node) => Ok(*node),
        Value::Node(_) => Err(raise(ValueError::deleted("node"), Span::new(0, 0))),
        other => {
            let message = format!("a relationship joins two nodes, not {}", other.type_name());
            Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message))
        }
    }
}

/// The properties of a new thing; those that are null are left out.
fn property_map(run: &Run<'_>, properties: Option<&Expr>, row: &Row) -> Result<BTreeMap<Name, Value>> {
    let Some(properties) = properties else { return Ok(BTreeMap::new()) };
    let mut map = run.properties_of(&run.evaluate(properties, row)?, properties.span)?;
    map.retain(|_, value| !value.is_null());
    for value in map.values() {
        storable(run, value, properties.span)?;
    }
    Ok(map)
}

/// Properties hold scalars and lists of them.
fn storable(run: &Run<'_>, value: &Value, span: Span) -> Result<()> {
    value.check_size(run.limits).map_err(|error| raise(error, span))?;
    let refused = match value {
        Value::List(crate::query::value::List::Items(items)) => {
            return items.iter().try_for_each(|item| match item {
                Value::Null => refuse("a list with null", span),
                item => storable(run, item, span),
            });
        }
        Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Path(_) => value.type_name(),
        _ => return Ok(()),
    };
    refuse(&refused, span)
}

fn refuse(what: &str, span: Span) -> Result<()> {
    let message = format!("a property cannot hold {what}");
    Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidPropertyType", message).at(span))
}

fn add_labels(run: &Run<'_>, node: NodeId, labels: &[Name]) -> Result<()> {
    for label in labels {
        if graph(run, |delta| delta.add_label(node, label))? {
            run.count(|counters| counters.labels_added += 1);
        }
    }
    Ok(())
}

fn set_node(run: &Run<'_>, node: NodeId, key: &Name, value: Option<Value>) -> Result<()> {
    let removes = value.is_none();
    let before = graph(run, |delta| delta.set_node_property(node, key, value))?;
    count_property(run, removes, before.is_some());
    Ok(())
}

fn set_relationship(run: &Run<'_>, id: RelationshipId, key: &Name, value: Option<Value>) -> Result<()> {
    let removes = value.is_none();
    let before = graph(run, |delta| delta.set_relationship_property(id, key, value))?;
    count_property(run, removes, before.is_some());
    Ok(())
}

fn count_property(run: &Run<'_>, removes: bool, had: bool) {
    if !removes || had {
        run.count(|counters| counters.properties_set += 1);
    }
}

/// Sets a property of a node or relationship; of null nothing.
fn set_property(run: &Run<'_>, owner: &Value, key: &Name, value: Value, span: Span) -> Result<()> {
    storable(run, &value, span)?;
    let value = if value.is_null() { None } else { Some(value) };
    match owner {
        Value::Null => Ok(()),
        Value::Node(node) if run.view.is_node_deleted(*node) => Err(raise(ValueError::deleted("node"), span)),
        Value::Node(node) => set_node(run, *node, key, value),
        Value::Relationship(id) if run.view.is_relationship_deleted(*id) => {
            Err(raise(ValueError::deleted("relationship"), span))
        }
        Value::Relationship(id) => set_relationship(run, *id, key, value),
        other => Err(no_entity(other, span)),
    }
}

fn no_entity(value: &Value, span: Span) -> QueryError {
    let message = format!("{} cannot be changed, only nodes and relationships can", value.type_name());
    QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(span)
}

fn set_all(run: &Run<'_>, items: &[Set], row: &Row) -> Result<()> {
    for item in items {
        match item {
            Set::Property { owner, key, value } => {
                let target = run.evaluate(owner, row)?;
                let new = run.evaluate(value, row)?;
                set_property(run, &target, key, new, value.span)?;
            }
            Set::Properties { owner, value, replace } => {
                let target = run.evaluate(owner, row)?;
                if target.is_null() {
                    continue;
                }
                let map = run.properties_of(&run.evaluate(value, row)?, value.span)?;
                if *replace {
                    for key in run.properties_of(&target, owner.span)?.into_keys() {
                        if !map.contains_key(&key) {
                            set_property(run, &target, &key, Value::Null, owner.span)?;
                        }
                    }
                }
                for (key, new) in map {
                    set_property(run, &target, &key, new, value.span)?;
                }
            }
            Set::Labels { owner, labels } => {
                if let Some(node) = labelled(run, owner, row)? {
                    add_labels(run, node, labels)?;
                }
            }
        }
    }
    Ok(())
}

fn remove_all(run: &Run<'_>, items: &[Remove], row: &Row) -> Result<()> {
    for item in items {
        match item {
            Remove::Property { owner, key } => {
                let target = run.evaluate(owner, row)?;
                set_property(run, &target, key, Value::Null, owner.span)?;
            }
            Remove::Labels { owner, labels } => {
                let Some(node) = labelled(run, owner, row)? else { continue };
                for label in labels {
                    if graph(run, |delta| delta.remove_label(node, label))? {
                        run.count(|counters| counters.labels_removed += 1);
                    }
                }
            }
        }
    }
    Ok(())
}

/// The node whose labels change; none for null.
fn labelled(run: &Run<'_>, owner: &Expr, row: &Row) -> Result<Option<NodeId>> {
    match run.evaluate(owner, row)? {
        Value::Null => Ok(None),
        Value::Node(node) if run.view.is_node_deleted(node) => Err(raise(ValueError::deleted("node"), owner.span)),
        Value::Node(node) => Ok(Some(node)),
        other => Err(no_entity(&other, owner.span)),
    }
}

/// Deletes what all rows name: values first, as what one row deletes another may still read.
fn delete_all(run: &Run<'_>, detach: bool, expressions: &[Expr], rows: &[Row]) -> Result<()> {
    let mut values = Vec::new();
    for row in rows {
        for expr in expressions {
            values.push((run.evaluate(expr, row)?, expr.span));
        }
    }
    values.iter().try_for_each(|(value, span)| delete(run, detach, value, *span))
}

fn delete(run: &Run<'_>, detach: bool, value: &Value, span: Span) -> Result<()> {
    match value {
        Value::Null => Ok(()),
        Value::Node(node) => delete_node(run, detach, *node),
        Value::Relationship(id) => delete_relationship(run, *id),
        Value::Path(path) => {
            let path = Arc::clone(path);
            path.relationships.iter().try_for_each(|id| delete_relationship(run, *id))?;
            path.nodes.iter().try_for_each(|node| delete_node(run, detach, *node))
        }
        other => {
            let message = format!("{} cannot be deleted, only nodes, relationships and paths can", other.type_name());
            Err(QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(span))
        }
    }
}

fn delete_node(run: &Run<'_>, detach: bool, node: NodeId) -> Result<()> {
    if detach {
        let attached: Vec<RelationshipId> = graph(run, |delta| {
            delta.outgoing(node).chain(delta.incoming(node)).map(|(id, ..)| id).collect::<Vec<_>>()
        })?;
        attached.into_iter().try_for_each(|id| delete_relationship(run, id))?;
    }
    if graph(run, |delta| delta.delete_node(node))? {
        run.count(|counters| counters.nodes_deleted += 1);
    }
    Ok(())
}

fn delete_relationship(run: &Run<'_>, id: RelationshipId) -> Result<()> {
    if graph(run, |delta| delta.delete_relationship(id))? {
        run.count(|counters| counters.relationships_deleted += 1);
    }
    Ok(())
}
