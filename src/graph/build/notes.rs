//! Writes notes with their front matter, sections and tags.

use std::collections::BTreeMap;

use super::number;
use super::offsets;
use super::pool::{Kept, Pool, Text};
use crate::graph::columns::{Column, Writer};
use crate::read::{Format, NoteMeta};
use crate::text::fold;

/// A note as it came in.
pub(super) struct NoteRow {
    pub(super) path: Text,
    pub(super) title: Text,
    pub(super) format: Text,
    pub(super) words: u64,
    pub(super) aliases: Vec<Text>,
    pub(super) fields: Vec<(Text, Vec<Text>)>,
    pub(super) tags: Vec<Text>,
    pub(super) sections: Vec<(Text, u8, u32)>,
    pub(super) links: Vec<Text>,
}

impl NoteRow {
    pub(super) fn new(pool: &mut Pool, meta: &NoteMeta) -> Self {
        Self {
            path: pool.intern(&meta.path),
            title: pool.intern(&meta.title),
            format: pool.intern(meta.format.name()),
            words: meta.words,
            aliases: meta.aliases.iter().map(|alias| pool.intern(&alias.text)).collect(),
            fields: meta
                .fields
                .iter()
                .map(|field| {
                    let values = field.values.iter().map(|value| pool.intern(&value.text)).collect();
                    (pool.intern(&field.key), values)
                })
                .collect(),
            tags: meta.tags.iter().map(|tag| pool.intern(&tag.text)).collect(),
            sections: meta
                .sections
                .iter()
                .map(|section| (pool.intern(&section.title), section.level, section.line.get()))
                .collect(),
            links: meta.links.iter().map(|link| pool.intern(&link.target)).collect(),
        }
    }
}

