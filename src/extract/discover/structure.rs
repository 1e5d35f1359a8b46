//! Names that stand where structure puts names: headings, fields, arrows, classes, listed bullets, short forms.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Signal;
use super::collect::{Collected, Finds};
use super::entry::entry_name;
use super::seen::Read;
use crate::extract::abbreviation::{abbreviations, may_be_short, opening_long_form};
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

/// What a block introduces where it stands in such a place, and what of it that is.
pub(super) enum Place {
    /// A heading: what it names, and that or both sides of `A vs B`.
    Heading { name: Option<Span>, parts: Finds },
    /// A field of a list, that is to be read with the others: whether its key is one English word, the key as a term that is
    /// defined, and as one of those that are listed.
    Field { single: bool, defined: Finds, listed: Finds, entry: Option<Span> },
    /// An item of few words.
    Short { listed: Finds },
    /// Any other, but for the name that it is an entry of.
    Other { entry: Option<Span> },
}

impl Place {
    /// What a block introduces by its place, as far as its words tell. Linear in it.
    pub(super) fn of(block: &Block, words: &Words, keyed: Option<(Span, Span)>) -> Self {
        let text = block.text.as_str();
        let within = |name: &str| {
            let start = name.as_ptr() as usize - text.as_ptr() as usize;
            Span::new(start, start + name.len())
        };
        let item = matches!(block.kind, BlockKind::Item { .. });
        let entry = keyed.filter(|_| item).and_then(|keyed| entry_name(text, keyed)).map(within);
        let one = |name: &str, signal: Signal| {
            let mut finds = Finds::default();
            finds.add(name, signal);
            finds
        };
        match (&block.kind, keyed) {
            (BlockKind::Code { .. }, _) => Self::Other { entry },
            (BlockKind::Heading, _) => {
                let name = heading_name(text);
                let mut parts = Finds::default();
                name.into_iter().flat_map(sides).for_each(|part| parts.add(part, Signal::Heading));
                Self::Heading { name: name.map(within), parts }
            }
            _ if arrow::chain(text).is_some() => Self::Other { entry },
            (_, Some((key, value))) if defines(key.of(text), value.of(text)) => {
                // `Edit: ...` alone defines nothing; one English word does among other fields of a bulleted list.
                let key_words = Words::new(key.of(text));
                let single = matches!(key_words.all(), [only] if is_english(key_words.folded(only)));
                let listed = if item { one(key.of(text), Signal::Listed) } else { Finds::default() };
                Self::Field { single, defined: one(key.of(text), Signal::Definition), listed, entry }
            }
            (_, None) if item && (1..=3).contains(&words.all().len()) => {
                Self::Short { listed: one(text, Signal::Listed) }
            }
            _ => Self::Other { entry },
        }
    }

    /// What a heading of that text names.
    pub(super) fn heading<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Heading { name, .. } => name.map(|name| name.of(text)),
            _ => None,
        }
    }

    /// The name that an item of that text is an entry of.
    pub(super) fn entry<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self {
            Self::Field { entry, .. } | Self::Other { entry } => entry.map(|entry| entry.of(text)),
            _ => None,
        }
    }
}

/// Both sides of `A vs B`; any other name is one.
fn sides(name: &str) -> Vec<&str> {
    [" vs ", " vs. ", " versus "]
        .iter()
        .fold(vec![name], |parts, mark| parts.into_iter().flat_map(|part| part.split(mark)).collect())
}

/// Headings, fields and listed names: what a block names by where it stands.
pub(super) fn placed((note, fields): (&Note, &Fields), (block, read): (&Block, &Read), collected: &mut Collected) {
    match &read.place {
        Place::Heading { name, parts } => {
            collected.add_all(parts, (note, block));
            if let Some(name) = name {
                opened(note, block, name.of(&block.text), collected);
            }
        }
        Place::Field { single, defined, listed, .. } => {
            let list = fields.get(&(block.section, block.parent));
            let bullet = matches!(block.kind, BlockKind::Item { .. });
            if !single || bullet && list.is_some_and(|beside| beside.fields >= 2) {
                collected.add_all(defined, (note, block));
                if list.is_some_and(|list| list.announced) {
                    collected.add_all(listed, (note, block));
                }
            }
        }
        Place::Short { listed } if lists_parts(note, block) => collected.add_all(listed, (note, block)),
        Place::Short { .. } | Place::Other { .. } => {}
    }
}

/// How many capitalised or odd words stand within ten words of word `from`.
fn names_after(words: &Words, from: usize) -> usize {
    let near = words.all().iter().skip(from).take(10);
    near.filter(|word| !matches!(word.shape, Shape::Lower | Shape::Number)).count()
}

/// A heading that is a short form which the text under it spells out.
fn opened(note: &Note, block: &Block, name: &str, collected: &mut Collected) {
    if name.chars().nth(1).is_none() || !may_be_short(name) {
        return;
    }
    let first = note.blocks.partition_point(|other| other.section < block.section);
    let mut within = note.blocks[first..].iter().take_while(|other| other.section == block.section);
    if let Some(next) = within.find(|next| next.kind != BlockKind::Heading)
        && let Some((long, rule)) = opening_long_form(name, &next.text)
        && sides(name).len() == 1
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

/// Whether a key is a term that its value defines, and no word for any text.
fn defines(key: &str, value: &str) -> bool {
    let words = Words::new(key);
    let sentence =
        words.all().iter().any(|word| is_boundary(words.folded(word)) && !matches!(words.folded(word), "of" | "and"));
    let meant = words.all().len() <= 4 && !sentence && !is_generic_phrase(&words) && heading_name(key).is_some();
    meant && !is_spoken(value) && value.split_whitespace().count() != 1
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

pub(super) fn fields_of_lists(blocks: &[(&Block, &Read)]) -> Fields {
    let mut fields = Fields::default();
    let mut before: Option<(&Block, &Read)> = None;
    for (block, read) in blocks.iter().copied() {
        let beside = |(other, _): &(&Block, &Read)| (other.section, other.parent) == (block.section, block.parent);
        if read.field.is_some() {
            let list = fields.entry((block.section, block.parent)).or_default();
            list.fields += 1;
            list.announced |= before.filter(beside).is_some_and(|(_, before)| announces_parts(&before.words));
        }
        if block.kind == BlockKind::Paragraph {
            before = Some((block, read));
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
