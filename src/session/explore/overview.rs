//! What an index holds, for pages and programs: counts, and the names that filters and statements use.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Serialize;

use crate::extract::RelationType;
use crate::graph::{NodeClass, Property};
use crate::query::question::FORMS;
use crate::session::{Session, stats};

/// What an index holds, and where its notes are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Overview {
    /// The folders of notes.
    pub roots: Vec<PathBuf>,
    /// What there is of each.
    pub counts: Counts,
    /// What the index has to tell about itself.
    pub notices: Vec<String>,
}

/// Counts of an index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Notes.
    pub notes: usize,
    /// Concepts.
    pub concepts: usize,
    /// Relations between concepts.
    pub relations: usize,
    /// Places that say so.
    pub evidence: u64,
    /// Sections of notes.
    pub sections: usize,
    /// Tags.
    pub tags: usize,
}

/// Something with how often there is of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// Its name.
    pub name: String,
    /// How many.
    pub count: u64,
}

/// A type of relations.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct TypeCount {
    /// Its name.
    pub name: String,
    /// How many relations.
    pub count: u64,
    /// Whether ends may be swapped.
    pub symmetric: bool,
}

/// The names that filters and statements use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Schema {
    /// Kinds of concepts, the most frequent first. Each is a label, too.
    pub kinds: Vec<Counted>,
    /// Types of relations between concepts, the most frequent first.
    pub types: Vec<TypeCount>,
    /// Types that tie notes to what they hold.
    pub bookkeeping: Vec<Counted>,
    /// Folders with the notes that lie in each, by name.
    pub folders: Vec<Counted>,
    /// Tags with the notes that have each, the most frequent first.
    pub tags: Vec<Counted>,
    /// Property keys by what has them.
    pub properties: BTreeMap<&'static str, Vec<String>>,
    /// Questions that are understood, with what each asks for.
    pub questions: Vec<(&'static str, &'static str)>,
}

impl Session {
    /// What the index holds.
    #[must_use]
    pub fn overview(&self) -> Overview {
        let graph = self.graph();
        let count = |class| graph.class_nodes(class).count();
        Overview {
            roots: self.roots(),
            counts: Counts {
                notes: count(NodeClass::Note),
                concepts: count(NodeClass::Concept),
                relations: graph.relation_count(),
                evidence: graph.evidence_total(),
                sections: count(NodeClass::Section),
                tags: count(NodeClass::Tag),
            },
            notices: self.notices().to_vec(),
        }
    }

    /// The names that filters and statements use. They are gathered once.
    #[must_use]
    pub fn names(&self) -> &Schema {
        self.names.get_or_init(|| self.gather_names())
    }

    fn gather_names(&self) -> Schema {
        let graph = self.graph();
        let types = stats::types(graph).into_iter().map(|(name, count)| {
            let symmetric = RelationType::named(&name).is_symmetric();
            TypeCount { name, count, symmetric }
        });
        let keys = |class| stats::keys(graph, class).into_iter().map(|(key, _)| key).collect();
        let relation = stats::relation_keys(graph).into_iter().map(|(key, _)| key).collect();
        Schema {
            kinds: counted(stats::kinds(graph)),
            types: types.collect(),
            bookkeeping: counted(stats::bookkeeping(graph)),
            folders: self.folders(),
            tags: self.tags(),
            properties: BTreeMap::from([
                ("Concept", keys(NodeClass::Concept)),
                ("Note", keys(NodeClass::Note)),
                ("relation", relation),
            ]),
            questions: FORMS.iter().map(|form| (form.form, form.answers)).collect(),
        }
    }

    fn folders(&self) -> Vec<Counted> {
        let graph = self.graph();
        let mut folders: BTreeMap<String, u64> = BTreeMap::new();
        for note in graph.class_nodes(NodeClass::Note) {
            if let Some(Property::Text(folder)) = graph.property(note, "folder") {
                *folders.entry(folder.into_owned()).or_default() += 1;
            }
        }
        counted(folders.into_iter().collect())
    }

    fn tags(&self) -> Vec<Counted> {
        let graph = self.graph();
        let tagged = graph.type_id("TAGGED");
        let tags = graph.class_nodes(NodeClass::Tag);
        let count = |tag| (graph.name(tag).to_string(), graph.in_degree(tag, tagged) as u64);
        counted(stats::most_first(tags.map(count).collect()))
    }
}

fn counted(rows: Vec<(String, u64)>) -> Vec<Counted> {
    rows.into_iter().map(|(name, count)| Counted { name, count }).collect()
}
