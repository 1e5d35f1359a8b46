//! The graph as a statement sees it: notes, read-only, or a graph in memory that it may write.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use crate::graph::delta::{Delta, Indexed};
use crate::graph::{KnowledgeGraph, LabelId, NodeId, Nodes, Property, RelationshipId, Topology, TypeId};
use crate::query::answer::{NodeData, RelationshipData};
use crate::query::ast::Direction;
use crate::query::value::{Key, Value, ValueError};
use crate::text::Name;

/// A graph that a statement runs on.
pub(crate) enum View<'g> {
    /// A graph made of notes.
    Notes(Box<Notes<'g>>),
    /// A graph in memory.
    Scratch(Box<RefCell<Delta<Value>>>),
}

/// A graph made of notes, with its label and type names shared.
pub(crate) struct Notes<'g> {
    pub(crate) graph: &'g KnowledgeGraph,
    /// Its adjacency, borrowed once.
    pub(crate) topology: Topology<'g>,
    /// Names, once one is asked for.
    labels: OnceCell<Vec<Name>>,
    types: OnceCell<Vec<Name>>,
}

/// Which relationships are followed, with names found.
#[derive(Clone, Debug)]
pub(crate) enum TypeFilter {
    All,
    /// All but the bookkeeping ones.
    Relations,
    /// These numbers; in a graph of notes those of [`TypeId`].
    Numbers(Vec<u32>),
}

/// Nodes to go through.
pub(crate) enum Candidates {
    Range(Range<u32>),
    Listed(std::vec::IntoIter<NodeId>),
}

impl Iterator for Candidates {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        match self {
            Self::Range(range) => range.next().map(NodeId),
            Self::Listed(nodes) => nodes.next(),
        }
    }
}

impl Candidates {
    /// How many are still to come.
    pub(crate) fn left(&self) -> u64 {
        match self {
            Self::Range(range) => range.len() as u64,
            Self::Listed(nodes) => nodes.len() as u64,
        }
    }

    fn of(nodes: Nodes<'_>) -> Self {
        match nodes {
            Nodes::Run(range) => Self::Range(range),
            listed => Self::Listed(listed.collect::<Vec<_>>().into_iter()),
        }
    }
}

/// A relationship and the node at its other end.
pub(crate) type Hop = (RelationshipId, NodeId);

impl<'g> View<'g> {
    pub(crate) fn notes(graph: &'g KnowledgeGraph) -> Self {
        let (labels, types) = (OnceCell::new(), OnceCell::new());
        Self::Notes(Box::new(Notes { graph, topology: graph.topology(), labels, types }))
    }

    pub(crate) fn scratch(delta: Delta<Value>) -> Self {
        Self::Scratch(Box::new(RefCell::new(delta)))
    }

    /// The graph in memory, back again.
    pub(crate) fn into_scratch(self) -> Delta<Value> {
        match self {
            Self::Notes(_) => Delta::default(),
            Self::Scratch(delta) => delta.into_inner(),
        }
    }

    pub(crate) fn node_count(&self) -> usize {
        match self {
            Self::Notes(notes) => notes.graph.node_count(),
            Self::Scratch(delta) => delta.borrow().node_count(),
        }
    }

    pub(crate) fn relationship_count(&self) -> usize {
        match self {
            Self::Notes(notes) => notes.graph.relationship_count(),
            Self::Scratch(delta) => delta.borrow().relationships().count(),
        }
    }

