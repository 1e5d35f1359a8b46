//! Names that a sentence introduces by what it says of them: `Caverns of Mars is a game by Greg Christensen for the Atari 8-bit family`.
//!
//! In: the text of a block and its words. Out: the subject with which a sentence opens, where a verb follows; makers behind
//! `by`; machines and systems behind `for`, `to`, `on` and `in`, where something is released or runs. A name is a run of words with
//! capitals, with small joints (`of`, `the`), initials, numbers and a colon inside. One pass over the words. Used by `discover`.

use std::ops::Range;
use std::sync::LazyLock;

use super::discover::Signal;
use super::english::{is_boundary, is_class_noun, is_english, is_generic};
use super::phrase::{behind_insertions, is_version};
use super::sieve::Sieve;
use super::word::{Gap, Shape, Words};
use crate::text::Span;

/// Participles of making, behind which `by` names a maker. Sorted.
const MAKING: &[&str] = &[
    "authored",
    "built",
    "coded",
    "conceived",
    "created",
    "designed",
    "developed",
    "engineered",
    "founded",
    "hosted",
    "implemented",
    "introduced",
    "invented",
    "launched",
    "led",
    "made",
    "maintained",
    "manufactured",
    "marketed",
    "offered",
    "produced",
    "programmed",
    "proposed",
    "provided",
    "published",
    "released",
    "sold",
    "started",
    "written",
];

/// Words behind which `for`, `to`, `on` or `in` name what a thing runs on. Sorted.
const PLACING: &[&str] = &[
    "available",
    "computer",
    "converted",
    "developed",
    "distributed",
    "game",
    "games",
    "launched",
    "operate",
    "ported",
    "ports",
    "program",
    "published",
    "ran",
    "released",
    "run",
    "runs",
    "software",
    "system",
    "systems",
    "used",
    "version",
    "versions",
    "written",
];

/// The words behind which names stand that something is made by or for.
static JOINING: LazyLock<Sieve<64>> = LazyLock::new(|| Sieve::of(["by", "for", "in", "on", "to"]));

/// The longest name, in words.
const LONGEST: usize = 14;

/// How many words behind a participle `by` may still name who did it.
const FAR: usize = 14;

/// The names that the sentences of `text` introduce, each with the way in which it does.
///
/// Where `titles` holds a colon may stand inside a name: not in lists, whose items begin with a key.
pub(super) fn introduced(text: &str, words: &Words, sentences: &[Span], titles: bool) -> Vec<(Span, Signal)> {
    let mut found = Vec::new();
    let reader = Reader { text, words, titles };
    for sentence in sentences {
        let range = words.within(*sentence);
        for start in reader.openings(&range) {
            found.extend(reader.subject(start, range.end).map(|run| (reader.span(&run), Signal::Subject)));
        }
        // Whether something is said to be made in the words before this one.
        let made = |at: usize| {
            let near = range.start.max(at.saturating_sub(FAR + 1))..at;
            near.into_iter().any(|at| MAKING.binary_search(&reader.folded(at)).is_ok())
        };
        for at in range.clone().skip(1).filter(|at| JOINING.lets_through(&words.all()[*at])) {
            let (making, placing) = match reader.folded(at) {
                "by" => (made(at) || reader.is_class(at - 1), false),
                "for" | "to" | "on" => (false, PLACING.binary_search(&reader.folded(at - 1)).is_ok()),
                "in" => (false, reader.folded(at - 1) == "available"),
                _ => continue,
            };
            if making || placing {
                let names = reader.listed(at + 1, range.end, making);
                found.extend(names.iter().filter(|run| reader.is_odd(run)).map(|run| (reader.span(run), Signal::Made)));
            }
        }
    }
    found
}

struct Reader<'t> {
    text: &'t str,
    words: &'t Words,
    titles: bool,
}

