//! Parameters of statements: plain JSON, or JSON whose values tell their types.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::code::Failure;
use crate::query::temporal::Temporal;
use crate::query::{List, Parameters, Value};
use crate::text::Name;

/// Reads all parameters. How deep values nest is bounded by the reader of JSON.
pub(super) fn parameters(given: &Map<String, Json>, typed: bool) -> Result<Parameters, Failure> {
    let read = if typed { self::typed } else { plain };
    given.iter().map(|(name, value)| Ok((Name::from(name.as_str()), read(value)?))).collect()
}

fn plain(json: &Json) -> Result<Value, Failure> {
    Ok(match json {
        Json::Null => Value::Null,
        Json::Bool(truth) => Value::Boolean(*truth),
        Json::String(text) => Value::from(text.as_str()),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(integer), _) => Value::Integer(integer),
            (None, Some(float)) if number.is_f64() => Value::Float(float),
            _ => return Err(Failure::format(format!("{number} does not fit into 64 bits"))),
        },
        Json::Array(items) => list(items, plain)?,
        Json::Object(fields) => map(fields, plain)?,
    })
}

fn typed(json: &Json) -> Result<Value, Failure> {
    let wrong = || Failure::format(format!("{} is no typed value", cut(json)));
    let kind = json.get("$type").and_then(Json::as_str).ok_or_else(wrong)?;
    let value = json.get("_value").ok_or_else(wrong)?;
    match (kind, value) {
        ("Null", Json::Null) => Ok(Value::Null),
        ("Boolean", Json::Bool(truth)) => Ok(Value::Boolean(*truth)),
        ("String", Json::String(text)) => Ok(Value::from(text.as_str())),
        ("Integer", Json::String(text)) => text.parse().map(Value::Integer).map_err(|_| wrong()),
        ("Float", Json::String(text)) => text.parse().map(Value::Float).map_err(|_| wrong()),
        ("List", Json::Array(items)) => list(items, typed),
        ("Map", Json::Object(fields)) => map(fields, typed),
        (kind, Json::String(text)) => temporal(kind, text).map(Value::Temporal).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}

/// A temporal value, if it is one of the kind that was told.
fn temporal(kind: &str, text: &str) -> Option<Temporal> {
    let value = Temporal::parse(text)?;
    let fits = match value {
        Temporal::Date(_) => kind == "Date",
        Temporal::LocalTime(_) => kind == "LocalTime",
        Temporal::Time(_) => kind == "Time",
        Temporal::LocalDateTime(_) => kind == "LocalDateTime",
        Temporal::DateTime(_) => matches!(kind, "OffsetDateTime" | "ZonedDateTime"),
        Temporal::Duration(_) => kind == "Duration",
    };
    fits.then_some(value)
}

fn list(items: &[Json], read: fn(&Json) -> Result<Value, Failure>) -> Result<Value, Failure> {
    Ok(Value::List(List::from(items.iter().map(read).collect::<Result<Vec<_>, _>>()?)))
}

fn map(fields: &Map<String, Json>, read: fn(&Json) -> Result<Value, Failure>) -> Result<Value, Failure> {
    let entries = fields.iter().map(|(key, value)| Ok((Name::from(key.as_str()), read(value)?)));
    Ok(Value::Map(Arc::new(entries.collect::<Result<BTreeMap<_, _>, Failure>>()?)))
}

/// The beginning of a value, for messages.
fn cut(json: &Json) -> String {
    json.to_string().chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Json, typed: bool) -> String {
        let given = Map::from_iter([("x".to_owned(), value)]);
        match parameters(&given, typed) {
            Ok(parameters) => parameters["x"].to_string(),
            Err(failure) => failure.message,
        }
    }

    #[test]
    fn values_tell_their_types_or_have_those_of_json() {
        assert_eq!(read(json!({"a": [1, 2.5, null, "x", true]}), false), "{a: [1, 2.5, null, 'x', true]}");
        assert_eq!(read(json!({"$type": "Integer", "_value": "9223372036854775807"}), true), "9223372036854775807");
        let list = json!({"$type": "List", "_value": [{"$type": "Float", "_value": "NaN"}, {"$type": "Null", "_value": null}]});
        assert_eq!(read(list, true), "[NaN, null]");
        assert_eq!(read(json!({"$type": "Date", "_value": "2026-11-20"}), true), "'2026-11-20'");
        let zoned = json!({"$type": "ZonedDateTime", "_value": "2026-11-20T10:00:00+01:00[Europe/Stockholm]"});
        assert_eq!(read(zoned, true), "'2026-11-20T10:00+01:00[Europe/Stockholm]'");
    }

    #[test]
    fn what_is_no_value_is_refused() {
        assert_eq!(
            read(json!(18_446_744_073_709_551_615_u64), false),
            "18446744073709551615 does not fit into 64 bits"
        );
        for wrong in
            [json!(1), json!({"$type": "Integer", "_value": 1}), json!({"$type": "Time", "_value": "2026-11-20"})]
        {
            assert!(read(wrong.clone(), true).ends_with(" is no typed value"), "{wrong}");
        }
    }
}
