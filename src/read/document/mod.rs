//! Documents of other programs → the text that is read in their place.
//!
//! In: the bytes of a file of Word, PowerPoint or a reader of books, or of a PDF, as anybody may have made them. Out: a page of
//! HTML with a line for each paragraph, row or line; such a page, and not the file, is what [`super::read`] reads. Whoever
//! calls this is ready for a file that takes too long or too much memory: `store` has a process of its own do it.
//!
//! `archive` opens archives within limits, `xml` reads what they hold without entities or recursion, `docx`, `pptx`, `epub`
//! and `pdf` know the formats, `html` writes.

mod archive;
mod docx;
mod epub;
mod html;
mod pdf;
mod pptx;
#[cfg(test)]
mod tests;
mod xml;

use super::Format;

/// The text of a document, as a page of HTML.
///
/// # Errors
///
/// Why it cannot be read, in one clause.
pub fn document(format: Format, bytes: &[u8]) -> Result<String, String> {
    match format {
        Format::Docx => docx::read(bytes),
        Format::Pptx => pptx::read(bytes),
        Format::Epub => epub::read(bytes),
        Format::Pdf => pdf::read(bytes),
        _ => Err("it is no document".to_owned()),
    }
}
