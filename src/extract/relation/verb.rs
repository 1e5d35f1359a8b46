//! Verb and preposition frames: `Sqoop imports tables from MySQL into HDFS`.
//!
//! A small clause reader without a tagger. For each verb it knows it looks left for the subject (`subject`) and right for objects
//! (`slot`), behind the verb itself and behind each preposition, lists spread out. Where both `from` and `to` have a name, data
//! flow from the one to the other. Ends of the wrong kind (a language that stores data) are dropped (`fit`).

use std::ops::Range;
use std::sync::LazyLock;

use super::fit::fits;
use super::hearst::enumeration;
use super::instruction::{is_short_item, is_told_to, points_back};
use super::slot::{Slot, is_preposition, range_end, slots};
use super::subject::Reading;
use super::verb_frames::{Core, Meaning, Verb, Voice, forms, verb};
use super::{End, Found, Line, Page, Sink};
use crate::extract::sieve::Sieve;
use crate::extract::word::{Gap, Shape};
use crate::extract::{ConceptEntry, Kind, RelationType};
use crate::text::Span;

/// The words that `read` looks for: verbs, and words that tell who acts.
static SIEVE: LazyLock<Sieve<64>> = LazyLock::new(|| {
    let acting = ["lets", "allows", "enables", "helps", "you", "is", "was", "are", "were"];
    Sieve::of(forms().chain(acting))
});

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    // What is stated has a name behind its verb.
    let names = line.names.partition_point(|found| found.words.start < range.end);
    let last = line.names[..names].last().map_or(range.start, |last| last.words.start);
    let sieve = &*SIEVE;
    let mut told = (range.start..last).filter(|at| sieve.lets_through(&line.words.all()[*at])).peekable();
    if told.peek().is_none() {
        return;
    }
    let mut reading = Reading::new(page, index, range.clone());
    let mut maker = false;
    for at in told {
        if line.name_at(at).is_some() {
            continue;
        }
        let folded = line.words.folded(&line.words.all()[at]);
        if matches!(folded, "lets" | "allows" | "enables" | "helps") {
            reading.carried = if lets_others(line, at) { None } else { reading.subject(at).or(reading.carried) };
        }
        if let Some(tool) = opening_tool(line, &range, at).filter(|_| folded == "you") {
            reading.carried = Some(End::from(tool));
        }
        if matches!(folded, "is" | "was" | "are" | "were") && !follows_relative(line, at) {
            let of = reading.of_sentence(at).or_else(|| super::copula::subject_before(page, index, sentence, at));
            reading.said = of.map(|end| (end, at)).or(reading.said);
        }
        let Some((verb, participle)) = verb(folded).filter(|_| is_verb_here(line, &range, at)) else { continue };
        // `as the ZooKeeper replacement for clusters`: the name says what is replaced.
        let of_name = is_adjective(folded)
            && matches!(verb.name, "REPLACES" | "ALTERNATIVE_TO")
            && line.name_ending(at).is_some_and(|found| page.concept(found.concept).kind != Kind::Language);
        if of_name || sink.denies(line.words.all()[at].span) {
            reading.carried = reading.subject(at).or(reading.carried);
            continue;
        }
        let voice = voice(line, &range, at, participle);
        // `Managed ETL`: a participle without a subject before it describes.
        let describes = participle && voice == Voice::Active;
        let listed = line.words.all()[at].gap == Gap::Break;
        let told = reading
            .said
            .filter(|(_, said)| {
                (voice == Voice::Passive || is_adjective(folded))
                    && !follows_relative(line, at)
                    && !follows_own_noun(line, *said, at)
            })
            .map(|(end, _)| end);
        let subject = told
            .or_else(|| reading.of_opening(at).filter(|_| participle))
            .or_else(|| reading.subject(at))
            .filter(|subject| {
                // An instruction has no subject but for where data go: `Load data from S3`.
                let opens =
                    at == range.start || line.field.is_some_and(|(_, value)| line.words.within(value).start == at);
                let instruction =
                    opens && subject.span.is_none_or(|span| line.field.is_some_and(|(key, _)| key == span));
                let told = |subject: &End| page.concept(subject.concept).kind != Kind::Term;
                let short = line.words.all().len() <= 6 || line.block.text.trim_end().ends_with(':');
                let captioned = opens && folded == "using" && short;
                (!instruction || verb.forms.first() != Some(&folded) || verb.name == "FEEDS" && told(subject))
                    && !is_told_to(line, subject, (at, verb))
                    && (subject.span.is_some()
                        || verb.name == "FEEDS" && at == range.start && told(subject)
                        || is_short_item(line) && page.is_product(subject.concept)
                        || points_back(line, &range, at))
                    && !(describes
                        && (opens || subject.span.is_none() || listed || stands_before_name(line, &range, at)))
                    && !captioned
            });
        reading.carried = subject.or(reading.carried);
        // Who publishes what another made is not its maker.
        let publishes = matches!(folded, "published" | "marketed" | "distributed" | "released") && maker;
        let slots = slots(page, line, &range, at);
        let by = |slot: &Slot<'_>| slot.preposition == "by" && !slot.names.is_empty();
        maker |= voice == Voice::Passive && slots.iter().any(by);
        let clause = Clause { verb, voice, subject, slots: &slots, at, publishes };
        state(page, index, sentence, (&range, &clause), sink);
        between(page, index, sentence, &range, at, subject, sink);
    }
}

