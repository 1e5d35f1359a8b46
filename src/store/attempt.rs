//! One pass of an ingest over all notes.
//!
//! Notes whose content is the same keep their discovery. The lexicon is settled over all notes; what
//! changed in it names, through the index of surface words, the notes that are linked again. Notes
//! that quipu cannot read or that make it fail are named in the report and stay out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use rayon::ThreadPool;
use rustc_hash::FxHashSet;

use super::commit::{Commit, Manifest, content_id};
use super::folder::{IndexFolder, Kept};
use super::ingest::{Before, Ingest};
use super::linking::Link;
use super::names::{Names, Naming};
use super::overrides::read_overrides;
use super::roots::Roots;
use super::scan::{Entry, LazyExtractor, Scan, State};
use super::source::Sources;
use super::walk::walk;
use super::{IngestReport, NoteWarning, Progress, Stage, StoreError};
use crate::extract::{Lexicon, surface_key};
use crate::graph::{GraphBuilder, KnowledgeGraph, NodeClass};
use crate::search::{NoteAddress, Prepared, StoredNote, Writer};

/// Names changed in the lexicon beyond which all notes are linked again without asking which.
const MANY_CHANGES: usize = 2_000;

/// One pass over all notes.
pub(super) struct Attempt<'a> {
    pub(super) sources: &'a Sources,
    pub(super) ingest: &'a Ingest<'a>,
    pub(super) folder: &'a IndexFolder,
    pub(super) pool: &'a ThreadPool,
    pub(super) threads: usize,
    pub(super) before: &'a Before,
}

