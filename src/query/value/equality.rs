//! Equality: the operator `=` with three-valued logic, and the equivalence of `DISTINCT` and grouping.

use std::hash::{Hash, Hasher};

use super::order::{compare_numbers, order_lists};
use super::{List, Value};

/// `left = right`: true, false, or unknown where a `null` decides.
///
/// Values of different types differ, but an integer may equal a float. NaN equals nothing.
#[must_use]
pub fn equals(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::List(left), Value::List(right)) => lists_equal(left, right),
        (Value::Map(left), Value::Map(right)) => {
            if left.len() != right.len() || !left.keys().eq(right.keys()) {
                return Some(false);
            }
            all_equal(left.values().zip(right.values()).map(|(left, right)| equals(left, right)))
        }
        _ => Some(scalars_equal(left, right)),
    }
}

fn lists_equal(left: &List, right: &List) -> Option<bool> {
    if left.len() != right.len() {
        return Some(false);
    }
    match (left, right) {
        (List::Range { .. }, List::Range { .. }) => Some(order_lists(left, right).is_eq()),
        (List::Items(left), List::Items(right)) => {
            all_equal(left.iter().zip(right.iter()).map(|(left, right)| equals(left, right)))
        }
        _ => all_equal(left.iter().zip(right).map(|(left, right)| equals(&left, &right))),
    }
}

/// True when all are; false as soon as one is; else unknown.
fn all_equal(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

/// Equality of values that hold no others; false across types.
fn scalars_equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Boolean(left), Value::Boolean(right)) => left == right,
        (Value::String(left), Value::String(right)) => left == right,
        (Value::Node(left), Value::Node(right)) => left == right,
        (Value::Relationship(left), Value::Relationship(right)) => left == right,
        (Value::Path(left), Value::Path(right)) => left == right,
        (Value::Temporal(left), Value::Temporal(right)) => left == right,
        _ => compare_numbers(left, right).is_some_and(|numbers| numbers.is_some_and(std::cmp::Ordering::is_eq)),
    }
}

/// A value as `DISTINCT` and grouping see it: `null` is `null`, NaN is NaN, and 1 is 1.0.
#[derive(Clone, Debug)]
pub struct Key(pub Value);

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        equivalent(&self.0, &other.0)
    }
}

impl Eq for Key {}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

fn equivalent(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Float(left), Value::Float(right)) => left == right || left.is_nan() && right.is_nan(),
        (Value::List(left @ List::Range { .. }), Value::List(right @ List::Range { .. })) => {
            order_lists(left, right).is_eq()
        }
        (Value::List(left), Value::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equivalent(&left, &right))
        }
        (Value::Map(left), Value::Map(right)) => {
            left.len() == right.len()
                && left.iter().zip(right.iter()).all(|(left, right)| left.0 == right.0 && equivalent(left.1, right.1))
        }
        _ => scalars_equal(left, right),
    }
}

/// How many items of a list its hash looks at, so that ranges are not walked.
const HASHED: usize = 64;

/// Equivalent values hash alike; a number hashes as an integer wherever it is one.
fn hash<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::Null => 0_u8.hash(state),
        Value::Boolean(truth) => (1_u8, truth).hash(state),
        Value::Integer(integer) => (2_u8, integer).hash(state),
        Value::Float(float) => match integral(*float) {
            Some(integer) => (2_u8, integer).hash(state),
            None if float.is_nan() => 3_u8.hash(state),
            None => (4_u8, float.to_bits()).hash(state),
        },
        Value::String(text) => (5_u8, text).hash(state),
        Value::List(list) => {
            (6_u8, list.len()).hash(state);
            list.iter().take(HASHED).for_each(|item| hash(&item, state));
        }
        Value::Map(map) => {
            (7_u8, map.len()).hash(state);
            for (key, value) in map.iter() {
                key.hash(state);
                hash(value, state);
            }
        }
        Value::Node(node) => (8_u8, node).hash(state),
        Value::Relationship(relationship) => (9_u8, relationship).hash(state),
        Value::Path(path) => (10_u8, path).hash(state),
        Value::Temporal(temporal) => (11_u8, temporal).hash(state),
    }
}

/// The integer that `float` equals, if there is one.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
pub(super) fn integral(float: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    (float.fract() == 0.0 && (-LIMIT..LIMIT).contains(&float)).then_some(float as i64)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn list(items: &[Value]) -> Value {
        Value::list(items.iter().cloned())
    }

    #[test]
    fn a_null_inside_makes_equality_unknown_unless_something_differs() {
        let (one, two) = (Value::Integer(1), Value::Integer(2));
        let left = list(&[one.clone(), Value::Null]);
        assert_eq!(equals(&left, &list(&[one, two.clone()])), None);
        assert_eq!(equals(&left, &list(&[two.clone(), two])), Some(false));
        assert_eq!(equals(&left, &list(&[])), Some(false));
        assert_eq!(equals(&Value::Float(f64::NAN), &Value::Float(f64::NAN)), Some(false));
    }

    #[test]
    fn large_integers_and_floats_are_compared_exactly() {
        let large = 9_007_199_254_740_993;
        assert_eq!(equals(&Value::Integer(large), &Value::Float(9_007_199_254_740_992.0)), Some(false));
        assert_eq!(equals(&Value::Integer(large - 1), &Value::Float(9_007_199_254_740_992.0)), Some(true));
    }

    #[test]
    fn keys_hold_equivalent_values_once() {
        let values = [
            Value::Null,
            Value::Null,
            Value::Float(f64::NAN),
            Value::Float(-f64::NAN),
            Value::Integer(1),
            Value::Float(1.0),
            Value::Float(0.0),
            Value::Float(-0.0),
            Value::List(List::range(1, 2, 1)),
            list(&[Value::Float(1.0), Value::Integer(2)]),
        ];
        assert_eq!(values.into_iter().map(Key).collect::<HashSet<_>>().len(), 5);
    }
}
