//! Where it is said: evidence of relations, mentions, definitions and aliases of concepts.
//!
//! The words of an evidence are kept apart from its place, so that counting and path finding never
//! touch them. They are stored as three runs: quote, subject as written, object as written, each with
//! its length before it (7 bits a byte, the highest bit set on all but the last). A length one too
//! high stands for text, 0 for "the concept's own name".

use std::ops::Range;

use super::columns::Column;
use super::{KnowledgeGraph, NodeId, RelationshipId};

/// One place that asserts a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence<'a> {
    /// The note.
    pub note: NodeId,
    /// Its path.
    pub path: &'a str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The words that say so.
    pub quote: &'a str,
    /// The rule that fired.
    pub rule: &'a str,
    /// Trust in this one place, in thousandths.
    pub confidence: u16,
    /// The subject as written; empty where a heading gives it.
    pub subject_text: &'a str,
    /// The object as written.
    pub object_text: &'a str,
}

/// A concept named at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionPlace<'a> {
    /// The note.
    pub note: NodeId,
    /// Its path.
    pub path: &'a str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
    /// The words as written.
    pub text: &'a str,
}

/// What a concept is said to be: a [`MentionPlace`] whose text is the defining words.
pub type DefinitionPlace<'a> = MentionPlace<'a>;

/// A place without words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'a> {
    /// The note.
    pub note: NodeId,
    /// Its path.
    pub path: &'a str,
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in characters.
    pub column: u32,
}

/// Another name of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alias<'a> {
    /// The name.
    pub name: &'a str,
    /// The rule that merged it.
    pub rule: &'a str,
    /// Which claims of notes speak for it, as ids for [`KnowledgeGraph::alias_claim`]; none for
    /// names from the vocabulary, spelling rules or the user.
    pub claims: Vec<usize>,
}

/// Two names that notes say are one, with all the places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasEvidence<'a> {
    /// The short or canonical form as written.
    pub subject: &'a str,
    /// The long or other form as written.
    pub object: &'a str,
    /// The rule.
    pub rule: &'a str,
    /// Where, by path, line and column.
    pub places: Vec<Place<'a>>,
}