impl Reader<'_> {
    fn folded(&self, at: usize) -> &str {
        self.words.all().get(at).map_or("", |word| self.words.folded(word))
    }

    fn span(&self, run: &Range<usize>) -> Span {
        super::phrase::span_of(self.words, run)
    }

    /// The text between word `at` and the one before it.
    fn before(&self, at: usize) -> &str {
        let words = self.words.all();
        let start = at.checked_sub(1).and_then(|before| words.get(before)).map_or(0, |before| before.span.end);
        words.get(at).map_or("", |word| Span::new(start, word.span.start).of(self.text))
    }

    fn is_class(&self, at: usize) -> bool {
        self.words.all().get(at).is_some_and(|word| {
            let singular = self.words.singular(word);
            is_class_noun(singular)
                || matches!(singular, "game" | "program" | "browser" | "editor" | "shooter" | "compiler")
        })
    }

    fn is_capital(&self, at: usize) -> bool {
        self.words.all().get(at).is_some_and(|word| !matches!(word.shape, Shape::Lower | Shape::Number))
    }

    /// Whether a run is no single English word: `used in View`, `written by Mark`.
    fn is_odd(&self, run: &Range<usize>) -> bool {
        run.len() > 1 || !is_english(self.folded(run.start))
    }

    fn is_number(&self, at: usize) -> bool {
        self.words.all().get(at).is_some_and(|word| word.shape == Shape::Number)
    }

    /// Where the subject of a sentence may open: at its start behind an article, and behind the comma that closes an opening
    /// phrase (`In 2012, ...`, `Developed by Acme, ...`).
    fn openings(&self, range: &Range<usize>) -> Vec<usize> {
        let article =
            |at: usize| at + usize::from(matches!(self.folded(at), "the" | "a" | "an") || is_joint(self.folded(at)));
        let mut openings = vec![article(range.start)];
        if self.before(range.start + 1).trim() == ":" && is_label(self.folded(range.start)) {
            openings.push(article(range.start + 1));
        }
        let near = range.start..range.end.min(range.start + 5);
        openings.extend(
            near.filter(|at| is_version(self.folded(*at)) && self.folded(at + 1) == "of").map(|at| article(at + 2)),
        );
        let first = self.folded(range.start);
        let phrase = MAKING.binary_search(&first).is_ok()
            || matches!(
                first,
                "in" | "on" | "with" | "using" | "at" | "after" | "since" | "by" | "originally" | "first"
            );
        if phrase {
            let commas = (range.start + 1..range.end).filter(|at| self.before(*at).trim() == ",");
            openings.extend(commas.take(3).map(article));
        }
        openings
    }

    /// The capitalised subject that opens at word `from`, where a verb follows it.
    fn subject(&self, from: usize, limit: usize) -> Option<Range<usize>> {
        let end = self.run(from, limit, true)?;
        let verb = behind_insertions(self.text, self.words, end, limit)?;
        let run = self.without_key(from..end);
        // `Injection: When a Pod is`
        if run.start > from && self.is_pronoun(run.start) {
            return None;
        }
        let odd = run.clone().any(|at| self.is_capital(at) && !is_english(self.folded(at)));
        let next = self.folded(verb + 1);
        let says = match self.folded(verb) {
            "is" | "was" | "are" | "were" => {
                matches!(next, "a" | "an" | "the" | "one" | "available" | "originally" | "first" | "also")
                    || MAKING.binary_search(&next).is_ok()
                    || matches!(
                        next,
                        "ported" | "designed" | "used" | "based" | "powered" | "announced" | "initially" | "composed"
                    )
            }
            "ran" => matches!(next, "on" | "under" | "initially"),
            "runs" => matches!(next, "on" | "under" | "natively" | "inside"),
            _ => false,
        };
        let name = run.len() > 1 && (odd || run.len() > 2 || self.folded(verb) != "are") || odd;
        (says && name).then_some(run)
    }

    /// The run behind its colon, where that parts a key from what is said of it: `Memory: Spark is`, but not `Halo 3: ODST is`.
    fn without_key(&self, run: Range<usize>) -> Range<usize> {
        let Some(colon) = (run.start + 1..run.end).rev().find(|at| self.before(*at).trim() == ":") else { return run };
        let long = run.end - colon > 1 || colon - run.start > 1;
        let title = self.titles && long && !self.is_pronoun(colon);
        if title { run } else { colon..run.end }
    }

    fn is_pronoun(&self, at: usize) -> bool {
        is_boundary(self.folded(at)) && self.folded(at) != "the"
    }

    /// One past the last word of the name that begins at `from`. A `title` may hold more joints than a name in a list.
    fn run(&self, from: usize, limit: usize, title: bool) -> Option<usize> {
        let numbered = self.is_number(from) && self.is_capital(from + 1);
        let opens = self.is_capital(from) && (self.is_capital(from + 1) || !is_boundary(self.folded(from)));
        if from >= limit || !(opens || numbered) {
            return None;
        }
        let mut end = from + 1;
        while end < limit && end - from < LONGEST && self.continues(from, end, limit, title) {
            end += 1;
        }
        Some(end)
    }

    /// Whether word `at` goes on with the name whose first word is `from`.
    fn continues(&self, from: usize, at: usize, limit: usize, title: bool) -> bool {
        let words = self.words.all();
        let between = self.before(at);
        let initial = words[at - 1].span.len() == 1 && self.is_capital(at - 1);
        // `Answer: Kafka is`: a label opens no title.
        let label = at == from + 1 && between.trim() == ":" && is_label(self.folded(from));
        if label {
            return false;
        }
        let joined = words[at].gap != Gap::Break
            || matches!(between.trim(), ":" | "&" | "!") && at - from <= 7 && title
            || between == ". " && initial;
        let year = self.is_number(at) && words[at].span.len() == 4 && at > from;
        if !joined || year {
            return false;
        }
        if self.is_capital(at) || self.is_number(at) {
            return true;
        }
        let inner = matches!(self.folded(at), "of" | "van" | "von" | "de" | "the")
            || title && matches!(self.folded(at), "for" | "and" | "to" | "in" | "a" | "on");
        let near =
            |offset: usize| at + offset < limit && self.is_capital(at + offset) && words[at + offset].gap == Gap::Space;
        // `Atari 8-bit family`
        let measure = words[at].gap == Gap::Hyphen && self.is_number(at - 1);
        measure
            || inner
                && words[at].gap == Gap::Space
                && (near(1) || matches!(self.folded(at + 1), "the" | "a") && near(2))
    }

    /// The names of a list that begins behind a preposition: makers, who may have a trade or a country before the name, or machines.
    fn listed(&self, from: usize, limit: usize, making: bool) -> Vec<Range<usize>> {
        let mut names = Vec::new();
        let mut at = from;
        while at < limit {
            while matches!(self.folded(at), "the" | "a" | "an" | "and" | "or" | "both" | "its" | "their" | "various")
                && at < limit
            {
                at += 1;
            }
            let Some(name) = self.name(at, limit, making) else { break };
            at = name.end;
            names.push(name);
            // `the Atari 8-bit family and`
            while at < limit
                && self.words.all()[at].gap == Gap::Space
                && matches!(self.folded(at), "family" | "series" | "computers" | "computer")
            {
                at += 1;
            }
            // `Digital Research's PDP-8`
            if at < limit && matches!(self.before(at), "'s " | "’s ") {
                continue;
            }
            // `Digital Research, Inc.` and `Digital Equipment Corporation (DEC)`
            if self.before(at).trim() == "," && matches!(self.folded(at), "inc" | "ltd" | "llc") {
                at += 1;
            }
            let joined = at < limit
                && (self.before(at).trim() == ","
                    || self.words.all()[at].gap == Gap::Space && self.folded(at) == "and");
            if !joined {
                break;
            }
        }
        names
    }

    /// The name at word `at`; of a maker the last run of its phrase: `British scientist Rollo Carpenter`.
    fn name(&self, at: usize, limit: usize, making: bool) -> Option<Range<usize>> {
        let mut found = None;
        let mut at = at;
        let most = (at + 8).min(limit);
        let trade = |at: usize| self.words.all().get(at).is_some_and(|word| word.shape == Shape::Lower);
        let first = at;
        while at < most {
            let word = &self.words.all()[at];
            if at > first && word.gap == Gap::Break {
                break;
            }
            if self.is_capital(at) {
                let end = self.run(at, limit, false)?;
                // `by British scientist ...`: what stands before a trade is no maker.
                found = Some(at..end).filter(|_| {
                    !(making
                        && trade(end)
                        && self.words.all()[end].gap == Gap::Space
                        && !is_boundary(self.folded(end))
                        && names_behind(self, end, limit))
                });
                at = end;
                if !making {
                    break;
                }
            } else if making
                && word.shape == Shape::Lower
                && (!is_boundary(self.folded(at)) || self.folded(at) == "and" && found.is_none())
            {
                at += 1;
            } else {
                break;
            }
        }
        found.filter(|run| making || run.start == first)
    }
}

