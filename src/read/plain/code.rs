//! Code in plain notes: fenced, indented and looking like code, or surely code.

use std::ops::Range;

use super::line::{Line, Shape};

/// A run of lines of code.
#[derive(Debug)]
pub(super) struct Code<'a> {
    /// Its lines, without fences.
    pub lines: Range<usize>,
    /// One past its last line, fences included.
    pub end: usize,
    /// The word after the fence.
    pub language: Option<&'a str>,
}

/// The code that begins at line `start`, if it does.
pub(super) fn at<'a>(lines: &[Line<'a>], start: usize) -> Option<Code<'a>> {
    fenced(lines, start).or_else(|| indented(lines, start)).or_else(|| bare(lines, start))
}

fn fenced<'a>(lines: &[Line<'a>], start: usize) -> Option<Code<'a>> {
    let open = lines[start].whole;
    let fence = ["```", "~~~"].into_iter().find(|fence| open.starts_with(fence))?;
    let language = open.trim_start_matches(['`', '~']).trim();
    let close = lines[start + 1..].iter().position(|line| line.whole.starts_with(fence))? + start + 1;
    let named = !language.is_empty() && !language.contains(char::is_whitespace);
    (named || language.is_empty()).then(|| Code {
        lines: start + 1..close,
        end: close + 1,
        language: named.then_some(language),
    })
}

/// Lines indented by four or more after a blank line, most of which look like code.
fn indented<'a>(lines: &[Line<'a>], start: usize) -> Option<Code<'a>> {
    let opens = start == 0 || lines[start - 1].shape == Shape::Blank;
    if !opens || lines[start].indent < 4 {
        return None;
    }
    let run = lines[start..].iter().take_while(|line| line.indent >= 4 && line.shape != Shape::Blank);
    let (mut count, mut code) = (0, 0);
    for line in run {
        if matches!(line.shape, Shape::Item { .. }) {
            return None;
        }
        count += 1;
        code += usize::from(looks_like_code(line.whole));
    }
    (code * 2 > count).then_some(Code { lines: start..start + count, end: start + count, language: None })
}

/// Two lines or more that are surely code, without any indent.
fn bare<'a>(lines: &[Line<'a>], start: usize) -> Option<Code<'a>> {
    let run = lines[start..].iter().take_while(|line| line.shape == Shape::Text && is_surely_code(line.whole));
    let end = start + run.count();
    (end > start + 1).then_some(Code { lines: start..end, end, language: None })
}

fn is_surely_code(line: &str) -> bool {
    line.starts_with("$ ")
        || line.ends_with([';', '{', '}', '\\']) && line.contains(['(', ')', '{', '}', '=', '<', '>'])
}

fn looks_like_code(line: &str) -> bool {
    let starts = ["$ ", ">>> ", "#!", "//", "import ", "from ", "def ", "SELECT ", "CREATE ", "INSERT ", "sudo ", "<"];
    line.ends_with(['{', '}', ';', '\\'])
        || starts.iter().any(|start| line.starts_with(start))
        || ["()", " = ", " == ", "</", "{{", " && "].iter().any(|part| line.contains(part))
}
