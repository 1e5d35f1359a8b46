//! A part of the graph with all that a page tells of it, to stand inside one file.
//!
//! In: which part. Out: plain values that refer to each other by position. Notes are called by their names
//! in the index, only lines near a cited one come along, and what looks like a secret is hidden: the file
//! may go to others.

mod notes;
mod overview;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Part, QueryOptions, Session, SessionError, name};
use crate::extract::RelationType;
use crate::graph::{Evidence, MentionPlace, NodeClass, NodeId, RelationshipId};
use crate::text::secret::mask;
use notes::PageNote;
use overview::PageOverview;

/// Concepts that a page holds; with more, those with the most relations.
const CONCEPTS: usize = 20_000;
/// Places told of one relation.
const PLACES: usize = 10;
/// Definitions told of one concept.
const DEFINITIONS: usize = 5;
/// Notes told of one concept.
const NOTES: usize = 20;
/// Lines told of one note that mentions a concept.
const LINES: usize = 12;

/// What a page holds.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page {
    overview: PageOverview,
    total_nodes: usize,
    total_edges: usize,
    nodes: Vec<PageNode>,
    edges: Vec<PageEdge>,
    notes: Vec<PageNote>,
}

/// Note, line, column, words, rule, trust in thousandths.
type Quote = (usize, u32, u32, String, String, u16);

#[derive(Clone, Debug, Serialize)]
struct PageNode {
    name: String,
    kind: String,
    degree: usize,
    x: i32,
    y: i32,
    reason: String,
    aliases: Vec<PageAlias>,
    definitions: Vec<Quote>,
    mentions: usize,
    /// Note, mentions, first lines.
    notes: Vec<(usize, usize, Vec<u32>)>,
    more_notes: usize,
}

#[derive(Clone, Debug, Serialize)]
struct PageAlias {
    name: String,
    rule: String,
}

#[derive(Clone, Debug, Serialize)]
struct PageEdge {
    from: usize,
    to: usize,
    #[serde(rename = "type")]
    relation_type: String,
    symmetric: bool,
    confidence: u16,
    support: u64,
    evidence: Vec<Quote>,
}

/// The positions of concepts and notes in the page.
struct Positions {
    concepts: BTreeMap<NodeId, usize>,
    notes: BTreeMap<NodeId, usize>,
}

impl Session {
    /// A part of the graph for a page of its own.
    ///
    /// # Errors
    ///
    /// When a name is unknown or ambiguous, a statement fails, or the index is damaged.
    pub(super) fn page(&self, part: &Part) -> Result<Page, SessionError> {
        let (concepts, relations, start) = self.page_part(part)?;
        let (total_nodes, total_edges) = (concepts.len(), relations.len());
        let concepts = self.strongest(concepts, start);
        let kept = |id: &RelationshipId| {
            self.graph()
                .relationship(*id)
                .is_some_and(|found| concepts.contains(&found.start) && concepts.contains(&found.end))
        };
        let relations: Vec<RelationshipId> = relations.into_iter().filter(kept).collect();
        let cited = self.cited_notes(&concepts, &relations);
        let at = Positions {
            concepts: concepts.iter().copied().zip(0..).collect(),
            notes: cited.keys().copied().zip(0..).collect(),
        };
        let mut nodes: Vec<PageNode> = concepts.iter().map(|concept| self.page_node(*concept, &at)).collect();
        unique(&mut nodes);
        let edges: Vec<PageEdge> = relations.iter().filter_map(|id| self.page_edge(*id, &at)).collect();
        let notes = cited.iter().map(|(note, lines)| self.page_note(*note, lines, &at.concepts));
        let notes = notes.collect::<Result<Vec<_>, _>>()?;
        let start = start.and_then(|start| at.concepts.get(&start).copied());
        Ok(Page {
            overview: overview::overview(&nodes, &edges, &notes, start),
            total_nodes,
            total_edges,
            nodes,
            edges,
            notes,
        })
    }

