//! Second map: a note and the lexicon to claims.
//!
//! In: a [`Note`], its [`Discovery`], a [`Lexicon`]. Out: [`Claims`], each list in note order. Names are found by one trie over
//! words; a short form that the note itself defines means what the note says; then definitions are taken and the
//! relation rules run. Looks only at entries that can occur in the note.

use std::sync::{Arc, OnceLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::cut::{Answer, Cut, Habits, addresses};
use super::discover::{COMPONENTS, Discovery, NamePair, opens_plainly, title_of};
use super::english::{is_boundary, is_english};
use super::late::{Cases, Late};
use super::lexicon::{CaseRule, Lexicon};
use super::matcher::{Match, Matcher, Sought};
use super::phrase::{heading_name, is_generic_phrase};
use super::relation::{self, Around, Found, Heading, Line, Named, Page, Subject};
use super::said::{Gathering, Said};
use super::seam::camel_parts;
use super::sieve::Sieve;
use super::site::site;
use super::word::{Gap, Shape, Word, Words, key_of, meets, name_key};
use super::{AliasClaim, Claims, Kind, NoteWords, is_ordinary};
use crate::read::{Block, BlockKind, Note, Warning};
use crate::text::{Name, Span};

/// A compiled lexicon. Shared by threads.
pub struct Linker {
    lexicon: Lexicon,
    matcher: Matcher,
    /// The concept of each word that a name begins with, where it is one's name by itself.
    openings: FxHashMap<Box<str>, Option<u32>>,
    /// What rules found out about each concept.
    solid: Box<[OnceLock<bool>]>,
    cuts: Late<Cut>,
    said: Late<Said>,
}

/// How a note writes names that are ordinary words too, by their surfaces.
#[derive(Default)]
struct Usage {
    /// With a capital where no sentence opens: names here, whatever their case elsewhere.
    names: FxHashSet<u32>,
    /// As one of many: `a hive`.
    nouns: FxHashSet<u32>,
}

impl Usage {
    fn of(cuts: &[Arc<Cut>]) -> Self {
        let mut usage = Self::default();
        for cut in cuts {
            usage.names.extend(&cut.habits.names);
            usage.nouns.extend(&cut.habits.nouns);
        }
        usage
    }
}

/// The answers of a note for the names of one of its blocks, in the order of their places.
struct Answers<'a>(&'a [Answer]);

/// What the short forms mean that a note defines: a concept, or none.
#[derive(Default)]
struct Bound {
    meant: FxHashMap<String, Option<u32>>,
    /// Their last words. Most names end with another.
    ends: Sieve<4>,
}

impl Bound {
    fn insert(&mut self, short: &str, meant: Option<u32>) {
        let words = Words::new(short);
        let Some(last) = words.all().last() else { return };
        self.ends.add(last.hashes[1]);
        self.meant.insert(key_of(&words, 0..words.all().len()), meant);
    }

    /// What the note means by a name of a block, if it says so.
    fn get(&self, text: &str, words: &Words, found: &Match) -> Option<Option<u32>> {
        let last = &words.all()[found.end - 1];
        if found.span.end < last.span.end {
            return self.meant.get(&name_key(found.span.of(text))).copied();
        }
        let may_be = self.ends.may_hold(last.hashes[1]);
        if may_be { self.meant.get(&key_of(words, found.first..found.end)).copied() } else { None }
    }
}

/// Where a name stands, which no other name of its block has.
const fn place(found: &Match) -> (usize, usize, usize) {
    (found.first, found.end, found.span.end)
}

impl Answers<'_> {
    /// The answer for a name. O(log answers).
    fn of(&self, found: &Match) -> Option<&Answer> {
        let at = self.0.binary_search_by_key(&place(found), |answer| place(&answer.found)).ok()?;
        Some(&self.0[at]).filter(|answer| answer.found == *found)
    }

    fn is_name(&self, found: &Match) -> bool {
        self.of(found).is_some_and(|answer| answer.name)
    }

    fn is_noun(&self, found: &Match) -> bool {
        self.of(found).is_some_and(|answer| answer.noun)
    }
}

