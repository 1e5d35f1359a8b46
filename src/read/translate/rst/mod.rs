//! reStructuredText: titles, lists, terms, tables, quotes, code, directives, links and roles.
//!
//! In: the text of a file. Out: HTML of as many lines. `block` goes through the lines, `inline` through the words of a
//! paragraph, `table` through the cells.

mod block;
mod inline;
mod table;
#[cfg(test)]
mod tests;

/// reStructuredText as HTML of as many lines.
pub(in crate::read) fn rst(text: &str) -> String {
    block::translate(&text.replace('\r', ""))
}
