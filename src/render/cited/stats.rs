//! Counts with bars: what `stats` and `schema` print.

use std::io::{self, Write};

use super::StatsTable;
use crate::render::ink::{Ink, Style, Text};

/// The longest bar, in cells.
const BAR: u64 = 24;

/// Writes each table: its title, then a line a row with the number aligned and, where there is room, a bar.
///
/// # Errors
///
/// Those of `out`.
pub fn stats_tables(tables: &[StatsTable], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, table) in tables.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        Text::new(Ink::Heading, &table.title).write_lines(0, style, out)?;
        write_table(table, style, out)?;
    }
    Ok(())
}

fn write_table(table: &StatsTable, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<Text> = table.rows.iter().map(|(label, _)| Text::new(Ink::Plain, label)).collect();
    let most = table.rows.iter().map(|(_, count)| *count).max().unwrap_or(0);
    let number_width = grouped(most).len();
    let label_width = labels.iter().map(Text::width).max().unwrap_or(0);
    let with_bars = table.rows.len() > 2 && style.width >= label_width + number_width + 6 + bar(BAR, BAR).len() / 3;
    for (label, (_, count)) in labels.iter().zip(&table.rows) {
        write!(out, "  ")?;
        label.write_padded(label_width, style.colour, out)?;
        write!(out, "  {:>number_width$}", grouped(*count))?;
        if with_bars && *count > 0 {
            write!(out, "  {}", Ink::Relation.paint(&bar(*count, most), style.colour))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A bar of at most [`BAR`] cells, drawn to an eighth of a cell.
fn bar(count: u64, most: u64) -> String {
    let eighths = (u128::from(count) * u128::from(BAR) * 8).div_ceil(u128::from(most.max(1)));
    let eighths = usize::try_from(eighths).unwrap_or(0);
    let rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8];
    format!("{}{rest}", "█".repeat(eighths / 8))
}

/// A number in groups of three digits: `12,345`.
#[must_use]
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    #[test]
    fn numbers_are_aligned_and_bars_show_the_share() {
        let rows = vec![("Storage".into(), 1_200), ("Tool".into(), 600), ("Role".into(), 1)];
        let table = StatsTable { title: "Concepts by kind".into(), rows };
        assert_eq!(
            string(|out| stats_tables(std::slice::from_ref(&table), Style { colour: false, width: 80 }, out)),
            "Concepts by kind\n\
             \x20 Storage  1,200  ████████████████████████\n\
             \x20 Tool       600  ████████████\n\
             \x20 Role         1  ▏\n"
        );
        let narrow = string(|out| stats_tables(&[table], Style { colour: false, width: 20 }, out));
        assert!(!narrow.contains('█'), "{narrow}");
    }
}
