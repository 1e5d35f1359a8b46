//! First map: one note to the names that the note itself introduces, with how it does so.
//!
//! In: a [`Note`]. Out: a [`Discovery`], which the index keeps and the lexicon adds up. A name is
//! shown by structure (title, heading, field, arrow), by marks (link, tag, bold), by a definition
//! or abbreviation, by its shape (`HDFS`, `MySQL`, `Sqoop`), or because the vocabulary knows it.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::abbreviation::{abbreviations, opening_long_form};
use super::english::{is_boundary, is_english, is_generic, is_misspelt_english};
use super::introduce::introduced;
use super::matcher::{Match, Matcher};
use super::phrase::{field, heading_name, is_generic_phrase, maker, span_of};
use super::relation::{arrow, hearst, verb_follows};
use super::vocabulary::Vocabulary;
use super::word::{Gap, Shape, Word, Words, name_key, runs};
use crate::read::{Block, BlockId, BlockKind, InlineKind, Note, SectionId};
use crate::text::{Name, Position, Span};

/// What one note introduces, sorted by key. Serialised into the index.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Names, each once.
    pub candidates: Vec<Candidate>,
    /// Pairs of names that the note says are one.
    pub pairs: Vec<NamePair>,
}

/// A name that a note introduces.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Folded words, the last singular.
    pub key: String,
    /// The forms written, with how often, sorted.
    pub forms: Vec<(Name, u32)>,
    /// How it was introduced, with how often, sorted.
    pub signals: Vec<(Signal, u32)>,
    /// The form that is the note's title.
    pub title: Option<Name>,
}

/// Two names of one thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NamePair {
    /// The short or main form.
    pub short: Name,
    /// The long or other form.
    pub long: Name,
    /// The rule that paired them.
    pub rule: Name,
    /// Where.
    pub position: Position,
}

/// How a note introduces a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Signal {
    /// The vocabulary knows it.
    Vocabulary,
    /// The vocabulary knows it, but it is a plain English word (`table`, `server`).
    CommonNoun,
    /// The note's title.
    Title,
    /// The target of a link.
    Link,
    /// A tag.
    Tag,
    /// A heading.
    Heading,
    /// The key of `Key: what it is`.
    Definition,
    /// A bullet that is only this name, under a heading that names what it lists.
    Listed,
    /// A name before a dash in a list of such entries, or the heading of the list.
    Entry,
    /// The subject of a sentence that says what it is.
    Subject,
    /// A maker or platform behind a verb of making.
    Made,
    /// One end of an arrow.
    Arrow,
    /// The class in `systems such as Kafka`.
    Class,
    /// The short form of a pair.
    Abbreviation,
    /// A known name with a noun for a part of it: `Flume agent`.
    Compound,
    /// Bold words.
    Strong,
    /// Code.
    Code,
    /// Upper case or mixed case, no English word.
    Odd,
    /// A capital inside a sentence, no English word.
    Capital,
    /// A capital where a sentence opens, no English word.
    Opening,
    /// Several capitalised words inside a sentence.
    Run,
    /// Words of a heading or field used again in running text.
    Repeated,
    /// A lower-case word that is no English: maybe a known name misspelt.
    Unknown,
}

impl Signal {
    /// What one occurrence counts, in thousandths, and how many occurrences of a note count.
    #[must_use]
    pub const fn weight(self) -> (u32, u32) {
        match self {
            Self::Vocabulary | Self::Title | Self::Link | Self::Arrow | Self::Abbreviation => (1000, 1),
            Self::Class | Self::Entry | Self::Subject | Self::Made => (1000, 1),
            Self::CommonNoun => (250, 2),
            Self::Tag => (700, 1),
            Self::Heading | Self::Definition => (600, 2),
            Self::Listed => (700, 1),
            Self::Compound => (500, 2),
            Self::Odd | Self::Capital => (500, 2),
            Self::Repeated => (400, 1),
            Self::Strong | Self::Run => (350, 2),
            Self::Opening | Self::Code => (250, 2),
            Self::Unknown => (0, 0),
        }
    }
}