/// Whether a participle stands between a grammar word and a name, which it describes: `or managed Kafka`.
fn stands_before_name(line: &Line<'_>, range: &Range<usize>, at: usize) -> bool {
    let before = if at > range.start { line.words.folded(&line.words.all()[at - 1]) } else { "" };
    let opens = |at: usize| line.name_at(at).is_some_and(|found| found.words.start == at);
    matches!(before, "a" | "an" | "the" | "or" | "to" | "of" | "with" | "for" | "in" | "into" | "on") && opens(at + 1)
}

/// `allows applications to store`: others act than the subject and its users.
fn lets_others(line: &Line<'_>, at: usize) -> bool {
    let words = line.words.all();
    let Some(next) = words.get(at + 1) else { return false };
    let folded = line.words.folded(next);
    let people = super::subject::is_people(line.words.singular(next));
    let noun = next.shape == Shape::Lower && !folded.ends_with("ing") && folded != "to" && folded != "for";
    matches!(line.words.folded(&words[at]), "lets" | "allows" | "enables" | "helps") && noun && !people
}

/// Whether `which` or `that` stands right before the verb, so that it speaks of what stands before that.
fn follows_relative(line: &Line<'_>, at: usize) -> bool {
    let folded = |at: usize| line.words.folded(&line.words.all()[at]);
    let near = (at.saturating_sub(4)..at).rev().take_while(|at| super::subject::is_light(folded(*at)));
    near.into_iter().any(|at| matches!(folded(at), "which" | "that" | "who"))
}

/// Whether a participle tells of the noun before it, which has an article of its own behind the verb at word `said`: `is a
/// program that checks every block stored on`.
fn follows_own_noun(line: &Line<'_>, said: usize, at: usize) -> bool {
    let folded = |at: usize| line.words.folded(&line.words.all()[at]);
    let article = at.saturating_sub(2);
    article > said + 1 && matches!(folded(article), "all" | "any" | "each" | "every" | "the" | "these" | "those")
}

/// `With Redshift you can query ...`: the name between `with` and `you` acts.
fn opening_tool<'l>(line: &'l Line<'_>, range: &Range<usize>, at: usize) -> Option<&'l Found> {
    let opening = line.words.folded(&line.words.all()[range.start]);
    line.name_ending(at).filter(|found| matches!(opening, "with" | "using") && found.words.start == range.start + 1)
}

