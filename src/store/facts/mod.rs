//! Facts → the index on disk, in one commit: the bulk door, for graphs that come from elsewhere.
//!
//! In: JSON lines as `export facts` writes them, in any order over any number of files. Out: a
//! [`FactsReport`]; on disk, an index whose graph depends on the set of rows alone. Facts hold no text, so
//! there is nothing to search in, and nothing to build the graph from again but the facts themselves: the
//! commit remembers where they lay, and the index says so. An index of notes is left alone.

mod files;
mod making;

use std::path::Path;

use super::commit::{Commit, Manifest};
use super::folder::{IndexFolder, Kept};
use super::{FactsReport, OnProgress, Progress, Stage, StoreError};
use crate::graph::{FactKind, GraphBuilder, KnowledgeGraph, NodeClass};
use crate::search::{Disk, Writer};
use files::FactFiles;
use making::Making;

/// Progress is told whenever so many rows were read.
const STEP: u64 = 1 << 16;

/// Builds the index at `index` from the facts at `facts`: a folder, a file, or `-` for standard input.
///
/// # Errors
///
/// [`StoreError::Fact`] with file and line of the first row that is none; [`StoreError::OfNotes`] where the
/// index holds notes; others as they are named. After an error the index is as it was.
pub fn build_facts(facts: &Path, index: &Path, progress: OnProgress<'_>) -> Result<FactsReport, StoreError> {
    build_facts_on(&Disk::default(), facts, index, progress)
}

/// As [`build_facts`], on a disk that may be a test's.
pub(super) fn build_facts_on(
    disk: &Disk,
    facts: &Path,
    index: &Path,
    progress: OnProgress<'_>,
) -> Result<FactsReport, StoreError> {
    let files = FactFiles::find(facts)?;
    let folder = IndexFolder::create(index, disk)?;
    let _lock = folder.lock()?;
    if !Manifest::salvage_roots(&folder).all().is_empty() {
        return Err(StoreError::OfNotes { path: index.to_owned() });
    }
    let mut report = FactsReport { files: files.len(), passed_over: files.passed_over(), ..FactsReport::default() };
    let mut builder = GraphBuilder::default();
    let mut making = Making::default();
    files.each_line(|path, line, row| {
        let wrong = |message| StoreError::Fact { path: path.to_owned(), line, message };
        let Some(row) = row else { return making.end_file().map_err(wrong) };
        if row.trim_ascii().is_empty() {
            return Ok(());
        }
        match builder.fact(row) {
            Ok(kind) => {
                report.facts += 1;
                if kind != FactKind::Concept {
                    making.fact();
                }
            }
            Err(error) => making.take(row).unwrap_or_else(|| Err(error.to_string())).map_err(wrong)?,
        }
        if report.facts.is_multiple_of(STEP) {
            progress(Progress { stage: Stage::Facts, done: usize::try_from(report.facts).unwrap_or(0), total: 0 });
        }
        Ok(())
    })?;
    report.unread_notes = making.errors;
    progress(Progress { stage: Stage::Build, done: 0, total: 0 });
    let (graph, dropped) = builder.finish();
    report.concepts = graph.class_nodes(NodeClass::Concept).count();
    report.relations = graph.relation_count();
    (report.unknown_concepts, report.self_relations) = (dropped.unknown_concepts, dropped.self_relations);
    progress(Progress { stage: Stage::Commit, done: 0, total: 0 });
    report.committed = commit(&folder, &graph, &files.origin())?;
    Ok(report)
}

/// Makes the graph the one that readers see; tells whether it was another before.
fn commit(folder: &IndexFolder, graph: &KnowledgeGraph, origin: &str) -> Result<bool, StoreError> {
    let manifest = Manifest::of_facts(graph.content_id(), origin.to_owned());
    let last = match Commit::open(folder) {
        Ok(last) => last,
        Err(StoreError::Damaged { .. } | StoreError::OtherVersion { .. }) => {
            folder.discard_text()?;
            None
        }
        Err(error) => return Err(error),
    };
    let is_kept = |last: &Commit| last.manifest.graph == manifest.graph && last.whole_graph(folder).is_some();
    let kept = last.as_ref().is_some_and(is_kept);
    if kept && last.is_some_and(|last| last.manifest == manifest) {
        return Ok(false);
    }
    if !kept {
        folder.write(Kept::Graph, &manifest.graph, graph.to_bytes())?;
    }
    let writer = Writer::open_on(folder.disk(), &folder.text(), 1, 0)?;
    writer.clear()?;
    writer.commit(&manifest.to_json())?;
    folder.tidy(&manifest.files(folder));
    Ok(true)
}

#[cfg(test)]
mod tests;
