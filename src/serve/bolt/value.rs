//! Values of the query language as values of the protocol, and back for parameters.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::packstream::{Packed, Writer};
use crate::graph::{NodeId, RelationshipId};
use crate::query::temporal::{Date, DateTime, Duration, LocalDateTime, LocalTime, Temporal, Time, Zone, ZoneName};
use crate::query::{List, Parameters, Path, Value};
use crate::serve::neo4j::answer::Shown;
use crate::text::Name;

const NODE: u8 = 0x4E;
const RELATIONSHIP: u8 = 0x52;
const UNBOUND_RELATIONSHIP: u8 = 0x72;
const PATH: u8 = 0x50;

/// The furthest that a clock may be from UTC, in seconds.
const FURTHEST: i64 = 18 * 3_600;

const DAY: i64 = 86_400_000_000_000;

/// Writes a value.
pub(super) fn write(value: &Value, shown: Shown<'_>, out: &mut Writer) {
    match value {
        Value::Null => out.null(),
        Value::Boolean(truth) => out.boolean(*truth),
        Value::Integer(number) => out.integer(*number),
        Value::Float(number) => out.float(*number),
        Value::String(text) => out.string(text),
        Value::List(list) => {
            out.list(list.len());
            list.into_iter().for_each(|item| write(&item, shown, out));
        }
        Value::Map(map) => properties(map, shown, out),
        Value::Node(node) => self::node(*node, shown, out),
        Value::Relationship(id) => relationship(*id, shown, out),
        Value::Path(path) => self::path(path, shown, out),
        Value::Temporal(temporal) => self::temporal(*temporal, out),
    }
}

fn properties(map: &BTreeMap<Name, Value>, shown: Shown<'_>, out: &mut Writer) {
    out.map(map.len());
    for (key, value) in map {
        out.string(key);
        write(value, shown, out);
    }
}

fn node(node: NodeId, shown: Shown<'_>, out: &mut Writer) {
    let data = shown.node(node);
    out.structure(NODE, 4);
    out.integer(i64::from(node.0));
    out.list(data.labels.len());
    data.labels.iter().for_each(|label| out.string(label));
    properties(data.properties, shown, out);
    out.string(&data.id);
}

fn relationship(id: RelationshipId, shown: Shown<'_>, out: &mut Writer) {
    let data = shown.relationship(id);
    out.structure(RELATIONSHIP, 8);
    out.integer(i64::from(id.0));
    out.integer(i64::from(data.ends.0.0));
    out.integer(i64::from(data.ends.1.0));
    out.string(data.relationship_type);
    properties(data.properties, shown, out);
    out.string(&data.id);
    out.string(&data.start);
    out.string(&data.end);
}

/// Nodes and relationships once each, then the walk: for each step the relationship's place from 1, negative against
/// its direction, and the node's place.
fn path(path: &Path, shown: Shown<'_>, out: &mut Writer) {
    let nodes = once_each(&path.nodes);
    let relationships = once_each(&path.relationships);
    out.structure(PATH, 3);
    out.list(nodes.len());
    nodes.iter().for_each(|node| self::node(*node, shown, out));
    out.list(relationships.len());
    for id in &relationships {
        let data = shown.relationship(*id);
        out.structure(UNBOUND_RELATIONSHIP, 4);
        out.integer(i64::from(id.0));
        out.string(data.relationship_type);
        properties(data.properties, shown, out);
        out.string(&data.id);
    }
    out.list(path.relationships.len() * 2);
    for (id, ends) in path.relationships.iter().zip(path.nodes.windows(2)) {
        let at = place(&relationships, *id) + 1;
        let forth = shown.relationship(*id).ends == (ends[0], ends[1]);
        out.integer(if forth { at } else { -at });
        out.integer(place(&nodes, ends[1]));
    }
}

fn once_each<T: Copy + Ord>(all: &[T]) -> Vec<T> {
    let mut seen = std::collections::BTreeSet::new();
    all.iter().copied().filter(|one| seen.insert(*one)).collect()
}

fn place<T: PartialEq>(all: &[T], wanted: T) -> i64 {
    let at = all.iter().position(|one| *one == wanted).unwrap_or(0);
    i64::try_from(at).unwrap_or(i64::MAX)
}

