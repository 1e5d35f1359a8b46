//! Reads the part of Gherkin that the openCypher compatibility kit is written in.

/// One scenario, with the placeholders of an outline filled in.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    /// `path::name`, with `#row` for a row of an outline.
    pub(crate) id: String,
    /// Words that begin with `@`.
    pub(crate) tags: Vec<String>,
    /// What is done, in order.
    pub(crate) steps: Vec<Step>,
}

/// One step with what hangs on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Step {
    /// Its words, without `Given` and its like.
    pub(crate) text: String,
    /// A text between lines of three quotes.
    pub(crate) document: Option<String>,
    /// Rows of cells.
    pub(crate) table: Vec<Vec<String>>,
}

/// What is being read.
#[derive(Default)]
struct Reader {
    path: String,
    background: Vec<Step>,
    scenarios: Vec<Scenario>,
    tags: Vec<String>,
    block: Option<Block>,
    in_background: bool,
}

#[derive(Default)]
struct Block {
    name: String,
    outline: bool,
    tags: Vec<String>,
    steps: Vec<Step>,
    examples: Vec<Examples>,
    /// Row numbers that a comment gives for the next table.
    rows: Option<Vec<usize>>,
}

#[derive(Default)]
struct Examples {
    rows: Option<Vec<usize>>,
    table: Vec<Vec<String>>,
}

/// The scenarios of a feature file, in order.
pub(crate) fn read(path: &str, text: &str) -> Vec<Scenario> {
    let mut reader = Reader { path: path.to_owned(), ..Reader::default() };
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let trimmed = line.trim();
        if trimmed.starts_with("\"\"\"") {
            let indent = line.len() - line.trim_start().len();
            let body = lines.by_ref().take_while(|line| line.trim() != "\"\"\"");
            let body: Vec<&str> = body.map(|line| unindented(line, indent)).collect();
            if let Some(step) = reader.last_step() {
                step.document = Some(body.join("\n"));
            }
        } else {
            reader.line(trimmed);
        }
    }
    reader.finish();
    reader.scenarios
}

fn unindented(line: &str, indent: usize) -> &str {
    let blank = line.len() - line.trim_start().len();
    &line[blank.min(indent)..]
}

impl Reader {
    fn line(&mut self, line: &str) {
        if let Some(rows) = line.strip_prefix("# tck-original-rows:") {
            let rows = rows.split_whitespace().filter_map(|row| row.parse().ok()).collect();
            self.block.iter_mut().for_each(|block| block.rows = Some(Vec::clone(&rows)));
        } else if line.starts_with('@') {
            self.finish();
            self.tags.extend(line.split_whitespace().map(str::to_owned));
        } else if line.starts_with('|') {
            self.row(cells(line));
        } else if let Some(name) = line.strip_prefix("Scenario Outline:") {
            self.open(name, true);
        } else if let Some(name) = line.strip_prefix("Scenario:") {
            self.open(name, false);
        } else if line.starts_with("Background:") {
            self.in_background = true;
        } else if line.starts_with("Examples:") {
            if let Some(block) = &mut self.block {
                let rows = block.rows.take();
                block.examples.push(Examples { rows, table: Vec::new() });
            }
        } else if let Some(text) = step_text(line) {
            let step = Step { text: text.to_owned(), ..Step::default() };
            if self.in_background {
                self.background.push(step);
            } else if let Some(block) = &mut self.block {
                block.steps.push(step);
            }
        }
    }

    fn open(&mut self, name: &str, outline: bool) {
        self.finish();
        self.in_background = false;
        let (name, tags) = (name.trim().to_owned(), std::mem::take(&mut self.tags));
        self.block = Some(Block { name, outline, tags, ..Block::default() });
    }

    fn last_step(&mut self) -> Option<&mut Step> {
        if self.in_background {
            return self.background.last_mut();
        }
        self.block.as_mut()?.steps.last_mut()
    }

    fn row(&mut self, row: Vec<String>) {
        if let Some(examples) = self.block.as_mut().and_then(|block| block.examples.last_mut()) {
            examples.table.push(row);
        } else if let Some(step) = self.last_step() {
            step.table.push(row);
        }
    }

    fn finish(&mut self) {
        let Some(block) = self.block.take() else { return };
        let id = format!("{}::{}", self.path, block.name);
        let steps: Vec<Step> = self.background.iter().chain(&block.steps).cloned().collect();
        if !block.outline {
            self.scenarios.push(Scenario { id, tags: block.tags, steps });
            return;
        }
        let mut count = 0;
        for examples in &block.examples {
            let Some((head, body)) = examples.table.split_first() else { continue };
            for (at, row) in body.iter().enumerate() {
                let number = examples.rows.as_ref().and_then(|rows| rows.get(at).copied()).unwrap_or(count);
                count += 1;
                let steps = steps.iter().map(|step| filled_step(step, head, row)).collect();
                self.scenarios.push(Scenario { id: format!("{id}#{number}"), tags: block.tags.clone(), steps });
            }
        }
    }
}

fn step_text(line: &str) -> Option<&str> {
    ["Given ", "When ", "Then ", "And ", "But "].iter().find_map(|word| line.strip_prefix(word)).map(str::trim)
}

/// The cells of a table row.
fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').unwrap_or(line);
    let (mut cells, mut cell, mut letters) = (Vec::new(), String::new(), inner.chars());
    while let Some(letter) = letters.next() {
        match letter {
            '|' => cells.push(std::mem::take(&mut cell).trim().to_owned()),
            '\\' => match letters.next() {
                Some('n') => cell.push('\n'),
                Some(escaped @ ('|' | '\\')) => cell.push(escaped),
                Some(other) => cell.extend(['\\', other]),
                None => cell.push('\\'),
            },
            other => cell.push(other),
        }
    }
    cells
}

fn filled_step(step: &Step, head: &[String], row: &[String]) -> Step {
    Step {
        text: filled(&step.text, head, row),
        document: step.document.as_ref().map(|text| filled(text, head, row)),
        table: step.table.iter().map(|cells| cells.iter().map(|cell| filled(cell, head, row)).collect()).collect(),
    }
}

/// `<name>` replaced by the row's cell, in one pass.
fn filled(text: &str, head: &[String], row: &[String]) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let inner = &rest[open + 1..];
        let place = head.iter().position(|name| inner.strip_prefix(name).is_some_and(|tail| tail.starts_with('>')));
        match place {
            Some(place) => {
                out.push_str(&row[place]);
                rest = &inner[head[place].len() + 1..];
            }
            None => {
                out.push('<');
                rest = inner;
            }
        }
    }
    out + rest
}
