//! The tools that read notes.

use super::{Answered, ToolError};
use crate::mcp::arguments::{Fetch, Search};
use crate::mcp::fact::{Fetched, Hit, Searched};
use crate::mcp::resource::{self, Place};
use crate::mcp::tidy::{cut, safe, tokens};
use crate::mcp::window::Window;
use crate::read::Format;
use crate::session::{NoteText, Session};

/// Hits that can be paged through.
const HITS: usize = 1_000;

/// Characters of one line of a note at most.
const LINE: usize = 4_000;

pub(super) fn search(session: &Session, asked: Search) -> Answered {
    let found = session.search(&asked.query, asked.window.end().min(HITS))?;
    let total = found.total.min(HITS);
    Ok(asked.window.answer(Searched { relaxed: found.relaxed }, total, found.hits.iter().map(Hit::of)))
}

pub(super) fn fetch(session: &Session, asked: Fetch) -> Answered {
    let place = Place::read(&asked.id);
    let (note, first) = place.note(session)?.ok_or_else(|| ToolError {
        message: format!("the index has no note `{}`", asked.id),
        hint: Some("`search` finds notes and gives their ids".into()),
    })?;
    let window = place.last.map_or(asked.window, |last| asked.window.lines(last.saturating_sub(first) + 1));
    let fetched = lines(&note, first, window);
    Ok(serde_json::to_value(fetched).expect("a note is text"))
}

/// The lines of a note from line `first` (and the window's offset after it) on, as far as the budget goes.
pub(in crate::mcp) fn lines(note: &NoteText, first: usize, window: Window) -> Fetched {
    let text = safe(&note.text);
    let from = window.offset().saturating_add(first.saturating_sub(1));
    let total = text.lines().count().saturating_sub(first.saturating_sub(1));
    let (mut given, mut shown, mut short) = (String::new(), 0, None);
    let mut left = window.max_tokens();
    // What lies between pages is no part of the note.
    let is_paged = Format::of_path(&note.name).is_some_and(Format::is_paged);
    let words = |(_, line): &(usize, &str)| !(is_paged && line.is_empty());
    let mut wanted = text.lines().enumerate().skip(from).filter(words).take(window.line_limit()).peekable();
    let first_line = wanted.peek().map_or(from, |(at, _)| *at) + 1;
    for (at, line) in wanted {
        let line = cut(line, LINE.min(left * 4));
        // A line in JSON may take twice its letters.
        let cost = tokens(&serde_json::to_string(&line).expect("a line is text"));
        if cost > left && shown > 0 {
            short = Some("max_tokens");
            break;
        }
        left = left.saturating_sub(cost);
        given.push_str(&line);
        given.push('\n');
        shown = at + 1 - from;
    }
    Fetched {
        id: format!("{}:{first_line}", note.path),
        title: safe(&note.title),
        text: given,
        url: resource::note_uri(&note.path),
        first_line,
        page: window.place(shown, total, short),
    }
}
