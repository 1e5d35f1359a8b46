//! PDF: words from their places on the page.
//!
//! `spans` runs the drawing of a page and gives runs of words with places and sizes, `font` makes words of their codes, `layout`
//! puts runs together to lines and lines to headings, items, tables and paragraphs. Files that are damaged are read as far as
//! they can be: `lopdf` finds their objects again.

mod font;
mod layout;
mod spans;

use lopdf::{Document, LoadOptions};

use crate::limits::{DOCUMENT_PAGES, DOCUMENT_SIZE, shown_bytes};

/// A PDF as a page of HTML; line 12 of page 3 is line 3012.
pub(super) fn read(bytes: &[u8]) -> Result<String, String> {
    let limit = usize::try_from(DOCUMENT_SIZE).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(limit), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| refused(&error.to_string()))?;
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err("it is protected by a password".to_owned());
    }
    let pages = document.get_pages();
    if pages.len() > DOCUMENT_PAGES {
        return Err(format!("it has {} pages, more than the limit of {DOCUMENT_PAGES}", pages.len()));
    }
    let mut read = Vec::with_capacity(pages.len());
    let mut left = limit;
    for page in pages.into_values() {
        let (spans, size) = spans::spans(&document, page, left);
        left =
            left.checked_sub(size).ok_or_else(|| format!("it unpacks to more than {}", shown_bytes(DOCUMENT_SIZE)))?;
        read.push(layout::lines(spans));
    }
    Ok(layout::write(read))
}

/// Why a file could not be opened.
fn refused(error: &str) -> String {
    let lower = error.to_lowercase();
    let locked = ["password", "decrypt", "encrypt"].iter().any(|word| lower.contains(word));
    if locked { "it is protected by a password".to_owned() } else { format!("it is damaged: {error}") }
}
