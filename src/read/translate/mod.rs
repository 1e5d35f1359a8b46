//! Other formats → Markdown or HTML, line by line: what stood on a line stands on that line, so that places stay true.
//!
//! In: the decoded text of a file. Out: Markdown or HTML with as many lines, for the reader of that. HTML suits formats whose
//! structure needs lines of its own in Markdown. What is no words of the writer (drawers, keywords, outputs of programs)
//! becomes an empty line. Linear.

mod asciidoc;
mod lines;
mod mail;
mod notebook;
mod org;
mod rst;

pub(super) use asciidoc::asciidoc;
pub(super) use mail::mail;
pub(super) use notebook::notebook;
pub(super) use org::org;
pub(super) use rst::rst;
