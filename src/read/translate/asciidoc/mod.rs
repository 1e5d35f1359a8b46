//! AsciiDoc: titles, lists, terms, tables, delimited blocks, links and attributes.
//!
//! In: the text of a file. Out: HTML of as many lines. `block` goes through the lines, `inline` through the words of a
//! paragraph, `table` through the cells.

mod block;
mod inline;
mod table;
#[cfg(test)]
mod tests;

/// AsciiDoc as HTML of as many lines.
pub(in crate::read) fn asciidoc(text: &str) -> String {
    block::translate(&text.replace("\r\n", "\n").replace('\r', " "))
}
