//! One concept for each group of names.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::form::{Origin, Titles, best_form, is_upper, name_words, surfaces_of};
use super::kind::Kinds;
use super::sum::{Pairs, Total};
use super::variant::{Variant, variants};
use super::{ACCEPTED, CaseRule, Lexicon, Surface};
use crate::config::Overrides;
use crate::extract::discover::Signal;
use crate::extract::english::is_english;
use crate::extract::merge::{Group, Groups};
use crate::extract::vocabulary::{Vocabulary, VocabularyEntry};
use crate::extract::word::name_key;
use crate::extract::{ConceptAlias, ConceptEntry};
use crate::text::{Name, fold};

/// What groups are settled by.
pub(super) struct Settler<'a> {
    pub groups: &'a Groups<'a>,
    pub totals: &'a BTreeMap<String, Total>,
    pub pairs: &'a Pairs,
    pub vocabulary: &'a Vocabulary,
    pub overrides: &'a Overrides,
    /// Keys that are no names.
    pub ignored: &'a BTreeSet<String>,
}

/// A concept, the words by which it is found, and other forms of its names.
struct Settled {
    concept: ConceptEntry,
    surfaces: Vec<(Name, CaseRule)>,
    variants: Vec<Variant>,
}

impl Settler<'_> {
    /// One concept for each group.
    pub(super) fn settle(&self) -> Lexicon {
        let titles = Titles::new(self.totals, self.pairs);
        let kinds = Kinds::new(self.overrides);
        let mut named: BTreeMap<Name, Settled> = BTreeMap::new();
        for group in self.groups.all() {
            let entry = group.entry.as_deref().and_then(|name| self.vocabulary.get(name));
            let Some(name) = self.name(&group, entry, &titles) else { continue };
            let (aliases, mut surfaces) = self.forms(&group, entry, &name);
            let mut variants = self.variants(&group, &name, &aliases);
            let kind = kinds.of(&name, entry.map(|entry| entry.kind));
            let reason = reason(&group.keys, self.totals, entry.is_some());
            let aliases = aliases.into_values().collect::<BTreeSet<_>>().into_iter().collect();
            let platform = entry.is_some_and(|entry| entry.platform);
            let concept = ConceptEntry { name: name.clone(), kind, aliases, reason, platform };
            let settled = Settled { concept, surfaces: Vec::new(), variants: Vec::new() };
            let slot = named.entry(name).or_insert(settled);
            slot.surfaces.append(&mut surfaces);
            slot.variants.append(&mut variants);
        }
        assemble(named)
    }

    /// The title of the note about it, the vocabulary's name, or the most frequent form.
    fn name(&self, group: &Group, entry: Option<&VocabularyEntry>, titles: &Titles<'_>) -> Option<Name> {
        let title = titles.of(&group.keys).filter(|title| entry.is_none_or(|entry| renames(entry, title)));
        title.or_else(|| entry.map(|entry| entry.name.clone())).or_else(|| best_form(&group.keys, self.totals))
    }

    /// The other names, and the words by which all are found.
    fn forms(
        &self,
        group: &Group,
        entry: Option<&VocabularyEntry>,
        name: &Name,
    ) -> (BTreeMap<String, ConceptAlias>, Vec<(Name, CaseRule)>) {
        let mut aliases: BTreeMap<String, ConceptAlias> = BTreeMap::new();
        let mut surfaces = Vec::new();
        let mut alias = |form: &Name, rule: &str| {
            let folded = fold(form);
            if folded != fold(name) {
                aliases.entry(folded).or_insert_with(|| ConceptAlias { name: form.clone(), rule: rule.into() });
            }
        };
        if let Some(entry) = entry {
            for other in &entry.aliases {
                alias(other, "vocabulary");
            }
            for form in std::iter::once(&entry.name).chain(&entry.aliases).filter(|form| entry.is_written(form)) {
                surfaces_of(form, Origin::Vocabulary { ordinary: entry.ordinary }, &mut surfaces);
            }
        }
        let proper = entry.is_some_and(|entry| entry.name.contains(char::is_uppercase));
        for (key, rule) in &group.keys {
            let keyword = entry.is_none() && is_upper(name) && is_english(key);
            // `request` is no form of Requests, nor `window` of Windows.
            let own = |form: &&Name| {
                // Nor is `delete` what `DELETE` is.
                if keyword && !is_upper(form) {
                    return false;
                }
                // Nor are `compute engines` Compute Engine.
                let ordinary = entry.is_some_and(|entry| entry.ordinary) && proper && key.contains(' ');
                if ordinary && !form.contains(char::is_uppercase) {
                    return false;
                }
                let mut names = entry.into_iter().flat_map(|entry| std::iter::once(&entry.name).chain(&entry.aliases));
                !(proper && is_english(key)) || names.any(|name| fold(name) == fold(form))
            };
            for form in self.totals.get(key).into_iter().flat_map(|total| total.forms.keys()).filter(own) {
                alias(form, if rule.is_empty() { "plural-or-hyphen" } else { rule });
                surfaces_of(form, Origin::Notes { proper }, &mut surfaces);
            }
            for (short, long, rule) in self.pairs.get(key).into_iter().flat_map(BTreeMap::values) {
                if self.groups.together(key, &name_key(long)) {
                    alias(short, rule);
                    alias(long, rule);
                    // `Export (EXP)` makes no name of each export.
                    let plain = !long.contains(' ') && is_english(&fold(long));
                    if !plain || long.contains(char::is_uppercase) {
                        let origin =
                            if plain { Origin::Vocabulary { ordinary: true } } else { Origin::Notes { proper: false } };
                        surfaces_of(long, origin, &mut surfaces);
                    }
                }
            }
        }
        for form in &group.misspelt {
            alias(form, "spelling");
            surfaces.push((name_words(form), CaseRule::Any));
        }
        (aliases, surfaces)
    }

    /// Other forms of the titles of its notes and of its names, but for those that the user's file forbids.
    fn variants(&self, group: &Group, name: &Name, aliases: &BTreeMap<String, ConceptAlias>) -> Vec<Variant> {
        let titles = group.keys.keys().filter_map(|key| self.totals.get(key)).flat_map(|total| total.titles.keys());
        let questions = group.keys.keys().filter_map(|key| self.totals.get(key));
        let questions = questions.filter(|total| total.signals.contains_key(&Signal::Question));
        let questions = questions.flat_map(|total| total.forms.keys());
        let titled = titles.chain(questions).flat_map(|title| variants(title, true));
        let plain = std::iter::once(name).chain(aliases.values().map(|alias| &alias.name));
        let mut found: Vec<Variant> = titled.chain(plain.flat_map(|form| variants(form, false))).collect();
        found.retain(|(form, _)| {
            let key = name_key(form);
            !self.ignored.contains(&key) && !group.keys.keys().any(|other| self.groups.forbidden(other, &key))
        });
        found
    }
}

