//! Headings over bullets: parts of the heading's concept, or instances of its class.
//!
//! A class noun as heading (or as the line above deeper bullets) over two or more `Name` or `Name - text`
//! bullets gives `IS_A`. Else bullets with a name of their own are parts: under headings such as services, features,
//! components, and where the key is a plain term of the heading's subject.

use super::{End, Found, Page, Sink};
use crate::extract::english::is_english;
use crate::extract::phrase::is_class_name;
use crate::extract::word::{Shape, Words};
use crate::extract::{Kind, RelationType};
use crate::read::{BlockKind, SectionId};
use crate::text::fold;

/// Heading nouns whose bullets are parts of the subject, singular, sorted.
const PARTS: &[&str] = &[
    "architecture",
    "building block",
    "component",
    "element",
    "entity",
    "feature",
    "layer",
    "module",
    "offering",
    "part",
    "primitive",
    "product",
    "service",
    "stage",
    "structure",
    "subsystem",
];

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    for section in 0..page.note.sections.len() {
        let bullets = named_bullets(page, &page.outermost[section]);
        let title = &page.note.sections[section].title;
        bullets_under(page, title, heading_class(page, section), page.subjects[section].map(End::from), &bullets, sink);
    }
    for (index, line) in page.lines.iter().enumerate() {
        let bullets = named_bullets(page, &page.children[index]);
        if !bullets.is_empty() {
            let caption = line.block.text.trim_end_matches(':');
            let class =
                line.names.iter().find(|found| found.span.end == caption.len() && is_class_name(line.text(found.span)));
            let subject =
                line.head.as_ref().map(|head| End { concept: head.concept, span: None }).or_else(|| page.above(index));
            let class =
                class.filter(|_| line.words.all().len() <= 5).map(|found| End { concept: found.concept, span: None });
            bullets_under(page, caption, class, subject, &bullets, sink);
        }
    }
}

/// A bullet that is a name, or a name and text about it.
struct Bullet {
    index: usize,
    name: Found,
    bare: bool,
}

fn named_bullets(page: &Page<'_>, lines: &[usize]) -> Vec<Bullet> {
    let mut bullets = Vec::new();
    for index in lines.iter().copied() {
        let line = &page.lines[index];
        if !matches!(line.block.kind, BlockKind::Item { .. } | BlockKind::Paragraph)
            || super::arrow::chain(&line.block.text).is_some()
        {
            continue;
        }
        let bare = line.covering(line.whole()).filter(|_| line.words.all().len() <= 5);
        let keyed = line.field.and_then(|(key, _)| line.covering(key));
        let listed = matches!(line.block.kind, BlockKind::Item { .. }) || bare.is_some();
        if let Some(name) = bare.or(keyed).filter(|_| listed) {
            bullets.push(Bullet { index, name: name.clone(), bare: bare.is_some() });
        }
    }
    let is_item = |bullet: &Bullet| matches!(page.lines[bullet.index].block.kind, BlockKind::Item { .. });
    if bullets.iter().any(is_item) {
        bullets.retain(is_item);
    }
    bullets
}

/// The class that a section's heading is: a concept that covers it and ends in a class noun, in the plural.
fn heading_class(page: &Page<'_>, section: SectionId) -> Option<End> {
    let heading = page.note.sections[section].heading?;
    let line = &page.lines[heading];
    let found = line
        .names
        .iter()
        .find(|found| is_class_name(line.text(found.span)) && found.words.end == line.words.all().len())?;
    let last = line.words.all().last()?;
    let plural = line.words.singular(last) != line.words.folded(last);
    plural.then_some(End { concept: found.concept, span: None })
}

fn bullets_under(
    page: &Page<'_>,
    caption: &str,
    class: Option<End>,
    subject: Option<End>,
    bullets: &[Bullet],
    sink: &mut Sink,
) {
    let names = bullets.iter().filter(|bullet| is_proper(page, bullet)).count();
    for bullet in bullets {
        let whole = page.lines[bullet.index].whole();
        let at = (page, bullet.index);
        if let Some(class) = class.filter(|class| names >= 2 && is_proper(page, bullet) && page.is_solid(class.concept))
        {
            sink.add(at, &bullet.name, RelationType::IsA, class, ("heading-class", 800), whole);
        } else if let Some(subject) =
            subject.filter(|subject| page.is_solid(subject.concept) && is_part(page, caption, *subject, bullet))
        {
            sink.add(at, &bullet.name, RelationType::PartOf, subject, ("heading-part", 750), whole);
        }
    }
}

/// Whether the bullet's name is a proper name rather than a plain term.
fn is_proper(page: &Page<'_>, bullet: &Bullet) -> bool {
    let line = &page.lines[bullet.index];
    let known = page.concept(bullet.name.concept).kind != Kind::Term;
    known || line.words.all()[bullet.name.words.clone()].iter().any(|word| word.shape != Shape::Lower)
}

/// Whether a caption names what its bullets are parts as: `Components`.
fn lists_parts(caption: &str) -> bool {
    let words = Words::new(caption);
    words.all().iter().any(|word| PARTS.binary_search(&words.singular(word)).is_ok())
}

/// Whether a caption names what is good about its subject: `Key features`.
fn praises(caption: &str) -> bool {
    let words = Words::new(caption);
    words.all().iter().any(|word| words.singular(word) == "feature")
}

/// Whether the caption lists parts, or the bullet explains a plain term of its subject.
fn is_part(page: &Page<'_>, caption: &str, subject: End, bullet: &Bullet) -> bool {
    let lists = lists_parts(caption);
    let (whole, part) = (page.concept(subject.concept), page.concept(bullet.name.concept));
    let platform = PLATFORMS.contains(&&*whole.name);
    let of_it = fold(&part.name).starts_with(&fold(&whole.name));
    let plain = is_plain(&part.name) && !matches!(part.kind, Kind::Organisation | Kind::Service) || of_it;
    let platform = platform && page.is_solid(bullet.name.concept);
    let noun = super::name::ends_in_part(&part.name) || of_it;
    let keyed = noun && !bullet.bare && whole.kind != Kind::Term && !is_class_name(&whole.name);
    // `Consistency` under `Features` is a praise; `concurrency scaling` is a thing.
    let thing = page.is_solid(bullet.name.concept) && part.name.contains(' ');
    platform && (lists || bullet.bare) || plain && (lists && (thing || !praises(caption)) || keyed)
}

/// Clouds and ecosystems, whose bare bullets are their services.
const PLATFORMS: &[&str] = &["AWS", "Azure", "GCP", "Google Cloud", "Hadoop"];

/// Whether a name is made of plain English words only.
fn is_plain(name: &str) -> bool {
    let words = Words::new(name);
    words.all().iter().all(|word| is_english(words.folded(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(PARTS.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
