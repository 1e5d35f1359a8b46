//! Values as text: as an expression that would give them, and as `toString` has them.

use std::fmt;

use super::Value;

impl Value {
    /// The text that `toString` and `+` with a string make of it; nothing for lists, maps, nodes,
    /// relationships and paths.
    #[must_use]
    pub fn to_text(&self) -> Option<String> {
        match self {
            Self::Boolean(_) | Self::Integer(_) | Self::Float(_) => Some(self.to_string()),
            Self::String(text) => Some(text.as_ref().to_owned()),
            Self::Temporal(temporal) => Some(temporal.to_string()),
            _ => None,
        }
    }
}

/// As openCypher writes it, strings and temporal values in quotes; nodes and relationships by their ids.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(truth) => truth.fmt(f),
            Self::Integer(integer) => integer.fmt(f),
            Self::Float(float) => write_float(*float, f),
            Self::String(text) => write_quoted(text, f),
            Self::List(list) => {
                let separated = list.iter().enumerate().try_for_each(|(index, item)| {
                    f.write_str(if index == 0 { "[" } else { ", " })?;
                    item.fmt(f)
                });
                separated?;
                f.write_str(if list.is_empty() { "[]" } else { "]" })
            }
            Self::Map(map) => {
                let separated = map.iter().enumerate().try_for_each(|(index, (key, value))| {
                    write!(f, "{}{}: {value}", if index == 0 { "{" } else { ", " }, Quoted(key))
                });
                separated?;
                f.write_str(if map.is_empty() { "{}" } else { "}" })
            }
            Self::Node(node) => write!(f, "(#{})", node.0),
            Self::Relationship(relationship) => write!(f, "[#{}]", relationship.0),
            Self::Path(path) => {
                write!(f, "<(#{})", path.nodes.first().map_or(0, |node| node.0))?;
                for (relationship, node) in path.relationships.iter().zip(path.nodes.iter().skip(1)) {
                    write!(f, "-[#{}]-(#{})", relationship.0, node.0)?;
                }
                f.write_str(">")
            }
            Self::Temporal(temporal) => write!(f, "'{temporal}'"),
        }
    }
}

/// Shortest digits that read back as the same double, always with a point or an exponent.
fn write_float(float: f64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if float.is_infinite() {
        return f.write_str(if float > 0.0 { "Infinity" } else { "-Infinity" });
    }
    fmt::Debug::fmt(&float, f)
}

fn write_quoted(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str("'")?;
    for character in text.chars() {
        match character {
            '\'' => f.write_str("\\'")?,
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            control if control.is_control() => write!(f, "\\u{:04X}", u32::from(control))?,
            plain => fmt::Write::write_char(f, plain)?,
        }
    }
    f.write_str("'")
}

/// A key of a map: in backquotes where it is no plain identifier.
struct Quoted<'a>(&'a str);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let begins = self.0.starts_with(|first: char| first.is_alphabetic() || first == '_');
        if begins && self.0.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            return f.write_str(self.0);
        }
        write!(f, "`{}`", self.0.replace('`', "``"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_they_would_be_written() {
        let map = Value::map([("a b", Value::list([1.into(), 2.5.into()])), ("c", "it's\n".into())]);
        assert_eq!(map.to_string(), "{`a b`: [1, 2.5], c: 'it\\'s\\n'}");
        assert_eq!(Value::list([]).to_string(), "[]");
        assert_eq!(Value::Float(1e300).to_string(), "1e300");
        assert_eq!(Value::Float(-0.0).to_string(), "-0.0");
        assert_eq!(Value::Float(f64::NEG_INFINITY).to_string(), "-Infinity");
    }
}
