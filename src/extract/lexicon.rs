//! The reduce between the two maps: candidates of all notes → the accepted names, each with its
//! concept, kind, aliases and the reason.
//!
//! In: every note's [`Discovery`], the vocabulary, the user's overrides. Out: a [`Lexicon`]. Only sums
//! over notes against fixed thresholds decide, so that order changes nothing and a note's part can
//! be taken out again. Names are one by certain rules (vocabulary, abbreviation, front matter, vendor
//! prefix, hyphen and space, the user's file); a spelling slip joins one known name and never chains.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::discover::{Candidate, Discovery, Signal};
use super::english::is_english;
use super::merge::Groups;
use super::spelling::Speller;
use super::vocabulary::{Vocabulary, VocabularyEntry};
use super::word::{Shape, Words, camel_parts, name_key};
use super::{ConceptAlias, ConceptEntry, Kind};
use crate::config::Overrides;
use crate::text::{Name, fold};

/// What a name needs to be accepted, in thousandths summed over notes.
pub const ACCEPTED: u32 = 1000;

/// The accepted names and what they mean. Ordered by name throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lexicon {
    concepts: Vec<ConceptEntry>,
    surfaces: Vec<Surface>,
}

/// A sequence of folded words that means a concept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Surface {
    /// Folded words, joined by spaces.
    pub words: Name,
    /// Position in [`Lexicon::concepts`].
    pub concept: u32,
    /// How it must be written to count.
    pub case: CaseRule,
}

/// How a name must be written to count as the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum CaseRule {
    /// In any case.
    Any,
    /// With a capital, unless the note itself has it so elsewhere.
    Capital,
    /// Exactly so: its lower case is a common word.
    Exact(Name),
}

impl Lexicon {
    /// The lexicon of these concepts and word sequences.
    #[must_use]
    pub fn new(concepts: Vec<ConceptEntry>, surfaces: Vec<Surface>) -> Self {
        Self { concepts, surfaces }
    }

    /// The concepts, by name.
    #[must_use]
    pub fn concepts(&self) -> &[ConceptEntry] {
        &self.concepts
    }

    /// The word sequences, by words.
    #[must_use]
    pub fn surfaces(&self) -> &[Surface] {
        &self.surfaces
    }

    /// The words of every name that came, went or changed its meaning since `older`, one list a name. A note
    /// need be linked again only if its surface words hold all words of one of them.
    #[must_use]
    pub fn changed_since(&self, older: &Self) -> Vec<Vec<String>> {
        let described = |lexicon: &Self| -> BTreeSet<(Name, Name, Kind, CaseRule)> {
            let meaning = |surface: &Surface| {
                let concept = &lexicon.concepts[surface.concept as usize];
                (surface.words.clone(), concept.name.clone(), concept.kind, surface.case.clone())
            };
            lexicon.surfaces.iter().map(meaning).collect()
        };
        let (new, old) = (described(self), described(older));
        let changed: BTreeSet<Name> = new.symmetric_difference(&old).map(|(words, ..)| words.clone()).collect();
        changed.iter().map(|words| words.split(' ').map(str::to_owned).collect()).collect()
    }
}

/// What all notes together say of one name.
#[derive(Debug, Default)]
struct Total {
    score: u32,
    notes: u32,
    forms: BTreeMap<Name, u32>,
    signals: BTreeMap<Signal, u32>,
    /// Titles of notes that are this name.
    titles: BTreeMap<Name, u32>,
}

