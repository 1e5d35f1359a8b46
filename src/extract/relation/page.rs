//! What the rules look at.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::solid::is_solid;
use crate::extract::english::is_boundary;
use crate::extract::late::Cases;
use crate::extract::lexicon::Lexicon;
use crate::extract::phrase::is_class_name;
use crate::extract::word::{Gap, Shape, Words};
use crate::extract::{ConceptEntry, Kind, RelationType};
use crate::read::{Block, BlockKind};
use crate::text::Span;

/// A section of a note as the rules see it, with all around it that they may ask for.
pub(in crate::extract) struct Page<'n> {
    pub lexicon: &'n Lexicon,
    /// For each concept whether it is [solid](Self::is_solid), once that was asked.
    solid: &'n [OnceLock<bool>],
    pub around: Around<'n>,
    pub lines: &'n [Line<'n>],
    /// Whether the heading speaks of what is not.
    denied: bool,
    /// For each line the lines nested right in it.
    pub(super) children: Vec<Vec<usize>>,
    /// The lines that are nested in no other.
    pub(super) outermost: Vec<usize>,
    /// For each line the nearest line around it that has a head.
    owners: Vec<Option<usize>>,
    /// For each line what the question before it asks about, if a question is before it.
    asked: Vec<Option<Option<u32>>>,
}

/// What a section's lines do not say themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) struct Around<'n> {
    /// The words of the section's heading; empty where it has none.
    pub title: &'n str,
    /// The concept that the section speaks of, if any.
    pub subject: Option<Subject>,
    /// The concept that the note is called by, if any.
    pub note: Option<u32>,
}

/// One block of a section.
pub(in crate::extract) struct Line<'n> {
    pub block: &'n Block,
    /// The line that the block is nested in.
    pub parent: Option<usize>,
    pub named: Arc<Named>,
}

/// A block's words and names, whatever stands around it, and what it states.
#[derive(Debug)]
pub(in crate::extract) struct Named {
    pub words: Arc<Words>,
    /// Names in order, none overlapping.
    pub names: Vec<Found>,
    /// Makers inside longer names, each with the longer name: AWS in `AWS Lambda`.
    pub makers: Vec<(Found, Found)>,
    /// Names that are mentioned and say nothing: Flume in `Flume agent`, which it opens, or in the address of its site.
    pub asides: Vec<Found>,
    pub sentences: Arc<[Span]>,
    /// Key and value, of a block that is a field.
    pub field: Option<(Span, Span)>,
    /// The concept that the block itself is about: the key of a field, the subject of its sentence.
    pub head: Option<Found>,
    /// What it says of its section, of a heading.
    pub heading: Option<Heading>,
    /// What is stated in it, by what stands above it.
    pub told: Cases<Above, Told>,
}

/// What a heading says of its section.
#[derive(Debug)]
pub(in crate::extract) struct Heading {
    /// The concept that it names.
    pub names: Option<Subject>,
    /// Whether any text may have it: `Overview`.
    pub generic: bool,
    /// Whether it asks of what the heading above it names: `How does it scale?`.
    pub asks_on: bool,
}

/// All that a line's own statements depend on beside the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Above {
    /// What the lines around it are about, see [`Page::above`].
    pub concept: Option<u32>,
    /// Whether it is a field under `Storage`.
    pub stored: bool,
}

/// What the rules for one line found in it.
#[derive(Debug)]
pub(in crate::extract) struct Told {
    pub stated: Vec<Statement>,
    /// Whether it states more than is kept.
    pub full: bool,
}

/// What a rule states: both ends, the type, its name, its trust and the words that say so.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Statement {
    pub subject: End,
    pub predicate: RelationType,
    pub object: End,
    pub rule: &'static str,
    pub confidence: u16,
    pub quote: Span,
}

impl std::ops::Deref for Line<'_> {
    type Target = Named;

    fn deref(&self) -> &Named {
        &self.named
    }
}

/// A concept's name at a place of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract) struct Found {
    pub concept: u32,
    pub span: Span,
    /// Word indices.
    pub words: Range<usize>,
}

/// What a section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::extract) struct Subject {
    pub concept: u32,
    /// Whether its own heading names it; else it is kept from the heading before.
    pub own: bool,
    /// Whether every heading between the concept's own and the section is one that any text may have, or a question about it.
    pub near: bool,
    /// Whether a heading is the concept's name and no more, so that generic headings behind it keep it.
    pub kept: bool,
}

