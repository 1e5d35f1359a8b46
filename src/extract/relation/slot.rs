//! What stands behind a verb: the names right behind it and behind each preposition, lists spread out.

use std::ops::Range;

use super::hearst::enumeration;
use super::subject::{between, is_auxiliary};
use super::verb_frames::{DIRECT, verb};
use super::{Found, Line, Page};
use crate::extract::Kind;
use crate::extract::english::{is_boundary, is_class_noun, is_english};
use crate::extract::word::{Gap, Shape};
use crate::text::Span;

/// How far behind a verb or preposition a name may begin, in words that are no names.
const REACH: usize = 3;

/// Whether a verb follows the last of the names, so that it is a subject.
fn acts(line: &Line<'_>, range: &Range<usize>, listed: &[&Found]) -> bool {
    let next = listed.last().map(|last| last.words.end).filter(|next| *next < range.end);
    next.is_some_and(|next| is_auxiliary(line.words.folded(&line.words.all()[next])))
}

/// How far behind a verb its clause goes at most, in words.
const FARTHEST: usize = 60;

/// The names behind one preposition of a verb, or right behind the verb.
pub(super) struct Slot<'l> {
    pub preposition: &'l str,
    pub names: Vec<&'l Found>,
}

pub(super) fn is_preposition(word: &str) -> bool {
    const PREPOSITIONS: &[&str] = &[
        "across", "against", "around", "as", "at", "atop", "between", "by", "for", "from", "in", "inside", "into",
        "of", "on", "onto", "over", "through", "to", "under", "upon", "using", "via", "with", "within",
    ];
    PREPOSITIONS.binary_search(&word).is_ok()
}

/// The names behind the verb at word `at`, for each preposition up to the end of the clause.
pub(super) fn slots<'l>(page: &Page<'_>, line: &'l Line<'_>, range: &Range<usize>, at: usize) -> Vec<Slot<'l>> {
    let words = line.words.all();
    let mut slots = vec![Slot { preposition: DIRECT, names: Vec::new() }];
    let mut since = 0;
    let mut qualified = false;
    let mut next = at + 1;
    // Behind the last name nothing more is named.
    let last = line.names[..line.names.partition_point(|found| found.words.start < range.end)].last();
    let end = range.end.min(at + FARTHEST).min(last.map_or(0, |last| last.words.end));
    while next < end {
        let folded = line.words.folded(&words[next]);
        // Behind `the AWS account,` another clause may begin.
        let bracketed = words[next].gap == Gap::Break && between(line, next).contains('(');
        if qualified && words[next].gap == Gap::Break && !bracketed {
            since = REACH + 1;
        }
        // `each version of an object uploaded to a bucket`: so does any other, where a preposition follows it.
        let phrase = next > at + 2
            && folded.ends_with("ed")
            && words[next].gap == Gap::Space
            && words.get(next + 1).is_some_and(|behind| is_preposition(line.words.folded(behind)))
            && !joins(line, next);
        // `Similar to databases, Kafka decides`: the phrase ends at its comma.
        let comma = words[next].gap == Gap::Break && next > at + 1 && opens_phrase(line, at, range.start);
        // `search indexes, reporting` is a list of nouns; `in memory, reducing I/O` goes on with another act.
        let broken = words[next].gap == Gap::Break && between(line, next).trim() == ",";
        let adverb = usize::from(folded.ends_with("ly") && next + 1 < range.end);
        let ing = line.words.folded(&words[next + adverb]).ends_with("ing");
        let act = broken && next > at + 1 && ing && line.name_at(next).is_none();
        // `needs more resources, Spark asks`: another clause begins with its subject.
        let other =
            broken && since > 0 && line.name_at(next).is_some() && slots.iter().all(|slot| slot.names.is_empty());
        let arrow = words[next].gap == Gap::Break && between(line, next).contains(['→', '⇒']);
        if phrase || comma || act || other || arrow || broken && next == at + 1 {
            break;
        }
        // `on virtual drives (EBS)`: the bracket names what the words before it describe.
        if let Some(named) = line.name_at(next).filter(|_| bracketed) {
            let slot = slots.last_mut().expect("one slot at least");
            if slot.names.is_empty() && (since > 0 || qualified) && since <= REACH {
                let listed = filling_bracket(line, named);
                // One thing is described by one name, several by a list.
                if listed.len() == 1 || line.words.is_plural(&words[next - 1]) {
                    slot.names = listed;
                }
            }
        }
        if let Some(found) = line.name_at(next).filter(|found| found.words.start == next && !bracketed) {
            let slot = slots.last_mut().expect("one slot at least");
            // `uses Acme's own catalog`: the catalog. What is part of Acme's offers is part of Acme.
            let head = is_head(page, line, found) && (slot.preposition == "of" || !is_owner(line, found));
            let reach = match slot.preposition {
                "by" => 2 * REACH,
                // `to improve load times and Kafka`: what is done, not where to.
                "to" => 1,
                _ => REACH,
            };
            if since <= reach && slot.names.is_empty() && head {
                let mut listed = enumeration(line, Span::new(found.span.start, range_end(line, range)));
                // `to HDFS and Hive will read it`: the last name is the subject of what follows; `data in S3 and logs in HDFS`.
                let again = listed.last().is_some_and(|last| {
                    let behind = words.get(last.words.end).filter(|_| last.words.end < range.end);
                    !slot.preposition.is_empty()
                        && behind.is_some_and(|word| line.words.folded(word) == slot.preposition)
                });
                let another = listed.len() > 1 && (again || acts(line, range, &listed));
                listed.truncate(listed.len() - usize::from(another));
                next = listed.last().map_or(found.words.end, |last| last.words.end);
                // `schedules Python and SQL scripts`: the last noun is what all of them qualify.
                let owner = |last: &Found| slot.preposition != "of" && is_owner(line, last);
                if listed.last().is_none_or(|last| is_head(page, line, last) && !owner(last)) {
                    slot.names = listed;
                }
            } else {
                next = found.words.end;
            }
            qualified = !head;
            since = if head { 0 } else { since };
            continue;
        }
        if let Some(behind) = behind_bracket(line, next, range.end) {
            next = behind;
            continue;
        }
        // `in rows based on the key`: a participle behind a noun begins a phrase of its own.
        let participle =
            next > at + 1 && verb(folded).is_some_and(|(_, participle)| participle) && words[next].gap == Gap::Space;
        let (clause_ends, joint) = clause_end(line, next);
        if clause_ends || participle && !joins(line, next) || (joint && slots.iter().any(|slot| !slot.names.is_empty()))
        {
            break;
        }
        // `on top of Spark` is on Spark.
        let top = folded == "of" && line.words.folded(&words[next - 1]) == "top";
        if is_preposition(folded) && !top {
            // `as close to the source as possible` sends nothing there.
            let near = folded == "to"
                && matches!(
                    line.words.folded(&words[next - 1]),
                    "according" | "change" | "close" | "closer" | "due" | "next" | "relative" | "respect" | "up"
                );
            slots.push(Slot { preposition: if near { "beside" } else { folded }, names: Vec::new() });
            since = 0;
            qualified = false;
        } else if words[next].shape == Shape::Number {
            // `on port 50070 TaskTracker`
            since = REACH + 1;
        } else if !is_free(folded) && !qualified {
            since += 1;
        }
        next += 1;
    }
    slots
}

