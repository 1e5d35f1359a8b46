//! The drawing of a page → runs of words with their places.

use std::collections::HashMap;

use lopdf::content::Content;
use lopdf::{Document, Object, ObjectId};

use super::font::{Font, number};

/// Words at a place of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextSpan {
    pub(super) words: String,
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where they end.
    pub(super) end: f64,
    /// The size of the letters.
    pub(super) size: f64,
}

/// `a b c d e f` of the specification.
type Matrix = [f64; 6];

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn product(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// How deep states of drawing may be kept.
const STATES: usize = 256;

struct State<'a> {
    fonts: &'a HashMap<Vec<u8>, Font<'a>>,
    page: Matrix,
    kept: Vec<Matrix>,
    text: Matrix,
    line: Matrix,
    font: Option<&'a Font<'a>>,
    size: f64,
    leading: f64,
    letter: f64,
    blank: f64,
    scale: f64,
    spans: Vec<TextSpan>,
}

/// The runs of words of a page, and how many bytes its drawing has; damaged parts give none.
pub(super) fn spans(document: &Document, page: ObjectId, limit: usize) -> (Vec<TextSpan>, usize) {
    let fonts = document.get_page_fonts(page).unwrap_or_default();
    let fonts = fonts.into_iter().map(|(name, font)| (name, Font::new(document, font, limit))).collect();
    let Ok(drawing) = document.get_page_content_with_limit(page, limit) else { return (Vec::new(), limit + 1) };
    let Ok(content) = Content::decode(&drawing) else { return (Vec::new(), drawing.len()) };
    let mut state = State {
        fonts: &fonts,
        page: IDENTITY,
        kept: Vec::new(),
        text: IDENTITY,
        line: IDENTITY,
        font: None,
        size: 0.0,
        leading: 0.0,
        letter: 0.0,
        blank: 0.0,
        scale: 1.0,
        spans: Vec::new(),
    };
    for operation in &content.operations {
        state.run(&operation.operator, &operation.operands);
    }
    (state.spans, drawing.len())
}

impl State<'_> {
    fn run(&mut self, operator: &str, operands: &[Object]) {
        let at = |place: usize| operands.get(place).and_then(number).unwrap_or(0.0);
        let matrix = || [at(0), at(1), at(2), at(3), at(4), at(5)];
        match operator {
            "q" if self.kept.len() < STATES => self.kept.push(self.page),
            "Q" => self.page = self.kept.pop().unwrap_or(self.page),
            "cm" => self.page = product(matrix(), self.page),
            "BT" => (self.text, self.line) = (IDENTITY, IDENTITY),
            "Tf" => {
                let name = operands.first().and_then(|name| name.as_name().ok());
                self.font = name.and_then(|name| self.fonts.get(name));
                self.size = at(1);
            }
            "TL" => self.leading = at(0),
            "Tc" => self.letter = at(0),
            "Tw" => self.blank = at(0),
            "Tz" => self.scale = at(0) / 100.0,
            "Tm" => (self.text, self.line) = (matrix(), matrix()),
            "Td" => self.move_by(at(0), at(1)),
            "TD" => {
                self.leading = -at(1);
                self.move_by(at(0), at(1));
            }
            "T*" => self.move_by(0.0, -self.leading),
            "Tj" | "TJ" => self.show(operands.first()),
            "'" => {
                self.move_by(0.0, -self.leading);
                self.show(operands.first());
            }
            "\"" => {
                (self.blank, self.letter) = (at(0), at(1));
                self.move_by(0.0, -self.leading);
                self.show(operands.get(2));
            }
            _ => {}
        }
    }

    fn move_by(&mut self, x: f64, y: f64) {
        self.line = product([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn show(&mut self, shown: Option<&Object>) {
        match shown {
            Some(Object::String(codes, _)) => self.codes(codes),
            Some(Object::Array(parts)) => {
                for part in parts {
                    match part {
                        Object::String(codes, _) => self.codes(codes),
                        part => self.advance(-number(part).unwrap_or(0.0) / 1000.0 * self.size * self.scale),
                    }
                }
            }
            _ => {}
        }
    }

    fn codes(&mut self, codes: &[u8]) {
        let Some(font) = self.font else { return };
        let words = font.words(codes);
        let start = product(self.text, self.page);
        let one = |(width, blank): (f64, bool)| {
            (width / 1000.0 * self.size + self.letter + if blank { self.blank } else { 0.0 }) * self.scale
        };
        let width: f64 = font.widths(codes).map(one).sum();
        self.advance(width);
        let end = product(self.text, self.page);
        let size = self.size.abs() * start[2].hypot(start[3]);
        // Words that run up or down the page stand at its margin.
        let upright = start[1].abs() < start[0].abs();
        if upright && size.is_finite() && size > 0.0 && !words.is_empty() {
            self.spans.push(TextSpan { words, x: start[4], y: start[5], end: end[4], size });
        }
    }

    fn advance(&mut self, by: f64) {
        self.text = product([1.0, 0.0, 0.0, 1.0, by, 0.0], self.text);
    }
}
