//! Ordinary English and the words that rules ask for: one table, made when quipu is compiled.
//!
//! In: a folded word. Out: whether it is ordinary English, ends a noun phrase, heads a class, or belongs to any
//! text. The lists lie in `words/`, one word a line. Method: open addressing over the words' hashes (`text/hash.rs`);
//! nothing is read or built at start, one look-up takes a few nanoseconds. Slips of a letter are looked for by a set of bits that tells
//! of a word with one letter open whether any letter may make it English. Used by every step of extraction.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::text::hash;

/// All words of the lists, each behind a line end.
const TEXT: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));
/// Four bytes a slot, little-endian: where the word begins in [`TEXT`], above 20 bits of that the highest seven of its hash, and its
/// lists in the five highest.
const SLOTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.table"));
const SLOT_COUNT: usize = SLOTS.len() / 4;
/// One bit for each English word with `?` in the place of one of its letters.
const HOLES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.holes"));

/// The lists, one bit each, in the order of `LISTS` in `build.rs`.
const ENGLISH: u32 = 1;
const BOUNDARY: u32 = 1 << 1;
const CLASS_NOUN: u32 = 1 << 2;
const GENERIC: u32 = 1 << 3;
const SENTENCE: u32 = 1 << 4;

/// The lists that hold the word, as bits; none for an unknown word.
fn lists(word: &[u8]) -> u32 {
    let number = hash::of(word);
    let mut slot = number as usize & (SLOT_COUNT - 1);
    loop {
        let bytes = &SLOTS[slot * 4..slot * 4 + 4];
        let entry = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        if entry == 0 {
            return 0;
        }
        // Most other words are told by this, without a look at the text.
        if entry >> 20 & 0x7f == number >> 25 {
            let written = &TEXT.as_bytes()[(entry & ((1 << 20) - 1)) as usize..];
            if written.starts_with(word) && written.get(word.len()) == Some(&b'\n') {
                return entry >> 27;
            }
        }
        slot = (slot + 1) & (SLOT_COUNT - 1);
    }
}

/// Whether a noun phrase stops before this folded word: articles, prepositions, conjunctions, pronouns, auxiliaries, and
/// verbs and adverbs that commonly stand before a phrase.
#[must_use]
pub(super) fn is_boundary(folded: &str) -> bool {
    lists(folded.as_bytes()) & BOUNDARY != 0
}

/// Whether the singular is a noun that classes of things are called by: `messaging systems such as Kafka`.
#[must_use]
pub(super) fn is_class_noun(singular: &str) -> bool {
    lists(singular.as_bytes()) & CLASS_NOUN != 0
}

/// Whether the singular names a part of any text (`overview`, `benefit`) and no concept.
#[must_use]
pub(super) fn is_generic(singular: &str) -> bool {
    lists(singular.as_bytes()) & GENERIC != 0
}

/// Whether the folded word shows a heading or field to be a sentence, a question or an instruction.
#[must_use]
pub(super) fn is_sentence_word(folded: &str) -> bool {
    lists(folded.as_bytes()) & SENTENCE != 0
}

/// Longer words are in no list.
const LONGEST: usize = 32;

/// Whether the folded word is ordinary English, also as a plural or a simple inflection.
#[must_use]
pub(super) fn is_english(folded: &str) -> bool {
    let plain = folded.len() <= LONGEST && folded.is_ascii() && is_inflected(folded.as_bytes());
    plain || folded.contains('\'')
}

/// Whether an ASCII word of at most [`LONGEST`] bytes is in the word list, as it is, as a plural or as a participle.
fn is_inflected(word: &[u8]) -> bool {
    let known = is_english_word;
    known(word)
        || word.strip_suffix(b"s").is_some_and(known)
        || word.strip_suffix(b"es").is_some_and(known)
        || word.strip_suffix(b"ing").is_some_and(|stem| known(stem) || known(&with_e(stem)[..=stem.len()]))
}

/// Whether the folded word stands in the word list as it is.
#[must_use]
pub(super) fn is_english_as_written(folded: &str) -> bool {
    is_english_word(folded.as_bytes())
}

/// A stem of at most [`LONGEST`] bytes with an `e` behind it.
fn with_e(stem: &[u8]) -> [u8; LONGEST + 1] {
    let mut word = [b'e'; LONGEST + 1];
    word[..stem.len()].copy_from_slice(stem);
    word
}

/// Longer words are no slips of English.
const LONGEST_SLIP: usize = 24;

/// How many answers a thread remembers.
const REMEMBERED: usize = 1 << 14;

thread_local! {
    /// Words that were asked for, and whether they are slips: the same odd words stand in notes again and again.
    static SLIPS: RefCell<FxHashMap<Box<str>, bool>> = RefCell::default();
}

/// Whether the word is one slip away from ordinary English: a letter missing, doubled, swapped or wrong.
///
/// Cost: some hundred look-ups for a word that this thread did not ask for lately.
#[must_use]
pub(super) fn is_misspelt_english(folded: &str) -> bool {
    if !(5..=LONGEST_SLIP).contains(&folded.len()) || !folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    SLIPS.with_borrow_mut(|slips| {
        if let Some(known) = slips.get(folded) {
            return *known;
        }
        if slips.len() == REMEMBERED {
            slips.clear();
        }
        let slip = is_slip(folded.as_bytes());
        slips.insert(folded.into(), slip);
        slip
    })
}

