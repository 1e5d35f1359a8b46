//! Strings met while building, each kept once, and the ones that the graph keeps.

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::FxHashMap;

/// A string of the pool. Ids follow the order of arrival, so nothing stored may depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Text(pub(super) u32);

/// Strings by arrival.
#[derive(Default)]
pub(super) struct Pool {
    strings: Vec<Arc<str>>,
    ids: FxHashMap<Arc<str>, u32>,
}

impl Pool {
    /// The id of a string, new or known.
    pub(super) fn intern(&mut self, string: &str) -> Text {
        if let Some(id) = self.ids.get(string) {
            return Text(*id);
        }
        let id = u32::try_from(self.strings.len()).expect("four billion different strings do not fit into memory");
        let string: Arc<str> = string.into();
        self.strings.push(string.clone());
        self.ids.insert(string, id);
        Text(id)
    }

    /// The id of a string that is known.
    pub(super) fn find(&self, string: &str) -> Option<Text> {
        self.ids.get(string).copied().map(Text)
    }

    /// The string of an id.
    pub(super) fn get(&self, text: Text) -> &str {
        &self.strings[text.0 as usize]
    }

    /// How many strings there are.
    pub(super) fn len(&self) -> usize {
        self.strings.len()
    }

    /// Compares two strings by code points.
    pub(super) fn compare(&self, left: Text, right: Text) -> Ordering {
        if left == right { Ordering::Equal } else { self.get(left).cmp(self.get(right)) }
    }
}

/// The strings that the graph keeps, in the order of first use: the order of the columns, never of arrival.
pub(super) struct Kept<'a> {
    pool: &'a Pool,
    places: Vec<u32>,
    order: Vec<Text>,
}

impl<'a> Kept<'a> {
    /// None yet.
    pub(super) fn new(pool: &'a Pool) -> Self {
        Self { pool, places: vec![u32::MAX; pool.len()], order: Vec::new() }
    }

    /// Keeps a string and gives its place in the graph.
    pub(super) fn keep(&mut self, text: Text) -> u32 {
        let place = &mut self.places[text.0 as usize];
        if *place == u32::MAX {
            *place = u32::try_from(self.order.len()).expect("no more are kept than the pool has");
            self.order.push(text);
        }
        *place
    }

    /// The pool that they come from.
    pub(super) const fn pool(&self) -> &'a Pool {
        self.pool
    }

    /// Where a string is kept, if it is.
    pub(super) fn place(&self, text: Text) -> Option<u32> {
        Some(self.places[text.0 as usize]).filter(|place| *place != u32::MAX)
    }

    /// The offsets and the bytes of all kept strings.
    pub(super) fn columns(&self) -> (Vec<u64>, Vec<u8>) {
        let (mut offsets, mut bytes) = (vec![0], Vec::new());
        for text in &self.order {
            bytes.extend_from_slice(self.pool.get(*text).as_bytes());
            offsets.push(bytes.len() as u64);
        }
        (offsets, bytes)
    }
}
