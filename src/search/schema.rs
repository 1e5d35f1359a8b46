//! The fields of a note in the full-text index.
//!
//! One document is one note. The note's text is stored, so that places are found by reading its
//! words again; so is its record, which only the store can read.

use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};

use super::analyzer;

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The note's name: the key of a document.
    pub(super) path: Field,
    /// The words of the path.
    pub(super) path_words: Field,
    pub(super) title: Field,
    pub(super) headings: Field,
    pub(super) tags: Field,
    pub(super) body: Field,
    /// Bytes of the body, for the average length.
    pub(super) length: Field,
    /// The content hash, in two halves.
    pub(super) hash: [Field; 2],
    /// The stamp of the file, by which the store knows that it was not written since.
    pub(super) stamp: Field,
    /// Keys of words by which notes are found again when names change.
    pub(super) surface: Field,
    /// What the store keeps of the note.
    pub(super) record: Field,
}

/// The schema and the handles of its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default()
            .set_tokenizer(analyzer::NAME)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let number = NumericOptions::default() | FAST;
    let fields = Fields {
        path: builder.add_text_field("path", STRING | FAST),
        path_words: builder.add_text_field("path_words", words.clone()),
        title: builder.add_text_field("title", words.clone() | STORED),
        headings: builder.add_text_field("headings", words.clone()),
        tags: builder.add_text_field("tags", words.clone()),
        body: builder.add_text_field("body", words | STORED),
        length: builder.add_u64_field("length", number.clone()),
        hash: [builder.add_u64_field("hash_high", number.clone()), builder.add_u64_field("hash_low", number.clone())],
        stamp: builder.add_u64_field("stamp", number),
        surface: builder.add_u64_field("surface", NumericOptions::default().set_indexed()),
        record: builder.add_bytes_field("record", STORED),
    };
    (builder.build(), fields)
}
