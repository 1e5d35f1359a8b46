//! Full text over notes: words in, places in notes out. tantivy lives here and nowhere else.

mod error;
mod hit;

pub use error::SearchError;
pub use hit::{Hit, Hits};