fn temporal(temporal: Temporal, out: &mut Writer) {
    match temporal {
        Temporal::Date(date) => numbers(b'D', &[date.epoch_days()], out),
        Temporal::LocalTime(time) => numbers(b't', &[time.nanoseconds()], out),
        Temporal::Time(time) => numbers(b'T', &[time.local().nanoseconds(), i64::from(time.offset())], out),
        Temporal::LocalDateTime(local) => numbers(b'd', &[local.epoch_seconds(), local.time.nanosecond()], out),
        Temporal::DateTime(instant) => {
            let (seconds, nanosecond) = (instant.epoch_seconds(), i64::from(instant.nanosecond()));
            match instant.zone().name() {
                None => numbers(b'I', &[seconds, nanosecond, i64::from(instant.offset())], out),
                Some(name) => {
                    out.structure(b'i', 3);
                    out.integer(seconds);
                    out.integer(nanosecond);
                    out.string(name.as_str());
                }
            }
        }
        Temporal::Duration(Duration { months, days, seconds, nanoseconds }) => {
            numbers(b'E', &[months, days, seconds, i64::from(nanoseconds)], out);
        }
    }
}

fn numbers(tag: u8, fields: &[i64], out: &mut Writer) {
    out.structure(tag, u8::try_from(fields.len()).unwrap_or(u8::MAX));
    fields.iter().for_each(|field| out.integer(*field));
}

/// Reads the parameters of a statement.
pub(super) fn parameters(packed: Packed) -> Result<Parameters, String> {
    match packed {
        Packed::Map(entries) => entries_of(entries),
        _ => Err("parameters are a map".to_owned()),
    }
}

fn read(packed: Packed) -> Result<Value, String> {
    Ok(match packed {
        Packed::Null => Value::Null,
        Packed::Boolean(truth) => Value::Boolean(truth),
        Packed::Integer(number) => Value::Integer(number),
        Packed::Float(number) => Value::Float(number),
        Packed::String(text) => Value::from(text.as_str()),
        Packed::Bytes(_) => return Err("byte arrays are no values here".to_owned()),
        Packed::List(items) => {
            let items = items.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
            Value::List(List::from(items))
        }
        Packed::Map(entries) => Value::Map(Arc::new(entries_of(entries)?)),
        Packed::Structure(tag, fields) => read_temporal(tag, &fields)
            .map(Value::Temporal)
            .ok_or_else(|| format!("a structure 0x{tag:02X} is no value that a parameter can have"))?,
    })
}

fn entries_of(entries: Vec<(String, Packed)>) -> Result<BTreeMap<Name, Value>, String> {
    entries.into_iter().map(|(key, value)| Ok((Name::from(key.as_str()), read(value)?))).collect()
}

fn read_temporal(tag: u8, fields: &[Packed]) -> Option<Temporal> {
    let number = |at: usize| fields.get(at).and_then(Packed::integer);
    let offset = |at: usize| {
        let offset = number(at).filter(|offset| offset.abs() <= FURTHEST)?;
        i32::try_from(offset).ok()
    };
    let nanosecond =
        |at: usize| number(at).and_then(|part| u32::try_from(part).ok()).filter(|part| *part < 1_000_000_000);
    let clock = || number(0).filter(|time| (0..DAY).contains(time)).map(LocalTime::from_nanoseconds);
    Some(match (tag, fields.len()) {
        (b'D', 1) => Temporal::Date(Date::from_epoch_days(number(0)?)?),
        (b't', 1) => Temporal::LocalTime(clock()?),
        (b'T', 2) => Temporal::Time(Time::new(clock()?, offset(1)?)),
        (b'd', 2) => Temporal::LocalDateTime(LocalDateTime::from_epoch(number(0)?, nanosecond(1)?)?),
        (b'I', 3) => Temporal::DateTime(DateTime::at(number(0)?, nanosecond(1)?, Zone::Offset(offset(2)?))?),
        (b'i', 3) => {
            let zone = Zone::Named(ZoneName::find(fields[2].text()?)?);
            Temporal::DateTime(DateTime::at(number(0)?, nanosecond(1)?, zone)?)
        }
        (b'E', 4) => {
            let (seconds, nanoseconds) = (number(2)?, number(3)?);
            let seconds = seconds.checked_add(nanoseconds.div_euclid(1_000_000_000))?;
            let nanoseconds = u32::try_from(nanoseconds.rem_euclid(1_000_000_000)).ok()?;
            Temporal::Duration(Duration { months: number(0)?, days: number(1)?, seconds, nanoseconds })
        }
        _ => return None,
    })
}
