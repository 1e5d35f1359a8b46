//! Who or what a verb speaks of: the name before it, across brackets, insertions and adverbs; the subject of the clause that
//! `and` continues; the subject of the sentence for what is said of its class; what a pronoun or a heading stands for.

use std::ops::Range;

use super::fragment::is_tail;
use super::verb_frames::verb;
use super::{End, Found, Line, Page};
use crate::extract::Kind;
use crate::extract::english::{is_boundary, is_class_noun};
use crate::extract::phrase::{behind_insertions, is_version};
use crate::extract::word::{Gap, Shape};
use crate::read::BlockKind;
use crate::text::Span;

/// A sentence while its verbs are read from left to right.
pub(super) struct Reading<'p, 'n> {
    pub page: &'p Page<'n>,
    pub index: usize,
    pub range: Range<usize>,
    /// The name with which the sentence opens, and the word where its verb may stand.
    pub main: Option<(End, usize)>,
    /// The subject of the verb before.
    pub carried: Option<End>,
    /// Whom the sentence before speaks of, in the same block.
    pub before: Option<End>,
    /// `X is a game developed by Y for Z`: whom participles behind a class speak of, and where its verb stands.
    pub said: Option<(End, usize)>,
}

impl<'p, 'n> Reading<'p, 'n> {
    pub(super) fn new(page: &'p Page<'n>, index: usize, range: Range<usize>) -> Self {
        let line = &page.lines[index];
        // `Cloud-native; replaces the old one`: what stands before the semicolon says nothing of it.
        let joined =
            |(found, verb): &(&Found, usize)| !(found.words.end..=*verb).any(|at| between(line, at).contains(';'));
        let main = main_subject(line, &range).filter(joined).map(|(found, verb)| (End::from(found), verb));
        let before = sentence_before(line, range.start).and_then(|sentence| spoken_of(line, sentence));
        Self { page, index, range, main, carried: None, before, said: None }
    }

    pub(super) fn line(&self) -> &'p Line<'n> {
        &self.page.lines[self.index]
    }

