//! Claims of all notes → [`KnowledgeGraph`].
//!
//! In: concepts, notes and what they claim, in any order, through [`GraphBuilder`] or, where they lie in
//! memory, [`build`]. Out: the graph, which depends on the set of inputs alone: everything is sorted
//! before a column is written, and repeated inputs count once.
//!
//! - Relations of one subject, type and object are one; their places are its evidence.
//! - Symmetric types are stored in name order.
//! - A concept is no relation of its own; a claim about a concept nobody listed is dropped and counted.
//! - An update begins with what the graph of before says: see [`GraphBuilder::of_notes`].
//! - Confidence grows with each further line that says the same: see [`relations`].

mod adjacency;
mod again;
mod concepts;
mod facts;
mod links;
mod notes;
mod order;
mod places;
mod pool;
mod relations;

use std::borrow::Cow;
use std::sync::Arc;

use super::columns::{Column, Image, Writer};
use super::counts::Counts;
use super::{BOOKKEEPING, CLASSES, KnowledgeGraph};
use crate::extract::{AliasClaim, Claims, ConceptEntry, Kind, RelationClaim, RelationType};
use crate::read::NoteMeta;
use crate::text::Position;
use concepts::ConceptRow;
pub use facts::{FactError, FactKind};
use notes::NoteRow;
use places::{AliasRow, PlaceRow};
use pool::{Kept, Pool, Text};
use relations::{Quote, RelationRow};
use rustc_hash::{FxHashMap, FxHashSet};

/// Builds the graph of `concepts` and of `notes` with what they claim. The order of neither matters.
///
/// O(n log n) in the number of claims.
#[must_use]
pub fn build(concepts: &[ConceptEntry], notes: &[(&NoteMeta, &Claims)]) -> KnowledgeGraph {
    let mut builder = GraphBuilder::default();
    for concept in concepts {
        builder.concept(concept);
    }
    for (meta, claims) in notes {
        builder.note(meta);
        builder.claims(&meta.path, claims);
    }
    builder.finish().0
}

/// What was left out of a graph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Claims that name a concept which is none.
    pub unknown_concepts: u64,
    /// Relations of a concept with itself.
    pub self_relations: u64,
}

/// Takes concepts, notes and claims one by one, in any order, and gives the graph.
///
/// Strings are kept once; a relation costs some 60 bytes and its quote until [`finish`](Self::finish).
#[derive(Default)]
pub struct GraphBuilder {
    pool: Pool,
    quotes: Vec<u8>,
    concepts: Vec<ConceptRow>,
    notes: Vec<NoteRow>,
    mentions: Vec<PlaceRow>,
    definitions: Vec<PlaceRow>,
    aliases: Vec<AliasRow>,
    relations: Vec<RelationRow>,
    /// How many rows, at the front, stand as a graph had them.
    ordered: Rows,
    /// Of facts: notes already added, concepts that list their aliases, names bound by alias rows, and
    /// types by their spelling.
    named_notes: FxHashSet<Text>,
    listed: FxHashSet<Text>,
    bindings: FxHashSet<(Text, Text, Text)>,
    spellings: FxHashMap<Text, Text>,
}

/// Numbers of rows.
#[derive(Clone, Copy, Default)]
struct Rows {
    mentions: usize,
    relations: usize,
}

impl GraphBuilder {
    /// Adds a concept; one of the same name becomes one with it.
    pub fn concept(&mut self, entry: &ConceptEntry) {
        let pool = &mut self.pool;
        let aliases = entry.aliases.iter().map(|alias| (pool.intern(&alias.name), pool.intern(&alias.rule))).collect();
        let (name, reason) = (pool.intern(&entry.name), pool.intern(&entry.reason));
        self.concepts.push(ConceptRow { name, kind: entry.kind, reason, aliases });
    }

    /// Adds a note; of several at one path only one is kept.
    pub fn note(&mut self, meta: &NoteMeta) {
        let row = NoteRow::new(&mut self.pool, meta);
        self.notes.push(row);
    }

    /// Adds what the note at `path` claims. Claims of notes that are never added are dropped.
    pub fn claims(&mut self, path: &str, claims: &Claims) {
        self.claims_of(&[path], claims);
    }

