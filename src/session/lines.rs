//! Exports of one fact or document a line, written as they are made: a graph of any size needs no more memory for it.

use std::io::{self, Write};

use super::{Exported, GraphFormat, Part, Session, SessionError};
use crate::graph::NodeClass;
use crate::render::export::{Selection, bulk_concepts, bulk_note, concept_facts, facts, folded, note_facts};

/// An export of lines, chosen and ready to be written.
pub struct FactLines<'a> {
    session: &'a Session,
    format: LineFormat,
    selection: Selection,
    whole: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineFormat {
    Folded,
    Facts,
    Bulk,
}

impl Session {
    /// The export, where it is one of lines; other formats need all of it at once.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous, or a statement fails.
    pub fn lines(&self, format: GraphFormat, part: &Part) -> Result<Option<FactLines<'_>>, SessionError> {
        let format = match format {
            GraphFormat::Jsonl => LineFormat::Folded,
            GraphFormat::Facts => LineFormat::Facts,
            GraphFormat::Bulk => LineFormat::Bulk,
            _ => return Ok(None),
        };
        let (selection, whole) = (self.selection(part)?, *part == Part::Whole);
        Ok(Some(FactLines { session: self, format, selection, whole }))
    }
}

impl FactLines<'_> {
    /// Writes all lines.
    ///
    /// # Errors
    ///
    /// Those of `out`, and of an index that cannot be read.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let graph = self.session.graph();
        match self.format {
            LineFormat::Folded => folded(graph, &self.selection, out),
            LineFormat::Facts if self.whole && self.session.built_from().is_none() => self.all_facts(out),
            LineFormat::Facts => facts(graph, &self.selection, out),
            LineFormat::Bulk => self.documents(out),
        }
    }

    /// All lines, in memory.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(super) fn bytes(&self) -> Result<Exported, SessionError> {
        let mut bytes = Vec::new();
        self.write(&mut bytes).map_err(SessionError::Lines)?;
        Ok(Exported::File(bytes))
    }

    /// Every fact of the notes, also the places of which the graph keeps only the best.
    fn all_facts(&self, out: &mut dyn Write) -> io::Result<()> {
        let index = &self.session.index;
        concept_facts(index.lexicon().map_err(io::Error::other)?.concepts(), out)?;
        for note in index.facts().map_err(io::Error::other)? {
            let (meta, claims) = note.map_err(io::Error::other)?;
            note_facts(&meta.path, &claims, out)?;
        }
        Ok(())
    }

    /// A document for each concept; with the whole graph, one for each note as well.
    fn documents(&self, out: &mut dyn Write) -> io::Result<()> {
        let graph = self.session.graph();
        bulk_concepts(graph, &self.selection, out)?;
        let notes = graph.class_nodes(NodeClass::Note).filter(|_| self.whole);
        for note in notes {
            let text = self.session.index.text(graph.name(note)).map_err(io::Error::other)?;
            bulk_note(graph, note, text.as_deref(), out)?;
        }
        Ok(())
    }
}
