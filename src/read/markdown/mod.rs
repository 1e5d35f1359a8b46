//! The reader of Markdown: CommonMark with tables, footnotes, tasks and struck words, and what Obsidian
//! adds: wikilinks, embeds, callouts, tags, `==highlights==`, `%%comments%%` and block ids.
//!
//! In: the text of a note. Out: its headings and blocks in a draft. `pulldown-cmark` gives events with
//! exact byte ranges; `block` and `flush` cut them into blocks, `bare` finds tables
//! without a header, `inline` collects the words, `soft` tells which
//! line breaks the writer meant, `hidden` what no reader is meant to see, `html` takes tags off.

mod bare;
mod block;
mod flush;
mod hidden;
mod html;
mod inline;
mod soft;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser};

use super::draft::Draft;
use super::front;
use super::html::Page;
use crate::text::Span;
use hidden::Hidden;

/// Reads front matter and blocks of `text` into `draft`.
pub(super) fn read(text: &str, draft: &mut Draft<'_>) {
    let body = front::read(text, draft);
    let hidden = Hidden::find(text, body, || parse(&text[body..]));
    let mut reader = block::Reader::new(text, hidden, draft);
    for (event, range) in parse(&text[body..]) {
        reader.event(event, Span::new(range.start + body, range.end + body));
    }
    reader.flush();
}

/// Reads a page into `draft`, whose events are those of Markdown.
pub(super) fn tell(page: &Page, draft: &mut Draft<'_>) {
    let mut reader = block::Reader::new(&page.text, Hidden::default(), draft);
    for (event, span) in &page.events {
        reader.event(event.clone(), *span);
    }
    reader.flush();
    if !draft.has_headings() && !page.title.is_empty() {
        draft.title(page.title.clone());
    }
}

fn parse(body: &str) -> pulldown_cmark::OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS;
    Parser::new_ext(body, options).into_offset_iter()
}
