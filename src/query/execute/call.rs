//! Runs procedures.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::evaluate::fill;
use super::run::{Row, Run};
use super::view::TypeFilter;
use super::{Result, Rows, Source, View};
use crate::graph::{KnowledgeGraph, NodeId, Resolution};
use crate::query::ast::Direction;
use crate::query::error::{QueryError, QueryErrorKind};
use crate::query::plan::Expr;
use crate::query::procedure::{Body, Procedure};
use crate::query::value::{Types, Value, equals};
use crate::text::Name;

/// For each row, a row for each result of a procedure.
pub(super) struct CallProcedure<'p> {
    input: Source<'p>,
    procedure: &'p Procedure,
    arguments: &'p [Expr],
    outputs: &'p [(usize, usize)],
    row: Row,
    results: std::vec::IntoIter<Vec<Value>>,
}

impl<'p> CallProcedure<'p> {
    pub(super) fn new(
        input: Source<'p>,
        procedure: &'p Procedure,
        arguments: &'p [Expr],
        outputs: &'p [(usize, usize)],
    ) -> Self {
        Self { input, procedure, arguments, outputs, row: Row::new(), results: Vec::new().into_iter() }
    }

    fn call(&self, row: &Row, run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
        let mut arguments = Vec::new();
        for (expr, input) in self.arguments.iter().zip(&self.procedure.inputs) {
            let value = run.evaluate(expr, row)?;
            if !input.accepts().accepts(value.types()) {
                let message = format!("argument `{}` takes {}, not {}", input.name, input.types, value.type_name());
                return Err(
                    QueryError::runtime(QueryErrorKind::TypeError, "InvalidArgumentType", message).at(expr.span)
                );
            }
            arguments.push(coerced(value, input.types));
        }
        let results = perform(self.procedure, &arguments, run)?;
        // A procedure that gives nothing keeps each row.
        Ok(if self.procedure.is_void() { vec![Vec::new()] } else { results })
    }
}

impl Rows for CallProcedure<'_> {
    fn next(&mut self, run: &Run<'_>) -> Result<Option<Row>> {
        loop {
            if let Some(result) = self.results.next() {
                let mut row = self.row.clone();
                for (place, slot) in self.outputs {
                    fill(&mut row, *slot, result.get(*place).cloned().unwrap_or(Value::Null));
                }
                return Ok(Some(row));
            }
            let Some(row) = self.input.next(run)? else { return Ok(None) };
            self.results = self.call(&row, run)?.into_iter();
            self.row = row;
        }
    }
}

/// An integer where only a float is taken becomes one.
#[expect(clippy::cast_precision_loss, reason = "openCypher coerces integers so")]
fn coerced(value: Value, types: Types) -> Value {
    match value {
        Value::Integer(number) if !types.contains(Types::INTEGER) => Value::Float(number as f64),
        other => other,
    }
}

fn perform(procedure: &Procedure, arguments: &[Value], run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
    let one_column = |names: Vec<Name>| names.into_iter().map(|name| vec![Value::String(name)]).collect();
    Ok(match &procedure.body {
        Body::Table(rows) => table(rows, arguments),
        Body::Labels => one_column(run.view.labels_in_use()),
        Body::RelationshipTypes => one_column(run.view.types_in_use()),
        Body::PropertyKeys => one_column(property_keys(run)?),
        Body::Schema => schema(run)?,
        Body::Components => {
            let versions = Value::list([Value::string(env!("CARGO_PKG_VERSION"))]);
            vec![vec![Value::string("quipu"), versions, Value::string("community")]]
        }
        Body::Search => search(arguments, run)?,
        Body::Paths | Body::CheapestPath | Body::Concept | Body::Neighbours | Body::Evidence => {
            let View::Notes(notes) = run.view else { return Ok(Vec::new()) };
            of_notes(&procedure.body, arguments, notes.graph, run)?
        }
    })
}

/// Rows whose first values equal the arguments; null equals null here.
fn table(rows: &[Vec<Value>], arguments: &[Value]) -> Vec<Vec<Value>> {
    let fits = |row: &&Vec<Value>| {
        let same =
            |(given, known): (&Value, &Value)| given.is_null() && known.is_null() || equals(given, known) == Some(true);
        arguments.iter().zip(row.iter()).all(same)
    };
    rows.iter().filter(fits).map(|row| row[arguments.len().min(row.len())..].to_vec()).collect()
}

fn property_keys(run: &Run<'_>) -> Result<Vec<Name>> {
    let mut keys = BTreeSet::new();
    for node in run.view.nodes() {
        run.step()?;
        keys.extend(run.view.node_properties(node).unwrap_or_default().into_keys());
    }
    for id in run.view.relationships() {
        run.step()?;
        keys.extend(run.view.relationship_properties(id).unwrap_or_default().into_keys());
    }
    Ok(keys.into_iter().collect())
}