impl KnowledgeGraph {
    /// The evidence of a relation, the most trusted first, then by path, line, column and rule.
    /// At most [`EVIDENCE_LIMIT`](super::EVIDENCE_LIMIT) are given; none for bookkeeping relationships.
    pub fn evidence(&self, id: RelationshipId) -> impl ExactSizeIterator<Item = Evidence<'_>> {
        let ends = self.relationship(id).map(|found| (found.start, found.end));
        let range = self.evidence_range(id);
        range.take(super::EVIDENCE_LIMIT).map(move |row| self.evidence_row(row, ends))
    }

    /// How many places assert a relation, given by [`evidence`](Self::evidence) or not.
    #[must_use]
    pub fn support(&self, id: RelationshipId) -> u64 {
        self.evidence_range(id).len() as u64
    }

    /// How many places assert any relation.
    #[must_use]
    pub fn evidence_total(&self) -> u64 {
        self.image.ints(Column::EvidenceNote).len() as u64
    }

    /// The mentions of a concept, by path, line and column.
    pub fn mentions(&self, concept: NodeId) -> impl ExactSizeIterator<Item = MentionPlace<'_>> {
        self.mention_range(concept).map(|row| self.mention_row(row))
    }

    /// The mentions of a concept in one note, by line and column. O(log mentions) to begin.
    pub fn mentions_in(&self, concept: NodeId, note: NodeId) -> impl ExactSizeIterator<Item = MentionPlace<'_>> {
        let notes = self.image.ints(Column::MentionNote);
        let row = (note.index().wrapping_sub(self.counts.concepts)) as u64;
        let range = self.mention_range(concept);
        let start = super::columns::partition(range.clone(), |at| notes.get(at) < row);
        let end = super::columns::partition(start..range.end, |at| notes.get(at) <= row);
        (start..end).map(|row| self.mention_row(row))
    }

    /// The definitions of a concept, by path and line; the first one is its `definition`.
    pub fn definitions(&self, concept: NodeId) -> impl ExactSizeIterator<Item = DefinitionPlace<'_>> {
        let limit = self.image.ints(Column::DefinitionText).len();
        let range = self.image.ints(Column::DefinitionOffsets).range(concept.index(), limit);
        range.map(|row| {
            let place = self.place(row, Column::DefinitionNote, Column::DefinitionLine, Column::DefinitionAt);
            place.with_text(self.interned(Column::DefinitionText, row))
        })
    }

    /// The aliases of a concept, sorted, with the rule of each.
    pub fn aliases(&self, concept: NodeId) -> impl ExactSizeIterator<Item = Alias<'_>> {
        self.alias_range(concept).map(|row| {
            let claims = self.image.ints(Column::AliasClaims);
            let range = self.image.ints(Column::AliasClaimOffsets).range(row, claims.len());
            Alias {
                name: self.interned(Column::AliasName, row),
                rule: self.interned(Column::AliasRule, row),
                claims: range.map(|at| claims.at(at)).collect(),
            }
        })
    }

    /// How many different alias claims the notes make.
    #[must_use]
    pub fn alias_claim_count(&self) -> usize {
        self.image.ints(Column::ClaimSubject).len()
    }

    /// An alias claim with all its places; claims are ordered by subject, object and rule.
    #[must_use]
    pub fn alias_claim(&self, claim: usize) -> AliasEvidence<'_> {
        let limit = self.image.ints(Column::ClaimNote).len();
        let range = self.image.ints(Column::ClaimOffsets).range(claim, limit);
        AliasEvidence {
            subject: self.interned(Column::ClaimSubject, claim),
            object: self.interned(Column::ClaimObject, claim),
            rule: self.interned(Column::ClaimRule, claim),
            places: range.map(|row| self.place(row, Column::ClaimNote, Column::ClaimLine, Column::ClaimAt)).collect(),
        }
    }

    /// Why a concept counts as one, for people.
    #[must_use]
    pub fn reason(&self, concept: NodeId) -> &str {
        self.interned(Column::ConceptReason, concept.index())
    }

    pub(super) fn alias_range(&self, concept: NodeId) -> Range<usize> {
        let limit = self.image.ints(Column::AliasName).len();
        self.image.ints(Column::AliasOffsets).range(concept.index(), limit)
    }

    pub(super) fn evidence_range(&self, id: RelationshipId) -> Range<usize> {
        let limit = self.image.ints(Column::EvidenceNote).len();
        self.image.ints(Column::EvidenceOffsets).range(id.index(), limit)
    }

    fn mention_range(&self, concept: NodeId) -> Range<usize> {
        let limit = self.image.ints(Column::MentionNote).len();
        self.image.ints(Column::MentionOffsets).range(concept.index(), limit)
    }

    fn mention_row(&self, row: usize) -> MentionPlace<'_> {
        let place = self.place(row, Column::MentionNote, Column::MentionLine, Column::MentionAt);
        place.with_text(self.interned(Column::MentionText, row))
    }

    fn place(&self, row: usize, note: Column, line: Column, column: Column) -> Place<'_> {
        let note = self.image.ints(note).at(row);
        Place {
            note: NodeId::from_index(note.saturating_add(self.counts.concepts)),
            path: self.interned(Column::NotePath, note),
            line: self.image.ints(line).small(row),
            column: self.image.ints(column).small(row),
        }
    }

    fn evidence_row(&self, row: usize, ends: Option<(NodeId, NodeId)>) -> Evidence<'_> {
        let Place { note, path, line, column } =
            self.place(row, Column::EvidenceNote, Column::EvidenceLine, Column::EvidenceAt);
        let witness = self.image.ints(Column::EvidenceWitness).at(row);
        let bytes = self.image.raw(Column::QuoteBytes);
        let start = self.image.ints(Column::QuoteOffsets).at(row);
        let mut words = bytes.get(start..).unwrap_or(&[]);
        let (start, end) = ends.unwrap_or((NodeId(u32::MAX), NodeId(u32::MAX)));
        Evidence {
            note,
            path,
            line,
            column,
            rule: self.interned(Column::WitnessRule, witness),
            confidence: self.image.ints(Column::WitnessConfidence).tiny(witness),
            quote: next_words(&mut words).unwrap_or(""),
            subject_text: next_words(&mut words).unwrap_or_else(|| self.string(start.index())),
            object_text: next_words(&mut words).unwrap_or_else(|| self.string(end.index())),
        }
    }
}

impl<'a> Place<'a> {
    const fn with_text(self, text: &'a str) -> MentionPlace<'a> {
        MentionPlace { note: self.note, path: self.path, line: self.line, column: self.column, text }
    }
}

/// Appends one run of words; `None` stands for the concept's own name.
pub(super) fn push_words(bytes: &mut Vec<u8>, words: Option<&str>) {
    let mut length = words.map_or(0, |words| words.len() + 1);
    loop {
        let low = u8::try_from(length & 0x7f).expect("seven bits are a byte");
        length >>= 7;
        bytes.push(if length == 0 { low } else { low | 0x80 });
        if length == 0 {
            break;
        }
    }
    bytes.extend_from_slice(words.unwrap_or("").as_bytes());
}

/// Takes one run of words off the front; `None` stands for the concept's own name.
pub(super) fn next_words<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let mut length = 0usize;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        length |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            let rest = &bytes[at + 1..];
            let (words, rest) = rest.split_at(length.saturating_sub(1).min(rest.len()));
            *bytes = rest;
            return (length > 0).then(|| std::str::from_utf8(words).unwrap_or(""));
        }
    }
    *bytes = &[];
    Some("")
}
