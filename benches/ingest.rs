//! Ingesting a folder of notes beside tantivy alone on the same files, in one run: rate, processor time, memory; reading and
//! extraction by themselves; then updates, searches, and readers during an ingest.
//!
//! `cargo bench --bench ingest -- NOTES`. Without a folder that of `QUIPU_BENCH_NOTES` is taken, or `corpus/`. The notes
//! are copied first, and only the copy is changed. Processor time is that of the child processes, from `/proc` (so: on
//! Linux), user and system, all threads. Nothing is asserted: times on a busy machine are no test.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use quipu::config::Overrides;
use quipu::extract::{Extractor, SeenBlocks, Sum};
use quipu::read::read;
use quipu::store::Index;
use tantivy::schema::{STORED, STRING, Schema, TEXT};

/// That of the program, so that tantivy alone has it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Threads and memory of tantivy alone.
const THREADS: usize = 2;
const HEAP: usize = 200_000_000;
/// Readers during an ingest.
const READERS: usize = 64;
/// Searches of each kind.
const SEARCHES: usize = 12;

/// What a child process took.
struct Taken {
    wall: f64,
    processor: f64,
    peak: f64,
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["tantivy-alone", notes, index] => return tantivy_alone(Path::new(notes), Path::new(index)),
        ["extraction-alone", notes] => return extraction_alone(Path::new(notes)),
        _ => {}
    }
    let named = arguments.first().cloned().or_else(|| std::env::var("QUIPU_BENCH_NOTES").ok());
    let place = tempfile::tempdir()?;
    let notes = place.path().join("notes");
    let (files, bytes) = copy(Path::new(named.as_deref().unwrap_or("corpus")), &notes)?;
    let megabytes = bytes as f64 / 1e6;
    println!("{files} files, {megabytes:.1} MB");
    println!("{:<34} {:>9} {:>9} {:>10} {:>9}", "", "wall s", "CPU s", "MB/CPU s", "peak MB");

    let alone = place.path().join("alone");
    let mut command = Command::new(std::env::current_exe()?);
    let floor = taken(command.arg("tantivy-alone").args([&notes, &alone]))?;
    row("tantivy alone", &floor, megabytes);
    let mut command = Command::new(std::env::current_exe()?);
    let extraction = taken(command.arg("extraction-alone").arg(&notes))?;
    row("reading and extraction alone", &extraction, megabytes);
    println!("  processor time over tantivy alone {:.2}", extraction.processor / floor.processor);
    let index = place.path().join("index");
    let ingest = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(["ingest", "--quiet", "--index"]).args([&index, &notes]);
        command
    };
    let first = taken(&mut ingest())?;
    row("quipu ingest", &first, megabytes);
    println!(
        "  rate over tantivy alone {:.2}, wall {:.1} times",
        floor.processor / first.processor,
        first.wall / floor.wall
    );
    std::thread::sleep(Duration::from_millis(100));
    row("again, nothing changed", &taken(&mut ingest())?, megabytes);
    if let Some(note) = notes_in(&notes)?.into_iter().find(|path| path.extension().is_some_and(|end| end == "md")) {
        fs::write(&note, format!("{}\nAnd one line more.\n", fs::read_to_string(&note)?))?;
        row("again, one note changed", &taken(&mut ingest())?, megabytes);
    }
    searches(&Index::open(&index)?, &notes)?;
    readers(&index, &notes, ingest)
}

fn row(what: &str, taken: &Taken, megabytes: f64) {
    let Taken { wall, processor, peak } = taken;
    println!("{what:<34} {wall:>9.2} {processor:>9.2} {:>10.1} {peak:>9.0}", megabytes / processor);
}