impl Candidate {
    /// What the note adds to the name's score, in thousandths.
    #[must_use]
    pub fn score(&self) -> u32 {
        self.signals
            .iter()
            .map(|(signal, count)| {
                let (weight, cap) = signal.weight();
                weight * (*count).min(cap)
            })
            .sum()
    }
}

/// Nouns for the parts of a system, which with its name make a term of their own.
const COMPONENTS: &[&str] = &[
    "advisor",
    "agent",
    "broker",
    "channel",
    "client",
    "cluster",
    "connector",
    "consumer",
    "context",
    "daemon",
    "executor",
    "gateway",
    "master",
    "metastore",
    "namenode",
    "node",
    "operator",
    "partition",
    "producer",
    "query",
    "registry",
    "server",
    "shard",
    "sink",
    "slice",
    "source",
    "spectrum",
    "stream",
    "table",
    "topic",
    "worker",
];

/// Collects what a note introduces.
pub(super) struct Discoverer<'a> {
    pub vocabulary: &'a Vocabulary,
    pub matcher: &'a Matcher,
}

/// The forms and signals of one name, with how often.
type Shown = (BTreeMap<Name, u32>, BTreeMap<Signal, u32>);

#[derive(Default)]
struct Collected {
    title: Option<(String, Name)>,
    names: BTreeMap<String, Shown>,
    pairs: Vec<NamePair>,
}

impl Collected {
    fn add(&mut self, form: &str, signal: Signal) {
        let form = crate::text::fold_spaces(
            form.trim_matches(|letter: char| !letter.is_alphanumeric() && letter != '+' && letter != '#'),
        );
        let key = name_key(&form);
        let letters = key.chars().filter(|letter| letter.is_alphabetic()).count();
        let sure = matches!(signal, Signal::Vocabulary | Signal::Link | Signal::Abbreviation);
        if letters < if sure { 1 } else { 2 } || form.chars().count() > 80 {
            return;
        }
        let (forms, signals) = self.names.entry(key).or_default();
        *forms.entry(form.into()).or_default() += 1;
        *signals.entry(signal).or_default() += 1;
    }

    fn pair(&mut self, short: &str, long: &str, rule: &str, position: Position) {
        self.pairs.push(NamePair {
            short: short.into(),
            long: crate::text::fold_spaces(long).into(),
            rule: rule.into(),
            position,
        });
    }
}

