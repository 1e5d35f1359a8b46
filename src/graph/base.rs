//! The knowledge graph as everybody reads it: nodes, labels, relationships, types.
//!
//! In: the bytes that [`build`](super::build()) made or the store mapped. Out: ids, names and slices.
//! Nothing is decoded: a [`KnowledgeGraph`] is a checked header over flat columns, and a clone shares
//! them. Nodes are numbered concepts first (by name), then notes (by path), sections (by note and
//! line), tags (by name); relationships by start, type and end. So ids order as names do, and a
//! relationship between concepts has a smaller id than any bookkeeping one.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::columns::{Column, ColumnsError, Image, partition};
use super::counts::Counts;
use super::nodes::Nodes;
use super::{LabelId, NodeId, RelationshipId, Topology, TypeId};

/// The types that tie notes to what they hold. Cypher sees them only where it names them.
pub const BOOKKEEPING: [&str; 4] = ["HAS_SECTION", "LINKS_TO", "TAGGED", "MENTIONS"];

/// The labels that are no kind, in the order of their ids.
pub const CLASSES: [&str; 4] = ["Concept", "Note", "Section", "Tag"];

/// What a node stands for: its first label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeClass {
    /// A concept; its kind is its second label.
    Concept,
    /// A note.
    Note,
    /// A titled section of a note.
    Section,
    /// A tag.
    Tag,
}

/// Where a relationship stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Relationship {
    /// Where it starts.
    pub start: NodeId,
    /// Its type.
    pub relationship_type: TypeId,
    /// Where it ends.
    pub end: NodeId,
}

/// A graph of concepts and notes over flat columns. Cheap to clone, `Send` and `Sync`.
#[derive(Clone)]
pub struct KnowledgeGraph {
    pub(super) image: Arc<Image>,
    pub(super) counts: Counts,
}

impl KnowledgeGraph {
    /// The graph without nodes, as `--scratch` starts from.
    #[must_use]
    pub fn empty() -> Self {
        super::build(&[], &[])
    }

    /// Opens bytes that [`to_bytes`](Self::to_bytes) gave, without reading the columns. Bytes that do
    /// not lie at a multiple of 8 are copied once.
    ///
    /// # Errors
    ///
    /// When they are no graph, of another format, cut short, or damaged in header, table or sizes.
    /// Damage inside a column is found by [`verify`](Self::verify).
    pub fn from_bytes(bytes: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Self, ColumnsError> {
        let image = Image::open(bytes)?;
        let counts = Counts::read(&image)?;
        Ok(Self { image: Arc::new(image), counts })
    }

    /// The bytes to store: the same graph gives the same bytes, wherever and from whatever order it was built.
    #[must_use]
    pub fn to_bytes(&self) -> &[u8] {
        self.image.bytes()
    }

    /// Reads every column and compares its checksum.
    ///
    /// # Errors
    ///
    /// [`ColumnsError::Damaged`] with the first column that does not fit.
    pub fn verify(&self) -> Result<(), ColumnsError> {
        self.image.verify()
    }

    /// A name for the content, 32 hexadecimal digits: equal content, equal name. O(1).
    #[must_use]
    pub fn content_id(&self) -> String {
        self.image.checksum().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many nodes there are; ids are below.
    #[must_use]
    pub const fn node_count(&self) -> usize {
        self.counts.concepts + self.counts.notes + self.counts.sections + self.counts.tags
    }

    /// How many relationships there are, bookkeeping included; ids are below.
    #[must_use]
    pub const fn relationship_count(&self) -> usize {
        self.counts.relationships
    }

    /// How many relationships there are between concepts; their ids are below, bookkeeping ones not.
    #[must_use]
    pub const fn relation_count(&self) -> usize {
        self.counts.relations
    }

    /// All nodes, in id order.
    #[must_use]
    pub fn nodes(&self) -> Nodes<'_> {
        Nodes::Run(self.run(0..self.node_count()))
    }

    /// The nodes of a class, in id order, which is name order for concepts and tags, path order for notes.
    #[must_use]
    pub fn class_nodes(&self, class: NodeClass) -> Nodes<'_> {
        Nodes::Run(self.run(self.class_range(class)))
    }

    /// What a node stands for; `None` past the last node.
    #[must_use]
    pub fn class(&self, node: NodeId) -> Option<NodeClass> {
        [NodeClass::Concept, NodeClass::Note, NodeClass::Section, NodeClass::Tag]
            .into_iter()
            .find(|class| self.class_range(*class).contains(&node.index()))
    }

    /// The labels of a node, in id order: a concept has `Concept` and its kind, others have one.
    pub fn labels(&self, node: NodeId) -> impl Iterator<Item = LabelId> + use<> {
        let class = self.class(node).map(|class| LabelId(class as u16));
        class.into_iter().chain(self.kind(node))
    }

    /// The label of a concept's kind; `None` for other nodes.
    #[must_use]
    pub fn kind(&self, node: NodeId) -> Option<LabelId> {
        let concept = node.index() < self.counts.concepts;
        concept.then(|| LabelId(self.image.ints(Column::ConceptKind).tiny(node.index())))
    }

    /// Whether a node has a label. O(1).
    #[must_use]
    pub fn has_label(&self, node: NodeId, label: LabelId) -> bool {
        match class_of(label) {
            Some(class) => self.class_range(class).contains(&node.index()),
            None => self.kind(node) == Some(label),
        }
    }

