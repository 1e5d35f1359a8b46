//! TOML front matter.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Entry, Malformed};
use crate::limits::FRONT_MATTER_DEPTH;
use crate::read::Located;
use crate::text::Position;

/// Reads the entries of a TOML document; `place` tells the position of its byte.
pub(super) fn read(text: &str, place: impl Fn(usize) -> Position) -> Result<Vec<Entry>, Malformed> {
    let table = DeTable::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start.min(text.len()));
        let line = text.as_bytes()[..at].iter().filter(|byte| **byte == b'\n').count();
        Malformed { line, message: "is malformed".to_owned() }
    })?;
    let mut entries = Vec::new();
    flatten("", table.into_inner(), &place, &mut entries, 0);
    Ok(entries)
}

/// Adds the entries of a table in the order they are written.
fn flatten(
    prefix: &str,
    table: DeTable<'_>,
    place: &impl Fn(usize) -> Position,
    entries: &mut Vec<Entry>,
    depth: usize,
) {
    let mut pairs: Vec<_> = table.into_iter().collect();
    pairs.sort_by_key(|(key, _)| key.span().start);
    for (key, value) in pairs {
        let key = format!("{prefix}{}", key.into_inner());
        if matches!(value.get_ref(), DeValue::Table(_)) {
            if let DeValue::Table(inner) = value.into_inner()
                && depth < FRONT_MATTER_DEPTH
            {
                flatten(&format!("{key}."), inner, place, entries, depth + 1);
            }
            continue;
        }
        let list = matches!(value.get_ref(), DeValue::Array(_));
        let mut values = Vec::new();
        collect(&value, place, &mut values, depth);
        entries.push(Entry { key, values, list });
    }
}

fn collect(value: &Spanned<DeValue<'_>>, place: &impl Fn(usize) -> Position, values: &mut Vec<Located>, depth: usize) {
    let text = match value.get_ref() {
        DeValue::String(text) => text.trim().to_owned(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(time) => time.to_string(),
        DeValue::Array(items) if depth < FRONT_MATTER_DEPTH => {
            return items.iter().for_each(|item| collect(item, place, values, depth + 1));
        }
        DeValue::Array(_) | DeValue::Table(_) => return,
    };
    values.push(Located { text, position: place(value.span().start) });
}