impl Discoverer<'_> {
    /// All that `note` introduces.
    pub(super) fn discover(&self, note: &Note) -> Discovery {
        let mut collected = Collected::default();
        self.whole_note(note, &mut collected);
        let cut: Vec<Words> = note.blocks.iter().map(|block| Words::new(&block.text)).collect();
        let fields = fields_of_lists(note);
        for (block, words) in note.blocks.iter().zip(&cut) {
            if matches!(block.kind, BlockKind::Code { .. }) {
                continue;
            }
            let known = self.known_names(block, words, &mut collected);
            structure((note, &fields), block, words, (self.vocabulary, &known), &mut collected);
            if block.kind != BlockKind::Heading {
                let marked = block.inlines.iter().any(|inline| inline.kind == InlineKind::Strong);
                let titles = block.kind == BlockKind::Paragraph && !marked;
                for (span, signal) in introduced(&block.text, words, titles) {
                    collected.add(span.of(&block.text), signal);
                }
            }
            marks(block, &mut collected);
            shapes(block, words, &known, &mut collected);
            compounds(block, words, &known, &mut collected);
        }
        entries(note, &mut collected);
        repeated(note, &cut, &mut collected);
        collected.finish()
    }

    fn whole_note(&self, note: &Note, collected: &mut Collected) {
        if let Some(title) = heading_name(&note.title).filter(|_| title_is_a_name(note)) {
            collected.add(title, Signal::Title);
            collected.title = Some((name_key(title), title.into()));
            for alias in &note.aliases {
                collected.add(&alias.text, Signal::Title);
                collected.pair(title, &alias.text, "front-matter", alias.position);
            }
        }
        for tag in &note.tags {
            if let Some(name) = tag.text.rsplit('/').next().map(|name| name.replace(['-', '_'], " "))
                && !is_generic_phrase(&name)
                && !name_key(&name).is_empty()
            {
                collected.add(&name, Signal::Tag);
            }
        }
    }

    fn known_names(&self, block: &Block, words: &Words, collected: &mut Collected) -> Vec<Match> {
        let accept = |found: &Match| {
            let entry = &self.vocabulary.entries()[found.id as usize];
            let written = found.span.of(&block.text);
            let spelt = |name: &Name| **name == *written;
            let lower = !written.chars().any(char::is_uppercase);
            let short = found.end - found.first == 1 && name_is_risky(&entry.name, written);
            let ordinary =
                found.end - found.first == 1 && (entry.ordinary || is_english(words.folded(&words.all()[found.first])));
            let proper = entry.name.chars().any(char::is_uppercase);
            let said = !lower && !opens_plainly(block, words, found);
            !(ordinary && proper && !said) && (!short || spelt(&entry.name) || entry.aliases.iter().any(spelt))
        };
        let found = self.matcher.find(&block.text, words, &accept);
        for found in &found {
            let single = found.end - found.first == 1;
            let common = single && is_common(&self.vocabulary.entries()[found.id as usize].name);
            let signal = if common { Signal::CommonNoun } else { Signal::Vocabulary };
            collected.add(found.span.of(&block.text), signal);
            if let Some(maker) = maker(words, found.first..found.end) {
                collected.add(maker.of(&block.text), Signal::Vocabulary);
            }
        }
        found
    }
}

/// Whether a short name reads as an English word in another case (`IT`, `AS`, `Go`, `R`), so that
/// only its exact spelling counts.
fn name_is_risky(name: &str, written: &str) -> bool {
    let folded = written.to_lowercase();
    (name.chars().count() <= 4 || written.chars().count() <= 3) && is_english(&folded) && folded.chars().count() <= 4
}

/// Whether an English word stands where any word has a capital and no verb follows it: `Connect to a source`.
pub(super) fn opens_plainly(block: &Block, words: &Words, found: &Match) -> bool {
    let all = words.all();
    let before = block.text[..found.span.start].trim_end();
    let last = block.text[found.span.end..].chars().all(|mark| matches!(mark, ':' | '.'));
    let alone = last && (before.is_empty() || before.ends_with(':'));
    let listed = block.text[found.span.end..].starts_with([',', '/'])
        && all.get(found.end).is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Number));
    let keyed = block.text[found.span.end..].starts_with(':')
        || matches!(block.kind, BlockKind::Heading | BlockKind::Row { .. });
    let next = all.get(found.end).map_or("", |word| words.folded(word));
    let verb = matches!(
        next,
        "is" | "was" | "has" | "can" | "will" | "and" | "or" | "are" | "does" | "should" | "could" | "must"
    ) || verb_follows(next);
    all[found.first].opens
        && found.end - found.first == 1
        && all[found.first].shape == Shape::Capital
        && !(alone || listed || keyed || verb)
}

/// Front matter and real files give titles; export names such as `001_5dc919fe` are none.
fn title_is_a_name(note: &Note) -> bool {
    let digits = note.title.chars().filter(char::is_ascii_digit).count();
    let words = Words::new(&note.title);
    let numbered = note.title.contains('_')
        && note.title.split(['_', '-']).any(|part| part.chars().all(|letter| letter.is_ascii_digit()));
    digits * 3 <= note.title.len() && !numbered && words.all().iter().any(|word| word.shape != Shape::Number)
}