/// An end of a relation: a concept, and its words where they stand in the block.
#[derive(Clone, Copy, Debug)]
pub(in crate::extract) struct End {
    pub concept: u32,
    pub span: Option<Span>,
}

impl End {
    /// A concept that the block does not write.
    pub(super) const fn of(concept: u32) -> Self {
        Self { concept, span: None }
    }
}

impl From<&Found> for End {
    fn from(found: &Found) -> Self {
        Self { concept: found.concept, span: Some(found.span) }
    }
}

impl From<Subject> for End {
    fn from(subject: Subject) -> Self {
        Self { concept: subject.concept, span: None }
    }
}

impl<'n> Page<'n> {
    /// Says which of a section's lines stands in which. Linear in the lines.
    pub(in crate::extract) fn new(
        (lexicon, solid): (&'n Lexicon, &'n [OnceLock<bool>]),
        around: Around<'n>,
        lines: &'n [Line<'n>],
    ) -> Self {
        let mut children = vec![Vec::new(); lines.len()];
        let mut outermost = Vec::new();
        let mut owners: Vec<Option<usize>> = Vec::with_capacity(lines.len());
        for (index, line) in lines.iter().enumerate() {
            match line.parent {
                Some(parent) => children[parent].push(index),
                None => outermost.push(index),
            }
            owners.push(line.parent.and_then(|parent| lines[parent].head.as_ref().map(|_| parent).or(owners[parent])));
        }
        let (asked, denied) = (asked(lines), denies(around.title));
        Self { lexicon, solid, around, lines, denied, children, outermost, owners, asked }
    }
}

impl Page<'_> {
    /// The concept behind an id.
    pub(super) fn concept(&self, id: u32) -> &ConceptEntry {
        &self.lexicon.concepts()[id as usize]
    }

    /// Whether the concept is more than words of this and that text: known, of a kind, no plain English, the title of a note, or
    /// introduced by what a sentence says of it. Headings such as `Key components` are not.
    pub(super) fn is_solid(&self, id: u32) -> bool {
        *self.solid[id as usize].get_or_init(|| is_solid(self.concept(id)))
    }

    /// Whether the concept is solid, or of a kind that the vocabulary or the user gave it.
    pub(super) fn is_meant(&self, id: u32) -> bool {
        self.is_solid(id) || self.concept(id).kind != Kind::Term
    }

    /// Whether one of the concept's names is that of a class: `NoSQL database`. Of other names only the vocabulary's count: one that
    /// comes with another note would change what this one says, which an update does not look at again.
    pub(super) fn is_called_a_class(&self, id: u32) -> bool {
        let concept = self.concept(id);
        is_class_name(&concept.name)
            || concept.aliases.iter().any(|alias| &*alias.rule == "vocabulary" && is_class_name(&alias.name))
    }

    /// Whether the concept is called by a proper name that the vocabulary knows.
    pub(super) fn is_product(&self, id: u32) -> bool {
        let concept = self.concept(id);
        concept.reason.starts_with("known name") && concept.name.contains(char::is_uppercase)
    }

    /// What the lines around block `index` are about: the nearest enclosing item's head, else the section's subject.
    pub(super) fn above(&self, index: usize) -> Option<End> {
        let owner = self.owners[index].and_then(|owner| self.lines[owner].head.as_ref());
        let owner = owner.map(|head| End { concept: head.concept, span: None });
        let line = &self.lines[index];
        if matches!(line.block.kind, BlockKind::Row { .. }) {
            return line.head.as_ref().map(|head| End { concept: head.concept, span: None });
        }
        let heading = self.around.subject.filter(|subject| subject.near && !self.denied).map(End::from);
        let asked = self.asked[index].map(|asked| asked.map(|concept| End { concept, span: None }));
        let above = owner.or_else(|| asked.unwrap_or(heading));
        above.filter(|end| self.is_solid(end.concept))
    }

    /// Whether a sentence sets the case of the question that its block ends with: `You need to load Kafka into HDFS. How would you ...?`.
    pub(super) fn sets_a_case(&self, index: usize, sentence: Span) -> bool {
        const OPENINGS: &[&str] = &["consider", "given", "suppose", "you", "your"];
        let line = &self.lines[index];
        let first = line.words.within(sentence).find(|at| line.words.all()[*at].shape != Shape::Number);
        let opens = |at: usize| OPENINGS.contains(&line.words.folded(&line.words.all()[at]));
        line.block.text.trim_end().ends_with('?') && first.is_some_and(opens)
    }

    /// Whether block `index` asserts nothing: a drawing, a task that is not done, a row that is marked as wrong, one of the answers
    /// that a question offers.
    pub(super) fn says_nothing(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let text = line.block.text.as_str();
        let wrong = |cell: &Span| {
            let said = line.text(*cell).trim();
            ["wrong", "incorrect"].iter().any(|word| said.eq_ignore_ascii_case(word))
        };
        match &line.block.kind {
            BlockKind::Row { cells, .. } if cells.iter().any(wrong) => return true,
            BlockKind::Item { task: Some(false), .. } => return true,
            _ => {}
        }
        let beside = |letter: u8, at: Option<usize>| {
            at.and_then(|at| self.lines.get(at))
                .and_then(|other| option(&other.block.text))
                .is_some_and(|of| of == letter)
        };
        let offered = option(text)
            .is_some_and(|letter| beside(letter + 1, Some(index + 1)) || beside(letter - 1, index.checked_sub(1)));
        offered || is_drawn(text)
    }

    /// Whether block `index` names nothing, or nothing but what it is about by words that hold no other name: no two to relate.
    pub(super) fn names_one(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let Some(first) = line.names.first() else { return true };
        let same = |found: &Found| found.concept == first.concept && found.words.len() == 1;
        line.names.iter().all(same) && self.above(index).is_none_or(|above| above.concept == first.concept)
    }

    /// The first block under the heading that is nested in no other.
    pub(super) fn opening(&self) -> Option<usize> {
        self.outermost.iter().copied().find(|at| self.lines[*at].block.kind != BlockKind::Heading)
    }

    /// The words right above block `index`: its enclosing item, else its section's heading.
    pub(super) fn caption(&self, index: usize) -> &str {
        self.lines[index].parent.map_or(self.around.title, |parent| self.lines[parent].block.text.as_str())
    }
}

