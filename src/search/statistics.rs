//! The counts that BM25 weighs by, taken over the notes that are there.
//!
//! tantivy counts deleted notes until their segment is merged, so that scores would depend on the
//! history of updates. These counts do not: the same notes give the same scores.

use std::sync::OnceLock;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::schema::Fields;

/// Bytes of a note for one word of it, about.
const BYTES_A_WORD: u64 = 6;
/// Words of a title or of a row of tags, about.
const SHORT_FIELD: u64 = 4;
/// Words of all headings of a note, about.
const HEADINGS: u64 = 24;

/// The counts over one searcher.
pub(super) struct Statistics<'a> {
    pub(super) searcher: &'a tantivy::Searcher,
    pub(super) fields: Fields,
    /// The sum of all bodies, counted once.
    pub(super) bytes: &'a OnceLock<u64>,
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let notes = self.searcher.num_docs();
        if field == self.fields.body {
            return Ok((self.total_bytes()? / BYTES_A_WORD).max(notes));
        }
        Ok(notes * if field == self.fields.headings { HEADINGS } else { SHORT_FIELD })
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.searcher.num_docs())
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        self.searcher.segment_readers().iter().map(|segment| alive_with(segment, term)).sum()
    }
}

impl Statistics<'_> {
    fn total_bytes(&self) -> tantivy::Result<u64> {
        if let Some(bytes) = self.bytes.get() {
            return Ok(*bytes);
        }
        let mut bytes = 0_u64;
        for segment in self.searcher.segment_readers() {
            let lengths = segment.fast_fields().u64("length")?;
            bytes += segment.doc_ids_alive().filter_map(|note| lengths.first(note)).sum::<u64>();
        }
        Ok(*self.bytes.get_or_init(|| bytes))
    }
}

/// How many notes of the segment that are there hold the term.
fn alive_with(segment: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let index = segment.inverted_index(term.field())?;
    let Some(alive) = segment.alive_bitset() else { return Ok(index.doc_freq(term)?.into()) };
    let Some(mut postings) = index.read_postings(term, IndexRecordOption::Basic)? else { return Ok(0) };
    let mut count = 0;
    while postings.doc() != TERMINATED {
        count += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(count)
}