/// Words that are verbs or nouns count as verbs only where a verb can stand: a base form behind `to`, a modal, a plural or a
/// joint; an `-ing` form behind a form of `be`, a preposition or a comma. `using` always does.
fn is_verb_here(line: &Line<'_>, range: &Range<usize>, at: usize) -> bool {
    let words = line.words.all();
    let folded = line.words.folded(&words[at]);
    let Some((verb, participle)) = verb(folded) else { return false };
    let opens = at == range.start || words[at].gap == Gap::Break;
    let before = at.checked_sub(1).filter(|before| *before >= range.start).map(|before| &words[before]);
    let last = before.map_or("", |word| line.words.folded(word));
    // `an AWS managed engine`: a participle inside a noun phrase.
    let inside = participle
        && folded != "based"
        && words.get(at + 1).is_some_and(|next| next.gap == Gap::Space && !is_preposition(line.words.folded(next)))
        && line.name_ending(at).is_some_and(|found| {
            let article = found.words.start.checked_sub(1).map_or("", |at| line.words.folded(&words[at]));
            matches!(article, "a" | "an" | "the")
        });
    if inside && words[at].gap != Gap::Break {
        return false;
    }
    let listed = words
        .get(at + 1)
        .is_some_and(|next| line.text(Span::new(words[at].span.end, next.span.start)).starts_with(','));
    // `(SQL queries), QuickSight`: what ends a bracket is a noun.
    let closes = words
        .get(at + 1)
        .is_some_and(|next| line.text(Span::new(words[at].span.end, next.span.start)).starts_with(')'));
    if closes && !participle {
        return false;
    }
    // `Analyst (query only)`, `On Snowflake, Query A takes`
    let base = at > range.start && !participle && verb.forms.first() == Some(&folded);
    let named = words[at].shape == Shape::Capital && !words[at].opens;
    if base && (named || opens && super::subject::between(line, at).contains('(')) {
        return false;
    }
    if participle || folded == "using" || opens {
        return !(opens && listed && verb.forms.first() == Some(&folded));
    }
    if folded.ends_with("ing") {
        return matches!(
            last,
            "is" | "are"
                | "was"
                | "were"
                | "be"
                | "been"
                | "by"
                | "for"
                | "while"
                | "when"
                | "then"
                | "and"
                | "or"
                | "start"
                | "starts"
                | "of"
                | "in"
        );
    }
    let base = verb.forms.first() == Some(&folded)
        && !verb.frames.iter().all(|(_, prepositions, _)| *prepositions == ["of"])
        && !is_adjective(folded);
    let plural = before.is_some_and(|word| line.words.singular(word) != line.words.folded(word));
    !base
        || plural
        || matches!(
            last,
            "to" | "not"
                | "never"
                | "does"
                | "do"
                | "did"
                | "can"
                | "will"
                | "could"
                | "may"
                | "must"
                | "you"
                | "we"
                | "they"
                | "i"
                | "and"
                | "or"
                | "then"
                | "also"
                | "that"
                | "which"
        )
        || last.ends_with("ly")
        || last.ends_with("n't")
}

/// Words of the verb list that are no verbs.
pub(super) fn is_adjective(folded: &str) -> bool {
    matches!(
        folded,
        "compatible"
            | "compliant"
            | "similar"
            | "equivalent"
            | "comparable"
            | "analogous"
            | "alternative"
            | "competitor"
            | "replacement"
            | "successor"
            | "part"
            | "component"
            | "module"
            | "subproject"
            | "subset"
            | "member"
            | "feature"
    )
}

struct Clause<'c, 'l> {
    verb: &'static Verb,
    voice: Voice,
    subject: Option<End>,
    slots: &'c [Slot<'l>],
    at: usize,
    /// Whether the verb only brings out what an earlier verb says to be made.
    publishes: bool,
}

