//! PowerPoint: the slides in their order, each a page; titles, lists and tables. Masters, layouts, dates and numbers are no words.

use std::collections::HashMap;

use super::archive::Archive;
use super::html::Html;
use super::xml::{Attributes, Piece, pieces, relations, resolve};
use crate::limits::DOCUMENT_PAGES;
use crate::read::markup::{attribute, escape};

/// A presentation as a page of HTML.
pub(super) fn read(bytes: &[u8]) -> Result<String, String> {
    let mut archive = Archive::open(bytes)?;
    let main = "ppt/presentation.xml";
    let targets = relations(&archive.get("ppt/_rels/presentation.xml.rels")?)?;
    let mut slides = Vec::new();
    pieces(&archive.get(main)?, |piece| {
        if let Piece::Start(name, attributes) = piece
            && name == "sldId"
        {
            // `id` and `r:id` have the same name without prefix: the relation comes last.
            slides.extend(attributes.get("id").and_then(|id| targets.get(id)).map(|target| resolve(main, target)));
        }
        Ok(())
    })?;
    if slides.len() > DOCUMENT_PAGES {
        return Err(format!("it has {} slides, more than the limit of {DOCUMENT_PAGES}", slides.len()));
    }
    let mut html = Html::default();
    for (number, path) in slides.iter().enumerate() {
        html.page(number + 1);
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let links = archive.find(&format!("{folder}/_rels/{name}.rels"))?;
        let links = links.map_or_else(|| Ok(HashMap::new()), |xml| relations(&xml))?;
        let Some(xml) = archive.find(path)? else { continue };
        let mut slide = Slide::new(&mut html, links);
        pieces(&xml, |piece| {
            slide.piece(piece);
            Ok(())
        })?;
    }
    Ok(html.finish())
}

/// What a shape holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Box,
    Title,
    Body,
    /// Date, footer, number of the slide.
    Margin,
}

/// One slide while its pieces come in.
struct Slide<'a> {
    html: &'a mut Html,
    links: HashMap<String, String>,
    shape: Shape,
    /// The words of the paragraph or the row under way.
    words: String,
    level: usize,
    /// Whether the paragraph has a bullet (false) or a number (true).
    bullet: Option<bool>,
    /// The paragraph is told to have no bullet.
    bare: bool,
    in_text: bool,
    linked: bool,
    in_table: bool,
    rows: usize,
    header: bool,
}

impl<'a> Slide<'a> {
    fn new(html: &'a mut Html, links: HashMap<String, String>) -> Self {
        Self {
            html,
            links,
            shape: Shape::Box,
            words: String::new(),
            level: 0,
            bullet: None,
            bare: false,
            in_text: false,
            linked: false,
            in_table: false,
            rows: 0,
            header: false,
        }
    }

    fn piece(&mut self, piece: Piece) {
        match piece {
            Piece::Start(name, attributes) => self.start(&name, &attributes),
            Piece::End(name) => self.end(&name),
            Piece::Words(words) if self.in_text => self.words.push_str(&escape(&words)),
            Piece::Words(_) => {}
        }
    }

    fn start(&mut self, name: &str, attributes: &Attributes) {
        match name {
            "sp" | "graphicFrame" => self.shape = Shape::Box,
            "ph" => {
                self.shape = match attributes.get("type").unwrap_or("body") {
                    "title" | "ctrTitle" => Shape::Title,
                    "dt" | "ftr" | "sldNum" | "hdr" => Shape::Margin,
                    _ => Shape::Body,
                }
            }
            "tbl" => (self.in_table, self.rows, self.header) = (true, 0, false),
            "tblPr" => self.header = attributes.get("firstRow") == Some("1"),
            "tr" => self.rows += 1,
            "tc" => self.words.push_str(if self.header && self.rows == 1 { "<th>" } else { "<td>" }),
            "p" => (self.level, self.bullet, self.bare) = (0, None, false),
            "pPr" => {
                self.level = attributes.get("lvl").and_then(|level| level.parse().ok()).unwrap_or(0);
                self.bare |= attributes.get("indent") == Some("0") && attributes.get("marL") == Some("0");
            }
            "buNone" => self.bare = true,
            "buChar" => self.bullet = Some(false),
            "buAutoNum" => self.bullet = Some(true),
            "t" => self.in_text = true,
            "br" => self.words.push(' '),
            "hlinkClick" if !self.linked => {
                let target = attributes.get("id").and_then(|id| self.links.get(id));
                if let Some(target) = target {
                    self.words.push_str(&format!("<a href=\"{}\">", attribute(target)));
                    self.linked = true;
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "r" if std::mem::take(&mut self.linked) => self.words.push_str("</a>"),
            "p" if self.in_table => self.words.push(' '),
            "p" => self.end_paragraph(),
            "tr" => {
                let row = format!("<tr>{}", std::mem::take(&mut self.words));
                let before = if self.rows == 1 { "<table>" } else { "" };
                self.html.line(&format!("{before}{row}"));
            }
            "tbl" => {
                self.in_table = false;
                self.html.line("</table>");
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() || self.shape == Shape::Margin {
            return;
        }
        let bullet = match (self.shape, self.bullet) {
            (_, Some(bullet)) => Some(bullet),
            (Shape::Body, None) if !self.bare => Some(false),
            _ => None,
        };
        match (self.shape, bullet) {
            (Shape::Title, _) => self.html.line(&format!("<h2>{words}</h2>")),
            (_, Some(ordered)) => self.html.item(self.level, ordered, &words),
            (_, None) => self.html.line(&format!("<p>{words}")),
        }
    }
}
