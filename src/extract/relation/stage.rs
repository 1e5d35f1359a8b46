//! Stage lists: `Source: ...`, `Ingestion: ...`, `Storage: ...` are the stages of one pipeline, in order.
//!
//! The keys are data: [`STAGES`]. Each stage feeds the next, a trigger also triggers it, and the stages
//! beside a trigger feed each other. Empty slots say nothing, bullets under a slot belong to it, a repeated key
//! is one more stage. At least two stages in a row make a list; a heading or a foreign field ends it.

use super::verb_frames::verb;
use super::{End, Found, Line, Page, Sink};
use crate::extract::RelationType;
use crate::extract::word::Words;
use crate::read::BlockKind;
use crate::text::Span;

/// Keys of stages, singular, sorted; the second says whether it starts the next stage rather than feeding it.
const STAGES: &[(&str, bool)] = &[
    ("analysis", false),
    ("analytics", false),
    ("broker", false),
    ("buffer", false),
    ("collection", false),
    ("consumer", false),
    ("destination", false),
    ("extract", false),
    ("extraction", false),
    ("ingest", false),
    ("ingestion", false),
    ("input", false),
    ("landing", false),
    ("load", false),
    ("loading", false),
    ("messaging", false),
    ("orchestration", true),
    ("output", false),
    ("presentation", false),
    ("processing", false),
    ("producer", false),
    ("queue", false),
    ("reporting", false),
    ("schedule", true),
    ("serving", false),
    ("serving layer", false),
    ("sink", false),
    ("source", false),
    ("staging", false),
    ("storage", false),
    ("stream", false),
    ("target", false),
    ("transform", false),
    ("transformation", false),
    ("transport", false),
    ("trigger", true),
    ("visualisation", false),
    ("visualization", false),
    ("warehouse", false),
];

/// A stage: the blocks that tell it, what stands in it, and where.
struct Stage {
    triggers: bool,
    /// Each concept with the block that names it.
    members: Vec<(usize, Found)>,
    parent: Option<usize>,
}

/// Whether the value tells what such a stage is or does, rather than what stands in it: names, or a few words for a thing.
fn explains(line: &Line<'_>, value: Span) -> bool {
    const MARKS: &[&str] = &[
        "for example",
        "for instance",
        "e.g.",
        "such as",
        " that ",
        " where ",
        " which ",
        " who ",
        " — ",
        " – ",
        ". ",
    ];
    let text = line.text(value);
    let verb = line.words.within(value).any(|at| {
        let folded = line.words.folded(&line.words.all()[at]);
        let modal = matches!(folded, "are" | "be" | "can" | "is" | "may" | "must" | "should" | "was" | "will");
        let finite = verb(folded).is_some_and(|(verb, participle)| !participle && verb.forms.first() != Some(&folded));
        line.name_at(at).is_none() && (modal || finite && !folded.ends_with("ing"))
    });
    let long = text.split(',').any(|part| part.split_whitespace().count() > LONGEST_PART);
    verb || long || MARKS.iter().any(|mark| text.contains(mark)) || super::arrow::chain(text).is_some()
}

/// So many names stand in two stages beside each other at most.
const MOST_SIDE_BY_SIDE: usize = 2;

/// What stands in a stage is called by so few words.
const LONGEST_PART: usize = 8;

