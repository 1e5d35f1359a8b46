//! The full-text index as of one commit: searches, and what the store keeps with each note.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, Index, ReloadPolicy, SegmentReader, Term};

use super::compile::query;
use super::disk::Disk;
use super::request::{Clause, Row, parse};
use super::schema::Fields;
use super::snippet::Finder;
use super::statistics::Statistics;
use super::stored::{Stored, StoredRecord};
use super::writer;
use super::{Hit, Hits, SearchError};
use crate::error::survive;
use crate::limits::Limits;
use crate::text::Name;

/// An opened index. Cheap to clone; it keeps its commit whatever a writer does.
#[derive(Clone)]
pub struct Searcher {
    searcher: tantivy::Searcher,
    index: Index,
    fields: Fields,
    payload: Arc<str>,
    bytes: Arc<OnceLock<u64>>,
}

/// Where a note is in one commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteAddress(DocAddress);

/// A note of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNote {
    /// Its name.
    pub path: Name,
    /// The hash of its content.
    pub hash: [u8; 16],
    /// The stamp of its file.
    pub stamp: u64,
    /// Where it is.
    pub address: NoteAddress,
}

/// A note by its score, its path and where it is.
type Ranked = (f32, Name, DocAddress);

impl Searcher {
    /// Opens the last commit of the index in `folder`; nothing where there was never one.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the folder holds no index, or a damaged one.
    pub fn open(folder: &Path) -> Result<Option<Self>, SearchError> {
        guarded(|| {
            let (index, fields) = writer::open(folder, &Disk::default(), false)?;
            loop {
                let before = index.load_metas()?;
                let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
                let after = index.load_metas()?;
                if before.opstamp != after.opstamp || before.payload != after.payload {
                    continue;
                }
                let Some(payload) = after.payload else { return Ok(None) };
                let bytes = Arc::default();
                return Ok(Some(Self { searcher: reader.searcher(), index, fields, payload: payload.into(), bytes }));
            }
        })
    }

    /// The text that the commit was made with.
    #[must_use]
    pub fn payload(&self) -> &str {
        &self.payload
    }

    /// How many notes there are.
    #[must_use]
    pub fn count(&self) -> usize {
        usize::try_from(self.searcher.num_docs()).unwrap_or(usize::MAX)
    }

    /// Finds the `limit` best notes for a search as people type it.
    ///
    /// Words beside each other must all occur; when they do in no note, notes with some of them are
    /// shown and the answer says so.
    ///
    /// # Errors
    ///
    /// [`SearchError::Syntax`] and [`SearchError::Limit`] for the text, [`SearchError::Index`] for the index.
    pub fn search(&self, text: &str, limit: usize) -> Result<Hits, SearchError> {
        self.search_within(text, limit, &Limits::default())
    }

    /// As [`search`](Self::search), with other limits on the text.
    ///
    /// # Errors
    ///
    /// As [`search`](Self::search).
    pub fn search_within(&self, text: &str, limit: usize, limits: &Limits) -> Result<Hits, SearchError> {
        let request = parse(text, limits)?;
        guarded(|| {
            let hits = self.hits(&request.clause, limit)?;
            match request.clause {
                Clause::All(clauses) if hits.total == 0 && request.may_relax => {
                    let hits = self.hits(&Clause::Any(clauses), limit)?;
                    Ok(Hits { relaxed: hits.total > 0, ..hits })
                }
                _ => Ok(hits),
            }
        })
    }

    fn hits(&self, clause: &Clause, limit: usize) -> Result<Hits, SearchError> {
        let (ranked, total) = self.ranked(&*query(clause, &self.fields), limit)?;
        let mut rows = Vec::new();
        positive_rows(clause, &mut rows);
        let finder = Finder::new(&rows);
        let hits = ranked.into_iter().map(|(score, path, address)| self.hit(score, path, address, &finder));
        Ok(Hits { hits: hits.collect::<Result<_, _>>()?, total, relaxed: false })
    }

