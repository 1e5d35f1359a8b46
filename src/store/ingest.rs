//! Brings an index up to date with its roots, in one commit.
//!
//! In: roots, the folder of the index. Out: an [`IngestReport`]; on disk, the index as if it had been
//! built anew from the notes that are there now, byte for byte in its graph.
//!
//! Notes whose content is the same keep their discovery. The lexicon is settled over all notes; what
//! changed in it names, through the index of surface words, the notes that are linked again. Notes
//! that quipu cannot read or that make it fail are named in the report and stay out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::commit::{Commit, Manifest, content_id};
use super::folder::{IndexFolder, Kept};
use super::linking::Link;
use super::record::Record;
use super::roots::Roots;
use super::scan::{Entry, Scan, State};
use super::walk::walk;
use super::{IngestOptions, IngestReport, NoteWarning, Progress, Stage, StoreError};
use crate::config::{self, Overrides};
use crate::extract::{Discovery, Extractor, Kind, Lexicon};
use crate::graph::{GraphBuilder, KnowledgeGraph, NodeClass};
use crate::search::{Disk, NoteAddress, StoredNote, Writer};

/// How often an ingest starts anew because a note changed under it.
const TRIES: usize = 3;
/// Names changed in the lexicon beyond which all notes are linked again without asking which.
const MANY_CHANGES: usize = 2_000;
/// The stack of a thread that reads notes.
const STACK: usize = 16 << 20;

/// What hears of the progress; called from several threads.
pub type OnProgress<'a> = &'a (dyn Fn(Progress) + Sync);

/// Adds or updates `roots`, or all roots the index lists where none is named, in the index at `index`.
///
/// # Errors
///
/// [`StoreError::Busy`] while another process writes; others as they are named. After an error the
/// index is as it was.
pub fn ingest(
    roots: &[PathBuf],
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    ingest_on(&Disk::default(), roots, index, options, progress)
}

/// As [`ingest`], on a disk that may be a test's.
pub(super) fn ingest_on(
    disk: &Disk,
    roots: &[PathBuf],
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    let ingest = Ingest { disk, index, options, progress, choose: &|known: &Roots| known.with(roots) };
    ingest.run()
}

/// Drops a root, named by its path or its name, and its notes from the index.
///
/// # Errors
///
/// [`StoreError::UnknownRoot`] where the index does not list it; others as for [`ingest`].
pub fn forget(
    root: &Path,
    index: &Path,
    options: &IngestOptions,
    progress: OnProgress<'_>,
) -> Result<IngestReport, StoreError> {
    IndexFolder::open(index)?;
    let disk = &Disk::default();
    let ingest = Ingest { disk, index, options, progress, choose: &|known: &Roots| known.without(root) };
    ingest.run()
}

/// An extractor that is compiled when the first note needs it.
pub(super) struct LazyExtractor<'a> {
    overrides: &'a Overrides,
    compiled: OnceLock<Extractor>,
}

impl LazyExtractor<'_> {
    pub(super) fn get(&self) -> &Extractor {
        self.compiled.get_or_init(|| Extractor::new(self.overrides))
    }
}

/// One call.
struct Ingest<'a> {
    disk: &'a Disk,
    index: &'a Path,
    options: &'a IngestOptions,
    progress: OnProgress<'a>,
    /// From the roots the index lists to those it is to hold.
    choose: &'a (dyn Fn(&Roots) -> Result<Roots, StoreError> + Sync),
}

/// What there was before.
struct Before {
    commit: Option<Commit>,
    roots: Roots,
    notices: Vec<String>,
}