/// Whether a word in lower case stands behind an article with no noun behind it: `a hive is`, not `a hive table`.
fn is_common_noun(words: &Words, found: &Match) -> bool {
    let all = words.all();
    let [word] = &all[found.first..found.end] else { return false };
    let article = found.first.checked_sub(1).is_some_and(|before| {
        word.gap != Gap::Break && matches!(words.folded(&all[before]), "a" | "an" | "another" | "each" | "every")
    });
    let ends = all.get(found.end).is_none_or(|next| next.gap == Gap::Break || is_boundary(words.folded(next)));
    word.shape == Shape::Lower && article && ends
}

/// Whether the run of letters around a name is a name of many parts that somebody made up for a thing, and more than the name.
fn is_in_identifier(text: &str, span: Span) -> bool {
    let beside = [text[..span.start].chars().next_back(), text[span.end..].chars().next()];
    if beside.into_iter().flatten().all(|letter| !letter.is_alphanumeric() && letter != '-') {
        return false;
    }
    let start = text[..span.start].rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let end = text[span.end..].find(char::is_whitespace).map_or(text.len(), |at| span.end + at);
    let run = &text[start..end];
    let joined = run.matches('-').count() >= 3 && run.contains(|letter: char| letter.is_ascii_digit());
    // `AmazonS3ReadOnlyAccess`
    let cut = beside.into_iter().flatten().any(char::is_alphanumeric);
    joined || cut && camel_parts(run).len() > 3
}

/// Whether one letter counts an answer or ends a longer name, where `C` is no language: `C) Use it`, `SSE-C`.
fn is_an_option(text: &str, span: Span) -> bool {
    span.len() == 1 && (text[span.end..].starts_with(')') || text[..span.start].ends_with('-'))
}

/// Whether a heading has capitals throughout, so that they tell nothing: `Vector Index Types`. Two names beside each other do not
/// show it.
fn is_in_title_case(block: &Block, words: &Words) -> bool {
    let told = |word: &&Word| !is_boundary(words.folded(word)) && word.shape != Shape::Number;
    let mut meant = words.all().iter().filter(told);
    block.kind == BlockKind::Heading
        && meant.clone().count() > 2
        && meant.clone().filter(|word| is_english(words.folded(word))).count() > 1
        && meant.all(|word| word.shape != Shape::Lower)
}

