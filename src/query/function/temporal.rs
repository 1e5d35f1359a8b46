//! Functions that make dates, times and durations: constructors, clocks, truncation, `duration.between`.
//!
//! All clocks of a statement show the same instant, in UTC unless a zone is given.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Context, Function, Outcome, wrong_type};
use crate::query::temporal::{DateTime, Duration, Kind, Temporal, Zone, read_zone};
use crate::query::value::{Detail, Types, Value, ValueError};

const SOURCE: &[Types] = &[Types::STRING.or(Types::MAP).or(Types::TEMPORAL)];
const ZONE: &[Types] = &[Types::STRING.or(Types::MAP)];
const CUT: &[Types] = &[Types::STRING, Types::INSTANT, Types::MAP];
const PAIR: &[Types] = &[Types::INSTANT, Types::INSTANT];

/// The constructor, the three clocks and the truncation of one kind.
macro_rules! family {
    ($kind:expr, $types:expr, $name:literal) => {
        [
            Function::new($name, SOURCE, $types, |of, context| make($kind, of, context)).required(0),
            Function::new(concat!($name, ".transaction"), ZONE, $types, |of, context| clock($kind, of, context))
                .required(0),
            Function::new(concat!($name, ".statement"), ZONE, $types, |of, context| clock($kind, of, context))
                .required(0),
            Function::new(concat!($name, ".realtime"), ZONE, $types, |of, context| clock($kind, of, context))
                .required(0),
            Function::new(concat!($name, ".truncate"), CUT, $types, |of, context| truncate($kind, of, context))
                .required(1),
        ]
    };
}

pub(super) static DATE: &[Function] = &family!(Kind::Date, Types::DATE, "date");
pub(super) static LOCAL_TIME: &[Function] = &family!(Kind::LocalTime, Types::LOCAL_TIME, "localtime");
pub(super) static TIME: &[Function] = &family!(Kind::Time, Types::TIME, "time");
pub(super) static LOCAL_DATE_TIME: &[Function] = &family!(Kind::LocalDateTime, Types::LOCAL_DATE_TIME, "localdatetime");
pub(super) static DATE_TIME: &[Function] = &family!(Kind::DateTime, Types::DATE_TIME, "datetime");

pub(super) static FUNCTIONS: &[Function] = &[
    Function::new("datetime.fromepoch", &[Types::NUMBER, Types::NUMBER], Types::DATE_TIME, from_epoch),
    Function::new("datetime.fromepochmillis", &[Types::NUMBER], Types::DATE_TIME, from_epoch_millis),
    Function::new("duration", SOURCE, Types::DURATION, duration),
    Function::new("duration.between", PAIR, Types::DURATION, |of, _| span("duration.between", of, Duration::between)),
    Function::new("duration.inMonths", PAIR, Types::DURATION, |of, _| {
        span("duration.inMonths", of, Duration::in_months)
    }),
    Function::new("duration.inDays", PAIR, Types::DURATION, |of, _| span("duration.inDays", of, Duration::in_days)),
    Function::new("duration.inSeconds", PAIR, Types::DURATION, |of, _| {
        span("duration.inSeconds", of, Duration::in_seconds)
    }),
];

/// The instant of the statement.
fn now(context: &dyn Context) -> Result<DateTime, ValueError> {
    let (seconds, nanosecond) = context.now();
    at(seconds, nanosecond)
}

fn at(seconds: i64, nanosecond: u32) -> Result<DateTime, ValueError> {
    DateTime::at(seconds, nanosecond, Zone::UTC)
        .ok_or_else(|| ValueError::argument(Detail::NumberOutOfRange, "this lies outside the dates that there are"))
}

fn make(kind: Kind, arguments: &[Value], context: &dyn Context) -> Outcome {
    let made = match arguments.first() {
        None => kind.of(Temporal::DateTime(now(context)?)),
        Some(Value::String(text)) => kind.parse(text),
        Some(Value::Map(map)) => kind.build(map, now(context)?),
        Some(Value::Temporal(other)) => kind.of(*other),
        Some(other) => Err(wrong_type(kind.name(), SOURCE[0], other)),
    };
    made.map(Value::Temporal)
}

