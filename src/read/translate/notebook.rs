//! Jupyter notebooks: the words and the code of the cells; what programs printed is left out.
//!
//! A notebook as programs save it has a line of JSON for each line of a cell, and there the words stay.
//! One that was saved on a single line gives its words on lines of their own.

use serde::Deserialize;

use crate::read::Warning;

#[derive(Deserialize)]
struct Notebook {
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    #[serde(default)]
    cell_type: String,
    #[serde(default)]
    source: Source,
}

/// The words of a cell, in one text or line by line.
#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Whole(String),
    Lines(Vec<String>),
}

impl Default for Source {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

impl Source {
    fn lines(self) -> Vec<String> {
        let text = match self {
            Self::Whole(text) => text,
            Self::Lines(lines) => lines.concat(),
        };
        text.lines().map(str::to_owned).collect()
    }
}

/// A notebook as Markdown, and what was wrong with it.
pub(in crate::read) fn notebook(text: &str) -> (String, Option<Warning>) {
    match serde_json::from_str::<Notebook>(text) {
        Ok(notebook) => (placed(text, notebook), None),
        Err(error) => (String::new(), Some(Warning { line: None, message: format!("no notebook: {error}") })),
    }
}

fn placed(text: &str, notebook: Notebook) -> String {
    let file: Vec<Option<String>> = text.lines().map(json_text).collect();
    let mut lines: Vec<String> = vec![String::new(); file.len()];
    let mut at = 0;
    // Once a cell is not where it should be, the file is not written line by line: looking on would cost too much.
    let mut by_lines = true;
    for cell in notebook.cells {
        let is_code = cell.cell_type == "code";
        let source = cell.source.lines();
        let start = if by_lines { places(&file, at, &source) } else { None };
        by_lines &= start.is_some() || source.is_empty();
        match start {
            Some(start) => {
                at = start + source.len();
                if is_code && start > 0 && at < lines.len() && lines[start - 1].is_empty() {
                    lines[start - 1] = "```".to_owned();
                    lines[at] = "```".to_owned();
                }
                lines[start..at].clone_from_slice(&source);
            }
            None if source.is_empty() => {}
            None => append(&mut lines, source, is_code),
        }
    }
    lines.join("\n") + "\n"
}

/// Where the lines of a cell stand one below the other in the file, from line `from` on.
fn places(file: &[Option<String>], from: usize, source: &[String]) -> Option<usize> {
    let first = source.first()?;
    let is_there = |start: &usize| {
        let found = file.get(*start..*start + source.len());
        found.is_some_and(|found| found.iter().zip(source).all(|(one, line)| one.as_deref() == Some(line)))
    };
    let starts = (from..file.len()).filter(|at| file[*at].as_deref() == Some(first));
    starts.take(TRIES).find(is_there)
}

/// Lines like the first of a cell that are looked at.
const TRIES: usize = 100;

/// Words that have no line of their own in the file stand behind all others.
fn append(lines: &mut Vec<String>, source: Vec<String>, is_code: bool) {
    let fence = is_code.then(|| "```".to_owned());
    lines.push(String::new());
    lines.extend(fence.clone());
    lines.extend(source);
    lines.extend(fence);
}

/// The words of a line that holds nothing but a text of JSON, without its line end.
fn json_text(line: &str) -> Option<String> {
    let line = line.trim();
    let line = line.strip_suffix(',').unwrap_or(line);
    let text: String = line.starts_with('"').then(|| serde_json::from_str(line).ok()).flatten()?;
    Some(text.strip_suffix('\n').map_or(text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_on_their_lines_and_outputs_are_left_out() {
        let text = r##"{
 "cells": [
  {
   "cell_type": "markdown",
   "source": [
    "# Log platform\n",
    "\n",
    "Flume feeds \"HDFS\"."
   ]
  },
  {
   "cell_type": "code",
   "outputs": [{"text": ["Kafka feeds Hive\n"]}],
   "source": [
    "run()"
   ]
  }
 ]
}
"##;
        let (markdown, warning) = notebook(text);
        assert!(warning.is_none());
        let lines: Vec<(usize, &str)> = markdown
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.is_empty())
            .map(|(at, line)| (at + 1, line))
            .collect();
        let expected = [(6, "# Log platform"), (8, "Flume feeds \"HDFS\"."), (14, "```"), (15, "run()"), (16, "```")];
        assert_eq!(lines, expected);
    }

    #[test]
    fn a_notebook_on_one_line_gives_its_words_too() {
        let (markdown, _) = notebook(r##"{"cells":[{"cell_type":"markdown","source":"# A\nb"},{"cell_type":"raw"}]}"##);
        assert_eq!(markdown, "\n\n# A\nb\n");
        assert!(notebook("{\"cells\": [").1.is_some());
        assert!(notebook(&"[".repeat(100_000)).1.is_some());
    }

    proptest! {
        #[test]
        fn any_cells_keep_their_words(cells in prop::collection::vec(prop::collection::vec("[a-z\" ]{1,6}", 1..4), 0..5)) {
            let cell = |lines: &Vec<String>| serde_json::json!({"cell_type": "markdown", "source": lines.join("\n")});
            let document = serde_json::json!({"cells": cells.iter().map(cell).collect::<Vec<_>>()});
            let pretty = serde_json::to_string_pretty(&document).unwrap();
            let (markdown, _) = notebook(&pretty);
            for line in cells.iter().flatten() {
                prop_assert!(markdown.lines().any(|read| read == line));
            }
        }
    }
}