impl Linker {
    /// Compiles `lexicon`. Linear in its names.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut matcher = Matcher::default();
        let mut openings: FxHashMap<Box<str>, Option<u32>> = FxHashMap::default();
        for (id, surface) in (0..).zip(lexicon.surfaces()) {
            matcher.add(surface.words.split(' '), id);
            if let Some((first, _)) = surface.words.split_once(' ')
                && !openings.contains_key(first)
            {
                openings.insert(first.into(), lexicon.lookup(first));
            }
        }
        let solid = lexicon.concepts().iter().map(|_| OnceLock::new()).collect();
        Self { lexicon: lexicon.clone(), matcher, openings, solid, cuts: Late::default(), said: Late::default() }
    }

    /// Everything that `note` says of the lexicon's concepts. Linear in the note.
    #[must_use]
    pub fn link(&self, note: &Note, discovery: &Discovery) -> Claims {
        self.link_words(note, discovery, self.cut(note)).0
    }

    /// Cuts the blocks of `note` into words. Linear in the note.
    #[must_use]
    pub fn cut(&self, note: &Note) -> NoteWords {
        let cut = |block: &Block| {
            self.cuts.get_or_make(
                block.content,
                |cut| cut.is_of(block),
                || {
                    // Code is no prose: neither are its words names, nor does it show how the note writes them.
                    if matches!(block.kind, BlockKind::Code { .. }) {
                        return Cut::code(block);
                    }
                    let words = Words::new(&block.text);
                    let sought = self.matcher.sought(&block.text, &words);
                    let habits = self.habits(block, &words, &sought);
                    Cut::new(block, words, sought, habits)
                },
            )
        };
        NoteWords(note.blocks.iter().map(cut).collect())
    }

    /// As [`Linker::link`], where the words of the note are cut already, with a warning for each line that states more
    /// relations than are kept.
    #[must_use]
    pub fn link_words(&self, note: &Note, discovery: &Discovery, words: NoteWords) -> (Claims, Vec<Warning>) {
        let (bound, usage) = (self.bound(discovery), Usage::of(&words.0));
        let mut lines: Vec<Line<'_>> = Vec::with_capacity(note.blocks.len());
        let mut first = 0;
        for (at, (block, cut)) in note.blocks.iter().zip(&words.0).enumerate() {
            if note.blocks[first].section != block.section {
                first = at;
            }
            let answers = self.answers(&block.text, cut, &bound, &usage);
            let named = cut.named(&answers, || self.named(block, cut, &Answers(&answers)));
            let parent =
                block.parent.and_then(|parent| parent.checked_sub(first)).filter(|parent| *parent < at - first);
            lines.push(Line { block, parent, named });
        }
        let title = self.lexicon.lookup(title_of(note));
        let subjects = subjects(note, title, &lines);
        let mut gathering = Gathering::new(note, &self.lexicon);
        let mut first = 0;
        for lines in lines.chunk_by(|one, next| one.block.section == next.block.section) {
            let section = lines[0].block.section;
            let around = Around { title: &note.sections[section].title, subject: subjects[section], note: title };
            let read = || Said::new(&Page::new((&self.lexicon, &self.solid), around, lines));
            let said = self.said.get_or_make(Said::hash_of(&around, lines), |said| said.is_of(&around, lines), read);
            gathering.add(&said, first);
            first += lines.len();
        }
        let front_matter = relation::front_matter(note, &self.lexicon, title);
        gathering.finish(front_matter, aliases(&self.lexicon, discovery))
    }

    /// What the short forms mean that this note defines: the concept of the long form, or, where that is none and
    /// the notes mean something else by the short form, nothing.
    fn bound(&self, discovery: &Discovery) -> Bound {
        let mut bound = Bound::default();
        for pair in discovery.pairs.iter().filter(|pair| pair.rule.starts_with("abbreviation")) {
            let meant = self.lexicon.lookup(&pair.long);
            if meant.is_some() || self.is_foreign(pair) {
                bound.insert(&pair.short, meant);
            }
        }
        bound
    }

    /// Whether the long form shares no word with the long names of what the short form is known for.
    fn is_foreign(&self, pair: &NamePair) -> bool {
        let Some(known) = self.lexicon.lookup(&pair.short) else { return false };
        let concept = &self.lexicon.concepts()[known as usize];
        let long = Words::new(&pair.long);
        let shares = |name: &Name| {
            let words = Words::new(name);
            let mut each = words.all().iter().map(|word| words.singular(word));
            each.any(|word| long.all().iter().any(|own| long.singular(own) == word))
        };
        let names = std::iter::once(&concept.name).chain(concept.aliases.iter().map(|alias| &alias.name));
        let mut spelt_out = names.filter(|name| name.contains(' ')).peekable();
        spelt_out.peek().is_some() && !spelt_out.any(shares)
    }

    /// Whether a surface is an ordinary word, too, whose case tells.
    fn is_word_too(&self, surface: u32) -> bool {
        matches!(self.lexicon.surfaces()[surface as usize].case, CaseRule::Capital | CaseRule::Proper)
    }

    /// How a block writes names that are ordinary words too.
    fn habits(&self, block: &Block, words: &Words, sought: &Sought) -> Habits {
        let asks = sought.all().any(|found| self.is_word_too(found.id));
        if !asks || is_in_title_case(block, words) {
            return Habits { asks, ..Habits::default() };
        }
        let capital = |found: &Match| {
            found.span.of(&block.text).chars().any(char::is_uppercase) && !opens_plainly(block, words, found)
        };
        let noun = |found: &Match| self.is_word_too(found.id) && is_common_noun(words, found);
        let shown = |accept: &dyn Fn(&Match) -> bool| sought.select(accept).iter().map(|found| found.id).collect();
        Habits { names: shown(&capital), nouns: shown(&noun), asks }
    }

    /// What a note of that usage, which defines these short forms, answers for the names of a block.
    fn answers(&self, text: &str, cut: &Cut, bound: &Bound, usage: &Usage) -> Vec<Answer> {
        if !cut.habits.asks && bound.meant.is_empty() {
            return Vec::new();
        }
        let answer = |found: &Match| {
            let asks = cut.habits.asks && self.is_word_too(found.id);
            let answer = Answer {
                found: *found,
                name: asks && usage.names.contains(&found.id),
                noun: asks && usage.nouns.contains(&found.id),
                bound: bound.get(text, &cut.words, found),
            };
            (answer.name || answer.noun || answer.bound.is_some()).then_some(answer)
        };
        let mut answers: Vec<Answer> = cut.sought.all().filter_map(answer).collect();
        answers.sort_by_key(|answer| place(&answer.found));
        answers
    }

    /// The names of a block, for which its note gives such answers.
    fn named(&self, block: &Block, cut: &Cut, answers: &Answers<'_>) -> Named {
        let (sought, words) = (&cut.sought, &*cut.words);
        let titled = is_in_title_case(block, words);
        let accept = |found: &Match| {
            let written = found.span.of(&block.text);
            // `your application's services` are no App Service, `Acme's Studio` is no Acme Studio but theirs.
            let possessive = |text: &str| text.contains(['\'', '’']);
            let concept = self.lexicon.surfaces()[found.id as usize].concept;
            if found.end - found.first > 1
                && possessive(written)
                && !possessive(&self.lexicon.concepts()[concept as usize].name)
            {
                return false;
            }
            if is_act(words, found) {
                return false;
            }
            match &self.lexicon.surfaces()[found.id as usize].case {
                CaseRule::Any => true,
                CaseRule::Proper => !answers.is_noun(found) || answers.is_name(found),
                CaseRule::Capital if titled && found.first > 0 => answers.is_name(found),
                CaseRule::Capital => {
                    let capital = written.chars().any(char::is_uppercase) && !opens_plainly(block, words, found);
                    // `it excels at` is no Excel, even in a note that names it.
                    let plural = words.is_plural(&words.all()[found.end - 1]);
                    capital || !plural && answers.is_name(found)
                }
                CaseRule::Exact(form) => **form == *written && !is_an_option(&block.text, found.span),
            }
        };
        let addresses = addresses(&block.text);
        let names = sought
            .select(&accept)
            .into_iter()
            .filter_map(|found| {
                let bound = answers.of(&found).and_then(|answer| answer.bound);
                let concept = bound.unwrap_or_else(|| Some(self.lexicon.surfaces()[found.id as usize].concept))?;
                Some(Found { concept, span: found.span, words: found.first..found.end })
            })
            // A bare URL's own words are no mention, nor those of `rg-ingestion-dev-01`.
            .filter(|found| !meets(&addresses, found.span) && !is_in_identifier(&block.text, found.span))
            .filter(|found| !is_verb(words, found.words.start, found.words.end) && !is_denied(words, found.words.start))
            .collect::<Vec<_>>();
        let makers = names.iter().filter_map(|found| Some((self.maker(words, found)?, found.clone()))).collect();
        let sites = addresses.iter().filter_map(|address| self.site(&block.text, *address));
        let asides = names.iter().filter_map(|found| self.whole(words, found)).chain(sites).collect();
        // The cells of a row are no sentence together.
        let sentences = match &block.kind {
            BlockKind::Row { cells, .. } => cells.as_slice().into(),
            _ => cut.sentences.clone(),
        };
        // The colon of a title makes no field of it: `Halo 3: ODST is a game`.
        let inside = |(key, value): &(Span, Span)| {
            names.iter().any(|found: &Found| found.span.start < key.end && found.span.end > value.start)
        };
        let field = cut.field.filter(|field| !inside(field));
        let words = cut.words.clone();
        let mut named =
            Named { words, names, makers, asides, sentences, field, head: None, heading: None, told: Cases::default() };
        if block.kind == BlockKind::Heading {
            named.heading = Some(self.heading(&block.text, &named));
        } else {
            named.head = head(block, &named);
        }
        named
    }
}

