//! `A --> B --> C`: data flow from one to the next; many to one where names stand side by side.
//!
//! A class noun before an arrow gives its instances: `NoSQL database --> HBase` is `IS_A`. Text before a
//! colon names the chain. Ends of more than four words are sentences and give nothing. A way through the menus of
//! a program (`go to Settings → Sync → Devices`) is drawn with the same arrows and says nothing of data.

use super::verb_frames::verb;
use super::{Found, Line, Page, Sink};
use crate::extract::discover::COMPONENTS;
use crate::extract::english::{is_boundary, is_class_noun};
use crate::extract::phrase::is_class_name;
use crate::extract::word::Shape;
use crate::extract::{ConceptEntry, Kind, RelationType};
use crate::read::BlockKind;
use crate::text::Span;

/// The arrows people draw.
const ARROWS: &[&str] = &["-->", "->", "=>", "==>", "→", "⇒", "⟶", "➔", "➜"];

/// Words for the parts of a program's window, one of which a way through its menus names.
const MENU_NAMES: &[&str] =
    &["console", "dropdown", "menu", "menus", "options", "panel", "preferences", "settings", "tab", "toolbar"];

/// What a reader is told to do right before a way through menus.
const MENU_VERBS: &[&str] = &["choose", "click", "go", "going", "navigate", "press", "select", "tap", "under"];

/// For each place of the chain that `text` draws the names side by side; empty where the place is a sentence. None
/// where there is no arrow, or the arrows lead through menus.
pub(in crate::extract) fn chain(text: &str) -> Option<Vec<Vec<Span>>> {
    if memchr::memchr(b'>', text.as_bytes()).is_none() && text.is_ascii() {
        return None;
    }
    let mut places = Vec::new();
    let mut from = 0;
    while let Some((at, length)) = next_arrow(text, from) {
        places.push(Span::new(from, at));
        from = at + length;
    }
    let first = places.first_mut()?;
    if is_menu(text, *first, from) {
        return None;
    }
    if let Some(colon) = first.of(text).rfind(": ") {
        first.start += colon + 2;
    }
    places.push(Span::new(from, text.len()));
    let places: Vec<Span> = places.into_iter().flat_map(|place| within_bracket(text, place)).collect();
    let mut chain: Vec<Vec<Span>> = places.into_iter().map(|place| side_by_side(text, place)).collect();
    if is_list_of_pairs(&chain) {
        chain = chain.into_iter().flatten().collect::<Vec<_>>().chunks(2).flat_map(pair_apart).collect();
    }
    Some(chain)
}

/// The parts of a place that belong to the chain before it and to the one behind it, where a bracket that opened in an earlier
/// place closes in it: `(HDFS → S3), then (MongoDB → Kafka)`. Nothing stands between the two.
fn within_bracket(text: &str, place: Span) -> Vec<Span> {
    let inner = place.of(text);
    let closes = inner.find(')').filter(|at| !inner[..*at].contains('('));
    let opens = inner.rfind('(').filter(|at| !inner[*at..].contains(')'));
    let empty = Span::new(place.start, place.start);
    match (closes, opens) {
        (None, None) => vec![place],
        (None, Some(opens)) => vec![Span::new(place.start + opens + 1, place.end)],
        (Some(closes), None) if inner[closes + 1..].trim().is_empty() => {
            vec![Span::new(place.start, place.start + closes)]
        }
        (Some(closes), opens) => {
            let next = place.start + opens.map_or(closes, |opens| opens.max(closes)) + 1;
            vec![Span::new(place.start, place.start + closes), empty, Span::new(next, place.end)]
        }
    }
}

/// Whether each place between the first and the last ends one pair and begins the next: `Hive → Spark, Oozie → Airflow, Sqoop → Glue`.
fn is_list_of_pairs(chain: &[Vec<Span>]) -> bool {
    match chain {
        [first, middle @ .., last] if !middle.is_empty() => {
            first.len() == 1 && last.len() == 1 && middle.iter().all(|place| place.len() == 2)
        }
        _ => false,
    }
}

/// A pair as a chain of its own: nothing joins it with the one before.
fn pair_apart(pair: &[Span]) -> Vec<Vec<Span>> {
    std::iter::once(Vec::new()).chain(pair.iter().map(|name| vec![*name])).collect()
}

/// Whether the arrows up to `last` lead through menus: one of their places is a part of a window, or the words before
/// the first tell the reader where to go.
fn is_menu(text: &str, first: Span, last: usize) -> bool {
    let word = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let told = first
        .of(text)
        .split_whitespace()
        .rev()
        .skip(1)
        .take(4)
        .map(word)
        .any(|word| MENU_VERBS.contains(&word.as_str()));
    told || text[..last].split_whitespace().map(word).any(|word| MENU_NAMES.contains(&word.as_str()))
}

