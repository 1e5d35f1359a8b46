//! What a section of a note says, wherever it stands: versions of a text repeat most of their sections.
//!
//! In: a [`Page`]. Out: [`Said`], whose places are lines of the section and bytes of their blocks. It depends on nothing but the page, so
//! sections that are the same say the same; a [`Gathering`] tells where in a note that is.

use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::late::OfText;
use super::relation::{self, Around, End, Line, Named, Page, Statement, Subject};
use super::{AliasClaim, Claims, Definition, Lexicon, Mention, RelationClaim};
use crate::limits::{BLOCK_RELATIONS, NOTE_RELATIONS};
use crate::read::{BlockKind, Note, Warning};
use crate::text::{LineNumber, Name, Span, fold_spaces};

/// How much of a definition is kept, in bytes.
const LONGEST_DEFINITION: usize = 2000;

/// What a section says.
pub(super) struct Said {
    title: Box<str>,
    subject: Option<Subject>,
    note: Option<u32>,
    lines: Box<[(Arc<Named>, Place)]>,
    bytes: usize,
    relations: Vec<SaidRelation>,
    /// Lines that state more relations than are kept.
    full: BTreeSet<usize>,
    mentions: Vec<SaidMention>,
    definitions: Vec<SaidDefinition>,
}

/// How a line stands among the others: what it is nested in, and in which table of the section.
type Place = (Option<usize>, Option<u32>);

struct SaidRelation {
    line: usize,
    statement: Statement,
    rule: Name,
    subject_text: Name,
    object_text: Name,
}

struct SaidMention {
    line: usize,
    at: usize,
    concept: u32,
    text: Name,
}

struct SaidDefinition {
    line: usize,
    concept: u32,
    words: Span,
}

impl OfText for Said {
    fn bytes(&self) -> usize {
        self.bytes
    }
}

fn places<'l>(lines: &'l [Line<'_>]) -> impl Iterator<Item = Place> + 'l {
    let table = |line: &Line<'_>| match line.block.kind {
        BlockKind::Row { table, .. } => Some(table),
        _ => None,
    };
    let first = lines.iter().find_map(table).unwrap_or(0);
    lines.iter().map(move |line| (line.parent, table(line).map(|table| table - first)))
}

impl Said {
    /// The number under which is kept what sections like this one say.
    pub(super) fn hash_of(around: &Around<'_>, lines: &[Line<'_>]) -> u64 {
        let mut hasher = FxHasher::default();
        around.hash(&mut hasher);
        lines.iter().for_each(|line| Arc::as_ptr(&line.named).hash(&mut hasher));
        hasher.finish()
    }

    /// Whether it is what such a section says.
    pub(super) fn is_of(&self, around: &Around<'_>, lines: &[Line<'_>]) -> bool {
        let same = |((named, place), (line, other)): (&(Arc<Named>, Place), (&Line<'_>, Place))| {
            Arc::ptr_eq(named, &line.named) && *place == other
        };
        (&*self.title, self.subject, self.note) == (around.title, around.subject, around.note)
            && self.lines.len() == lines.len()
            && self.lines.iter().zip(lines.iter().zip(places(lines))).all(same)
    }

    /// Reads the page. Linear in it.
    pub(super) fn new(page: &Page<'_>) -> Self {
        let sink = relation::read(page);
        let mut relations: Vec<SaidRelation> = Vec::with_capacity(sink.stated.len());
        for (line, statement) in sink.stated {
            let text = |end: End| name_of(page, end.concept, end.span.map_or("", |span| page.lines[line].text(span)));
            let [subject_text, object_text] = [statement.subject, statement.object].map(text);
            let before = relations.iter().rev().find(|before| *before.rule == *statement.rule);
            let rule = before.map_or_else(|| statement.rule.into(), |before| before.rule.clone());
            relations.push(SaidRelation { line, rule, statement, subject_text, object_text });
        }
        Self {
            title: page.around.title.into(),
            subject: page.around.subject,
            note: page.around.note,
            lines: page.lines.iter().map(|line| line.named.clone()).zip(places(page.lines)).collect(),
            bytes: page.lines.iter().map(|line| line.block.text.len()).sum(),
            relations,
            full: sink.full,
            mentions: mentions(page),
            definitions: definitions(page),
        }
    }
}

