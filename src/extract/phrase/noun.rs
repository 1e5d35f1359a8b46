//! Noun phrases and names of classes, found without a tagger.

use std::ops::Range;

use crate::extract::english::{is_boundary, is_class_noun, is_generic};
use crate::extract::word::{Gap, Shape, Words};
use crate::text::Span;

/// Whether the words say so little that nothing is told by naming them: `source`, `key components`, `open source`.
pub(in crate::extract) fn is_vague(words: &Words) -> bool {
    let all = words.all();
    let Some(last) = all.last() else { return true };
    let head = is_vague_head(words.singular(last));
    let opens = all.len() > 1 && matches!(words.singular(&all[0]), "case" | "difference" | "introduction" | "overview");
    // `network requirements for Hadoop`: what is asked for stands before the preposition.
    let asked = all.iter().skip(1).position(|word| matches!(words.folded(word), "for" | "in" | "of" | "with"));
    let text = asked.map(|at| words.singular(&all[at])).is_some_and(|head| is_generic(head) || is_vague_head(head));
    match all {
        _ if opens || text => true,
        [only] => head || matches!(words.folded(only), "readme" | "other" | "others"),
        [first, second] if words.folded(first) == "open" && words.folded(second) == "source" => true,
        [rest @ .., _] => {
            (head || is_class_noun(words.singular(last))) && rest.iter().all(|word| is_praise(words.folded(word)))
        }
        [] => true,
    }
}

/// Nouns that name nothing by themselves: `part`, `example`.
fn is_vague_head(singular: &str) -> bool {
    matches!(
        singular,
        "advantage"
            | "amount"
            | "approach"
            | "aspect"
            | "benefit"
            | "case"
            | "challenge"
            | "characteristic"
            | "component"
            | "concept"
            | "course"
            | "curriculum"
            | "difference"
            | "disadvantage"
            | "example"
            | "factor"
            | "feature"
            | "goal"
            | "item"
            | "kind"
            | "limitation"
            | "number"
            | "option"
            | "other"
            | "part"
            | "point"
            | "project"
            | "question"
            | "resource"
            | "section"
            | "skill"
            | "solution"
            | "source"
            | "standard"
            | "step"
            | "strategy"
            | "task"
            | "technique"
            | "technology"
            | "thing"
            | "topic"
            | "type"
            | "update"
            | "way"
    )
}

/// Words before a noun that do not tell of what: `key components`, `main advantages`.
#[must_use]
pub(in crate::extract) fn is_praise(word: &str) -> bool {
    matches!(
        word,
        "additional"
            | "advanced"
            | "basic"
            | "best"
            | "better"
            | "common"
            | "complete"
            | "core"
            | "detailed"
            | "different"
            | "essential"
            | "fundamental"
            | "further"
            | "general"
            | "good"
            | "important"
            | "interview"
            | "key"
            | "main"
            | "major"
            | "minimum"
            | "more"
            | "new"
            | "other"
            | "practical"
            | "primary"
            | "quick"
            | "real"
            | "recent"
            | "sample"
            | "separate"
            | "simple"
            | "typical"
            | "required"
            | "several"
            | "some"
            | "top"
            | "useful"
            | "various"
    )
}

/// Whether a name is too vague to relate anything to.
#[must_use]
pub(in crate::extract) fn is_vague_name(name: &str) -> bool {
    is_vague(&Words::new(name))
}

/// Whether a name may stand for a class of things: its last word is a class noun.
#[must_use]
pub(in crate::extract) fn is_class_name(name: &str) -> bool {
    let words = Words::new(name);
    if is_vague(&words) {
        return false;
    }
    words.all().last().is_some_and(|word| is_class_noun(words.singular(word)))
}

/// The noun phrase that ends before word `end`: at most `most` words, no boundary among them, none
/// behind a comma. Word indices.
#[must_use]
pub(in crate::extract) fn phrase_before(words: &Words, end: usize, most: usize) -> Range<usize> {
    let all = words.all();
    let mut start = end;
    while start > 0 && end - start < most {
        let word = &all[start - 1];
        let broken = start < end && all[start].gap == Gap::Break;
        // `object store` ends in a word that may also be a verb.
        let head = start == end && is_class_noun(words.singular(word));
        if broken || (is_boundary(words.folded(word)) && !head) || word.shape == Shape::Number {
            break;
        }
        start -= 1;
    }
    start..end
}

/// The bytes that a run of words covers.
#[must_use]
pub(in crate::extract) fn span_of(words: &Words, range: &Range<usize>) -> Span {
    let all = words.all();
    match (all.get(range.start), range.end.checked_sub(1).and_then(|last| all.get(last))) {
        (Some(first), Some(last)) if range.start < range.end => Span::new(first.span.start, last.span.end),
        _ => Span::default(),
    }
}
