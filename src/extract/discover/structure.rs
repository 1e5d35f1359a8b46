//! Names that stand where structure puts names: headings, fields, arrows, classes, listed bullets, short forms.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Signal;
use super::collect::{Collected, Finds};
use crate::extract::abbreviation::{abbreviations, opening_long_form};
use crate::extract::english::{is_boundary, is_english, is_generic};
use crate::extract::matcher::Match;
use crate::extract::phrase::{announces_parts, field, heading_name, is_generic_phrase, span_of};
use crate::extract::relation::{arrow, hearst};
use crate::extract::vocabulary::Vocabulary;
use crate::extract::word::{Shape, Words};
use crate::read::{Block, BlockId, BlockKind, Note, SectionId};
use crate::text::Span;

/// Abbreviations, and, of a block that is no heading, classes and arrows: what a block names by its words alone.
pub(super) fn named(block: &Block, words: &Words, (vocabulary, known): (&Vocabulary, &[Match]), finds: &mut Finds) {
    let text = block.text.as_str();
    for found in abbreviations(text) {
        let short = found.short.of(text);
        // One letter stands for too many things to be a name; its long form is one.
        let letter = short.chars().count() == 1;
        finds.add(if letter { &found.long } else { short }, Signal::Abbreviation);
        finds.pair(short, &found.long, found.rule, found.short.start);
    }
    if block.kind == BlockKind::Heading {
        return;
    }
    let proper = |at: usize| {
        let entry = vocabulary.get(words.folded(&words.all()[at]));
        entry.is_some_and(|entry| entry.name.chars().any(char::is_uppercase))
    };
    let generic = |class: &Range<usize>| {
        class.len() == 1 && (is_generic(words.singular(&words.all()[class.start])) || names_after(words, class.end) < 2)
    };
    for class in hearst::classes(words).into_iter().filter(|class| !class.clone().any(proper) && !generic(class)) {
        if !ends_in_known(text, known, span_of(words, &class)) {
            finds.add(span_of(words, &class).of(text), Signal::Class);
        }
    }
    if let Some(chain) = arrow::chain(text) {
        for end in chain.iter().flatten() {
            let name = arrow::bare(end.of(text));
            let small = |span: Span| span.of(text).trim_start().starts_with(char::is_lowercase);
            let acts = small(*end) && ends_in_one_known(text, known, *end);
            if is_term(name, chain.len()) && !has_boundary(name) && !ends_in_known(text, known, *end) && !acts {
                finds.add(name, Signal::Arrow);
            }
        }
        let counted = |label: &str| label.contains(|letter: char| letter.is_ascii_digit());
        let name = |label: &str| !has_boundary(label) && !counted(label) && heading_name(label).is_some();
        if let Some((label, value)) = field(text)
            && name(label.of(text))
            && !is_spoken(value.of(text))
        {
            finds.add(label.of(text), Signal::Definition);
        }
    }
}

/// Headings, fields and listed names: what a block names by where it stands.
pub(super) fn placed(
    (note, fields): (&Note, &Fields),
    (block, keyed): (&Block, Option<(Span, Span)>),
    words: &Words,
    collected: &mut Collected,
) {
    let text = block.text.as_str();
    if block.kind == BlockKind::Heading {
        heading(note, block, collected);
    } else if arrow::chain(text).is_some() {
    } else if let Some((key, value)) = keyed {
        definition(block, fields, key.of(text), value.of(text), collected);
    } else if matches!(block.kind, BlockKind::Item { .. })
        && (1..=3).contains(&words.all().len())
        && lists_parts(note, block)
    {
        collected.add(text, Signal::Listed);
    }
}

/// How many capitalised or odd words stand within ten words of word `from`.
fn names_after(words: &Words, from: usize) -> usize {
    let near = words.all().iter().skip(from).take(10);
    near.filter(|word| !matches!(word.shape, Shape::Lower | Shape::Number)).count()
}

fn heading(note: &Note, block: &Block, collected: &mut Collected) {
    let Some(name) = heading_name(&block.text) else { return };
    let parts: Vec<&str> = [" vs ", " vs. ", " versus "]
        .iter()
        .fold(vec![name], |parts, mark| parts.into_iter().flat_map(|part| part.split(mark)).collect());
    for part in &parts {
        collected.add(part, Signal::Heading);
    }
    let first = note.blocks.partition_point(|other| other.section < block.section);
    let mut within = note.blocks[first..].iter().take_while(|other| other.section == block.section);
    let next = within.find(|next| next.kind != BlockKind::Heading);
    if let (Some(next), [name]) = (next, parts.as_slice())
        && name.chars().count() > 1
        && let Some((long, rule)) = opening_long_form(name, &next.text)
    {
        collected.add(name, Signal::Abbreviation);
        collected.pair(name, long.of(&next.text), rule, note.position(next, long.start));
    }
}