/// The claims of a note, as they are gathered from its sections.
pub(super) struct Gathering<'n> {
    note: &'n Note,
    lexicon: &'n Lexicon,
    claims: Claims,
    /// Blocks that state more relations than are kept.
    full: BTreeSet<usize>,
}

impl<'n> Gathering<'n> {
    pub(super) fn new(note: &'n Note, lexicon: &'n Lexicon) -> Self {
        Self { note, lexicon, claims: Claims::default(), full: BTreeSet::new() }
    }

    /// Adds what the section says whose first block is `first`.
    pub(super) fn add(&mut self, said: &Said, first: usize) {
        let Self { note, lexicon, claims, full } = self;
        let block = |line: usize| &note.blocks[first + line];
        let name = |concept: u32| lexicon.concepts()[concept as usize].name.clone();
        full.extend(said.full.iter().map(|line| first + line));
        let left = NOTE_RELATIONS.saturating_sub(claims.relations.len()).min(said.relations.len());
        let (kept, rest) = said.relations.split_at(left);
        full.extend(rest.iter().map(|relation| first + relation.line));
        claims.relations.extend(kept.iter().map(|relation| {
            let SaidRelation { line, statement, rule, subject_text, object_text } = relation;
            RelationClaim {
                subject: name(statement.subject.concept),
                predicate: statement.predicate.clone(),
                object: name(statement.object.concept),
                confidence: statement.confidence,
                rule: rule.clone(),
                position: note.position(block(*line), statement.quote.start),
                quote: note.quote(block(*line), statement.quote),
                subject_text: subject_text.clone(),
                object_text: object_text.clone(),
            }
        }));
        let mut near = LineNumber::FIRST;
        claims.mentions.extend(said.mentions.iter().map(|mention| {
            let position = note.position_near(block(mention.line), mention.at, near);
            near = position.line;
            Mention { concept: name(mention.concept), text: mention.text.clone(), position }
        }));
        claims.definitions.extend(said.definitions.iter().map(|definition| Definition {
            concept: name(definition.concept),
            text: note.quote(block(definition.line), definition.words),
            position: note.position(block(definition.line), definition.words.start),
        }));
    }

    /// All of them, with those of the note as a whole, and a warning for each line of which relations were left out.
    pub(super) fn finish(self, whole: Vec<RelationClaim>, aliases: Vec<AliasClaim>) -> (Claims, Vec<Warning>) {
        let Self { note, mut claims, full, .. } = self;
        let message = if claims.relations.len() < NOTE_RELATIONS {
            format!("more than {BLOCK_RELATIONS} relations here; the rest is left out")
        } else {
            format!("more than {NOTE_RELATIONS} relations in the note; those from here on are left out")
        };
        let warning = |block: &usize| Warning {
            line: Some(note.position(&note.blocks[*block], 0).line),
            message: message.clone(),
        };
        let warnings = full.iter().take(MOST_WARNINGS).map(warning).collect();
        claims.mentions.sort_by(|a, b| (a.position, &a.concept).cmp(&(b.position, &b.concept)));
        claims.relations.extend(whole);
        (Claims { aliases, ..claims }, warnings)
    }
}

/// More lines of one note are not warned of.
const MOST_WARNINGS: usize = 10;

/// The words for a concept as a name: its own, where they are that.
fn name_of(page: &Page<'_>, concept: u32, written: &str) -> Name {
    let name = &page.lexicon.concepts()[concept as usize].name;
    if **name == *written { name.clone() } else { written.into() }
}