impl Linker {
    /// The platform that a longer name begins with: AWS in `AWS Lambda`.
    fn maker(&self, words: &Words, found: &Found) -> Option<Found> {
        if found.words.len() < 2 {
            return None;
        }
        let first = &words.all()[found.words.start];
        let concept = self.opening(words.folded(first))?;
        let platform = concept != found.concept && self.lexicon.concepts()[concept as usize].platform;
        let words = found.words.start..found.words.start + 1;
        platform.then_some(Found { concept, span: first.span, words })
    }

    /// The concept that the first word of a name is a name of.
    fn opening(&self, folded: &str) -> Option<u32> {
        self.openings.get(folded).copied().unwrap_or_else(|| self.lexicon.lookup(folded))
    }

    /// The name that a name for a part of it opens with: Flume in `Flume agent`, SQL in `SQL clients`.
    fn whole(&self, words: &Words, found: &Found) -> Option<Found> {
        let [first, last] = words.all().get(found.words.clone())? else { return None };
        if first.shape == Shape::Lower || COMPONENTS.binary_search(&words.singular(last)).is_err() {
            return None;
        }
        let concept = self.opening(words.folded(first)).filter(|concept| *concept != found.concept)?;
        Some(Found { concept, span: first.span, words: found.words.start..found.words.start + 1 })
    }

