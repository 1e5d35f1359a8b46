//! Records of comma-separated values (RFC 4180, lines ended by LF) and of tab-separated ones.

use std::borrow::Cow;
use std::io::{self, Write};

/// Whether cells that a spreadsheet would run as a formula are made harmless.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guard {
    /// Text that begins with `=`, `+`, `-`, `@`, tab or carriage return gets a `'` before it.
    #[default]
    Formulas,
    /// Text is written as it is.
    Raw,
}

impl Guard {
    /// `text` as this guard lets it pass.
    pub(crate) fn pass(self, text: &str) -> Cow<'_, str> {
        if self == Self::Formulas && text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
            Cow::Owned(format!("'{text}"))
        } else {
            Cow::Borrowed(text)
        }
    }
}

/// Writes one CSV record. Plain numbers pass the guard; a lone empty cell is quoted, since readers
/// skip empty lines.
pub(crate) fn record(cells: impl Iterator<Item = String>, guard: Guard, out: &mut dyn Write) -> io::Result<()> {
    let mut line = String::new();
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            line.push(',');
        }
        let cell = if is_number(&cell) { Cow::Borrowed(cell.as_str()) } else { guard.pass(&cell) };
        line.push_str(&quoted(&cell));
    }
    writeln!(out, "{}", if line.is_empty() { "\"\"" } else { &line })
}

fn is_number(cell: &str) -> bool {
    cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E'))
        && cell.parse::<f64>().is_ok()
}

/// The one quoting function of CSV.
pub(crate) fn quoted(cell: &str) -> Cow<'_, str> {
    let edge = cell.starts_with(char::is_whitespace) || cell.ends_with(char::is_whitespace);
    if edge || cell.contains(['"', ',', ';', '\n', '\r', '\'']) {
        Cow::Owned(format!("\"{}\"", cell.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(cell)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    #[test]
    fn cells_are_quoted_and_formulas_guarded() {
        let cells = ["a,b", "say \"x\"", "two\nlines", "=1+1", "-5", "-1+2", "@x", "", " edge"];
        let line = |guard| string(|out| record(cells.iter().map(|cell| (*cell).to_owned()), guard, out));
        assert_eq!(
            line(Guard::Formulas),
            "\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\"'=1+1\",-5,\"'-1+2\",\"'@x\",,\" edge\"\n"
        );
        assert!(line(Guard::Raw).contains(",=1+1,-5,-1+2,@x,,"));
        assert_eq!(string(|out| record(std::iter::once(String::new()), Guard::Raw, out)), "\"\"\n");
    }
}
