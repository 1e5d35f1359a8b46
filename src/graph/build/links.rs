//! Which note a link means, as Obsidian settles it.
//!
//! Names are compared folded and with or without their ending. A target with folders is tried beside
//! the linking note, then from the root, then as the end of a path. A bare name means the note of that
//! file name: in the same folder, else the one with the fewest folders, else the first by path; failing
//! that, a note with that title or alias.

use rustc_hash::FxHashMap;

use super::notes::NoteRow;
use super::number;
use super::pool::Pool;
use crate::text::fold;

/// For each note, the notes it links to, sorted, itself left out.
pub(super) fn resolve(pool: &Pool, notes: &[NoteRow]) -> Vec<Vec<u32>> {
    let index = Index::new(pool, notes);
    let links_of = |(from, note): (usize, &NoteRow)| {
        let mut targets: Vec<u32> =
            note.links.iter().filter_map(|link| index.find(number(from), pool.get(*link))).collect();
        targets.retain(|target| *target as usize != from);
        targets.sort_unstable();
        targets.dedup();
        targets
    };
    notes.iter().enumerate().map(links_of).collect()
}

/// Notes by the names that links use, all folded.
struct Index {
    paths: Vec<String>,
    files: FxHashMap<String, Vec<u32>>,
    titles: FxHashMap<String, u32>,
}

impl Index {
    fn new(pool: &Pool, notes: &[NoteRow]) -> Self {
        let mut index = Self { paths: Vec::new(), files: FxHashMap::default(), titles: FxHashMap::default() };
        for (row, note) in (0u32..).zip(notes) {
            let path = fold(pool.get(note.path));
            let file = file_name(&path).to_owned();
            if stem(&file) != file {
                index.files.entry(stem(&file).to_owned()).or_default().push(row);
            }
            index.files.entry(file).or_default().push(row);
            for name in note.aliases.iter().chain([&note.title]) {
                index.titles.entry(fold(pool.get(*name))).or_insert(row);
            }
            index.paths.push(path);
        }
        index
    }

    fn find(&self, from: u32, target: &str) -> Option<u32> {
        let target = fold(&target.replace('\\', "/"));
        let from_folder = folder(&self.paths[from as usize]);
        let beside = join(from_folder, &target);
        let wanted = target.trim_start_matches('/');
        let wanted = if wanted.starts_with('.') { beside.clone()? } else { wanted.to_owned() };
        let candidates = self.files.get(file_name(&wanted)).map_or(&[][..], Vec::as_slice);
        let is = |row: u32, path: &str| self.paths[row as usize] == path || stem(&self.paths[row as usize]) == path;
        let exact = |path: &str| candidates.iter().copied().find(|row| is(*row, path));
        let nearest = || {
            let ends = |row: &u32| ends_with(&self.paths[*row as usize], &wanted);
            candidates.iter().copied().filter(ends).min_by_key(|row| {
                let path = &self.paths[*row as usize];
                (folder(path) != from_folder, path.matches('/').count(), *row)
            })
        };
        let found = beside.as_deref().and_then(exact).or_else(|| exact(&wanted)).or_else(nearest);
        found.or_else(|| self.titles.get(&wanted).copied())
    }
}

/// Whether the last components of `path`, its ending or not, are `wanted`.
fn ends_with(path: &str, wanted: &str) -> bool {
    [path, stem(path)]
        .iter()
        .any(|path| path.strip_suffix(wanted).is_some_and(|before| before.is_empty() || before.ends_with('/')))
}

/// `target` seen from `folder`, `.` and `..` followed; `None` where it leaves the root.
fn join(folder: &str, target: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, file)| file)
}

/// The path without the ending of its file name.
fn stem(path: &str) -> &str {
    match path.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains('/') && !stem.is_empty() && !stem.ends_with('/') => stem,
        _ => path,
    }
}
