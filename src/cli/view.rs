//! Answers in the format asked for: pages for people, rows and documents for programs.

use std::io::{self, Write};

use serde::Serialize;

use super::Terminal;
use super::options::{RowFormat, Rows};
use crate::render::answer::{AnswerFormat, AnswerOptions, answer, plan};
use crate::render::cited::{CitedRelation, cited_paths, cited_relations, concept_card, search_hits};
use crate::render::{Ink, Style, json_line, shown};
use crate::session::{Comparison, Definition, Found, NoteMentions, Page, Related, Reply, Sameness};

/// Rows a table on a terminal shows where nobody says how many.
const ROWS: usize = 1_000;

/// How an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct View {
    /// The format.
    pub(crate) format: RowFormat,
    /// How pages and tables are drawn.
    pub(crate) style: Style,
    /// Rows a table shows at most.
    pub(crate) limit: Option<usize>,
}

/// Writes the answer to a question as people read it.
///
/// # Errors
///
/// Those of `out`.
pub fn page(reply: &Reply, style: Style, out: &mut dyn Write) -> io::Result<()> {
    View { format: RowFormat::Table, style, limit: None }.reply(reply, out)
}

impl View {
    pub(crate) fn new(rows: &Rows, terminal: &Terminal) -> Self {
        let most = terminal.is_terminal.then_some(ROWS);
        Self { format: rows.format(), style: terminal.style(), limit: rows.limit.or(most) }
    }

    /// Writes a page as `draw` draws it for people, else as a document.
    pub(crate) fn page<T: Serialize + ?Sized>(
        &self,
        page: &T,
        out: &mut dyn Write,
        draw: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        if self.format == RowFormat::Table { draw(out) } else { json_line(page, out) }
    }

    /// Writes the answer to a question: a page for people, else its rows or its page as a document.
    pub(crate) fn reply(&self, reply: &Reply, out: &mut dyn Write) -> io::Result<()> {
        match (self.format, &reply.page) {
            (RowFormat::Json, Page::Rows)
            | (RowFormat::Csv | RowFormat::Tsv | RowFormat::Md | RowFormat::Dot | RowFormat::Jsonl, _) => {
                self.rows(&reply.answer, out)
            }
            (RowFormat::Json, _) => json_line(reply, out),
            (RowFormat::Table, page) => self.reply_page(page, &reply.answer, out),
        }
    }

    /// Writes rows.
    pub(crate) fn rows(&self, rows: &crate::query::Answer, out: &mut dyn Write) -> io::Result<()> {
        if let (RowFormat::Table, Some(tree), true) = (self.format, &rows.plan, rows.rows.is_empty()) {
            return plan(tree, self.style, out);
        }
        let options = AnswerOptions { style: self.style, most_rows: self.limit, ..AnswerOptions::default() };
        answer(rows, self.format.into(), &options, out)
    }

    fn reply_page(&self, page: &Page, rows: &crate::query::Answer, out: &mut dyn Write) -> io::Result<()> {
        let style = self.style;
        match page {
            Page::Paths(paths) => cited_paths(paths, style, out),
            Page::Relations(relations) => cited_relations(self.first(relations), style, out),
            Page::Concept(card) => concept_card(card, style, out),
            Page::Definition(found) => definition(found, style, out),
            Page::Comparison(comparison) => compared(comparison, style, out),
            Page::Mentions(notes) => mentions(self.first(notes), style, out),
            Page::Hits(found) => search_hits(&found.hits, style, out),
            Page::Rows => self.rows(rows, out),
        }
    }

    /// Writes notes found by their words.
    pub(crate) fn hits(&self, found: &Found, out: &mut dyn Write) -> io::Result<()> {
        match self.format {
            RowFormat::Table => search_hits(&found.hits, self.style, out),
            RowFormat::Jsonl => found.hits.iter().try_for_each(|hit| json_line(hit, out)),
            RowFormat::Json => json_line(found, out),
            _ => self.rows(&found.rows(), out),
        }
    }