    /// The best notes by score, then by path, and how many fit.
    fn ranked(&self, query: &dyn Query, limit: usize) -> Result<(Vec<Ranked>, usize), SearchError> {
        let statistics = Statistics { searcher: &self.searcher, fields: self.fields, bytes: &self.bytes };
        let mut wanted = limit.saturating_add(16);
        loop {
            let wanted_now = wanted.clamp(1, self.count().max(1));
            let collector = (TopDocs::with_limit(wanted_now).order_by_score(), Count);
            let (top, total) = self.searcher.search_with_statistics_provider(query, &collector, &statistics)?;
            let is_cut_in_ties = match (limit.checked_sub(1).and_then(|last| top.get(last)), top.last()) {
                (Some(last), Some((lowest, _))) => last.0 <= *lowest && top.len() < total,
                _ => false,
            };
            if is_cut_in_ties {
                wanted = wanted.saturating_mul(4);
                continue;
            }
            let named = top.into_iter().map(|(score, address)| Ok((score, self.path(address)?, address)));
            let mut ranked = named.collect::<Result<Vec<_>, SearchError>>()?;
            ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            ranked.truncate(limit);
            return Ok((ranked, total));
        }
    }

    fn hit(&self, score: f32, path: Name, address: DocAddress, finder: &Finder<'_>) -> Result<Hit, SearchError> {
        let Stored { title, body } = self.searcher.doc(address)?;
        let place = finder.best_place(&body);
        Ok(Hit { path, title, line: place.line, score, snippet: place.snippet, highlights: place.highlights })
    }

    fn path(&self, address: DocAddress) -> Result<Name, SearchError> {
        let segment = self.searcher.segment_reader(address.segment_ord);
        let mut path = String::new();
        if let Some(paths) = segment.fast_fields().str("path")?
            && let Some(ordinal) = paths.term_ords(address.doc_id).next()
        {
            paths.ord_to_str(ordinal, &mut path)?;
        }
        Ok(path.into())
    }

    /// All notes, in path order.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the index is damaged.
    pub fn notes(&self) -> Result<Vec<StoredNote>, SearchError> {
        guarded(|| {
            let mut notes = Vec::with_capacity(self.count());
            for (ordinal, segment) in (0_u32..).zip(self.searcher.segment_readers()) {
                let columns = segment.fast_fields();
                let paths = Paths::of(segment)?;
                let (high, low, stamp) = (columns.u64("hash_high")?, columns.u64("hash_low")?, columns.u64("stamp")?);
                for note in segment.doc_ids_alive() {
                    let half = |column: Option<u64>| u128::from(column.unwrap_or(0));
                    let hash = (half(high.first(note)) << 64 | half(low.first(note))).to_be_bytes();
                    let path = paths.get(note).unwrap_or_default();
                    let address = NoteAddress(DocAddress::new(ordinal, note));
                    notes.push(StoredNote { path, hash, stamp: stamp.first(note).unwrap_or(0), address });
                }
            }
            notes.sort_by(|a, b| a.path.cmp(&b.path));
            Ok(notes)
        })
    }

    /// What the store keeps of a note.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the index is damaged.
    pub fn record(&self, note: NoteAddress) -> Result<Vec<u8>, SearchError> {
        guarded(|| {
            let StoredRecord(record) = self.searcher.doc(note.0)?;
            Ok(record)
        })
    }

    /// The text of the note of that name.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the index is damaged.
    pub fn body(&self, path: &str) -> Result<Option<String>, SearchError> {
        guarded(|| {
            let term = Term::from_field_text(self.fields.path, path);
            let query = TermQuery::new(term, IndexRecordOption::Basic);
            let found = self.searcher.search(&query, &TopDocs::with_limit(1).order_by_score())?;
            let Some((_, address)) = found.first() else { return Ok(None) };
            let Stored { body, .. } = self.searcher.doc(*address)?;
            Ok(Some(body))
        })
    }

