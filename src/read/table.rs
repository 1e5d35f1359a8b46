//! The reader of tables: values set apart by commas, semicolons or tabs, after RFC 4180.
//!
//! In: the text of a file. Out: one row a record, the first of which names the columns where all its cells are names.
//! A quoted value may hold line ends; its words stand on the lines of the file. Linear.

use super::BlockKind;
use super::draft::{Draft, Words};
use crate::text::Span;

/// A value: where it stands, and whether in quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Value {
    span: Span,
    quoted: bool,
}

/// Reads the records of `text` into `draft`. Without `separator`, the one that the first line has most of.
pub(super) fn read(text: &str, separator: Option<u8>, draft: &mut Draft<'_>) {
    let separator = separator.unwrap_or_else(|| guess(text));
    let mut at = 0;
    let mut first = true;
    while at < text.len() {
        let (values, next) = record(text, at, separator);
        at = next;
        let (words, cells) = row(text, &values);
        if cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        let header =
            std::mem::take(&mut first) && cells.len() > 1 && cells.iter().all(|cell| is_name(cell.of(words.as_str())));
        draft.block(BlockKind::Row { table: 0, header, cells }, words, None, false);
    }
}

fn guess(text: &str) -> u8 {
    let line = text.lines().next().unwrap_or("");
    let count = |mark: u8| line.bytes().filter(|byte| *byte == mark).count();
    // Of as many, the first.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

/// The values of the record that begins at byte `start`, and where the next one begins.
fn record(text: &str, start: usize, separator: u8) -> (Vec<Value>, usize) {
    let bytes = text.as_bytes();
    let mut values = Vec::new();
    let mut at = start;
    loop {
        let (value, end) = value(bytes, at, separator);
        values.push(value);
        match bytes.get(end) {
            Some(byte) if *byte == separator => at = end + 1,
            Some(_) => return (values, end + 1),
            None => return (values, end),
        }
    }
}

/// The value at byte `at`, and the byte that ends it. A quote that nothing closes is a character like others.
fn value(bytes: &[u8], at: usize, separator: u8) -> (Value, usize) {
    let ends = |byte: u8| byte == separator || byte == b'\n';
    let to_end = |from: usize| bytes[from..].iter().position(|byte| ends(*byte)).map_or(bytes.len(), |len| from + len);
    if bytes.get(at) == Some(&b'"') {
        let mut close = at + 1;
        // Values are short: a quote that is open for longer was not meant as one.
        let limit = bytes.len().min(at + LONGEST);
        while close < limit {
            match (bytes[close], bytes.get(close + 1)) {
                (b'"', Some(b'"')) => close += 2,
                (b'"', _) => return (Value { span: Span::new(at + 1, close), quoted: true }, to_end(close + 1)),
                _ => close += 1,
            }
        }
    }
    let end = to_end(at);
    (Value { span: Span::new(at, end), quoted: false }, end)
}

/// How many bytes a quoted value may have.
const LONGEST: usize = 64 << 10;

/// The words of a record, and its cells in them.
fn row(text: &str, values: &[Value]) -> (Words, Vec<Span>) {
    let mut words = Words::default();
    let mut cells = Vec::with_capacity(values.len());
    for (number, value) in values.iter().enumerate() {
        if number > 0 {
            words.bar(value.span.start);
        }
        let start = words.len();
        let inner = value.span.of(text);
        let blanks = inner.len() - inner.trim_start().len();
        let inner = inner.trim();
        let at = value.span.start + blanks;
        if value.quoted && inner.contains("\"\"") {
            let mut from = 0;
            for (quote, _) in inner.match_indices("\"\"") {
                words.push_folded(&inner[from..=quote], at + from);
                from = quote + 2;
            }
            words.push_folded(&inner[from.min(inner.len())..], at + from);
        } else {
            words.push_folded(inner, at);
        }
        cells.push(Span::new(start, words.len()));
    }
    (words, cells)
}

/// Whether a cell of the first row may name its column: words, no number or date.
fn is_name(cell: &str) -> bool {
    cell.contains(char::is_alphabetic) && !cell.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::read::outline::outline;
    use crate::read::{laws, read};

    fn check(path: &str, text: &str, expected: &str) {
        let (note, warnings) = read(path, text.as_bytes());
        assert!(warnings.is_empty());
        assert_eq!(outline(&note), expected);
    }

    #[test]
    fn records_become_rows_with_their_lines() {
        check(
            "stores.csv",
            "Storage,Format\r\nHive,\"ORC, \"\"fast\"\"\nAvro\"\r\n\r\nHBase,\n",
            "1 H0[\"Storage\", \"Format\"] Storage | Format\n2 R0[\"Hive\", \"ORC, \\\"fast\\\" Avro\"] Hive | ORC, \"fast\" Avro\n\
             5 R0[\"HBase\", \"\"] HBase |\n",
        );
    }

    #[test]
    fn separators_are_guessed_and_numbers_name_no_column() {
        check(
            "a.csv",
            "a;b,c;d\n1;2;3\n",
            "1 H0[\"a\", \"b,c\", \"d\"] a | b,c | d\n2 R0[\"1\", \"2\", \"3\"] 1 | 2 | 3\n",
        );
        check("a.tsv", "Kafka\t3,1\n", "1 R0[\"Kafka\", \"3,1\"] Kafka | 3,1\n");
        check("a.csv", "a \" b,\"c\n", "1 H0[\"a \\\" b\", \"\\\"c\"] a \" b | \"c\n");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_rows_with_every_place_in_order(text in "(?s)(,|;|\"|\"\"|\n|\r\n|a|é| |.){0,60}") {
            let (note, _) = read("a.csv", text.as_bytes());
            laws::check_places(&note);
        }
    }

    #[test]
    fn hostile_tables_are_read_in_linear_time() {
        for pattern in [",", "\"", "\"\n", "a,\"b\n", "\"\"", "\n"] {
            let _ = read("a.csv", pattern.repeat(60_000 / pattern.len()).as_bytes());
        }
    }
}
