//! What stands beside the class of a thing: `a database by Acme`, `a game for the Amiga`, `a Python library`, and whose it is: `Google's BigQuery`.
//!
//! In: a sentence with `X is a CLASS ...` or `X, a CLASS ...,`. Behind the class `by` names the maker and, of things that run as a
//! whole (games, programs, systems), `for` what they run on; a language before a library is what it is written in, a platform before
//! an app what it runs on. A company's name in the possessive before a product is its maker.

use std::ops::Range;

use super::fit::is_platform;
use super::hearst::enumeration;
use super::subject::{between, main_subject};
use super::{End, Found, Line, Page, Sink};
use crate::extract::english::{is_boundary, is_class_noun};
use crate::extract::word::{Gap, Shape};
use crate::extract::{Kind, RelationType};
use crate::text::Span;

/// Nouns for what runs on a platform as a whole, singular, sorted.
const RUNNABLE: &[&str] = &[
    "app",
    "application",
    "browser",
    "client",
    "compiler",
    "editor",
    "emulator",
    "game",
    "port",
    "program",
    "release",
    "shooter",
    "simulator",
    "software",
    "system",
    "version",
];

/// Nouns for what is written in the language before them, singular, sorted.
const WRITTEN: &[&str] = &["compiler", "framework", "library", "package", "sdk", "toolkit"];

/// The longest class phrase, in words.
const LONGEST: usize = 14;

pub(super) fn read(page: &Page<'_>, index: usize, sentence: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let range = line.words.within(sentence);
    let main = main_subject(line, &range);
    if let Some((found, verb)) = main
        && is(line, &range, verb, &["is", "was", "are", "were"])
        && is(line, &range, verb + 1, &["a", "an", "the", "one"])
    {
        beside(page, index, sentence, found.into(), verb + 2..range.end, sink);
    }
    if let Some((found, verb)) = main
        && is(line, &range, verb, &["by"])
        && line.words.all()[verb - 1].shape == Shape::Lower
    {
        // `The TOPS-20 operating system by Digital was ...`
        made_by(page, index, sentence, found.into(), verb, sink);
    }
    for found in line.within(sentence) {
        let at = found.words.end;
        if is(line, &range, at, &["a", "an", "the"]) && between(line, at).trim() == "," {
            beside(page, index, sentence, found.into(), at + 1..range.end, sink);
        }
    }
    for pair in line.within(sentence).windows(2) {
        if owns(page, line, &pair[0], &pair[1]) {
            sink.add((page, index), &pair[1], RelationType::MadeBy, &pair[0], ("possessive-maker", 650), sentence);
        }
    }
}

fn is(line: &Line<'_>, range: &Range<usize>, at: usize, listed: &[&str]) -> bool {
    at < range.end && listed.contains(&line.words.folded(&line.words.all()[at]))
}

/// Reads the class phrase of `subject`, which begins at the first word of `rest`, and the prepositions behind its class.
fn beside(page: &Page<'_>, index: usize, sentence: Span, subject: End, rest: Range<usize>, sink: &mut Sink) {
    let line = &page.lines[index];
    let words = line.words.all();
    let mut at = rest.start;
    let end = rest.end.min(rest.start + LONGEST);
    let mut class: Option<usize> = None;
    while at < end {
        let word = line.words.folded(&words[at]);
        let broken = at > rest.start
            && words[at].gap == Gap::Break
            && between(line, at).trim() != ","
            && !between(line, at).contains(')');
        if broken {
            break;
        }
        match (word, class) {
            ("by", Some(_)) => return made_by(page, index, sentence, subject, at, sink),
            ("for", Some(class)) if RUNNABLE.binary_search(&line.words.singular(&words[class])).is_ok() => {
                let from = Span::new(words[at].span.end, words[rest.end - 1].span.end);
                for found in enumeration(line, from).into_iter().filter(|found| is_platform(page, line, found)) {
                    sink.add((page, index), subject, RelationType::RunsOn, found, ("class-platform", 700), sentence);
                }
            }
            ("for" | "in" | "of" | "to" | "on" | "as" | "from" | "with", Some(_)) => {}
            (word, Some(_)) if is_boundary(word) && !matches!(word, "a" | "an" | "the" | "and") => break,
            (word, None) if is_boundary(word) => break,
            _ => {
                let singular = line.words.singular(&words[at]);
                let head = words.get(at + 1).filter(|_| at + 1 < rest.end).is_none_or(|next| {
                    next.gap == Gap::Break
                        || is_boundary(line.words.folded(next))
                        || next.gap == Gap::Space && !is_noun(line, at + 1)
                });
                if class.is_none() && head && (is_class_noun(singular) || RUNNABLE.binary_search(&singular).is_ok()) {
                    class = Some(at);
                    before(page, index, sentence, subject, rest.start..at, sink);
                }
            }
        }
        at += 1;
    }
}

