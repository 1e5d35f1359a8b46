//! Comparison: the operators `<` and `>` with three-valued logic, and the total order of `ORDER BY`.

use std::cmp::Ordering;

use super::equality::{equals, integral};
use super::{List, Value};
use crate::query::temporal::Temporal;

/// What `<`, `<=`, `>` and `>=` find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The two are in order.
    Ordered(Ordering),
    /// Both are numbers and one is NaN: all four operators are false.
    Unordered,
    /// The two cannot be compared: all four operators are unknown.
    Unknown,
}

impl Comparison {
    /// The truth of an operator that holds for the orderings of `holds`.
    #[must_use]
    pub fn is(self, holds: impl FnOnce(Ordering) -> bool) -> Option<bool> {
        match self {
            Self::Ordered(ordering) => Some(holds(ordering)),
            Self::Unordered => Some(false),
            Self::Unknown => None,
        }
    }
}

/// Holds `left` against `right` for `<`, `<=`, `>`, `>=`.
///
/// Numbers, strings, booleans, lists and dates and times of one type can be compared; all else is unknown.
#[must_use]
pub fn compare(left: &Value, right: &Value) -> Comparison {
    match (left, right) {
        (Value::String(left), Value::String(right)) => Comparison::Ordered(left.cmp(right)),
        (Value::Boolean(left), Value::Boolean(right)) => Comparison::Ordered(left.cmp(right)),
        (Value::List(left), Value::List(right)) => compare_lists(left, right),
        (Value::Temporal(left), Value::Temporal(right)) => {
            compare_temporals(left, right).map_or(Comparison::Unknown, Comparison::Ordered)
        }
        _ => match compare_numbers(left, right) {
            None => Comparison::Unknown,
            Some(None) => Comparison::Unordered,
            Some(Some(ordering)) => Comparison::Ordered(ordering),
        },
    }
}

/// The first pair that is not equal decides; a longer list is the greater one.
fn compare_lists(left: &List, right: &List) -> Comparison {
    if let (List::Range { .. }, List::Range { .. }) = (left, right) {
        return Comparison::Ordered(order_lists(left, right));
    }
    for (left, right) in left.iter().zip(right) {
        match equals(&left, &right) {
            Some(true) => {}
            Some(false) => return compare(&left, &right),
            None => return Comparison::Unknown,
        }
    }
    Comparison::Ordered(left.len().cmp(&right.len()))
}

fn compare_temporals(left: &Temporal, right: &Temporal) -> Option<Ordering> {
    match (left, right) {
        (Temporal::Date(left), Temporal::Date(right)) => Some(left.cmp(right)),
        (Temporal::LocalTime(left), Temporal::LocalTime(right)) => Some(left.cmp(right)),
        (Temporal::Time(left), Temporal::Time(right)) => Some(left.cmp(right)),
        (Temporal::LocalDateTime(left), Temporal::LocalDateTime(right)) => Some(left.cmp(right)),
        (Temporal::DateTime(left), Temporal::DateTime(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

/// Compares exactly, without rounding an integer: `None` unless both are numbers, `Some(None)` if one is NaN.
#[expect(clippy::option_option, reason = "the two levels say different things")]
pub(super) fn compare_numbers(left: &Value, right: &Value) -> Option<Option<Ordering>> {
    match (left, right) {
        (Value::Integer(left), Value::Integer(right)) => Some(Some(left.cmp(right))),
        (Value::Float(left), Value::Float(right)) => Some(left.partial_cmp(right)),
        (Value::Integer(left), Value::Float(right)) => Some(compare_mixed(*left, *right)),
        (Value::Float(left), Value::Integer(right)) => Some(compare_mixed(*right, *left).map(Ordering::reverse)),
        _ => None,
    }
}

fn compare_mixed(integer: i64, float: f64) -> Option<Ordering> {
    match integral(float.floor()) {
        Some(floor) if floor == integer && float.fract() != 0.0 => Some(Ordering::Less),
        Some(floor) => Some(integer.cmp(&floor)),
        None => 0.0.partial_cmp(&float),
    }
}

/// The total order of `ORDER BY`, ascending: maps, nodes, relationships, lists, paths, dates and
/// times, durations, strings, booleans, numbers, NaN, and last `null`.
#[must_use]
pub fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Map(left), Value::Map(right)) => (left.len().cmp(&right.len()))
            .then_with(|| left.keys().cmp(right.keys()))
            .then_with(|| first_difference(left.values().zip(right.values()).map(|(left, right)| order(left, right)))),
        (Value::Node(left), Value::Node(right)) => left.cmp(right),
        (Value::Relationship(left), Value::Relationship(right)) => left.cmp(right),
        (Value::List(left), Value::List(right)) => order_lists(left, right),
        (Value::Path(left), Value::Path(right)) => left.cmp(right),
        (Value::Temporal(Temporal::Duration(left)), Value::Temporal(Temporal::Duration(right))) => left.cmp(right),
        (Value::Temporal(left), Value::Temporal(right)) => {
            compare_temporals(left, right).unwrap_or_else(|| temporal_rank(left).cmp(&temporal_rank(right)))
        }
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Boolean(left), Value::Boolean(right)) => left.cmp(right),
        _ => match compare_numbers(left, right) {
            Some(Some(ordering)) => ordering,
            Some(None) => is_nan(left).cmp(&is_nan(right)),
            None => rank(left).cmp(&rank(right)),
        },
    }
}

