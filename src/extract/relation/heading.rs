//! Headings over bullets: parts of the heading's concept, or instances of its class.
//!
//! A class noun as heading (or as the line above deeper bullets) over two or more `Name` or `Name - text`
//! bullets gives `IS_A`. Else bullets with a name of their own are parts: under headings such as services, features,
//! components, and where the key is a plain term of the system that the heading names.

use super::{End, Found, Page, Sink};
use crate::extract::english::{is_boundary, is_english, is_generic};
use crate::extract::phrase::{announces_parts, is_class_name, is_generic_phrase, is_praise, is_vague_name, sentences};
use crate::extract::word::{Gap, Shape, Word, Words};
use crate::extract::{Kind, RelationType};
use crate::read::{BlockKind, InlineKind};
use crate::text::{Span, fold};

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
    let bullets = named_bullets(page, &page.outermost);
    let title = announcement(page).unwrap_or(page.around.title);
    bullets_under(page, title, heading_class(page), page.around.subject.map(End::from), &bullets, sink);
    for (index, line) in page.lines.iter().enumerate() {
        let bullets = named_bullets(page, &page.children[index]);
        if !bullets.is_empty() {
            let caption = line.block.text.trim_end_matches(':');
            let class =
                line.names.iter().find(|found| found.span.end == caption.len() && is_class_name(line.text(found.span)));
            let subject =
                line.head.as_ref().map(|head| End { concept: head.concept, span: None }).or_else(|| page.above(index));
            // `Delta Lake:` over what it offers names one thing.
            let several = line.words.all().last().is_some_and(|last| line.words.is_plural(last));
            let class = class
                .filter(|_| several && line.words.all().len() <= 5)
                .map(|found| End { concept: found.concept, span: None });
            bullets_under(page, caption, class, subject, &bullets, sink);
        }
    }
}

