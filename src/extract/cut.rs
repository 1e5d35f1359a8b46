//! Blocks cut into words, with the names that begin at them: what linking asks of a block by itself.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashSet, FxHasher};

use super::late::{Late, OfText};
use super::matcher::{Matcher, Sought};
use super::phrase::{field, sentences};
use super::word::Words;
use crate::text::Span;

/// A block's words and what stands in them, whatever stands around it.
#[derive(Debug)]
pub(super) struct Cut {
    text: Box<str>,
    pub words: Arc<Words>,
    pub sought: Sought,
    pub sentences: Vec<Span>,
    /// Key and value, of a block that is a field.
    pub field: Option<(Span, Span)>,
    /// The keys of its words, in no order, each once.
    pub keys: Box<[u64]>,
}

/// The blocks cut lately.
pub(super) type LateCuts = Late<Cut>;

impl OfText for Cut {
    fn bytes(&self) -> usize {
        self.text.len()
    }
}

impl Cut {
    /// The cut of `text`: a late one, or a new one. Linear in the text.
    pub(super) fn among(late: &LateCuts, text: &str, matcher: &Matcher) -> Arc<Self> {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        late.get_or_make(hasher.finish(), |cut| *cut.text == *text, || Self::new(text, matcher))
    }

    fn new(text: &str, matcher: &Matcher) -> Self {
        let words = Words::new(text);
        let mut keys = FxHashSet::default();
        super::add_keys(text, &words, &mut keys);
        Self {
            text: text.into(),
            sought: matcher.sought(text, &words),
            sentences: sentences(text),
            field: field(text),
            keys: keys.into_iter().collect(),
            words: Arc::new(words),
        }
    }
}
