//! Runs statements: the door of this room.
//!
//! An [`Engine`] holds a graph, made of notes and read-only, or in memory and empty at first. Text goes
//! in, an [`Answer`] or a [`QueryError`] comes out; a statement that fails leaves the graph as it was.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::answer::{Answer, Entities, PlanTree};
use super::ast::{Mode, Statement};
use super::check::{self, Surroundings};
use super::error::{QueryError, QueryErrorKind};
use super::execute::{Row, Run, View, open, raise};
use super::plan::{Planned, Planner};
use super::procedure::{Procedure, Procedures};
use super::statements::Statements;
use super::value::{List, Value};
use crate::graph::KnowledgeGraph;
use crate::graph::delta::Delta;
use crate::limits::{Limits, STACK};
use crate::text::{Name, Span};

type Result<T> = std::result::Result<T, QueryError>;

/// Parameters of a statement, by name without `$`.
pub type Parameters = BTreeMap<Name, Value>;

/// Full-text search, for `CALL search(text)`.
pub trait FullText: Send + Sync {
    /// The notes that fit `text`, the best first.
    ///
    /// # Errors
    ///
    /// What is wrong with the text, or with the index, or the limit that the text is past.
    fn search(&self, text: &str, limits: &Limits) -> Result<Vec<FullTextHit>>;
}

/// A note that full-text search found.
#[derive(Clone, Debug, PartialEq)]
pub struct FullTextHit {
    /// The note's path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// The line of the best place, from 1.
    pub line: u32,
    /// How well it fits.
    pub score: f64,
    /// Words around the best place.
    pub snippet: String,
}

/// How statements are run.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What a statement may use.
    pub limits: Limits,
    /// Whether bookkeeping relationships match in every pattern.
    pub all_types: bool,
    /// Whether patterns are followed as they are written, with all filters last: what the planner is tested against.
    pub unoptimised: bool,
}

/// A graph that statements run on.
pub struct Engine {
    graph: Graph,
    procedures: Procedures,
    /// How statements are run.
    pub options: Options,
    full_text: Option<Arc<dyn FullText>>,
    interrupt: Arc<AtomicBool>,
    statements: Statements,
}

enum Graph {
    Notes(KnowledgeGraph),
    Scratch(Box<Mutex<Delta<Value>>>),
}

impl Engine {
    /// An engine over a graph made of notes; write clauses are refused.
    #[must_use]
    pub fn new(graph: KnowledgeGraph) -> Self {
        Self::over(Graph::Notes(graph), Procedures::of_notes())
    }

    /// An engine over an empty graph in memory that statements may write.
    #[must_use]
    pub fn scratch() -> Self {
        Self::over(Graph::Scratch(Box::default()), Procedures::built_in())
    }

    fn over(graph: Graph, procedures: Procedures) -> Self {
        let options = Options::default();
        let statements = Statements::default();
        Self { graph, procedures, options, full_text: None, interrupt: Arc::default(), statements }
    }

    /// The same engine with full-text search.
    #[must_use]
    pub fn with_full_text(mut self, full_text: Arc<dyn FullText>) -> Self {
        self.full_text = Some(full_text);
        self
    }