    pub(crate) fn label_count(&self, label: &str) -> usize {
        match self {
            Self::Notes(notes) => notes.graph.label(label).map_or(0, |label| notes.graph.label_count(label)),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                delta.labels().get(label).map_or(0, |label| delta.label_count(label))
            }
        }
    }

    pub(crate) fn type_count(&self, name: &str) -> usize {
        match self {
            Self::Notes(notes) => notes.graph.type_id(name).map_or(0, |id| notes.graph.type_total(id)),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                delta.types().get(name).map_or(0, |one| delta.type_count(one))
            }
        }
    }

    /// Whether nodes can be looked up by that key.
    pub(crate) fn has_index(&self, key: &str) -> bool {
        match self {
            Self::Notes(notes) => notes.graph.has_index(key),
            // It is built when it is asked for the first time.
            Self::Scratch(_) => true,
        }
    }

    pub(crate) fn nodes(&self) -> Candidates {
        match self {
            Self::Notes(notes) => Candidates::of(notes.graph.nodes()),
            Self::Scratch(delta) => Candidates::Listed(delta.borrow().nodes().collect::<Vec<_>>().into_iter()),
        }
    }

    pub(crate) fn nodes_with_label(&self, label: &str) -> Candidates {
        match self {
            Self::Notes(notes) => match notes.graph.label(label) {
                Some(label) => Candidates::of(notes.graph.nodes_with_label(label)),
                None => Candidates::Range(0..0),
            },
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                let nodes: Vec<NodeId> =
                    delta.labels().get(label).map(|label| delta.nodes_with_label(label).collect()).unwrap_or_default();
                Candidates::Listed(nodes.into_iter())
            }
        }
    }

    /// The nodes whose property may equal `value`; `None` where that cannot be looked up.
    pub(crate) fn lookup(&self, key: &Name, value: &Value) -> Option<Vec<NodeId>> {
        match (self, value) {
            (_, Value::Null) => Some(Vec::new()),
            (Self::Notes(notes), Value::String(text)) => notes.graph.lookup(key, text),
            (Self::Notes(_), _) => None,
            (Self::Scratch(delta), _) => delta.borrow_mut().lookup(key, value),
        }
    }

    /// The numbers of the named types; unknown names match nothing.
    pub(crate) fn type_filter(&self, names: &[Name]) -> TypeFilter {
        let number = |name: &Name| match self {
            Self::Notes(notes) => notes.graph.type_id(name).map(|id| u32::from(id.0)),
            Self::Scratch(delta) => delta.borrow().types().get(name).map(|symbol| symbol.0),
        };
        let mut numbers: Vec<u32> = names.iter().filter_map(number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        TypeFilter::Numbers(numbers)
    }

    /// Adds the relationships of a node to `hops`. A loop counts once where both directions are wanted.
    pub(crate) fn expand(&self, node: NodeId, direction: Direction, types: &TypeFilter, hops: &mut Vec<Hop>) {
        if direction != Direction::Left {
            self.one_way(node, true, types, hops);
        }
        if direction != Direction::Right {
            let start = hops.len();
            self.one_way(node, false, types, hops);
            if direction == Direction::Either {
                // What leads to itself is there already.
                let mut kept = start;
                for at in start..hops.len() {
                    if hops[at].1 != node {
                        hops[kept] = hops[at];
                        kept += 1;
                    }
                }
                hops.truncate(kept);
            }
        }
    }

    fn one_way(&self, node: NodeId, outgoing: bool, types: &TypeFilter, hops: &mut Vec<Hop>) {
        match self {
            Self::Notes(notes) => notes.one_way(node, outgoing, types, hops),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                let wanted = |number: u32| match types {
                    TypeFilter::Numbers(numbers) => numbers.contains(&number),
                    _ => true,
                };
                if outgoing {
                    let found = delta.outgoing(node).filter(|(_, symbol, _)| wanted(symbol.0));
                    hops.extend(found.map(|(id, _, end)| (id, end)));
                } else {
                    let found = delta.incoming(node).filter(|(_, symbol, _)| wanted(symbol.0));
                    hops.extend(found.map(|(id, _, start)| (id, start)));
                }
            }
        }
    }

    /// Whether a relationship has one of the types.
    pub(crate) fn has_type(&self, id: RelationshipId, types: &TypeFilter) -> bool {
        match (types, self) {
            (TypeFilter::All, _) | (TypeFilter::Relations, Self::Scratch(_)) => true,
            (TypeFilter::Relations, Self::Notes(notes)) => id.index() < notes.graph.relation_count(),
            (TypeFilter::Numbers(numbers), Self::Notes(notes)) => {
                numbers.contains(&u32::from(notes.topology.type_of(id).0))
            }
            (TypeFilter::Numbers(numbers), Self::Scratch(delta)) => {
                delta.borrow().relationship(id).is_some_and(|(symbol, ..)| numbers.contains(&symbol.0))
            }
        }
    }

    pub(crate) fn has_label(&self, node: NodeId, label: &str) -> Result<bool, ValueError> {
        match self {
            Self::Notes(notes) => Ok(notes.graph.label(label).is_some_and(|label| notes.graph.has_label(node, label))),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                alive(&delta, node)?;
                Ok(delta.labels().get(label).is_some_and(|label| delta.has_label(node, label)))
            }
        }
    }

    pub(crate) fn labels(&self, node: NodeId) -> Result<Vec<Name>, ValueError> {
        match self {
            Self::Notes(notes) => Ok(notes.graph.labels(node).map(|label| notes.label_name(label)).collect()),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                alive(&delta, node)?;
                Ok(delta.labels_of(node).map(|label| delta.labels().name(label).clone()).collect())
            }
        }
    }

    pub(crate) fn node_property(&self, node: NodeId, key: &str) -> Result<Value, ValueError> {
        match self {
            Self::Notes(notes) => Ok(notes.graph.property(node, key).map_or(Value::Null, value_of)),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                alive(&delta, node)?;
                Ok(delta.node_properties(node).and_then(|map| map.get(key)).cloned().unwrap_or(Value::Null))
            }
        }
    }

    pub(crate) fn node_properties(&self, node: NodeId) -> Result<BTreeMap<Name, Value>, ValueError> {
        match self {
            Self::Notes(notes) => Ok(map_of(notes.graph.properties(node))),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                alive(&delta, node)?;
                Ok(delta.node_properties(node).cloned().unwrap_or_default())
            }
        }
    }

    pub(crate) fn relationship_type(&self, id: RelationshipId) -> Option<Name> {
        match self {
            Self::Notes(notes) => notes.graph.relationship(id).map(|one| notes.type_name(one.relationship_type)),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                delta.relationship(id).map(|(symbol, ..)| delta.types().name(symbol).clone())
            }
        }
    }

    /// Start and end, also of a deleted relationship.
    pub(crate) fn ends(&self, id: RelationshipId) -> Option<(NodeId, NodeId)> {
        match self {
            Self::Notes(notes) => notes.graph.relationship(id).map(|one| (one.start, one.end)),
            Self::Scratch(delta) => delta.borrow().relationship(id).map(|(_, start, end)| (start, end)),
        }
    }

    pub(crate) fn is_relationship_deleted(&self, id: RelationshipId) -> bool {
        match self {
            Self::Notes(_) => false,
            Self::Scratch(delta) => delta.borrow().is_relationship_deleted(id),
        }
    }

    pub(crate) fn is_node_deleted(&self, node: NodeId) -> bool {
        match self {
            Self::Notes(_) => false,
            Self::Scratch(delta) => delta.borrow().is_node_deleted(node),
        }
    }

    pub(crate) fn relationship_property(&self, id: RelationshipId, key: &str) -> Result<Value, ValueError> {
        match self {
            Self::Notes(notes) => Ok(notes.graph.relationship_property(id, key).map_or(Value::Null, value_of)),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                related(&delta, id)?;
                Ok(delta.relationship_properties(id).and_then(|map| map.get(key)).cloned().unwrap_or(Value::Null))
            }
        }
    }

    pub(crate) fn relationship_properties(&self, id: RelationshipId) -> Result<BTreeMap<Name, Value>, ValueError> {
        match self {
            Self::Notes(notes) => Ok(map_of(notes.graph.relationship_properties(id))),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                related(&delta, id)?;
                Ok(delta.relationship_properties(id).cloned().unwrap_or_default())
            }
        }
    }

    /// A node spelled out for the answer; a deleted one is bare.
    pub(crate) fn node_data(&self, node: NodeId) -> NodeData {
        NodeData {
            labels: self.labels(node).unwrap_or_default(),
            properties: self.node_properties(node).unwrap_or_default(),
        }
    }

    /// A relationship spelled out for the answer.
    pub(crate) fn relationship_data(&self, id: RelationshipId) -> RelationshipData {
        let (start, end) = self.ends(id).unwrap_or((NodeId(0), NodeId(0)));
        RelationshipData {
            relationship_type: self.relationship_type(id).unwrap_or_default(),
            start,
            end,
            properties: self.relationship_properties(id).unwrap_or_default(),
        }
    }

    /// Labels in use, sorted.
    pub(crate) fn labels_in_use(&self) -> Vec<Name> {
        let mut names: Vec<Name> = match self {
            Self::Notes(notes) => notes.graph.labels_in_use().into_iter().map(|(name, _)| name.into()).collect(),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                let used = delta.labels().iter().filter(|(label, _)| delta.label_count(*label) > 0);
                used.map(|(_, name)| name.clone()).collect()
            }
        };
        names.sort();
        names
    }

    /// Types in use, sorted.
    pub(crate) fn types_in_use(&self) -> Vec<Name> {
        let mut names: Vec<Name> = match self {
            Self::Notes(notes) => notes.graph.types_in_use().into_iter().map(|(name, _)| name.into()).collect(),
            Self::Scratch(delta) => {
                let delta = delta.borrow();
                let used = delta.types().iter().filter(|(one, _)| delta.type_count(*one) > 0);
                used.map(|(_, name)| name.clone()).collect()
            }
        };
        names.sort();
        names
    }

    /// Every relationship, in id order.
    pub(crate) fn relationships(&self) -> Vec<RelationshipId> {
        match self {
            Self::Notes(notes) => (0..notes.graph.relationship_count()).map(RelationshipId::from_index).collect(),
            Self::Scratch(delta) => delta.borrow().relationships().collect(),
        }
    }
}