/// Whether the word before a colon only says what follows: `Answer: ...`.
fn is_label(word: &str) -> bool {
    is_generic(word)
        || matches!(word, "a" | "ans" | "caution" | "hint" | "important" | "q" | "que" | "remark" | "tldr" | "warning")
}

/// Whether the word joins a sentence to what was said before: `So Kafka is ...`, `This API is ...`.
fn is_joint(word: &str) -> bool {
    const JOINTS: &[&str] = &[
        "also", "although", "and", "as", "because", "but", "each", "every", "hence", "if", "its", "once", "or", "our",
        "since", "so", "such", "that", "their", "then", "these", "this", "those", "thus", "when", "whereas", "while",
        "your",
    ];
    JOINTS.binary_search(&word).is_ok()
}

/// Whether lower-case words lead from word `at` to a name: `video game developer Acme`.
fn names_behind(reader: &Reader<'_>, at: usize, limit: usize) -> bool {
    let end = limit.min(at + 5);
    let next = (at..end).find(|at| {
        reader.is_capital(*at) || is_boundary(reader.folded(*at)) || reader.words.all()[*at].gap == Gap::Break
    });
    next.is_some_and(|next| reader.is_capital(next) && reader.words.all()[next].gap != Gap::Break)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::phrase::sentences;

    fn names(text: &str) -> Vec<String> {
        let found = introduced(text, &Words::new(text), &sentences(text), true);
        found.iter().map(|(span, signal)| format!("{signal:?} {}", span.of(text))).collect()
    }

    #[test]
    fn a_subject_may_hold_colons_numbers_and_joints() {
        assert_eq!(
            names("Towers II: Plight of the Stargazer is a game."),
            ["Subject Towers II: Plight of the Stargazer"]
        );
        assert_eq!(names("86-DOS is an old system."), ["Subject 86-DOS"]);
        assert_eq!(names("AdvFS, also known as the Advanced File System, is a file system."), ["Subject AdvFS"]);
        assert_eq!(
            names("Developed by Acme Labs, Night Owl was first shown."),
            ["Subject Night Owl", "Made Acme Labs", "Made Night Owl"]
        );
    }

    #[test]
    fn makers_stand_behind_by_with_their_trade_before_them() {
        assert_eq!(names("It was created in 2008 by British scientist Rollo Carpenter."), ["Made Rollo Carpenter"]);
        assert_eq!(
            names("It was written by John D. Hunter and Olia van Dam."),
            ["Made John D. Hunter", "Made Olia van Dam"]
        );
        assert_eq!(names("A small tool by Acme Labs."), ["Made Acme Labs"]);
    }

    #[test]
    fn machines_stand_behind_what_is_released() {
        assert_eq!(
            names("It was released for the Amiga, Atari 8-bit family and MSX."),
            ["Made Amiga", "Made Atari 8-bit", "Made MSX"]
        );
    }

    #[test]
    fn a_key_is_no_part_of_a_title() {
        let text = "Memory Management: Zorblax is a store.";
        let found = introduced(text, &Words::new(text), &sentences(text), false);
        assert_eq!(found.iter().map(|(span, _)| span.of(text)).collect::<Vec<_>>(), ["Zorblax"]);
        assert_eq!(names("Answer: Zorblax is a store."), ["Subject Zorblax"]);
        assert_eq!(names("Since Zorblax is a store, it may grow."), ["Subject Zorblax"]);
        assert_eq!(names("Driver Program: This is an entry."), Vec::<String>::new());
    }

    #[test]
    fn plain_sentences_introduce_nothing() {
        assert_eq!(names("The results were fine. Data is stored by column."), Vec::<String>::new());
    }
}
