//! One statement while it runs: its graph, its clock and dice, what it has used of its limits.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use super::View;
use crate::graph::{NodeId, RelationshipId};
use crate::limits::{Limit, Limits};
use crate::query::answer::Counters;
use crate::query::engine::FullText;
use crate::query::error::{Phase, QueryError, QueryErrorKind};
use crate::query::function::Context;
use crate::query::value::{Regexes, Value, ValueError};
use crate::text::Name;

type Result<T> = std::result::Result<T, QueryError>;

/// Values by slot.
pub(crate) type Row = Vec<Value>;

/// Steps between two looks at the clock.
const STEPS: u32 = 1024;

/// What every operator of a statement shares.
pub(crate) struct Run<'r> {
    pub(crate) view: &'r View<'r>,
    pub(crate) limits: &'r Limits,
    pub(crate) full_text: Option<&'r dyn FullText>,
    pub(crate) counters: Cell<Counters>,
    pub(crate) regexes: Regexes,
    /// Whether nothing is to be searched more cleverly than it is written.
    pub(crate) as_written: bool,
    /// Rows and nanoseconds of each operator, when asked for.
    pub(crate) profile: Option<RefCell<Vec<(u64, u64)>>>,
    interrupt: Option<&'r AtomicBool>,
    started: Instant,
    now: (i64, u32),
    seed: Cell<u64>,
    steps: Cell<u32>,
    rows: Cell<u64>,
    paths: Cell<u64>,
    held: Cell<usize>,
}

impl<'r> Run<'r> {
    pub(crate) fn new(
        view: &'r View<'r>,
        limits: &'r Limits,
        full_text: Option<&'r dyn FullText>,
        interrupt: Option<&'r AtomicBool>,
    ) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Self {
            view,
            limits,
            full_text,
            counters: Cell::default(),
            regexes: Regexes::new(limits),
            as_written: false,
            profile: None,
            interrupt,
            started: Instant::now(),
            now: (seconds, since.subsec_nanos()),
            seed: Cell::new(since.subsec_nanos().into()),
            steps: Cell::new(0),
            rows: Cell::new(0),
            paths: Cell::new(0),
            held: Cell::new(0),
        }
    }

    /// Counts one small step of work; looks at the clock now and then.
    pub(crate) fn step(&self) -> Result<()> {
        let steps = self.steps.get() + 1;
        self.steps.set(steps % STEPS);
        if steps < STEPS { Ok(()) } else { self.look() }
    }

    /// Counts many small steps of work.
    pub(crate) fn steps(&self, count: usize) -> Result<()> {
        let steps = self.steps.get().saturating_add(u32::try_from(count).unwrap_or(u32::MAX));
        self.steps.set(steps % STEPS);
        if steps < STEPS { Ok(()) } else { self.look() }
    }

    fn look(&self) -> Result<()> {
        if self.interrupt.is_some_and(|interrupt| interrupt.load(Ordering::Relaxed)) {
            let kind = QueryErrorKind::LimitReached;
            return Err(QueryError::runtime(kind, "Interrupted", "the statement was interrupted"));
        }
        if self.started.elapsed() < self.limits.time() {
            return Ok(());
        }
        let message = format!("the statement ran longer than {} s", self.limits.get(Limit::Time));
        Err(QueryError::limit(Phase::Runtime, Limit::Time, message))
    }

    /// Counts a row that an operator passes on.
    pub(crate) fn row(&self) -> Result<()> {
        self.rows.set(self.rows.get() + 1);
        let most = self.limits.get(Limit::Rows);
        if self.rows.get() > most {
            let message = format!("the statement made more than {most} intermediate rows");
            return Err(QueryError::limit(Phase::Runtime, Limit::Rows, message));
        }
        self.step()
    }

    /// Counts a partial path of a variable-length pattern.
    pub(crate) fn path(&self) -> Result<()> {
        self.paths.set(self.paths.get() + 1);
        let most = self.limits.get(Limit::Paths);
        if self.paths.get() > most {
            let message = format!("the pattern has more than {most} partial paths");
            return Err(QueryError::limit(Phase::Runtime, Limit::Paths, message));
        }
        self.step()
    }

    /// Counts bytes that are kept.
    pub(crate) fn hold(&self, bytes: usize) -> Result<()> {
        self.held.set(self.held.get().saturating_add(bytes));
        let most = self.limits.get(Limit::Memory);
        if self.held.get() as u64 <= most {
            return Ok(());
        }
        let message = format!("the statement needs more than {} of memory", Limit::Memory.rule().shown(most));
        Err(QueryError::limit(Phase::Runtime, Limit::Memory, message))
    }

    /// Counts a row that is kept.
    pub(crate) fn hold_row(&self, row: &[Value]) -> Result<()> {
        self.hold(24 + row.iter().map(size_of).sum::<usize>())
    }

    /// Gives back what `hold` counted.
    pub(crate) fn release(&self, bytes: usize) {
        self.held.set(self.held.get().saturating_sub(bytes));
    }

    pub(crate) fn count(&self, change: impl FnOnce(&mut Counters)) {
        let mut counters = self.counters.get();
        change(&mut counters);
        self.counters.set(counters);
    }
}

/// A rough size of a value in bytes, without what others share it.
pub(crate) fn size_of(value: &Value) -> usize {
    let own = std::mem::size_of::<Value>();
    own + match value {
        Value::String(text) => text.len(),
        Value::List(crate::query::value::List::Items(items)) => items.len() * own,
        Value::Map(map) => map.len() * 3 * own,
        Value::Path(path) => path.nodes.len() * 8,
        _ => 0,
    }
}

impl Context for Run<'_> {
    fn labels(&self, node: NodeId) -> std::result::Result<Vec<Name>, ValueError> {
        self.view.labels(node)
    }

    fn node_properties(&self, node: NodeId) -> std::result::Result<BTreeMap<Name, Value>, ValueError> {
        self.view.node_properties(node)
    }

    fn node_property(&self, node: NodeId, key: &str) -> std::result::Result<Value, ValueError> {
        self.view.node_property(node, key)
    }

    fn relationship_type(&self, relationship: RelationshipId) -> std::result::Result<Name, ValueError> {
        self.view.relationship_type(relationship).ok_or_else(|| ValueError::deleted("relationship"))
    }

    fn ends(&self, relationship: RelationshipId) -> std::result::Result<(NodeId, NodeId), ValueError> {
        self.view.ends(relationship).ok_or_else(|| ValueError::deleted("relationship"))
    }

    fn relationship_properties(&self, id: RelationshipId) -> std::result::Result<BTreeMap<Name, Value>, ValueError> {
        self.view.relationship_properties(id)
    }

    fn relationship_property(&self, id: RelationshipId, key: &str) -> std::result::Result<Value, ValueError> {
        self.view.relationship_property(id, key)
    }

    fn now(&self) -> (i64, u32) {
        self.now
    }

    fn limits(&self) -> &Limits {
        self.limits
    }

    /// SplitMix64, seeded by the clock.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
    fn random(&self) -> f64 {
        let state = self.seed.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.seed.set(state);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}