/// By the first difference, then by length. Two ranges differ in their first or second item or nowhere.
pub(super) fn order_lists(left: &List, right: &List) -> Ordering {
    let ranges = matches!((left, right), (List::Range { .. }, List::Range { .. }));
    let decisive = if ranges { 2 } else { usize::MAX };
    first_difference(left.iter().zip(right).take(decisive).map(|(left, right)| order(&left, &right)))
        .then_with(|| left.len().cmp(&right.len()))
}

fn first_difference(mut orderings: impl Iterator<Item = Ordering>) -> Ordering {
    orderings.find(|ordering| ordering.is_ne()).unwrap_or(Ordering::Equal)
}

const fn is_nan(value: &Value) -> bool {
    matches!(value, Value::Float(float) if float.is_nan())
}

const fn rank(value: &Value) -> u8 {
    match value {
        Value::Map(_) => 0,
        Value::Node(_) => 1,
        Value::Relationship(_) => 2,
        Value::List(_) => 3,
        Value::Path(_) => 4,
        Value::Temporal(_) => 5,
        Value::String(_) => 6,
        Value::Boolean(_) => 7,
        Value::Integer(_) | Value::Float(_) => 8,
        Value::Null => 9,
    }
}

const fn temporal_rank(temporal: &Temporal) -> u8 {
    match temporal {
        Temporal::DateTime(_) => 0,
        Temporal::LocalDateTime(_) => 1,
        Temporal::Date(_) => 2,
        Temporal::Time(_) => 3,
        Temporal::LocalTime(_) => 4,
        Temporal::Duration(_) => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nan_is_neither_less_nor_greater_but_other_types_are_unknown() {
        let nan = Value::Float(f64::NAN);
        assert_eq!(compare(&nan, &Value::Integer(1)), Comparison::Unordered);
        assert_eq!(compare(&nan, &Value::from("a")), Comparison::Unknown);
        assert_eq!(compare(&Value::Null, &Value::Integer(1)).is(Ordering::is_lt), None);
        assert_eq!(compare(&Value::Integer(1), &Value::Float(1.5)).is(Ordering::is_lt), Some(true));
    }

    #[test]
    fn lists_are_compared_up_to_the_first_difference() {
        let list = |items: &[Value]| Value::list(items.iter().cloned());
        let (one, two, null) = (Value::Integer(1), Value::Integer(2), Value::Null);
        let left = list(&[one.clone(), two]);
        assert_eq!(compare(&left, &Value::list([one.clone()])), Comparison::Ordered(Ordering::Greater));
        assert_eq!(compare(&left, &list(&[one, null.clone()])), Comparison::Unknown);
        assert_eq!(compare(&left, &list(&[Value::Integer(3), null])), Comparison::Ordered(Ordering::Less));
    }

    #[test]
    fn endless_ranges_are_ordered_at_once() {
        let range = |first, step| Value::List(List::range(first, i64::MAX, step));
        assert_eq!(order(&range(1, 1), &range(1, 1)), Ordering::Equal);
        assert_eq!(order(&range(1, 1), &range(1, 2)), Ordering::Less);
        assert_eq!(equals(&range(1, 1), &range(2, 1)), Some(false));
    }

    #[test]
    fn numbers_far_apart_in_kind_are_ordered_exactly() {
        let mixed = |integer, float| compare_mixed(integer, float);
        assert_eq!(mixed(i64::MAX, 9_223_372_036_854_775_808.0), Some(Ordering::Less));
        assert_eq!(mixed(i64::MIN, f64::NEG_INFINITY), Some(Ordering::Greater));
        assert_eq!(mixed(-2, -1.5), Some(Ordering::Less));
        assert_eq!(mixed(-1, -1.5), Some(Ordering::Greater));
        assert_eq!(mixed(0, f64::NAN), None);
    }

    #[test]
    fn every_type_has_its_place_in_the_total_order() {
        let map = Value::map([("a", Value::Null)]);
        let values = [
            map,
            Value::list([]),
            "a".into(),
            "b".into(),
            false.into(),
            1.5.into(),
            2.into(),
            f64::NAN.into(),
            Value::Null,
        ];
        let mut sorted: Vec<_> = values.iter().rev().cloned().collect();
        sorted.sort_by(order);
        let shown = |values: &[Value]| values.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(shown(&sorted), shown(&values));
    }
}