/// Tries each slip in turn in one buffer; the word has at most [`LONGEST_SLIP`] bytes.
fn is_slip(word: &[u8]) -> bool {
    let length = word.len();
    let mut buffer = [0; LONGEST_SLIP + 1];
    // A letter too much, and, the same with any letter in its place, a wrong one.
    for at in 0..length {
        buffer[..at].copy_from_slice(&word[..at]);
        buffer[at..length - 1].copy_from_slice(&word[at + 1..]);
        if is_inflected(&buffer[..length - 1]) {
            return true;
        }
        buffer[at + 1..length].copy_from_slice(&word[at + 1..]);
        if at > 0 && has_letter(&mut buffer[..length], at) {
            return true;
        }
    }
    // Two letters swapped.
    buffer[..length].copy_from_slice(word);
    for at in 1..length {
        buffer.swap(at - 1, at);
        if is_inflected(&buffer[..length]) {
            return true;
        }
        buffer.swap(at - 1, at);
    }
    // A letter missing, but for the first.
    (1..=length).any(|at| {
        buffer[..at].copy_from_slice(&word[..at]);
        buffer[at + 1..=length].copy_from_slice(&word[at..]);
        has_letter(&mut buffer[..=length], at)
    })
}

/// Whether any letter at `at` makes the word English, as it is or inflected. The word has at most [`LONGEST_SLIP`] bytes and one more.
fn has_letter(word: &mut [u8], at: usize) -> bool {
    word[at] = b'?';
    ENDINGS.iter().any(|(ending, behind)| {
        let Some(stem) = word.len().checked_sub(ending.len()) else { return false };
        let fits = |(place, letter): (usize, &u8)| stem + place == at || word[stem + place] == *letter;
        if !ending.iter().enumerate().all(fits) {
            return false;
        }
        let mut buffer = [0; LONGEST_SLIP + 2];
        buffer[..stem].copy_from_slice(&word[..stem]);
        buffer[stem..stem + behind.len()].copy_from_slice(behind);
        let form = &mut buffer[..stem + behind.len()];
        if at >= stem {
            return is_english_word(form);
        }
        may_be_filled(form)
            && (b'a'..=b'z').any(|letter| {
                form[at] = letter;
                is_english_word(form)
            })
    })
}

/// The endings that [`is_inflected`] takes off, and what it puts in their place.
const ENDINGS: [(&[u8], &[u8]); 5] = [(b"", b""), (b"s", b""), (b"es", b""), (b"ing", b""), (b"ing", b"e")];

/// Whether there may be a letter that makes a word with `?` in it English. Most words are told by this.
fn may_be_filled(word: &[u8]) -> bool {
    let (byte, bit) = hash::bit(hash::of(word), HOLES.len() * 8);
    HOLES[byte] & bit != 0
}

/// Whether the word stands in the word list.
fn is_english_word(word: &[u8]) -> bool {
    lists(word) & ENGLISH != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_lists_is_found_in_its_lists_only() {
        for (list, bit) in [
            (include_str!("words/words.txt"), ENGLISH),
            (include_str!("words/boundaries.txt"), BOUNDARY),
            (include_str!("words/class-nouns.txt"), CLASS_NOUN),
            (include_str!("words/generic.txt"), GENERIC),
            (include_str!("words/sentence-words.txt"), SENTENCE),
        ] {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]), "a list is sorted, each word once");
            assert!(words.iter().all(|word| lists(word.as_bytes()) & bit != 0));
            let held = TEXT.lines().filter(|word| !word.is_empty() && lists(word.as_bytes()) & bit != 0).count();
            assert_eq!(held, words.len());
        }
        assert_eq!(lists(b"kubectl"), 0);
        assert_eq!(lists(b""), 0);
    }

    proptest::proptest! {
        #[test]
        fn a_letter_is_found_where_one_makes_the_word_english(
            word in 0..65_000_usize, changed in 0..30_usize, letter in b'a'..=b'z', ending in "(s|es|ing)?", at in 0..30_usize,
        ) {
            let listed = include_str!("words/words.txt").lines().nth(word).unwrap();
            let mut word = [listed.as_bytes(), ending.as_bytes()].concat();
            word.truncate(LONGEST_SLIP + 1);
            let length = word.len();
            word[changed % length] = letter;
            let at = at % length;
            let slow = (b'a'..=b'z').any(|letter| {
                word[at] = letter;
                is_inflected(&word)
            });
            proptest::prop_assert_eq!(has_letter(&mut word, at), slow);
        }
    }

    #[test]
    fn slips_of_english_are_seen_and_names_are_not_english() {
        assert!(is_english("pipelines") && is_english("scaling"));
        assert!(!is_english("hdfs") && !is_english("sqlite"));
        assert!(is_misspelt_english("rescent") && is_misspelt_english("extenal"));
        assert!(!is_misspelt_english("kubectl"));
    }
}