/// A participle is passive behind a form of `be`, or where it follows a noun and a preposition follows it.
fn voice(line: &Line<'_>, range: &Range<usize>, at: usize, participle: bool) -> Voice {
    let word = |at: usize| line.words.folded(&line.words.all()[at]);
    let near = (range.start.max(at.saturating_sub(3))..at).rev();
    let be = near
        .clone()
        .take_while(|at| line.name_at(*at).is_none())
        .any(|at| matches!(word(at), "is" | "are" | "was" | "were" | "be" | "been" | "being" | "gets" | "got"));
    let have = near.clone().take(2).any(|at| matches!(word(at), "have" | "has" | "had" | "we" | "i" | "they"));
    let next = |offset: usize| if at + offset < range.end { word(at + offset) } else { "" };
    // `developed and published by`
    let joined = next(1) == "and" && (next(2).ends_with("ed") || next(2) == "written") && is_preposition(next(3));
    let preposition = is_preposition(next(1)) || joined;
    if participle && (be || preposition && !have) { Voice::Passive } else { Voice::Active }
}

fn state(
    page: &Page<'_>,
    index: usize,
    sentence: Span,
    (range, clause): (&Range<usize>, &Clause<'_, '_>),
    sink: &mut Sink,
) {
    // `requires Spark to read`, `needs Kafka to be up`: what is needed is an act.
    let line = &page.lines[index];
    let word = line.words.folded(&line.words.all()[clause.at]);
    let direct = clause.slots.first().and_then(|slot| slot.names.last());
    let act = |found: &&Found| {
        line.words
            .all()
            .get(found.words.end)
            .is_some_and(|next| next.gap == Gap::Space && line.words.folded(next) == "to")
    };
    let next = line.words.all().get(clause.at + 1).map_or("", |next| line.words.folded(next));
    if clause.verb.name == "STORES_IN" && (matches!(next, "track" | "pace" | "up" | "mind") || next.ends_with("ing")) {
        return;
    }
    if clause.verb.name == "FEEDS" && next == "away" {
        return;
    }
    if (word.starts_with("require") || word.starts_with("need")) && direct.filter(|found| act(found)).is_some() {
        return;
    }
    let named =
        |list: &[&str]| clause.slots.iter().find(|slot| list.contains(&slot.preposition) && !slot.names.is_empty());
    if clause.verb.name == "FEEDS"
        && let (Some(from), Some(to)) = (named(&["from"]), named(&["to", "into", "onto"]))
    {
        if !super::can_pair(from.names.len(), to.names.len()) {
            return;
        }
        // `migrating from Hive to Spark`: no data, but those who used the one use the other.
        let leaves = word.starts_with("migrat") && !moves_data(line, clause.at);
        for (source, target) in from.names.iter().flat_map(|source| to.names.iter().map(move |target| (source, target)))
        {
            let (source, target) = (End::from(*source), End::from(*target));
            let told = if leaves { (target, Core::Replaces, source) } else { (source, Core::Feeds, target) };
            relate(page, index, sentence, told, 850, sink);
        }
        return;
    }
    // `all clusters migrate to KRaft`: no data either.
    let leaves = word.starts_with("migrat") || word == "moved" && named(&["to", "into", "onto"]).is_none();
    if clause.verb.name == "FEEDS" && leaves && !moves_data(line, clause.at) {
        return;
    }
    let Some(subject) = clause.subject else { return };
    let confidence = if subject.span.is_some() { 850 } else { 700 };
    for (_, prepositions, meaning) in clause.verb.frames.iter().filter(|(voice, ..)| *voice == clause.voice) {
        let named = |slot: &Slot<'_>| prepositions.contains(&slot.preposition) && !slot.names.is_empty();
        let Some(place) = clause.slots.iter().position(named) else { continue };
        let slot = &clause.slots[place];
        if clause.publishes && prepositions == &["by"] || tells_of_else(line, range, clause, (place, *meaning)) {
            continue;
        }
        let to_store = line.words.folded(&line.words.all()[clause.at]) == "using" && stores_after(line, slot);
        for found in &slot.names {
            let object = End::from(*found);
            let purpose = slot.preposition == "for" || slot.preposition == "to";
            match meaning {
                Meaning::Backward(Core::MadeBy)
                    if !super::fit::is_making(page, line, (clause.at, clause.verb), (subject, found)) => {}
                Meaning::Forward(Core::MadeBy) if !super::fit::may_make(page, object) => {}
                // `This includes testing` points back at what was said, not at a name.
                Meaning::Backward(Core::PartOf) if subject.span.is_none_or(|span| is_several(line, span)) => {}
                Meaning::Forward(Core::RunsOn) | Meaning::Released
                    if (purpose || page.concept(found.concept).kind == Kind::Term)
                        && !super::fit::is_platform(page, line, found) => {}
                // `data sources available in Spark` are there, and `datasets converted to DataFrames` are these then.
                Meaning::Released if !is_named(page.concept(subject.concept)) => {}
                // `It runs its own JVM process`: in one.
                Meaning::Backward(Core::RunsOn) if is_own(line, found) => {}
                // `EMR runs Spark`: only where the subject is something to run on.
                Meaning::Backward(Core::RunsOn)
                    if !matches!(page.concept(subject.concept).kind, Kind::Compute | Kind::Service)
                        && page.concept(found.concept).kind != Kind::Compute => {}
                Meaning::Forward(Core::Uses) if to_store => {
                    relate(page, index, sentence, (subject, Core::StoresIn, object), confidence, sink);
                }
                Meaning::Released => {
                    relate(page, index, sentence, (subject, Core::RunsOn, object), confidence, sink);
                }
                Meaning::Forward(core) => relate(page, index, sentence, (subject, *core, object), confidence, sink),
                Meaning::Backward(core) => relate(page, index, sentence, (object, *core, subject), confidence, sink),
                Meaning::Own => own(page, index, sentence, (subject, clause, object), sink),
            }
        }
    }
}

