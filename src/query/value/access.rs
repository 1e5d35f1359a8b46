//! What stands inside a value: properties, elements, slices, membership.

use super::{Detail, List, Value, ValueError, equals};
use crate::query::function::Context;

/// `value.key`: a property of a map, node, relationship, date, time or duration; `null` where there is none.
///
/// # Errors
///
/// A type error for other values, and for a node or relationship that this statement deleted.
pub fn property(value: &Value, key: &str, context: &dyn Context) -> Result<Value, ValueError> {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Map(map) => Ok(map.get(key).cloned().unwrap_or(Value::Null)),
        Value::Node(node) => context.node_property(*node, key),
        Value::Relationship(relationship) => context.relationship_property(*relationship, key),
        Value::Temporal(temporal) => Ok(temporal.component(key).unwrap_or(Value::Null)),
        _ => {
            let message = format!("{} has no properties, so no `{key}`", value.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentType, message))
        }
    }
}

/// `value[key]`: an element of a list, or a property of what has properties.
///
/// # Errors
///
/// A type error when `value` holds nothing, or `key` is no integer for a list or no string for the rest.
pub fn index(value: &Value, key: &Value, context: &dyn Context) -> Result<Value, ValueError> {
    match (value, key) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(list), Value::Integer(at)) => Ok(list.at(*at).unwrap_or(Value::Null)),
        (Value::List(_), _) => {
            let message = format!("an element of a list is named by an Integer, not by {}", key.type_name());
            Err(ValueError::type_error(Detail::ListElementAccessByNonInteger, message))
        }
        (Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Temporal(_), Value::String(key)) => {
            property(value, key, context)
        }
        (Value::Map(_) | Value::Node(_) | Value::Relationship(_) | Value::Temporal(_), _) => {
            let message = format!("a property is named by a String, not by {}", key.type_name());
            Err(ValueError::type_error(Detail::MapElementAccessByNonString, message))
        }
        _ => {
            let message = format!("{} has no elements", value.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentType, message))
        }
    }
}

/// `value[from..to]`, half-open; negative bounds count from the end; a bound that is `null` gives `null`.
///
/// # Errors
///
/// A type error unless `value` is a list and the bounds are integers.
pub fn slice(value: &Value, from: Option<&Value>, to: Option<&Value>) -> Result<Value, ValueError> {
    if [Some(value), from, to].into_iter().flatten().any(Value::is_null) {
        return Ok(Value::Null);
    }
    let Value::List(list) = value else {
        let message = format!("a slice is taken of a List, not of {}", value.type_name());
        return Err(ValueError::type_error(Detail::InvalidArgumentType, message));
    };
    let from = from.map_or(Ok(0), |from| bound(from, list))?;
    let to = to.map_or(Ok(list.len()), |to| bound(to, list))?;
    Ok(Value::List(list.slice(from, to)))
}

fn bound(value: &Value, list: &List) -> Result<usize, ValueError> {
    let Value::Integer(at) = value else {
        let message = format!("a bound of a slice is an Integer, not {}", value.type_name());
        return Err(ValueError::type_error(Detail::ListElementAccessByNonInteger, message));
    };
    let back = usize::try_from(at.unsigned_abs()).unwrap_or(usize::MAX);
    Ok(if *at < 0 { list.len().saturating_sub(back) } else { back })
}

/// `item IN list`: true, false, or unknown where a `null` decides.
///
/// # Errors
///
/// A type error unless `list` is a list or `null`.
pub fn contains(list: &Value, item: &Value) -> Result<Option<bool>, ValueError> {
    match list {
        Value::Null => Ok(None),
        Value::List(List::Range { first, step, count }) => Ok(in_range(item, *first, *step, *count)),
        Value::List(list) => {
            let mut found = Some(false);
            for element in list {
                match equals(&element, item) {
                    Some(true) => return Ok(Some(true)),
                    None => found = None,
                    Some(false) => {}
                }
            }
            Ok(found)
        }
        _ => {
            let message = format!("IN looks into a List, not into {}", list.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentType, message))
        }
    }
}

/// Whether a progression holds `item`, without walking it.
fn in_range(item: &Value, first: i64, step: i64, count: u64) -> Option<bool> {
    let integer = match item {
        _ if count == 0 => return Some(false),
        Value::Null => return None,
        Value::Integer(integer) => *integer,
        Value::Float(float) => match super::equality::integral(*float) {
            Some(integer) => integer,
            None => return Some(false),
        },
        _ => return Some(false),
    };
    let (distance, step) = (i128::from(integer) - i128::from(first), i128::from(step));
    let steps = distance / step;
    Some(distance % step == 0 && (0..i128::from(count)).contains(&steps))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(items: &[i64]) -> Value {
        Value::list(items.iter().copied().map(Value::Integer))
    }

    fn sliced(value: &Value, from: i64, to: i64) -> String {
        slice(value, Some(&from.into()), Some(&to.into())).unwrap().to_string()
    }

    #[test]
    fn slices_are_cut_to_the_list() {
        let list = list(&[1, 2, 3, 4, 5]);
        assert_eq!(sliced(&list, 1, 3), "[2, 3]");
        assert_eq!(sliced(&list, -3, -1), "[3, 4]");
        assert_eq!(sliced(&list, 4, 1), "[]");
        assert_eq!(sliced(&list, -100, i64::MAX), "[1, 2, 3, 4, 5]");
        assert_eq!(slice(&list, Some(&Value::Null), None).unwrap().to_string(), "null");
    }

    #[test]
    fn membership_is_unknown_when_only_null_could_be_the_item() {
        let with_null = Value::list([1.into(), Value::Null]);
        assert_eq!(contains(&with_null, &1.into()), Ok(Some(true)));
        assert_eq!(contains(&with_null, &2.into()), Ok(None));
        assert_eq!(contains(&list(&[]), &Value::Null), Ok(Some(false)));
        assert_eq!(contains(&list(&[1]), &Value::Null), Ok(None));
    }

    #[test]
    fn membership_of_a_range_is_reckoned() {
        let range = Value::List(List::range(10, -1_000_000_000_000, -3));
        assert_eq!(contains(&range, &(-2).into()), Ok(Some(true)));
        assert_eq!(contains(&range, &(-2.0).into()), Ok(Some(true)));
        assert_eq!(contains(&range, &12.into()), Ok(Some(false)));
        assert_eq!(contains(&range, &13.into()), Ok(Some(false)));
    }
}
