//! What notes introduce, added up note by note; a note's part can be taken out again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize, Serializer};

use crate::extract::discover::{Candidate, Discovery, Signal};
use crate::extract::english::{is_english, is_generic};
use crate::extract::word::name_key;
use crate::text::Name;

/// What all notes together say of one name.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Total {
    pub score: u64,
    pub notes: u32,
    pub forms: BTreeMap<Name, u32>,
    pub signals: BTreeMap<Signal, u32>,
    /// Titles of notes that are this name.
    pub titles: BTreeMap<Name, u32>,
}

/// What each short form stands for: short, long and rule as written, by the keys of both.
pub(super) type Pairs = BTreeMap<String, BTreeMap<String, (Name, Name, Name)>>;

/// As [`Pairs`], with every way in which notes write it, and how often.
type WrittenPairs = BTreeMap<String, BTreeMap<String, BTreeMap<(Name, Name, Name), u32>>>;

/// What notes introduce, added up note by note in any order; grows with the names, not with the notes. It depends on the
/// notes that are in it alone, and so do the bytes that it is written as.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    #[serde(serialize_with = "in_order")]
    pub(super) totals: FxHashMap<String, Total>,
    pairs: WrittenPairs,
}

impl Sum {
    /// Adds what one note introduces.
    pub fn add(&mut self, discovery: &Discovery) {
        self.add_copies(discovery, 1);
    }

    /// Adds what each of so many copies of one note introduces.
    pub fn add_copies(&mut self, discovery: &Discovery, copies: u32) {
        for candidate in &discovery.candidates {
            let total = match self.totals.get_mut(&*candidate.key) {
                Some(total) => total,
                None => self.totals.entry(candidate.key.to_string()).or_default(),
            };
            total.add(candidate, copies);
        }
        for pair in &discovery.pairs {
            let written = (pair.short.clone(), pair.long.clone(), pair.rule.clone());
            let longs = self.pairs.entry(name_key(&pair.short)).or_default();
            *longs.entry(name_key(&pair.long)).or_default().entry(written).or_default() += copies;
        }
    }

    /// Takes out what a note introduces that was added.
    pub fn remove(&mut self, discovery: &Discovery) {
        for candidate in &discovery.candidates {
            if let Some(total) = self.totals.get_mut(&*candidate.key) {
                total.remove(candidate);
                if total.notes == 0 {
                    self.totals.remove(&*candidate.key);
                }
            }
        }
        for pair in &discovery.pairs {
            let written = (pair.short.clone(), pair.long.clone(), pair.rule.clone());
            let Entry::Occupied(mut longs) = self.pairs.entry(name_key(&pair.short)) else { continue };
            if let Entry::Occupied(mut forms) = longs.get_mut().entry(name_key(&pair.long)) {
                take(forms.get_mut(), &written, 1);
                if forms.get().is_empty() {
                    forms.remove();
                }
            }
            if longs.get().is_empty() {
                longs.remove();
            }
        }
    }

    /// The names in order, and what short forms stand for: of several ways to write it the first.
    pub(super) fn into_parts(self) -> (BTreeMap<String, Total>, Pairs) {
        let first = |forms: BTreeMap<(Name, Name, Name), u32>| forms.into_keys().next();
        let longs = |longs: BTreeMap<String, BTreeMap<(Name, Name, Name), u32>>| {
            longs.into_iter().filter_map(|(long, forms)| Some((long, first(forms)?))).collect()
        };
        let pairs = self.pairs.into_iter().map(|(short, all)| (short, longs(all))).collect();
        (self.totals.into_iter().collect(), pairs)
    }
}

/// As many notes that write the same over their text have a template or a habit in common.
const HABIT: u32 = 3;

impl Total {
    /// Whether the name is a habit of who writes rather than a thing: plain words that stand over or open texts in several
    /// notes, and that hardly any of them says in its text. `Scenario Questions`, `Common Mistakes`.
    pub(super) fn is_habit(&self, key: &str) -> bool {
        let over = |signal: &Signal| {
            matches!(
                signal,
                Signal::Heading
                    | Signal::Definition
                    | Signal::Entry
                    | Signal::Strong
                    | Signal::Run
                    | Signal::Opening
                    | Signal::Repeated
            )
        };
        let said = self.signals.get(&Signal::Repeated).copied().unwrap_or_default();
        self.notes >= HABIT
            && said * 4 < self.notes
            && self
                .signals
                .iter()
                .all(|(signal, count)| over(signal) || *signal == Signal::Arrow && count * 8 <= self.notes)
            && key
                .split(' ')
                .all(|word| is_english(word) || is_generic(word) || word.bytes().all(|byte| byte.is_ascii_digit()))
    }

