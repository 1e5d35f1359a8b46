//! Rows of short cells with a long text at their end, side by side or, on a narrow terminal, stacked.

use std::io::{self, Write};

use super::ink::{Style, Text};

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
            write!(out, "{:left$}", "")?;
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
            head.push(super::Ink::Plain, "  ");
        }
        head.append(cell);
    }
    head.write_lines(indent, style, out)?;
    let under = indent + GAP;
    for line in row.text.wrap(style.width.saturating_sub(under), most).iter().filter(|line| !line.is_empty()) {
        write!(out, "{:under$}", "")?;
        line.write(style.colour, out)?;
        writeln!(out)?;
    }
    Ok(())
}