/// Settles the names of the notes that were added up.
pub(super) fn resolve(sum: Sum, vocabulary: &Vocabulary, overrides: &Overrides) -> Lexicon {
    let Sum { totals, pairs } = sum;
    let totals: BTreeMap<String, Total> = totals.into_iter().collect();
    // Who ignores a concept of the vocabulary means it by all of its names.
    let names = |name: &String| {
        let entry = vocabulary.get(name).filter(|entry| name_key(&entry.name) == name_key(name));
        let aliases = entry.into_iter().flat_map(|entry| entry.aliases.iter().map(|alias| name_key(alias)));
        std::iter::once(name_key(name)).chain(aliases).collect::<Vec<_>>()
    };
    let ignored: BTreeSet<String> = overrides.ignore.iter().flat_map(names).collect();
    let known = |key: &str, total: &Total| {
        vocabulary.get(key).or_else(|| total.forms.keys().find_map(|form| vocabulary.get(form)))
    };
    let accepted: BTreeSet<&str> = totals
        .iter()
        .filter(|(key, total)| total.score >= ACCEPTED && !ignored.contains(*key))
        .map(|(key, _)| key.as_str())
        .collect();
    let mut groups = Groups::new(overrides);
    for key in &accepted {
        groups.add(key);
        let total = &totals[*key];
        if let Some(entry) =
            known(key, total).filter(|_| total.signals.contains_key(&Signal::Vocabulary) || !is_english(key))
        {
            groups.join_entry(key, &entry.name);
        }
    }
    join_pairs(&pairs, &accepted, vocabulary, &mut groups);
    join_by_form(&accepted, vocabulary, &mut groups);
    groups.join_overrides();
    let speller = Speller::new(vocabulary, &accepted);
    for (key, total) in &totals {
        let odd = !accepted.contains(key.as_str()) && !ignored.contains(key) && !key.contains(' ');
        if let Some(target) = odd.then(|| speller.correct(key)).flatten() {
            groups.join_spelling(key, &target, total.forms.keys());
        }
    }
    settle(&groups, &totals, &pairs, vocabulary, overrides)
}

type Pairs = BTreeMap<String, BTreeMap<String, (Name, Name, Name)>>;

/// What notes introduce, added up note by note in any order; grows with the names, not with the notes.
#[derive(Debug, Default)]
pub struct Sum {
    totals: FxHashMap<String, Total>,
    /// What each short form stands for.
    pairs: Pairs,
}

impl Sum {
    /// Adds what one note introduces.
    pub fn add(&mut self, discovery: &Discovery) {
        for candidate in &discovery.candidates {
            let total = match self.totals.get_mut(&candidate.key) {
                Some(total) => total,
                None => self.totals.entry(candidate.key.clone()).or_default(),
            };
            total.add(candidate);
        }
        for pair in &discovery.pairs {
            let entry = (pair.short.clone(), pair.long.clone(), pair.rule.clone());
            let longs = self.pairs.entry(name_key(&pair.short)).or_default();
            let kept = longs.entry(name_key(&pair.long)).or_insert_with(|| entry.clone());
            *kept = kept.clone().min(entry);
        }
    }
}

impl Total {
    fn add(&mut self, candidate: &Candidate) {
        self.score = self.score.saturating_add(candidate.score());
        self.notes += 1;
        for (form, count) in &candidate.forms {
            *self.forms.entry(form.clone()).or_default() += count;
        }
        for (signal, _) in &candidate.signals {
            *self.signals.entry(*signal).or_default() += 1;
        }
        if let Some(title) = &candidate.title {
            *self.titles.entry(title.clone()).or_default() += 1;
        }
    }
}

/// A short form joins its long form where all notes agree on it.
fn join_pairs(pairs: &Pairs, accepted: &BTreeSet<&str>, vocabulary: &Vocabulary, groups: &mut Groups) {
    for (short, longs) in pairs {
        let front_matter = longs.values().all(|(.., rule)| &**rule == "front-matter");
        if longs.len() > 1 && !front_matter || !accepted.contains(short.as_str()) {
            continue;
        }
        for (long, (_, written, rule)) in longs {
            let entry = vocabulary.get(written);
            groups.add(long);
            if let Some(entry) = entry {
                groups.join_entry(long, &entry.name);
            }
            groups.join(short, long, rule);
        }
    }
}

