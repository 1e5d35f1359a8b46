//! Prepares the data that is compiled into `extract`: the table of known words, and the list of vocabulary files.
//!
//! In: `src/extract/words/*.txt` and `src/extract/vocabulary/*.toml`. Out, in `OUT_DIR`: `words.txt`, `words.table`
//! and `words.holes`, and `vocabulary_files.rs`, a constant of pairs of a field's name and its text. The variable `QUIPU_EXTRACTION` is a
//! number for all code and data that turn notes into claims: an index made by other code is known by it.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/text/hash.rs"]
mod word_hash;

const WORDS: &str = "src/extract/words";
const VOCABULARY: &str = "src/extract/vocabulary";

/// What a note's claims depend on, beside the note and the user's file.
const EXTRACTION: [&str; 8] = [
    "src/text.rs",
    "src/config.rs",
    "src/limits/notes.rs",
    "src/read",
    "src/extract",
    "src/store/record.rs",
    "src/store/packed.rs",
    "Cargo.lock",
];

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed={VOCABULARY}");
    let (text, table) = words(Path::new(WORDS))?;
    fs::write(out.join("words.txt"), text)?;
    fs::write(out.join("words.table"), table)?;
    fs::write(out.join("words.holes"), holes(&Path::new(WORDS).join("words.txt"))?)?;
    fs::write(out.join("vocabulary_files.rs"), vocabulary_files(Path::new(VOCABULARY))?)?;
    println!("cargo::rustc-env=QUIPU_EXTRACTION={:016x}", extraction()?);
    // A program at a fixed address has nothing to relocate, which was half of what `quipu --version` took. Its own code is
    // then always in the same place; libraries, stack and heap are not.
    if env::var("CARGO_CFG_TARGET_OS")? == "linux" && env::var("CARGO_CFG_TARGET_ENV")? == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    Ok(())
}

/// The FNV-1a hash of all files in [`EXTRACTION`], in the order of their paths.
fn extraction() -> Result<u64, std::io::Error> {
    let mut files = Vec::new();
    for source in EXTRACTION {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        for byte in fs::read(file)? {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

/// Adds the files at and below `path`; none where there is nothing, as in a package without its lock file.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), std::io::Error> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}

/// The lists of words, whose places are bits of a slot.
const LISTS: [&str; 5] = ["words", "boundaries", "class-nouns", "generic", "sentence-words"];

/// All words, each behind a line end, and a hash table of where each begins: slots of four bytes, half of them empty, with the
/// word's lists in the five highest bits and the highest seven of its hash below them. See `src/extract/english.rs`, which reads it.
fn words(folder: &Path) -> Result<(String, Vec<u8>), Box<dyn Error>> {
    let mut lists: BTreeMap<String, u32> = BTreeMap::new();
    for (bit, list) in LISTS.iter().enumerate() {
        for word in fs::read_to_string(folder.join(list).with_extension("txt"))?.lines() {
            *lists.entry(word.to_owned()).or_default() |= 1 << bit;
        }
    }
    let mut text = String::from("\n");
    let mut slots = vec![0_u32; (lists.len() * 2).next_power_of_two()];
    for (word, bits) in &lists {
        let mut slot = word_hash::slot(word.as_bytes(), slots.len());
        while slots[slot] != 0 {
            slot = (slot + 1) & (slots.len() - 1);
        }
        let start = u32::try_from(text.len())?;
        if start >> 20 != 0 {
            return Err("the lists of words are longer than a slot can tell".into());
        }
        slots[slot] = start | word_hash::of(word.as_bytes()) >> 25 << 20 | bits << 27;
        text.push_str(word);
        text.push('\n');
    }
    Ok((text, slots.iter().flat_map(|slot| slot.to_le_bytes()).collect()))
}

/// How many bits tell which words there are but for one letter, a power of two: some seven for each.
const HOLES: usize = 1 << 22;

/// A set of bits, one for each word of a list with `?` in the place of each of its letters. See `src/extract/english.rs`, which reads it.
fn holes(list: &Path) -> Result<Vec<u8>, std::io::Error> {
    let mut set = vec![0; HOLES / 8];
    for word in fs::read_to_string(list)?.lines() {
        for at in 0..word.len() {
            let mut holed = word.as_bytes().to_vec();
            holed[at] = b'?';
            let (byte, bit) = word_hash::bit(word_hash::of(&holed), HOLES);
            set[byte] |= bit;
        }
    }
    Ok(set)
}

/// Rust text of `VOCABULARY_FILES`, in the order of the files' names.
fn vocabulary_files(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let mut rust = String::from("const VOCABULARY_FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let field = file.file_stem().ok_or("a vocabulary file has a name")?.to_string_lossy();
        writeln!(rust, "    ({field:?}, include_str!({:?})),", fs::canonicalize(file)?)?;
    }
    rust.push_str("];\n");
    Ok(rust)
}
