//! A note with what is read in it: each concept and relation at its words, with the rule behind it and the
//! line of `quipu.toml` that would change it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::{Session, SessionError};
use crate::config::edit::Decision;
use crate::extract::{Claims, ConceptEntry, Extractor, Lexicon, RelationClaim, name_key};
use crate::limits::NOTE_SIZE;
use crate::read::{Note, read};
use crate::render::cited::{AnnotatedLine, Annotation, Mark, NotedConcept, NotedRelation, WrittenName};
use crate::store::Documents;
use crate::text::{LineNumber, Name, fold};

impl Session {
    /// Reads the note at `path` as it is now, with the names that the index knows; `documents` makes text of a document.
    ///
    /// # Errors
    ///
    /// When it is no note, or the index has no lexicon.
    pub fn annotate(&self, path: &Path, documents: &Documents) -> Result<Annotation, SessionError> {
        let shown = path.to_string_lossy().into_owned();
        let indexed = self.index.name_of(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let name = indexed.clone().unwrap_or_else(|| shown.clone());
        let bytes = note_bytes(path).and_then(|bytes| documents.text(&name, bytes, NOTE_SIZE));
        let bytes = bytes.map_err(|why| SessionError::NoNote { path: shown.clone(), why })?;
        let (note, _) = read(&name, &bytes);
        let lexicon = self.index.lexicon()?;
        let extractor = Extractor::new(&self.index.decisions()?);
        let claims = lexicon.linker().link(&note, &extractor.discover(&note));
        let indexed = indexed.is_some_and(|name| self.graph().note(&name).is_some());
        Ok(Annotation { path: shown, indexed, lines: lines(&note, &claims), concepts: concepts(&lexicon, &claims) })
    }
}

/// The bytes of a note, or why there are none.
fn note_bytes(path: &Path) -> Result<Vec<u8>, String> {
    let found = fs::metadata(path).map_err(|error| error.to_string())?;
    if !found.is_file() {
        return Err("it is no regular file".to_owned());
    }
    if found.len() > NOTE_SIZE {
        return Err(format!("it has {} bytes, more than the limit of {NOTE_SIZE}", found.len()));
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn lines(note: &Note, claims: &Claims) -> Vec<AnnotatedLine> {
    let mut marks: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
    let mut relations: BTreeMap<usize, Vec<NotedRelation>> = BTreeMap::new();
    let text = |line: LineNumber| note.lines.span(&note.text, line).of(&note.text).trim_end_matches(['\r', '\n']);
    for mention in &claims.mentions {
        let (line, column) = (mention.position.line, mention.position.column as usize);
        let words = text(line);
        let start = words.char_indices().nth(column.saturating_sub(1)).map_or(words.len(), |(at, _)| at);
        // Markup inside a name is not in its words.
        let written = words[start..].starts_with(&*mention.text);
        let end = if written { start + mention.text.len() } else { start };
        let mark = Mark { start, end, concept: mention.concept.to_string() };
        marks.entry(line.get() as usize).or_default().push(mark);
    }
    for relation in &claims.relations {
        relations.entry(relation.position.line.get() as usize).or_default().push(noted(relation));
    }
    let count = note.text.lines().count();
    (1..=count)
        .map(|number| {
            let line = LineNumber::from_index(number - 1);
            let mut marks = marks.remove(&number).unwrap_or_default();
            marks.sort_by_key(|mark| (mark.start, mark.end));
            marks.dedup();
            let relations = relations.remove(&number).unwrap_or_default();
            AnnotatedLine { number: line.get(), text: text(line).to_owned(), marks, relations }
        })
        // What lies between the pages is no part of the file.
        .filter(|line| !note.format.is_paged() || !line.text.is_empty())
        .collect()
}

fn noted(claim: &RelationClaim) -> NotedRelation {
    NotedRelation {
        subject: claim.subject.to_string(),
        relation_type: claim.predicate.name().to_owned(),
        symmetric: claim.predicate.is_symmetric(),
        object: claim.object.to_string(),
        confidence: claim.confidence,
        rule: claim.rule.to_string(),
        column: claim.position.column,
        quote: claim.quote.clone(),
        change: change(claim),
    }
}

/// What would change a relation: its end is kept apart from a name that is not its own, else the object is none.
fn change(claim: &RelationClaim) -> String {
    for (written, concept) in [(&claim.subject_text, &claim.subject), (&claim.object_text, &claim.object)] {
        if !written.is_empty() && name_key(written) != name_key(concept) {
            return Decision::NotSame(concept.to_string(), written.to_string()).line();
        }
    }
    Decision::Ignore(claim.object.to_string()).line()
}

fn concepts(lexicon: &Lexicon, claims: &Claims) -> Vec<NotedConcept> {
    let mut written: BTreeMap<&Name, BTreeSet<&Name>> = BTreeMap::new();
    for mention in &claims.mentions {
        written.entry(&mention.concept).or_default().insert(&mention.text);
    }
    for relation in &claims.relations {
        written.entry(&relation.subject).or_default();
        written.entry(&relation.object).or_default();
    }
    let entries: BTreeMap<&Name, &ConceptEntry> = lexicon.concepts().iter().map(|entry| (&entry.name, entry)).collect();
    let known = written.into_iter().filter_map(|(name, forms)| Some((*entries.get(name)?, forms)));
    known.map(|(entry, forms)| concept(entry, &forms)).collect()
}

fn concept(entry: &ConceptEntry, forms: &BTreeSet<&Name>) -> NotedConcept {
    let other = |form: &&&Name| name_key(form) != name_key(&entry.name);
    let written = forms.iter().filter(other).map(|form| {
        let alias = entry.aliases.iter().find(|alias| fold(&alias.name) == fold(form));
        let rule = alias.map_or_else(|| "plural-or-hyphen".to_owned(), |alias| alias.rule.to_string());
        let change = Decision::NotSame(entry.name.to_string(), form.to_string()).line();
        WrittenName { text: form.to_string(), rule, change }
    });
    NotedConcept {
        name: entry.name.to_string(),
        kind: entry.kind.name().to_owned(),
        reason: entry.reason.clone(),
        written: written.collect(),
        change: Decision::Ignore(entry.name.to_string()).line(),
    }
}
