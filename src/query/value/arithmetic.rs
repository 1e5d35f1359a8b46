//! The operators `+ - * / % ^` on values, with checked overflow.
//!
//! `null` on either side gives `null`. Integers stay integers and never wrap; an integer with a float
//! gives a float. `+` also joins strings and lists, and moves dates and times by durations.

use super::{Detail, List, Value, ValueError};
use crate::limits::{Limit, Limits};
use crate::query::temporal::Temporal;

type Outcome = Result<Value, ValueError>;

/// `left + right`. Costs no copy of a list on the left that nobody else holds.
///
/// # Errors
///
/// A type error for types that have no sum, an arithmetic error past 64 bits.
pub fn add(left: Value, right: &Value, limits: &Limits) -> Outcome {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::List(left), Value::List(right)) => left.concat(right, limits).map(Value::List),
        (Value::List(list), item) => list.push(item.clone(), limits).map(Value::List),
        (item, Value::List(list)) => List::from(vec![item]).concat(list, limits).map(Value::List),
        (Value::String(text), other) => {
            let added = other.to_text().ok_or_else(|| no_operation("add", &Value::String(text.clone()), other))?;
            join([&text, &added], limits)
        }
        (other, Value::String(text)) => {
            let added = other.to_text().ok_or_else(|| no_operation("add", &other, right))?;
            join([&added, text], limits)
        }
        (Value::Temporal(left), Value::Temporal(right)) => left.plus(*right).map(Value::Temporal),
        (left, right) => numbers("add", &left, right, i64::checked_add, |left, right| left + right),
    }
}

/// Whether a string of so many bytes may be made.
///
/// # Errors
///
/// A limit error where it is too long.
pub(in crate::query) fn check_length(bytes: usize, limits: &Limits) -> Result<(), ValueError> {
    let most = limits.size(Limit::String);
    if bytes <= most {
        return Ok(());
    }
    Err(ValueError::limit(Limit::String, format!("a string of more than {most} bytes would be made")))
}

fn join(parts: [&str; 2], limits: &Limits) -> Outcome {
    check_length(parts[0].len().saturating_add(parts[1].len()), limits)?;
    Ok(Value::from(parts.concat()))
}

/// `left - right`.
///
/// # Errors
///
/// A type error for types that have no difference, an arithmetic error past 64 bits.
pub fn subtract(left: &Value, right: &Value) -> Outcome {
    match (left, right) {
        (Value::Temporal(left), Value::Temporal(right)) => left.minus(*right).map(Value::Temporal),
        _ => numbers("subtract", left, right, i64::checked_sub, |left, right| left - right),
    }
}

/// `left * right`.
///
/// # Errors
///
/// A type error for types that have no product, an arithmetic error past 64 bits.
pub fn multiply(left: &Value, right: &Value) -> Outcome {
    match (left, right) {
        (Value::Temporal(Temporal::Duration(duration)), factor)
        | (factor, Value::Temporal(Temporal::Duration(duration)))
            if as_float(factor).is_some() =>
        {
            duration.times(as_float(factor).unwrap_or(1.0)).map(|product| Value::Temporal(Temporal::Duration(product)))
        }
        _ => numbers("multiply", left, right, i64::checked_mul, |left, right| left * right),
    }
}

/// `left / right`; of two integers the quotient without its fraction.
///
/// # Errors
///
/// A type error for types that have no quotient, an arithmetic error for an integer divided by 0.
pub fn divide(left: &Value, right: &Value) -> Outcome {
    match (left, right) {
        (Value::Integer(_), Value::Integer(0)) => Err(division_by_zero()),
        (Value::Temporal(Temporal::Duration(duration)), divisor) if as_float(divisor).is_some() => {
            let divisor = as_float(divisor).unwrap_or(1.0);
            duration.divided_by(divisor).map(|quotient| Value::Temporal(Temporal::Duration(quotient)))
        }
        _ => numbers("divide", left, right, i64::checked_div, |left, right| left / right),
    }
}

/// `left % right`, with the sign of `left`.
///
/// # Errors
///
/// A type error for types that have no remainder, an arithmetic error for an integer divided by 0.
pub fn modulo(left: &Value, right: &Value) -> Outcome {
    if let (Value::Integer(_), Value::Integer(0)) = (left, right) {
        return Err(division_by_zero());
    }
    numbers("divide", left, right, |left, right| Some(left.wrapping_rem(right)), |left, right| left % right)
}

