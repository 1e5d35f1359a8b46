//! Notes on disk → the index on disk, and back: the only room that reads folders, and buckets where `cloud` is on.
//!
//! [`ingest`] walks the roots, reads what changed, has it extracted, and makes full text, graph and
//! lexicon visible in one commit; [`forget`] drops a root; [`decide`] writes into a root's
//! `quipu.toml`; [`build_facts`] makes an index of facts instead of notes. [`Index`] is the last
//! commit, opened for reading.

mod attempt;
mod commit;
#[cfg(test)]
mod crash_tests;
mod decide;
mod documents;
mod error;
mod facts;
mod folder;
mod index;
mod ingest;
mod linking;
mod names;
mod notes;
mod overrides;
mod packed;
mod reading;
mod record;
mod report;
mod roots;
mod scan;
mod snapshot;
mod source;
mod stamp;
#[cfg(test)]
mod tests;
mod walk;
#[cfg(feature = "watch")]
mod watch;

pub(crate) use commit::{content_id, extraction};
pub use decide::{Decided, decide};
pub use documents::Documents;
pub(crate) use documents::READ_DOCUMENT;
pub use error::StoreError;
pub use facts::build_facts;
pub use index::Index;
pub use ingest::{OnProgress, forget, ingest};
pub use notes::notes;
pub use report::{FactsReport, IngestOptions, IngestReport, NoteWarning, Progress, Skipped, Stage};
pub use roots::Root;
pub use source::Fetcher;
#[cfg(feature = "watch")]
pub use watch::Watch;