    /// The concepts and relations of a part, and the concept that it is about.
    #[expect(clippy::type_complexity, reason = "three lists that are taken apart at once")]
    fn page_part(
        &self,
        part: &Part,
    ) -> Result<(BTreeSet<NodeId>, BTreeSet<RelationshipId>, Option<NodeId>), SessionError> {
        let graph = self.graph();
        let (nodes, relationships, start) = match part {
            Part::Whole => {
                let whole = graph.concept_graph();
                (whole.nodes, whole.relationships, None)
            }
            Part::Around { name, depth } => {
                let start = name::concept(graph, name)?;
                let around = graph.around(start, *depth);
                (around.nodes, around.relationships, Some(start))
            }
            Part::Query(statement) => {
                let entities = self.query(statement, &QueryOptions::default())?.entities;
                (entities.nodes.into_keys().collect(), entities.relationships.into_keys().collect(), None)
            }
        };
        let relations: BTreeSet<RelationshipId> =
            relationships.into_iter().filter(|id| id.index() < graph.relation_count()).collect();
        let mut concepts: BTreeSet<NodeId> =
            nodes.into_iter().filter(|node| graph.class(*node) == Some(NodeClass::Concept)).collect();
        let ends = relations.iter().filter_map(|id| graph.relationship(*id));
        concepts.extend(ends.flat_map(|found| [found.start, found.end]));
        Ok((concepts, relations, start))
    }

    /// The concepts with the most relations, as many as a page holds; the one it is about in any case.
    fn strongest(&self, concepts: BTreeSet<NodeId>, start: Option<NodeId>) -> BTreeSet<NodeId> {
        let mut ranked: Vec<NodeId> = concepts.into_iter().collect();
        ranked.sort_by_cached_key(|concept| {
            (Some(*concept) != start, std::cmp::Reverse(self.graph().degree(*concept)), *concept)
        });
        ranked.into_iter().take(CONCEPTS).collect()
    }

    /// The notes that the page names, each with its lines that are cited.
    fn cited_notes(
        &self,
        concepts: &BTreeSet<NodeId>,
        relations: &[RelationshipId],
    ) -> BTreeMap<NodeId, BTreeSet<u32>> {
        let graph = self.graph();
        let mut cited: BTreeMap<NodeId, BTreeSet<u32>> = BTreeMap::new();
        let mut cite = |note: NodeId, line: u32| cited.entry(note).or_default().insert(line);
        for id in relations {
            graph.evidence(*id).take(PLACES).for_each(|place| {
                cite(place.note, place.line);
            });
        }
        for concept in concepts {
            graph.definitions(*concept).take(DEFINITIONS).for_each(|place| {
                cite(place.note, place.line);
            });
            for (note, _, lines) in self.naming(*concept).into_iter().take(NOTES) {
                lines.first().map(|line| cite(note, *line));
            }
        }
        cited
    }

    /// The notes that name a concept, those that do so most first, each with how often and its first lines.
    fn naming(&self, concept: NodeId) -> Vec<(NodeId, usize, Vec<u32>)> {
        let mut notes: Vec<(NodeId, usize, Vec<u32>)> = Vec::new();
        for mention in self.graph().mentions(concept) {
            if notes.last().is_none_or(|(note, ..)| *note != mention.note) {
                notes.push((mention.note, 0, Vec::new()));
            }
            let Some((_, count, lines)) = notes.last_mut() else { continue };
            *count += 1;
            if lines.len() < LINES && lines.last() != Some(&mention.line) {
                lines.push(mention.line);
            }
        }
        notes.sort_by_key(|(note, count, _)| (std::cmp::Reverse(*count), *note));
        notes
    }

    fn page_node(&self, concept: NodeId, at: &Positions) -> PageNode {
        let graph = self.graph();
        let shown = self.part_node(concept);
        let naming = self.naming(concept);
        let more_notes = naming.len().saturating_sub(NOTES);
        let position = |(note, count, lines)| Some((*at.notes.get(&note)?, count, lines));
        let alias = |alias: crate::graph::Alias<'_>| PageAlias { name: hidden(alias.name), rule: alias.rule.into() };
        PageNode {
            name: hidden(&shown.name),
            kind: shown.kind,
            degree: shown.degree,
            x: shown.x,
            y: shown.y,
            reason: hidden(graph.reason(concept)),
            aliases: graph.aliases(concept).map(alias).collect(),
            definitions: graph.definitions(concept).take(DEFINITIONS).filter_map(|place| defined(place, at)).collect(),
            mentions: graph.mentions(concept).len(),
            notes: naming.into_iter().take(NOTES).filter_map(position).collect(),
            more_notes,
        }
    }