impl Notes<'_> {
    fn label_name(&self, label: LabelId) -> Name {
        let graph = self.graph;
        let names = self.labels.get_or_init(|| graph.label_ids().map(|id| graph.label_name(id).into()).collect());
        names.get(label.index()).cloned().unwrap_or_default()
    }

    fn type_name(&self, id: TypeId) -> Name {
        let graph = self.graph;
        let names = self.types.get_or_init(|| graph.type_ids().map(|id| graph.type_name(id).into()).collect());
        names.get(id.index()).cloned().unwrap_or_default()
    }

    /// How many relationships a node has. O(types wanted · log degree).
    #[inline]
    pub(crate) fn degree(&self, node: NodeId, direction: Direction, types: &TypeFilter) -> usize {
        let one_way = |outgoing: bool| {
            let topology = &self.topology;
            match (types, outgoing) {
                (TypeFilter::All, true) => topology.outgoing(node, None).len(),
                (TypeFilter::All, false) => topology.incoming(node, None).len(),
                (TypeFilter::Relations, true) => topology.relations_out(node).len(),
                (TypeFilter::Relations, false) => topology.relations_in(node).len(),
                (TypeFilter::Numbers(numbers), _) => {
                    let wanted = numbers.iter().filter_map(|number| u16::try_from(*number).ok()).map(TypeId);
                    wanted.map(|id| topology.degree(node, outgoing, id)).sum()
                }
            }
        };
        let (out, back) = (direction != Direction::Left, direction != Direction::Right);
        (if out { one_way(true) } else { 0 }) + (if back { one_way(false) } else { 0 })
    }

    /// The other ends of the relationships that `expand` finds, in its order, some at a time.
    pub(crate) fn others<E>(
        &self,
        node: NodeId,
        direction: Direction,
        types: &TypeFilter,
        mut each: impl FnMut(&[u32]) -> Result<(), E>,
    ) -> Result<(), E> {
        let topology = &self.topology;
        let ways = [(true, direction != Direction::Left), (false, direction != Direction::Right)];
        for (outgoing, _) in ways.into_iter().filter(|(_, wanted)| *wanted) {
            let all = |id| if outgoing { topology.outgoing(node, id) } else { topology.incoming(node, id) };
            match types {
                TypeFilter::All => each(all(None).others())?,
                TypeFilter::Relations if outgoing => each(topology.relations_out(node).others())?,
                TypeFilter::Relations => each(topology.relations_in(node).others())?,
                TypeFilter::Numbers(numbers) => {
                    for number in numbers.iter().filter_map(|number| u16::try_from(*number).ok()) {
                        each(all(Some(TypeId(number))).others())?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The types that both filters let pass.
    pub(crate) fn both(&self, one: &TypeFilter, other: &TypeFilter) -> TypeFilter {
        let concepts =
            |number: &u32| u16::try_from(*number).is_ok_and(|number| !self.graph.is_bookkeeping(TypeId(number)));
        match (one, other) {
            (TypeFilter::All, rest) | (rest, TypeFilter::All) => rest.clone(),
            (TypeFilter::Relations, TypeFilter::Relations) => TypeFilter::Relations,
            (TypeFilter::Relations, TypeFilter::Numbers(numbers))
            | (TypeFilter::Numbers(numbers), TypeFilter::Relations) => {
                TypeFilter::Numbers(numbers.iter().copied().filter(concepts).collect())
            }
            (TypeFilter::Numbers(left), TypeFilter::Numbers(right)) => {
                TypeFilter::Numbers(left.iter().copied().filter(|number| right.contains(number)).collect())
            }
        }
    }

    fn one_way(&self, node: NodeId, outgoing: bool, types: &TypeFilter, hops: &mut Vec<Hop>) {
        let graph = &self.topology;
        match (types, outgoing) {
            (TypeFilter::All, true) => hops.extend(graph.outgoing(node, None)),
            (TypeFilter::All, false) => hops.extend(graph.incoming(node, None)),
            (TypeFilter::Relations, true) => hops.extend(graph.relations_out(node)),
            (TypeFilter::Relations, false) => hops.extend(graph.relations_in(node)),
            (TypeFilter::Numbers(numbers), _) => {
                for number in numbers.iter().filter_map(|number| u16::try_from(*number).ok()) {
                    let wanted = Some(TypeId(number));
                    hops.extend(if outgoing { graph.outgoing(node, wanted) } else { graph.incoming(node, wanted) });
                }
            }
        }
    }
}

fn alive(delta: &Delta<Value>, node: NodeId) -> Result<(), ValueError> {
    if delta.is_node_deleted(node) { Err(ValueError::deleted("node")) } else { Ok(()) }
}

fn related(delta: &Delta<Value>, id: RelationshipId) -> Result<(), ValueError> {
    if delta.is_relationship_deleted(id) { Err(ValueError::deleted("relationship")) } else { Ok(()) }
}

fn value_of(property: Property<'_>) -> Value {
    match property {
        Property::Boolean(truth) => Value::Boolean(truth),
        Property::Integer(number) => Value::Integer(number),
        Property::Float(number) => Value::Float(number),
        Property::Text(text) => Value::string(&*text),
        Property::List(items) => Value::list(items.into_iter().map(value_of)),
    }
}

fn map_of(properties: Vec<(&str, Property<'_>)>) -> BTreeMap<Name, Value> {
    properties.into_iter().map(|(key, property)| (key.into(), value_of(property))).collect()
}

/// Scalars are looked up by what `=` says: 1 equals 1.0.
impl Indexed for Value {
    fn index_hash(&self) -> Option<u64> {
        use std::hash::{Hash as _, Hasher as _};
        match self {
            Self::Boolean(_) | Self::Integer(_) | Self::Float(_) | Self::String(_) => {
                let mut hasher = rustc_hash::FxHasher::default();
                Key(self.clone()).hash(&mut hasher);
                Some(hasher.finish())
            }
            _ => None,
        }
    }
}