    pub(super) fn folded(&self, at: usize) -> &'p str {
        let line = self.line();
        line.words.all().get(at).filter(|_| at < self.range.end).map_or("", |word| line.words.folded(word))
    }

    /// The sentence's own subject, where the verb at word `at` follows it.
    pub(super) fn of_sentence(&self, at: usize) -> Option<End> {
        let (end, verb) = self.main?;
        let near = verb <= at && at - verb <= 4;
        (near && (verb..at).all(|word| is_light(self.folded(word)))).then_some(end)
    }

    /// `Developed by Acme, Night Owl adds ...`: the subject behind the comma that closes an opening participle.
    pub(super) fn of_opening(&self, at: usize) -> Option<End> {
        if at != self.range.start {
            return None;
        }
        let line = self.line();
        let words = line.words.all();
        let commas = (at + 1..self.range.end)
            .filter(|next| words[*next].gap == Gap::Break && between(line, *next).trim() == ",")
            .take(4);
        commas.into_iter().find_map(|next| {
            let start = next + usize::from(matches!(self.folded(next), "the" | "a" | "an"));
            let found = line.name_at(start).filter(|found| found.words.start == start)?;
            let behind = behind_insertions(&line.block.text, &line.words, found.words.end, self.range.end)?;
            let acts = matches!(self.folded(behind), "is" | "was" | "are" | "were" | "has" | "had" | "can" | "will")
                || verb(self.folded(behind)).is_some()
                || self.folded(behind).ends_with("ed")
                || self.folded(behind).ends_with('s') && !is_class_noun(line.words.singular(&words[behind]));
            acts.then(|| End::from(found))
        })
    }

    /// Who or what the verb at word `at` speaks of.
    pub(super) fn subject(&self, at: usize) -> Option<End> {
        let carried = self.carried;
        if carried.is_some() && self.folded(at) == "using" {
            // `easier for developers using Python`: they use it.
            let people =
                at > self.range.start && is_people(self.line().words.singular(&self.line().words.all()[at - 1]));
            return carried.filter(|_| !people);
        }
        if let Some(main) = self.of_sentence(at) {
            return Some(main);
        }
        // `to monitor metrics using SQL`: whoever monitors uses it.
        let acts = |word: usize| {
            let folded = self.folded(word);
            // `you can list pods using kubectl`, `Deploying clusters using Ansible`: so does whoever lists or deploys.
            let doer =
                matches!(folded, "to" | "you" | "we" | "i") || word == self.range.start && folded.ends_with("ing");
            doer || verb(folded).is_some_and(|(_, participle)| !participle)
        };
        if self.folded(at) == "using" && (self.range.start..at).any(acts) {
            return None;
        }
        // `is ingested from Kafka and S3 using Flink`: so does what ingests it.
        let done = |word: usize| {
            let be = matches!(self.folded(word), "is" | "are" | "was" | "were");
            be && (word + 1..at.min(word + 3)).any(|next| self.folded(next).ends_with("ed"))
        };
        if self.folded(at) == "using" && (self.range.start..at).any(done) {
            return self.main.map(|(end, _)| end);
        }
        self.look_back(at)
    }

    fn look_back(&self, at: usize) -> Option<End> {
        let (line, carried) = (self.line(), self.carried);
        let words = line.words.all();
        let mut back = at;
        let mut steps = 0;
        let mut relative = false;
        while back > self.range.start {
            let before = back - 1;
            let between = between(line, back);
            // `is a feature of Redshift — requires a cluster`: another clause, of the sentence's own subject. `Parquet — designed by`
            // goes on with the name.
            let acts = !relative && verb(self.folded(at)).is_none_or(|(_, participle)| !participle);
            if acts && parts_clauses(between) {
                return if back == at { self.main.map(|(end, _)| end).or_else(|| self.implied(at)) } else { None };
            }
            // `Integrates with services: works with Kafka`: the key says something itself.
            if between.contains(':') && line.field.is_some_and(|(key, _)| self.says(key)) {
                return self.page.above(self.index);
            }
            // `requires configs (of memory), uses libraries`: the verb goes on with the subject of the one before.
            if acts && between.rsplit_once(')').is_some_and(|(_, behind)| behind.contains(',')) {
                return carried.or(self.main.map(|(end, _)| end));
            }
            if between.contains(')') && !between.contains('(') {
                let open =
                    (self.range.start + 1..back).rev().take(12).find(|at| self::between(line, *at).contains('('))?;
                back = open;
                if let Some(found) = line.name_at(back - 1) {
                    return Some(End::from(found));
                }
                continue;
            }
            if let Some(found) = line.name_at(before) {
                return self.name_before(found, back, steps, relative);
            }
            match self.folded(before) {
                // `That can require` points back at more than a name.
                "that" if before == self.range.start && back == at => return None,
                // `The reason is that detection requires` begins a clause of its own.
                "that"
                    if matches!(
                        self.folded(before.saturating_sub(1)),
                        "is" | "was" | "so" | "means" | "ensure" | "ensures"
                    ) =>
                {
                    return None;
                }
                "which" | "that" | "who" => relative = true,
                word if is_light(word) => {}
                "and" | "then" | "or" | "but" if carried.is_some() => return carried,
                // `This is typically done by`: what was said is done.
                "this"
                    if (before + 1..at).any(|at| matches!(self.folded(at), "done" | "achieved" | "accomplished")) =>
                {
                    return None;
                }
                "it" | "they" | "this" => {
                    let inner = carried.filter(|_| before > self.range.start);
                    return inner
                        .or(self.before)
                        .or_else(|| self.keyed(before))
                        .or_else(|| self.page.above(self.index));
                }
                // `developers may use`
                "developers" | "engineers" | "analysts" | "customers" | "companies" | "organizations" => return None,
                // `Ability to query S3`, under the name of what has it.
                "to" if before > self.range.start && is_ability(self.folded(before - 1)) => {
                    return self.implied(before - 1);
                }
                // `allows us to use a cluster`: we do.
                "to" if self.folded(at).starts_with("us")
                    && before > self.range.start
                    && self.is_for_people(before) =>
                {
                    return None;
                }
                "you" | "we" | "i" | "he" | "she" | "one" | "people" | "team" | "users" | "us" | "to" => {
                    return carried;
                }
                // `A tool that moves data`, under the heading of the tool.
                "a" | "an" if relative && self.opens(before) => return self.page.above(self.index),
                word if is_boundary(word) => return carried.filter(|_| matches!(word, "by" | "while")),
                _ if words[back].gap == Gap::Break && !relative => return carried,
                word if steps < 2 && words[before].shape == Shape::Lower && !super::slot::is_preposition(word) => {
                    steps += 1;
                }
                _ => return self.said_before(at).filter(|_| relative),
            }
            if words[back].gap == Gap::Break && back != at && !matches!(self.folded(back), "which" | "that" | "who") {
                return self.implied(back);
            }
            back = before;
        }
        self.implied(at).filter(|_| steps == 0)
    }

    /// Whether people stand before word `at`.
    fn is_for_people(&self, at: usize) -> bool {
        let words = &self.line().words;
        is_people(words.singular(&words.all()[at - 1]))
    }

    /// Whether the sentence opens at word `at`, maybe behind a label: `Ans: A tool`.
    fn opens(&self, at: usize) -> bool {
        at == self.range.start || at == self.range.start + 1 && between(self.line(), at).contains(':')
    }

    /// The name found to the left of a verb, where it acts: not as a mere qualifier, not behind a comma.
    fn name_before(&self, found: &Found, back: usize, steps: usize, relative: bool) -> Option<End> {
        let line = self.line();
        let words = line.words.all();
        if self.is_asked_for(found) {
            return None;
        }
        let broken =
            words[back].gap == Gap::Break && !matches!(self.folded(back), "which" | "that" | "who" | "is" | "are");
        if broken && (steps > 0 || self.carried.is_some()) {
            return self.carried;
        }
        // `Redshift: data warehouse, loads data`: a class tells of the key, and so does the verb.
        if broken && words[found.words.start].shape == Shape::Lower {
            return self.implied(back);
        }
        // `The NameNode forms the backbone of HDFS, managing blocks`: the sentence's own subject goes on.
        if broken && self.folded(back).ends_with("ing") && self.behind_preposition(found) {
            return self.main.map(|(end, _)| end);
        }
        // `a NoSQL database that runs`, `a command line tool that moves`: the name only qualifies the noun that acts.
        let lower = words[found.words.start].shape == Shape::Lower;
        let idea = matches!(
            self.page.concept(found.concept).kind,
            Kind::Architecture
                | Kind::Format
                | Kind::Language
                | Kind::Method
                | Kind::Protocol
                | Kind::Standard
                | Kind::Term
        );
        let made = found.words.start.checked_sub(1).is_some_and(|at| at >= self.range.start && self.folded(at) == "by");
        let named_class = crate::extract::phrase::is_class_name(line.text(found.span));
        let class = relative && (lower || steps > 0 || made || named_class);
        if class && let Some(said) = self.said_before(back) {
            return Some(said);
        }
        // `models within a warehouse using SQL`: what stands behind a preposition does not act.
        let acts =
            !self.folded(back).ends_with("ing") && verb(self.folded(back)).is_none_or(|(_, participle)| !participle);
        // `The cache built by Flink is similar to`, `A node in HDFS is similar to` tell of the cache and of the node.
        let described = matches!(self.folded(back), "is" | "are" | "was" | "were");
        if !relative && (made || (lower || described || !acts) && self.behind_preposition(found)) {
            return self.said_before(back).or(self.carried);
        }
        if steps > 0 && (lower || idea) {
            return self.implied(back).filter(|_| lower);
        }
        // `to HBase. It ...` was read above; `in HBase stores` names a place, not who acts.
        Some(End::from(found))
    }

    /// Whether `which` or the like asks for the name: `restrict which addresses can connect`.
    fn is_asked_for(&self, found: &Found) -> bool {
        let before = found.words.start.checked_sub(1).filter(|at| *at >= self.range.start);
        before.is_some_and(|at| matches!(self.folded(at), "which" | "what" | "whose" | "how"))
    }

    /// Whether the words of `key` open with a verb in the third person.
    fn says(&self, key: crate::text::Span) -> bool {
        let line = self.line();
        let first = line.words.within(key).start;
        line.words.all().get(first).is_some_and(|word| super::verb_follows(line.words.folded(word)))
            && line.name_at(first).is_none()
    }

    fn behind_preposition(&self, found: &Found) -> bool {
        let article = |at: &usize| !matches!(self.folded(*at), "a" | "an" | "the" | "your" | "our" | "its" | "their");
        let before = (self.range.start..found.words.start).rev().find(article);
        before.is_some_and(|at| self.folded(at) != "of" && super::slot::is_preposition(self.folded(at)))
    }

    fn said_before(&self, at: usize) -> Option<End> {
        self.said.filter(|(_, verb)| *verb < at).map(|(end, _)| end)
    }

    /// The subject of a clause that names none: the key of its field, else the concept above it.
    pub(super) fn implied(&self, at: usize) -> Option<End> {
        let line = self.line();
        let start = line.words.all()[at].span.start;
        let next = line.sentences.partition_point(|sentence| sentence.end <= start);
        let sentence = line.sentences.get(next).filter(|sentence| sentence.start <= start).copied();
        let people = |at: usize| {
            matches!(
                line.words.folded(&line.words.all()[at]),
                "i" | "we" | "my" | "our" | "they" | "he" | "she" | "you'll" | "we'll"
            )
        };
        if line.words.within(sentence.unwrap_or(line.whole())).any(people) {
            return self.carried;
        }
        self.carried.or_else(|| self.keyed(at)).or_else(|| self.page.above(self.index))
    }

    /// The key of the field that word `at` stands behind.
    fn keyed(&self, at: usize) -> Option<End> {
        let line = self.line();
        let start = line.words.all()[at].span.start;
        let key = line.field.filter(|(key, _)| key.end <= start).and_then(|(key, _)| line.covering(key))?;
        // `Reusability: Used by many` tells of what has it.
        let name = &self.page.concept(key.concept).name;
        let quality = !name.contains(' ') && (name.ends_with("ity") || name.ends_with("ness"));
        (self.page.is_solid(key.concept) && !quality).then(|| End::from(key))
    }
}