    /// The product whose own site an address of a block is.
    fn site(&self, text: &str, address: Span) -> Option<Found> {
        let site = site(address.of(text))?;
        let known = |name: &String| self.lexicon.lookup(name).filter(|_| site.made || !is_ordinary(name));
        let concept = site.names.iter().find_map(known)?;
        let proper = self.lexicon.concepts()[concept as usize].name.contains(char::is_uppercase);
        let span = Span::new(address.start + site.span.start, address.start + site.span.end);
        proper.then_some(Found { concept, span, words: 0..0 })
    }
}

impl Lexicon {
    /// The concept of exactly this name, whatever its case, plural or hyphens. O(log names).
    #[must_use]
    pub fn lookup(&self, name: &str) -> Option<u32> {
        let words = Words::new(name);
        let folded: Vec<&str> = words.all().iter().map(|word| words.folded(word)).collect();
        let find = |key: &str| {
            let at = self.surfaces().binary_search_by(|surface| (*surface.words).cmp(key)).ok()?;
            Some(self.surfaces()[at].concept)
        };
        find(&folded.join(" ")).or_else(|| find(&name_key(name)))
    }
}

/// Whether `non-` stands before the name: `non-SQL sources`.
fn is_denied(words: &Words, first: usize) -> bool {
    let before = first.checked_sub(1).map(|before| words.folded(&words.all()[before]));
    before == Some("non") && words.all()[first].gap == Gap::Hyphen
}

/// Whether the last word of a name is what the first does: `Kafka connects to` is no Kafka Connect.
fn is_act(words: &Words, found: &Match) -> bool {
    let all = words.all();
    let [first, last] = &all[found.first..found.end] else { return false };
    let behind = all.get(found.end).filter(|next| next.gap == Gap::Space).map_or("", |next| words.folded(next));
    first.shape != Shape::Lower
        && last.shape == Shape::Lower
        && words.is_plural(last)
        && relation::verb_follows(words.folded(last))
        && matches!(behind, "to" | "from" | "with" | "into")
}

