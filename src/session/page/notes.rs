//! The lines of notes that a page shows: those cited, and a few round them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::hidden;
use crate::graph::NodeId;
use crate::session::explore::{PartNote, note_row};
use crate::session::{Session, SessionError};
use crate::text::secret::mask;

/// Lines shown before and after a cited one.
const ROUND: u32 = 3;

/// Letters shown of one line.
const LINE: usize = 2_000;

#[derive(Clone, Debug, Serialize)]
pub(super) struct PageNote {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) folder: String,
    pub(super) tags: Vec<String>,
    total_lines: usize,
    lines: Vec<(usize, String)>,
    /// Line, column, length, and the position of the concept named there.
    marks: Vec<(usize, usize, usize, usize)>,
}

impl Session {
    /// A note with the lines near those that are cited.
    pub(super) fn page_note(
        &self,
        note: NodeId,
        cited: &BTreeSet<u32>,
        concepts: &BTreeMap<NodeId, usize>,
    ) -> Result<PageNote, SessionError> {
        let graph = self.graph();
        let PartNote { path, title, folder, tags } = note_row(graph, note);
        let text = self.index.text(graph.name(note))?.unwrap_or_default();
        let text = mask(&text);
        let all: Vec<String> =
            text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line).chars().take(LINE).collect()).collect();
        let near: BTreeSet<usize> = cited
            .iter()
            .flat_map(|line| line.saturating_sub(ROUND)..=line.saturating_add(ROUND))
            .map(|line| line as usize)
            .filter(|line| (1..=all.len()).contains(line))
            .collect();
        let marks = self.marks(note, 0, &all).into_iter().filter(|mark| near.contains(&mark.line));
        let position = |name: &str| graph.concept(name).and_then(|concept| concepts.get(&concept).copied());
        Ok(PageNote {
            path: hidden(&path),
            title: hidden(&title),
            folder: hidden(&folder),
            tags: tags.iter().map(|tag| hidden(tag)).collect(),
            total_lines: all.len(),
            marks: marks
                .filter_map(|mark| Some((mark.line, mark.column, mark.length, position(&mark.concept)?)))
                .collect(),
            lines: near.into_iter().map(|line| (line, all[line - 1].clone())).collect(),
        })
    }
}
