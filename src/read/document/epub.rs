//! Books: the chapters in their order, which are pages of HTML already.

use std::collections::HashMap;
use std::fmt::Write as _;

use super::archive::Archive;
use super::xml::{Piece, pieces, resolve};
use crate::read::decode::decode;
use crate::read::markup::escape;

/// A book as a page of HTML: its chapters one after the other, without title page and table of contents.
pub(super) fn read(bytes: &[u8]) -> Result<String, String> {
    let mut archive = Archive::open(bytes)?;
    let mut package = None;
    pieces(&archive.get("META-INF/container.xml")?, |piece| {
        if let Piece::Start(name, attributes) = piece
            && name == "rootfile"
        {
            package = package.take().or_else(|| attributes.get("full-path").map(str::to_owned));
        }
        Ok(())
    })?;
    let package = package.ok_or("it names no contents")?;
    let book = Book::read(&archive.get(&package)?)?;
    let locked = archive.find("META-INF/encryption.xml")?.unwrap_or_default();
    let locked = String::from_utf8_lossy(&locked).into_owned();
    let mut html = String::new();
    write!(html, "<title>{}</title>", escape(&book.title)).expect("a string takes all that is written");
    for chapter in &book.chapters {
        let path = resolve(&package, &decoded(chapter));
        if locked.contains(&format!("\"{path}\"")) {
            return Err("it is protected against copying".to_owned());
        }
        let (chapter, _) = decode(&archive.find(&path)?.unwrap_or_default());
        if !TITLE_PAGES.iter().any(|kind| chapter.contains(kind)) {
            html.push_str(body(&chapter));
            html.push('\n');
        }
    }
    Ok(html)
}

/// What tells a title page or a cover from a chapter.
const TITLE_PAGES: [&str; 3] = ["epub:type=\"titlepage\"", "epub:type=\"cover\"", "epub:type=\"toc\""];

/// What stands between the tags of a body.
fn body(chapter: &str) -> &str {
    let start = chapter.find("<body").and_then(|at| chapter[at..].find('>').map(|end| at + end + 1)).unwrap_or(0);
    let end = chapter.rfind("</body").filter(|end| *end >= start).unwrap_or(chapter.len());
    &chapter[start..end]
}

/// `%20` and its like as what they stand for.
fn decoded(path: &str) -> String {
    crate::read::meta::decoded_address(path)
}

#[derive(Default)]
struct Book {
    title: String,
    /// The paths of the chapters, in order.
    chapters: Vec<String>,
}

impl Book {
    /// Reads the list of contents.
    fn read(xml: &[u8]) -> Result<Self, String> {
        let mut book = Self::default();
        let mut files: HashMap<String, String> = HashMap::new();
        let mut in_title = false;
        pieces(xml, |piece| {
            match piece {
                Piece::Start(name, attributes) => match name.as_str() {
                    "title" => in_title = book.title.is_empty(),
                    "item" => {
                        let leads = attributes
                            .get("properties")
                            .is_some_and(|kinds| kinds.split(' ').any(|kind| kind == "nav"));
                        if let (Some(id), Some(path), false) = (attributes.get("id"), attributes.get("href"), leads) {
                            files.insert(id.to_owned(), path.to_owned());
                        }
                    }
                    "itemref" => {
                        let path = attributes.get("idref").and_then(|id| files.get(id));
                        book.chapters.extend(path.cloned());
                    }
                    _ => {}
                },
                Piece::End(_) => in_title = false,
                Piece::Words(words) if in_title => book.title.push_str(&words),
                Piece::Words(_) => {}
            }
            Ok(())
        })?;
        Ok(book)
    }
}
