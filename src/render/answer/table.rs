//! A table for people, as wide as the terminal allows.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use super::{AnswerOptions, plan, words};
use crate::query::{Answer, Value};
use crate::render::escape;
use crate::render::ink::Ink;

/// Writes the plan, where there is one, then the rows. Numbers stand right; hidden characters are
/// spelled out; a line feed inside a value begins a new line of its cell.
pub(super) fn table(answer: &Answer, options: &AnswerOptions, out: &mut dyn Write) -> io::Result<()> {
    if let Some(tree) = &answer.plan {
        plan(tree, options.style, out)?;
    }
    if answer.columns.is_empty() {
        return Ok(());
    }
    if answer.plan.is_some() {
        writeln!(out)?;
    }
    let most = options.most_rows.unwrap_or(usize::MAX);
    draw(answer, most, options, out)?;
    let more = answer.rows.len().saturating_sub(most);
    if more > 0 {
        let told = format!("… {} (of {})", crate::render::counted(more as u64, "more row"), answer.rows.len());
        writeln!(out, "{}", Ink::Dim.paint(&told, options.style.colour))?;
    }
    Ok(())
}

fn draw(answer: &Answer, most: usize, options: &AnswerOptions, out: &mut dyn Write) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED.with_rounded_corners());
    if let Ok(width) = u16::try_from(options.style.width) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table.set_header(answer.columns.iter().map(|column| Cell::new(escape::shown(column))));
    for row in answer.rows.iter().take(most) {
        table.add_row(row.iter().map(|value| cell(value, answer)));
    }
    let mut header = true;
    for line in table.lines() {
        let rule = line.starts_with(['╭', '╞', '╰']);
        header &= !line.starts_with('╞');
        let ink = match (rule, header) {
            (true, _) => Ink::Dim,
            (false, true) => Ink::Heading,
            (false, false) => Ink::Plain,
        };
        writeln!(out, "{}", ink.paint(line.trim_end(), options.style.colour))?;
    }
    Ok(())
}

fn cell(value: &Value, answer: &Answer) -> Cell {
    let text = words::cell(value, &answer.entities);
    let shown: Vec<String> = text.lines().map(|line| escape::shown(line).into_owned()).collect();
    let cell = Cell::new(shown.join("\n"));
    if matches!(value, Value::Integer(_) | Value::Float(_)) { cell.set_alignment(CellAlignment::Right) } else { cell }
}
