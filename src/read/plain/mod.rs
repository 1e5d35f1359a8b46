//! The reader of plain notes: anybody's habits, nobody's grammar.
//!
//! In: the text of a note. Out: its headings and blocks in a draft. `line` says what each line looks
//! like, `heading` and `title` find headings with and without rules, `wrap` learns where the writer broke
//! long lines, `nest` finds what a line stands under, `table` and `code` take their own lines, and
//! `block` puts lines together. Every step is linear in the lines.

mod block;
mod code;
mod heading;
mod line;
mod nest;
mod speaker;
mod table;
#[cfg(test)]
mod tests;
mod title;
mod wrap;

pub(super) use block::read;
pub(super) use line::{has_arrow, is_field};