    /// Adds what each of the notes at `paths` claims, which are copies of one note.
    pub fn claims_of(&mut self, paths: &[&str], claims: &Claims) {
        let notes: Vec<Text> = paths.iter().map(|path| self.pool.intern(path)).collect();
        for mention in &claims.mentions {
            let row = self.place(0, &mention.concept, &mention.text, mention.position);
            self.mentions.extend(notes.iter().map(|note| PlaceRow { note: note.0, ..row }));
        }
        for definition in &claims.definitions {
            let row = self.place(0, &definition.concept, &definition.text, definition.position);
            self.definitions.extend(notes.iter().map(|note| PlaceRow { note: note.0, ..row }));
        }
        for alias in &claims.aliases {
            let row = self.alias(Text(0), alias);
            self.aliases.extend(notes.iter().map(|note| AliasRow { note: *note, ..row }));
        }
        for relation in &claims.relations {
            let row = self.relation(Text(0), relation);
            self.relations.extend(notes.iter().map(|note| RelationRow { note: note.0, ..row }));
        }
    }

    /// Sorts, merges and writes the graph.
    ///
    /// # Panics
    ///
    /// Never: what is written here is a graph that opens.
    #[must_use]
    pub fn finish(mut self) -> (KnowledgeGraph, Dropped) {
        let labels = self.intern_names();
        let Self { pool, quotes, mut concepts, notes, mentions, definitions, aliases, relations, ordered, .. } = self;
        facts::bind(&pool, &mut concepts, &self.listed, self.bindings.into_iter());
        let concepts = concepts::settle(&pool, concepts);
        let notes = notes::settle(&pool, notes);
        let tags = notes::Tags::new(&pool, &notes);
        let numbers = Numbers::new(&pool, &concepts, &notes);
        let mut dropped = Dropped::default();
        let mut kept = Kept::new(&pool);
        let mut writer = Writer::default();

        concepts::write(&mut writer, &mut kept, &concepts, &labels);
        let mentioned = places::mentions(&mut writer, &mut kept, &numbers, (mentions, ordered.mentions), &mut dropped);
        places::definitions(&mut writer, &mut kept, &numbers, definitions, &mut dropped);
        concepts::write_aliases(&mut writer, &mut kept, &pool, &concepts, places::aliases(&numbers, aliases));
        notes::write(&mut writer, &mut kept, &pool, &notes, &tags);

        let mut counts = Counts {
            concepts: concepts.len(),
            notes: notes.len(),
            sections: notes.iter().map(|note| note.sections.len()).sum(),
            tags: tags.names.len(),
            ..Counts::default()
        };
        let ties = adjacency::Ties { notes: &notes, links: links::resolve(&pool, &notes), tags: &tags, mentioned };
        let settled = relations::settle(&numbers, (relations, ordered.relations), &quotes, &mut dropped);
        let types = settled.types.len();
        write_types(&mut writer, &mut kept, &pool, &settled.types);
        let relations = relations::write(&mut writer, &mut kept, &settled, &quotes);
        drop((settled, quotes));
        counts.relations = relations.len();
        counts.relationships = adjacency::write(&mut writer, &counts, types, relations, &ties);

        writer.put(Column::Counts, &counts_column(counts));
        let (offsets, bytes) = kept.columns();
        writer.put(Column::StringOffsets, &offsets);
        writer.put_bytes(Column::StringBytes, bytes);
        drop((offsets, kept, ties, numbers));
        drop((tags, concepts, notes, pool));
        let image = Image::open(writer.finish()).expect("a graph as written opens");
        (KnowledgeGraph { image: Arc::new(image), counts }, dropped)
    }

    fn place(&mut self, note: u32, concept: &str, text: &str, position: Position) -> PlaceRow {
        let (concept, text) = (self.pool.intern(concept).0, self.pool.intern(text));
        PlaceRow { concept, note, line: position.line.get(), column: position.column, text }
    }

    fn alias(&mut self, note: Text, claim: &AliasClaim) -> AliasRow {
        let pool = &mut self.pool;
        let (subject, object) = (pool.intern(&claim.subject), pool.intern(&claim.object));
        let (line, column) = (claim.position.line.get(), claim.position.column);
        AliasRow { subject, object, rule: pool.intern(&claim.rule), note, line, column }
    }

