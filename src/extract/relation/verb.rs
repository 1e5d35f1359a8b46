//! Verb and preposition frames: `Sqoop imports tables from MySQL into HDFS`.
//!
//! A small clause reader without a tagger. For each verb it knows it looks left for the subject (the name right before,
//! what a pronoun or a missing subject stands for, or the subject of the clause that `and` continues) and right for objects,
//! behind the verb itself and behind each preposition, lists spread out. Where both `from` and `to` have a name, data
//! flow from the one to the other. Ends of the wrong kind (a language that stores data) are dropped.

use std::ops::Range;

use super::copula::subject_before;
use super::hearst::enumeration;
use super::verb_frames::{Core, DIRECT, Meaning, Verb, Voice, verb};
use super::{End, Found, Line, Page, Sink};
use crate::extract::english::{is_boundary, is_class_noun};
use crate::extract::word::{Gap, Shape};
use crate::extract::{Kind, RelationType};
use crate::text::Span;

/// How far behind a verb or preposition a name may begin, in words that are no names.
const REACH: usize = 3;

/// The words behind a verb, parted by prepositions.
struct Slot<'l> {
    preposition: &'l str,
    names: Vec<&'l Found>,
}

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    let mut carried: Option<End> = None;
    // `X is a game developed by Y for Z`: participles behind a class speak of X.
    let mut said: Option<End> = None;
    for at in range.clone() {
        if line.name_at(at).is_some() {
            continue;
        }
        let folded = line.words.folded(&line.words.all()[at]);
        if matches!(folded, "lets" | "allows" | "enables" | "helps")
            || (folded == "you" && opens_with_tool(line, &range, at))
        {
            carried = subject(page, index, &range, at, carried).or(carried);
        }
        if matches!(folded, "is" | "was" | "are" | "were") {
            said = subject_before(page, index, sentence, at).or(said);
        }
        let Some((verb, participle)) = verb(folded).filter(|_| is_verb_here(line, &range, at)) else { continue };
        let voice = voice(line, &range, at, participle);
        let told = said.filter(|_| voice == Voice::Passive);
        let subject = told.or_else(|| subject(page, index, &range, at, carried)).filter(|subject| {
            // An instruction has no subject but for where data go: `Load data from S3`.
            let instruction = at == range.start && subject.span.is_none() && verb.forms.first() == Some(&folded);
            !instruction || verb.name == "FEEDS" || line.field.is_some()
        });
        carried = subject.or(carried);
        let slots = slots(line, &range, at);
        state(page, index, sentence, &Clause { verb, voice, subject, slots: &slots, at }, sink);
        between(page, index, sentence, &range, at, subject, sink);
    }
}

/// `With Redshift you can query ...`: the name between `with` and `you` acts.
fn opens_with_tool(line: &Line<'_>, range: &Range<usize>, at: usize) -> bool {
    let opening = line.words.folded(&line.words.all()[range.start]);
    matches!(opening, "with" | "using" | "in" | "on")
        && line.name_ending(at).is_some_and(|found| found.words.start == range.start + 1)
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
    let listed = words
        .get(at + 1)
        .is_some_and(|next| line.text(Span::new(words[at].span.end, next.span.start)).starts_with(','));
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
            "to" | "can"
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
}

/// Words of the verb list that are no verbs.
fn is_adjective(folded: &str) -> bool {
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
    let preposition = at + 1 < range.end && is_preposition(word(at + 1));
    if participle && (be || preposition && !have) { Voice::Passive } else { Voice::Active }
}

fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "against", "around", "as", "at", "atop", "between", "by", "for", "from", "in", "inside", "into", "of", "on",
        "onto", "over", "through", "to", "upon", "using", "via", "with", "within",
    ];
    PREPOSITIONS.binary_search(&word).is_ok()
}

/// Who or what the verb at word `at` speaks of.
fn subject(page: &Page<'_>, index: usize, range: &Range<usize>, at: usize, carried: Option<End>) -> Option<End> {
    let line = &page.lines[index];
    let words = line.words.all();
    let folded = |at: usize| line.words.folded(&words[at]);
    if carried.is_some() && folded(at) == "using" {
        return carried;
    }
    let mut back = at;
    let mut steps = 0;
    while back > range.start {
        let before = back - 1;
        if let Some(found) = line.name_at(before) {
            let broken = words[back].gap == Gap::Break && !matches!(folded(back), "which" | "that" | "is" | "are");
            // `a command line tool that moves`: the name only qualifies the noun that acts.
            let qualifies = steps > 0 && words[found.words.start].shape == Shape::Lower;
            return match (broken && steps > 0, qualifies) {
                (true, _) => carried,
                (_, true) => implied(page, index, at, carried),
                _ => Some(End::from(found)),
            };
        }
        match folded(before) {
            word if is_light(word) => {}
            "and" | "then" | "or" | "but" if carried.is_some() => return carried,
            "it" | "they" | "this" => return carried.filter(|_| before > range.start).or_else(|| page.above(index)),
            "you" | "we" | "i" | "he" | "she" | "one" | "people" | "team" | "users" | "us" | "to" => return carried,
            word if is_boundary(word) => return carried.filter(|_| matches!(word, "by" | "while")),
            _ if words[back].gap == Gap::Break => return carried,
            word if steps < 2 && words[before].shape == Shape::Lower && !is_preposition(word) => steps += 1,
            _ => return None,
        }
        if words[back].gap == Gap::Break && back != at && !matches!(folded(back), "which" | "that") {
            return implied(page, index, back, carried);
        }
        back = before;
    }
    implied(page, index, at, carried).filter(|_| steps == 0)
}