/// Whether the word at `at` is an adjective that opens its sentence.
fn opens_phrase(line: &Line<'_>, at: usize, start: usize) -> bool {
    at == start
        && matches!(line.words.folded(&line.words.all()[at]), "similar" | "comparable" | "equivalent" | "compatible")
}

/// Whether the participle at word `at` goes on with the one before: `developed and published`, `was first released`.
fn joins(line: &Line<'_>, at: usize) -> bool {
    let before = line.words.folded(&line.words.all()[at - 1]);
    matches!(before, "and" | "or") || super::subject::is_light(before)
}

/// The name or the list of names that is all that a bracket holds, which `found` opens; else none.
fn filling_bracket<'l>(line: &'l Line<'_>, found: &'l Found) -> Vec<&'l Found> {
    let text = &line.block.text;
    let listed = enumeration(line, Span::new(found.span.start, text.len()));
    let closes = |end: usize| text[end..].starts_with(')');
    let end = listed.iter().position(|last| closes(last.span.end)).filter(|_| text[..found.span.start].ends_with('('));
    end.map_or_else(Vec::new, |end| listed[..=end].to_vec())
}

/// The word behind a short bracket that opens before word `at`: `Acme Labs (AL) for`.
fn behind_bracket(line: &Line<'_>, at: usize, end: usize) -> Option<usize> {
    if !between(line, at).contains('(') {
        return None;
    }
    (at + 1..end.min(at + LONGEST_BRACKET)).find(|at| between(line, *at).contains(')'))
}

/// Longer brackets are not skipped, in words.
const LONGEST_BRACKET: usize = 24;

/// Words that stand before a name without taking it further away.
fn is_free(word: &str) -> bool {
    matches!(
        word,
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
            | "both"
    )
}

