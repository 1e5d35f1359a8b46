//! Phrases without a tagger: the few shapes that rules share.
//!
//! In: the words of a block. Out: spans of noun phrases, field keys, heading names, sentences. The words
//! that they ask for are lists of grammar words and class nouns of English, not names (`english.rs`).

mod heading;
mod insertion;
mod noun;
mod sentence;

pub(super) use heading::{announces_parts, field, heading_name, is_counted_part, is_generic_phrase};
pub(super) use insertion::{behind_insertions, is_version};
pub(super) use noun::{is_class_name, is_praise, is_vague, is_vague_name, phrase_before, span_of};
pub(super) use sentence::{asserts_nothing, sentences, sentences_of};
