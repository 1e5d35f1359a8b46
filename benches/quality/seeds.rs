//! Scores a seed note: terse and hard-wrapped, its gold made by hand, with other names and several right types.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::Fact;
use crate::export::Place;
use crate::score::share;
use crate::table::Measure;

/// Types said the other way round, and the type they are counted as.
const INVERSE: [(&str, &str); 8] = [
    ("HAS", "PART_OF"),
    ("CONTAINS", "PART_OF"),
    ("HAS_PART", "PART_OF"),
    ("INCLUDES", "PART_OF"),
    ("HAS_INSTANCE", "IS_A"),
    ("FED_BY", "FEEDS"),
    ("USED_BY", "USES"),
    ("READS_FROM", "FEEDS"),
];

/// Types that say no type.
const WEAK: [&str; 5] = ["RELATED_TO", "CO_OCCURS", "MENTIONED_WITH", "SEE_ALSO", "LINKS_TO"];

const VENDORS: [&str; 6] = ["amazon ", "apache ", "aws ", "azure ", "microsoft ", "google "];

/// A citation counts within so many lines of the gold's, and where it names at most so many.
const NEAR: u32 = 3;
const CITED: usize = 5;

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Row {
    Concept { name: String, aliases: Vec<String>, must: bool },
    Relation(Wanted),
}

#[derive(Debug, Deserialize)]
struct Wanted {
    subject: String,
    predicate: Vec<String>,
    object: String,
    line: u32,
    directed: bool,
    must: bool,
}

type Triple = (String, String, String);

/// The gold of one seed note.
struct Gold {
    document: String,
    /// The name each folded name stands for.
    names: BTreeMap<String, String>,
    must: BTreeSet<String>,
    relations: Vec<Wanted>,
}

impl Gold {
    fn read(path: &Path) -> Result<Self, Box<dyn Error>> {
        #[derive(Deserialize)]
        struct Document {
            doc: String,
        }
        let text = fs::read_to_string(path)?;
        let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
        let first: Document = serde_json::from_str(lines.first().ok_or("the gold is empty")?)?;
        let (names, must, relations) = (BTreeMap::new(), BTreeSet::new(), Vec::new());
        let mut gold = Self { document: first.doc, names, must, relations };
        for line in lines {
            match serde_json::from_str(line)? {
                Row::Concept { name, aliases, must } => gold.concept(&name, &aliases, must),
                Row::Relation(relation) => gold.relations.push(relation),
            }
        }
        Ok(gold)
    }

    fn concept(&mut self, name: &str, aliases: &[String], must: bool) {
        for written in std::iter::once(name).chain(aliases.iter().map(String::as_str)) {
            self.names.entry(fold(written)).or_insert_with(|| name.to_string());
        }
        if must {
            self.must.insert(name.to_string());
        }
    }

    /// The gold's name for a name, or the name folded where the gold has none.
    fn key(&self, name: &str) -> String {
        let folded = fold(name);
        self.names.get(&folded).cloned().unwrap_or(folded)
    }

    fn here<'a>(&'a self, places: &'a [Place]) -> impl Iterator<Item = &'a Place> {
        places.iter().filter(|place| place.note.ends_with(&self.document))
    }

    /// Every triple that answers a relation of the gold.
    fn answers(&self, relation: &Wanted) -> BTreeSet<Triple> {
        let (subject, object) = (self.key(&relation.subject), self.key(&relation.object));
        let ways = relation.predicate.iter().flat_map(|predicate| {
            let back = (!relation.directed).then(|| one_way(&object, predicate, &subject));
            std::iter::once(one_way(&subject, predicate, &object)).chain(back)
        });
        ways.collect()
    }
}

/// A name without case, vendor, hyphens and plural endings.
fn fold(name: &str) -> String {
    let apart = |letter: char| letter.is_whitespace() || letter == '_' || letter == '-';
    let lower = name.to_lowercase();
    let spaced = lower.split(apart).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let bare = spaced.trim_matches([' ', '.', ':']);
    let product = VENDORS.iter().find_map(|vendor| bare.strip_prefix(vendor)).unwrap_or(bare);
    product.split_whitespace().map(singular).collect::<Vec<_>>().join(" ")
}

fn singular(word: &str) -> String {
    let length = word.chars().count();
    match (word.strip_suffix("ies"), word.strip_suffix('s')) {
        (Some(stem), _) if length > 4 => format!("{stem}y"),
        (_, Some(stem)) if length > 3 && !stem.ends_with('s') => stem.to_string(),
        _ => word.to_string(),
    }
}