    /// The notes whose surface keys hold all of `keys`; every note when there are none.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the index is damaged.
    pub fn holding(&self, keys: &[u64]) -> Result<Vec<NoteAddress>, SearchError> {
        guarded(|| {
            let term = |key: &u64| -> Box<dyn Query> {
                let term = Term::from_field_u64(self.fields.surface, *key);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            };
            let query: Box<dyn Query> = if keys.is_empty() {
                Box::new(tantivy::query::AllQuery)
            } else {
                Box::new(BooleanQuery::intersection(keys.iter().map(term).collect()))
            };
            let found = self.searcher.search(&*query, &tantivy::collector::DocSetCollector)?;
            let mut notes: Vec<NoteAddress> = found.into_iter().map(NoteAddress).collect();
            notes.sort();
            Ok(notes)
        })
    }

    /// The files of the index whose checksum is wrong, in order.
    ///
    /// # Errors
    ///
    /// [`SearchError::Index`] when the index cannot be read at all.
    pub fn damaged_files(&self) -> Result<Vec<String>, SearchError> {
        guarded(|| {
            let damaged = self.index.validate_checksum()?;
            let mut names: Vec<String> = damaged.into_iter().map(|path| path.display().to_string()).collect();
            names.sort();
            Ok(names)
        })
    }
}

/// The paths of all notes of a segment, read in one go.
struct Paths {
    sorted: Vec<Name>,
    column: Option<tantivy::columnar::StrColumn>,
}

impl Paths {
    fn of(segment: &SegmentReader) -> Result<Self, SearchError> {
        let column = segment.fast_fields().str("path")?;
        let mut sorted = Vec::new();
        if let Some(column) = &column {
            let mut stream = column.dictionary().stream()?;
            while stream.advance() {
                sorted.push(String::from_utf8_lossy(stream.key()).into());
            }
        }
        Ok(Self { sorted, column })
    }

    fn get(&self, note: DocId) -> Option<Name> {
        let ordinal = self.column.as_ref()?.term_ords(note).next()?;
        self.sorted.get(usize::try_from(ordinal).ok()?).cloned()
    }
}

/// The rows a note may show, in order.
fn positive_rows<'a>(clause: &'a Clause, rows: &mut Vec<&'a Row>) {
    match clause {
        Clause::Row(row) => rows.push(row),
        Clause::All(clauses) | Clause::Any(clauses) => clauses.iter().for_each(|clause| positive_rows(clause, rows)),
        Clause::Not(_) => {}
    }
}