/// The sentence of the block that ends where word `start` begins another.
fn sentence_before(line: &Line<'_>, start: usize) -> Option<crate::text::Span> {
    let offset = line.words.all().get(start)?.span.start;
    let next = line.sentences.partition_point(|sentence| sentence.start <= offset);
    line.sentences.get(next.checked_sub(2)?).copied().filter(|_| !matches!(line.block.kind, BlockKind::Row { .. }))
}

/// Whom a sentence speaks of, for the pronoun that opens the next one: its subject, or the only name of a question.
pub(super) fn spoken_of(line: &Line<'_>, sentence: crate::text::Span) -> Option<End> {
    let end = |found: &Found| End { concept: found.concept, span: None };
    if line.text(sentence).trim_end().ends_with('?') {
        let names = line.within(sentence);
        let first = names.first()?;
        return names.iter().all(|found| found.concept == first.concept).then(|| end(first));
    }
    let range = line.words.within(sentence);
    let (found, at) = main_subject(line, &range)?;
    let folded = line.words.folded(&line.words.all()[at]);
    let acts = verb(folded).is_some() || matches!(folded, "is" | "are" | "was" | "has" | "can" | "will" | "does");
    acts.then(|| end(found))
}

/// Whether what stands between two words ends a clause: a dash, a semicolon, an arrow.
fn parts_clauses(between: &str) -> bool {
    between.contains([';', '—', '–', '→']) || between.contains(" - ") || between.contains("->")
}

