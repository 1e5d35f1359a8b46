//! Functions of lists: `size`, `range`, `head`, `last`, `tail`, `reverse`, `isEmpty`.

use super::{Context, Function, Outcome, wrong_type};
use crate::query::value::{Detail, List, Types, Value, ValueError};

/// What has a size.
const SIZED: Types = Types::LIST.or(Types::STRING).or(Types::MAP);

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("size", &[Types::LIST.or(Types::STRING)], Types::INTEGER, size),
    Function::new("isEmpty", &[SIZED], Types::BOOLEAN, is_empty),
    Function::new("range", &[Types::ANY, Types::ANY, Types::ANY], Types::LIST, range).required(2),
    Function::new("head", &[Types::LIST], Types::ANY, |of, _| one("head", of, |list| list.get(0))),
    Function::new("last", &[Types::LIST], Types::ANY, |of, _| one("last", of, List::last)),
    Function::new("tail", &[Types::LIST], Types::LIST, |of, _| {
        one("tail", of, |list| Some(Value::List(list.slice(1, list.len()))))
    }),
    Function::new("reverse", &[Types::LIST.or(Types::STRING)], Types::LIST.or(Types::STRING), reverse),
];

fn size(arguments: &[Value], _: &dyn Context) -> Outcome {
    let size = match &arguments[0] {
        Value::List(list) => list.len(),
        Value::String(text) => text.chars().count(),
        other => return Err(wrong_type("size", Types::LIST | Types::STRING, other)),
    };
    Ok(Value::Integer(i64::try_from(size).unwrap_or(i64::MAX)))
}

fn is_empty(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::List(list) => Ok(Value::Boolean(list.is_empty())),
        Value::String(text) => Ok(Value::Boolean(text.is_empty())),
        Value::Map(map) => Ok(Value::Boolean(map.is_empty())),
        other => Err(wrong_type("isEmpty", SIZED, other)),
    }
}

fn range(arguments: &[Value], _: &dyn Context) -> Outcome {
    let first = bound(&arguments[0])?;
    let last = bound(&arguments[1])?;
    let step = arguments.get(2).map_or(Ok(1), bound)?;
    if step == 0 {
        return Err(ValueError::argument(Detail::NumberOutOfRange, "the step of a range cannot be 0"));
    }
    Ok(Value::List(List::range(first, last, step)))
}

fn bound(value: &Value) -> Result<i64, ValueError> {
    match value {
        Value::Integer(integer) => Ok(*integer),
        other => {
            let message = format!("range takes Integer, not {}", other.type_name());
            Err(ValueError::argument(Detail::InvalidArgumentType, message))
        }
    }
}

fn one(name: &str, arguments: &[Value], pick: fn(&List) -> Option<Value>) -> Outcome {
    match &arguments[0] {
        Value::List(list) => Ok(pick(list).unwrap_or(Value::Null)),
        other => Err(wrong_type(name, Types::LIST, other)),
    }
}

fn reverse(arguments: &[Value], _: &dyn Context) -> Outcome {
    match &arguments[0] {
        Value::List(list) => Ok(Value::List(list.reversed())),
        Value::String(text) => Ok(Value::from(text.chars().rev().collect::<String>())),
        other => Err(wrong_type("reverse", Types::LIST | Types::STRING, other)),
    }
}
