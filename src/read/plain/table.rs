//! Tables drawn with `|` in plain notes.

use super::line::Line;

/// The rows of a table: which lines they are, and whether the first is a header.
#[derive(Debug)]
pub(super) struct Table {
    /// The lines that hold cells.
    pub rows: Vec<usize>,
    /// One past the last line.
    pub end: usize,
    /// Whether the first row names the columns.
    pub header: bool,
}

/// The table that begins at line `start`, if one does: rows of as many cells, below each other.
pub(super) fn at(lines: &[Line<'_>], start: usize) -> Option<Table> {
    let first = start + lines[start..].iter().take_while(|line| is_ruling(line.whole)).count();
    let columns = cells(lines.get(first)?.whole).count();
    if columns < 2 || !lines[first].whole.contains('|') {
        return None;
    }
    let fits =
        |line: &&Line<'_>| is_ruling(line.whole) || line.whole.contains('|') && cells(line.whole).count() == columns;
    let end = first + lines[first..].iter().take_while(fits).count();
    let rows: Vec<usize> = (first..end).filter(|at| !is_ruling(lines[*at].whole)).collect();
    let ruled = rows.len() < end - start;
    let barred = lines[first].whole.starts_with('|');
    let enough = if ruled || barred { 2 } else { 3 };
    let header = lines.get(first + 1).is_some_and(|line| is_ruling(line.whole)) && rows.len() > 1;
    (rows.len() >= enough).then_some(Table { rows, end, header })
}

/// The cells of a row, trimmed, each with its byte offset in the row.
pub(super) fn cells(row: &str) -> impl Iterator<Item = (&str, usize)> {
    let inner = row.strip_prefix('|').unwrap_or(row);
    let base = row.len() - inner.len();
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut at = base;
    inner.split('|').map(move |cell| {
        let start = at + cell.len() - cell.trim_start().len();
        at += cell.len() + 1;
        (cell.trim(), start)
    })
}

/// `|---|---|` or `+---+---+`.
fn is_ruling(line: &str) -> bool {
    let drawn = line.contains(['-', '=']) && line.contains(['|', '+']);
    drawn && line.chars().all(|c| "|-+:= ".contains(c))
}