/// The text between word `at` and the one before it.
pub(super) fn between<'l>(line: &'l Line<'_>, at: usize) -> &'l str {
    let words = line.words.all();
    let start = at.checked_sub(1).map_or(0, |before| words[before].span.end);
    line.text(crate::text::Span::new(start, words[at].span.start))
}

/// How many words may stand before the name with which a sentence opens: four that open it, and a version of it up to three further on.
const FARTHEST_SUBJECT: usize = 10;

/// The name with which a sentence opens, and the word behind it, its class, brackets and insertions.
pub(super) fn main_subject<'l>(line: &'l Line<'_>, range: &Range<usize>) -> Option<(&'l Found, usize)> {
    if line.name_from(range.start).is_none_or(|first| first.words.start > range.start + FARTHEST_SUBJECT) {
        return None;
    }
    let words = line.words.all();
    let folded = |at: usize| words.get(at).filter(|_| at < range.end).map_or("", |word| line.words.folded(word));
    let mut at = range.start;
    while at < range.start + 4 && is_opening(folded(at)) && line.name_at(at).is_none_or(|found| found.words.start != at)
    {
        at += 1;
    }
    let version = (at..range.end.min(at + 4)).find(|at| is_version(folded(*at)) && folded(at + 1) == "of");
    if let Some(version) = version {
        at = version + 2 + usize::from(matches!(folded(version + 2), "the" | "a"));
    }
    let found = line.name_at(at).filter(|found| found.words.start == at)?;
    let mut end = found.words.end;
    while end < range.end.min(found.words.end + 3)
        && words[end].gap == Gap::Space
        && is_class_noun(line.words.singular(&words[end]))
        || end < range.end && words[end].gap == Gap::Space && is_class_name_at(line, end)
    {
        end = line.name_at(end).map_or(end + 1, |class| class.words.end);
    }
    Some((found, behind_insertions(&line.block.text, &line.words, end, range.end)?))
}