fn mentions(page: &Page<'_>) -> Vec<SaidMention> {
    let mut mentions = Vec::new();
    // A section names few things many times: forms of one writing share their string.
    let mut texts: FxHashMap<&str, Name> = FxHashMap::default();
    for (at, line) in page.lines.iter().enumerate() {
        let makers = line.makers.iter().map(|(maker, _)| maker);
        let asides = line.asides.iter().filter(|aside| !line.makers.iter().any(|(maker, _)| maker.span == aside.span));
        for found in line.names.iter().chain(makers).chain(asides) {
            let written = found.span.of(&line.block.text);
            let text = texts.entry(written).or_insert_with(|| name_of(page, found.concept, &fold_spaces(written)));
            let text = text.clone();
            mentions.push(SaidMention { line: at, at: found.span.start, concept: found.concept, text });
        }
    }
    mentions
}

/// Definitions: the text behind `Key:`, a sentence `X is a ...`, and the first sentence under a concept's heading. What speaks of another
/// concept defines none of them.
fn definitions(page: &Page<'_>) -> Vec<SaidDefinition> {
    let told = |line: &&Line<'_>| {
        !matches!(line.block.kind, BlockKind::Heading | BlockKind::Code { .. } | BlockKind::Row { .. })
    };
    let first = page.lines.iter().position(|line| told(&line));
    let lines = page.lines.iter().enumerate().filter(|(_, line)| told(line));
    let definitions = lines.filter_map(|(at, line)| {
        let text = &line.block.text;
        let (concept, span) = field_definition(page, at).or_else(|| copula_definition(line)).or_else(|| {
            let subject = page.around.subject.filter(|subject| subject.own && first == Some(at))?;
            let sentence = *line.sentences.first()?;
            let prose = line.block.kind == BlockKind::Paragraph && sentence.of(text).split_whitespace().count() >= 3;
            let told = prose && !relation::speaks_of_another(page, at, sentence, subject.concept);
            told.then_some((subject.concept, sentence))
        })?;
        let start = span.start + (span.of(text).len() - span.of(text).trim_start().len());
        let most = (start + LONGEST_DEFINITION..span.end).find(|at| text.is_char_boundary(*at));
        Some(SaidDefinition { line: at, concept, words: Span::new(start, most.unwrap_or(span.end)) })
    });
    definitions.collect()
}

fn field_definition(page: &Page<'_>, index: usize) -> Option<(u32, Span)> {
    let line = &page.lines[index];
    let (key, value) = line.field?;
    let found = line.covering(key)?;
    let enough = value.of(&line.block.text).split_whitespace().count() >= 3;
    (enough && !relation::speaks_of_another(page, index, value, found.concept)).then_some((found.concept, value))
}

/// The first sentence that opens with a name and goes on with `is a`, `are`, `refers to` or `stands for`.
fn copula_definition(line: &Line<'_>) -> Option<(u32, Span)> {
    line.sentences.iter().find_map(|sentence| {
        let range = line.words.within(*sentence);
        let found = line.name_from(range.start).filter(|found| found.words.end < range.end)?;
        let word =
            |offset: usize| line.words.all().get(found.words.end + offset).map_or("", |word| line.words.folded(word));
        let opens = (range.start..found.words.start)
            .all(|at| matches!(line.words.folded(&line.words.all()[at]), "a" | "an" | "the" | "apache" | "amazon"));
        let defines = matches!(
            (word(0), word(1)),
            ("is" | "are", "a" | "an" | "the" | "one") | ("refers", "to") | ("stands", "for") | ("means", _)
        );
        (opens && defines).then_some((found.concept, *sentence))
    })
}

#[cfg(test)]
mod tests {
    use crate::config::Overrides;
    use crate::extract::Extractor;
    use crate::read::read;

