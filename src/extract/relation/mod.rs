//! The relation rules: each family a file, each rule a name that its evidence carries.
//!
//! In: a [`Page`], a section of a note whose blocks are cut into words and whose names are found. Out: statements in
//! the [`Sink`]. A rule looks at one block and what stands above it; order of rules does not matter, but
//! `related` comes last, since it speaks only where no other rule did. Those that `tell` runs look at one line and the concept above it
//! alone, so that what they state is kept with the line. What the front matter says is no section's.

mod alternative;
pub(super) mod arrow;
mod class_phrase;
mod code;
mod copula;
#[cfg(test)]
mod cut_names;
mod denial;
mod field;
mod fit;
mod fragment;
mod heading;
pub(super) mod hearst;
mod instruction;
mod name;
mod opening;
mod page;
mod procedure;
mod related;
mod sink;
mod slot;
mod solid;
mod stage;
mod subject;
mod table;
#[cfg(test)]
mod tests;
mod typed_link;
#[cfg(test)]
mod unsaid;
mod verb;
mod verb_frames;

pub(super) use code::named as named_in_code;
pub(super) use page::{Around, End, Found, Heading, Line, Named, Page, Statement, Subject};
use sink::Sink;
pub(super) use solid::is_solid;
pub(super) use subject::speaks_of_another;
pub(super) use typed_link::front_matter;

use crate::read::BlockKind;

/// Whether the word is a verb in the third person, so that a name before it is its subject.
pub(super) fn verb_follows(folded: &str) -> bool {
    folded.ends_with('s') && verb_frames::verb(folded).is_some()
}

/// More pairs of names in one statement are two lists, and say nothing of their members.
const MOST_PAIRS: usize = 1000;

/// Whether each of `left` names may be joined with each of `right` names: one with many, or not too many in all.
const fn can_pair(left: usize, right: usize) -> bool {
    left <= 1 || right <= 1 || left.saturating_mul(right) <= MOST_PAIRS
}

/// Runs every rule over the page.
pub(super) fn read(page: &Page<'_>) -> Sink {
    let mut sink = Sink::default();
    stage::read(page, &mut sink);
    typed_link::read(page, &mut sink);
    table::read(page, &mut sink);
    heading::read(page, &mut sink);
    opening::read(page, &mut sink);
    procedure::read(page, &mut sink);
    for (index, line) in page.lines.iter().enumerate() {
        code::read(page, index, &mut sink);
        if matches!(line.block.kind, BlockKind::Code { .. }) || page.names_one(index) || page.says_nothing(index) {
            continue;
        }
        let told = page.told(index, |sink| tell(page, index, sink));
        sink.take(index, &told);
    }
    related::read(page, &mut sink);
    sink
}

/// Runs the rules that look at one line and at what it stands under, see [`Page::told`].
fn tell(page: &Page<'_>, index: usize, sink: &mut Sink) {
    let line = &page.lines[index];
    arrow::read(page, index, sink);
    field::read(page, index, sink);
    // Every statement has a name in its sentence.
    for sentence in line.sentences.iter().filter(|sentence| line.names_in(**sentence)) {
        sink.denied = denial::denied(&line.block.text, &line.words, *sentence);
        if sink.denied.first() == Some(sentence) {
            continue;
        }
        hearst::read(page, index, *sentence, sink);
        if page.sets_a_case(index, *sentence) {
            continue;
        }
        copula::read(page, index, *sentence, sink);
        copula::compared(page, index, *sentence, sink);
        name::read(page, index, *sentence, sink);
        verb::read(page, index, *sentence, sink);
        class_phrase::read(page, index, *sentence, sink);
        alternative::read(page, index, *sentence, sink);
    }
    sink.denied.clear();
}