    /// The same engine with other options.
    #[must_use]
    pub fn with_options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// A flag that ends the running statement when it is set; each statement clears it first.
    #[must_use]
    pub fn interrupt(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.interrupt)
    }

    /// Whether write clauses are refused.
    #[must_use]
    pub const fn is_read_only(&self) -> bool {
        matches!(self.graph, Graph::Notes(_))
    }

    /// The procedures that can be called.
    #[must_use]
    pub const fn procedures(&self) -> &Procedures {
        &self.procedures
    }

    /// Adds a procedure, instead of one of the same name.
    pub fn register(&mut self, procedure: Procedure) {
        self.procedures.register(procedure);
    }

    /// Empties a graph in memory and drops procedures that were registered.
    pub fn reset(&mut self) {
        if let Graph::Scratch(delta) = &mut self.graph {
            **delta = Mutex::default();
            self.procedures = Procedures::built_in();
        }
    }

    /// Runs a statement.
    ///
    /// # Errors
    ///
    /// What is wrong with the statement, what failed while it ran, or the limit it reached. The graph
    /// is then as it was before.
    pub fn run(&self, text: &str, parameters: &Parameters) -> Result<Answer> {
        self.interrupt.store(false, Ordering::Relaxed);
        self.run_until(text, parameters, &self.interrupt)
    }

    /// Runs a statement until it is answered, or until `interrupt` is set, which nobody clears.
    ///
    /// # Errors
    ///
    /// As [`Engine::run`].
    pub fn run_until(&self, text: &str, parameters: &Parameters, interrupt: &AtomicBool) -> Result<Answer> {
        self.deep(|| {
            let read = self.statements.read(text, &self.options.limits)?;
            let statement = &*read.statement;
            let outcome = self.means(statement, parameters).and_then(|()| match &self.graph {
                Graph::Notes(graph) => self.execute(statement, parameters, &View::notes(graph), interrupt),
                Graph::Scratch(delta) => self.run_scratch(statement, parameters, delta, interrupt),
            });
            outcome.map_err(|error| read.locate(error))
        })
    }

    /// Runs `work` on a stack that is deep enough for the limits.
    fn deep<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let stack = self.options.limits.stack();
        on_stack(stack, work).unwrap_or_else(|error| {
            let message = format!("the system gives no thread with a stack of {} MiB: {error}", stack >> 20);
            let error = QueryError::runtime(QueryErrorKind::LimitReached, "NoThread", message);
            Err(error.with_hint("free some memory, or ask for lower limits"))
        })
    }

    /// Whether a statement means something.
    fn means(&self, statement: &Statement, parameters: &Parameters) -> Result<()> {
        let given = |name: &str| parameters.contains_key(name);
        let read_only = self.is_read_only();
        check::check(statement, &Surroundings { procedures: &self.procedures, parameters: &given, read_only })
    }

    fn run_scratch(
        &self,
        statement: &Statement,
        parameters: &Parameters,
        delta: &Mutex<Delta<Value>>,
        interrupt: &AtomicBool,
    ) -> Result<Answer> {
        let mut delta = delta.lock().unwrap_or_else(PoisonError::into_inner);
        let view = View::scratch(std::mem::take(&mut *delta));
        let outcome = self.execute(statement, parameters, &view, interrupt);
        *delta = view.into_scratch();
        let dangling = outcome.is_ok().then(|| delta.dangling()).flatten();
        let outcome = match dangling {
            None => outcome,
            Some(_) => Err(QueryError::runtime(
                QueryErrorKind::ConstraintVerificationFailed,
                "DeleteConnectedNode",
                "a node that still has relationships cannot be deleted",
            )
            .with_hint("delete its relationships too, or use DETACH DELETE")),
        };
        if outcome.is_ok() {
            delta.commit();
        } else {
            delta.rollback();
        }
        outcome
    }

    fn execute(
        &self,
        statement: &Statement,
        parameters: &Parameters,
        view: &View<'_>,
        interrupt: &AtomicBool,
    ) -> Result<Answer> {
        let planner = Planner { view, procedures: &self.procedures, parameters, options: &self.options };
        let Planned { plan, columns } = planner.plan(&statement.query)?;
        let columns: Vec<String> = columns.iter().map(ToString::to_string).collect();
        if statement.mode == Mode::Explain {
            return Ok(Answer { columns, plan: Some(plan.tree()), ..Answer::default() });
        }
        let mut run = Run::new(view, &self.options.limits, self.full_text.as_deref(), Some(interrupt));
        run.as_written = self.options.unoptimised;
        if statement.mode == Mode::Profile {
            run.profile = Some(RefCell::new(vec![(0, 0); plan.count()]));
        }
        let (mut source, mut rows) = (open(&plan, Row::new()), Vec::new());
        while let Some(row) = source.next(&run)? {
            run.hold_row(&row)?;
            let sizes = row.iter().try_for_each(|value| value.check_size(run.limits));
            sizes.map_err(|error| QueryError { span: None, ..raise(error, Span::default()) })?;
            rows.push(row);
        }
        drop(source);
        let tree = run.profile.as_ref().map(|profile| plan.profiled(&profile.borrow()));
        let entities = entities(&rows, view);
        Ok(Answer { columns, rows, entities, counters: run.counters.get(), plan: tree, notices: Vec::new() })
    }
}

/// Everything that the rows name, spelled out.
fn entities(rows: &[Row], view: &View<'_>) -> Entities {
    let mut entities = Entities::default();
    for value in rows.iter().flatten() {
        spell_out(value, view, &mut entities);
    }
    entities
}

fn spell_out(value: &Value, view: &View<'_>, entities: &mut Entities) {
    match value {
        Value::Node(node) => {
            entities.nodes.entry(*node).or_insert_with(|| view.node_data(*node));
        }
        Value::Relationship(id) => {
            entities.relationships.entry(*id).or_insert_with(|| view.relationship_data(*id));
        }
        Value::Path(path) => {
            path.nodes.iter().for_each(|node| spell_out(&Value::Node(*node), view, entities));
            path.relationships.iter().for_each(|id| spell_out(&Value::Relationship(*id), view, entities));
        }
        Value::List(List::Items(items)) => items.iter().for_each(|item| spell_out(item, view, entities)),
        Value::Map(map) => map.values().for_each(|item| spell_out(item, view, entities)),
        _ => {}
    }
}

/// Runs `work` where the stack is deep enough for statements under the usual limits.
///
/// # Panics
///
/// When the system has no thread to give, or `work` panics.
pub fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    on_stack(STACK, work).expect("the system gives a thread")
}

/// Runs `work` on a stack of so many bytes: here, if this is such a thread already.
///
/// # Errors
///
/// When the system has no thread to give.
///
/// # Panics
///
/// When `work` panics.
pub fn on_stack<T: Send>(bytes: usize, work: impl FnOnce() -> T + Send) -> io::Result<T> {
    thread_local!(static DEPTH: Cell<usize> = const { Cell::new(0) });
    if DEPTH.get() >= bytes {
        return Ok(work());
    }
    std::thread::scope(|scope| {
        let deep = move || {
            DEPTH.set(bytes);
            work()
        };
        let thread = std::thread::Builder::new().name("statement".into()).stack_size(bytes);
        let handle = thread.spawn_scoped(scope, deep)?;
        Ok(handle.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

impl super::plan::Plan {
    /// How many operators it has.
    fn count(&self) -> usize {
        1 + self.inputs.iter().map(Self::count).sum::<usize>()
    }

    /// The tree with what each operator did.
    fn profiled(&self, profile: &[(u64, u64)]) -> PlanTree {
        let mut tree = self.tree();
        self.measure(&mut tree, profile);
        tree
    }

    fn measure(&self, tree: &mut PlanTree, profile: &[(u64, u64)]) {
        let spent = |plan: &Self| profile.get(plan.id).copied().unwrap_or_default();
        let (rows, time) = spent(self);
        let below: u64 = self.inputs.iter().map(|input| spent(input).1).sum();
        tree.rows = Some(rows);
        tree.milliseconds = Some(Duration::from_nanos(time.saturating_sub(below)).as_secs_f64() * 1000.0);
        for (input, tree) in self.inputs.iter().zip(&mut tree.inputs) {
            input.measure(tree, profile);
        }
    }
}

#[cfg(test)]
mod tests;