    /// Writes why two names mean one concept, or do not.
    pub(crate) fn sameness(&self, found: &Sameness, out: &mut dyn Write) -> io::Result<()> {
        let verdict = if found.same { "one concept" } else { "two concepts" };
        heading(verdict, self.style, out)?;
        for reason in &found.reasons {
            writeln!(out, "{}", shown(reason))?;
        }
        for place in &found.places {
            let at = Ink::Place.paint(&shown(&place.place()), self.style.colour);
            writeln!(out, "{at}: {}", shown(&place.quote))?;
        }
        Ok(())
    }

    /// Writes the concepts closest to one, each with the relations that tie them.
    pub(crate) fn related(&self, related: &[Related], out: &mut dyn Write) -> io::Result<()> {
        for found in related {
            let kind = Ink::Kind.paint(&shown(&found.concept.kind), self.style.colour);
            writeln!(out, "{}  {kind}", Ink::Name.paint(&shown(&found.concept.name), self.style.colour))?;
            let relations = crate::render::string(|out| cited_relations(&found.relations, self.style, out));
            for line in relations.lines() {
                writeln!(out, "  {line}")?;
            }
        }
        Ok(())
    }

    fn first<'a, T>(&self, items: &'a [T]) -> &'a [T] {
        &items[..self.limit.unwrap_or(usize::MAX).min(items.len())]
    }
}

impl From<RowFormat> for AnswerFormat {
    fn from(format: RowFormat) -> Self {
        match format {
            RowFormat::Table => Self::Table,
            RowFormat::Json => Self::Json,
            RowFormat::Jsonl => Self::Jsonl,
            RowFormat::Csv => Self::Csv,
            RowFormat::Tsv => Self::Tsv,
            RowFormat::Md => Self::Markdown,
            RowFormat::Dot => Self::Dot,
        }
    }
}

fn heading(words: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", Ink::Heading.paint(&shown(words), style.colour))
}

/// Name, kind, other names, definitions with their lines; where there are none, what it is said to be.
fn definition(found: &Definition, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let name = Ink::Heading.paint(&shown(&found.concept.name), style.colour);
    writeln!(out, "{name}  {}", Ink::Kind.paint(&shown(&found.concept.kind), style.colour))?;
    if !found.aliases.is_empty() {
        let aliases = shown(&found.aliases.join(", ")).into_owned();
        writeln!(out, "{} {aliases}", Ink::Dim.paint("also", style.colour))?;
    }
    for said in &found.definitions {
        let place = Ink::Place.paint(&shown(&said.place()), style.colour);
        writeln!(out, "\"{}\"  {place}", shown(&said.quote))?;
    }
    cited_relations(&found.relations, style, out)
}

fn compared(found: &Comparison, style: Style, out: &mut dyn Write) -> io::Result<()> {
    definition(&found.one, style, out)?;
    writeln!(out)?;
    definition(&found.other, style, out)?;
    let (one, other) = (&found.one.concept.name, &found.other.concept.name);
    let parts: [(String, &[CitedRelation]); 4] = [
        ("Between them".to_string(), &found.between),
        ("Both".to_string(), &found.shared),
        (format!("Only {one}"), &found.only_one),
        (format!("Only {other}"), &found.only_other),
    ];
    for (title, relations) in parts.iter().filter(|(_, relations)| !relations.is_empty()) {
        writeln!(out)?;
        heading(title, style, out)?;
        cited_relations(relations, style, out)?;
    }
    Ok(())
}

/// Each note with its count, then the lines as `path:line: text`.
fn mentions(notes: &[NoteMentions], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (index, found) in notes.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        let times = if found.note.mentions == 1 { "mention" } else { "mentions" };
        let count = Ink::Dim.paint(&format!("{} {times}", found.note.mentions), style.colour);
        writeln!(out, "{}  {count}", Ink::Heading.paint(&shown(&found.note.path), style.colour))?;
        for quote in &found.quotes {
            let place = Ink::Place.paint(&shown(&quote.place()), style.colour);
            writeln!(out, "{place}: {}", shown(&quote.quote))?;
        }
    }
    Ok(())
}