fn clock(kind: Kind, arguments: &[Value], context: &dyn Context) -> Outcome {
    let now = now(context)?;
    let zone = match arguments.first() {
        None => Zone::UTC,
        Some(Value::Map(map)) => map.get("timezone").map_or(Ok(Zone::UTC), read_zone)?,
        Some(zone) => read_zone(zone)?,
    };
    let seen = now.in_zone(zone).unwrap_or(now);
    kind.of(Temporal::DateTime(seen)).map(Value::Temporal)
}

fn truncate(kind: Kind, arguments: &[Value], context: &dyn Context) -> Outcome {
    let name = || format!("{}.truncate", kind.name());
    let now = now(context)?;
    let Value::String(unit) = &arguments[0] else { return Err(wrong_type(&name(), Types::STRING, &arguments[0])) };
    let temporal = match arguments.get(1) {
        None => Temporal::DateTime(now),
        Some(Value::Temporal(temporal)) => *temporal,
        Some(other) => return Err(wrong_type(&name(), Types::INSTANT, other)),
    };
    let fields = match arguments.get(2) {
        None => Arc::new(BTreeMap::new()),
        Some(Value::Map(fields)) => Arc::clone(fields),
        Some(other) => return Err(wrong_type(&name(), Types::MAP, other)),
    };
    kind.truncate(unit, temporal, &fields, now).map(Value::Temporal)
}

fn from_epoch(arguments: &[Value], _: &dyn Context) -> Outcome {
    let seconds = whole("datetime.fromepoch", &arguments[0])?;
    let nanoseconds = whole("datetime.fromepoch", &arguments[1])?;
    let carried = seconds.checked_add(nanoseconds.div_euclid(1_000_000_000)).unwrap_or(i64::MAX);
    let rest = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).expect("below a second");
    at(carried, rest).map(|instant| Value::Temporal(Temporal::DateTime(instant)))
}

fn from_epoch_millis(arguments: &[Value], _: &dyn Context) -> Outcome {
    let millis = whole("datetime.fromepochmillis", &arguments[0])?;
    let rest = u32::try_from(millis.rem_euclid(1_000) * 1_000_000).expect("below a second");
    at(millis.div_euclid(1_000), rest).map(|instant| Value::Temporal(Temporal::DateTime(instant)))
}

fn whole(name: &str, value: &Value) -> Result<i64, ValueError> {
    match value {
        Value::Integer(integer) => Ok(*integer),
        Value::Float(float) => match super::convert::truncated(*float)? {
            Value::Integer(integer) => Ok(integer),
            _ => Err(wrong_type(name, Types::INTEGER, value)),
        },
        other => Err(wrong_type(name, Types::INTEGER, other)),
    }
}

fn duration(arguments: &[Value], _: &dyn Context) -> Outcome {
    let made = match &arguments[0] {
        Value::String(text) => Duration::parse(text)
            .ok_or_else(|| ValueError::argument(Detail::InvalidArgumentValue, format!("`{text}` is no duration")))?,
        Value::Map(fields) => Duration::build(fields)?,
        Value::Temporal(Temporal::Duration(duration)) => *duration,
        other => return Err(wrong_type("duration", Types::STRING | Types::MAP | Types::DURATION, other)),
    };
    Ok(Value::Temporal(Temporal::Duration(made)))
}

fn span(name: &str, arguments: &[Value], how: fn(Temporal, Temporal) -> Result<Duration, ValueError>) -> Outcome {
    match (&arguments[0], &arguments[1]) {
        (Value::Temporal(from), Value::Temporal(to)) => {
            how(*from, *to).map(|span| Value::Temporal(Temporal::Duration(span)))
        }
        (Value::Temporal(_), other) | (other, _) => Err(wrong_type(name, Types::INSTANT, other)),
    }
}
