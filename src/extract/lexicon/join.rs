//! Which names are accepted, and which of them are one.

use std::collections::{BTreeMap, BTreeSet};

use super::settle::Settler;
use super::sum::{Pairs, Sum, Total};
use super::variant::variants;
use super::{ACCEPTED, Lexicon};
use crate::config::Overrides;
use crate::extract::discover::Signal;
use crate::extract::english::is_english;
use crate::extract::merge::Groups;
use crate::extract::spelling::Speller;
use crate::extract::vocabulary::Vocabulary;
use crate::extract::word::name_key;

/// Settles the names of the notes that were added up.
pub(in crate::extract) fn resolve(sum: Sum, vocabulary: &Vocabulary, overrides: &Overrides) -> Lexicon {
    let (totals, pairs) = sum.into_parts();
    // Who ignores a concept of the vocabulary means it by all of its names.
    let names = |name: &String| {
        let entry = vocabulary.get(name).filter(|entry| name_key(&entry.name) == name_key(name));
        let aliases = entry.into_iter().flat_map(|entry| entry.aliases.iter().map(|alias| name_key(alias)));
        std::iter::once(name_key(name)).chain(aliases).collect::<Vec<_>>()
    };
    let ignored: BTreeSet<String> = overrides.ignore.iter().flat_map(names).collect();
    // A capital S is part of a name: DVCS is no plural of DVC.
    let known = |key: &str, total: &Total| {
        let shouted = || is_english(key).then(|| vocabulary.get(key)).flatten();
        total.forms.keys().find_map(|form| vocabulary.get(form)).or_else(shouted)
    };
    let accepted: BTreeSet<&str> = totals
        .iter()
        .filter(|(key, total)| total.score >= u64::from(ACCEPTED) && !ignored.contains(*key) && !total.is_habit(key))
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
    join_titles(&totals, &accepted, &mut groups);
    groups.join_overrides();
    let speller = Speller::new(vocabulary, &accepted);
    for (key, total) in &totals {
        let odd = !accepted.contains(key.as_str()) && !ignored.contains(key) && !key.contains(' ');
        if let Some(target) = odd.then(|| speller.correct(key)).flatten() {
            groups.join_spelling(key, &target, total.forms.keys());
        }
    }
    Settler { groups: &groups, totals: &totals, pairs: &pairs, vocabulary, overrides, ignored: &ignored }.settle()
}

/// A short form joins its long form where all notes agree on it.
fn join_pairs(pairs: &Pairs, accepted: &BTreeSet<&str>, vocabulary: &Vocabulary, groups: &mut Groups) {
    for (short, longs) in pairs {
        let front_matter = longs.values().all(|(.., rule)| &**rule == "front-matter");
        // The C of ACID is not the language.
        let letter = short.chars().count() == 1 && !front_matter;
        if longs.len() > 1 && !front_matter || letter || !accepted.contains(short.as_str()) {
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

/// A name that is an inflection of one note's title, and no note's title itself, joins it: `data model` joins Data Modeling.
fn join_titles(totals: &BTreeMap<String, Total>, accepted: &BTreeSet<&str>, groups: &mut Groups) {
    let mut owners: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for key in accepted.iter().filter(|key| !totals[**key].titles.is_empty()) {
        let varied = totals[*key].titles.keys().flat_map(|title| variants(title, true));
        for (form, _) in varied.filter(|(_, rule)| *rule == "inflection") {
            owners.entry(name_key(&form)).or_default().insert(*key);
        }
    }
    for (form, titles) in owners {
        let free = accepted.contains(form.as_str()) && totals[&form].titles.is_empty();
        if let (Some(title), true) = (titles.first(), free && titles.len() == 1) {
            groups.absorb(title, &form, "inflection");
        }
    }
}
