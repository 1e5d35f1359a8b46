//! A query whose notes are taken out of those of another.
//!
//! tantivy asks what is taken out about each note at hand, also where that already stands behind it. The scorer of a phrase does
//! not allow to be asked so; here the answer comes from where it stands.

use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, Term};

/// A query to stand behind a `MustNot`.
#[derive(Debug)]
pub(super) struct Excluded(pub(super) Box<dyn Query>);

impl Clone for Excluded {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl Query for Excluded {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ExcludedWeight(self.0.weight(scoring)?)))
    }

    fn query_terms<'a>(&'a self, visitor: &mut dyn FnMut(&'a Term, bool)) {
        self.0.query_terms(visitor);
    }
}

struct ExcludedWeight(Box<dyn Weight>);

impl Weight for ExcludedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(Standing(self.0.scorer(reader, boost)?)))
    }

    fn explain(&self, reader: &SegmentReader, note: DocId) -> tantivy::Result<Explanation> {
        self.0.explain(reader, note)
    }
}

/// A scorer that is only moved forward: whether it holds a note is what [`DocSet`] makes of `doc` and `seek` by itself.
struct Standing(Box<dyn Scorer>);

impl DocSet for Standing {
    fn advance(&mut self) -> DocId {
        self.0.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.0.seek(target)
    }

    fn doc(&self) -> DocId {
        self.0.doc()
    }

    fn size_hint(&self) -> u32 {
        self.0.size_hint()
    }
}

impl Scorer for Standing {
    fn score(&mut self) -> Score {
        self.0.score()
    }
}