/// Vendor prefixes, and names that differ only by spaces.
fn join_by_form(accepted: &BTreeSet<&str>, vocabulary: &Vocabulary, groups: &mut Groups) {
    const VENDORS: &[&str] = &["apache ", "amazon ", "aws ", "azure ", "google ", "microsoft "];
    let mut compact: BTreeMap<String, &str> = BTreeMap::new();
    for key in accepted {
        let rest = VENDORS.iter().find_map(|vendor| key.strip_prefix(vendor));
        let known = |name: &str| vocabulary.get(name).map(|entry| &entry.name);
        // The vocabulary lists all names of `Azure Functions`; `functions` is none of them.
        let fits = |rest: &&str| {
            if known(key).is_some() {
                known(key) == known(rest)
            } else {
                accepted.contains(rest) || known(rest).is_some()
            }
        };
        if let Some(rest) = rest.filter(fits) {
            groups.add(rest);
            if let Some(entry) = vocabulary.get(rest) {
                groups.join_entry(rest, &entry.name);
            }
            groups.join(rest, key, "vendor-prefix");
        }
        let joined: String = key.split(' ').collect();
        if let Some(other) = compact.get(&joined).filter(|_| joined.len() > 4) {
            groups.join(other, key, "hyphen-or-space");
        } else {
            compact.insert(joined, key);
        }
    }
}

/// One concept for each group.
fn settle(
    groups: &Groups,
    totals: &BTreeMap<String, Total>,
    pairs: &Pairs,
    vocabulary: &Vocabulary,
    overrides: &Overrides,
) -> Lexicon {
    let mut named: BTreeMap<Name, (ConceptEntry, Vec<(Name, CaseRule)>)> = BTreeMap::new();
    let aliases = front_matter_aliases(pairs);
    for group in groups.all() {
        let entry = group.entry.as_deref().and_then(|name| vocabulary.get(name));
        let title = title_form(&group.keys, totals, &aliases);
        // A file called `flume.txt` is no reason to call Flume otherwise; a note titled `Columnar Databases` names its term.
        let renames = |entry: &VocabularyEntry, title: &Name| {
            let term = !entry.name.contains(char::is_uppercase) && title.starts_with(char::is_uppercase);
            name_key(&entry.name) != name_key(title) || term && name_words(&entry.name) != name_words(title)
        };
        let title = title.filter(|title| entry.is_none_or(|entry| renames(entry, title)));
        let name = title.or_else(|| entry.map(|entry| entry.name.clone())).or_else(|| best_form(&group.keys, totals));
        let Some(name) = name else { continue };
        let kind = kind_of(&name, entry.map(|entry| entry.kind), overrides);
        let mut aliases: BTreeMap<String, ConceptAlias> = BTreeMap::new();
        let mut surfaces = Vec::new();
        let mut alias = |form: &Name, rule: &str| {
            let folded = fold(form);
            if folded != fold(&name) {
                aliases.entry(folded).or_insert_with(|| ConceptAlias { name: form.clone(), rule: rule.into() });
            }
        };
        if let Some(entry) = entry {
            for other in &entry.aliases {
                alias(other, "vocabulary");
            }
            for form in std::iter::once(&entry.name).chain(&entry.aliases).filter(|form| entry.is_written(form)) {
                surfaces_of(form, entry.ordinary, true, &mut surfaces);
            }
        }
        for (key, rule) in &group.keys {
            for form in totals.get(key).into_iter().flat_map(|total| total.forms.keys()) {
                alias(form, if rule.is_empty() { "plural-or-hyphen" } else { rule });
                surfaces_of(form, entry.is_some_and(|entry| entry.ordinary), false, &mut surfaces);
            }
            for (short, long, rule) in pairs.get(key).into_iter().flat_map(BTreeMap::values) {
                if groups.together(key, &name_key(long)) {
                    alias(short, rule);
                    alias(long, rule);
                    surfaces_of(long, false, false, &mut surfaces);
                }
            }
        }
        for form in &group.misspelt {
            alias(form, "spelling");
            surfaces.push((name_words(form), CaseRule::Any));
        }
        let reason = reason(&group.keys, totals, entry.is_some());
        let aliases = aliases.into_values().collect::<BTreeSet<_>>().into_iter().collect();
        let concept = ConceptEntry { name: name.clone(), kind, aliases, reason };
        let slot = named.entry(name).or_insert_with(|| (concept, Vec::new()));
        slot.1.append(&mut surfaces);
    }
    assemble(named)
}

