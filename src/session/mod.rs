//! The only door for the surfaces: opens an index, answers questions about it, brings it up to date.
//!
//! In: folders, names, questions, statements. Out: plain values that `render` draws. Names are
//! resolved here, so that no surface guesses; paths are shown as they open from the working folder.

mod acceptance;
mod annotate;
mod card;
mod cite;
mod diff;
mod error;
pub mod explore;
mod export;
mod found;
mod interrupt;
mod lines;
mod lint;
mod live;
mod name;
mod note;
mod page;
mod reply;
mod run;
mod same;
pub mod script;
pub mod stage;
mod stats;
mod update;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use card::CardLimits;
pub use diff::Current;
pub use error::SessionError;
pub use export::{Exported, GraphFormat, Part, PictureError};
pub use found::{Found, Related};
pub use interrupt::Interrupt;
pub use lines::FactLines;
pub use lint::Check;
pub use live::{Live, Names, Snapshot};
pub use name::NameError;
pub use note::NoteText;
pub use reply::{Comparison, Definition, NoteMentions, Page, Reply};
pub use run::{QueryOptions, literal};
pub use same::Sameness;
pub use update::{build_facts, decide, forget, ingest};
pub use watch::Changes;

use crate::graph::{KnowledgeGraph, NodeId};
use crate::query::question::{self, Question};
use crate::query::{Answer, Engine, Value};
use crate::render::cited::{CitedRelation, ConceptCard, LintFinding, SearchHit, StatsTable};
use crate::store::{Index, StoreError};
use crate::text::{LineNumber, Lines, Span};
use cite::Citer;

/// Hits of a search inside a question.
const SEARCHED: usize = 10;

/// Lines quoted of each note that mentions a concept.
const QUOTED: usize = 3;

/// An opened index. It keeps the commit it opened.
pub struct Session {
    index: Index,
    engine: Engine,
    /// Where paths are shown from; nowhere when notes are called by their names in the index.
    here: Option<PathBuf>,
    places: OnceLock<Vec<crate::graph::layout::Place>>,
    names: OnceLock<explore::Schema>,
}

