//! Places as people read them.

use super::Format;

/// Each page of a paged format begins at a multiple of this: line 12 of page 3 is line 3012.
pub(super) const PAGE_LINES: u32 = 1_000;

/// A line of the note at `path` as people read it: `12`, and `p3:12` in a format with pages or slides.
#[must_use]
pub fn line(path: &str, line: u32) -> String {
    match Format::of_path(path) {
        Some(format) if format.is_paged() => format!("p{}:{}", line / PAGE_LINES, line % PAGE_LINES),
        _ => line.to_string(),
    }
}

/// A place in a note as people read it: `log.txt:12`, and `manual.pdf:p3:12` in a format with pages or slides.
///
/// ```
/// assert_eq!(quipu::read::place("notes/log.txt", 3012), "notes/log.txt:3012");
/// assert_eq!(quipu::read::place("notes/manual.pdf", 3012), "notes/manual.pdf:p3:12");
/// ```
#[must_use]
pub fn place(path: &str, at: u32) -> String {
    format!("{path}:{}", line(path, at))
}
