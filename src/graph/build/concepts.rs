//! Writes concepts, their kinds and their names.

use std::cmp::Ordering;

use rayon::slice::ParallelSliceMut;

use super::places::ClaimGroup;
use super::pool::{Kept, Pool, Text};
use super::{number, offsets};
use crate::extract::Kind;
use crate::graph::CLASSES;
use crate::graph::columns::{Column, Writer};
use crate::graph::names::name_slots;
use crate::text::fold;

/// A concept as it came in.
pub(super) struct ConceptRow {
    pub(super) name: Text,
    pub(super) kind: Kind,
    pub(super) reason: Text,
    pub(super) aliases: Vec<(Text, Text)>,
}

/// Sorts by name and makes concepts of one name one.
pub(super) fn settle(pool: &Pool, mut rows: Vec<ConceptRow>) -> Vec<ConceptRow> {
    rows.par_sort_unstable_by(|left, right| compare(pool, left, right));
    rows.dedup_by(|later, first| {
        let same = later.name == first.name;
        if same {
            first.aliases.append(&mut later.aliases);
        }
        same
    });
    for row in &mut rows {
        let name = row.name;
        row.aliases.retain(|(alias, _)| *alias != name);
        row.aliases.sort_by(|left, right| pool.compare(left.0, right.0).then(pool.compare(left.1, right.1)));
        row.aliases.dedup_by_key(|(alias, _)| *alias);
    }
    rows
}

/// By name; of one name the one that says most stands first.
fn compare(pool: &Pool, left: &ConceptRow, right: &ConceptRow) -> Ordering {
    let rest = |row: &ConceptRow| (row.kind == Kind::Term, row.kind);
    pool.compare(left.name, right.name)
        .then_with(|| rest(left).cmp(&rest(right)))
        .then_with(|| pool.compare(right.reason, left.reason))
}

/// Writes names, kinds and labels. Must come before anything else keeps a string.
pub(super) fn write(writer: &mut Writer, kept: &mut Kept<'_>, concepts: &[ConceptRow], labels: &[Text]) {
    for concept in concepts {
        kept.keep(concept.name);
    }
    let names: Vec<u32> = labels.iter().map(|label| kept.keep(*label)).collect();
    let reasons: Vec<u32> = concepts.iter().map(|concept| kept.keep(concept.reason)).collect();
    let kinds: Vec<u32> = concepts.iter().map(|concept| number(CLASSES.len() + concept.kind as usize)).collect();
    let mut listed: Vec<u32> = (0..number(concepts.len())).collect();
    listed.sort_by_key(|concept| kinds[*concept as usize]);
    let exact: Vec<&str> = concepts.iter().map(|concept| kept.pool().get(concept.name)).collect();
    writer.put_words(Column::NameSlots, &name_slots(&exact));
    writer.put(Column::LabelNames, &names);
    writer.put(Column::ConceptReason, &reasons);
    writer.put(Column::KindOffsets, &offsets(labels.len(), kinds.iter().copied()));
    writer.put(Column::ConceptKind, &kinds);
    writer.put_words(Column::KindConcepts, &listed);
}

/// Writes aliases with the claims that speak for them, the claims, and the index of folded names.
pub(super) fn write_aliases(
    writer: &mut Writer,
    kept: &mut Kept<'_>,
    pool: &Pool,
    concepts: &[ConceptRow],
    claims: Vec<ClaimGroup>,
) {
    let owners = || (0u32..).zip(concepts).flat_map(|(row, concept)| concept.aliases.iter().map(move |_| row));
    let aliases: Vec<(Text, Text)> = concepts.iter().flat_map(|concept| concept.aliases.iter().copied()).collect();
    let names: Vec<u32> = aliases.iter().map(|(name, _)| kept.keep(*name)).collect();
    let rules: Vec<u32> = aliases.iter().map(|(_, rule)| kept.keep(*rule)).collect();
    writer.put(Column::AliasOffsets, &offsets(concepts.len(), owners()));
    writer.put(Column::AliasName, &names);
    writer.put(Column::AliasRule, &rules);

    let own: Vec<u32> = (0..number(concepts.len())).chain(owners()).collect();
    let texts: Vec<Text> =
        concepts.iter().map(|concept| concept.name).chain(aliases.iter().map(|(name, _)| *name)).collect();
    let surfaces = Surfaces::new(pool, &texts, own);
    let mut support: Vec<(u32, u32)> = Vec::new();
    for (claim, group) in (0u32..).zip(&claims) {
        let backed = surfaces.backed(pool.get(group.subject), pool.get(group.object));
        support.extend(backed.map(|surface| surface - number(concepts.len())).map(|alias| (alias, claim)));
    }
    support.sort_unstable();
    support.dedup();
    writer.put_words(Column::SurfaceOrder, &surfaces.order);
    writer.put(Column::AliasClaimOffsets, &offsets(aliases.len(), support.iter().map(|(alias, _)| *alias)));
    writer.put(Column::AliasClaims, &support.iter().map(|(_, claim)| *claim).collect::<Vec<_>>());
    ClaimGroup::write(writer, kept, claims);
}

/// Names and aliases by their folded form; names have the smaller numbers.
struct Surfaces {
    folds: Vec<Box<str>>,
    order: Vec<u32>,
    own: Vec<u32>,
    names: u32,
}

impl Surfaces {
    fn new(pool: &Pool, texts: &[Text], own: Vec<u32>) -> Self {
        let folds: Vec<Box<str>> = texts.iter().map(|text| fold(pool.get(*text)).into_boxed_str()).collect();
        let mut order: Vec<u32> = (0..number(folds.len())).collect();
        order.par_sort_unstable_by(|left, right| (&folds[*left as usize], left).cmp(&(&folds[*right as usize], right)));
        let names = own.iter().zip(0u32..).take_while(|(concept, surface)| *concept == surface).count();
        Self { folds, order, own, names: number(names) }
    }

    /// The aliases that a claim of two names speaks for: both must be names of one concept.
    fn backed(&self, subject: &str, object: &str) -> impl Iterator<Item = u32> {
        let (subjects, objects) = (self.of(subject), self.of(object));
        let names_of = |surfaces: &[u32], concept: u32| surfaces.iter().any(|other| self.concept(*other) == concept);
        let one = subjects.iter().filter(|surface| names_of(objects, self.concept(**surface)));
        let other = objects.iter().filter(|surface| names_of(subjects, self.concept(**surface)));
        let found: Vec<u32> = one.chain(other).copied().filter(|surface| *surface >= self.names).collect();
        found.into_iter()
    }

    fn of(&self, name: &str) -> &[u32] {
        let key = fold(name);
        let start = self.order.partition_point(|surface| *self.folds[*surface as usize] < *key);
        let length = self.order[start..].partition_point(|surface| *self.folds[*surface as usize] == *key);
        &self.order[start..start + length]
    }

    fn concept(&self, surface: u32) -> u32 {
        self.own[surface as usize]
    }
}