/// Whether a title is called otherwise than the vocabulary's name in more than case or number. A file called `flume.txt` is no
/// reason to call Flume otherwise; a note titled `Columnar Databases` or `Blue Green Deployment` names its term.
fn renames(entry: &VocabularyEntry, title: &Name) -> bool {
    let plain = !entry.name.contains(char::is_uppercase);
    // `AWS Data Lakehouse` is one of them.
    if plain && name_key(title).ends_with(&format!(" {}", name_key(&entry.name))) {
        return false;
    }
    let term = plain && title.starts_with(char::is_uppercase);
    let hyphens = entry.name.contains('-') != title.contains('-');
    name_key(&entry.name) != name_key(title) || hyphens || term && name_words(&entry.name) != name_words(title)
}

/// Concepts in name order, and each word sequence once: the first concept by name keeps it.
fn assemble(named: BTreeMap<Name, Settled>) -> Lexicon {
    let mut concepts: Vec<ConceptEntry> = Vec::with_capacity(named.len());
    let mut taken: BTreeMap<Name, Surface> = BTreeMap::new();
    let mut varied: BTreeMap<String, BTreeMap<u32, &'static str>> = BTreeMap::new();
    // A concept's own name outranks another's alias.
    let own: FxHashMap<Name, usize> = named.keys().enumerate().map(|(index, name)| (name_words(name), index)).collect();
    for (index, settled) in named.into_values().enumerate() {
        let id = u32::try_from(index).expect("fewer than 2^32 concepts");
        for (words, case) in settled.surfaces {
            if words.is_empty() || own.get(&words).is_some_and(|owner| *owner != index) {
                continue;
            }
            let surface = taken.entry(words.clone()).or_insert(Surface { words, concept: id, case: case.clone() });
            if surface.concept == id && surface.case > case {
                surface.case = case;
            }
        }
        for (form, rule) in settled.variants {
            varied.entry(form).or_default().entry(id).or_insert(rule);
        }
        concepts.push(settled.concept);
    }
    add_variants(&varied, &mut concepts, &mut taken);
    Lexicon::new(concepts, taken.into_values().collect())
}

/// Each form that no concept has and one concept alone may have.
fn add_variants(
    varied: &BTreeMap<String, BTreeMap<u32, &'static str>>,
    concepts: &mut [ConceptEntry],
    taken: &mut BTreeMap<Name, Surface>,
) {
    for (form, owners) in varied {
        let words = Name::from(form.as_str());
        let mut owners = owners.iter();
        if let (Some((id, rule)), None) = (owners.next(), owners.next())
            && !taken.contains_key(&words)
        {
            let concept = &mut concepts[*id as usize];
            let alias = ConceptAlias { name: words.clone(), rule: (*rule).into() };
            let at = concept.aliases.binary_search(&alias).unwrap_or_else(|at| at);
            concept.aliases.insert(at, alias);
            taken.insert(words.clone(), Surface { words, concept: *id, case: CaseRule::Any });
        }
    }
}

fn reason(keys: &BTreeMap<String, Name>, totals: &BTreeMap<String, Total>, known: bool) -> String {
    let mut signals: BTreeMap<Signal, u32> = BTreeMap::new();
    let mut score = 0_u64;
    for total in keys.keys().filter_map(|key| totals.get(key)) {
        score += total.score;
        for (signal, notes) in &total.signals {
            *signals.entry(*signal).or_default() += notes;
        }
    }
    let shown: Vec<String> =
        signals.iter().map(|(signal, notes)| format!("{} in {notes}", format!("{signal:?}").to_lowercase())).collect();
    let origin = if known { "known name; " } else { "" };
    format!("{origin}{}; score {score}, needed {ACCEPTED}", shown.join(", "))
}