/// Whether a plural is a verb in truth: `the consumer requests a message`, `it excels at`.
fn is_verb(words: &Words, first: usize, end: usize) -> bool {
    const DETERMINERS: &[&str] =
        &["a", "all", "an", "any", "each", "every", "it", "its", "that", "the", "their", "them", "these", "this"];
    let all = words.all();
    let word = &all[first];
    let plural = end == first + 1 && word.shape == Shape::Lower && words.is_plural(word);
    if !plural || word.gap != Gap::Space {
        return false;
    }
    let subject = words.folded(&all[first - 1]);
    let object = all.get(end).filter(|next| next.gap == Gap::Space).map_or("", |next| words.folded(next));
    let acts = !is_boundary(subject) || matches!(subject, "that" | "which" | "who");
    subject == "it" || acts && DETERMINERS.binary_search(&object).is_ok()
}

/// What each section is about: the concept its heading names, else what the heading before it named, where the
/// heading is one that any text may have (`Overview`, `Features`).
fn subjects(note: &Note, title: Option<u32>, lines: &[Line<'_>]) -> Vec<Option<Subject>> {
    // A file called `hadoop_iq` is about something that its text never calls so.
    let said = |concept: &u32| lines.iter().any(|line| line.names.iter().any(|found| found.concept == *concept));
    let title = title.filter(said).map(|concept| Subject { concept, own: true, near: true, kept: true });
    let mixed = note.sections.iter().any(|section| section.level > 1);
    let mut subjects: Vec<Option<Subject>> = Vec::with_capacity(note.sections.len());
    for (index, section) in note.sections.iter().enumerate() {
        let heading = section.heading.and_then(|heading| lines[heading].heading.as_ref());
        let kept = || {
            let above = section.parent.and_then(|parent| subjects[parent]);
            let before = (0..index).rev().find(|other| note.sections[*other].level <= section.level);
            let beside = before
                .filter(|other| note.sections[*other].level == section.level && index > 0)
                .and_then(|other| subjects[other]);
            // A heading of the highest rank opens a chapter of its own, where ranks are mixed.
            let chapter = section.level == 1 && mixed;
            let generic = heading.is_some_and(|heading| heading.generic) && !chapter;
            let kept = if generic { beside.filter(|subject| subject.kept).or(above) } else { above };
            let near = generic || heading.is_some_and(|heading| heading.asks_on);
            kept.map(|subject| Subject { own: false, near: subject.near && near, ..subject })
        };
        let named = heading.and_then(|heading| heading.names);
        let subject = if section.heading.is_none() { title } else { named.or_else(kept) };
        subjects.push(subject);
    }
    subjects
}

/// Whether a heading asks or tells how: `Why does it scale?`, `How to read data`.
fn is_question(title: &str) -> bool {
    let first = title.split_whitespace().next().unwrap_or("").to_lowercase();
    title.trim_end().ends_with('?') || matches!(first.as_str(), "how" | "why" | "when" | "where" | "what" | "which")
}

/// Whether a heading means what the one above names: `How does it scale?`.
fn speaks_of_it(title: &str) -> bool {
    title
        .split_whitespace()
        .any(|word| matches!(word.trim_end_matches('?').to_lowercase().as_str(), "it" | "its" | "they" | "them"))
}

impl Linker {
    /// What a heading of that text says of its section.
    fn heading(&self, text: &str, named: &Named) -> Heading {
        let names = heading_subject(text, named).filter(|subject| {
            // `Data Engineer Perspective` is no part about data engineers.
            subject.kept || self.lexicon.concepts()[subject.concept as usize].kind != Kind::Role
        });
        Heading { names, generic: is_generic_phrase(&named.words), asks_on: is_question(text) && speaks_of_it(text) }
    }
}

/// The concept that covers a heading's name, else the first that a question names (`What does a broker do in Kafka?`), else
/// the longest one; none for comparisons.
fn heading_subject(text: &str, line: &Named) -> Option<Subject> {
    let comparison =
        line.names.len() > 1 && [" vs ", " vs. ", " versus ", " and ", " or "].iter().any(|mark| text.contains(mark));
    let longest = if is_question(text) { 12 } else { 7 };
    if comparison || line.words.all().len() > longest {
        return None;
    }
    let name = heading_name(text).map(|name| {
        let start = name.as_ptr() as usize - text.as_ptr() as usize;
        Span::new(start, start + name.len())
    });
    let covering = name.and_then(|name| line.covering(name));
    let longest = || line.names.iter().max_by_key(|found| (found.span.len(), std::cmp::Reverse(found.span.start)));
    // `Azure Architect` is who, and no Azure.
    let people = line.words.all().last().is_some_and(|last| {
        matches!(
            line.words.singular(last),
            "administrator" | "analyst" | "architect" | "developer" | "engineer" | "mindset" | "philosophy"
        )
    });
    if covering.is_none() && people {
        return None;
    }
    let found = covering.or_else(|| if is_question(text) { line.names.first() } else { longest() })?;
    let kept = covering.is_some();
    // `What file systems does Spark support?` asks of something, and what follows is no definition of it.
    Some(Subject { concept: found.concept, own: kept || !is_question(text), near: true, kept })
}

/// The concept that a block is about that is no heading: the key of its field, its only name, or the name it opens with.
fn head(block: &Block, named: &Named) -> Option<Found> {
    let words = &named.words;
    if let BlockKind::Row { cells, .. } = &block.kind {
        return cells.first().and_then(|cell| named.covering(*cell)).cloned();
    }
    if let Some((key, _)) = named.field {
        return named.covering(key).cloned();
    }
    let item = matches!(block.kind, BlockKind::Item { .. });
    let whole = named.covering(Span::new(0, block.text.trim_end_matches(':').len())).filter(|_| words.all().len() <= 6);
    let opening = named.names.first().filter(|found| {
        let verb = words.all().get(found.words.end).map_or("", |word| words.folded(word));
        item && found.words.start == 0
            && matches!(verb, "is" | "are" | "has" | "uses" | "can" | "supports" | "runs" | "stores")
    });
    whole.or(opening).cloned()
}

/// The pairs that the note itself gives, where the lexicon holds both for one concept.
fn aliases(lexicon: &Lexicon, discovery: &Discovery) -> Vec<AliasClaim> {
    let alias = |pair: &super::NamePair| AliasClaim {
        subject: pair.short.clone(),
        object: pair.long.clone(),
        rule: pair.rule.clone(),
        position: pair.position,
    };
    let known = |pair: &&super::NamePair| lexicon.lookup(&pair.short).is_some() || lexicon.lookup(&pair.long).is_some();
    discovery.pairs.iter().filter(known).map(alias).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    #[test]
    fn prose_shows_how_a_note_writes_a_name_and_code_does_not() {
        let extractor = Extractor::new(&Overrides::default());
        let said = |behind: &str| {
            let text = format!("# One\n\nThe drill feeds HDFS.\n\n{behind}\n");
            let (note, names) = (read("a.md", text.as_bytes()).0, read("names.md", b"# Drill\n\n# HDFS\n").0);
            let discoveries = [&note, &names].map(|note| extractor.discover(note));
            let claims = extractor.resolve(&discoveries).linker().link(&note, &discoveries[0]);
            claims.relations.into_iter().map(|said| format!("{} {}", said.subject, said.object)).collect::<Vec<_>>()
        };
        assert_eq!(said("We use Drill."), ["Drill HDFS"]);
        assert_eq!(said("```\nWe use Drill.\n```"), [""; 0]);
    }

    #[test]
    fn plurals_may_be_verbs_and_prefixes_deny() {
        assert!(is_verb(&Words::new("the consumer requests a message"), 2, 3));
        assert!(is_verb(&Words::new("it excels at this"), 1, 2));
        assert!(!is_verb(&Words::new("the consumer requests are kept"), 2, 3));
        assert!(!is_verb(&Words::new("requests a message"), 0, 1));
        assert!(is_denied(&Words::new("non-SQL sources"), 1));
        assert!(!is_denied(&Words::new("SQL sources"), 0));
    }
}