impl Named {
    /// The names inside a span.
    pub(super) fn within(&self, span: Span) -> &[Found] {
        let first = self.names.partition_point(|found| found.span.start < span.start);
        let last = self.names.partition_point(|found| found.span.end <= span.end);
        &self.names[first..last.max(first)]
    }

    /// Whether a name stands in a span, wholly or in part.
    pub(super) fn names_in(&self, span: Span) -> bool {
        let next = self.names.partition_point(|found| found.span.end <= span.start);
        self.names.get(next).is_some_and(|found| found.span.start < span.end)
    }

    /// The name that covers all of `span`, but for articles and numbers.
    pub(in crate::extract) fn covering(&self, span: Span) -> Option<&Found> {
        let light = |index: &usize| {
            let word = &self.words.all()[*index];
            word.shape == Shape::Number || matches!(self.words.folded(word), "a" | "an" | "the" | "our" | "your")
        };
        let mut meant = self.words.within(span).filter(|index| !light(index));
        let first = meant.next()?;
        let last = meant.next_back().unwrap_or(first);
        self.name_at(first).filter(|found| last < found.words.end)
    }

    /// The name that holds word `at`. O(log names).
    pub(super) fn name_at(&self, at: usize) -> Option<&Found> {
        let next = self.names.partition_point(|found| found.words.end <= at);
        self.names.get(next).filter(|found| found.words.start <= at)
    }

    /// The names that end before word `end`. O(log names).
    pub(super) fn names_before(&self, end: usize) -> &[Found] {
        &self.names[..self.names.partition_point(|found| found.words.end <= end)]
    }

    /// The name whose last word stands right before word `end`. O(log names).
    pub(super) fn name_ending(&self, end: usize) -> Option<&Found> {
        self.names_before(end).last().filter(|found| found.words.end == end)
    }

    /// The first name that begins at word `start` or behind it. O(log names).
    pub(in crate::extract) fn name_from(&self, start: usize) -> Option<&Found> {
        self.names.get(self.names.partition_point(|found| found.words.start < start))
    }
}

