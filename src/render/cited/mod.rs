//! Answers for people, each with the lines of the notes that say so.
//!
//! In: the plain structs of `model`, which the session fills (they also serialise, for `--json`).
//! Out: pages for a terminal of any width, or plain lines for a pipe.

mod acceptance;
mod annotation;
mod built;
mod card;
mod diff;
mod evidence;
mod hits;
mod lint;
mod model;
mod path;
mod report;
mod stats;

pub use acceptance::{Acceptance, JoinedName, ScoredName, ScoredNote, ScoredSignal, concept_acceptance};
pub use annotation::{AnnotatedLine, Annotation, Mark, NotedConcept, NotedRelation, WrittenName, annotated_note};
pub use built::facts_report;
pub use card::concept_card;
pub use diff::graph_diff;
pub use evidence::relation_evidence;
pub use hits::search_hits;
pub use lint::lint_findings;
pub use model::{
    CardNote, CardRelation, Citation, CitedHop, CitedPath, CitedRelation, ConceptCard, ConceptChange, Direction,
    GraphDiff, LintFinding, NamedConcept, Renamed, SearchHit, Severity, StatsTable,
};
pub use path::{cited_paths, cited_relations};
pub use report::ingest_report;
pub(crate) use stats::grouped;
pub use stats::stats_tables;
