//! Tables: the first column is the subject, a header names the relation, a cell the object.
//!
//! A header that means a relation (`Uses`, `Stores data in`, `Written in`, `Made by`, `Type`) gives it for each row. A table whose
//! header cells are concepts of one kind maps equals across a row (`AWS | Azure | Google Cloud`): `SIMILAR_TO`. Any
//! other cell that is a name is related to its row's subject. A table with concepts over its columns and attributes down its side
//! (`| Feature | Kafka | RabbitMQ |`) is read the other way round.

use super::hearst::enumeration;
use super::{End, Found, Line, Page, Sink};
use crate::extract::phrase::{is_class_name, is_generic_phrase};
use crate::extract::word::{Gap, Words};
use crate::extract::{Kind, RelationType};
use crate::read::BlockKind;
use crate::text::{Span, fold};

pub(super) fn read(page: &Page<'_>, sink: &mut Sink) {
    let mut header: Option<(u32, Header)> = None;
    for (index, line) in page.lines.iter().enumerate() {
        let BlockKind::Row { table, header: is_header, cells } = &line.block.kind else { continue };
        if *is_header {
            header = Some((*table, Header::new(page, line, cells)));
        } else if let Some((_, header)) = header.as_ref().filter(|(of, _)| of == table) {
            row(page, index, header, cells, sink);
        }
    }
}

/// What the header of a table says of its rows.
struct Header {
    /// The columns that providers head, whose services stand side by side; none where it is fewer than two.
    maps: Vec<usize>,
    /// The concepts that head the columns of a comparison; empty for other tables.
    subjects: Vec<Option<u32>>,
    /// What each column says of the first one.
    relations: Vec<Option<(RelationType, bool)>>,
}

impl Header {
    fn new(page: &Page<'_>, line: &Line<'_>, cells: &[Span]) -> Self {
        let relations = cells.iter().map(|title| header_relation(&fold(line.text(*title)))).collect();
        Self { maps: maps_equals(page, line, cells), subjects: compared(page, line, cells), relations }
    }
}

/// The columns that are headed by providers, at least two.
fn maps_equals(page: &Page<'_>, head: &Line<'_>, cells: &[Span]) -> Vec<usize> {
    let provides = |cell: &Span| {
        head.covering(*cell).is_some_and(|found| {
            let concept = page.concept(found.concept);
            matches!(concept.kind, Kind::Organisation | Kind::Service) && !is_class_name(&concept.name)
        })
    };
    let columns: Vec<usize> = (0..cells.len()).filter(|column| provides(&cells[*column])).collect();
    if columns.len() >= 2 { columns } else { Vec::new() }
}

fn row(page: &Page<'_>, index: usize, header: &Header, cells: &[Span], sink: &mut Sink) {
    let line = &page.lines[index];
    if !header.maps.is_empty() {
        let cells = header.maps.iter().filter_map(|column| cells.get(*column));
        let names: Vec<&Found> = cells.filter_map(|cell| line.covering(*cell)).collect();
        for pair in names.windows(2) {
            sink.add((page, index), pair[0], RelationType::SimilarTo, pair[1], ("table-mapping", 750), line.whole());
        }
        return;
    }
    if !header.subjects.is_empty() {
        return attribute(page, index, header, cells, sink);
    }
    let Some(subject) = cells.first().and_then(|cell| line.covering(*cell)) else { return };
    for (cell, relation) in cells.iter().zip(&header.relations).skip(1) {
        let Some((predicate, inverse)) = relation else { continue };
        for found in enumeration(line, *cell)
            .into_iter()
            .filter(|found| *predicate != RelationType::IsA || is_class(page, line, found))
        {
            let (from, to) = if *inverse { (found, subject) } else { (subject, found) };
            sink.add((page, index), from, predicate.clone(), to, ("table-column", 850), line.whole());
        }
    }
}

/// Whether a name in a column of types is a type of thing with nothing behind it: not `Managed`, not `Metadata catalog` where
/// metadata are meant.
fn is_class(page: &Page<'_>, line: &Line<'_>, found: &Found) -> bool {
    let behind =
        line.words.all().get(found.words.end).is_none_or(|next| next.gap == Gap::Break || next.gap == Gap::Slash);
    behind && (is_class_name(line.text(found.span)) || page.concept(found.concept).kind != Kind::Term)
}

/// A row of a table whose columns are headed by what it compares: `| Written in | Scala | Erlang |`.
fn attribute(page: &Page<'_>, index: usize, header: &Header, cells: &[Span], sink: &mut Sink) {
    let line = &page.lines[index];
    let Some((predicate, inverse)) = cells.first().and_then(|cell| header_relation(&fold(line.text(*cell)))) else {
        return;
    };
    for (subject, cell) in header.subjects.iter().zip(cells.iter().skip(1)) {
        let Some(concept) = subject else { continue };
        let subject = End { concept: *concept, span: None };
        for found in enumeration(line, *cell) {
            let (from, to) = if inverse { (found.into(), subject) } else { (subject, End::from(found)) };
            sink.add((page, index), from, predicate.clone(), to, ("table-comparison", 800), line.whole());
        }
    }
}

/// What the columns behind the first are headed by, where it is empty or general and at least two of them are concepts that are no class.
fn compared(page: &Page<'_>, head: &Line<'_>, cells: &[Span]) -> Vec<Option<u32>> {
    let Some((first, rest)) = cells.split_first() else { return Vec::new() };
    let open = head.text(*first).trim().is_empty() || is_generic_phrase(&Words::new(head.text(*first)));
    let named: Vec<Option<u32>> = rest
        .iter()
        .map(|cell| {
            head.covering(*cell)
                .map(|found| found.concept)
                .filter(|concept| !is_class_name(&page.concept(*concept).name))
        })
        .collect();
    let enough = named.iter().flatten().count() >= 2
        && rest.iter().all(|cell| header_relation(&fold(head.text(*cell))).is_none());
    if open && enough { named } else { Vec::new() }
}

/// The relation that a column's title means, and whether the cell is its subject.
fn header_relation(title: &str) -> Option<(RelationType, bool)> {
    use RelationType as T;
    let relation = match title {
        "type" | "kind" | "category" | "class" | "is a" | "what it is" => (T::IsA, false),
        "uses" | "depends on" | "based on" | "built on" | "dependencies" => (T::Uses, false),
        "used by" => (T::Uses, true),
        "feeds" | "writes to" | "output" | "sink" | "target" | "destination" | "sends to" => (T::Feeds, false),
        "fed by" | "reads from" | "source" | "sources" | "input" => (T::Feeds, true),
        "stores in" | "stored in" | "storage" | "stores data in" => (T::StoresIn, false),
        "runs on" | "platform" | "deployed on" | "operating system" => (T::RunsOn, false),
        "part of" | "belongs to" | "provider" | "suite" => (T::PartOf, false),
        "formats" | "format" | "file format" | "supports" | "protocol" | "protocols" | "supported formats" => {
            (T::Supports, false)
        }
        "made by" | "vendor" | "developer" | "maker" | "creator" | "company" | "developed by" => (T::MadeBy, false),
        "written in" | "implemented in" | "implementation language" => (T::WrittenIn, false),
        "alternative" | "alternatives" => (T::AlternativeTo, false),
        "similar to" | "equivalent" => (T::SimilarTo, false),
        "replaces" => (T::Replaces, false),
        "triggers" => (T::Triggers, false),
        "queries" => (T::Queries, false),
        "manages" => (T::Manages, false),
        "integrates with" | "integration" | "integrations" => (T::IntegratesWith, false),
        _ => return None,
    };
    Some(relation)
}
