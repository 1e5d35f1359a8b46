//! Other formats → Markdown, line by line: what stood on a line stands on that line, so that places stay true.
//!
//! In: the decoded text of a file. Out: Markdown with as many lines, for the reader of Markdown. What is
//! no words of the writer (drawers, keywords, outputs of programs) becomes an empty line. Linear.

mod notebook;
mod org;

pub(super) use notebook::notebook;
pub(super) use org::org;