/// Runs a child process to its end.
fn taken(command: &mut Command) -> Outcome<Taken> {
    let before = children_processor_time();
    let start = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
    let mut peak = 0.0_f64;
    let status = loop {
        let told = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
        peak = peak.max(kilobytes.unwrap_or(0.0) * 1024.0 / 1e6);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    if !status.success() {
        return Err(format!("{command:?} ended with {status}").into());
    }
    Ok(Taken { wall: start.elapsed().as_secs_f64(), processor: children_processor_time() - before, peak })
}

/// The seconds that children which have ended took, in hundredths.
fn children_processor_time() -> f64 {
    let told = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = told.rsplit_once(')').map_or("", |(_, rest)| rest);
    rest.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Copies a folder; how many files, of how many bytes.
fn copy(from: &Path, to: &Path) -> Outcome<(usize, u64)> {
    fs::create_dir_all(to)?;
    let (mut files, mut bytes) = (0, 0);
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (kind, to) = (entry.file_type()?, to.join(entry.file_name()));
        if kind.is_dir() {
            let (more, longer) = copy(&entry.path(), &to)?;
            (files, bytes) = (files + more, bytes + longer);
        } else if kind.is_file() {
            (files, bytes) = (files + 1, bytes + fs::copy(entry.path(), to)?);
        }
    }
    Ok((files, bytes))
}

fn notes_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            found.extend(notes_in(&entry.path())?);
        } else {
            found.push(entry.path());
        }
    }
    found.sort();
    Ok(found)
}

