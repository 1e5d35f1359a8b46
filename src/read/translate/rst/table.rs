//! Tables drawn with `====  ====`, and those drawn with `+----+----+`.

use super::inline::Names;

/// A table: for each of its lines the HTML.
pub(super) fn table(lines: &[&str], names: &Names) -> Option<Vec<String>> {
    let first = lines.first()?.trim();
    if first.starts_with("+-") && first.ends_with('+') { grid(lines, names) } else { simple(lines, names) }
}

/// The columns of a line, in characters: each run of `mark`.
fn columns(border: &str, mark: char) -> Vec<(usize, usize)> {
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, _) in border.chars().enumerate().filter(|(_, c)| *c == mark) {
        match columns.last_mut() {
            Some((_, end)) if *end == at => *end = at + 1,
            _ => columns.push((at, at + 1)),
        }
    }
    columns
}

/// Whether a line is a border of a simple table with two columns or more.
pub(super) fn is_border(line: &str) -> bool {
    let bare = line.trim();
    bare.starts_with('=') && bare.chars().all(|c| c == '=' || c == ' ') && bare.contains(' ')
}

fn simple(lines: &[&str], names: &Names) -> Option<Vec<String>> {
    if !is_border(lines.first()?) {
        return None;
    }
    let mut borders: Vec<usize> = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if is_border(line) {
            borders.push(at);
        }
        let ends =
            borders.len() == 3 || borders.len() == 2 && lines.get(at + 1).is_none_or(|next| next.trim().is_empty());
        if borders.last() == Some(&at) && at > 0 && ends {
            break;
        }
    }
    let (head, end) = match borders[..] {
        [_, end] => (0, end),
        [_, head, end] => (head, end),
        _ => return None,
    };
    let columns = columns(lines[0], '=');
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for (at, line) in lines.iter().enumerate().take(end).skip(1) {
        if at == head || line.trim().is_empty() || line.trim().chars().all(|c| c == '-' || c == ' ') {
            continue;
        }
        let cells: Vec<String> = cells(line, &columns).collect();
        match rows.last_mut() {
            // Without words in its first column, a line goes on with the row above.
            Some((_, row)) if cells.first().is_some_and(String::is_empty) => append(row, &cells),
            _ => rows.push((at, cells)),
        }
    }
    Some(written(&rows, head, end + 1, names))
}

fn cells<'a>(line: &'a str, columns: &'a [(usize, usize)]) -> impl Iterator<Item = String> + 'a {
    let last = columns.len().saturating_sub(1);
    columns.iter().enumerate().map(move |(number, (start, _))| {
        let end = if number == last { usize::MAX } else { columns[number + 1].0 };
        line.chars().skip(*start).take(end - start).collect::<String>().trim().to_owned()
    })
}

fn append(row: &mut [String], cells: &[String]) {
    for (cell, more) in row.iter_mut().zip(cells).filter(|(_, more)| !more.is_empty()) {
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(more);
    }
}

fn grid(lines: &[&str], names: &Names) -> Option<Vec<String>> {
    let count = lines.iter().take_while(|line| line.trim().starts_with(['+', '|'])).count();
    let is_rule = |line: &str| line.trim().starts_with(['+']);
    let head = lines[..count].iter().position(|line| line.trim().starts_with("+=")).unwrap_or(0);
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut begins = true;
    for (at, line) in lines[..count].iter().enumerate() {
        if is_rule(line) {
            begins = true;
            continue;
        }
        let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
        let cells: Vec<String> = inner.split('|').map(|cell| cell.trim().to_owned()).collect();
        match rows.last_mut() {
            Some((_, row)) if !begins && row.len() == cells.len() => append(row, &cells),
            _ => rows.push((at, cells)),
        }
        begins = false;
    }
    (count > 2 && !rows.is_empty()).then(|| written(&rows, head, count, names))
}

/// One line of HTML for each line of the table; rows before line `head` name the columns.
fn written(rows: &[(usize, Vec<String>)], head: usize, count: usize, names: &Names) -> Vec<String> {
    let mut html = vec![String::new(); count];
    html[0].push_str("<table>");
    for (at, cells) in rows {
        let tag = if *at < head { "th" } else { "td" };
        let cells = cells.iter().map(|cell| format!("<{tag}>{}", names.inline(cell)));
        html[*at] = format!("<tr>{}", cells.collect::<String>());
    }
    html[count - 1].push_str("</table>");
    html
}