/// How labels are joined by types, with counts.
fn schema(run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
    let mut joins: BTreeMap<(String, Name, String), i64> = BTreeMap::new();
    let label = |node: NodeId| run.view.labels(node).unwrap_or_default().join(":");
    for id in run.view.relationships() {
        run.step()?;
        if let (Some((start, end)), Some(name)) = (run.view.ends(id), run.view.relationship_type(id)) {
            *joins.entry((label(start), name, label(end))).or_default() += 1;
        }
    }
    let row = |((from, name, to), count): ((String, Name, String), i64)| {
        vec![from.into(), Value::String(name), to.into(), count.into()]
    };
    Ok(joins.into_iter().map(row).collect())
}

fn search(arguments: &[Value], run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
    let (Some(full_text), Some(Value::String(text))) = (run.full_text, arguments.first()) else {
        return Ok(Vec::new());
    };
    let hits = full_text.search(text, run.limits)?;
    let note = |path: &str| match run.view {
        View::Notes(notes) => notes.graph.note(path).map_or(Value::Null, Value::Node),
        View::Scratch(_) => Value::Null,
    };
    let row = |hit: crate::query::engine::FullTextHit| {
        vec![
            note(&hit.path),
            hit.path.into(),
            hit.title.into(),
            i64::from(hit.line).into(),
            hit.score.into(),
            hit.snippet.into(),
        ]
    };
    Ok(hits.into_iter().map(row).collect())
}

fn of_notes(body: &Body, arguments: &[Value], graph: &KnowledgeGraph, run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
    let argument = |at: usize| arguments.get(at).unwrap_or(&Value::Null);
    Ok(match body {
        Body::Concept => match argument(0) {
            Value::String(name) => concepts(name, graph),
            _ => Vec::new(),
        },
        Body::Evidence => match argument(0) {
            Value::Relationship(id) => graph
                .evidence(*id)
                .map(|one| {
                    vec![
                        one.path.into(),
                        i64::from(one.line).into(),
                        i64::from(one.column).into(),
                        one.quote.into(),
                        one.rule.into(),
                        i64::from(one.confidence).into(),
                    ]
                })
                .collect(),
            _ => Vec::new(),
        },
        Body::Neighbours => {
            let Some(start) = node_of(argument(0), graph)? else { return Ok(Vec::new()) };
            let depth = if let Value::Integer(depth) = argument(1) { *depth } else { 1 };
            neighbours(start, depth, run)?
        }
        _ => super::connect::paths(body, arguments, graph, run.limits)?,
    })
}

/// The concepts a name stands for; near spellings where it stands for none.
fn concepts(name: &str, graph: &KnowledgeGraph) -> Vec<Vec<Value>> {
    let row = |node: NodeId, exact: bool| vec![Value::Node(node), graph.name(node).into(), exact.into()];
    match graph.resolve(name) {
        Resolution::Unique(node) => vec![row(node, true)],
        Resolution::Ambiguous(nodes) => nodes.into_iter().map(|node| row(node, true)).collect(),
        Resolution::Unknown { similar } => {
            let mut seen = BTreeSet::new();
            let near = similar.iter().filter_map(|name| match graph.resolve(name) {
                Resolution::Unique(node) => Some(node),
                _ => None,
            });
            near.filter(|node| seen.insert(*node)).map(|node| row(node, false)).collect()
        }
    }
}

/// The node that an argument is or names.
pub(super) fn node_of(value: &Value, graph: &KnowledgeGraph) -> Result<Option<NodeId>> {
    let Value::String(name) = value else {
        return Ok(if let Value::Node(node) = value { Some(*node) } else { None });
    };
    let failed = |detail, message: String| QueryError::runtime(QueryErrorKind::ProcedureError, detail, message);
    match graph.resolve(name) {
        Resolution::Unique(node) => Ok(Some(node)),
        Resolution::Ambiguous(nodes) => {
            let names: Vec<&str> = nodes.iter().map(|node| graph.name(*node)).collect();
            let error = failed("AmbiguousName", format!("`{name}` may be {}", names.join(", ")));
            Err(error.with_hint("use one of these names"))
        }
        Resolution::Unknown { similar } => {
            let error = failed("UnknownConcept", format!("no concept named `{name}`"));
            Err(match similar.split_first() {
                Some((first, _)) => error.with_hint(format!("did you mean {first}?")),
                None => error,
            })
        }
    }
}

/// Nodes within `depth` relations of any direction, the nearest first, then by id.
fn neighbours(start: NodeId, depth: i64, run: &Run<'_>) -> Result<Vec<Vec<Value>>> {
    let (mut seen, mut frontier, mut found) = (BTreeSet::from([start]), vec![start], Vec::new());
    for distance in 1..=depth.max(0) {
        let mut next = BTreeSet::new();
        let mut hops = Vec::new();
        for node in &frontier {
            hops.clear();
            run.view.expand(*node, Direction::Either, &TypeFilter::Relations, &mut hops);
            for (_, other) in &hops {
                run.step()?;
                if !seen.contains(other) {
                    next.insert(*other);
                }
            }
        }
        if next.is_empty() {
            break;
        }
        seen.extend(next.iter().copied());
        found.extend(next.iter().map(|node| vec![Value::Node(*node), Value::Integer(distance)]));
        frontier = next.into_iter().collect();
    }
    Ok(found)
}