/// The paragraph that announces the first list of a section: `with the following categories`.
fn announcement<'p>(page: &'p Page<'_>) -> Option<&'p str> {
    let lines = &page.outermost;
    let first = lines.iter().position(|index| matches!(page.lines[*index].block.kind, BlockKind::Item { .. }))?;
    let before = &page.lines[lines[first.checked_sub(1)?]];
    (before.block.kind == BlockKind::Paragraph && announces_parts(&before.words)).then_some(&before.block.text)
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
        if line.names.is_empty()
            || !matches!(line.block.kind, BlockKind::Item { .. } | BlockKind::Paragraph)
            || super::arrow::chain(&line.block.text).is_some()
        {
            continue;
        }
        // `Infrastructure as a service (servers)` is no more than its name.
        let text = line.block.text.as_str();
        let name = if text.ends_with(')') { text.find(" (").unwrap_or(text.len()) } else { text.len() };
        let bare = line.covering(Span::new(0, name)).filter(|_| line.words.all().len() <= 7);
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

/// The class that a section's heading is: a concept that covers it, but for words of praise and number, and ends in a class
/// noun, in the plural. `Fact Tables vs. Dimension Tables` is no class, and what stands under `Types of lakehouses` may be one.
fn heading_class(page: &Page<'_>) -> Option<End> {
    let line = page.lines.first().filter(|line| line.block.kind == BlockKind::Heading)?;
    let found = line.names.iter().find(|found| {
        // `Advantages of new over old tools` lists no tools.
        let plain = found.words.clone().all(|at| !is_boundary(line.words.folded(&line.words.all()[at])));
        plain && is_class_name(line.text(found.span)) && found.words.end == line.words.all().len()
    })?;
    let last = line.words.all().last()?;
    let plural = line.words.singular(last) != line.words.folded(last);
    let light = |word: &Word| {
        word.shape == Shape::Number || is_praise(line.words.folded(word)) || LISTING.contains(&line.words.folded(word))
    };
    let covers = line.words.all()[..found.words.start].iter().all(light);
    (plural && covers).then_some(End { concept: found.concept, span: None })
}

/// Words that a heading may have before the class that it lists.
const LISTING: &[&str] = &["a", "examples", "few", "list", "of", "popular", "types", "the", "well-known"];

fn bullets_under(
    page: &Page<'_>,
    caption: &str,
    class: Option<End>,
    subject: Option<End>,
    bullets: &[Bullet],
    sink: &mut Sink,
) {
    let is_instance = |bullet: &Bullet| {
        let class = class.expect("asked where there is a class");
        is_proper(page, bullet) && may_be_one(page, class, bullet) && !leads_elsewhere(page, bullet)
    };
    let names = if class.is_some() { bullets.iter().filter(|bullet| is_instance(bullet)).count() } else { 0 };
    let caption = Caption::of(caption);
    for bullet in bullets {
        let whole = page.lines[bullet.index].whole();
        let at = (page, bullet.index);
        if let Some(class) = class.filter(|class| names >= 2 && is_instance(bullet) && page.is_solid(class.concept)) {
            sink.add(at, &bullet.name, RelationType::IsA, class, ("heading-class", 800), whole);
        } else if let Some(subject) =
            subject.filter(|subject| page.is_solid(subject.concept) && is_part(page, &caption, *subject, bullet))
        {
            let rule = if caption.announces { "announced-part" } else { "heading-part" };
            sink.add(at, &bullet.name, RelationType::PartOf, subject, (rule, 750), whole);
        }
    }
}

/// Whether the bullet may name an instance: a product or a name that is no English, or a kind by the noun of its class, as `inner join` is
/// among joins. `Storage format: ...` tells of what is above.
fn may_be_one(page: &Page<'_>, class: End, bullet: &Bullet) -> bool {
    let (class, name) = (Words::new(&page.concept(class.concept).name), &page.concept(bullet.name.concept));
    let words = Words::new(&name.name);
    // `Fact table types` are fact tables.
    let noun = |words: &Words| {
        let mut nouns = words.all().iter().rev().map(|word| words.singular(word));
        nouns.find(|noun| !matches!(*noun, "kind" | "type")).map(str::to_owned)
    };
    !is_plain(&name.name) || page.is_product(bullet.name.concept) || noun(&class) == noun(&words)
}

/// Whether the bullet is an entry of a table of contents.
fn leads_elsewhere(page: &Page<'_>, bullet: &Bullet) -> bool {
    let inlines = &page.lines[bullet.index].block.inlines;
    inlines.iter().any(|inline| matches!(&inline.kind, InlineKind::Link { address } if address.starts_with('#')))
}

/// Whether the bullet's name is a proper name rather than a plain term. The capital that opens a bullet makes no name of
/// an English word.
fn is_proper(page: &Page<'_>, bullet: &Bullet) -> bool {
    let line = &page.lines[bullet.index];
    let known = page.concept(bullet.name.concept).kind != Kind::Term;
    let words = &line.words.all()[bullet.name.words.clone()];
    let opening = matches!(words, [only] if only.shape == Shape::Capital && is_english(line.words.folded(only)));
    known || !opening && words.iter().any(|word| word.shape != Shape::Lower)
}

/// What a caption says of the bullets under it.
struct Caption {
    /// That they are parts: `with the following categories`.
    announces: bool,
    /// The same, or what they are parts as: `Components`.
    lists: bool,
    /// What is good about its subject: `Key features`.
    praises: bool,
}

impl Caption {
    fn of(caption: &str) -> Self {
        let words = Words::new(caption);
        let announces = announces_parts(&words);
        let praises = words.all().iter().any(|word| words.singular(word) == "feature");
        Self { announces, lists: announces || names_parts(caption), praises }
    }
}

/// Whether a caption names what its bullets are parts as: `Components`, `Features that it offers`; not `Data layer tests`.
fn names_parts(caption: &str) -> bool {
    let last = sentences(caption).last().map_or(caption, |last| last.of(caption));
    let words = Words::new(last);
    let ends = |at: usize| {
        words.all().get(at).is_none_or(|next| {
            next.gap == Gap::Break || is_boundary(words.folded(next)) || is_generic(words.singular(next))
        })
    };
    // One `Order Service` is no list of services; an architecture has parts.
    let several = |word: &Word| words.singular(word) != words.folded(word) || is_whole(words.folded(word));
    let part = |(at, word): (usize, &Word)| {
        PARTS.binary_search(&words.singular(word)).is_ok() && several(word) && ends(at + 1)
    };
    words.all().iter().enumerate().any(part)
}

/// Whether a noun says by itself that what it names has parts.
fn is_whole(noun: &str) -> bool {
    matches!(noun, "architecture" | "structure")
}

/// Whether the caption lists parts, or the bullet explains a plain term of its subject.
fn is_part(page: &Page<'_>, caption: &Caption, subject: End, bullet: &Bullet) -> bool {
    let lists = caption.lists;
    let (whole, part) = (page.concept(subject.concept), page.concept(bullet.name.concept));
    if is_vague_name(&part.name) || is_generic_phrase(&Words::new(&part.name)) {
        return false;
    }

    let of_it = fold(&part.name).starts_with(&fold(&whole.name));
    let plain = is_plain(&part.name) && !matches!(part.kind, Kind::Organisation | Kind::Service) || of_it;
    // The bare bullets under a cloud or an ecosystem are its services.
    let platform = whole.platform && page.is_product(bullet.name.concept);
    let noun = super::name::ends_in_part(&part.name) || of_it;
    let system = !matches!(whole.kind, Kind::Term | Kind::Method | Kind::Standard | Kind::Format | Kind::Role);
    // A compute node is a class of things, and one thing with parts.
    let one = !is_class_name(&whole.name) || super::name::ends_in_part(&whole.name);
    let keyed = noun && !bullet.bare && system && one;
    // `Consistency` under `Features` is a praise; `concurrency scaling` is a thing.
    let thing = page.is_solid(bullet.name.concept) && part.name.contains(' ');
    platform && (lists || bullet.bare) || plain && (lists && (thing || !caption.praises) || keyed)
}

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
