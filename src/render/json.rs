//! JSON text in which nothing is hidden: beside what JSON demands, every control, direction and
//! invisible character is written as `\u202e`, so that output is safe on a terminal.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter};

use super::escape;

/// Writes compact JSON with hidden characters escaped.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(escape::is_hidden) {
            let (plain, tail) = rest.split_at(at);
            writer.write_all(plain.as_bytes())?;
            let hidden = tail.chars().next().unwrap_or_default();
            for unit in hidden.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &tail[hidden.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn write_char_escape<W: ?Sized + Write>(&mut self, writer: &mut W, char_escape: CharEscape) -> io::Result<()> {
        serde_json::ser::CompactFormatter.write_char_escape(writer, char_escape)
    }
}

/// Writes `value` as one line of JSON, ended by a line feed: what every `--json` of a page for
/// people prints.
///
/// # Errors
///
/// Those of `out`, and of a value that JSON cannot hold (a map whose keys are no text).
pub fn json_line<T: Serialize + ?Sized>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    json_part(value, out)?;
    writeln!(out)
}

/// Writes `value` as JSON without a line feed.
pub(crate) fn json_part<T: Serialize + ?Sized>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    Ok(value.serialize(&mut serde_json::Serializer::with_formatter(out, Safe))?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::render::string;

    #[test]
    fn hidden_characters_are_escaped_and_read_back() {
        let text = "a\u{202e}b\u{9b}c\u{e0041}é\n";
        let line = string(|out| json_line(text, out));
        assert_eq!(line, "\"a\\u202eb\\u009bc\\udb40\\udc41é\\n\"\n");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }

    proptest! {
        #[test]
        fn any_text_reads_back(text in any::<String>()) {
            let line = string(|out| json_line(&text, out));
            prop_assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
            prop_assert!(!line.trim_end().chars().any(escape::is_hidden));
        }
    }
}