    /// The nodes with a label, in id order. O(1) to begin.
    #[must_use]
    pub fn nodes_with_label(&self, label: LabelId) -> Nodes<'_> {
        match class_of(label) {
            Some(class) => self.class_nodes(class),
            None => {
                let listed = self.image.words(Column::KindConcepts);
                let range = self.image.ints(Column::KindOffsets).range(label.index(), listed.len());
                Nodes::Listed(listed[range].iter())
            }
        }
    }

    /// Every label the graph knows, also those no node has.
    pub fn label_ids(&self) -> impl Iterator<Item = LabelId> + use<> {
        (0..u16::try_from(self.image.ints(Column::LabelNames).len()).unwrap_or(u16::MAX)).map(LabelId)
    }

    /// The name of a label; empty past the last one.
    #[must_use]
    pub fn label_name(&self, label: LabelId) -> &str {
        self.interned(Column::LabelNames, label.index())
    }

    /// The label of that name, its case as written.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<LabelId> {
        self.label_ids().find(|label| self.label_name(*label) == name)
    }

    /// Every type that is in use, and the four bookkeeping ones, which come last.
    pub fn type_ids(&self) -> impl Iterator<Item = TypeId> + use<> {
        (0..u16::try_from(self.type_count()).unwrap_or(u16::MAX)).map(TypeId)
    }

    /// The name of a type; empty past the last one.
    #[must_use]
    pub fn type_name(&self, relationship_type: TypeId) -> &str {
        self.interned(Column::TypeNames, relationship_type.index())
    }

    /// The type of that name, its case as written.
    #[must_use]
    pub fn type_id(&self, name: &str) -> Option<TypeId> {
        self.type_ids().find(|id| self.type_name(*id) == name)
    }

    /// Whether a type ties notes to what they hold: one of [`BOOKKEEPING`].
    #[must_use]
    pub fn is_bookkeeping(&self, relationship_type: TypeId) -> bool {
        relationship_type.index() + BOOKKEEPING.len() >= self.type_count()
    }

    /// Start, type and end of a relationship; `None` past the last. O(log nodes).
    #[must_use]
    pub fn relationship(&self, id: RelationshipId) -> Option<Relationship> {
        let end = NodeId(*self.image.words(Column::Target).get(id.index())?);
        let offsets = self.image.words(Column::OutOffsets);
        let start = partition(0..offsets.len(), |node| offsets[node] <= id.0).saturating_sub(1);
        let relationship_type = TypeId(self.image.ints(Column::TypeOf).tiny(id.index()));
        Some(Relationship { start: NodeId::from_index(start), relationship_type, end })
    }

    /// The adjacency, borrowed once for many steps: what inner loops use.
    #[must_use]
    pub fn topology(&self) -> Topology<'_> {
        Topology::new(&self.image, self.counts)
    }

    /// Relationships that start at a node with their ends, by type, then end; all types, bookkeeping
    /// included, or one. The ids are consecutive. O(log degree) to begin.
    #[must_use]
    pub fn outgoing(&self, node: NodeId, relationship_type: Option<TypeId>) -> super::Neighbours<'_> {
        self.topology().outgoing(node, relationship_type)
    }

    /// Relationships that end at a node with their starts, by type, then start; all types, bookkeeping
    /// included, or one. O(log degree) to begin.
    #[must_use]
    pub fn incoming(&self, node: NodeId, relationship_type: Option<TypeId>) -> super::Neighbours<'_> {
        self.topology().incoming(node, relationship_type)
    }

    /// How many relationships start at a node. O(log degree).
    #[must_use]
    pub fn out_degree(&self, node: NodeId, relationship_type: Option<TypeId>) -> usize {
        self.outgoing(node, relationship_type).len()
    }

    /// How many relationships end at a node. O(log degree).
    #[must_use]
    pub fn in_degree(&self, node: NodeId, relationship_type: Option<TypeId>) -> usize {
        self.incoming(node, relationship_type).len()
    }

    pub(super) const fn class_range(&self, class: NodeClass) -> Range<usize> {
        let Counts { concepts, notes, sections, tags, .. } = self.counts;
        match class {
            NodeClass::Concept => 0..concepts,
            NodeClass::Note => concepts..concepts + notes,
            NodeClass::Section => concepts + notes..concepts + notes + sections,
            NodeClass::Tag => concepts + notes + sections..concepts + notes + sections + tags,
        }
    }

    /// How many strings there are.
    pub(super) fn string_count(&self) -> usize {
        self.image.ints(Column::StringOffsets).len().saturating_sub(1)
    }

    /// String `id`; empty where there is none.
    #[inline]
    pub(super) fn string(&self, id: usize) -> &str {
        let bytes = self.image.raw(Column::StringBytes);
        let range = self.image.ints(Column::StringOffsets).range(id, bytes.len());
        std::str::from_utf8(&bytes[range]).unwrap_or("")
    }

    /// The string that row `row` of a column names; empty past its end.
    #[inline]
    pub(super) fn interned(&self, column: Column, row: usize) -> &str {
        let ids = self.image.ints(column);
        if row < ids.len() { self.string(ids.at(row)) } else { "" }
    }

    pub(super) fn type_count(&self) -> usize {
        self.image.ints(Column::TypeNames).len()
    }

    fn run(&self, range: Range<usize>) -> Range<u32> {
        NodeId::from_index(range.start).0..NodeId::from_index(range.end).0
    }
}

impl fmt::Debug for KnowledgeGraph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KnowledgeGraph").field("counts", &self.counts).finish_non_exhaustive()
    }
}

impl PartialEq for KnowledgeGraph {
    fn eq(&self, other: &Self) -> bool {
        self.to_bytes() == other.to_bytes()
    }
}

impl Eq for KnowledgeGraph {}

const fn class_of(label: LabelId) -> Option<NodeClass> {
    match label.0 {
        0 => Some(NodeClass::Concept),
        1 => Some(NodeClass::Note),
        2 => Some(NodeClass::Section),
        3 => Some(NodeClass::Tag),
        _ => None,
    }
}