impl Line<'_> {
    /// Whether the words of a name only describe: `scalable` in a note that has Scalability.
    pub(super) fn describes(&self, span: Span) -> bool {
        let text = self.text(span);
        !text.contains(' ')
            && (text.ends_with("able") || text.ends_with("ible"))
            && text.starts_with(char::is_lowercase)
    }

    /// Whether a name in running text is the beginning of a longer one that nobody knows: Azure in `Azure Disk`.
    pub(super) fn goes_on(&self, span: Span) -> bool {
        let words = self.words.all();
        let next = self
            .words
            .within(Span::new(span.start, self.block.text.len()))
            .find(|at| words[*at].span.start >= span.end);
        let prose = matches!(self.block.kind, BlockKind::Paragraph | BlockKind::Item { .. }) && words.len() > TITLE;
        prose
            && next.is_some_and(|at| {
                let proper = matches!(words[at].shape, Shape::Capital | Shape::Upper | Shape::Mixed);
                words[at].gap == Gap::Space
                    && proper
                    && !words[at].opens
                    && self.name_at(at).is_none()
                    && !is_boundary(self.words.folded(&words[at]))
            })
    }

    /// The text of a span.
    pub(in crate::extract) fn text(&self, span: Span) -> &str {
        span.of(&self.block.text)
    }

    /// All of the block.
    pub(super) const fn whole(&self) -> Span {
        Span::new(0, self.block.text.len())
    }
}

/// Blocks of so few words may be titles, in which any word has a capital.
const TITLE: usize = 8;

/// The letter of an answer that a question offers: `B) Use Kafka`.
fn option(text: &str) -> Option<u8> {
    match text.as_bytes() {
        [letter @ b'A'..=b'H', b')', b' ', ..] => Some(*letter),
        _ => None,
    }
}

/// Whether the text is a drawing of boxes and lines, which no sentence goes through.
fn is_drawn(text: &str) -> bool {
    !text.is_ascii() && text.contains(['│', '┌', '└', '├', '▼', '═', '║'])
        || memchr::memchr(b'|', text.as_bytes()).is_some() && text.contains("|---")
}

/// Whether a heading speaks of what is not: `When NOT to use Airflow`.
fn denies(title: &str) -> bool {
    let denying = ["not", "never", "avoid", "don't"];
    title.split_whitespace().any(|word| denying.iter().any(|denying| word.eq_ignore_ascii_case(denying)))
}

/// For each line what the question before it asks about: the only concept that the question names.
fn asked(lines: &[Line<'_>]) -> Vec<Option<Option<u32>>> {
    let mut asked = Vec::with_capacity(lines.len());
    let mut current: Option<Option<u32>> = None;
    // How deep in lists each line stands, and the question.
    let mut depths: Vec<usize> = Vec::with_capacity(lines.len());
    let mut depth_of_question = 0;
    for line in lines {
        let depth = line.parent.and_then(|parent| depths.get(parent)).map_or(0, |depth| depth + 1);
        depths.push(depth);
        current = current.filter(|_| line.block.kind != BlockKind::Heading && depth >= depth_of_question);
        // `Q: What is Hive? A: ...` asks and answers in one block.
        if let [first, _, ..] = &*line.sentences
            && is_question(line.text(*first))
        {
            current = Some(sole_name(line.within(*first)));
            depth_of_question = depth;
        }
        // A question that is counted asks of something else than the one before it.
        let counted = is_counted_question(&line.block.text);
        asked.push(if counted { Some(None) } else { current });
        let prose = matches!(line.block.kind, BlockKind::Paragraph | BlockKind::Item { .. });
        if prose && is_question(&line.block.text) {
            current = Some(sole_name(&line.names));
            depth_of_question = depth;
        }
    }
    asked
}

/// The concept of all `names`, where it is one.
fn sole_name(names: &[Found]) -> Option<u32> {
    let first = names.first()?.concept;
    names.iter().all(|found| found.concept == first).then_some(first)
}

/// Whether a block is one question: `Q: What is Flume?`, `3. What is Flume?`.
fn is_question(text: &str) -> bool {
    let text = text.trim_end();
    (text.ends_with('?') || is_counted_question(text))
        && text.len() <= LONGEST_QUESTION
        && text.matches(['?', '.', '!']).count() <= 2
}

/// Whether a block opens with the number of a question: `Q6: Explain the optimizer.`
fn is_counted_question(text: &str) -> bool {
    let number =
        text.strip_prefix(['Q', 'q']).map(|rest| rest.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    number.is_some_and(|rest| rest.len() + 1 < text.len() && rest.starts_with([':', '.', ')']))
}

/// Longer blocks are no questions of an interview, in bytes.
const LONGEST_QUESTION: usize = 200;
