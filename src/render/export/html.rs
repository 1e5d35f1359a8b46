//! One file that shows a graph in a browser: the page of `quipu serve` with its data inside.
//!
//! The page asks no network for anything: script and style stand in it, and its policy admits no other.
//! The data are JSON in an element that no browser runs, with every `<` escaped, so that nothing in
//! them can end the element.

use std::io::{self, Write};

use serde::Serialize;

use crate::render::json::json_part;

const PAGE: &str = include_str!("../../../web/dist/export.html");
const SCRIPT: &str = include_str!("../../../web/dist/explorer.js");
const STYLE: &str = include_str!("../../../web/dist/explorer.css");

/// Writes the page round `data`, whose shape `web/src/source/embedded.ts` reads.
///
/// # Errors
///
/// Those of `out`.
pub fn html<T: Serialize + ?Sized>(data: &T, out: &mut dyn Write) -> io::Result<()> {
    let mut rest = PAGE;
    for (mark, part) in [("<!--style-->", Some(STYLE)), ("<!--data-->", None), ("<!--script-->", Some(SCRIPT))] {
        let (before, after) = rest.split_once(mark).expect("the page has a mark for each part, in this order");
        out.write_all(before.as_bytes())?;
        match part {
            Some(part) => out.write_all(part.as_bytes())?,
            None => json_part(data, &mut Escaped(out))?,
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}

/// Writes JSON with `<` as `\u003c`; in JSON it stands in strings alone.
struct Escaped<'a>(&'a mut dyn Write);

impl Write for Escaped<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for (number, piece) in bytes.split(|byte| *byte == b'<').enumerate() {
            if number > 0 {
                self.0.write_all(b"\\u003c")?;
            }
            self.0.write_all(piece)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::string;

    #[test]
    fn data_cannot_leave_their_element() {
        let name = "</script><script>alert(1)</script><!-- \u{2028}\u{202e}";
        let page = string(|out| html(&serde_json::json!({ "name": name }), out));
        let (_, after) = page.split_once("type=\"application/json\">").unwrap();
        let (data, _) = after.split_once("</script>").unwrap();
        assert!(!data.contains('<') && data.contains("\\u003c/script>") && data.contains("\\u2028\\u202e"));
        let read: serde_json::Value = serde_json::from_str(data).unwrap();
        assert_eq!(read["name"], name);
    }

    #[test]
    fn the_page_is_whole_and_asks_for_nothing() {
        let page = string(|out| html(&(), out));
        assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
        assert!(
            page.contains(SCRIPT) && page.contains(STYLE) && page.contains("default-src 'none'; script-src 'sha256-")
        );
        assert_eq!(page.matches(" src=").count() - SCRIPT.matches(" src=").count(), 0);
        assert!(!page.contains("<!--style-->") && !page.contains("<!--data-->"));
    }

    #[test]
    fn the_page_has_the_colours_of_the_pictures() {
        use crate::extract::Kind;
        use crate::render::export::palette;
        let table = include_str!("../../../web/src/palette.ts");
        for kind in
            Kind::ALL.iter().map(|kind| kind.name()).filter(|kind| *kind != "Term").chain(["Note", "Section", "Tag"])
        {
            let colours = palette::of(kind);
            let row = format!("  {kind}: [\"{}\", \"{}\"],", colours.fill, colours.line);
            assert!(table.contains(&row), "{row}");
        }
        let other = palette::of("Term");
        assert!(table.contains(&format!("[\"{}\", \"{}\"];", other.fill, other.line)));
    }
}
