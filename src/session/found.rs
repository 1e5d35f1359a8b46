//! What a search and `related` find, as plain values.

use serde::Serialize;

use crate::query::{Answer, Value};
use crate::render::cited::{CitedRelation, NamedConcept, SearchHit};

/// Notes found by their words.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// The best of them, best first.
    pub hits: Vec<SearchHit>,
    /// How many there are.
    pub total: usize,
    /// Whether no note had all the words, so that notes with some of them are shown.
    pub relaxed: bool,
}

impl Found {
    /// The hits as rows.
    #[must_use]
    pub fn rows(&self) -> Answer {
        let row = |hit: &SearchHit| {
            let score = Value::Float(f64::from(hit.score));
            vec![
                Value::String(hit.path.as_str().into()),
                Value::Integer(i64::from(hit.line)),
                Value::String(hit.title.as_str().into()),
                score,
                Value::String(hit.snippet.as_str().into()),
            ]
        };
        let columns = ["path", "line", "title", "score", "snippet"].map(String::from).to_vec();
        Answer { columns, rows: self.hits.iter().map(row).collect(), ..Answer::default() }
    }
}

/// A concept close to another, and the relations that tie them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Related {
    /// The concept.
    pub concept: NamedConcept,
    /// The relations, the most trusted first.
    pub relations: Vec<CitedRelation>,
}