/// Whether a known name of two words and more ends the phrase: `NoSQL database` in `distributed NoSQL database`.
fn ends_in_known(text: &str, known: &[Match], phrase: Span) -> bool {
    known_at_end(text, known, phrase).is_some_and(|found| found.end - found.first > 1)
}

/// Whether a known name with a capital ends the phrase: `Oozie` in `convert Oozie`.
fn ends_in_one_known(text: &str, known: &[Match], phrase: Span) -> bool {
    known_at_end(text, known, phrase).is_some_and(|found| found.span.of(text).contains(char::is_uppercase))
}

/// The known name that ends the phrase and is not all of it.
fn known_at_end<'k>(text: &str, known: &'k [Match], phrase: Span) -> Option<&'k Match> {
    let inner = phrase.of(text);
    let start = phrase.start + (inner.len() - inner.trim_start().len());
    let end = phrase.start + inner.trim_end().len();
    let last = known.get(known.partition_point(|found| found.span.end < end));
    last.filter(|found| found.span.end == end && found.span.start > start)
}

/// Whether the end of an arrow may be a term: at most three words, and where there are but two places and three plain words, the
/// arrow explains: `92dcb32 → short commit hash`.
fn is_term(name: &str, places: usize) -> bool {
    let words = Words::new(name);
    let plain = || words.all().iter().all(|word| is_english(words.folded(word)));
    words.all().len() <= 3 && !(places == 2 && words.all().len() == 3 && plain())
}

fn has_boundary(name: &str) -> bool {
    let words = Words::new(name);
    words.all().iter().any(|word| is_boundary(words.folded(word)))
}

/// The key of `Key: what it is`, unless the key is a word for any text.
fn definition(block: &Block, fields: &Fields, key: &str, value: &str, collected: &mut Collected) {
    let words = Words::new(key);
    // `Edit: ...` alone defines nothing; one English word does among other fields of a bulleted list.
    let single = matches!(words.all(), [only] if is_english(words.folded(only)));
    let bullet = matches!(block.kind, BlockKind::Item { .. });
    if single && !(bullet && fields.get(&(block.section, block.parent)).is_some_and(|beside| beside.fields >= 2)) {
        return;
    }
    let sentence =
        words.all().iter().any(|word| is_boundary(words.folded(word)) && !matches!(words.folded(word), "of" | "and"));
    let meant = words.all().len() <= 4 && !sentence && !is_generic_phrase(key) && heading_name(key).is_some();
    if meant && !is_spoken(value) && value.split_whitespace().count() != 1 {
        collected.add(key, Signal::Definition);
        if bullet && fields.get(&(block.section, block.parent)).is_some_and(|list| list.announced) {
            collected.add(key, Signal::Listed);
        }
    }
}

/// Whether the value of a field tells what somebody says: `Spark asks: "Why not ...?"`.
fn is_spoken(value: &str) -> bool {
    value.trim_start().starts_with(['"', '“'])
}

/// What each list holds, by section and what the list is nested in.
pub(super) type Fields = FxHashMap<(SectionId, Option<BlockId>), List>;

/// The blocks of one list that are fields.
#[derive(Default)]
pub(super) struct List {
    fields: usize,
    /// Whether the paragraph before it says what it lists: `with the following categories`.
    announced: bool,
}

pub(super) fn fields_of_lists(note: &Note, keyed: &[Option<(Span, Span)>]) -> Fields {
    let mut fields = Fields::default();
    let mut before: Option<&Block> = None;
    for (block, keyed) in note.blocks.iter().zip(keyed) {
        let beside = |other: &&Block| (other.section, other.parent) == (block.section, block.parent);
        if keyed.is_some() {
            let list = fields.entry((block.section, block.parent)).or_default();
            list.fields += 1;
            list.announced |= before.filter(beside).is_some_and(|before| announces_parts(&before.text));
        }
        if block.kind == BlockKind::Paragraph {
            before = Some(block);
        }
    }
    fields
}

/// Whether a bullet stands under a heading or line that names what it lists.
fn lists_parts(note: &Note, block: &Block) -> bool {
    const LISTS: &[&str] = &[
        "benefit",
        "capability",
        "category",
        "certification",
        "command",
        "component",
        "element",
        "feature",
        "format",
        "function",
        "kind",
        "layer",
        "model",
        "module",
        "option",
        "part",
        "pillar",
        "plugin",
        "product",
        "service",
        "stage",
        "structure",
        "technology",
        "tool",
        "type",
    ];
    let above = block.parent.map_or_else(
        || note.section_path(block.section).last().copied().unwrap_or(""),
        |parent| note.blocks[parent].text.as_str(),
    );
    // The last word is enough, and the line above a long list may be long too.
    let last = above.rsplit(char::is_whitespace).find(|run| run.contains(char::is_alphanumeric));
    let words = Words::new(last.unwrap_or("").trim_end_matches(':'));
    words.all().last().is_some_and(|word| LISTS.contains(&words.singular(word)))
}