impl Ingest<'_> {
    fn run(&self) -> Result<IngestReport, StoreError> {
        if !IndexFolder::is_at(self.index) {
            let roots = (self.choose)(&Roots::default())?;
            if roots.all().is_empty() {
                return Err(StoreError::NoRoots);
            }
        }
        let folder = IndexFolder::create(self.index, self.disk)?;
        let _lock = folder.lock()?;
        let threads = if self.options.threads == 0 {
            std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
        } else {
            self.options.threads
        };
        let pool = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
        let pool = pool.map_err(|error| folder.io("start threads for", self.index, std::io::Error::other(error)))?;
        let mut before = self.before(&folder)?;
        let mut tries = 0;
        loop {
            tries += 1;
            let attempt = Attempt { ingest: self, folder: &folder, pool: &pool, threads, before: &before };
            match attempt.run() {
                Err(StoreError::Restless { .. }) if tries < TRIES => {}
                Err(StoreError::Damaged { message, .. }) if before.commit.is_some() => {
                    before.notices.push(format!("the index was damaged ({message}) and is built anew"));
                    before.commit = None;
                }
                done => return done,
            }
        }
    }

    /// Opens the last commit. One that cannot be read is put aside, for a new one to take its place.
    fn before(&self, folder: &IndexFolder) -> Result<Before, StoreError> {
        let (commit, notice) = match Commit::open(folder) {
            Ok(commit) => (commit, None),
            Err(error @ (StoreError::Damaged { .. } | StoreError::OtherVersion { .. })) => {
                (None, Some(format!("{error}; it is built anew")))
            }
            Err(error) => return Err(error),
        };
        let roots =
            commit.as_ref().map_or_else(|| Manifest::salvage_roots(folder), |commit| commit.manifest.roots.clone());
        if notice.is_some() {
            if (self.choose)(&roots)?.all().is_empty() {
                return Err(StoreError::NoRoots);
            }
            folder.discard_text()?;
        }
        Ok(Before { commit, roots, notices: notice.into_iter().collect() })
    }
}

/// One pass over all notes.
struct Attempt<'a> {
    ingest: &'a Ingest<'a>,
    folder: &'a IndexFolder,
    pool: &'a ThreadPool,
    threads: usize,
    before: &'a Before,
}

