//! A graph spelled out: what every graph format is written from.
//!
//! A [`Sheet`] is a list of nodes and a list of edges between them, in a fixed order, with plain
//! values. It is made from a whole [`KnowledgeGraph`](crate::graph::KnowledgeGraph), a part of it, or
//! the nodes and relationships of an [`Answer`](crate::query::Answer).

use std::collections::BTreeMap;

use crate::read::place;
use crate::render::cited::Citation;

/// Nodes and edges, ready to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The nodes, in order; ids are unique.
    pub nodes: Vec<SheetNode>,
    /// The edges, in order; ends are positions in `nodes`.
    pub edges: Vec<SheetEdge>,
}

/// A node of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetNode {
    /// A name for machines that survives updates, as `c:flume`.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// What sort it is, as `Ingestion` or `Note`; decides colour and cluster.
    pub kind: String,
    /// Its labels in Cypher.
    pub labels: Vec<String>,
    /// Its properties in Cypher.
    pub properties: BTreeMap<String, Field>,
}

/// An edge of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SheetEdge {
    /// Position of the start in [`Sheet::nodes`].
    pub source: usize,
    /// Position of the end in [`Sheet::nodes`].
    pub target: usize,
    /// Its type.
    pub relation_type: String,
    /// Whether the ends may be swapped.
    pub symmetric: bool,
    /// Trust, in thousandths; 0 where it says nothing.
    pub confidence: u16,
    /// How many places say so; 0 where it says nothing.
    pub support: usize,
    /// Those places, best first.
    pub evidence: Vec<Citation>,
    /// Its properties in Cypher.
    pub properties: BTreeMap<String, Field>,
}

/// The value of a property.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Field {
    /// True or false.
    Boolean(bool),
    /// 64 bits, signed.
    Integer(i64),
    /// A decimal.
    Float(f64),
    /// Text.
    Text(String),
    /// Values in order.
    List(Vec<Self>),
}

impl Field {
    /// As plain text; lists joined by `separator`.
    #[must_use]
    pub fn text(&self, separator: &str) -> String {
        match self {
            Self::Boolean(value) => value.to_string(),
            Self::Integer(value) => value.to_string(),
            Self::Float(value) => value.to_string(),
            Self::Text(value) => value.clone(),
            Self::List(values) => {
                let texts: Vec<String> = values.iter().map(|value| value.text(separator)).collect();
                texts.join(separator)
            }
        }
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl SheetNode {
    /// Its definition, where it has one.
    #[must_use]
    pub fn definition(&self) -> Option<String> {
        self.properties.get("definition").map(|definition| definition.text("; "))
    }
}

impl SheetEdge {
    /// Whether it should be drawn as weak: no rule gave a sharper type, or few trust it.
    #[must_use]
    pub fn is_weak(&self) -> bool {
        self.relation_type == "RELATED_TO" || (1..500).contains(&self.confidence)
    }

    /// The quote and place of its best evidence: `"Storage: HDFS" (log.txt:122)`.
    #[must_use]
    pub fn cited(&self) -> Option<String> {
        let best = self.evidence.first()?;
        let place = place(&best.path, best.line);
        Some(if best.quote.is_empty() { place } else { format!("\"{}\" ({place})", best.quote) })
    }
}

impl Sheet {
    /// The kinds in use, sorted, each with the positions of its nodes.
    #[must_use]
    pub fn kinds(&self) -> BTreeMap<&str, Vec<usize>> {
        let mut kinds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, node) in self.nodes.iter().enumerate() {
            kinds.entry(&node.kind).or_default().push(position);
        }
        kinds
    }

    /// How many edges touch each node.
    #[must_use]
    pub fn degrees(&self) -> Vec<usize> {
        let mut degrees = vec![0; self.nodes.len()];
        for edge in &self.edges {
            degrees[edge.source] += 1;
            degrees[edge.target] += 1;
        }
        degrees
    }

    /// Every property key of the nodes, sorted, each with whether all its values are of one type.
    #[must_use]
    pub(crate) fn node_columns(&self) -> BTreeMap<&str, ColumnType> {
        columns(self.nodes.iter().map(|node| &node.properties))
    }

    /// Every property key of the edges, sorted.
    #[must_use]
    pub(crate) fn edge_columns(&self) -> BTreeMap<&str, ColumnType> {
        columns(self.edges.iter().map(|edge| &edge.properties))
    }

    /// The part with the strongest edges, at most `edges` of them, and their ends; without edges the
    /// first `edges` nodes. Order is kept.
    #[must_use]
    pub fn strongest(&self, edges: usize) -> Self {
        if self.edges.len() <= edges && self.nodes.len() <= edges.saturating_mul(2) {
            return self.clone();
        }
        let degrees = self.degrees();
        let mut ranked: Vec<usize> = (0..self.edges.len()).collect();
        ranked.sort_by_key(|at| {
            let edge = &self.edges[*at];
            let ends = degrees[edge.source] + degrees[edge.target];
            std::cmp::Reverse((!edge.is_weak(), edge.support, edge.confidence, ends, std::cmp::Reverse(*at)))
        });
        let mut kept: Vec<&SheetEdge> = Vec::new();
        ranked.truncate(edges);
        ranked.sort_unstable();
        kept.extend(ranked.iter().map(|at| &self.edges[*at]));
        self.part(&kept, if self.edges.is_empty() { edges } else { 0 })
    }

    fn part(&self, edges: &[&SheetEdge], loose: usize) -> Self {
        let mut places = vec![None; self.nodes.len()];
        for edge in edges {
            places[edge.source] = Some(0);
            places[edge.target] = Some(0);
        }
        for place in places.iter_mut().take(loose) {
            *place = Some(0);
        }
        let mut nodes = Vec::new();
        for (position, place) in places.iter_mut().enumerate().filter(|(_, place)| place.is_some()) {
            *place = Some(nodes.len());
            nodes.push(self.nodes[position].clone());
        }
        let moved = |edge: &&SheetEdge| SheetEdge {
            source: places[edge.source].unwrap_or(0),
            target: places[edge.target].unwrap_or(0),
            ..(*edge).clone()
        };
        Self { nodes, edges: edges.iter().map(moved).collect() }
    }
}

/// The type of a column of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnType {
    Boolean,
    Integer,
    Float,
    Text,
    /// A list of texts, or of mixed values.
    List,
}