/// Runs `read`, and turns a panic over damaged files into an error.
fn guarded<T>(read: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    survive(read)
        .unwrap_or_else(|| Err(SearchError::Index { message: "a file holds what cannot be".to_owned(), damaged: true }))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::super::{Document, Writer};
    use super::*;

    /// Words are told apart by their length here.
    fn key(word: &str) -> u64 {
        word.len() as u64
    }

    fn add(writer: &Writer, path: &str, title: &str, body: &str) {
        let surface: Vec<u64> = body.split_whitespace().map(key).collect();
        let hash = blake3::hash(body.as_bytes()).as_bytes()[..16].try_into().unwrap();
        let (headings, tags) = ([title], ["big data"]);
        writer
            .replace(&Document {
                path,
                title,
                headings: &headings,
                tags: &tags,
                body,
                hash,
                stamp: 7,
                surface: &surface,
                record: path.as_bytes(),
            })
            .unwrap();
    }

    fn index(notes: &[(&str, &str, &str)]) -> (TempDir, Searcher) {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::open(folder.path(), 2, 0).unwrap();
        for (path, title, body) in notes {
            add(&writer, path, title, body);
        }
        writer.commit("p").unwrap();
        let searcher = Searcher::open(folder.path()).unwrap().unwrap();
        (folder, searcher)
    }

    /// Paths of the hits in order, with their lines.
    fn found(searcher: &Searcher, search: &str) -> String {
        let hits = searcher.search(search, 10).unwrap();
        assert!(hits.total >= hits.hits.len());
        let shown: Vec<String> = hits.hits.iter().map(|hit| format!("{}:{}", hit.path, hit.line)).collect();
        format!("{}{}", if hits.relaxed { "some: " } else { "" }, shown.join(" "))
    }

    const NOTES: &[(&str, &str, &str)] = &[
        ("aws/s3.md", "S3", "S3 keeps objects.\nServed by node.js and C++.\nsnake_case"),
        ("kafka.txt", "Kafka", "notes\nApache Kafka moves data\nto a data lake in S3"),
        ("hive.txt", "Hive", "Hive reads a lake of data. JS at node two.\nCaf\u{e9} 数据仓库"),
        ("misc.txt", "Misc", "kafka once, among a great many other words that make this note long and so less near"),
    ];

    #[test]
    fn words_phrases_and_operators_find_their_notes() {
        let (_folder, searcher) = index(NOTES);
        assert_eq!(found(&searcher, "kafka"), "kafka.txt:2 misc.txt:1");
        assert_eq!(found(&searcher, "kafka S3"), "kafka.txt:2");
        assert_eq!(found(&searcher, "\"data lake\""), "kafka.txt:3");
        assert_eq!(found(&searcher, "node.js"), "aws/s3.md:2");
        assert_eq!(found(&searcher, "C++"), "aws/s3.md:2");
        assert_eq!(found(&searcher, "snake_case"), "aws/s3.md:3");
        assert_eq!(found(&searcher, "case"), "aws/s3.md:3");
        assert_eq!(found(&searcher, "kafka -apache"), "misc.txt:1");
        assert_eq!(found(&searcher, "-kafka"), "aws/s3.md:1 hive.txt:1");
        assert_eq!(found(&searcher, "kafka -\"data lake\""), "misc.txt:1");
        assert_eq!(found(&searcher, "kafka -\"lake data\""), "kafka.txt:2 misc.txt:1");
        assert_eq!(found(&searcher, "-\"lake data\" S3"), "aws/s3.md:1 kafka.txt:3");
        assert_eq!(found(&searcher, "hive OR (kafka AND NOT apache)"), "hive.txt:1 misc.txt:1");
        assert_eq!(found(&searcher, "cafe\u{301}"), "hive.txt:2");
        assert_eq!(found(&searcher, "仓库"), "hive.txt:2");
        assert_eq!(found(&searcher, "库仓"), "");
    }

    #[test]
    fn prefixes_fields_and_near_words_find_their_notes() {
        let (_folder, searcher) = index(NOTES);
        assert_eq!(found(&searcher, "apac*"), "kafka.txt:2");
        assert_eq!(found(&searcher, "\"data la\"*"), "kafka.txt:3");
        assert_eq!(found(&searcher, "snake_ca*"), "aws/s3.md:3");
        assert_eq!(found(&searcher, "hvie~"), "hive.txt:1");
        assert_eq!(found(&searcher, "title:kafka"), "kafka.txt:2");
        assert_eq!(found(&searcher, "heading:hive"), "hive.txt:1");
        assert_eq!(found(&searcher, "path:aws"), "aws/s3.md:1");
        assert_eq!(found(&searcher, "tag:\"big data\" cafe"), "hive.txt:2");
    }

    #[test]
    fn notes_with_some_of_the_words_are_shown_when_none_has_all() {
        let (_folder, searcher) = index(NOTES);
        assert_eq!(found(&searcher, "apache zebra"), "some: kafka.txt:2");
        assert_eq!(found(&searcher, "apache AND zebra"), "");
        assert_eq!(found(&searcher, "zebra unicorn"), "");
    }

    #[test]
    fn equal_scores_come_in_path_order_however_many_there_are() {
        let paths: Vec<String> = (0..60).map(|number| format!("n{:02}.txt", (number * 37) % 60)).collect();
        let notes: Vec<_> = paths.iter().map(|path| (path.as_str(), "t", "same words")).collect();
        let (_folder, searcher) = index(&notes);
        let hits = searcher.search("same", 3).unwrap();
        let first: Vec<&str> = hits.hits.iter().map(|hit| &*hit.path).collect();
        assert_eq!((first, hits.total), (vec!["n00.txt", "n01.txt", "n02.txt"], 60));
    }

    #[test]
    fn scores_do_not_depend_on_the_history_of_updates() {
        let (_folder, clean) = index(NOTES);
        let (folder, _) = index(&[("gone.txt", "Kafka", "kafka kafka"), ("kafka.txt", "Old", "kafka old"), NOTES[0]]);
        let writer = Writer::open(folder.path(), 1, 0).unwrap();
        writer.delete("gone.txt");
        for (path, title, body) in &NOTES[1..] {
            add(&writer, path, title, body);
        }
        writer.commit("q").unwrap();
        let updated = Searcher::open(folder.path()).unwrap().unwrap();
        assert_eq!(updated.payload(), "q");
        for search in ["kafka", "data lake", "s3 OR hive", "kaf*"] {
            assert_eq!(clean.search(search, 10).unwrap(), updated.search(search, 10).unwrap());
        }
    }

    #[test]
    fn the_store_finds_its_records_hashes_and_surface_words() {
        let (_folder, searcher) = index(NOTES);
        let notes = searcher.notes().unwrap();
        let paths: Vec<&str> = notes.iter().map(|note| &*note.path).collect();
        assert_eq!(paths, ["aws/s3.md", "hive.txt", "kafka.txt", "misc.txt"]);
        for note in &notes {
            assert_eq!(searcher.record(note.address).unwrap(), note.path.as_bytes());
            let body = searcher.body(&note.path).unwrap().unwrap();
            assert_eq!(note.hash, blake3::hash(body.as_bytes()).as_bytes()[..16]);
        }
        let holding = |keys: &[u64]| {
            let found = searcher.holding(keys).unwrap();
            notes.iter().filter(|note| found.contains(&note.address)).map(|note| &*note.path).collect::<Vec<_>>()
        };
        assert_eq!(holding(&[key("snake_case"), key("node.js")]), ["aws/s3.md"]);
        assert_eq!(holding(&[key("snake_case"), key("a")]), [""; 0]);
        assert_eq!(holding(&[99]), [""; 0]);
        assert_eq!(holding(&[]).len(), 4);
        assert_eq!(searcher.body("absent").unwrap(), None);
        assert_eq!(searcher.damaged_files().unwrap(), [""; 0]);
    }

    #[test]
    fn a_second_writer_is_told_that_the_first_is_busy() {
        let folder = tempfile::tempdir().unwrap();
        let first = Writer::open(folder.path(), 1, 0).unwrap();
        assert!(matches!(Writer::open(folder.path(), 1, 0), Err(SearchError::Busy)));
        drop(first);
        Writer::open(folder.path(), 1, 0).unwrap();
    }

    #[test]
    fn damage_is_an_error_and_no_panic() {
        let (folder, _) = index(NOTES);
        std::fs::write(folder.path().join("meta.json"), "{").unwrap();
        assert!(matches!(Searcher::open(folder.path()), Err(SearchError::Index { damaged: true, .. })));
        let (folder, _) = index(NOTES);
        // Of each thread that had a note to write, which may be one.
        let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut stores: Vec<_> =
            files.filter(|path| path.extension().is_some_and(|ending| ending == "store")).collect();
        stores.sort();
        for file in &stores {
            let mut bytes = std::fs::read(file).unwrap();
            let middle = bytes.len() / 3;
            bytes[..middle].fill(0xff);
            std::fs::write(file, bytes).unwrap();
        }
        let searcher = Searcher::open(folder.path()).unwrap().unwrap();
        let names = stores.iter().map(|file| file.file_name().unwrap().to_str().unwrap());
        assert_eq!(searcher.damaged_files().unwrap(), names.collect::<Vec<_>>());
        assert!(!stores.is_empty());
        for note in searcher.notes().unwrap() {
            assert!(matches!(searcher.record(note.address), Err(SearchError::Index { .. })));
        }
    }
}