/// `left ^ right`, always a float.
///
/// # Errors
///
/// A type error unless both are numbers.
pub fn power(left: &Value, right: &Value) -> Outcome {
    if left.is_null() || right.is_null() {
        return Ok(Value::Null);
    }
    match (as_float(left), as_float(right)) {
        (Some(base), Some(exponent)) => Ok(Value::Float(base.powf(exponent))),
        _ => Err(no_operation("raise", left, right)),
    }
}

/// `-value`.
///
/// # Errors
///
/// A type error unless it is a number or a duration, an arithmetic error past 64 bits.
pub fn negate(value: &Value) -> Outcome {
    match value {
        Value::Null => Ok(Value::Null),
        Value::Integer(integer) => integer.checked_neg().map(Value::Integer).ok_or_else(overflow),
        Value::Float(float) => Ok(Value::Float(-float)),
        Value::Temporal(Temporal::Duration(duration)) => {
            duration.times(-1.0).map(|negative| Value::Temporal(Temporal::Duration(negative)))
        }
        _ => {
            let message = format!("cannot negate {}", value.type_name());
            Err(ValueError::type_error(Detail::InvalidArgumentType, message))
        }
    }
}

fn numbers(
    verb: &str,
    left: &Value,
    right: &Value,
    integers: fn(i64, i64) -> Option<i64>,
    floats: fn(f64, f64) -> f64,
) -> Outcome {
    match (left, right) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Integer(left), Value::Integer(right)) => {
            integers(*left, *right).map(Value::Integer).ok_or_else(overflow)
        }
        _ => match (as_float(left), as_float(right)) {
            (Some(left), Some(right)) => Ok(Value::Float(floats(left, right))),
            _ => Err(no_operation(verb, left, right)),
        },
    }
}

/// A number as the nearest double.
#[expect(clippy::cast_precision_loss, reason = "openCypher turns integers into floats by rounding")]
pub(in crate::query) const fn as_float(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(integer) => Some(*integer as f64),
        Value::Float(float) => Some(*float),
        _ => None,
    }
}

fn no_operation(verb: &str, left: &Value, right: &Value) -> ValueError {
    let message = format!("cannot {verb} {} and {}", left.type_name(), right.type_name());
    ValueError::type_error(Detail::InvalidArgumentType, message)
}

pub(in crate::query) fn overflow() -> ValueError {
    ValueError::arithmetic(Detail::IntegerOverflow, "the result does not fit into 64 bits")
}

fn division_by_zero() -> ValueError {
    ValueError::arithmetic(Detail::DivisionByZero, "division by zero")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plus(left: &Value, right: &Value) -> Outcome {
        add(left.clone(), right, &Limits::default())
    }

    fn shown(outcome: Outcome) -> String {
        outcome.map_or_else(|error| error.message, |value| value.to_string())
    }

    #[test]
    fn integers_never_wrap() {
        assert_eq!(shown(plus(&Value::Integer(i64::MAX), &1.into())), "the result does not fit into 64 bits");
        assert_eq!(shown(divide(&Value::Integer(i64::MIN), &(-1).into())), "the result does not fit into 64 bits");
        assert_eq!(shown(modulo(&Value::Integer(i64::MIN), &(-1).into())), "0");
        assert_eq!(shown(negate(&Value::Integer(i64::MIN))), "the result does not fit into 64 bits");
        assert_eq!(shown(divide(&7.into(), &(-2).into())), "-3");
        assert_eq!(shown(divide(&7.into(), &0.into())), "division by zero");
        assert_eq!(shown(divide(&7.0.into(), &0.into())), "Infinity");
    }

    #[test]
    fn plus_joins_strings_and_lists() {
        assert_eq!(shown(plus(&"a".into(), &1.5.into())), "'a1.5'");
        assert_eq!(shown(plus(&1.into(), &"a".into())), "'1a'");
        assert_eq!(shown(plus(&Value::list([1.into()]), &2.into())), "[1, 2]");
        assert_eq!(shown(plus(&0.into(), &Value::list([1.into()]))), "[0, 1]");
        assert_eq!(shown(plus(&Value::list([1.into()]), &Value::list([2.into()]))), "[1, 2]");
        assert_eq!(shown(plus(&Value::list([]), &Value::Null)), "null");
        assert_eq!(shown(plus(&true.into(), &1.into())), "cannot add Boolean and Integer");
    }
}