impl NoteRow {
    /// A note of which the path alone is known: its title is its file name without ending.
    pub(super) fn named(pool: &mut Pool, path: &str) -> Self {
        let file = path.rsplit_once('/').map_or(path, |(_, file)| file);
        let (title, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let format = if matches!(ending, "md" | "markdown") { Format::Markdown } else { Format::Plain };
        Self {
            path: pool.intern(path),
            title: pool.intern(title),
            format: pool.intern(format.name()),
            words: 0,
            aliases: Vec::new(),
            fields: Vec::new(),
            tags: Vec::new(),
            sections: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// Sorts by path; of several notes at one path the one that comes first by title and words stays.
pub(super) fn settle(pool: &Pool, mut rows: Vec<NoteRow>) -> Vec<NoteRow> {
    rows.sort_by(|left, right| {
        let rest = pool.compare(left.title, right.title).then(left.words.cmp(&right.words));
        pool.compare(left.path, right.path).then(rest)
    });
    rows.dedup_by_key(|row| row.path);
    rows
}

/// The tags of all notes. Tags that differ in case alone are one, called by the form used most.
pub(super) struct Tags {
    /// Their names, sorted.
    pub(super) names: Vec<Text>,
    /// For each note, its tags, sorted.
    pub(super) of_notes: Vec<Vec<u32>>,
}

impl Tags {
    pub(super) fn new(pool: &Pool, notes: &[NoteRow]) -> Self {
        let mut forms: BTreeMap<String, BTreeMap<&str, (usize, Text)>> = BTreeMap::new();
        for tag in notes.iter().flat_map(|note| &note.tags) {
            let form = pool.get(*tag);
            forms.entry(fold(form)).or_default().entry(form).or_insert((0, *tag)).0 += 1;
        }
        let mut named: Vec<(Text, &String)> = forms
            .iter()
            .filter_map(|(key, forms)| {
                // The first of the most frequent: `max_by_key` gives the last, so look from the end.
                let (_, (_, name)) = forms.iter().rev().max_by_key(|(_, (count, _))| *count)?;
                Some((*name, key))
            })
            .collect();
        named.sort_by(|left, right| pool.compare(left.0, right.0));
        let rows: BTreeMap<&str, u32> = named.iter().zip(0u32..).map(|((_, key), row)| (key.as_str(), row)).collect();
        let of_note = |note: &NoteRow| {
            let mut tags: Vec<u32> =
                note.tags.iter().filter_map(|tag| rows.get(fold(pool.get(*tag)).as_str()).copied()).collect();
            tags.sort_unstable();
            tags.dedup();
            tags
        };
        Self { of_notes: notes.iter().map(of_note).collect(), names: named.iter().map(|(name, _)| *name).collect() }
    }
}

/// Writes notes, front matter, sections and tags, and the index of titles.
pub(super) fn write(writer: &mut Writer, kept: &mut Kept<'_>, pool: &Pool, notes: &[NoteRow], tags: &Tags) {
    let mut names = |column, text: fn(&NoteRow) -> Text| {
        writer.put(column, &notes.iter().map(|note| kept.keep(text(note))).collect::<Vec<_>>());
    };
    names(Column::NotePath, |note| note.path);
    names(Column::NoteTitle, |note| note.title);
    names(Column::NoteFormat, |note| note.format);
    writer.put(Column::NoteWords, &notes.iter().map(|note| note.words).collect::<Vec<_>>());
    writer.put(Column::NoteAliasOffsets, &owned(notes, |note| note.aliases.len()));
    let aliases = notes.iter().flat_map(|note| &note.aliases);
    writer.put(Column::NoteAlias, &aliases.map(|alias| kept.keep(*alias)).collect::<Vec<_>>());
    write_fields(writer, kept, notes);
    write_written(writer, kept, notes, [Column::NoteTagOffsets, Column::NoteTag], |note| &note.tags);
    write_written(writer, kept, notes, [Column::NoteLinkOffsets, Column::NoteLink], |note| &note.links);
    write_sections(writer, kept, notes);
    writer.put(Column::TagName, &tags.names.iter().map(|name| kept.keep(*name)).collect::<Vec<_>>());
    write_titles(writer, pool, notes);
}

fn write_fields(writer: &mut Writer, kept: &mut Kept<'_>, notes: &[NoteRow]) {
    let fields: Vec<&(Text, Vec<Text>)> = notes.iter().flat_map(|note| &note.fields).collect();
    writer.put(Column::FieldOffsets, &owned(notes, |note| note.fields.len()));
    writer.put(Column::FieldKey, &fields.iter().map(|(key, _)| kept.keep(*key)).collect::<Vec<_>>());
    writer.put(Column::FieldValueOffsets, &owned(&fields, |(_, values)| values.len()));
    let values = fields.iter().flat_map(|(_, values)| values);
    writer.put(Column::FieldValue, &values.map(|value| kept.keep(*value)).collect::<Vec<_>>());
}

/// Writes what notes write many of, as they write it.
fn write_written(
    writer: &mut Writer,
    kept: &mut Kept<'_>,
    notes: &[NoteRow],
    [starts, texts]: [Column; 2],
    of: fn(&NoteRow) -> &Vec<Text>,
) {
    writer.put(starts, &owned(notes, |note| of(note).len()));
    writer.put(texts, &notes.iter().flat_map(of).map(|text| kept.keep(*text)).collect::<Vec<_>>());
}

fn write_sections(writer: &mut Writer, kept: &mut Kept<'_>, notes: &[NoteRow]) {
    let sections: Vec<(Text, u8, u32)> = notes.iter().flat_map(|note| note.sections.iter().copied()).collect();
    writer.put(Column::SectionOffsets, &owned(notes, |note| note.sections.len()));
    writer.put(Column::SectionTitle, &sections.iter().map(|section| kept.keep(section.0)).collect::<Vec<_>>());
    writer.put(Column::SectionLevel, &sections.iter().map(|section| section.1).collect::<Vec<_>>());
    writer.put(Column::SectionLine, &sections.iter().map(|section| section.2).collect::<Vec<_>>());
}

fn write_titles(writer: &mut Writer, pool: &Pool, notes: &[NoteRow]) {
    let sections = notes.iter().flat_map(|note| note.sections.iter().map(|section| section.0));
    let titles: Vec<Text> = notes.iter().map(|note| note.title).chain(sections).collect();
    let mut order: Vec<u32> = (0..number(titles.len())).collect();
    order.sort_by(|left, right| pool.compare(titles[*left as usize], titles[*right as usize]));
    writer.put(Column::TitleOrder, &order);
}

/// Offsets of what each of `owners` has `count` of.
fn owned<T>(owners: &[T], count: impl Fn(&T) -> usize) -> Vec<u32> {
    let rows = (0u32..).zip(owners).flat_map(|(row, owner)| std::iter::repeat_n(row, count(owner)));
    offsets(owners.len(), rows)
}
