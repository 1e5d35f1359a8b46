//! Rows of short cells with a long text at their end, side by side or, on a narrow terminal, stacked.

use std::io::{self, Write};

use super::escape;
use super::ink::{Ink, Style, Text};

/// The narrowest column that the long text is set in beside the others.
const NARROWEST: usize = 28;

/// Between two columns.
const GAP: usize = 2;

/// Short cells and one text of any length.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Aligned with those of the other rows.
    pub(crate) cells: Vec<Text>,
    /// Set behind the cells, or under them.
    pub(crate) text: Text,
    /// Drawn at the left of every line but the first: the trunk of a tree.
    pub(crate) rail: &'static str,
}

/// Writes `rows` behind `indent` spaces; a text takes at most `most` lines.
pub(crate) fn write(rows: &[Row], indent: usize, most: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let widths = widths(rows);
    let left = indent + widths.iter().map(|width| width + GAP).sum::<usize>();
    let room = style.width.saturating_sub(left);
    let longest = rows.iter().map(|row| row.text.width()).max().unwrap_or(0);
    for row in rows {
        if room >= NARROWEST.min(longest) {
            beside(row, &widths, indent, most, style, out)?;
        } else {
            stacked(row, indent, most, style, out)?;
        }
    }
    Ok(())
}

fn widths(rows: &[Row]) -> Vec<usize> {
    let columns = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.cells.get(column)).map(Text::width).max();
    (0..columns).map(|column| width(column).unwrap_or(0)).collect()
}

fn beside(
    row: &Row,
    widths: &[usize],
    indent: usize,
    most: usize,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "{:indent$}", "")?;
    let last = if row.text.is_empty() { row.cells.iter().rposition(|cell| !cell.is_empty()) } else { None };
    for (column, width) in widths.iter().enumerate() {
        match row.cells.get(column) {
            Some(cell) if last == Some(column) => return cell.write(style.colour, out).and_then(|()| writeln!(out)),
            Some(cell) => cell.write_padded(width + GAP, style.colour, out)?,
            None => write!(out, "{:1$}", "", width + GAP)?,
        }
    }
    let left = indent + widths.iter().map(|width| width + GAP).sum::<usize>();
    for (number, line) in row.text.wrap(style.width.saturating_sub(left), most).iter().enumerate() {
        if number > 0 {
            rail(row, indent, left, style, out)?;
        }
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    Ok(())
}

fn stacked(row: &Row, indent: usize, most: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut head = Text::default();
    for cell in row.cells.iter().filter(|cell| !cell.is_empty()) {
        if !head.is_empty() {
            head.push(Ink::Plain, "  ");
        }
        head.append(cell);
    }
    for (number, line) in
        head.wrap(style.width.saturating_sub(indent + escape::width(row.rail)), usize::MAX).iter().enumerate()
    {
        let left = if number == 0 { indent } else { indent + escape::width(row.rail) };
        if number > 0 {
            rail(row, indent, left, style, out)?;
        } else {
            write!(out, "{:indent$}", "")?;
        };
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    let under = indent + GAP + escape::width(row.rail);
    for line in row.text.wrap(style.width.saturating_sub(under), most).iter().filter(|line| !line.is_empty()) {
        rail(row, indent, under, style, out)?;
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Fills the cells up to `left` with the rail behind the indent and spaces.
fn rail(row: &Row, indent: usize, left: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rest = left.saturating_sub(indent + escape::width(row.rail));
    write!(out, "{:indent$}{}{:rest$}", "", Ink::Dim.paint(row.rail, style.colour), "")
}