impl Session {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    ///
    /// When there is none, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self, SessionError> {
        let here = Some(std::env::current_dir().unwrap_or_default());
        let index = Index::open(folder)?;
        Ok(Self { engine: run::engine(&index), index, here, places: OnceLock::new(), names: OnceLock::new() })
    }

    /// The same session for others than the one at this terminal: it calls notes by their names in the index wherever
    /// it would show a path, and hides what looks like a secret in the words it quotes.
    #[must_use]
    pub fn by_name(mut self) -> Self {
        self.here = None;
        self
    }

    /// What the index has to tell about itself, such as that its graph was rebuilt in memory.
    #[must_use]
    pub fn notices(&self) -> &[String] {
        self.index.notices()
    }

    /// The graph, for completion and highlighting.
    #[must_use]
    pub const fn graph(&self) -> &KnowledgeGraph {
        self.index.graph()
    }

    /// Answers a question.
    ///
    /// # Errors
    ///
    /// When it has no known form, names an unknown or ambiguous concept, or its statement fails.
    pub fn ask(&self, question: &str, options: &QueryOptions) -> Result<Reply, SessionError> {
        let readings = match question::readings(question, self.limits()) {
            Ok(readings) => readings,
            Err(error) => vec![self.bare_name(question).ok_or(error)?],
        };
        let (question, concepts) = name::settle(self.graph(), readings)?;
        let cypher = question.cypher(&name::names(self.graph(), &concepts));
        if let Question::Search { text } = &question {
            let found = self.search(&text.text, SEARCHED)?;
            return Ok(Reply { cypher, answer: Answer::default(), page: Page::Hits(found) });
        }
        let mut answer = self.query(&cypher, options)?;
        self.locate_all(&mut answer);
        let locate = |path: &str| self.locate(path);
        let page = match (&question, concepts.as_slice()) {
            (Question::Mentions { .. }, [concept]) => Page::Mentions(self.mentions(*concept)),
            _ => self.citer(&locate).page(&question, &concepts, &answer),
        };
        Ok(Reply { cypher, answer, page })
    }

    /// The statement a question becomes.
    ///
    /// # Errors
    ///
    /// As [`Session::ask`].
    pub fn cypher(&self, question: &str) -> Result<String, SessionError> {
        let (question, concepts) = name::settle(self.graph(), question::readings(question, self.limits())?)?;
        Ok(question.cypher(&name::names(self.graph(), &concepts)))
    }

    /// A question that is nothing but a known name asks what that is.
    fn bare_name(&self, question: &str) -> Option<Question> {
        let text = question.trim().trim_end_matches(['?', '!', '.', ';']).trim_end();
        let start = question.find(text)?;
        name::concept(self.graph(), text).ok()?;
        let concept = question::Spoken { text: text.to_string(), span: Span::new(start, start + text.len()) };
        Some(Question::Describe { concept })
    }

    /// Finds notes by their words.
    ///
    /// # Errors
    ///
    /// When the search text is malformed, or the index cannot be read.
    pub fn search(&self, text: &str, limit: usize) -> Result<Found, SessionError> {
        let found = self.index.search_within(text, limit, self.limits())?;
        let hit = |hit: crate::search::Hit| SearchHit {
            path: self.locate(&hit.path),
            title: hit.title,
            line: hit.line.get(),
            score: hit.score,
            snippet: hit.snippet,
            highlights: hit.highlights,
        };
        Ok(Found { hits: found.hits.into_iter().map(hit).collect(), total: found.total, relaxed: found.relaxed })
    }

    /// The best ways from one concept to another, at most `k`.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous.
    pub fn paths(&self, from: &str, to: &str, k: u32, options: &QueryOptions) -> Result<Reply, SessionError> {
        let graph = self.graph();
        let (from, to) = (name::concept(graph, from)?, name::concept(graph, to)?);
        let cypher = format!(
            "CALL paths({}, {}, {k}) YIELD path RETURN path",
            question::quoted(graph.name(from)),
            question::quoted(graph.name(to))
        );
        let answer = self.query(&cypher, options)?;
        let locate = |path: &str| self.locate(path);
        let page = Page::Paths(self.citer(&locate).paths(&answer));
        Ok(Reply { cypher, answer, page })
    }

    /// Every relation between two concepts, with all places that say so.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous.
    pub fn why(&self, one: &str, other: &str) -> Result<Vec<CitedRelation>, SessionError> {
        let graph = self.graph();
        let (one, other) = (name::concept(graph, one)?, name::concept(graph, other)?);
        let locate = |path: &str| self.locate(path);
        let citer = self.citer(&locate);
        let joins = |id: &crate::graph::RelationshipId| {
            let ends = graph.relationship(*id).map(|found| (found.start, found.end));
            ends.is_some_and(|ends| ends == (one, other) || ends == (other, one))
        };
        let ids = citer.relation_ids(one).into_iter().filter(joins);
        Ok(ids.filter_map(|id| citer.relation(id, usize::MAX)).collect())
    }

    /// All that is known of a concept.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous.
    pub fn show(&self, name: &str, limits: CardLimits) -> Result<ConceptCard, SessionError> {
        let concept = name::concept(self.graph(), name)?;
        let locate = |path: &str| self.locate(path);
        Ok(self.citer(&locate).card(concept, limits))
    }

    /// The concepts in any relation to one, those most trusted and most often named first.
    ///
    /// # Errors
    ///
    /// When the name is unknown or ambiguous.
    pub fn related(&self, name: &str, limit: usize) -> Result<Vec<Related>, SessionError> {
        let concept = name::concept(self.graph(), name)?;
        let locate = |path: &str| self.locate(path);
        let mut related = self.citer(&locate).related(concept);
        related.truncate(limit);
        Ok(related)
    }

    /// Why two names mean one concept, or what keeps them apart.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous.
    pub fn why_same(&self, one: &str, other: &str) -> Result<Sameness, SessionError> {
        let locate = |path: &str| self.locate(path);
        Ok(self.citer(&locate).sameness(one, other)?)
    }

    /// What `lint` finds, by `checks`.
    ///
    /// # Errors
    ///
    /// When the notes in the index cannot be read.
    pub fn lint(&self, checks: &[Check]) -> Result<Vec<LintFinding>, SessionError> {
        let checked = self.index.facts()?.map(|fact| {
            let (meta, _) = fact?;
            let text = self.index.text(&meta.path)?;
            Ok(lint::Checked { meta, text })
        });
        let checked: Vec<lint::Checked> = checked.collect::<Result<_, StoreError>>()?;
        let locate = |path: &str| self.locate(path);
        Ok(lint::lint(self.citer(&locate), &checked, checks))
    }

    /// What the index holds, in numbers.
    #[must_use]
    pub fn stats(&self) -> Vec<StatsTable> {
        stats::stats(self.graph())
    }

    /// Labels, types and properties, with how many there are.
    #[must_use]
    pub fn schema(&self) -> Vec<StatsTable> {
        stats::schema(self.graph())
    }

    /// Where the facts lay that the index was built from; `None` where it holds notes.
    #[must_use]
    pub fn built_from(&self) -> Option<&str> {
        self.index.built_from()
    }

    /// What is damaged in the index; nothing where all is well.
    #[must_use]
    pub fn check(&self) -> Vec<String> {
        self.index.check()
    }

    /// The folders of notes that the index holds.
    #[must_use]
    pub fn roots(&self) -> Vec<PathBuf> {
        self.index.roots().iter().map(|root| root.path.clone()).collect()
    }

    /// The notes that mention a concept, with their first lines that do.
    fn mentions(&self, concept: NodeId) -> Vec<NoteMentions> {
        let locate = |path: &str| self.locate(path);
        let citer = self.citer(&locate);
        let mut found = citer.mentions(concept, QUOTED);
        for (path, mentions) in &mut found {
            let text = self.index.text(path).ok().flatten().unwrap_or_default();
            let lines = Lines::new(&text);
            for quote in &mut mentions.quotes {
                let line = LineNumber::from_index(quote.line.saturating_sub(1) as usize);
                quote.quote = citer.words(&crate::text::fold_spaces(lines.span(&text, line).of(&text)));
            }
        }
        found.into_iter().map(|(_, mentions)| mentions).collect()
    }

    /// A note's name in the index as a path that opens from the working folder.
    #[must_use]
    pub fn locate(&self, path: &str) -> String {
        match (&self.here, self.index.locate(path)) {
            (Some(here), Some(full)) => cite::from_here(&full, here).display().to_string(),
            _ => path.to_string(),
        }
    }

    /// Turns the places in the rows of a question into such as open from the working folder.
    fn locate_all(&self, answer: &mut Answer) {
        let columns = answer.columns.iter().map(|name| ["place", "note", "evidence"].contains(&name.as_str()));
        let columns: Vec<bool> = columns.collect();
        let cells = answer.rows.iter_mut().flat_map(|row| row.iter_mut().zip(&columns));
        for (value, _) in cells.filter(|(_, is_place)| **is_place) {
            *value = self.located(value);
        }
    }

    fn located(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => {
                let (path, line) = text.rsplit_once(':').filter(|(_, line)| line.parse::<u32>().is_ok()).unzip();
                let located = self.locate(path.unwrap_or(text));
                Value::String(line.map_or(located.clone(), |line| format!("{located}:{line}")).into())
            }
            Value::List(list) => Value::list(list.iter().map(|item| self.located(&item))),
            other => other.clone(),
        }
    }

    fn citer<'a>(&'a self, locate: &'a dyn Fn(&str) -> String) -> Citer<'a> {
        Citer { graph: self.graph(), locate, masks: self.here.is_none() }
    }
}