impl Attempt<'_> {
    pub(super) fn run(&self) -> Result<IngestReport, StoreError> {
        let roots = (self.ingest.choose)(&self.before.roots)?;
        let overrides = read_overrides(&roots, self.sources)?;
        let overrides_id = content_id(&postcard::to_stdvec(&overrides).expect("overrides hold only text"));
        let last = self.before.commit.as_ref();
        let stored = last.map_or_else(|| Ok(Vec::new()), |commit| commit.searcher.notes())?;
        let reusable =
            last.filter(|commit| commit.manifest.is_of_this_code() && commit.manifest.overrides == overrides_id);
        self.tell(Stage::Walk);
        let found = walk(&roots, self.sources, self.ingest.options.note_size)?;
        let extractor = LazyExtractor::new(&overrides);
        let scan = Scan {
            sources: self.sources,
            extractor: &extractor,
            stored: &stored,
            reuse: reusable.is_some(),
            options: self.ingest.options,
            progress: self.ingest.progress,
        };
        let (entries, mut skipped) = self.pool.install(|| scan.run(found.notes))?;
        skipped.extend(found.skipped);
        skipped.sort();
        let mut report = self.report(&entries, &stored);
        report.skipped = skipped;
        if let Some(commit) = reusable.filter(|commit| commit.manifest.roots == roots && report.is_quiet())
            && let Some(graph) = self.intact(commit)
        {
            count(&mut report, &graph);
            return Ok(report);
        }
        if roots.all().is_empty() && last.is_none() {
            return Err(StoreError::NoRoots);
        }
        let settled = Settled { roots, overrides_id, extractor: &extractor, reusable, stored: &stored };
        self.build(entries, settled, report)
    }

    /// The graph of a commit of which every file is whole.
    fn intact(&self, commit: &Commit) -> Option<KnowledgeGraph> {
        let whole_graph = || commit.whole_graph(self.folder);
        commit.has_names(self.folder).then(|| self.pool.install(whole_graph))?
    }

    fn report(&self, entries: &[Entry], stored: &[StoredNote]) -> IngestReport {
        let mut report = IngestReport { notices: self.before.notices.clone(), ..IngestReport::default() };
        let before: BTreeMap<&str, [u8; 16]> = stored.iter().map(|note| (&*note.path, note.hash)).collect();
        let mut here = BTreeSet::new();
        for entry in entries {
            let name = &entry.file.name;
            here.insert(name.as_str());
            match before.get(name.as_str()) {
                None => report.new.push(name.clone()),
                Some(hash) if *hash == entry.hash => report.unchanged += 1,
                Some(_) => report.changed.push(name.clone()),
            }
            if let State::Fresh(fresh) = &entry.state {
                let told = |warning: &_| NoteWarning { path: name.clone(), warning: Clone::clone(warning) };
                report.warnings.extend(fresh.warnings.iter().map(told));
            }
        }
        report.deleted = before.keys().filter(|path| !here.contains(*path)).map(ToString::to_string).collect();
        report
    }

    fn build(
        &self,
        entries: Vec<Entry>,
        settled: Settled<'_>,
        mut report: IngestReport,
    ) -> Result<IngestReport, StoreError> {
        self.tell(Stage::Resolve);
        let Settled { extractor, reusable, stored, .. } = settled;
        let naming = Naming { folder: self.folder, extractor, last: reusable, stored };
        let names = self.pool.install(|| naming.settle(&entries))?;
        let lexicon = &names.lexicon;
        let touched = self.touched(lexicon, &settled)?;
        let memory = self.ingest.options.memory / 4;
        let mut writer = Writer::open_on(self.folder.disk(), &self.folder.text(), self.threads, memory)?;
        if self.before.commit.is_none() {
            writer.clear()?;
        }
        for path in &report.deleted {
            writer.delete(path);
        }
        let whole_graph = || settled.reusable?.whole_graph(self.folder);
        let base = touched.as_ref().and_then(|_| self.pool.install(whole_graph));
        let (entries, mut builder) = match (&base, &touched) {
            (Some(base), Some(touched)) => self.pool.install(|| over(base, entries, touched)),
            _ => (entries, GraphBuilder::default()),
        };
        lexicon.concepts().iter().for_each(|concept| builder.concept(concept));
        let builder = Mutex::new(builder);
        let link = Link {
            linker: &lexicon.linker(),
            graph: &builder,
            writer: &writer,
            is_new: self.before.commit.is_none(),
            last: settled.reusable,
            touched: &touched,
            sources: self.sources,
            note_size: self.ingest.options.note_size,
            progress: self.ingest.progress,
            folder: self.folder,
        };
        let linked = self.pool.install(|| link.run(entries))?;
        // The memory of the words goes before that of the graph comes.
        let prepared = writer.prepare()?;
        self.tell(Stage::Build);
        let builder = builder.into_inner().unwrap_or_else(PoisonError::into_inner);
        let (graph, _) = self.pool.install(|| builder.finish());
        report.relinked = linked.iter().filter(|note| note.relinked).count();
        report.warnings.extend(linked.into_iter().flat_map(|note| note.warnings));
        report.warnings.sort_by(|a, b| (&a.path, a.warning.line).cmp(&(&b.path, b.warning.line)));
        self.tell(Stage::Commit);
        self.commit(&graph, &names, settled, prepared)?;
        writer.tidy();
        count(&mut report, &graph);
        report.committed = true;
        Ok(report)
    }

    /// The kept notes that have to be linked again; nothing where it is all of them.
    fn touched(&self, lexicon: &Lexicon, settled: &Settled<'_>) -> Result<Option<BTreeSet<NoteAddress>>, StoreError> {
        let Some(commit) = settled.reusable else { return Ok(None) };
        let Some(older) = commit.lexicon(self.folder) else { return Ok(None) };
        let changes = lexicon.changed_since(&older);
        if changes.len() > MANY_CHANGES {
            return Ok(None);
        }
        let mut touched = BTreeSet::new();
        for words in &changes {
            let keys: Vec<u64> = words.iter().map(|word| surface_key(word)).collect();
            touched.extend(commit.searcher.holding(&keys)?);
        }
        Ok(Some(touched))
    }

    fn commit(
        &self,
        graph: &KnowledgeGraph,
        names: &Names,
        settled: Settled<'_>,
        prepared: Prepared<'_>,
    ) -> Result<(), StoreError> {
        let manifest = Manifest::new(graph.content_id(), names.id.clone(), settled.overrides_id, settled.roots);
        let last = self.before.commit.as_ref();
        if !last.is_some_and(|last| last.manifest.graph == manifest.graph && last.whole_graph(self.folder).is_some()) {
            self.folder.write(Kept::Graph, &manifest.graph, graph.to_bytes())?;
        }
        names.write(self.folder)?;
        prepared.commit(&manifest.to_json())?;
        self.folder.tidy(&manifest.files(self.folder));
        Ok(())
    }

    fn tell(&self, stage: Stage) {
        (self.ingest.progress)(Progress { stage, done: 0, total: 0 });
    }
}

/// Notes that have to be linked, and a graph under way that holds what the others say.
fn over(base: &KnowledgeGraph, entries: Vec<Entry>, touched: &BTreeSet<NoteAddress>) -> (Vec<Entry>, GraphBuilder) {
    let stays = |entry: &Entry| matches!(&entry.state, State::Kept(address) if !touched.contains(address));
    let (staying, others): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(stays);
    let staying: FxHashSet<&str> = staying.iter().map(|entry| entry.file.name.as_str()).collect();
    (others, GraphBuilder::of_notes(base, |path| staying.contains(path)))
}

/// What is settled before notes are linked.
struct Settled<'a> {
    roots: Roots,
    overrides_id: String,
    extractor: &'a LazyExtractor<'a>,
    /// The last commit, where its discoveries and claims still hold.
    reusable: Option<&'a Commit>,
    /// The notes of the last commit, by path.
    stored: &'a [StoredNote],
}

fn count(report: &mut IngestReport, graph: &KnowledgeGraph) {
    report.concepts = graph.class_nodes(NodeClass::Concept).count();
    report.relations = graph.relation_count();
}