    fn relation(&mut self, note: Text, claim: &RelationClaim) -> RelationRow {
        let quote = self.quote(&claim.quote);
        let pool = &mut self.pool;
        RelationRow {
            start: pool.intern(&claim.subject).0,
            end: pool.intern(&claim.object).0,
            kind: pool.intern(&relation_name(&claim.predicate)).0,
            note: note.0,
            line: claim.position.line.get(),
            column: claim.position.column,
            confidence: claim.confidence.clamp(1, 1000),
            rule: pool.intern(&claim.rule),
            subject_text: pool.intern(&claim.subject_text),
            object_text: pool.intern(&claim.object_text),
            quote,
        }
    }

    fn quote(&mut self, words: &str) -> Quote {
        let quote = Quote { start: self.quotes.len() as u64, length: words.len().try_into().unwrap_or(u32::MAX) };
        self.quotes.extend_from_slice(&words.as_bytes()[..quote.length as usize]);
        quote
    }

    /// Makes the pool know the names that every graph has; gives those of the labels.
    fn intern_names(&mut self) -> Vec<Text> {
        for name in BOOKKEEPING.into_iter().chain([RelationType::RelatedTo.name()]) {
            self.pool.intern(name);
        }
        let kinds = Kind::ALL.iter().map(|kind| kind.name());
        CLASSES.into_iter().chain(kinds).map(|name| self.pool.intern(name)).collect()
    }
}

/// The type's name in the graph. A verb that is spelled as a bookkeeping type is set apart.
fn relation_name(relation_type: &RelationType) -> Cow<'_, str> {
    let name = relation_type.name();
    if BOOKKEEPING.contains(&name) { format!("{name}_RELATION").into() } else { name.into() }
}

fn write_types(writer: &mut Writer, kept: &mut Kept<'_>, pool: &Pool, types: &[Text]) {
    let bookkeeping = BOOKKEEPING.iter().filter_map(|name| pool.find(name));
    let names: Vec<u32> = types.iter().copied().chain(bookkeeping).map(|name| kept.keep(name)).collect();
    writer.put(Column::TypeNames, &names);
}

fn counts_column(counts: Counts) -> [u64; 6] {
    let Counts { concepts, notes, sections, tags, relations, relationships } = counts;
    [concepts, notes, sections, tags, relations, relationships].map(|count| count as u64)
}

/// From strings of the pool to positions in the graph.
struct Numbers<'a> {
    pool: &'a Pool,
    concepts: Vec<u32>,
    notes: Vec<u32>,
    concept_count: usize,
}

impl<'a> Numbers<'a> {
    fn new(pool: &'a Pool, concepts: &[ConceptRow], notes: &[NoteRow]) -> Self {
        let places = |names: &mut dyn Iterator<Item = Text>| {
            let mut numbers = vec![u32::MAX; pool.len()];
            for (row, name) in names.enumerate() {
                numbers[name.0 as usize] = number(row);
            }
            numbers
        };
        Self {
            pool,
            concepts: places(&mut concepts.iter().map(|concept| concept.name)),
            notes: places(&mut notes.iter().map(|note| note.path)),
            concept_count: concepts.len(),
        }
    }

    fn concept(&self, name: u32) -> Option<u32> {
        Some(self.concepts[name as usize]).filter(|row| *row != u32::MAX)
    }

    fn note(&self, path: u32) -> Option<u32> {
        Some(self.notes[path as usize]).filter(|row| *row != u32::MAX)
    }
}

/// A position as it is stored.
fn number(position: usize) -> u32 {
    u32::try_from(position).expect("columns of four billion rows do not fit into memory")
}

/// Offsets of rows that are sorted by owner: where each of `owners` starts, and the end.
fn offsets(owners: usize, rows: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut offsets = vec![0u32; owners + 1];
    for owner in rows {
        offsets[owner as usize + 1] += 1;
    }
    for owner in 0..owners {
        offsets[owner + 1] += offsets[owner];
    }
    offsets
}