/// Concepts in name order, and each word sequence once: the first concept by name keeps it.
fn assemble(named: BTreeMap<Name, (ConceptEntry, Vec<(Name, CaseRule)>)>) -> Lexicon {
    let mut lexicon = Lexicon::default();
    let mut taken: BTreeMap<Name, Surface> = BTreeMap::new();
    // A concept's own name outranks another's alias.
    let own: FxHashMap<Name, usize> = named.keys().enumerate().map(|(index, name)| (name_words(name), index)).collect();
    for (index, (_, (concept, surfaces))) in named.into_iter().enumerate() {
        let id = u32::try_from(index).expect("fewer than 2^32 concepts");
        for (words, case) in surfaces {
            if words.is_empty() || own.get(&words).is_some_and(|owner| *owner != index) {
                continue;
            }
            let surface = taken.entry(words.clone()).or_insert(Surface { words, concept: id, case: case.clone() });
            if surface.concept == id && surface.case > case {
                surface.case = case;
            }
        }
        lexicon.concepts.push(concept);
    }
    lexicon.surfaces = taken.into_values().collect();
    lexicon
}

fn name_words(name: &str) -> Name {
    let words = Words::new(name);
    let folded: Vec<&str> = words.all().iter().map(|word| words.folded(word)).collect();
    folded.join(" ").into()
}

/// The word sequences by which a form is found: as written, singular, cut at camel-case seams, run together.
fn surfaces_of(form: &Name, ordinary: bool, from_vocabulary: bool, surfaces: &mut Vec<(Name, CaseRule)>) {
    let words = Words::new(form);
    let [first, rest @ ..] = words.all() else { return };
    let folded = name_words(form);
    let case = case_rule(form, &folded, ordinary, rest.is_empty(), from_vocabulary);
    if !(from_vocabulary && rest.is_empty()) {
        surfaces.push((name_key(form).into(), case.clone()));
    }
    if rest.is_empty() && first.shape == Shape::Mixed {
        let parts: Vec<String> = camel_parts(form).iter().map(|part| part.of(form).to_lowercase()).collect();
        if parts.len() == 2 && parts.iter().all(|part| part.len() > 2) {
            surfaces.push((parts.join(" ").into(), CaseRule::Any));
        }
    }
    if rest.len() == 1 && folded.len() > 7 {
        surfaces.push((folded.replace(' ', "").into(), CaseRule::Any));
    }
    surfaces.push((folded, case));
}

fn case_rule(form: &Name, folded: &str, ordinary: bool, single: bool, from_vocabulary: bool) -> CaseRule {
    let capital = form.chars().any(char::is_uppercase);
    if !single || !capital {
        CaseRule::Any
    } else if is_english(folded) && (folded.chars().count() <= 4 || is_upper(form)) || folded.chars().count() == 1 {
        CaseRule::Exact(form.clone())
    } else if from_vocabulary && (ordinary || is_english(folded)) {
        CaseRule::Capital
    } else {
        CaseRule::Any
    }
}

fn is_upper(form: &str) -> bool {
    form.chars().all(|letter| letter.is_uppercase() || !letter.is_alphabetic())
}

/// The names that front matter gives as aliases.
fn front_matter_aliases(pairs: &Pairs) -> BTreeSet<&Name> {
    let pairs = pairs.values().flat_map(BTreeMap::values);
    pairs.filter(|(.., rule)| &**rule == "front-matter").map(|(_, long, _)| long).collect()
}

/// The title of the note that is about it; of several the most frequent, then by code point. An alias of the front matter is no title.
fn title_form(
    keys: &BTreeMap<String, Name>,
    totals: &BTreeMap<String, Total>,
    aliases: &BTreeSet<&Name>,
) -> Option<Name> {
    let titles = keys.keys().filter_map(|key| totals.get(key)).flat_map(|total| &total.titles);
    titles
        .filter(|(form, _)| !aliases.contains(form))
        .max_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then_with(|| b.cmp(a)))
        .map(|(form, _)| form.clone())
}