/// Headings, fields, abbreviations, arrows, classes and listed names.
fn structure(
    (note, fields): (&Note, &Fields),
    block: &Block,
    words: &Words,
    (vocabulary, known): (&Vocabulary, &[Match]),
    collected: &mut Collected,
) {
    let text = block.text.as_str();
    for found in abbreviations(text) {
        let position = note.position(block, found.short.start);
        let short = found.short.of(text);
        // One letter stands for too many things to be a name; its long form is one.
        let letter = short.chars().count() == 1;
        collected.add(if letter { &found.long } else { short }, Signal::Abbreviation);
        collected.pair(short, &found.long, found.rule, position);
    }
    if block.kind == BlockKind::Heading {
        heading(note, block, collected);
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
            collected.add(span_of(words, &class).of(text), Signal::Class);
        }
    }
    if let Some(chain) = arrow::chain(text) {
        for end in chain.iter().flatten() {
            let name = arrow::bare(end.of(text));
            if name.split_whitespace().count() <= 3 && !has_boundary(name) && !ends_in_known(text, known, *end) {
                collected.add(name, Signal::Arrow);
            }
        }
        if let Some((label, _)) = field(text).filter(|(label, _)| !has_boundary(label.of(text))) {
            collected.add(label.of(text), Signal::Arrow);
        }
    } else if let Some((key, value)) = field(text) {
        definition(block, fields, key.of(text), value.of(text), collected);
    } else if matches!(block.kind, BlockKind::Item { .. })
        && lists_parts(note, block)
        && (1..=3).contains(&words.all().len())
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
        && let Some((long, rule)) = opening_long_form(name, &next.text)
    {
        collected.add(name, Signal::Abbreviation);
        collected.pair(name, long.of(&next.text), rule, note.position(next, long.start));
    }
}

/// Whether a known name of two words and more ends the phrase: `NoSQL database` in `distributed NoSQL database`.
fn ends_in_known(text: &str, known: &[Match], phrase: Span) -> bool {
    let phrase = Span::new(phrase.start, phrase.start + phrase.of(text).trim_end().len());
    let last = known.get(known.partition_point(|found| found.span.end < phrase.end));
    last.is_some_and(|found| {
        found.span.end == phrase.end && found.end - found.first > 1 && found.span.start > phrase.start
    })
}

/// Whether a vocabulary name is plain English in lower case.
fn is_common(name: &str) -> bool {
    let words = Words::new(name);
    words.all().iter().all(|word| word.shape == Shape::Lower && is_english(words.folded(word)))
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
    if single && !(bullet && fields.get(&(block.section, block.parent)).is_some_and(|beside| *beside >= 2)) {
        return;
    }
    let sentence =
        words.all().iter().any(|word| is_boundary(words.folded(word)) && !matches!(words.folded(word), "of" | "and"));
    let meant = words.all().len() <= 4 && !sentence && !is_generic_phrase(key) && heading_name(key).is_some();
    if meant && value.split_whitespace().count() != 1 {
        collected.add(key, Signal::Definition);
    }
}

/// How many blocks of each list are fields, by section and what the list is nested in.
type Fields = FxHashMap<(SectionId, Option<BlockId>), usize>;

fn fields_of_lists(note: &Note) -> Fields {
    let mut fields = Fields::default();
    for block in note.blocks.iter().filter(|block| field(&block.text).is_some()) {
        *fields.entry((block.section, block.parent)).or_default() += 1;
    }
    fields
}

/// Lists of `Name - what it is` bullets, at least three or with odd names: each name is an entry, and the heading says what of.
fn entries(note: &Note, collected: &mut Collected) {
    let mut lists: BTreeMap<(usize, Option<usize>), Vec<&str>> = BTreeMap::new();
    for block in note.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Item { .. })) {
        if let Some(name) = entry_name(&block.text) {
            lists.entry((block.section, block.parent)).or_default().push(name);
        }
    }
    // A short list is one of entries where its names are no English.
    let odd = |name: &&str| {
        let words = Words::new(name);
        words.all().iter().any(|word| word.shape != Shape::Lower && !is_english(words.folded(word)))
    };
    let listed = |names: &Vec<&str>| names.len() >= 3 || names.iter().all(odd);
    for ((section, parent), names) in lists.into_iter().filter(|(_, names)| listed(names)) {
        for name in names {
            collected.add(name, Signal::Entry);
        }
        let caption = parent.map_or(note.sections[section].title.as_str(), |parent| note.blocks[parent].text.as_str());
        if let Some(name) = heading_name(caption.trim_end_matches(':')) {
            collected.add(name, Signal::Entry);
        }
    }
}