fn one_way(subject: &str, predicate: &str, object: &str) -> Triple {
    let (subject, object) = (subject.to_string(), object.to_string());
    match INVERSE.iter().find(|(inverse, _)| *inverse == predicate) {
        Some((_, kept)) => (object, (*kept).to_string(), subject),
        None => (subject, predicate.to_string(), object),
    }
}

/// Scores concepts and relations of the note that the gold is about.
pub(crate) fn measure(gold: &Path, facts: &[Fact]) -> Result<Vec<Measure>, Box<dyn Error>> {
    let gold = Gold::read(gold)?;
    let mut measures = vec![concepts(&gold, facts)];
    measures.extend(relations(&gold, facts));
    Ok(measures)
}

fn concepts(gold: &Gold, facts: &[Fact]) -> Measure {
    let (mut found, mut spurious, mut merged) = (BTreeSet::new(), 0, 0);
    for fact in facts {
        let Fact::Concept { name, aliases, mentions, .. } = fact else { continue };
        if gold.here(mentions).next().is_none() {
            continue;
        }
        let names = std::iter::once(name).chain(aliases);
        let hits: BTreeSet<&String> = names.filter_map(|name| gold.names.get(&fold(name))).collect();
        merged += usize::from(hits.len() > 1);
        let key = gold.key(name);
        match hits.first() {
            Some(first) => _ = found.insert(if hits.contains(&key) { key } else { (*first).clone() }),
            None => spurious += 1,
        }
    }
    let (right, wanted) = (found.intersection(&gold.must).count(), gold.must.len());
    let given = found.len() + spurious;
    Measure {
        set: "seeds",
        what: "concepts".into(),
        precision: Some(share(found.len(), given)),
        recall: Some(share(right, wanted)),
        f1: None,
        counts: format!("{} of {given} given, {right} of {wanted} wanted, {merged} merged", found.len()),
    }
}

/// The relations said in the note, each with the lines that say so.
fn said(gold: &Gold, facts: &[Fact]) -> BTreeMap<Triple, BTreeSet<u32>> {
    let mut said: BTreeMap<Triple, BTreeSet<u32>> = BTreeMap::new();
    for fact in facts {
        let Fact::Relation { subject, predicate, object, evidence } = fact else { continue };
        let lines: BTreeSet<u32> = gold.here(evidence).map(|place| place.line).collect();
        if !lines.is_empty() {
            said.entry(one_way(&gold.key(subject), predicate, &gold.key(object))).or_default().extend(lines);
        }
    }
    said
}

fn relations(gold: &Gold, facts: &[Fact]) -> Vec<Measure> {
    let said = said(gold, facts);
    let ends = |one: &str, other: &str| BTreeSet::from([one.to_string(), other.to_string()]);
    let pairs: BTreeSet<BTreeSet<String>> = said.keys().map(|(subject, _, object)| ends(subject, object)).collect();
    let (mut pair, mut typed, mut cited, mut wanted) = (0, 0, 0, 0);
    let mut in_gold = BTreeSet::new();
    for relation in &gold.relations {
        let right: Vec<Triple> = gold.answers(relation).into_iter().filter(|way| said.contains_key(way)).collect();
        if relation.must {
            let lines = right.iter().map(|way| &said[way]).filter(|lines| lines.len() <= CITED).flatten();
            wanted += 1;
            pair += usize::from(pairs.contains(&ends(&gold.key(&relation.subject), &gold.key(&relation.object))));
            typed += usize::from(!right.is_empty());
            cited += usize::from(lines.into_iter().any(|line| line.abs_diff(relation.line) <= NEAR));
        }
        in_gold.extend(right);
    }
    let names: BTreeSet<&String> = gold.names.values().collect();
    let inside = |(subject, predicate, object): &Triple| {
        !WEAK.contains(&predicate.as_str()) && names.contains(subject) && names.contains(object)
    };
    let strong: BTreeSet<&Triple> = said.keys().filter(|triple| inside(triple)).collect();
    let known = strong.iter().filter(|triple| in_gold.contains(**triple)).count();
    vec![
        recall("relations, pair", pair, wanted),
        recall("relations, typed", typed, wanted),
        recall("relations, typed and cited", cited, wanted),
        Measure {
            set: "seeds",
            what: "relations, known to the gold".into(),
            precision: Some(share(known, strong.len())),
            recall: None,
            f1: None,
            counts: format!("{known} of {} given", strong.len()),
        },
    ]
}

fn recall(what: &str, right: usize, wanted: usize) -> Measure {
    Measure {
        set: "seeds",
        what: what.into(),
        precision: None,
        recall: Some(share(right, wanted)),
        f1: None,
        counts: format!("{right} of {wanted} wanted"),
    }
}