/// The most frequent form, then the shorter, then by code point.
fn best_form(keys: &BTreeMap<String, Name>, totals: &BTreeMap<String, Total>) -> Option<Name> {
    let mut forms: BTreeMap<&Name, u32> = BTreeMap::new();
    for (form, count) in keys.keys().filter_map(|key| totals.get(key)).flat_map(|total| &total.forms) {
        *forms.entry(form).or_default() += count;
    }
    let rank = |(form, count): &(&Name, u32)| {
        (*count, std::cmp::Reverse(form.chars().count()), std::cmp::Reverse((*form).clone()))
    };
    forms.into_iter().max_by_key(rank).map(|(form, _)| form.clone())
}

fn kind_of(name: &str, known: Option<Kind>, overrides: &Overrides) -> Kind {
    let set =
        overrides.kinds.iter().find(|(other, _)| fold(other) == fold(name)).and_then(|(_, kind)| Kind::named(kind));
    set.or(known).unwrap_or_else(|| kind_by_noun(name))
}

/// The kind that the last word tells: `leader node` is Compute.
fn kind_by_noun(name: &str) -> Kind {
    let words = Words::new(name);
    let Some(last) = words.all().last() else { return Kind::Term };
    match words.singular(last) {
        "database" | "db" | "datastore" => Kind::Database,
        "warehouse" => Kind::Warehouse,
        "storage" | "store" | "lake" | "bucket" | "table" | "filesystem" | "volume" | "disk" => Kind::Storage,
        "ingestion" | "connector" | "collector" | "crawler" => Kind::Ingestion,
        "queue" | "broker" | "topic" | "bus" | "messaging" => Kind::Messaging,
        "engine" | "processing" | "processor" => Kind::Processing,
        "scheduler" | "orchestrator" | "workflow" | "orchestration" => Kind::Orchestration,
        "format" | "codec" => Kind::Format,
        "language" => Kind::Language,
        "library" | "framework" | "package" | "sdk" | "plugin" => Kind::Library,
        "protocol" | "api" | "interface" => Kind::Protocol,
        "standard" | "certification" | "regulation" => Kind::Standard,
        "service" => Kind::Service,
        "node" | "cluster" | "instance" | "machine" | "server" | "container" | "slice" => Kind::Compute,
        "network" | "gateway" | "balancer" | "proxy" | "subnet" => Kind::Network,
        "policy" | "permission" | "firewall" | "encryption" | "authentication" | "federation" => Kind::Security,
        "monitoring" | "metric" | "alert" | "log" => Kind::Monitoring,
        "tool" | "application" | "app" | "client" | "editor" | "console" => Kind::Tool,
        "architecture" | "model" | "pattern" | "schema" | "pipeline" => Kind::Architecture,
        "method" | "technique" | "algorithm" | "practice" | "methodology" | "scaling" | "strategy" => Kind::Method,
        "engineer" | "architect" | "analyst" | "scientist" | "developer" | "administrator" => Kind::Role,
        _ => Kind::Term,
    }
}

fn reason(keys: &BTreeMap<String, Name>, totals: &BTreeMap<String, Total>, known: bool) -> String {
    let mut signals: BTreeMap<Signal, u32> = BTreeMap::new();
    let mut score = 0_u32;
    for total in keys.keys().filter_map(|key| totals.get(key)) {
        score = score.saturating_add(total.score);
        for (signal, notes) in &total.signals {
            *signals.entry(*signal).or_default() += notes;
        }
    }
    let shown: Vec<String> =
        signals.iter().map(|(signal, notes)| format!("{} in {notes}", format!("{signal:?}").to_lowercase())).collect();
    let origin = if known { "known name; " } else { "" };
    format!("{origin}{}; score {score}, needed {ACCEPTED}", shown.join(", "))
}
