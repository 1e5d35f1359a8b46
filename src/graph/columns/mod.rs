//! The graph as one run of bytes: a header and flat little-endian columns that are read in place.
//!
//! In: columns, through [`Writer`]. Out: an [`Image`] over bytes from anywhere, mapped or owned.
//!
//! | bytes | what |
//! | --- | --- |
//! | 0..8 | `quipugrf` |
//! | 8..12, 12..16 | format version, number of columns |
//! | 16..24 | length of the whole |
//! | 24..32 | zero |
//! | 32..64 | blake3 of bytes 0..32 and of the table |
//! | 64.. | the table: for each column its start, length in bytes, width of a value (8 bytes each) and blake3 |
//! | then | the columns, each at a multiple of 8 |
//!
//! Opening checks the header, the table and every size, and touches no column. Reading is bounded:
//! whatever a column holds, an accessor answers with something empty rather than fail.

mod image;
mod ints;
mod writer;

pub(super) use image::Image;
pub(super) use ints::{Ints, partition};
pub(super) use writer::Writer;

const MAGIC: [u8; 8] = *b"quipugrf";
const VERSION: u32 = 3;
const HEADER: usize = 64;
const ENTRY: usize = 56;

/// Why bytes are no graph that this program reads.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnsError {
    /// They do not begin as a graph does.
    #[error("these bytes are not a quipu graph")]
    NotAGraph,
    /// Another version of the format.
    #[error("the graph has format {found}, this program reads format {VERSION}")]
    Version {
        /// The version they name.
        found: u32,
    },
    /// There are fewer or more of them than their header says.
    #[error("the graph is {found} bytes long where {expected} were written")]
    Length {
        /// How many there are.
        found: u64,
        /// How many the header names.
        expected: u64,
    },
    /// A checksum or a size does not fit.
    #[error("the graph is damaged in its {part}")]
    Damaged {
        /// The header or the name of a column.
        part: &'static str,
    },
    /// The machine stores numbers the other way round.
    #[error("graphs are read on little-endian machines only")]
    Endian,
}

macro_rules! columns {
    ($($(#[doc = $doc:literal])* $column:ident),+ $(,)?) => {
        /// The columns, in the order of the table.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Column { $($(#[doc = $doc])* $column),+ }

        impl Column {
            /// Every column, in order.
            pub(super) const ALL: &'static [Self] = &[$(Self::$column),+];

            /// Its name, for messages.
            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$column => stringify!($column)),+ }
            }
        }
    };
}

columns! {
    /// Concepts, notes, sections, tags, concept relations, all relationships, fixed labels.
    Counts,
    /// Where each string starts, and one past the last. String `i` is the name of concept `i`, others follow.
    StringOffsets,
    /// The strings, one after the other.
    StringBytes,
    /// The name of each label.
    LabelNames,
    /// The name of each type: concept relations in name order, then the bookkeeping types.
    TypeNames,
    /// How many relationships each type has.
    TypeCounts,
    /// The label of each concept's kind.
    ConceptKind,
    /// Why each concept is one.
    ConceptReason,
    /// For each label, where its concepts start in `KindConcepts`.
    KindOffsets,
    /// Concepts by label, then id.
    KindConcepts,
    /// A table of concepts by exact name: one more than the concept, 0 in empty slots; see `names`.
    NameSlots,
    /// Surfaces by folded form: below the number of concepts a concept's name, else an alias.
    SurfaceOrder,
    /// For each concept, where its aliases start.
    AliasOffsets,
    /// The alias.
    AliasName,
    /// The rule that merged it.
    AliasRule,
    /// For each alias, where its claims start in `AliasClaims`.
    AliasClaimOffsets,
    /// Alias claims that speak for an alias.
    AliasClaims,
    /// Alias claims by subject, object and rule: the subject as written.
    ClaimSubject,
    /// The object as written.
    ClaimObject,
    /// The rule.
    ClaimRule,
    /// For each claim, where its places start.
    ClaimOffsets,
    /// The note of a claim's place.
    ClaimNote,
    /// Its line.
    ClaimLine,
    /// Its column.
    ClaimAt,
    /// For each concept, where its definitions start.
    DefinitionOffsets,
    /// The defining words.
    DefinitionText,
    /// Their note.
    DefinitionNote,
    /// Their line.
    DefinitionLine,
    /// Their column.
    DefinitionAt,
    /// For each concept, where its mentions start.
    MentionOffsets,
    /// The note of a mention.
    MentionNote,
    /// Its line.
    MentionLine,
    /// Its column.
    MentionAt,
    /// The words as written.
    MentionText,
    /// The path of each note.
    NotePath,
    /// Its title.
    NoteTitle,
    /// The name of its format.
    NoteFormat,
    /// How many words it has.
    NoteWords,
    /// For each note, where its other names start.
    NoteAliasOffsets,
    /// Another name of a note.
    NoteAlias,
    /// For each note, where its front matter starts.
    FieldOffsets,
    /// The key of a front matter entry.
    FieldKey,
    /// For each entry, where its values start.
    FieldValueOffsets,
    /// A value of an entry.
    FieldValue,
    /// For each note, where its tags start.
    NoteTagOffsets,
    /// A tag as the note writes it.
    NoteTag,
    /// For each note, where its links start.
    NoteLinkOffsets,
    /// What a link names, as the note writes it.
    NoteLink,
    /// Notes and sections by title, as positions after the concepts.
    TitleOrder,
    /// For each note, where its sections start.
    SectionOffsets,
    /// The title of each section.
    SectionTitle,
    /// Its rank.
    SectionLevel,
    /// Its line.
    SectionLine,
    /// The name of each tag.
    TagName,
    /// For each node, where its outgoing relationships start; a relationship's id is its place there.
    OutOffsets,
    /// Where each relationship ends.
    Target,
    /// The type of each relationship.
    TypeOf,
    /// For each concept relation, which of `ConfidenceValue` is its confidence.
    Confidence,
    /// The confidences that occur, in thousandths.
    ConfidenceValue,
    /// For each node, where its incoming relationships start.
    InOffsets,
    /// Where an incoming relationship starts.
    Source,
    /// Which relationship it is.
    InId,
    /// Its type.
    InType,
    /// For each concept relation, where its evidence starts.
    EvidenceOffsets,
    /// The note of an evidence.
    EvidenceNote,
    /// Its line.
    EvidenceLine,
    /// Its column.
    EvidenceAt,
    /// Its rule with its confidence.
    EvidenceWitness,
    /// The rule of a witness.
    WitnessRule,
    /// Its confidence.
    WitnessConfidence,
    /// For each evidence, where its words start; several may share them.
    QuoteOffsets,
    /// The words: see `evidence`.
    QuoteBytes,
}

/// The column of that position in the table.
const fn index(column: Column) -> usize {
    column as usize
}

/// Where the columns begin.
#[cfg(test)]
pub(super) const fn body_start() -> usize {
    HEADER + Column::ALL.len() * ENTRY
}