/// Whether a phrase of line `index` is a sentence with another concept as its subject: `Spark can run alongside it`, as what stands
/// behind `MapReduce:`. One whose name ends that of the other is no other.
pub(in crate::extract) fn speaks_of_another(page: &Page<'_>, index: usize, phrase: Span, concept: u32) -> bool {
    let line = &page.lines[index];
    let range = line.words.within(phrase);
    main_subject(line, &range).is_some_and(|(found, next)| {
        // `Redshift: data warehouse, loads data from S3` says what it is.
        let word = line.words.all().get(next).filter(|word| next < range.end && word.gap == Gap::Space);
        let folded = word.map_or("", |word| line.words.folded(word));
        let [name, other] = [concept, found.concept].map(|concept| &*page.concept(concept).name);
        let same = || is_tail(name, other) || is_tail(other, name);
        found.concept != concept && (is_auxiliary(folded) || super::verb_follows(folded)) && !same()
    })
}

/// Whether a word is a verb that any sentence may have behind its subject.
pub(super) fn is_auxiliary(folded: &str) -> bool {
    const AUXILIARIES: &[&str] =
        &["are", "can", "could", "does", "has", "have", "is", "may", "must", "should", "was", "were", "will", "would"];
    AUXILIARIES.binary_search(&folded).is_ok()
}

/// Whether a lower-case class name begins right here: `The TOPS-20 operating system`.
fn is_class_name_at(line: &Line<'_>, at: usize) -> bool {
    line.name_at(at).is_some_and(|class| {
        class.words.start == at
            && line.words.all()[at].shape == Shape::Lower
            && crate::extract::phrase::is_class_name(line.text(class.span))
    })
}

/// Whether the singular is a noun for people who work with things.
pub(super) fn is_people(singular: &str) -> bool {
    matches!(
        singular,
        "you"
            | "user"
            | "us"
            | "developer"
            | "engineer"
            | "analyst"
            | "team"
            | "people"
            | "customer"
            | "one"
            | "organization"
            | "company"
    )
}

/// Whether the word before `to` says that something can do what follows.
fn is_ability(word: &str) -> bool {
    matches!(word, "ability" | "able" | "capability" | "option")
}

fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "and"
            | "but"
            | "so"
            | "also"
            | "then"
            | "however"
            | "while"
            | "because"
            | "since"
            | "both"
            | "apache"
            | "amazon"
            | "aws"
            | "google"
            | "azure"
            | "microsoft"
            | "our"
            | "that"
            | "where"
            | "though"
            | "although"
    )
}

/// Adverbs, auxiliaries and relative pronouns that may stand between a subject and its verb.
pub(super) fn is_light(word: &str) -> bool {
    const LIGHT: &[&str] = &[
        "also",
        "always",
        "are",
        "be",
        "been",
        "being",
        "can",
        "could",
        "did",
        "didn't",
        "directly",
        "do",
        "does",
        "doesn't",
        "don't",
        "first",
        "had",
        "has",
        "have",
        "is",
        "itself",
        "later",
        "mainly",
        "may",
        "must",
        "never",
        "not",
        "now",
        "often",
        "only",
        "still",
        "that",
        "then",
        "together",
        "typically",
        "usually",
        "was",
        "were",
        "which",
        "who",
        "will",
    ];
    LIGHT.binary_search(&word).is_ok() || word.ends_with("ly")
}