/// Whether the word may go on with a noun phrase: lower case and no participle.
fn is_noun(line: &Line<'_>, at: usize) -> bool {
    let word = &line.words.all()[at];
    word.shape == Shape::Lower && !line.words.folded(word).ends_with("ed")
}

/// The names behind `by` make the subject.
fn made_by(page: &Page<'_>, index: usize, sentence: Span, subject: End, by: usize, sink: &mut Sink) {
    let line = &page.lines[index];
    let from = line.words.all()[by].span.end;
    let near = line.name_from(by + 1).is_some_and(|found| found.words.start <= by + 3);
    for found in enumeration(line, Span::new(from, sentence.end)).into_iter().filter(|_| near) {
        let kind = page.concept(found.concept).kind;
        if kind == Kind::Organisation || kind == Kind::Term && super::fit::may_make(page, found.into()) {
            sink.add((page, index), subject, RelationType::MadeBy, found, ("class-maker", 750), sentence);
        }
    }
}

/// The names inside the class phrase, right before its head: `a Python library`, `an iOS app`.
fn before(page: &Page<'_>, index: usize, sentence: Span, subject: End, phrase: Range<usize>, sink: &mut Sink) {
    let line = &page.lines[index];
    let noun = line.words.singular(&line.words.all()[phrase.end]);
    let Some(found) = line.names_before(phrase.end).last().filter(|found| found.words.start >= phrase.start) else {
        return;
    };
    let near = line.words.all()[found.words.end..phrase.end].iter().all(|word| word.shape == Shape::Lower);
    let kind = page.concept(found.concept).kind;
    if near && kind == Kind::Language && WRITTEN.binary_search(&noun).is_ok() {
        sink.add((page, index), subject, RelationType::WrittenIn, found, ("class-language", 700), sentence);
    } else if near
        && kind == Kind::Compute
        && matches!(noun, "app" | "application" | "emulator" | "game" | "program")
        && is_platform(page, line, found)
    {
        sink.add((page, index), subject, RelationType::RunsOn, found, ("class-platform", 700), sentence);
    }
}

/// `Google's BigQuery`: a company, and a product that is none, at the end of its phrase.
fn owns(page: &Page<'_>, line: &Line<'_>, maker: &Found, product: &Found) -> bool {
    let joint = line.text(Span::new(maker.span.end, product.span.start));
    let possessive = ["'s ", "\u{2019}s ", "' ", "\u{2019} "].contains(&joint);
    let proper = line.words.all()[product.words.start].shape != Shape::Lower;
    // `Acme's Hive-based service` is no Hive of theirs.
    let joined = line.words.all().get(product.words.end).is_some_and(|next| next.gap == Gap::Hyphen);
    let kinds = [page.concept(maker.concept).kind, page.concept(product.concept).kind];
    possessive
        && proper
        && !joined
        && kinds[0] == Kind::Organisation
        && !matches!(
            kinds[1],
            Kind::Organisation
                | Kind::Role
                | Kind::Method
                | Kind::Architecture
                | Kind::Format
                | Kind::Standard
                | Kind::Protocol
        )
        && super::slot::is_head(page, line, product)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_lists_are_sorted_for_their_search() {
        for list in [super::RUNNABLE, super::WRITTEN] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }
}