/// Whether something else than the subject runs on what stands in that slot, or is made for it: `executes queries in`, `designed to
/// speed up queries on`, `to get started on`.
fn tells_of_else(
    line: &Line<'_>,
    range: &Range<usize>,
    clause: &Clause<'_, '_>,
    (place, meaning): (usize, Meaning),
) -> bool {
    let word = |at: usize| line.words.folded(&line.words.all()[at]);
    let acts = || clause.slots[..place].iter().any(|before| before.preposition == "to");
    match meaning {
        Meaning::Released => {
            let before = clause.at.checked_sub(1).filter(|before| range.contains(before)).map_or("", word);
            acts() || matches!(before, "get" | "gets" | "getting" | "got")
        }
        Meaning::Forward(Core::RunsOn) => {
            let light = |at: &usize| word(*at).ends_with("ly") || matches!(word(*at), "also" | "best" | "only");
            let behind = (clause.at + 1..range.end).find(|at| !light(at)).map_or("", word);
            let takes =
                clause.voice == Voice::Active && matches!(clause.verb.forms.first(), Some(&("run" | "execute")));
            acts() || takes && !is_preposition(behind)
        }
        _ => false,
    }
}

/// Whether a concept is a thing with a name of its own.
fn is_named(concept: &ConceptEntry) -> bool {
    concept.kind != Kind::Term || concept.name.contains(char::is_uppercase)
}

/// Whether a name is said to be the subject's own.
fn is_own(line: &Line<'_>, found: &Found) -> bool {
    let before = found.words.start.checked_sub(1);
    before.is_some_and(|before| line.words.folded(&line.words.all()[before]) == "own")
}

/// Whether a name is a class in the plural: `Open tools include Flink` tells what is one, not of what they consist.
fn is_several(line: &Line<'_>, span: Span) -> bool {
    let words = line.words.within(span);
    let last = words.end.checked_sub(1).map(|last| &line.words.all()[last]);
    last.is_some_and(|word| line.words.is_plural(word)) && crate::extract::phrase::is_class_name(line.text(span))
}

