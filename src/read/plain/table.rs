//! Tables of plain notes: drawn with `|`, or pasted with tabs between the cells.

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
    /// What stands between cells.
    pub bar: char,
}

/// The table that begins at line `start`, if one does: rows of as many cells, below each other.
pub(super) fn at(lines: &[Line<'_>], start: usize) -> Option<Table> {
    let first = start + usize::from(is_ruling(lines[start].whole));
    let bar = ['|', '\t'].into_iter().find(|bar| lines.get(first).is_some_and(|line| line.whole.contains(*bar)))?;
    let columns = cells(lines[first].whole, bar).count();
    if columns < 2 || is_ruling(lines[first].whole) {
        return None;
    }
    let fits = |line: &&Line<'_>| {
        is_ruling(line.whole) || line.whole.contains(bar) && cells(line.whole, bar).count() == columns
    };
    let end = first + lines[first..].iter().take_while(fits).count();
    let rows: Vec<usize> = (first..end).filter(|at| !is_ruling(lines[*at].whole)).collect();
    let ruled = rows.len() < end - start;
    let barred = lines[first].whole.starts_with('|');
    let enough = if ruled || barred { 2 } else { 3 };
    let header = lines.get(first + 1).is_some_and(|line| is_ruling(line.whole)) && rows.len() > 1;
    (rows.len() >= enough).then_some(Table { rows, end, header, bar })
}

/// The cells of a row, trimmed, each with its byte offset in the row.
pub(super) fn cells(row: &str, bar: char) -> impl Iterator<Item = (&str, usize)> {
    let inner = row.strip_prefix(bar).unwrap_or(row);
    let base = row.len() - inner.len();
    let inner = inner.strip_suffix(bar).unwrap_or(inner);
    let mut at = base;
    inner.split(bar).map(move |cell| {
        let start = at + cell.len() - cell.trim_start().len();
        at += cell.len() + 1;
        (cell.trim(), start)
    })
}

/// `|---|---|` or `+---+---+`.
fn is_ruling(line: &str) -> bool {
    let drawn = line.starts_with(['|', '-', '+', '=', ':']) && line.contains(['-', '=']) && line.contains(['|', '+']);
    drawn && line.chars().all(|c| "|-+:= ".contains(c))
}
