//! Fonts: what their codes mean, and how wide they are drawn.

use std::collections::HashMap;

use lopdf::{Dictionary, Document, Encoding, Object};

/// A font of a page.
pub(super) struct Font<'a> {
    encoding: Option<Encoding<'a>>,
    /// How many bytes a code has.
    code: usize,
    /// Codes of ligatures and bullets, which tables of characters often lack.
    signs: HashMap<u8, &'static str>,
    widths: HashMap<u32, f64>,
    usual: f64,
}

/// Names of ligatures.
const LIGATURES: [(&str, &str); 5] = [("ff", "ff"), ("fi", "fi"), ("fl", "fl"), ("ffi", "ffi"), ("ffl", "ffl")];

impl<'a> Font<'a> {
    /// Reads a font; what it lacks is guessed.
    pub(super) fn new(document: &'a Document, font: &'a Dictionary, limit: usize) -> Self {
        let encoding = font.get_font_encoding_with_limit(document, limit).ok();
        let composite = font.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Type0");
        let mut read = Self {
            encoding,
            code: if composite { 2 } else { 1 },
            signs: HashMap::new(),
            widths: HashMap::new(),
            usual: 500.0,
        };
        if composite {
            read.composite(document, font);
        } else {
            read.simple(document, font);
        }
        read
    }

    fn simple(&mut self, document: &Document, font: &Dictionary) {
        let first = font.get_deref(b"FirstChar", document).and_then(Object::as_i64).unwrap_or(0);
        let widths = font.get_deref(b"Widths", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        for (code, width) in (first..).zip(widths.iter().take(256)) {
            if let (Ok(code), Some(width)) = (u32::try_from(code), number(resolved(document, width))) {
                self.widths.insert(code, width);
            }
        }
        if font.get(b"ToUnicode").is_ok() {
            return;
        }
        let encoding = font.get_deref(b"Encoding", document).ok();
        match encoding.and_then(|encoding| encoding.as_dict().ok()) {
            Some(encoding) => {
                let changes = encoding.get_deref(b"Differences", document).and_then(Object::as_array);
                let mut code = 0_u8;
                for change in changes.map_or(&[][..], Vec::as_slice) {
                    if let Some(start) = change.as_i64().ok().and_then(|start| u8::try_from(start).ok()) {
                        code = start;
                    } else if let Ok(name) = change.as_name() {
                        let known = LIGATURES.iter().find(|(ligature, _)| ligature.as_bytes() == name);
                        self.signs.extend(known.map(|(_, letters)| (code, *letters)));
                        code = code.wrapping_add(1);
                    }
                }
            }
            None if encoding.is_none() => self.of_tex(font),
            None => {}
        }
    }

    /// The first fonts of TeX, whose codes nothing tells: `ABCDEF+CMR10` and its like.
    fn of_tex(&mut self, font: &Dictionary) {
        let name = font.get(b"BaseFont").and_then(Object::as_name).unwrap_or_default();
        let name = name.split(|byte| *byte == b'+').next_back().unwrap_or_default();
        match name {
            [b'C', b'M', b'S', b'Y', ..] => self.signs.extend([(15, "•")]),
            [b'C', b'M', b'M', b'I' | b'E', ..] => {}
            [b'C', b'M', ..] => self.signs.extend((11..).zip(["ff", "fi", "fl", "ffi", "ffl"])),
            _ => {}
        }
    }

    fn composite(&mut self, document: &Document, font: &Dictionary) {
        let inner = font.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let inner = inner.and_then(|fonts| fonts.first()).and_then(|inner| resolved(document, inner).as_dict().ok());
        let Some(inner) = inner else { return };
        self.usual = inner.get_deref(b"DW", document).ok().and_then(number).unwrap_or(1000.0);
        let widths = inner.get_deref(b"W", document).and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
        let mut at = 0;
        let code = |object: &Object| object.as_i64().ok().and_then(|code| u32::try_from(code).ok());
        while let Some(first) = widths.get(at).and_then(code) {
            match (widths.get(at + 1).map(|next| resolved(document, next)), widths.get(at + 2)) {
                (Some(Object::Array(list)), _) => {
                    self.widths.extend((first..).zip(list.iter().take(65_536).filter_map(number)));
                    at += 2;
                }
                (Some(last), Some(width)) => {
                    let (last, width) = (code(last).unwrap_or(0), number(width).unwrap_or(self.usual));
                    self.widths.extend((first..=last.min(first.saturating_add(65_535))).map(|code| (code, width)));
                    at += 3;
                }
                _ => return,
            }
        }
    }

    /// The words that a string of codes means.
    pub(super) fn words(&self, codes: &[u8]) -> String {
        let decode = |codes: &[u8]| {
            let encoding = self.encoding.as_ref()?;
            Document::decode_text(encoding, codes).ok()
        };
        if self.signs.is_empty() || self.code > 1 {
            return decode(codes).unwrap_or_default();
        }
        let one = |code: &u8| {
            let sign = self.signs.get(code).map(|letters| (*letters).to_owned());
            sign.or_else(|| decode(std::slice::from_ref(code))).unwrap_or_default()
        };
        codes.iter().map(one).collect()
    }

    /// How wide each code of a string is, in thousandths, and whether it is a blank.
    pub(super) fn widths<'b>(&'b self, codes: &'b [u8]) -> impl Iterator<Item = (f64, bool)> + 'b {
        codes.chunks(self.code).map(|code| {
            let number = code.iter().fold(0, |number, byte| number << 8 | u32::from(*byte));
            (self.widths.get(&number).copied().unwrap_or(self.usual), self.code == 1 && number == 32)
        })
    }
}

/// What an object is, a reference followed.
fn resolved<'a>(document: &'a Document, object: &'a Object) -> &'a Object {
    document.dereference(object).map_or(object, |(_, object)| object)
}

/// A number; none where it is something else.
pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(number) => Some(*number as f64),
        Object::Real(number) => Some(f64::from(*number)),
        _ => None,
    }
}