fn next_arrow(text: &str, from: usize) -> Option<(usize, usize)> {
    // `a->b` is code; an arrow between names stands apart from them.
    let apart = |at: usize, arrow: &str| {
        let drawn = !arrow.is_ascii() || arrow.len() > 2;
        drawn || text[..at].ends_with(char::is_whitespace) && text[at + arrow.len()..].starts_with(char::is_whitespace)
    };
    text[from..].match_indices(['-', '=', '→', '⇒', '⟶', '➔', '➜']).map(|(at, _)| from + at).find_map(|at| {
        let here = ARROWS.iter().filter(|arrow| text[at..].starts_with(**arrow) && apart(at, arrow));
        Some((at, here.map(|arrow| arrow.len()).max()?))
    })
}

/// The names of one place: parted by commas, plus signs or `and`, each at most four words. What a bracket behind them says is
/// none of them.
fn side_by_side(text: &str, place: Span) -> Vec<Span> {
    let written = place.of(text).trim_end();
    let bracket = written.strip_suffix(')').and_then(|text| text.find('(')).filter(|at| *at > 0);
    let place = Span::new(place.start, place.start + bracket.unwrap_or(place.len()));
    let inner = place.of(text);
    let marks = [",", "+", "&", "|", " and "];
    let mut cuts: Vec<(usize, usize)> =
        marks.iter().flat_map(|mark| inner.match_indices(mark).map(|(at, mark)| (at, mark.len()))).collect();
    cuts.sort_unstable();
    let mut names = Vec::new();
    let mut start = place.start;
    for (at, length) in cuts {
        names.push(Span::new(start, place.start + at));
        start = place.start + at + length;
    }
    names.push(Span::new(start.min(place.end), place.end));
    let sentence = inner.contains('?') || names.iter().any(|name| name.of(text).split_whitespace().count() > 4);
    // `BI dashboard, fully orchestrated and containerized` tells of the dashboard.
    let told = |name: &str| {
        let first = name.split_whitespace().next().unwrap_or("");
        first.ends_with("ly") || first.len() == name.trim().len() && first.ends_with("ed") && first.len() > 4
    };
    names.retain(|name| {
        let name = name.of(text);
        name.chars().any(char::is_alphabetic) && !(name.trim().starts_with(char::is_lowercase) && told(name))
    });
    let code = inner.contains(['$', '=', ';', '{', '}', '"', '<', '>', '*', '\\', '[', ']']) || inner.contains("()");
    if sentence || code { Vec::new() } else { names }
}

/// The name without brackets, bullets, numbers behind it and articles before it.
pub(in crate::extract) fn bare(name: &str) -> &str {
    let name = name.trim_matches(|letter: char| letter.is_whitespace() || "()[]\"-*.;,".contains(letter));
    let name = match name.rsplit_once(' ') {
        Some((words, number)) if number.chars().all(|letter| letter.is_ascii_digit()) => words,
        _ => name,
    };
    ["the ", "a ", "an ", "The ", "A ", "An "].iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name)
}

pub(super) fn read(page: &Page<'_>, index: usize, sink: &mut Sink) {
    let line = &page.lines[index];
    match &line.block.kind {
        BlockKind::Row { cells, .. } => cells.iter().for_each(|cell| read_in(page, index, *cell, sink)),
        _ => read_in(page, index, line.whole(), sink),
    }
}

/// Reads the chain that a part of a block draws.
fn read_in(page: &Page<'_>, index: usize, part: Span, sink: &mut Sink) {
    let line = &page.lines[index];
    let Some(mut chain) = chain(line.text(part)).filter(|_| !draws_an_order(line.text(part))) else { return };
    for name in chain.iter_mut().flatten() {
        *name = Span::new(name.start + part.start, name.end + part.start);
    }
    let named = |name: &Span| line.covering(*name).or_else(|| head_of(line, *name));
    // Arrows of prose mean `therefore` or `becomes` as often as data.
    let drawn = line.text(part).contains("-->") || line.text(part).contains("==>");
    let places: Vec<Vec<_>> = chain.iter().map(|names| names.iter().filter_map(named).collect()).collect();
    for pair in places.windows(2).filter(|pair| super::can_pair(pair[0].len(), pair[1].len())) {
        for (left, right) in pair[0].iter().flat_map(|left| pair[1].iter().map(move |right| (*left, *right))) {
            let class = is_class_name(line.text(left.span)) && !is_class_name(line.text(right.span));
            let ends = [left, right].map(|found| page.concept(found.concept));
            let kinds = ends.map(|end| end.kind);
            // `Database → Kinesis` draws data; `NoSQL database → HBase` gives an example of its kind.
            if class && places.len() == 2 && (kinds[0] == kinds[1] || kinds[1] == Kind::Term && drawn) {
                sink.add((page, index), right, RelationType::IsA, left, ("arrow-class", 850), line.whole());
            } else if kinds.into_iter().all(may_hold_data)
                && (drawn || [left, right].into_iter().all(|found| page.is_meant(found.concept)))
                && (drawn || ends.into_iter().any(is_system) && !(places.len() == 2 && is_activity(line, right)))
            {
                sink.add((page, index), left, RelationType::Feeds, right, ("arrow-chain", 900), line.whole());
            }
        }
    }
}