    /// Pairs of notes, by path and text, that share the words of a section which says something else in each.
    const PAIRS: [[(&str, &str); 2]; 8] = [
        // What a line is nested in.
        [("a.md", "# Kafka\n\n- Flume\n- feeds HDFS\n"), ("a.md", "# Kafka\n\n- Flume\n  - feeds HDFS\n")],
        // What the line that it is nested in is about.
        [("a.md", "# One\n\n- Kafka\n  - It uses HDFS.\n"), ("a.md", "# One\n\n- Hive\n  - It uses HDFS.\n")],
        // Whether a field stands under storage.
        [("a.md", "# One\n\n- Storage\n  - Kafka: HDFS\n"), ("a.md", "# One\n\n- Others\n  - Kafka: HDFS\n")],
        // What the sections around are about.
        [
            ("a.md", "# One\n\n## Kafka\n\n### Overview\n\nIt uses HDFS.\n"),
            ("a.md", "# One\n\n## Hive\n\n### Overview\n\nIt uses HDFS.\n"),
        ],
        // What the note is called.
        [("Kafka.md", "- uses [[HDFS]]\n"), ("Hive.md", "- uses [[HDFS]]\n")],
        // Whether the note has a word as a name.
        [
            ("a.md", "# One\n\nThe drill feeds HDFS.\n\n# Two\n\nWe use Drill.\n"),
            ("a.md", "# One\n\nThe drill feeds HDFS.\n\n# Two\n\nWe use Kafka.\n"),
        ],
        // What the note means by a short form.
        [
            ("a.md", "# One\n\nThe DL feeds Hive.\n\n# Two\n\nA Data Lake (DL) is big.\n"),
            ("a.md", "# One\n\nThe DL feeds Hive.\n\n# Two\n\nA Data Lake is big.\n"),
        ],
        // Whether a row stands in the table above it.
        [
            ("a.md", "# One\n\n| Tool | Uses |\n|---|---|\n| Hive | HDFS |\n\n| Spark | Flume |\n|---|---|\n"),
            ("a.md", "# One\n\n| Tool | Uses |\n|---|---|\n| Hive | HDFS |\n| Spark | Flume |\n"),
        ],
    ];

    #[test]
    fn what_a_section_says_depends_on_what_stands_around_it_and_on_no_note_before() {
        let extractor = Extractor::new(&Overrides::default());
        for pair in PAIRS {
            let notes = pair.map(|(path, text)| read(path, text.as_bytes()).0);
            let discoveries = notes.each_ref().map(|note| extractor.discover(note));
            let names =
                "# Kafka\n\n# Hive\n\n# HDFS\n\n# Flume\n\n# Spark\n\n# Drill\n\nDeep Learning (DL) uses Spark.\n";
            let names = read("names.md", names.as_bytes()).0;
            let lexicon = extractor.resolve(discoveries.iter().chain([&extractor.discover(&names)]));
            let linker = lexicon.linker();
            let kept = [0, 1].map(|at| linker.link(&notes[at], &discoveries[at]));
            let anew = [0, 1].map(|at| lexicon.linker().link(&notes[at], &discoveries[at]));
            assert_eq!(kept, anew);
            let said = anew.map(|claims| {
                let relations = claims.relations.into_iter();
                relations.map(|said| (said.subject, said.predicate, said.object)).collect::<Vec<_>>()
            });
            assert_ne!(said[0], said[1], "{pair:?}");
        }
    }

    #[test]
    fn what_speaks_of_another_concept_defines_none() {
        let text = "# Kafka\n\nHive can read it.\n\n## HDFS\n\nA store of files for Hadoop.\n\n## Parts\n\n\
            - Hive: Spark can run in place of it\n- Spark: Hive tables and more for it\n- Flume: message broker, is fast and moves logs\n\n\
            ## Acme Flume\n\nFlume is what Acme made of it.\n\n## Others\n\nHere is [[Acme Flume]] too.\n";
        let (extractor, note) = (Extractor::new(&Overrides::default()), read("a.md", text.as_bytes()).0);
        let discovery = extractor.discover(&note);
        let claims = extractor.resolve([&discovery]).linker().link(&note, &discovery);
        let definitions = claims.definitions.iter().map(|said| format!("{}: {}", said.concept, said.text));
        assert_eq!(
            definitions.collect::<Vec<_>>(),
            [
                "HDFS: A store of files for Hadoop.",
                "Spark: Hive tables and more for it",
                "Flume: message broker, is fast and moves logs",
                "Acme Flume: Flume is what Acme made of it."
            ]
        );
    }
}
