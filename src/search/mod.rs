//! Full text over notes: words in, places in notes out. tantivy lives here and nowhere else.
//!
//! A [`Writer`] takes [`Document`]s and makes them visible in one commit; a [`Searcher`] answers
//! over one commit, and also keeps, for the store, a record with each note.

mod analyzer;
mod compile;
mod directory;
mod disk;
mod error;
mod excluded;
#[cfg(test)]
mod faults;
mod hit;
mod lexer;
mod request;
mod schema;
mod searcher;
mod snippet;
mod statistics;
mod stored;
mod writer;

pub(crate) use disk::{Disk, private};
pub use error::SearchError;
#[cfg(test)]
pub(crate) use faults::{Fault, Faults};
pub use hit::{Hit, Hits};
pub use searcher::{NoteAddress, Searcher, StoredNote};
pub use writer::{Document, Prepared, Writer};
