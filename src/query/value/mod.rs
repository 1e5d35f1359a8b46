//! The values of openCypher, and what can be done with them without a statement.
//!
//! Values are cheap to clone: text, lists, maps and paths are shared. Nodes and relationships are
//! ids into the graph that the statement runs on.
//!
//! There are three ways to hold two values side by side: [`equals`] and [`compare`] are the operators `=` and
//! `<` with three-valued logic, [`Key`] is the equivalence of `DISTINCT` and grouping, where `null`
//! is `null`, and [`order`] is the total order of `ORDER BY`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::temporal::Temporal;
use crate::graph::{NodeId, RelationshipId};
use crate::limits::{Limit, Limits};
use crate::text::Name;

mod access;
mod arithmetic;
mod display;
mod equality;
mod error;
#[cfg(test)]
mod laws;
mod list;
mod order;
mod text;
mod types;

pub use access::{contains, index, property, slice};
pub use arithmetic::{add, divide, modulo, multiply, negate, power, subtract};
pub(in crate::query) use arithmetic::{as_float, check_length, overflow};
pub use equality::{Key, equals};
pub use error::{Detail, ErrorKind, ValueError};
pub use list::{Items, List};
pub use order::{Comparison, compare, order};
pub use text::{Regexes, contains_text, ends_with, matches, starts_with};
pub use types::Types;

/// A value as an expression yields it.
#[derive(Clone, Debug)]
pub enum Value {
    /// Unknown or missing.
    Null,
    /// True or false.
    Boolean(bool),
    /// 64 bits, signed.
    Integer(i64),
    /// IEEE 754 double.
    Float(f64),
    /// Unicode text.
    String(Name),
    /// Values in order.
    List(List),
    /// Values by key, in key order.
    Map(Arc<BTreeMap<Name, Self>>),
    /// A node of the graph.
    Node(NodeId),
    /// A relationship of the graph.
    Relationship(RelationshipId),
    /// Nodes joined by relationships.
    Path(Arc<Path>),
    /// A date, a time, both, or a duration.
    Temporal(Temporal),
}

/// A walk: `nodes` is one longer than `relationships`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Path {
    /// The nodes passed, the first one first.
    pub nodes: Vec<NodeId>,
    /// The relationships between them, whatever their own direction.
    pub relationships: Vec<RelationshipId>,
}

impl Value {
    /// Text as a value.
    #[must_use]
    pub fn string(text: impl Into<Name>) -> Self {
        Self::String(text.into())
    }

    /// A list of `items`.
    #[must_use]
    pub fn list(items: impl IntoIterator<Item = Self>) -> Self {
        Self::List(items.into_iter().collect())
    }

    /// A map of `entries`; of equal keys the last one stands.
    #[must_use]
    pub fn map<K: Into<Name>>(entries: impl IntoIterator<Item = (K, Self)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().map(|(key, value)| (key.into(), value)).collect()))
    }

    /// Whether it is `null`.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// True, false, or unknown for `null`; nothing for every other type.
    #[must_use]
    pub const fn truth(&self) -> Option<Option<bool>> {
        match self {
            Self::Null => Some(None),
            Self::Boolean(truth) => Some(Some(*truth)),
            _ => None,
        }
    }

    /// Whether the value may be kept and shown: lists and maps are not nested too deep in it,
    /// and spelled out it has not too many values. Needs no stack; O(values), but O(1) for a range.
    ///
    /// # Errors
    ///
    /// A limit error that says which one.
    pub fn check_size(&self, limits: &Limits) -> Result<(), ValueError> {
        let deepest = limits.size(Limit::Nesting);
        let (mut open, mut count) = (vec![(self, 0)], 0_usize);
        while let Some((value, depth)) = open.pop() {
            if depth > deepest {
                let message = format!("lists and maps are nested more than {deepest} deep");
                return Err(ValueError::limit(Limit::Nesting, message));
            }
            let nests = |item: &&Self| matches!(item, Self::List(_) | Self::Map(_));
            match value {
                Self::List(list) => {
                    count = count.saturating_add(list.len());
                    List::check_size(count, limits)?;
                    if let List::Items(items) = list {
                        open.extend(items.iter().filter(nests).map(|item| (item, depth + 1)));
                    }
                }
                Self::Map(map) => {
                    count = count.saturating_add(map.len());
                    open.extend(map.values().filter(nests).map(|item| (item, depth + 1)));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl From<Option<bool>> for Value {
    /// Truth of three-valued logic: unknown is `null`.
    fn from(truth: Option<bool>) -> Self {
        truth.map_or(Self::Null, Self::Boolean)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Boolean(truth)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Integer(integer)
    }
}

impl From<f64> for Value {
    fn from(float: f64) -> Self {
        Self::Float(float)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Name> for Value {
    fn from(text: Name) -> Self {
        Self::String(text)
    }
}

impl From<Temporal> for Value {
    fn from(temporal: Temporal) -> Self {
        Self::Temporal(temporal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_nested_too_deep_or_spell_out_too_long_are_found() {
        let nested = |depth: usize| (0..depth).fold(Value::Null, |inner, _| Value::map([("a", Value::list([inner]))]));
        let limits = Limits::default();
        assert!(nested(100).check_size(&limits).is_ok());
        let refused = nested(101).check_size(&limits).unwrap_err();
        assert_eq!(refused.message, "lists and maps are nested more than 200 deep");
        let half = Value::List(List::range(1, 5_000_001, 1));
        assert!(half.check_size(&limits).is_ok());
        assert!(Value::list([half.clone(), half]).check_size(&limits).is_err());
    }
}
