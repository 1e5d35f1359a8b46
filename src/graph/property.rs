//! The properties of nodes and relationships, as Cypher sees them.
//!
//! | what | keys |
//! | --- | --- |
//! | concept | `name`, `aliases`, `kind`, `definition`, `mentions`, `notes` |
//! | note | `path`, `title`, `folder`, `format`, `words`, `created`, `modified`, `aliases`, and its front matter |
//! | section | `title`, `level`, `line` |
//! | tag | `name` |
//! | relation | `confidence` (thousandths), `support`, `evidence`, `quote`, `rule` |
//! | `MENTIONS` | `count`, `lines` |

use std::borrow::Cow;

use super::columns::Column;
use super::{KnowledgeGraph, NodeClass, NodeId, RelationshipId};

/// A property value.
#[derive(Clone, Debug, PartialEq)]
pub enum Property<'a> {
    /// True or false.
    Boolean(bool),
    /// 64 bits, signed.
    Integer(i64),
    /// A decimal of front matter.
    Float(f64),
    /// Text, borrowed from the graph where it stands there.
    Text(Cow<'a, str>),
    /// Values in order.
    List(Vec<Self>),
}

impl<'a> Property<'a> {
    fn text(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }

    fn count(number: u64) -> Self {
        Self::Integer(i64::try_from(number).unwrap_or(i64::MAX))
    }

    /// Front matter as people mean it: `true`, `2024` and `1.5` are no text where they print back the same.
    fn written(text: &'a str) -> Self {
        if let Ok(boolean) = text.parse::<bool>() {
            return Self::Boolean(boolean);
        }
        match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(integer), _) if integer.to_string() == text => Self::Integer(integer),
            (_, Ok(float)) if text.contains('.') && float.is_finite() && float.to_string() == text => {
                Self::Float(float)
            }
            _ => Self::text(text),
        }
    }
}

const CONCEPT: [&str; 6] = ["name", "aliases", "kind", "definition", "mentions", "notes"];
const NOTE: [&str; 8] = ["path", "title", "folder", "format", "words", "created", "modified", "aliases"];
const SECTION: [&str; 3] = ["title", "level", "line"];
const TAG: [&str; 1] = ["name"];
const RELATION: [&str; 5] = ["confidence", "support", "evidence", "quote", "rule"];
const MENTIONS: [&str; 2] = ["count", "lines"];

/// The keys that need no front matter, by what has them.
pub(super) const FIXED_KEYS: [&[&str]; 6] = [&CONCEPT, &NOTE, &SECTION, &TAG, &RELATION, &MENTIONS];

/// Front-matter keys that tell when a note was begun, the best first.
const CREATED: [&str; 6] = ["created", "date created", "created_at", "created-at", "creation date", "date"];
/// Front-matter keys that tell when a note was last changed, the best first.
const MODIFIED: [&str; 7] =
    ["modified", "date modified", "updated", "updated_at", "last modified", "last_modified", "lastmod"];

