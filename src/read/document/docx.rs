//! Word: paragraphs by their styles, lists by their numbering, tables, links, marks and footnotes.

use std::collections::HashMap;

use super::archive::Archive;
use super::html::Html;
use super::xml::{Attributes, Piece, pieces, relations};
use crate::limits::DOCUMENT_SIZE;
use crate::read::markup::{attribute, escape};

/// What a style or a paragraph is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Role {
    #[default]
    Text,
    Title,
    Heading(usize),
    Quote,
    Code,
}

/// A Word document as a page of HTML.
pub(super) fn read(bytes: &[u8]) -> Result<String, String> {
    let mut archive = Archive::open(bytes)?;
    let body = archive.get("word/document.xml")?;
    let styles = archive.find("word/styles.xml")?.map_or_else(|| Ok(HashMap::new()), |xml| styles(&xml))?;
    let numbered = archive.find("word/numbering.xml")?.map_or_else(|| Ok(HashMap::new()), |xml| numbered(&xml))?;
    let notes = archive.find("word/footnotes.xml")?;
    let mut writer = Writer { styles, numbered, ..Writer::default() };
    for (xml, links) in [(Some(body), "document"), (notes, "footnotes")] {
        let Some(xml) = xml else { continue };
        let links = archive.find(&format!("word/_rels/{links}.xml.rels"))?;
        writer.links = links.map_or_else(|| Ok(HashMap::new()), |xml| relations(&xml))?;
        pieces(&xml, |piece| writer.piece(piece))?;
        writer.end_paragraph();
    }
    Ok(writer.html.finish())
}

/// What the styles of a document are, by their ids.
fn styles(xml: &[u8]) -> Result<HashMap<String, Role>, String> {
    let mut styles = HashMap::new();
    let mut id = String::new();
    pieces(xml, |piece| {
        let Piece::Start(name, attributes) = piece else { return Ok(()) };
        let value = attributes.get("val").unwrap_or("");
        match name.as_str() {
            "style" => attributes.get("styleId").unwrap_or("").clone_into(&mut id),
            "name" => drop(styles.insert(id.clone(), role(value))),
            "outlineLvl" if styles.get(&id) == Some(&Role::Text) => {
                let level = value.parse::<usize>().unwrap_or(9);
                if level < 6 {
                    styles.insert(id.clone(), Role::Heading(level + 1));
                }
            }
            _ => {}
        }
        Ok(())
    })?;
    Ok(styles)
}

/// What a style is by its name.
fn role(name: &str) -> Role {
    let name = name.to_lowercase();
    let heading = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
    match heading {
        Some(level) => Role::Heading(level),
        None if name == "title" => Role::Title,
        None if ["quote", "intense quote", "block text", "quotations"].contains(&name.as_str()) => Role::Quote,
        None if ["code", "preformatted", "verbatim", "listing"].iter().any(|word| name.contains(word)) => Role::Code,
        None => Role::Text,
    }
}

/// For each numbering and level, whether its items have numbers.
fn numbered(xml: &[u8]) -> Result<HashMap<(String, usize), bool>, String> {
    let mut kinds: HashMap<(String, usize), bool> = HashMap::new();
    let mut numbers: Vec<(String, String)> = Vec::new();
    let (mut kind, mut level, mut number) = (String::new(), 0, String::new());
    pieces(xml, |piece| {
        let Piece::Start(name, attributes) = piece else { return Ok(()) };
        let value = attributes.get("val").unwrap_or("");
        match name.as_str() {
            "abstractNum" => attributes.get("abstractNumId").unwrap_or("").clone_into(&mut kind),
            "lvl" => level = attributes.get("ilvl").and_then(|level| level.parse().ok()).unwrap_or(0),
            "numFmt" => drop(kinds.insert((kind.clone(), level), !matches!(value, "bullet" | "none"))),
            "num" => attributes.get("numId").unwrap_or("").clone_into(&mut number),
            "abstractNumId" => numbers.push((number.clone(), value.to_owned())),
            _ => {}
        }
        Ok(())
    })?;
    let levels = |kind: &str| {
        (0..9).map(|level| kinds.get(&(kind.to_owned(), level)).copied().unwrap_or(false)).collect::<Vec<_>>()
    };
    let all = numbers.into_iter().take(10_000).flat_map(|(number, kind)| {
        levels(&kind).into_iter().enumerate().map(move |(level, is)| ((number.clone(), level), is))
    });
    Ok(all.collect())
}

/// How a run of words is marked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Marks {
    strong: bool,
    emphasis: bool,
    struck: bool,
    code: bool,
}

#[derive(Default)]
struct Writer {
    styles: HashMap<String, Role>,
    numbered: HashMap<(String, usize), bool>,
    links: HashMap<String, String>,
    html: Html,
    /// The paragraph under way.
    words: String,
    role: Role,
    number: Option<String>,
    level: usize,
    run: Marks,
    in_run: bool,
    /// Inside words that are shown.
    in_text: bool,
    /// Elements inside one that is passed over.
    hidden: usize,
    /// The tables that are open: rows so far.
    tables: Vec<usize>,
    header: bool,
    titled: bool,
}

