//! The graph as a page or a program looks at it: a concept, what lies around it, a note, a part of the graph.
//!
//! In: names and limits. Out: plain values that serialise. Everything is ordered, so that the same index gives the
//! same answers; nodes and relationships have ids made of names, which survive updates.

mod answered;
mod complete;
mod concept;
mod element;
mod neighbours;
mod note;
mod overview;
mod part;

pub use complete::{Completion, Match};
pub use concept::{AliasName, ConceptDetail, NoteRow, RelationGroup, RelationItem};
pub use element::{node_id, relationship_id};
pub use neighbours::{Neighbours, Wanted};
pub use note::{Mark, NotePage, Window};
pub use overview::{Counted, Counts, Overview, Schema, TypeCount};
pub(super) use part::note_row;
pub use part::{GraphPart, PartEdge, PartNode, PartNote, Size};