/// The name before a dash: `ClickHouse - a column store`.
fn entry_name(text: &str) -> Option<&str> {
    let (key, value) = field(text)?;
    let dashed = text[key.end..value.start].contains(['-', '–', '—']);
    let name = key.of(text);
    let capital = name.chars().next().is_some_and(|letter| !letter.is_lowercase()) || Words::new(name).all().len() == 1;
    (dashed && capital && value.of(text).split_whitespace().count() >= 2).then_some(name)
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

/// Bold words of more bytes are no name.
const LONGEST_MARKED: usize = 200;

/// Links, bold words and code.
fn marks(block: &Block, collected: &mut Collected) {
    for inline in &block.inlines {
        let shown = inline.span.of(&block.text);
        match &inline.kind {
            InlineKind::WikiLink { target } if !target.is_empty() => {
                let name = target.rsplit('/').next().unwrap_or(target);
                collected.add(name, Signal::Link);
            }
            InlineKind::Strong
                if shown.len() <= LONGEST_MARKED
                    && shown.split_whitespace().count() <= 4
                    && heading_name(shown).is_some() =>
            {
                collected.add(shown, Signal::Strong);
            }
            InlineKind::Code if is_name_like_code(shown) => collected.add(shown, Signal::Code),
            _ => {}
        }
    }
}

fn is_name_like_code(code: &str) -> bool {
    code.len() > 2
        && code.len() <= 30
        && code.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        && !is_english(&code.to_lowercase())
}

/// Odd and capitalised words that the vocabulary does not know, and runs of them.
fn shapes(block: &Block, words: &Words, known: &[Match], collected: &mut Collected) {
    let text = block.text.as_str();
    let all = words.all();
    let taken = taken(block, words, known);
    let taken = |index: usize| taken[index];
    let mut at = 0;
    while at < all.len() {
        let end = run_end(words, at, &taken);
        if end > at + 1 {
            let run = at..end;
            let signal = if all[at].opens { Signal::Opening } else { Signal::Run };
            let odd = run.clone().any(|index| !is_english(words.folded(&all[index])));
            collected.add(
                span_of(words, &run).of(text),
                if odd && signal == Signal::Run { Signal::Capital } else { signal },
            );
        } else if !taken(at)
            && let Some(signal) = odd_word(words, &all[at])
        {
            collected.add(all[at].span.of(text), signal);
        }
        at = end.max(at + 1);
    }
}

/// For each word whether it belongs to a known name, to code, to a link or to an address.
fn taken(block: &Block, words: &Words, known: &[Match]) -> Vec<bool> {
    let mut taken = vec![false; words.all().len()];
    let code = block.inlines.iter().filter(|inline| matches!(inline.kind, InlineKind::Code | InlineKind::Link { .. }));
    let addresses = runs(&block.text, is_address);
    let inside = code.map(|inline| inline.span).chain(addresses).map(|span| words.within(span));
    for range in known.iter().map(|found| found.first..found.end).chain(inside) {
        taken[range].fill(true);
    }
    taken
}

/// Whether a run between white space is a URL, a path or an e-mail address.
fn is_address(run: &str) -> bool {
    run.contains("://") || run.contains('@') || run.contains('\\') || run.matches('/').nth(1).is_some()
}

/// One past the last of the capitalised words that begin at `at`, with nothing but spaces between.
fn run_end(words: &Words, at: usize, taken: &dyn Fn(usize) -> bool) -> usize {
    let all = words.all();
    let capital = |index: usize| {
        matches!(all[index].shape, Shape::Capital | Shape::Upper | Shape::Mixed)
            && !taken(index)
            && !is_boundary(words.folded(&all[index]))
    };
    let mut end = at;
    while end < all.len() && end < at + 4 && capital(end) && (end == at || all[end].gap == Gap::Space) {
        end += 1;
    }
    end
}

fn odd_word(words: &Words, word: &Word) -> Option<Signal> {
    const NO_NAMES: &[&str] = &[
        "aka", "btw", "cc", "cf", "dont", "e.g", "eg", "etc", "faq", "fyi", "i.e", "id", "ie", "im", "imho", "ive",
        "nb", "ok", "p.s", "pls", "ps", "rip", "tbd", "tl", "todo", "vs", "wtf",
    ];
    let folded = words.folded(word);
    let plain = is_english(folded) || is_english(words.singular(word)) || NO_NAMES.binary_search(&folded).is_ok();
    if folded.chars().count() < 2 || plain || folded.contains(['\'', '’']) {
        return None;
    }
    match word.shape {
        Shape::Upper if folded.chars().count() <= 8 => Some(Signal::Odd),
        Shape::Mixed if !folded.contains('_') && folded.chars().next().is_some_and(char::is_alphabetic) => {
            Some(Signal::Odd)
        }
        Shape::Capital if is_misspelt_english(folded) => None,
        Shape::Capital if word.opens => Some(Signal::Opening),
        Shape::Capital => Some(Signal::Capital),
        Shape::Lower if folded.len() >= 5 && folded.is_ascii() => Some(Signal::Unknown),
        _ => None,
    }
}

/// `Flume agents`: a known name before a noun for a part of a system.
fn compounds(block: &Block, words: &Words, known: &[Match], collected: &mut Collected) {
    let all = words.all();
    for found in known {
        let Some(next) = all.get(found.end) else { continue };
        let part = COMPONENTS.contains(&words.singular(next)) && next.gap == Gap::Space;
        if part && found.end - found.first == 1 && all[found.first].shape != Shape::Lower {
            collected.add(Span::new(found.span.start, next.span.end).of(&block.text), Signal::Compound);
        }
    }
}

/// Heading and field names of two and more words that running text uses again.
fn repeated(note: &Note, cut: &[Words], collected: &mut Collected) {
    let mut matcher = Matcher::default();
    let named: Vec<String> = collected
        .names
        .iter()
        .filter(|(_, (_, signals))| {
            [Signal::Heading, Signal::Definition, Signal::Listed].iter().any(|signal| signals.contains_key(signal))
        })
        .map(|(key, _)| key.clone())
        .collect();
    for (id, key) in (0..).zip(&named) {
        matcher.add(key.split(' '), id);
    }
    let accept = |_: &Match| true;
    for (block, words) in note.blocks.iter().zip(cut) {
        if matches!(block.kind, BlockKind::Heading | BlockKind::Code { .. }) {
            continue;
        }
        let key_end = field(&block.text).map_or(0, |(key, _)| key.end);
        for found in matcher.find(&block.text, words, &accept) {
            let alone = found.span.len() + 2 >= block.text.len();
            if found.span.start >= key_end
                && !alone
                && !(found.end - found.first == 1 && is_generic(&named[found.id as usize]))
            {
                collected.add(found.span.of(&block.text), Signal::Repeated);
            }
        }
    }
}

impl Collected {
    fn finish(mut self) -> Discovery {
        self.pairs.sort();
        let candidates = self
            .names
            .into_iter()
            .map(|(key, (forms, signals))| Candidate {
                title: self.title.as_ref().filter(|(titled, _)| *titled == key).map(|(_, title)| title.clone()),
                key,
                forms: forms.into_iter().collect(),
                signals: signals.into_iter().collect(),
            })
            .collect();
        Discovery { candidates, pairs: self.pairs }
    }
}