/// Words that tell that arrows draw no data: what comes before what, what becomes what. Sorted.
const ORDERS: &[&str] = &[
    "evolution",
    "evolved",
    "hierarchy",
    "learn",
    "learning",
    "mapping",
    "matching",
    "migrate",
    "migrates",
    "migrating",
    "migration",
    "modernise",
    "modernize",
    "ranking",
    "renamed",
    "replace",
    "replaced",
    "replaces",
    "roadmap",
    "spectrum",
    "three-tier",
    "tier",
    "tiers",
];

/// Whether the words around the arrows say that they draw no data. An order is a thing, too, but not before a colon.
fn draws_an_order(text: &str) -> bool {
    let word = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let told = |run: &str| {
        let word = word(run);
        ORDERS.binary_search(&word.as_str()).is_ok() || word == "order" && run.ends_with(':')
    };
    text.split_whitespace().any(told)
}

/// The name that a place is about: the last in it, with nothing behind but a noun for a part (`Kafka topic`). `git add` is
/// about a command.
fn head_of<'l>(line: &'l Line<'_>, place: Span) -> Option<&'l Found> {
    let found = line.within(place).last()?;
    let words = &line.words;
    let behind = found.words.end..words.within(place).end;
    let part = |at: usize| {
        COMPONENTS.contains(&words.singular(&words.all()[at])) || is_class_noun(words.singular(&words.all()[at]))
    };
    let number = |at: usize| words.all()[at].shape == Shape::Number;
    // `→ use Transit Gateway`, `for complex topologies →` tell what to do and when.
    let told = (words.within(place).start..found.words.start).any(|at| {
        let folded = words.folded(&words.all()[at]);
        is_boundary(folded) && !matches!(folded, "a" | "an" | "the")
            || verb(folded).is_some_and(|(_, participle)| !participle)
    });
    (!told && behind.into_iter().all(|at| part(at) || number(at))).then_some(found)
}

/// Whether a name is called by what is done: `Airflow → workflow orchestration` tells what for.
fn is_activity(line: &Line<'_>, found: &Found) -> bool {
    let last = &line.words.all()[found.words.end - 1];
    let word = line.words.folded(last);
    last.shape != Shape::Upper && ["ing", "tion", "ment", "sis"].iter().any(|ending| word.ends_with(ending))
}

/// Whether data may come from or go to what is of that kind.
fn may_hold_data(kind: Kind) -> bool {
    !matches!(kind, Kind::Method | Kind::Role | Kind::Security | Kind::Standard | Kind::Language)
}

/// Whether the concept stores, moves or works on data. Kinds of the vocabulary tell more of proper names than of terms: a `primary
/// key` belongs to databases and is none.
fn is_system(concept: &ConceptEntry) -> bool {
    let works = matches!(
        concept.kind,
        Kind::Storage | Kind::Warehouse | Kind::Ingestion | Kind::Messaging | Kind::Processing | Kind::Orchestration
    );
    let named = concept.name.contains(char::is_uppercase) && concept.reason.starts_with("known name");
    let called = ["database", "store", "cluster", "server"].iter().any(|noun| concept.name.ends_with(noun));
    works
        || (named || called)
            && may_hold_data(concept.kind)
            && !matches!(
                concept.kind,
                Kind::Architecture | Kind::Format | Kind::Organisation | Kind::Protocol | Kind::Term
            )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> Vec<Vec<&str>> {
        let chain = chain(text).unwrap();
        chain.iter().map(|names| names.iter().map(|name| bare(name.of(text))).collect()).collect()
    }

    #[test]
    fn chains_fan_in_and_keep_their_label_apart() {
        assert_eq!(
            ends("Fan-in flow: Source 1,2,3 --> channel --> sink"),
            [vec!["Source"], vec!["channel"], vec!["sink"]]
        );
        assert_eq!(ends("MySQL, Oracle → Sqoop"), [vec!["MySQL", "Oracle"], vec!["Sqoop"]]);
    }

    #[test]
    fn sentences_beside_an_arrow_are_no_ends() {
        assert_eq!(ends("Logs coming from an internal API --> Kafka"), [vec![], vec!["Kafka"]]);
    }

    #[test]
    fn ways_through_menus_are_no_chains() {
        assert_eq!(chain("Go to Account → Billing → Invoices."), None);
        assert_eq!(chain("System Preferences → Region → Date format"), None);
        assert_eq!(chain("Under Billing → Invoices, select View."), None);
    }

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(ORDERS.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn dashes_are_no_arrows() {
        assert_eq!(chain("connects to a source --starts ingesting"), None);
    }
}