/// Whether the name heads its phrase, or the noun behind it is one for the thing or a part of it: `Kafka topics`, `Namco
/// Galaga arcade system`, not `SQL processing`.
pub(super) fn is_head(page: &Page<'_>, line: &Line<'_>, found: &Found) -> bool {
    let words = line.words.all();
    // `acme-s3-dev` is a name of its own.
    let joined = words[found.words.start].gap == Gap::Hyphen
        && found.words.start.checked_sub(1).is_some_and(|before| line.name_at(before).is_none());
    let goes_on = words.get(found.words.end).is_some_and(|next| next.gap == Gap::Hyphen);
    if joined || goes_on {
        return false;
    }
    let folded = |at: usize| line.words.folded(&words[at]);
    let noun = |at: usize| {
        words.get(at).is_some_and(|next| {
            matches!(next.gap, Gap::Space | Gap::Hyphen)
                && next.shape == Shape::Lower
                && !is_boundary(folded(at))
                && !is_adverb(folded(at))
                && !folded(at).ends_with("ed")
                && !(verb(folded(at)).is_some()
                    && line.words.singular(next) == folded(at)
                    && !folded(at).ends_with("ing"))
        })
    };
    let next = found.words.end;
    // `British Acme`: a proper name right behind another is meant.
    let qualifies = line.name_at(next).is_some_and(|behind| {
        behind.words.start == next && words[next].gap == Gap::Space && words[next].shape != Shape::Lower
    });
    if qualifies || !noun(next) || words.get(next).is_some_and(|word| line.words.folded(word) == "using") {
        return !qualifies;
    }
    // `SQL scripts`: a language or an idea is not what its noun names.
    let idea = matches!(
        page.concept(found.concept).kind,
        Kind::Architecture | Kind::Language | Kind::Method | Kind::Protocol | Kind::Standard
    );
    if idea {
        return false;
    }
    // `AWS services` are none of AWS itself, a `metadata database` is no metadata.
    let concept = page.concept(found.concept);
    let plain = found.words.len() == 1
        && !page.is_product(found.concept)
        && (concept.kind == Kind::Term || is_english(&concept.name.to_lowercase()));
    if concept.platform || plain {
        return false;
    }
    let last = (next..next + 3).take_while(|at| noun(*at)).last().unwrap_or(next);
    if is_aspect(line.words.singular(&words[last]), concept.kind) {
        return false;
    }
    words[next].gap == Gap::Space && is_thing(line.words.singular(&words[last])) && !noun(last + 1)
}

/// Whether the name is in the possessive.
fn is_owner(line: &Line<'_>, found: &Found) -> bool {
    line.text(Span::new(found.span.end, line.block.text.len())).starts_with(['\'', '’'])
}

/// Nouns for what a thing of that kind has or speaks, which is not the thing: `S3 bucket policies`, the `Postgres protocol`; the `Parquet
/// format` is Parquet.
pub(super) fn is_aspect(singular: &str, kind: Kind) -> bool {
    const ASPECTS: &[&str] = &[
        "credential",
        "dialect",
        "experience",
        "format",
        "key",
        "knowledge",
        "limit",
        "log",
        "permission",
        "policy",
        "price",
        "protocol",
        "quota",
        "role",
        "semantic",
        "skill",
        "style",
        "syntax",
        "transaction",
    ];
    let own = matches!((singular, kind), ("format", Kind::Format) | ("protocol", Kind::Protocol | Kind::Standard));
    !own && ASPECTS.contains(&singular)
}

/// Nouns for a thing or a part of it.
fn is_thing(singular: &str) -> bool {
    is_class_noun(singular)
        || matches!(
            singular,
            "agent"
                | "bucket"
                | "cluster"
                | "computer"
                | "console"
                | "data"
                | "document"
                | "emulator"
                | "family"
                | "file"
                | "index"
                | "line"
                | "machine"
                | "minicomputer"
                | "partition"
                | "record"
                | "series"
                | "shard"
                | "stream"
                | "topic"
                | "version"
                | "volume"
        )
}

/// Adverbs that may follow a name.
fn is_adverb(word: &str) -> bool {
    const ADVERBS: &[&str] = &[
        "again",
        "almost",
        "alone",
        "alongside",
        "altogether",
        "anyway",
        "anywhere",
        "apart",
        "away",
        "back",
        "down",
        "else",
        "even",
        "ever",
        "everywhere",
        "first",
        "forever",
        "forward",
        "hence",
        "here",
        "however",
        "instead",
        "just",
        "last",
        "later",
        "manually",
        "maybe",
        "meanwhile",
        "more",
        "next",
        "now",
        "off",
        "once",
        "out",
        "perhaps",
        "quite",
        "rather",
        "soon",
        "still",
        "then",
        "there",
        "therefore",
        "thereby",
        "thus",
        "today",
        "together",
        "too",
        "twice",
        "underneath",
        "up",
        "well",
        "yet",
    ];
    ADVERBS.contains(&word) || word.ends_with("ly")
}

pub(super) fn range_end(line: &Line<'_>, range: &Range<usize>) -> usize {
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
            | "wherever"
            | "whenever"
            | "unless"
            | "until"
            | "because"
            | "so"
            | "if"
            | "but"
            | "whereas"
            | "allow"
            | "allows"
            | "allowing"
            | "making"
            | "enable"
            | "enables"
            | "enabling"
            | "lets"
            | "such"
            | "like"
            | "including"
            | "unlike"
            | "than"
    ) || (words[at].gap == Gap::Break
        && line.text(Span::new(words[at - 1].span.end, words[at].span.start)).contains([':', '(', ';', '–', '—', '→']));
    let joint = verb(folded).is_some() && !folded.ends_with("ing") || words[at].gap == Gap::Break;
    (certain, joint)
}
