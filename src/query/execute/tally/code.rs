//! Keys as numbers: equal keys, equal number. A key is computed once for each node, or once for all nodes
//! of a kind where it looks at the kind alone.

use rustc_hash::FxHashMap;

use super::super::Result;
use super::super::evaluate::fill;
use super::super::run::{Row, Run};
use super::super::view::Notes;
use crate::graph::{NodeId, RelationshipId};
use crate::query::plan::{Expr, ExprKind};
use crate::query::value::{Key, Value};

/// Stands for "not known yet".
const UNKNOWN: u32 = u32::MAX;

/// The keys that look at one slot, numbered by the values they have together.
pub(super) struct Codes<'c> {
    slot: usize,
    /// Each with its place among all keys.
    keys: Vec<(usize, &'c Expr)>,
    /// Whether all look at a concept's kind alone, or at a relationship's type.
    by_class: bool,
    /// The number of each node.
    nodes: Vec<u32>,
    /// The number of each kind or type.
    classes: Vec<u32>,
    known: FxHashMap<Vec<Key>, u32>,
    values: Vec<Vec<Value>>,
    row: Row,
}

impl<'c> Codes<'c> {
    /// The keys of `slot`.
    pub(super) fn new(keys: &'c [(usize, Expr)], slot: usize) -> Self {
        let own = keys.iter().enumerate().filter(|(_, (other, _))| *other == slot);
        let keys: Vec<(usize, &Expr)> = own.map(|(at, (_, key))| (at, key)).collect();
        let by_class = keys.iter().all(|(_, key)| looks_at_class(key));
        Self {
            slot,
            keys,
            by_class,
            nodes: Vec::new(),
            classes: Vec::new(),
            known: FxHashMap::default(),
            values: Vec::new(),
            row: Row::new(),
        }
    }

    /// No keys.
    pub(super) fn none() -> Self {
        Self::new(&[], usize::MAX)
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The number of a node's keys, where it is known already: what inner loops ask first.
    #[inline]
    pub(super) fn known(&self, node: NodeId, notes: &Notes<'_>) -> Option<u32> {
        if self.keys.is_empty() {
            return Some(0);
        }
        let code = match notes.topology.kind(node).filter(|_| self.by_class) {
            Some(kind) => self.classes.get(kind.index()),
            None => self.nodes.get(node.index()),
        };
        code.copied().filter(|code| *code != UNKNOWN)
    }

    /// Gives the numbers of the first nodes' keys that are known already, and the nodes that are left from the
    /// first one on whose number is not.
    #[inline]
    pub(super) fn known_ones<'n>(&self, nodes: &'n [u32], notes: &Notes<'_>, mut each: impl FnMut(u32)) -> &'n [u32] {
        let known = |code: Option<&u32>| code.copied().filter(|code| *code != UNKNOWN);
        let kinds = notes.topology.kinds();
        let mut rest = nodes;
        while let Some((node, after)) = rest.split_first() {
            let code = match kinds.get(*node as usize) {
                Some(kind) if self.by_class && !self.keys.is_empty() => known(self.classes.get(usize::from(*kind))),
                _ => self.known(NodeId(*node), notes),
            };
            let Some(code) = code else { break };
            each(code);
            rest = after;
        }
        rest
    }

    /// The number of a node's keys.
    pub(super) fn node(&mut self, node: NodeId, notes: &Notes<'_>, run: &Run<'_>) -> Result<u32> {
        if self.keys.is_empty() {
            return Ok(0);
        }
        if self.by_class
            && let Some(kind) = notes.topology.kind(node)
        {
            return self.class(kind.index(), || Value::Node(node), run);
        }
        match self.nodes.get(node.index()) {
            Some(&UNKNOWN) => {}
            Some(code) => return Ok(*code),
            None => self.nodes.resize(notes.graph.node_count().max(node.index() + 1), UNKNOWN),
        }
        let code = self.compute(Value::Node(node), run)?;
        self.nodes[node.index()] = code;
        Ok(code)
    }

    /// The number of a relationship's keys.
    #[inline]
    pub(super) fn relationship(&mut self, id: RelationshipId, notes: &Notes<'_>, run: &Run<'_>) -> Result<u32> {
        if self.keys.is_empty() {
            return Ok(0);
        }
        if self.by_class {
            return self.class(notes.topology.type_of(id).index(), || Value::Relationship(id), run);
        }
        self.compute(Value::Relationship(id), run)
    }

    /// The number of a kind or a type, `example` being one of it.
    #[inline]
    fn class(&mut self, class: usize, example: impl FnOnce() -> Value, run: &Run<'_>) -> Result<u32> {
        match self.classes.get(class) {
            Some(&UNKNOWN) => {}
            Some(code) => return Ok(*code),
            None => self.classes.resize(class + 1, UNKNOWN),
        }
        let code = self.compute(example(), run)?;
        self.classes[class] = code;
        Ok(code)
    }

    #[inline(never)]
    fn compute(&mut self, value: Value, run: &Run<'_>) -> Result<u32> {
        fill(&mut self.row, self.slot, value);
        let row = &self.row;
        let values: Vec<Value> = self.keys.iter().map(|(_, key)| run.evaluate(key, row)).collect::<Result<_>>()?;
        let keys: Vec<Key> = values.iter().cloned().map(Key).collect();
        if let Some(code) = self.known.get(&keys) {
            return Ok(*code);
        }
        let code = u32::try_from(self.values.len()).unwrap_or(UNKNOWN);
        run.hold_row(&values)?;
        self.known.insert(keys, code);
        self.values.push(values);
        Ok(code)
    }

    /// The value of key `at` of all keys in the group numbered `code`; none where it is no key of this slot.
    pub(super) fn value(&self, code: u32, at: usize) -> Option<&Value> {
        let place = self.keys.iter().position(|(own, _)| *own == at)?;
        self.values.get(code as usize)?.get(place)
    }
}

/// Whether a key is the same for all concepts of a kind (`a.kind`, `labels(a)`), or all relationships of a
/// type (`type(r)`).
fn looks_at_class(key: &Expr) -> bool {
    match &key.kind {
        ExprKind::Property(owner, name) => **name == *"kind" && matches!(owner.kind, ExprKind::Slot(_)),
        ExprKind::Function(function, arguments) => {
            let named = ["labels", "type"].iter().any(|name| function.name.eq_ignore_ascii_case(name));
            named && matches!(&arguments[..], [Expr { kind: ExprKind::Slot(_), .. }])
        }
        _ => false,
    }
}
