//! The maps and the reduce of an ingest as streams of JSON lines, for engines that spread them over many machines.
//!
//! ```text
//! folders ──pack──→ notes
//! notes ──discover──→ what each introduces ──resolve──→ lexicon
//! notes + lexicon ──extract──→ facts ──build --facts──→ index
//! ```
//!
//! Notes come as `{"note":"a.md","text":"…"}`, or with `base64` in the place of `text` where the bytes are no UTF-8, or with
//! `uri` (and `etag` and `size`, to be held against), which are read where they lie if the [`Intake`] has a fetcher.
//! [`discover`] and [`extract`] look at one note at a time and keep nothing of it, so their output is a function of the
//! note, its path and the lexicon: any engine may cut the notes into parts, in any order, and try a part again. A note
//! that cannot be read gives an `error` row. The last row of a stream is the `end`: how many rows there were and of which
//! code, so that what reads streams sees one that was cut and refuses a mix. The lexicon is a stream of facts itself: its
//! concept rows are those that `build` needs.

mod discover;
mod error;
mod extract;
mod lexicon_file;
mod notes;
mod pack;
mod resolve;
mod row;

pub use discover::discover;
pub use error::StageError;
pub use extract::extract;
pub use lexicon_file::LexiconFile;
pub use notes::Intake;
pub use pack::{Packed, pack};
pub use resolve::resolve;
pub use row::{End, Stamp};
