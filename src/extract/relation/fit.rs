//! Whether the kinds of two concepts allow a relation between them: data do not flow into a language.

use super::verb_frames::{Core, Verb};
use super::{End, Found, Line, Page};
use crate::extract::Kind;
use crate::extract::word::{Shape, Words};
use crate::text::Span;

/// Whether a name behind `for` may be what something runs on, not whom or what it serves: a proper name of no company, language or idea.
pub(super) fn is_platform(page: &Page<'_>, line: &Line<'_>, found: &Found) -> bool {
    let proper =
        line.words.all()[found.words.clone()].iter().any(|word| !matches!(word.shape, Shape::Lower | Shape::Number));
    let kind = page.concept(found.concept).kind;
    let idea = matches!(
        kind,
        Kind::Architecture
            | Kind::Format
            | Kind::Language
            | Kind::Method
            | Kind::Organisation
            | Kind::Protocol
            | Kind::Role
            | Kind::Standard
    );
    proper && !idea
}

/// Whether someone makes a thing in the active voice: a proper name each, told as done, as in `Karlitschek created Nextcloud`; not
/// `lets you create a pipeline`.
pub(super) fn is_making(
    page: &Page<'_>,
    line: &Line<'_>,
    (at, verb): (usize, &Verb),
    (maker, made): (End, &Found),
) -> bool {
    let told = verb.forms.first() != Some(&line.words.folded(&line.words.all()[at]));
    let proper = |span: Span| line.text(span).chars().any(char::is_uppercase);
    let thing = !matches!(page.concept(made.concept).kind, Kind::Organisation | Kind::Role);
    told && thing && proper(made.span) && maker.span.is_some_and(proper)
}

/// Whether a name may be a maker's: a company or a person, not a part of a program such as `InputFormat`.
pub(super) fn may_make(page: &Page<'_>, maker: End) -> bool {
    let concept = page.concept(maker.concept);
    let words = Words::new(&concept.name);
    let part = matches!(words.all(), [only] if only.shape == Shape::Mixed)
        || words.all().last().is_some_and(|last| last.shape == Shape::Lower)
        || concept.name.starts_with(char::is_lowercase);
    concept.kind == Kind::Organisation || !part
}

/// Whether concepts of these kinds can stand in the relation.
pub(super) fn fits(core: Core, from: Kind, to: Kind) -> bool {
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
        // `backed by the foundation`: whom, not what.
        Core::Uses => !matches!(to, Kind::Organisation | Kind::Role),
        Core::Triggers => !no_system(to) && !matches!(from, Kind::Format),
        _ => true,
    }
}

/// Whether a name is a month or begins with one: `released on March 1`.
pub(super) fn is_time(name: &str) -> bool {
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let first = name.split(' ').next().unwrap_or("").to_lowercase();
    MONTHS.contains(&first.as_str())
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