/// As a first ingest does; see `src/cli/ingest.rs`.
fn take_small_pages() {
    #[cfg(target_os = "linux")]
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Path, first line and text of every file, as tantivy indexes them by itself: the floor of any ingest.
fn tantivy_alone(notes: &Path, index: &Path) -> Outcome<()> {
    take_small_pages();
    let mut schema = Schema::builder();
    let path = schema.add_text_field("path", STRING | STORED);
    let (title, body) = (schema.add_text_field("title", TEXT | STORED), schema.add_text_field("body", TEXT | STORED));
    fs::create_dir_all(index)?;
    let index = tantivy::Index::create_in_dir(index, schema.build())?;
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(THREADS, HEAP)?;
    for file in notes_in(notes)? {
        let text = String::from_utf8_lossy(&fs::read(&file)?).into_owned();
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("").to_owned();
        writer
            .add_document(tantivy::doc!(path => file.to_string_lossy().into_owned(), title => first, body => text))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

/// What an ingest does of notes before it writes anything, on one thread: each is read and asked what it introduces, the names
/// are settled, and each is asked what it says. Copies are read once, as an ingest does.
fn extraction_alone(notes: &Path) -> Outcome<()> {
    take_small_pages();
    let (extractor, seen) = (Extractor::new(&Overrides::default()), SeenBlocks::default());
    let mut files = notes_in(notes)?;
    files.sort_by(|a, b| a.file_name().cmp(&b.file_name()));
    let mut places: HashMap<(blake3::Hash, OsString), usize> = HashMap::new();
    let mut found = Vec::new();
    for file in files {
        let (bytes, name) = (fs::read(&file)?, file.file_name().unwrap_or_default());
        let place = *places.entry((blake3::hash(&bytes), name.to_owned())).or_insert(found.len());
        if place == found.len() {
            let (note, _) = read(&name.to_string_lossy(), &bytes);
            let discovery = extractor.discover_among(&note, &seen);
            found.push((note, discovery, 0));
        }
        found[place].2 += 1;
    }
    drop(seen);
    let mut sum = Sum::default();
    found.iter().for_each(|(_, discovery, copies)| sum.add_copies(discovery, *copies));
    let linker = extractor.settle(sum).linker();
    for (note, discovery, _) in &found {
        std::hint::black_box(linker.link(note, discovery));
    }
    Ok(())
}

/// Searches of four kinds with words drawn from the notes, in this process.
fn searches(index: &Index, notes: &Path) -> Outcome<()> {
    let words = words(notes)?;
    let pair = |at: usize| (&words[at % words.len()], &words[(at * 7 + 3) % words.len()]);
    let kinds: [(&str, &dyn Fn(usize) -> String); 4] = [
        ("term", &|at| pair(at).0.clone()),
        ("and", &|at| format!("{} AND {}", pair(at).0, pair(at).1)),
        ("phrase", &|at| format!("\"{} {}\"", pair(at).0, pair(at).1)),
        ("prefix", &|at| format!("{}*", pair(at).0.chars().take(4).collect::<String>())),
    ];
    println!("{:<34} {:>9} {:>9}", "searches in process", "p50 ms", "p95 ms");
    for (kind, search) in kinds {
        let mut spent = Vec::new();
        for round in 0..4 {
            for at in 0..SEARCHES {
                let start = Instant::now();
                index.search(&search(at), 10)?;
                if round > 0 {
                    spent.push(start.elapsed());
                }
            }
        }
        let (middle, high) = quantiles(&mut spent);
        println!("{kind:<34} {middle:>9.3} {high:>9.3}");
    }
    Ok(())
}

/// Words that stand in many files but not in all, in the order of the alphabet.
fn words(notes: &Path) -> Outcome<Vec<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for file in notes_in(notes)?.into_iter().step_by(37).take(200) {
        let text = String::from_utf8_lossy(&fs::read(file)?).to_lowercase();
        let found = text.split(|letter: char| !letter.is_ascii_alphabetic()).filter(|word| word.len() > 4);
        found.for_each(|word| *counts.entry(word.to_owned()).or_default() += 1);
    }
    let mut words: Vec<(usize, String)> = counts.into_iter().map(|(word, count)| (count, word)).collect();
    words.sort_by(|a, b| b.cmp(a));
    words.truncate(400);
    let words: Vec<String> = words.into_iter().step_by(9).map(|(_, word)| word).collect();
    if words.is_empty() { Err("the notes hold no words".into()) } else { Ok(words) }
}

/// What the graph and the full text of an index each say of the line that is added to notes.
fn state(index: &Index) -> Outcome<(u64, usize)> {
    let graph = index.graph();
    let ends = graph.concept("Kafka").zip(graph.concept("HDFS")).zip(graph.type_id("FEEDS"));
    let relation =
        ends.and_then(|((kafka, hdfs), feeds)| graph.outgoing(kafka, Some(feeds)).find(|(_, end)| *end == hdfs));
    let told = relation.map_or(0, |(id, _)| graph.support(id));
    Ok((told, index.search("\"Kafka feeds HDFS here too\"", 1)?.total))
}

/// Readers that open, read and search all the time, first alone, then while notes are ingested. Graph and full text of
/// each opening must be of one commit: with the added lines in both, or in neither.
fn readers(index: &Path, notes: &Path, ingest: impl Fn() -> Command) -> Outcome<()> {
    let word = words(notes)?.swap_remove(0);
    let done = AtomicBool::new(false);
    let states: Mutex<BTreeSet<(u64, usize)>> = Mutex::default();
    let read = || -> Vec<Duration> {
        let mut spent = Vec::new();
        while !done.load(Ordering::Relaxed) {
            let start = Instant::now();
            let opened = Index::open(index).expect("readers never fail");
            assert!(opened.notices().is_empty() && opened.search(&word, 10).expect("readers never fail").total > 0);
            spent.push(start.elapsed());
            let state = state(&opened).expect("readers never fail");
            states.lock().expect("readers never fail").insert(state);
            std::thread::sleep(Duration::from_millis(50));
        }
        spent
    };
    for during in [false, true] {
        done.store(false, Ordering::Relaxed);
        let spent = std::thread::scope(|scope| -> Outcome<Vec<Duration>> {
            let readers: Vec<_> = (0..READERS).map(|_| scope.spawn(read)).collect();
            if during {
                for note in notes_in(notes)?.into_iter().step_by(50) {
                    let text = fs::read(&note)?;
                    fs::write(&note, [text.as_slice(), b"\nKafka feeds HDFS here too.\n"].concat())?;
                }
                ingest().stdout(Stdio::null()).status()?;
            } else {
                std::thread::sleep(Duration::from_secs(3));
            }
            done.store(true, Ordering::Relaxed);
            Ok(readers.into_iter().flat_map(|reader| reader.join().expect("readers never fail")).collect())
        });
        let mut spent = spent?;
        let count = spent.len();
        let (middle, high) = quantiles(&mut spent);
        let what = if during { "64 readers during an ingest" } else { "64 readers, quiet" };
        println!("{what:<34} {middle:>9.3} {high:>9.3}   {count} reads, no error");
    }
    let states = states.into_inner()?;
    println!("{:<34} {states:?}", "states seen, by graph and by text");
    if states.len() > 2 { Err("graph and full text of two commits were mixed".into()) } else { Ok(()) }
}

/// The median and the 95th percentile, in milliseconds.
fn quantiles(spent: &mut [Duration]) -> (f64, f64) {
    spent.sort();
    let at = |part: usize| spent.get(spent.len() * part / 100).map_or(0.0, |time| time.as_secs_f64() * 1e3);
    (at(50), at(95))
}
