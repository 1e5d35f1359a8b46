//! The forms of a name: which is shown, and by which words a form is found.

use std::collections::{BTreeMap, BTreeSet};

use super::CaseRule;
use super::sum::{Pairs, Total};
use crate::extract::english::{is_boundary, is_english};
use crate::extract::seam::camel_parts;
use crate::extract::word::{Shape, Words, name_key};
use crate::text::Name;

/// The folded words of a name.
pub(super) fn name_words(name: &str) -> Name {
    let words = Words::new(name);
    let folded: Vec<&str> = words.all().iter().map(|word| words.folded(word)).collect();
    folded.join(" ").into()
}

/// The word sequences by which a form is found: as written, singular, cut at camel-case seams, run together.
pub(super) fn surfaces_of(form: &Name, origin: Origin, surfaces: &mut Vec<(Name, CaseRule)>) {
    let words = Words::new(form);
    let [first, rest @ ..] = words.all() else { return };
    let folded = name_words(form);
    let case = case_rule(form, &folded, rest.is_empty(), origin);
    // `request` is no Requests.
    let proper = matches!(origin, Origin::Notes { proper: true }) && is_english(&folded);
    if !(rest.is_empty() && (proper || matches!(origin, Origin::Vocabulary { .. }))) {
        surfaces.push((name_key(form).into(), case.clone()));
    }
    // `localStorage` is called so in code and not meant by `local storage`.
    if rest.is_empty() && first.shape == Shape::Mixed && form.starts_with(char::is_uppercase) {
        let parts: Vec<String> = camel_parts(form).iter().map(|part| part.of(form).to_lowercase()).collect();
        // `for each` is no ForEach.
        if parts.len() == 2 && parts.iter().all(|part| part.len() > 2) && !is_boundary(&parts[0]) {
            surfaces.push((parts.join(" ").into(), CaseRule::Any));
        }
    }
    if rest.len() == 1 && folded.len() > 7 {
        surfaces.push((folded.replace(' ', "").into(), CaseRule::Any));
    }
    surfaces.push((folded, case));
}

/// Who writes a form so.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// The vocabulary, which tells whether it is an ordinary word.
    Vocabulary { ordinary: bool },
    /// Notes, of what the vocabulary knows by a proper name, or of anything else.
    Notes { proper: bool },
}

fn case_rule(form: &Name, folded: &str, single: bool, origin: Origin) -> CaseRule {
    let capital = form.chars().any(char::is_uppercase);
    match origin {
        Origin::Notes { proper: true } if single && !capital && is_english(folded) => CaseRule::Proper,
        // `for core data` does not mean Core Data.
        Origin::Vocabulary { ordinary: true } if !single && capital && folded.split(' ').all(is_english) => {
            CaseRule::Capital
        }
        _ if !single || !capital => CaseRule::Any,
        _ if is_english(folded) && (folded.chars().count() <= 4 || is_upper(form)) || folded.chars().count() == 1 => {
            CaseRule::Exact(form.clone())
        }
        Origin::Vocabulary { ordinary } if ordinary || is_english(folded) => CaseRule::Capital,
        Origin::Notes { proper: true } if is_english(folded) => CaseRule::Capital,
        _ => CaseRule::Any,
    }
}

/// Whether all letters are capitals.
pub(super) fn is_upper(form: &str) -> bool {
    form.chars().all(|letter| letter.is_uppercase() || !letter.is_alphabetic())
}

/// The titles of notes, by which their concepts are called.
pub(super) struct Titles<'a> {
    totals: &'a BTreeMap<String, Total>,
    /// Names that front matter gives as aliases; they are no titles.
    aliases: BTreeSet<&'a Name>,
}

impl<'a> Titles<'a> {
    pub(super) fn new(totals: &'a BTreeMap<String, Total>, pairs: &'a Pairs) -> Self {
        let pairs = pairs.values().flat_map(BTreeMap::values);
        let aliases = pairs.filter(|(.., rule)| &**rule == "front-matter").map(|(_, long, _)| long).collect();
        Self { totals, aliases }
    }

    /// The title of the note that is about a group of names; of several the most frequent, then by code point.
    pub(super) fn of(&self, keys: &BTreeMap<String, Name>) -> Option<Name> {
        let titles = keys.keys().filter_map(|key| self.totals.get(key)).flat_map(|total| &total.titles);
        titles
            .filter(|(form, _)| !self.aliases.contains(form))
            .max_by(|(a, of_a), (b, of_b)| of_a.cmp(of_b).then_with(|| b.cmp(a)))
            .map(|(form, _)| form.clone())
    }
}

/// The most frequent form, then the shorter, then by code point.
pub(super) fn best_form(keys: &BTreeMap<String, Name>, totals: &BTreeMap<String, Total>) -> Option<Name> {
    let mut forms: BTreeMap<&Name, u32> = BTreeMap::new();
    for (form, count) in keys.keys().filter_map(|key| totals.get(key)).flat_map(|total| &total.forms) {
        *forms.entry(form).or_default() += count;
    }
    let rank = |(form, count): &(&Name, u32)| {
        (*count, std::cmp::Reverse(form.chars().count()), std::cmp::Reverse((*form).clone()))
    };
    forms.into_iter().max_by_key(rank).map(|(form, _)| form.clone())
}
