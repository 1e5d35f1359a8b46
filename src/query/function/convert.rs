//! Conversions: `toInteger`, `toFloat`, `toBoolean`, `toString`, their `OrNull` and `List` forms.
//!
//! A string that does not read as the wanted type gives `null`; a type that cannot be converted is an
//! error, but not in the `OrNull` forms.

use super::{Context, Function, Outcome, wrong_type};
use crate::query::value::{Detail, List, Types, Value, ValueError};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("toInteger", &[Types::ANY], Types::INTEGER, to_integer),
    Function::new("toFloat", &[Types::ANY], Types::FLOAT, to_float),
    Function::new("toBoolean", &[Types::ANY], Types::BOOLEAN, to_boolean),
    Function::new("toString", &[Types::ANY], Types::STRING, to_string),
    Function::new("toIntegerOrNull", &[Types::ANY], Types::INTEGER, |of, context| or_null(to_integer(of, context))),
    Function::new("toFloatOrNull", &[Types::ANY], Types::FLOAT, |of, context| or_null(to_float(of, context))),
    Function::new("toBooleanOrNull", &[Types::ANY], Types::BOOLEAN, |of, context| or_null(to_boolean(of, context))),
    Function::new("toStringOrNull", &[Types::ANY], Types::STRING, |of, context| or_null(to_string(of, context))),
    Function::new("toIntegerList", &[Types::LIST], Types::LIST, |of, context| {
        each("toIntegerList", to_integer, of, context)
    }),
    Function::new("toFloatList", &[Types::LIST], Types::LIST, |of, context| each("toFloatList", to_float, of, context)),
    Function::new("toBooleanList", &[Types::LIST], Types::LIST, |of, context| {
        each("toBooleanList", to_boolean, of, context)
    }),
    Function::new("toStringList", &[Types::LIST], Types::LIST, |of, context| {
        each("toStringList", to_string, of, context)
    }),
];

fn to_integer(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Integer(integer) => Ok(Value::Integer(*integer)),
        Value::Float(float) => truncated(*float),
        Value::Boolean(truth) => Ok(Value::Integer(i64::from(*truth))),
        Value::String(text) => read_integer(text.trim()),
        other => Err(wrong_type("toInteger", Types::NUMBER | Types::STRING | Types::BOOLEAN, other)),
    }
}

/// A float without its fraction; an error past 64 bits, `null` for NaN.
pub(super) fn truncated(float: f64) -> Outcome {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        return Ok(Value::Null);
    }
    if !(-LIMIT..LIMIT).contains(&float) {
        let message = format!("{} does not fit into 64 bits", Value::Float(float));
        return Err(ValueError::arithmetic(Detail::IntegerOverflow, message));
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
    Ok(Value::Integer(float as i64))
}

fn read_integer(text: &str) -> Outcome {
    match text.parse::<i64>() {
        Ok(integer) => Ok(Value::Integer(integer)),
        Err(_) => match read_float(text) {
            Some(float) if float.is_finite() => truncated(float),
            _ => Ok(Value::Null),
        },
    }
}

fn to_float(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Float(float) => Ok(Value::Float(*float)),
        #[expect(clippy::cast_precision_loss, reason = "the nearest double is what toFloat gives")]
        Value::Integer(integer) => Ok(Value::Float(*integer as f64)),
        Value::String(text) => Ok(read_float(text.trim()).map_or(Value::Null, Value::Float)),
        other => Err(wrong_type("toFloat", Types::NUMBER | Types::STRING, other)),
    }
}

/// Reads digits with point and exponent, and the three names that floats have in text.
fn read_float(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" | "+Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ if text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte)) => text.parse().ok(),
        _ => None,
    }
}

fn to_boolean(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::Boolean(truth) => Ok(Value::Boolean(*truth)),
        Value::Integer(integer) => Ok(Value::Boolean(*integer != 0)),
        Value::String(text) => Ok(match text.trim().to_ascii_lowercase().as_str() {
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            _ => Value::Null,
        }),
        other => Err(wrong_type("toBoolean", Types::BOOLEAN | Types::STRING | Types::INTEGER, other)),
    }
}

fn to_string(arguments: &[Value], _: &dyn Context) -> Outcome {
    let takes = Types::BOOLEAN | Types::NUMBER | Types::STRING | Types::TEMPORAL;
    let text = arguments[0].to_text().ok_or_else(|| wrong_type("toString", takes, &arguments[0]))?;
    Ok(Value::from(text))
}

fn or_null(outcome: Outcome) -> Outcome {
    Ok(outcome.unwrap_or(Value::Null))
}

/// Converts each item; what cannot be converted becomes `null`.
fn each(
    name: &str,
    convert: fn(&[Value], &dyn Context) -> Outcome,
    arguments: &[Value],
    context: &dyn Context,
) -> Outcome {
    let Value::List(list) = &arguments[0] else { return Err(wrong_type(name, Types::LIST, &arguments[0])) };
    List::check_size(list.len(), context.limits())?;
    Ok(Value::list(list.iter().map(|item| convert(&[item], context).unwrap_or(Value::Null))))
}