/// Whether `key` names a stage, and whether it starts the next one.
pub(super) fn stage_key(key: &str) -> Option<bool> {
    let words = Words::new(key);
    let last = words.all().last()?;
    let folded = if words.all().len() == 1 { words.singular(last).to_owned() } else { key.to_lowercase() };
    STAGES.binary_search_by(|(stage, _)| (*stage).cmp(folded.as_str())).ok().map(|at| STAGES[at].1)
}

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    let mut run: Vec<Stage> = Vec::new();
    for (index, line) in page.lines.iter().enumerate() {
        if line.block.kind == BlockKind::Heading {
            flush(page, &mut run, sink);
            continue;
        }
        let stage = |(key, value): &(Span, Span)| stage_key(line.text(*key)).is_some() && !explains(line, *value);
        let Some((key, value)) = line.field.filter(stage) else {
            if !run.is_empty() && line.parent.is_none() && line.field.is_some() {
                flush(page, &mut run, sink);
            }
            continue;
        };
        let triggers = stage_key(line.text(key)).unwrap_or(false);
        let beside = run.last().is_none_or(|last| last.parent == line.parent);
        if !beside {
            flush(page, &mut run, sink);
        }
        let mut members: Vec<(usize, Found)> = line
            .within(value)
            .iter()
            .filter(|found| stage_key(line.text(found.span)).is_none())
            .map(|found| (index, found.clone()))
            .collect();
        members.extend(children(page, index));
        run.push(Stage { triggers, members, parent: line.parent });
    }
    flush(page, &mut run, sink);
}

/// The heads of the bullets right under block `index`: `-S3: One landing bucket` is S3.
fn children(page: &Page<'_>, index: usize) -> Vec<(usize, Found)> {
    let named = |at: &usize| {
        let line = &page.lines[*at];
        Some((*at, line.head.clone().or_else(|| sole_name(line))?))
    };
    page.children[index].iter().filter_map(named).collect()
}

/// The only name of a bullet, where the bullet is little more than it.
fn sole_name(line: &Line<'_>) -> Option<Found> {
    match line.names.as_slice() {
        [only] if line.words.all().len() <= (only.words.end - only.words.start) + 2 => Some(only.clone()),
        _ => None,
    }
}

fn flush(page: &Page<'_>, run: &mut Vec<Stage>, sink: &mut Sink) {
    let stages: Vec<Stage> = std::mem::take(run).into_iter().filter(|stage| !stage.members.is_empty()).collect();
    for pair in stages.windows(2) {
        join(page, &pair[0], &pair[1], sink);
    }
    // Data pass by a trigger: what stands before it feeds what stands behind it.
    for triple in stages.windows(3).filter(|triple| triple[1].triggers) {
        for (left, right) in product(&triple[0], &triple[2]) {
            feed(page, left, right, sink);
        }
    }
}

fn join(page: &Page<'_>, from: &Stage, to: &Stage, sink: &mut Sink) {
    for (left, right) in product(from, to) {
        if from.triggers || to.triggers {
            let (index, found) = right;
            let whole = page.lines[*index].whole();
            sink.add((page, *index), outside(left, *index), RelationType::Triggers, found, ("stage-list", 850), whole);
        } else {
            feed(page, left, right, sink);
        }
    }
}

fn feed(page: &Page<'_>, left: &(usize, Found), right: &(usize, Found), sink: &mut Sink) {
    let (index, found) = right;
    let whole = page.lines[*index].whole();
    sink.add((page, *index), outside(left, *index), RelationType::Feeds, found, ("stage-list", 900), whole);
}

fn product<'s>(left: &'s Stage, right: &'s Stage) -> impl Iterator<Item = (&'s (usize, Found), &'s (usize, Found))> {
    // Many of each are what may stand there, not what one pipeline has.
    let some = left.members.len().min(right.members.len()) <= MOST_SIDE_BY_SIDE
        && super::can_pair(left.members.len(), right.members.len());
    let lefts = if some { left.members.as_slice() } else { &[] };
    lefts.iter().flat_map(|left| right.members.iter().map(move |right| (left, right)))
}

/// The end of a relation that is quoted from block `index`.
fn outside((at, found): &(usize, Found), index: usize) -> End {
    End { concept: found.concept, span: (*at == index).then_some(found.span) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_keys_are_sorted_and_found_in_the_plural() {
        assert!(STAGES.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(stage_key("Sources"), Some(false));
        assert_eq!(stage_key("Trigger"), Some(true));
        assert_eq!(stage_key("Kafka"), None);
    }
}
