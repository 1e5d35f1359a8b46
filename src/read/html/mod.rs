//! The reader of HTML: whole pages, also those saved from the web.
//!
//! In: the source of a page. Out: its words, each on the line of the source on which it stood, and the events that a reader of
//! Markdown would tell of them, so that both formats become blocks in one way. Tags never become words, and neither do
//! scripts, styles, forms and what only leads around a site.
//!
//! `tokens` cuts the source and finds out what needs a look ahead, `tag` knows the elements, `page` writes words and events.
//! Linear; no element nests deeper than `page::DEPTH`. The tokens are those of the HTML standard (`html5gum`).

mod page;
mod tag;
#[cfg(test)]
mod tests;
mod tokens;

use std::sync::LazyLock;

use pulldown_cmark::Event;
use regex::{Captures, Regex};

use crate::text::Span;

/// A line end as an entity.
static LINE_END: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("&(?:#0*(?:10|13);?|#[xX]0*[aAdD];?|NewLine;)").expect("it is tested"));

/// A page without its tags.
pub(super) struct Page {
    /// Its words, on as many lines as the source has.
    pub(super) text: String,
    /// What the words are, with their places in the text.
    pub(super) events: Vec<(Event<'static>, Span)>,
    /// What the page calls itself; empty where it does not.
    pub(super) title: String,
}

/// Reads the source of a page.
pub(super) fn read(source: &str) -> Page {
    // Carriage returns and line ends that are written as entities would be counted as line ends.
    let source = source.replace('\r', " ");
    let source = LINE_END.replace_all(&source, |found: &Captures<'_>| " ".repeat(found[0].len()));
    page::write(&source, &tokens::cut(&source))
}
