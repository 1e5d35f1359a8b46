//! Links that people give a type: `- uses [[HDFS]]`, `uses:: [[HDFS]]`, and front-matter keys over links.
//!
//! Such types are the user's own: a core type where the words are one, else a type in upper case.

use super::{End, Page, Sink};
use crate::extract::{Lexicon, RelationClaim, RelationType};
use crate::read::{BlockKind, FrontMatterField, InlineKind, Note};
use crate::text::Span;

/// Front-matter keys that are no relation, whatever they link to.
const NO_RELATION: &[&str] = &[
    "alias",
    "aliases",
    "author",
    "cssclass",
    "cssclasses",
    "date",
    "id",
    "source",
    "status",
    "tag",
    "tags",
    "title",
    "type",
    "up",
    "url",
];

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    for (index, line) in page.lines.iter().enumerate() {
        let links: Vec<Span> = line
            .block
            .inlines
            .iter()
            .filter(|inline| matches!(inline.kind, InlineKind::WikiLink { .. }))
            .map(|inline| inline.span)
            .collect();
        let Some(first) = links.first() else { continue };
        let before = line.text(Span::new(0, first.start));
        let item = matches!(line.block.kind, BlockKind::Item { .. } | BlockKind::Paragraph);
        let Some(verb) = typed(before, item, &line.block.text, &links) else { continue };
        let Some(subject) = page.above(index).or(page.around.note.map(End::of)) else { continue };
        for link in &links {
            if let Some(found) = line.covering(*link) {
                relate(page, index, subject, verb, found.into(), line.whole(), sink);
            }
        }
    }
}

/// The words before the first link that name its type: with `::`, or as the only words of a bullet.
fn typed<'t>(before: &'t str, item: bool, text: &str, links: &[Span]) -> Option<&'t str> {
    let explicit = before.trim_end().strip_suffix("::").map(str::trim);
    let words = |verb: &str| (1..=3).contains(&verb.split_whitespace().count());
    let only_links = links.last().is_some_and(|last| text[last.end..].chars().all(|letter| !letter.is_alphanumeric()));
    let bare = before.trim();
    let implied = item
        && only_links
        && bare.chars().all(|letter| letter.is_lowercase() || letter == '_' || letter == '-' || letter == ' ');
    explicit.filter(|verb| words(verb)).or_else(|| (implied && words(bare) && is_verb(bare)).then_some(bare))
}

/// Verbs that mark a type without `::`.
fn is_verb(words: &str) -> bool {
    let first = words.split([' ', '_', '-']).next().unwrap_or("");
    core(words).is_some() || (first.ends_with('s') && first.len() > 3 && !words.contains(' ')) || words.contains('_')
}

/// The core type that a typed link's words mean.
fn core(words: &str) -> Option<RelationType> {
    let named = RelationType::named(words);
    if RelationType::CORE.contains(&named) {
        return Some(named);
    }
    match named.name() {
        "IS" | "KIND_OF" | "TYPE_OF" | "INSTANCE_OF" => Some(RelationType::IsA),
        "USE" => Some(RelationType::Uses),
        "RELATED" | "SEE" | "SEE_ALSO" | "RELATES_TO" => Some(RelationType::RelatedTo),
        "ALTERNATIVE" | "ALTERNATIVES" => Some(RelationType::AlternativeTo),
        "SIMILAR" => Some(RelationType::SimilarTo),
        "INTEGRATES" => Some(RelationType::IntegratesWith),
        "STORES" | "STORED_IN" => Some(RelationType::StoresIn),
        "DEVELOPED_BY" | "CREATED_BY" => Some(RelationType::MadeBy),
        _ => None,
    }
}

fn relate(page: &Page<'_>, index: usize, subject: End, verb: &str, object: End, quote: Span, sink: &mut Sink) {
    let named = RelationType::named(verb);
    let (from, predicate, to) = match named.name() {
        "USED_BY" => (object, RelationType::Uses, subject),
        "FED_BY" | "READS_FROM" | "CONSUMES" => (object, RelationType::Feeds, subject),
        "HAS_PART" | "CONTAINS" | "INCLUDES" | "CONSISTS_OF" => (object, RelationType::PartOf, subject),
        "REPLACED_BY" => (object, RelationType::Replaces, subject),
        "WRITES_TO" => (subject, RelationType::Feeds, object),
        _ => (subject, core(verb).unwrap_or(named), object),
    };
    sink.add((page, index), from, predicate, to, ("typed-link", 980), quote);
}

/// `uses: "[[HDFS]]"` in the front matter relates what the note is called. The quote is the value's line.
pub(in crate::extract) fn front_matter(note: &Note, lexicon: &Lexicon, title: Option<u32>) -> Vec<RelationClaim> {
    let Some(subject) = title.map(|title| &lexicon.concepts()[title as usize]) else { return Vec::new() };
    let meant = |field: &&FrontMatterField| NO_RELATION.binary_search(&field.key.to_lowercase().as_str()).is_err();
    let values =
        note.fields.iter().filter(meant).flat_map(|field| field.values.iter().map(move |value| (field, value)));
    let claims = values.filter_map(|(field, value)| {
        let target = value.text.trim().strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"))?;
        let target = target.split(['|', '#']).next().unwrap_or(target);
        let object = &lexicon.concepts()[lexicon.lookup(target)? as usize];
        (subject.name != object.name).then(|| RelationClaim {
            subject: subject.name.clone(),
            predicate: core(&field.key).unwrap_or_else(|| RelationType::named(&field.key)),
            object: object.name.clone(),
            confidence: 980,
            rule: "front-matter-link".into(),
            position: value.position,
            quote: format!("{}: {}", field.key, value.text),
            subject_text: "".into(),
            object_text: target.into(),
        })
    });
    claims.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_stand_before_double_colons_or_alone_in_a_bullet() {
        let link = [Span::new(8, 12)];
        assert_eq!(typed("stored:: ", false, "stored:: HDFS", &[Span::new(9, 13)]), Some("stored"));
        assert_eq!(typed("uses    ", true, "uses    HDFS", &link), Some("uses"));
        assert_eq!(typed("We like ", true, "We like HDFS", &link), None);
    }

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(NO_RELATION.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