/// The subject of a clause that names none: the key of its field, else the concept above it.
fn implied(page: &Page<'_>, index: usize, at: usize, carried: Option<End>) -> Option<End> {
    let line = &page.lines[index];
    let start = line.words.all()[at].span.start;
    let next = line.sentences.partition_point(|sentence| sentence.end <= start);
    let sentence = line.sentences.get(next).filter(|sentence| sentence.start <= start).copied();
    let people = |at: usize| {
        matches!(line.words.folded(&line.words.all()[at]), "i" | "we" | "my" | "our" | "they" | "he" | "she")
    };
    if line.words.within(sentence.unwrap_or(line.whole())).any(people) {
        return carried;
    }
    let keyed = line.field.filter(|(key, _)| key.end <= start).and_then(|(key, _)| line.covering(key));
    carried.or_else(|| keyed.map(End::from)).or_else(|| page.above(index))
}

/// Adverbs, auxiliaries and relative pronouns that may stand between a subject and its verb.
fn is_light(word: &str) -> bool {
    const LIGHT: &[&str] = &[
        "also",
        "always",
        "are",
        "be",
        "been",
        "being",
        "can",
        "could",
        "directly",
        "does",
        "had",
        "has",
        "have",
        "is",
        "itself",
        "mainly",
        "may",
        "must",
        "now",
        "often",
        "only",
        "still",
        "that",
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

/// The names behind the verb at word `at`, for each preposition up to the end of the clause.
fn slots<'l>(line: &'l Line<'_>, range: &Range<usize>, at: usize) -> Vec<Slot<'l>> {
    let words = line.words.all();
    let mut slots = vec![Slot { preposition: DIRECT, names: Vec::new() }];
    let mut since = 0;
    let mut next = at + 1;
    while next < range.end {
        let folded = line.words.folded(&words[next]);
        if let Some(found) = line.name_at(next).filter(|found| found.words.start == next) {
            let slot = slots.last_mut().expect("one slot at least");
            let head = is_head(line, found);
            if since <= REACH && slot.names.is_empty() && head {
                slot.names = enumeration(line, Span::new(found.span.start, range_end(line, range)));
                next = slot.names.last().map_or(found.words.end, |last| last.words.end);
            } else {
                next = found.words.end;
            }
            // Behind `the AWS account,` another clause may begin.
            since = if head { 0 } else { REACH + 1 };
            continue;
        }
        let (clause_ends, joint) = clause_end(line, next);
        if clause_ends || (joint && slots.iter().any(|slot| !slot.names.is_empty())) {
            break;
        }
        if is_preposition(folded) {
            slots.push(Slot { preposition: folded, names: Vec::new() });
            since = 0;
        } else {
            since += usize::from(!matches!(
                folded,
                "a" | "an"
                    | "the"
                    | "your"
                    | "our"
                    | "its"
                    | "their"
                    | "amazon"
                    | "apache"
                    | "aws"
                    | "google"
                    | "azure"
                    | "top"
                    | "of"
            ));
        }
        next += 1;
    }
    slots
}

/// Whether the name heads its phrase, or the noun behind it is one for the thing or a part of it: `Kafka topics`, not `SQL processing`.
fn is_head(line: &Line<'_>, found: &Found) -> bool {
    let Some(next) = line.words.all().get(found.words.end) else { return true };
    let (folded, singular) = (line.words.folded(next), line.words.singular(next));
    let noun = next.gap == Gap::Space && next.shape == Shape::Lower && !is_boundary(folded) && !folded.ends_with("ly");
    let part = is_class_noun(singular)
        || matches!(
            singular,
            "agent"
                | "bucket"
                | "cluster"
                | "file"
                | "index"
                | "partition"
                | "shard"
                | "stream"
                | "topic"
                | "volume"
                | "document"
                | "data"
                | "record"
        );
    let verb = verb(folded).is_some() && singular == folded && (folded == "using" || !folded.ends_with("ing"));
    !noun || part || verb || line.name_at(found.words.end).is_some()
}

fn range_end(line: &Line<'_>, range: &Range<usize>) -> usize {
    range.end.checked_sub(1).map_or(0, |last| line.words.all()[last].span.end)
}

/// Whether a new clause begins at this word for certain, or a new verb continues the old one.
fn clause_end(line: &Line<'_>, at: usize) -> (bool, bool) {
    let words = line.words.all();
    let folded = line.words.folded(&words[at]);
    let certain = matches!(
        folded,
        "that"
            | "which"
            | "who"
            | "while"
            | "when"
            | "where"
            | "because"
            | "so"
            | "if"
            | "but"
            | "whereas"
            | "allowing"
            | "making"
            | "enabling"
            | "such"
            | "like"
            | "including"
            | "unlike"
            | "than"
    ) || (words[at].gap == Gap::Break
        && line.text(Span::new(words[at - 1].span.end, words[at].span.start)).contains([':', '(', ';', '–']));
    let joint = verb(folded).is_some() && !folded.ends_with("ing") || words[at].gap == Gap::Break;
    (certain, joint)
}

fn state(page: &Page<'_>, index: usize, sentence: Span, clause: &Clause<'_, '_>, sink: &mut Sink) {
    let named =
        |list: &[&str]| clause.slots.iter().find(|slot| list.contains(&slot.preposition) && !slot.names.is_empty());
    if clause.verb.name == "FEEDS"
        && let (Some(from), Some(to)) = (named(&["from"]), named(&["to", "into", "onto"]))
    {
        if !super::can_pair(from.names.len(), to.names.len()) {
            return;
        }
        for (source, target) in from.names.iter().flat_map(|source| to.names.iter().map(move |target| (source, target)))
        {
            relate(page, index, sentence, (End::from(*source), Core::Feeds, End::from(*target)), 850, sink);
        }
        return;
    }
    let Some(subject) = clause.subject else { return };
    let confidence = if subject.span.is_some() { 850 } else { 700 };
    let line = &page.lines[index];
    for (_, prepositions, meaning) in clause.verb.frames.iter().filter(|(voice, ..)| *voice == clause.voice) {
        let Some(slot) =
            clause.slots.iter().find(|slot| prepositions.contains(&slot.preposition) && !slot.names.is_empty())
        else {
            continue;
        };
        let to_store = line.words.folded(&line.words.all()[clause.at]) == "using" && stores_after(line, slot);
        for found in &slot.names {
            let object = End::from(*found);
            match meaning {
                Meaning::Forward(Core::Uses) if to_store => {
                    relate(page, index, sentence, (subject, Core::StoresIn, object), confidence, sink);
                }
                Meaning::Forward(core) => relate(page, index, sentence, (subject, *core, object), confidence, sink),
                Meaning::Backward(core) => relate(page, index, sentence, (object, *core, subject), confidence, sink),
                Meaning::Own => own(page, index, sentence, (subject, clause, object), sink),
            }
        }
    }
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
    let works = matches!(core, Core::Queries | Core::Feeds | Core::StoresIn);
    let core = if works && to == Kind::Format && from != Kind::Format { Core::Supports } else { core };
    if fits(core, from, to) {
        sink.add((page, index), subject, core.relation_type(), object, ("verb-frame", confidence), sentence);
    }
}

/// Whether concepts of these kinds can stand in the relation.
fn fits(core: Core, from: Kind, to: Kind) -> bool {
    let no_system =
        |kind: Kind| matches!(kind, Kind::Format | Kind::Language | Kind::Role | Kind::Standard | Kind::Method);
    match core {
        Core::WrittenIn => matches!(to, Kind::Language | Kind::Format),
        Core::Feeds => !no_system(from) && !no_system(to) && from != Kind::Organisation && to != Kind::Organisation,
        Core::StoresIn => {
            !no_system(from)
                && !matches!(to, Kind::Language | Kind::Role | Kind::Standard | Kind::Method | Kind::Organisation)
        }
        Core::RunsOn => !no_system(to) && !matches!(from, Kind::Role | Kind::Format),
        Core::Queries => {
            !matches!(to, Kind::Format | Kind::Role | Kind::Language | Kind::Method) && !matches!(from, Kind::Format)
        }
        Core::Supports => {
            matches!(to, Kind::Format | Kind::Protocol | Kind::Standard | Kind::Language | Kind::Method | Kind::Term)
        }
        Core::MadeBy => matches!(to, Kind::Organisation | Kind::Term),
        Core::Triggers => !no_system(to) && !matches!(from, Kind::Format),
        _ => true,
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
    for found in enumeration(line, Span::new(words[between].span.end, range_end(line, range))) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_both_ends_must_fit() {
        assert!(fits(Core::WrittenIn, Kind::Processing, Kind::Language));
        assert!(!fits(Core::WrittenIn, Kind::Processing, Kind::Storage));
        assert!(!fits(Core::Feeds, Kind::Language, Kind::Storage));
    }
}