    fn page_edge(&self, id: RelationshipId, at: &Positions) -> Option<PageEdge> {
        let graph = self.graph();
        let found = graph.relationship(id)?;
        let relation_type = graph.type_name(found.relationship_type);
        Some(PageEdge {
            from: *at.concepts.get(&found.start)?,
            to: *at.concepts.get(&found.end)?,
            relation_type: hidden(relation_type),
            symmetric: RelationType::named(relation_type).is_symmetric(),
            confidence: graph.topology().confidence(id).unwrap_or(0),
            support: graph.support(id),
            evidence: graph.evidence(id).take(PLACES).filter_map(|place| cited(place, at)).collect(),
        })
    }
}

fn cited(place: Evidence<'_>, at: &Positions) -> Option<Quote> {
    let note = *at.notes.get(&place.note)?;
    Some((note, place.line, place.column, hidden(place.quote), place.rule.to_owned(), place.confidence))
}

fn defined(place: MentionPlace<'_>, at: &Positions) -> Option<Quote> {
    Some((*at.notes.get(&place.note)?, place.line, place.column, hidden(place.text), String::new(), 0))
}

/// The words with what looks like a secret hidden.
fn hidden(words: &str) -> String {
    mask(words).into_owned()
}

/// Names that are the same since their secrets are hidden get a number.
fn unique(nodes: &mut [PageNode]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for node in nodes {
        let plain = node.name.clone();
        let mut number = 2_u64;
        while !taken.insert(node.name.clone()) {
            node.name = format!("{plain} ({number})");
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn page(notes: &[(&str, &str)], part: &Part) -> serde_json::Value {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("notes");
        fs::create_dir(&root).unwrap();
        for (name, text) in notes {
            fs::write(root.join(name), text).unwrap();
        }
        let index = folder.path().join("index");
        crate::session::ingest(&[root], &index, &crate::store::IngestOptions::default(), &|_| {}).unwrap();
        serde_json::to_value(Session::open(&index).unwrap().page(part).unwrap()).unwrap()
    }

    #[test]
    fn a_page_holds_concepts_relations_and_the_lines_near_what_is_cited() {
        let note = "# Pipeline\n\nFlume feeds HDFS.\n\n\n\n\n\nfar away\n";
        let page = page(&[("log.md", note)], &Part::Around { name: "Flume".into(), depth: 1 });
        let names: Vec<&str> =
            page["nodes"].as_array().unwrap().iter().filter_map(|node| node["name"].as_str()).collect();
        assert!(names.contains(&"Flume") && names.contains(&"HDFS"), "{names:?}");
        let edges = page["edges"].as_array().unwrap();
        let feeds = edges.iter().find(|edge| edge["type"] == "FEEDS").unwrap();
        assert_eq!(feeds["evidence"][0][3], "Flume feeds HDFS.");
        assert_eq!(page["overview"]["start"], "Flume");
        let lines = page["notes"][0]["lines"].as_array().unwrap();
        assert!(lines.iter().any(|line| line[1] == "Flume feeds HDFS.") && !page.to_string().contains("far away"));
    }

    #[test]
    fn secrets_stay_at_home() {
        let note = "# Kafka\n\nKafka uses ZooKeeper with AKIAIOSFODNN7EXAMPLE.\npassword: hunter2hunter2\n";
        let page = page(&[("keys.md", note)], &Part::Whole).to_string();
        assert!(page.contains("AKIA…") && page.contains("hunt…"), "{page}");
        assert!(!page.contains("AKIAIOSFODNN7EXAMPLE") && !page.contains("hunter2"), "{page}");
    }
}