impl Writer {
    fn piece(&mut self, piece: Piece) -> Result<(), String> {
        if (self.html.len() + self.words.len()) as u64 > DOCUMENT_SIZE {
            return Err("it has more words than are read of one file".to_owned());
        }
        match piece {
            Piece::Start(..) if self.hidden > 0 => self.hidden += 1,
            Piece::End(_) if self.hidden > 0 => self.hidden -= 1,
            Piece::Start(name, attributes) => self.start(&name, &attributes),
            Piece::End(name) => self.end(&name),
            Piece::Words(words) if self.in_text && self.hidden == 0 => self.words.push_str(&escape(&words)),
            Piece::Words(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        let value = attributes.get("val").unwrap_or("");
        let is_on = !matches!(value, "0" | "false" | "off" | "none");
        match name {
            "del" | "moveFrom" | "Fallback" | "instrText" | "rPrChange" | "pPrChange" => self.hidden = 1,
            "p" if self.tables.is_empty() => self.end_paragraph(),
            "p" => {
                (self.role, self.number, self.level) = (Role::Text, None, 0);
                self.gap();
            }
            "pStyle" => self.role = self.styles.get(value).copied().unwrap_or_default(),
            "numId" => self.number = (value != "0").then(|| value.to_owned()),
            "ilvl" => self.level = value.parse().unwrap_or(0),
            "r" => {
                self.run = Marks::default();
                self.in_run = true;
            }
            "b" if self.in_run => self.run.strong = is_on,
            "i" if self.in_run => self.run.emphasis = is_on,
            "strike" | "dstrike" if self.in_run => self.run.struck = is_on,
            "rStyle" => {
                let name = value.to_lowercase();
                self.run.code = ["code", "verbatim", "sourcetext"].iter().any(|word| name.contains(word));
            }
            "t" => {
                self.in_text = true;
                self.words.push_str(&self.run.open());
            }
            "tab" if self.in_run => self.gap(),
            "br" | "cr" if self.role == Role::Code => self.words.push_str("<br>"),
            "br" | "cr" => self.words.push_str(if self.tables.is_empty() { "<br>" } else { " " }),
            "noBreakHyphen" => self.words.push('-'),
            "hyperlink" => {
                let target = attributes.get("id").and_then(|id| self.links.get(id));
                let target = target.map(|target| attribute(target)).unwrap_or_default();
                self.words.push_str(&format!("<a href=\"{target}\">"));
            }
            "tbl" => self.table(),
            "tr" => {
                if let Some(rows) = self.tables.last_mut() {
                    *rows += 1;
                }
                self.header = false;
            }
            "tblHeader" => self.header = is_on,
            "cnfStyle" if self.tables.last() == Some(&1) => {
                self.header |= attributes.get("firstRow") == Some("1") || value.starts_with('1');
            }
            "tc" if self.tables.len() == 1 => self.words.push_str(if self.header { "<th>" } else { "<td>" }),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => {
                self.in_text = false;
                self.words.push_str(&self.run.close());
            }
            "r" => self.in_run = false,
            "hyperlink" => self.words.push_str("</a>"),
            "p" if self.tables.is_empty() => self.end_paragraph(),
            "tr" if self.tables.len() == 1 => {
                let row = format!("<tr>{}", std::mem::take(&mut self.words));
                let before = if self.tables[0] == 1 { "<table>" } else { "" };
                self.html.line(&format!("{before}{row}"));
            }
            "tbl" => {
                self.tables.pop();
                if self.tables.is_empty() {
                    self.html.line("</table>");
                }
            }
            _ => {}
        }
    }

    fn table(&mut self) {
        if self.tables.is_empty() {
            self.end_paragraph();
        }
        self.tables.push(0);
    }

    /// A blank between words.
    fn gap(&mut self) {
        if !self.words.is_empty() && !self.words.ends_with([' ', '>']) {
            self.words.push(' ');
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        let (role, number) = (std::mem::take(&mut self.role), self.number.take());
        let level = std::mem::take(&mut self.level).min(8);
        if words.trim().is_empty() {
            return;
        }
        match (role, number) {
            (Role::Title, _) => {
                self.titled = true;
                self.html.line(&format!("<h1>{words}</h1>"));
            }
            (Role::Heading(rank), _) => {
                let rank = (rank + usize::from(self.titled)).clamp(1, 6);
                self.html.line(&format!("<h{rank}>{words}</h{rank}>"));
            }
            (_, Some(number)) => {
                let ordered = self.numbered.get(&(number, level)).copied().unwrap_or(false);
                self.html.item(level, ordered, &words);
            }
            (Role::Quote, None) => self.html.line(&format!("<blockquote><p>{words}</blockquote>")),
            (Role::Code, None) => self.html.lines(&code(&words)),
            (Role::Text, None) => self.html.line(&format!("<p>{words}")),
        }
    }
}

/// The words of a paragraph of code, each line on its own.
fn code(words: &str) -> String {
    let plain = words.replace("<br>", "\n");
    let mut text = String::with_capacity(plain.len());
    let mut in_tag = false;
    for c in plain.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => in_tag = false,
            c if !in_tag => text.push(c),
            _ => {}
        }
    }
    format!("<pre>{text}</pre>")
}

impl Marks {
    const fn tags(self) -> [(bool, &'static str); 4] {
        [(self.strong, "b"), (self.emphasis, "i"), (self.struck, "s"), (self.code, "code")]
    }

    fn open(self) -> String {
        self.tags().iter().filter(|(on, _)| *on).map(|(_, tag)| format!("<{tag}>")).collect()
    }

    fn close(self) -> String {
        self.tags().iter().rev().filter(|(on, _)| *on).map(|(_, tag)| format!("</{tag}>")).collect()
    }
}
