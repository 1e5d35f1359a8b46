//! Functions of any value: `coalesce`, `nullIf`, `exists`, `valueType`, `timestamp`, `randomUUID`.

use super::{Context, Function, Outcome};
use crate::query::value::{Types, Value, equals};

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("coalesce", &[Types::ANY], Types::ANY, coalesce).variadic().lenient(),
    Function::new("nullIf", &[Types::ANY, Types::ANY], Types::ANY, null_if).lenient(),
    Function::new("exists", &[Types::ANY], Types::BOOLEAN, |of, _| Ok(Value::Boolean(!of[0].is_null()))).lenient(),
    Function::new("valueType", &[Types::ANY], Types::STRING, |of, _| Ok(Value::from(value_type(&of[0])))).lenient(),
    Function::new("timestamp", &[], Types::INTEGER, |_, context| Ok(Value::Integer(milliseconds(context)))),
    Function::new("randomUUID", &[], Types::STRING, random_uuid).volatile(),
];

fn coalesce(arguments: &[Value], _: &dyn Context) -> Outcome {
    Ok(arguments.iter().find(|value| !value.is_null()).cloned().unwrap_or(Value::Null))
}

fn null_if(arguments: &[Value], _: &dyn Context) -> Outcome {
    let same = equals(&arguments[0], &arguments[1]) == Some(true);
    Ok(if same { Value::Null } else { arguments[0].clone() })
}

/// Milliseconds since 1970-01-01T00:00Z.
fn milliseconds(context: &dyn Context) -> i64 {
    let (seconds, nanoseconds) = context.now();
    seconds * 1_000 + i64::from(nanoseconds / 1_000_000)
}

/// The type with its nullability, as `INTEGER NOT NULL` or `LIST<INTEGER NOT NULL | STRING NOT NULL> NOT NULL`.
fn value_type(value: &Value) -> String {
    let name = match value {
        Value::Null => return "NULL".to_owned(),
        Value::List(list) => {
            let mut items: Vec<_> = list.iter().take(1_000).map(|item| value_type(&item)).collect();
            items.sort();
            items.dedup();
            let inner = if items.is_empty() { "NOTHING".to_owned() } else { items.join(" | ") };
            format!("LIST<{inner}>")
        }
        _ => type_name(value.types()).to_owned(),
    };
    format!("{name} NOT NULL")
}

fn type_name(types: Types) -> &'static str {
    match types {
        Types::BOOLEAN => "BOOLEAN",
        Types::INTEGER => "INTEGER",
        Types::FLOAT => "FLOAT",
        Types::STRING => "STRING",
        Types::MAP => "MAP",
        Types::NODE => "NODE",
        Types::RELATIONSHIP => "RELATIONSHIP",
        Types::PATH => "PATH",
        Types::DATE => "DATE",
        Types::LOCAL_TIME => "LOCAL TIME",
        Types::TIME => "ZONED TIME",
        Types::LOCAL_DATE_TIME => "LOCAL DATETIME",
        Types::DATE_TIME => "ZONED DATETIME",
        Types::DURATION => "DURATION",
        _ => "ANY",
    }
}

/// A random identifier of 128 bits in the form of RFC 9562, version 4.
fn random_uuid(_: &[Value], context: &dyn Context) -> Outcome {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below 2^32 and never negative")]
    let word = || (context.random() * 4_294_967_296.0) as u32;
    let (first, second, third, fourth) = (word(), word(), word(), word());
    let (version, variant) = (0x4000 | (second & 0x0fff), 0x8000 | (third >> 16 & 0x3fff));
    let text =
        format!("{first:08x}-{:04x}-{version:04x}-{variant:04x}-{:04x}{fourth:08x}", second >> 16, third & 0xffff);
    Ok(Value::from(text))
}