impl Attempt<'_> {
    fn run(&self) -> Result<IngestReport, StoreError> {
        let roots = (self.ingest.choose)(&self.before.roots)?;
        let overrides = read_overrides(&roots)?;
        let overrides_id = content_id(&postcard::to_stdvec(&overrides).expect("overrides hold only text"));
        let last = self.before.commit.as_ref();
        let stored = last.map_or_else(|| Ok(Vec::new()), |commit| commit.searcher.notes())?;
        let reusable =
            last.filter(|commit| commit.manifest.is_of_this_code() && commit.manifest.overrides == overrides_id);
        self.tell(Stage::Walk);
        let found = walk(&roots, self.ingest.options.note_size);
        let extractor = LazyExtractor { overrides: &overrides, compiled: OnceLock::new() };
        let scan = Scan {
            extractor: &extractor,
            stored: &stored,
            reuse: reusable.is_some(),
            options: self.ingest.options,
            progress: self.ingest.progress,
        };
        let (entries, mut skipped) = self.pool.install(|| scan.run(found.notes));
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
        commit.lexicon(self.folder)?;
        commit.whole_graph(self.folder)
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
        let lexicon = match self.same_lexicon(&entries, &settled)? {
            Some(lexicon) => lexicon,
            None => self.pool.install(|| self.resolve(&entries, &settled))?,
        };
        let touched = self.touched(&lexicon, &settled)?;
        let memory = self.ingest.options.memory / 4;
        let writer = Writer::open_on(self.folder.disk(), &self.folder.text(), self.threads, memory)?;
        if self.before.commit.is_none() {
            writer.clear()?;
        }
        for path in &report.deleted {
            writer.delete(path);
        }
        let mut builder = GraphBuilder::default();
        lexicon.concepts().iter().for_each(|concept| builder.concept(concept));
        let builder = Mutex::new(builder);
        let link = Link {
            linker: &lexicon.linker(),
            graph: &builder,
            writer: &writer,
            last: settled.reusable,
            touched: &touched,
            note_size: self.ingest.options.note_size,
            progress: self.ingest.progress,
            folder: self.folder,
        };
        let linked = self.pool.install(|| link.run(entries))?;
        self.tell(Stage::Build);
        let (graph, _) = builder.into_inner().unwrap_or_else(PoisonError::into_inner).finish();
        report.relinked = linked.iter().filter(|note| note.relinked).count();
        report.warnings.extend(linked.into_iter().filter_map(|note| note.warning));
        report.warnings.sort_by(|a, b| (&a.path, a.warning.line).cmp(&(&b.path, b.warning.line)));
        self.tell(Stage::Commit);
        self.commit(&graph, &lexicon, settled, writer)?;
        count(&mut report, &graph);
        report.committed = true;
        Ok(report)
    }

    /// The last lexicon, where the notes are the same ones and those that changed introduce what they did before.
    fn same_lexicon(&self, entries: &[Entry], settled: &Settled<'_>) -> Result<Option<Lexicon>, StoreError> {
        let Some(commit) = settled.reusable.filter(|_| entries.len() == settled.stored.len()) else { return Ok(None) };
        for entry in entries {
            let State::Fresh(fresh) = &entry.state else { continue };
            let place = settled.stored.binary_search_by(|note| (*note.path).cmp(entry.file.name.as_str()));
            let Ok(place) = place else { return Ok(None) };
            let before = Record::from_bytes(commit.searcher.record(settled.stored[place].address)?).discovery();
            if before.as_ref() != Some(&fresh.discovery) {
                return Ok(None);
            }
        }
        Ok(commit.lexicon(self.folder))
    }

    /// The lexicon over all notes.
    fn resolve(&self, entries: &[Entry], settled: &Settled<'_>) -> Result<Lexicon, StoreError> {
        let kept = |address: NoteAddress| -> Result<Discovery, StoreError> {
            let commit = settled.reusable.expect("a note is kept only where the last commit is");
            let record = Record::from_bytes(commit.searcher.record(address)?);
            record.discovery().ok_or_else(|| damaged(self.folder))
        };
        let kept: Vec<Option<Discovery>> = entries
            .par_iter()
            .map(|entry| match entry.state {
                State::Kept(address) => kept(address).map(Some),
                State::Fresh(_) => Ok(None),
            })
            .collect::<Result<_, _>>()?;
        let all = entries.iter().zip(&kept).filter_map(|(entry, kept)| match &entry.state {
            State::Fresh(fresh) => Some(&fresh.discovery),
            State::Kept(_) => kept.as_ref(),
        });
        Ok(settled.extractor.get().resolve(all))
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
            touched.extend(commit.searcher.holding(words)?);
        }
        Ok(Some(touched))
    }

    fn commit(
        &self,
        graph: &KnowledgeGraph,
        lexicon: &Lexicon,
        settled: Settled<'_>,
        writer: Writer,
    ) -> Result<(), StoreError> {
        let lexicon = postcard::to_stdvec(lexicon).expect("a lexicon holds only text and numbers");
        let manifest = Manifest::new(graph.content_id(), content_id(&lexicon), settled.overrides_id, settled.roots);
        let last = self.before.commit.as_ref();
        if !last.is_some_and(|last| last.manifest.graph == manifest.graph && last.whole_graph(self.folder).is_some()) {
            self.folder.write(Kept::Graph, &manifest.graph, graph.to_bytes())?;
        }
        if !last.is_some_and(|last| last.manifest.lexicon == manifest.lexicon && last.lexicon(self.folder).is_some()) {
            self.folder.write(Kept::Lexicon, &manifest.lexicon, &lexicon)?;
        }
        writer.commit(&manifest.to_json())?;
        self.folder.tidy(&manifest.files(self.folder));
        Ok(())
    }

    fn tell(&self, stage: Stage) {
        (self.ingest.progress)(Progress { stage, done: 0, total: 0 });
    }
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

/// The decisions in the `quipu.toml` of all roots.
fn read_overrides(roots: &Roots) -> Result<Overrides, StoreError> {
    let mut overrides = Overrides::default();
    for root in roots.all() {
        let path = root.path.join(config::FILE_NAME);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                continue;
            }
            Err(source) => return Err(StoreError::Io { action: "read", path, source }),
        };
        let own = Overrides::parse(&text, |name| Kind::named(name).is_some());
        overrides.merge(own.map_err(|error| StoreError::Config { path, error })?);
    }
    Ok(overrides)
}

/// The error for a record that cannot be read.
pub(super) fn damaged(folder: &IndexFolder) -> StoreError {
    StoreError::Damaged { path: folder.path().to_owned(), message: "what it keeps of a note cannot be read".to_owned() }
}
