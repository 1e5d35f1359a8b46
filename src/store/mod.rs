//! Notes on disk → the index on disk, and back: the only room that reads folders.
//!
//! - `ingest(roots, index, options, progress) -> Result<IngestReport, StoreError>` adds or updates
//!   roots (none named: all the index lists) in one commit; `forget(root, index, options, progress)` drops one.
//! - `decide(root, decision)` writes a line into a root's `quipu.toml`.
//! - `Index::open(dir) -> Result<Index, StoreError>` opens the last commit for reading:
//!   `graph() -> &Arc<KnowledgeGraph>`, `search(text, limit) -> Result<Hits, SearchError>`, `lexicon()`, `roots()`,
//!   `notices()`, `locate(path) -> Option<PathBuf>`, `text(path) -> Result<Option<String>, StoreError>`,
//!   `facts(|meta, claims|)` over all notes in path order, `check()`.

mod error;
mod report;

pub use error::StoreError;
pub use report::{IngestOptions, IngestReport, NoteWarning, Progress, Skipped, Stage};