impl KnowledgeGraph {
    /// One property of a node; `None` where it has none of that key.
    #[must_use]
    pub fn property(&self, node: NodeId, key: &str) -> Option<Property<'_>> {
        let row = node.index() - self.class_range(self.class(node)?).start;
        match self.class(node)? {
            NodeClass::Concept => self.concept_property(node, key),
            NodeClass::Note => self.note_property(row, key),
            NodeClass::Section => self.section_property(row, key),
            NodeClass::Tag => (key == "name").then(|| Property::text(self.interned(Column::TagName, row))),
        }
    }

    /// All properties of a node: the fixed ones in the order of this module's table, then front matter as written.
    #[must_use]
    pub fn properties(&self, node: NodeId) -> Vec<(&str, Property<'_>)> {
        let fixed: &[&'static str] = match self.class(node) {
            Some(NodeClass::Concept) => &CONCEPT,
            Some(NodeClass::Note) => &NOTE,
            Some(NodeClass::Section) => &SECTION,
            Some(NodeClass::Tag) => &TAG,
            None => &[],
        };
        let mut properties: Vec<(&str, Property<'_>)> =
            fixed.iter().filter_map(|key| Some((*key, self.property(node, key)?))).collect();
        if self.class(node) == Some(NodeClass::Note) {
            let row = node.index() - self.counts.concepts;
            for field in self.fields(row) {
                let key = self.interned(Column::FieldKey, field);
                if !properties.iter().any(|(earlier, _)| *earlier == key) {
                    properties.extend(self.field_value(field).map(|value| (key, value)));
                }
            }
        }
        properties
    }

    /// One property of a relationship; `None` where it has none of that key.
    #[must_use]
    pub fn relationship_property(&self, id: RelationshipId, key: &str) -> Option<Property<'_>> {
        if id.index() < self.counts.relations {
            return self.relation_property(id, key);
        }
        let relationship = self.relationship(id)?;
        if self.type_name(relationship.relationship_type) != "MENTIONS" {
            return None;
        }
        let lines = || self.mentions_in(relationship.end, relationship.start).map(|mention| u64::from(mention.line));
        match key {
            "count" => Some(Property::count(lines().count() as u64)),
            "lines" => {
                let mut lines: Vec<u64> = lines().collect();
                lines.dedup();
                Some(Property::List(lines.into_iter().map(Property::count).collect()))
            }
            _ => None,
        }
    }

    /// All properties of a relationship, in the order of this module's table.
    #[must_use]
    pub fn relationship_properties(&self, id: RelationshipId) -> Vec<(&str, Property<'_>)> {
        let keys: &[&'static str] = if id.index() < self.counts.relations { &RELATION } else { &MENTIONS };
        keys.iter().filter_map(|key| Some((*key, self.relationship_property(id, key)?))).collect()
    }

    fn concept_property(&self, node: NodeId, key: &str) -> Option<Property<'_>> {
        Some(match key {
            "name" => Property::text(self.string(node.index())),
            "aliases" => Property::List(self.aliases(node).map(|alias| Property::text(alias.name)).collect()),
            "kind" => Property::text(self.label_name(self.kind(node)?)),
            "definition" => Property::text(self.definitions(node).next()?.text),
            "mentions" => Property::count(self.mentions(node).count() as u64),
            "notes" => Property::count(self.in_degree(node, self.type_id("MENTIONS")) as u64),
            _ => return None,
        })
    }

    fn note_property(&self, row: usize, key: &str) -> Option<Property<'_>> {
        match key {
            "path" => Some(Property::text(self.interned(Column::NotePath, row))),
            "title" => Some(Property::text(self.interned(Column::NoteTitle, row))),
            "folder" => Some(Property::text(folder(self.interned(Column::NotePath, row)))),
            "format" => Some(Property::text(self.interned(Column::NoteFormat, row))),
            "words" => Some(Property::count(self.image.ints(Column::NoteWords).get(row))),
            "created" => CREATED.iter().find_map(|key| self.field(row, key)),
            "modified" => MODIFIED.iter().find_map(|key| self.field(row, key)),
            "aliases" => {
                let names: Vec<Property<'_>> = self.note_aliases(row).map(Property::text).collect();
                (!names.is_empty()).then_some(Property::List(names))
            }
            _ => self.field(row, key),
        }
    }

    fn section_property(&self, row: usize, key: &str) -> Option<Property<'_>> {
        match key {
            "title" => Some(Property::text(self.interned(Column::SectionTitle, row))),
            "level" => Some(Property::count(self.image.ints(Column::SectionLevel).get(row))),
            "line" => Some(Property::count(self.image.ints(Column::SectionLine).get(row))),
            _ => None,
        }
    }

    fn relation_property(&self, id: RelationshipId, key: &str) -> Option<Property<'_>> {
        Some(match key {
            "confidence" => Property::Integer(i64::from(self.topology().confidence(id)?)),
            "support" => Property::count(self.support(id)),
            "evidence" => {
                let places = self.evidence(id).map(|found| format!("{}:{}", found.path, found.line));
                Property::List(places.map(|place| Property::Text(Cow::Owned(place))).collect())
            }
            "quote" => Property::text(self.evidence(id).next()?.quote),
            "rule" => Property::text(self.evidence(id).next()?.rule),
            _ => return None,
        })
    }

    fn note_aliases(&self, row: usize) -> impl Iterator<Item = &str> {
        let limit = self.image.ints(Column::NoteAlias).len();
        let range = self.image.ints(Column::NoteAliasOffsets).range(row, limit);
        range.map(|alias| self.interned(Column::NoteAlias, alias))
    }

    fn fields(&self, row: usize) -> std::ops::Range<usize> {
        self.image.ints(Column::FieldOffsets).range(row, self.image.ints(Column::FieldKey).len())
    }

    fn field(&self, row: usize, key: &str) -> Option<Property<'_>> {
        let field = self.fields(row).find(|field| self.interned(Column::FieldKey, *field) == key)?;
        self.field_value(field)
    }

    fn field_value(&self, field: usize) -> Option<Property<'_>> {
        let limit = self.image.ints(Column::FieldValue).len();
        let range = self.image.ints(Column::FieldValueOffsets).range(field, limit);
        let mut values: Vec<Property<'_>> =
            range.map(|value| Property::written(self.interned(Column::FieldValue, value))).collect();
        match values.len() {
            0 => None,
            1 => values.pop(),
            _ => Some(Property::List(values)),
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