/// Whether what a verb moves is data: `migrate tables from`.
fn moves_data(line: &Line<'_>, at: usize) -> bool {
    let words = line.words.all();
    let behind = words.iter().skip(at + 1).take(6).map(|word| line.words.singular(word));
    behind.take_while(|word| *word != "from").any(|word| {
        matches!(
            word,
            "data" | "dataset" | "event" | "file" | "log" | "message" | "object" | "record" | "row" | "table" | "topic"
        )
    })
}

/// `using HDFS to store the data`.
fn stores_after(line: &Line<'_>, slot: &Slot<'_>) -> bool {
    let Some(end) = slot.names.last().map(|found| found.words.end) else { return false };
    let next = |offset: usize| line.words.all().get(end + offset).map_or("", |word| line.words.folded(word));
    (next(0) == "to" || next(0) == "for")
        && matches!(next(1), "store" | "storing" | "save" | "keep" | "persist" | "storage")
}

fn own(
    page: &Page<'_>,
    index: usize,
    sentence: Span,
    (subject, clause, object): (End, &Clause<'_, '_>, End),
    sink: &mut Sink,
) {
    let (from, to) = if clause.voice == Voice::Passive { (object, subject) } else { (subject, object) };
    let kinds = [page.concept(from.concept).kind, page.concept(to.concept).kind];
    if subject.span.is_some() && kinds[0] != Kind::Format && !matches!(kinds[0], Kind::Role) {
        sink.add((page, index), from, RelationType::named(clause.verb.name), to, ("verb-frame", 700), sentence);
    }
}

fn relate(
    page: &Page<'_>,
    index: usize,
    sentence: Span,
    (subject, core, object): (End, Core, End),
    confidence: u16,
    sink: &mut Sink,
) {
    let (from, to) = (page.concept(subject.concept).kind, page.concept(object.concept).kind);
    // `query data in JSON`, `write to Parquet`: a format is what the subject can work in.
    let works = matches!(core, Core::Queries | Core::Feeds | Core::StoresIn | Core::IntegratesWith);
    let core = if works && to == Kind::Format && from != Kind::Format { Core::Supports } else { core };
    // `datasets stored in CSV` says nothing of datasets.
    if works && core == Core::Supports && from == Kind::Term && !page.is_solid(subject.concept) {
        return;
    }
    let time = object.span.is_some_and(|span| super::fit::is_time(page.lines[index].text(span)));
    if fits(core, from, to) && !time {
        sink.add((page, index), subject, core.relation_type(), object, ("verb-frame", confidence), sentence);
    }
}

/// `transfer data between MySQL and HDFS`: what moves it works with both.
fn between(
    page: &Page<'_>,
    index: usize,
    sentence: Span,
    range: &Range<usize>,
    at: usize,
    subject: Option<End>,
    sink: &mut Sink,
) {
    let line = &page.lines[index];
    let words = line.words.all();
    let limit = (at + 6).min(range.end);
    let Some(between) = (at + 1..limit).find(|at| line.words.folded(&words[*at]) == "between") else { return };
    let doer = subject.or_else(|| object_of_using(line, range, at).map(End::from));
    let Some(doer) = doer else { return };
    let both = enumeration(line, Span::new(words[between].span.end, range_end(line, range)));
    for found in both.iter().copied().filter(|_| both.len() > 1) {
        sink.add((page, index), doer, RelationType::IntegratesWith, found, ("between", 750), sentence);
    }
}

/// `using Sqoop to transfer`: the name between `using` and the verb.
fn object_of_using<'l>(line: &'l Line<'_>, range: &Range<usize>, at: usize) -> Option<&'l Found> {
    let words = line.words.all();
    let found = line.names_before(at).last().filter(|found| found.words.start > range.start)?;
    let using = line.words.folded(&words[found.words.start - 1]);
    let to = found.words.end + 1 == at && line.words.folded(&words[found.words.end]) == "to";
    (matches!(using, "using" | "use" | "uses" | "used" | "with") && to).then_some(found)
}