    fn add(&mut self, candidate: &Candidate, copies: u32) {
        self.score += u64::from(candidate.score()) * u64::from(copies);
        self.notes += copies;
        for (form, count) in &candidate.forms {
            *self.forms.entry(form.clone()).or_default() += count * copies;
        }
        for (signal, _) in &candidate.signals {
            *self.signals.entry(*signal).or_default() += copies;
        }
        if let Some(title) = &candidate.title {
            *self.titles.entry(title.clone()).or_default() += copies;
        }
    }

    fn remove(&mut self, candidate: &Candidate) {
        self.score = self.score.saturating_sub(u64::from(candidate.score()));
        self.notes = self.notes.saturating_sub(1);
        for (form, count) in &candidate.forms {
            take(&mut self.forms, form, *count);
        }
        for (signal, _) in &candidate.signals {
            take(&mut self.signals, signal, 1);
        }
        if let Some(title) = &candidate.title {
            take(&mut self.titles, title, 1);
        }
    }
}

/// Takes off a count, and what has none left.
fn take<K: Ord>(counts: &mut BTreeMap<K, u32>, key: &K, count: u32) {
    if let Some(left) = counts.get_mut(key) {
        *left = left.saturating_sub(count);
        if *left == 0 {
            counts.remove(key);
        }
    }
}

/// Writes a map by its keys, whatever order it keeps.
fn in_order<S: Serializer>(totals: &FxHashMap<String, Total>, serializer: S) -> Result<S::Ok, S::Error> {
    totals.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    #[test]
    fn plain_words_over_the_texts_of_several_notes_are_a_habit() {
        let extractor = Extractor::new(&Overrides::default());
        let concepts = |notes: [&str; 3]| {
            let mut sum = Sum::default();
            for (path, text) in ["a.md", "b.md", "c.md"].iter().zip(notes) {
                sum.add(&extractor.discover(&read(path, text.as_bytes()).0));
            }
            let lexicon = extractor.settle(sum);
            lexicon.concepts().iter().map(|concept| concept.name.to_string()).collect::<Vec<_>>()
        };
        let over = "# About it\n\n## Common junior traps\n\nSome text.\n";
        assert_eq!(concepts([over, over, over]), [""; 0]);
        // What texts speak of is a thing.
        let said = "# About it\n\n## Widget frames\n\nThe house has widget frames.\n";
        assert_eq!(concepts([said, said, said]), ["Widget frames"]);
    }

    #[test]
    fn what_was_added_can_be_taken_out_without_a_trace() {
        let extractor = Extractor::new(&Overrides::default());
        let discover = |path: &str, text: &str| extractor.discover(&read(path, text.as_bytes()).0);
        let one = discover("Zorblax.md", "# Zorblax\n\nZBX: Zorblax big exchange\nZBX feeds HDFS.\n");
        let other = discover("b.md", "ZBX: zorblax big exchange\nKafka feeds Zorblax and HDFS.\n");
        let bytes = |sum: &Sum| postcard::to_stdvec(sum).unwrap();
        let (mut sum, mut alone) = (Sum::default(), Sum::default());
        sum.add(&one);
        let before = bytes(&sum);
        let (mut twice, mut copies) = (Sum::default(), Sum::default());
        twice.add(&one);
        twice.add(&one);
        copies.add_copies(&one, 2);
        assert_eq!(twice, copies);
        sum.add(&other);
        alone.add(&other);
        assert_eq!(postcard::from_bytes::<Sum>(&bytes(&sum)).unwrap(), sum);
        sum.remove(&one);
        assert_eq!((bytes(&sum), &sum), (bytes(&alone), &alone));
        sum.add(&one);
        sum.remove(&other);
        assert_eq!(bytes(&sum), before);
        sum.remove(&one);
        assert_eq!(sum, Sum::default());
    }
}
