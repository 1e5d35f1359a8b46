//! What a search gives back: notes in order of rank, each with its best place.

use serde::Serialize;

use crate::text::{LineNumber, Name, Span};

/// The answer to a search.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Hits {
    /// The best notes, best first; equal scores in path order.
    pub hits: Vec<Hit>,
    /// How many notes fit in all.
    pub total: usize,
    /// Whether no note had all the words, so that notes with some of them are shown.
    pub relaxed: bool,
}

/// A note that fits, and the place in it that fits best.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The note's name in the index.
    pub path: Name,
    /// Its title.
    pub title: String,
    /// The line of the best place; the first line where only title, path or tags fit.
    pub line: LineNumber,
    /// Rank by BM25, higher is better; comparable within one search only.
    pub score: f32,
    /// The words around the place, about 200 characters, white space folded.
    pub snippet: String,
    /// The matching words, as bytes of `snippet`, in order and apart.
    pub highlights: Vec<Span>,
}