impl ColumnType {
    const fn of(field: &Field) -> Self {
        match field {
            Field::Boolean(_) => Self::Boolean,
            Field::Integer(_) => Self::Integer,
            Field::Float(_) => Self::Float,
            Field::Text(_) => Self::Text,
            Field::List(_) => Self::List,
        }
    }

    /// The type that holds values of both.
    const fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Boolean, Self::Boolean) => Self::Boolean,
            (Self::Integer, Self::Integer) => Self::Integer,
            (Self::Float | Self::Integer, Self::Float) | (Self::Float, Self::Integer) => Self::Float,
            (Self::List, _) | (_, Self::List) => Self::List,
            _ => Self::Text,
        }
    }
}

fn columns<'a>(rows: impl Iterator<Item = &'a BTreeMap<String, Field>>) -> BTreeMap<&'a str, ColumnType> {
    let mut columns: BTreeMap<&str, ColumnType> = BTreeMap::new();
    for (key, field) in rows.flatten() {
        let of = ColumnType::of(field);
        columns.entry(key).and_modify(|known| *known = known.with(of)).or_insert(of);
    }
    columns
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A sheet of nodes with those names and an edge of that type from each to the next.
    pub(crate) fn chain(names: &[&str], relation_type: &str) -> Sheet {
        let nodes = names.iter().enumerate().map(|(at, name)| node(&format!("c:{at}"), name, "Storage")).collect();
        let edges = (1..names.len()).map(|at| edge(at - 1, at, relation_type, "it says \"so\"")).collect();
        Sheet { nodes, edges }
    }

    pub(crate) fn node(id: &str, name: &str, kind: &str) -> SheetNode {
        let mut properties = BTreeMap::new();
        properties.insert("name".to_owned(), Field::from(name));
        properties.insert("aliases".to_owned(), Field::List(vec![Field::from("one; two"), Field::from(name)]));
        properties.insert("definition".to_owned(), Field::from(name));
        properties.insert("mentions".to_owned(), Field::Integer(3));
        SheetNode {
            id: id.into(),
            name: name.into(),
            kind: kind.into(),
            labels: vec!["Concept".into(), kind.into()],
            properties,
        }
    }

    pub(crate) fn edge(source: usize, target: usize, relation_type: &str, quote: &str) -> SheetEdge {
        let citation = Citation {
            path: "my notes/log.txt".into(),
            line: 122,
            column: 1,
            quote: quote.into(),
            rule: "stage-list".into(),
            confidence: 900,
        };
        let mut properties = BTreeMap::new();
        properties.insert("confidence".to_owned(), Field::Integer(900));
        properties.insert("evidence".to_owned(), Field::List(vec![Field::from("my notes/log.txt:122")]));
        properties.insert("quote".to_owned(), Field::from(quote));
        SheetEdge {
            source,
            target,
            relation_type: relation_type.into(),
            symmetric: false,
            confidence: 900,
            support: 1,
            evidence: vec![citation],
            properties,
        }
    }

    /// Names that break careless writers.
    pub(crate) const HOSTILE: [&str; 18] = [
        "a \"quoted\" name",
        "back\\slash \\N \\G \\n",
        "ends in \\",
        "pipe | brace { } [ ] < > ( )",
        "<b>bold</b> & &amp; &lt; &#65;",
        "two\nlines\r\nand\ttab",
        "emoji 👩‍👩‍👧 🦆",
        "עברית and العربية",
        "bell \u{7} escape \u{1b}[31m \u{9b} nul \u{0}",
        "turned \u{202e}txt.exe\u{202c}",
        "end",
        "graph",
        "=cmd()",
        "`tick` 'single'",
        "#quot; #35; %% comment",
        "1. list item",
        "- dash __init__ *star*",
        "",
    ];

    #[test]
    fn the_strongest_part_keeps_order_and_ends() {
        let mut sheet = chain(&["a", "b", "c", "d"], "FEEDS");
        sheet.edges[0].relation_type = "RELATED_TO".into();
        sheet.edges[2].support = 5;
        let part = sheet.strongest(1);
        let names: Vec<&str> = part.nodes.iter().map(|node| node.name.as_str()).collect();
        assert_eq!(names, ["c", "d"]);
        assert_eq!((part.edges[0].source, part.edges[0].target), (0, 1));
    }

    #[test]
    fn columns_take_the_type_that_holds_all_values() {
        let mut sheet = chain(&["a", "b"], "FEEDS");
        sheet.nodes[0].properties.insert("size".into(), Field::Integer(1));
        sheet.nodes[1].properties.insert("size".into(), Field::Float(1.5));
        sheet.nodes[1].properties.insert("mentions".into(), Field::from("many"));
        let columns = sheet.node_columns();
        assert_eq!(columns["size"], ColumnType::Float);
        assert_eq!(columns["mentions"], ColumnType::Text);
        assert_eq!(columns["aliases"], ColumnType::List);
    }
}
