//! Tables between two lines of `|===`.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::inline::inline;

/// What begins a cell, maybe with how it is drawn: `|`, `2+|`, `a|`.
static CELL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)(?:\d*(?:\.\d+)?[+*])?[<^>]?(?:\.[<^>])?[adehlmsv]?\||\|").expect("the tests use it")
});

/// The table that begins with the first line: one line of HTML for each of its lines.
pub(super) fn table(lines: &[&str], attributes: &str, names: &HashMap<String, String>) -> Vec<String> {
    let end = lines[0].trim_end();
    let inside = lines[1..].iter().take_while(|line| line.trim_end() != end).count();
    let count = (inside + 2).min(lines.len());
    let rows = &lines[1..=inside];
    let columns = columns(rows, attributes);
    let heads =
        attributes.contains("header") || rows.len() > 1 && !rows[0].trim().is_empty() && rows[1].trim().is_empty();
    let mut html = vec!["<table>".to_owned()];
    let mut cells = 0;
    for line in rows {
        let (before, words) = cut(line);
        let mut row = inline(before.trim(), names);
        for cell in words {
            if cells % columns == 0 {
                row.push_str("<tr>");
            }
            row.push_str(if heads && cells < columns { "<th>" } else { "<td>" });
            row.push_str(&inline(cell.trim(), names));
            cells += 1;
        }
        html.push(row);
    }
    if count > inside + 1 {
        html.push(String::new());
    }
    if let Some(last) = html.last_mut() {
        last.push_str("</table>");
    }
    html
}

/// What stands before the first cell of a line, and its cells.
fn cut(line: &str) -> (&str, Vec<&str>) {
    let marks: Vec<_> = CELL.find_iter(line).filter(|mark| !line[..mark.end() - 1].ends_with('\\')).collect();
    let before = &line[..marks.first().map_or(line.len(), |mark| mark.start())];
    let ends = marks.iter().skip(1).map(|mark| mark.start()).chain([line.len()]);
    (before, marks.iter().zip(ends).map(|(mark, end)| &line[mark.end()..end]).collect())
}

/// How many columns there are: as `cols` says, else as many as the first row has cells.
fn columns(rows: &[&str], attributes: &str) -> usize {
    let told = attributes
        .split_once("cols=")
        .map(|(_, rest)| rest.trim_start_matches('"').split(['"', ']']).next().unwrap_or(""));
    if let Some(told) = told {
        let one = |part: &str| part.split_once('*').and_then(|(times, _)| times.trim().parse::<usize>().ok());
        return told.split(',').map(|part| one(part).unwrap_or(1)).sum::<usize>().clamp(1, 1_000);
    }
    let first = rows.iter().skip_while(|line| line.trim().is_empty());
    let counts: Vec<usize> = first.take_while(|line| !line.trim().is_empty()).map(|line| cut(line).1.len()).collect();
    match counts.first() {
        Some(1) if counts.len() < rows.len() => counts.iter().sum::<usize>().max(1),
        first => first.copied().unwrap_or(1).max(1),
    }
}
