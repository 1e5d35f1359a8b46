//! Documents that people made to harm: each is read or refused, within its limits.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use proptest::prelude::*;
use proptest::sample::select;

use super::document;
use crate::limits::{DOCUMENT_ENTRIES, DOCUMENT_PAGES};
use crate::read::Format;

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let method = if *name == "a" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &[u8]) -> Result<String, String> {
    document(Format::Docx, &archive(&[("word/document.xml", body)]))
}

#[test]
fn a_bomb_is_refused_before_it_fills_the_memory() {
    let reason = docx(&vec![b' '; 40 << 20]).unwrap_err();
    assert_eq!(reason, "`word/document.xml` in its archive unpacks to more than 100 times its size");
    // Each part alone may be as large as this one, which is not packed.
    let words = vec![b'x'; 30 << 20];
    let chapters = br#"<package><manifest><item id="a" href="a"/></manifest><spine><itemref idref="a"/><itemref idref="a"/></spine></package>"#;
    let container = br#"<container><rootfiles><rootfile full-path="b.opf"/></rootfiles></container>"#;
    let book = archive(&[("META-INF/container.xml", container), ("b.opf", chapters), ("a", &words)]);
    assert_eq!(document(Format::Epub, &book).unwrap_err(), "it unpacks to more than 50M");
}

#[test]
fn archives_in_archives_stay_closed() {
    let inner = archive(&[("word/document.xml", b"<w:p><w:r><w:t>Kafka feeds HDFS.</w:t></w:r></w:p>")]);
    let outer = archive(&[("inner.docx", &inner), ("word/document.xml", b"<w:p><w:r><w:t>Outer.</w:t></w:r></w:p>")]);
    assert_eq!(document(Format::Docx, &outer).unwrap(), "<p>Outer.\n");
}

#[test]
fn more_files_or_slides_than_allowed_are_refused() {
    let names: Vec<String> = (0..=DOCUMENT_ENTRIES).map(|number| number.to_string()).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let reason = document(Format::Docx, &archive(&many)).unwrap_err();
    assert_eq!(reason, "its archive has 10001 entries, more than the limit of 10000");
    let links = br#"<Relationships><Relationship Id="r" Target="slide.xml"/></Relationships>"#;
    let slides = "<sldId id='r'/>".repeat(DOCUMENT_PAGES + 1);
    let deck = archive(&[("ppt/_rels/presentation.xml.rels", links), ("ppt/presentation.xml", slides.as_bytes())]);
    assert_eq!(document(Format::Pptx, &deck).unwrap_err(), "it has 5001 slides, more than the limit of 5000");
}

#[test]
fn archives_that_are_cut_or_lack_a_part_are_refused() {
    let whole = archive(&[("word/document.xml", b"<w:p><w:r><w:t>Kafka feeds HDFS.</w:t></w:r></w:p>")]);
    assert_eq!(document(Format::Docx, &whole).unwrap(), "<p>Kafka feeds HDFS.\n");
    for length in 0..whole.len() {
        assert!(document(Format::Docx, &whole[..length]).is_err(), "{length}");
    }
    assert_eq!(document(Format::Pptx, &whole).unwrap_err(), "its archive has no `ppt/_rels/presentation.xml.rels`");
    assert_eq!(document(Format::Epub, &whole).unwrap_err(), "its archive has no `META-INF/container.xml`");
}

#[test]
fn protected_files_are_named_as_such() {
    let office = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0];
    assert_eq!(document(Format::Docx, &office).unwrap_err(), "it is protected by a password, or of an older format");
}

#[test]
fn entities_are_not_expanded() {
    let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><w:p><w:r><w:t>&b;</w:t></w:r></w:p>";
    assert_eq!(docx(bomb.as_bytes()).unwrap_err(), "its XML declares entities of its own");
    let outer = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p>";
    assert_eq!(docx(outer.as_bytes()).unwrap(), "<p>ab\n");
    let deep = "<w:p>".repeat(100_000);
    assert_eq!(docx(deep.as_bytes()).unwrap(), "");
    assert!(docx(b"<w:p><w:r><w:t>a &amp; &#x62; &evil;</w:t></w:r>").unwrap().contains("a &amp; b "));
}

#[test]
fn names_of_entries_are_never_paths() {
    let chapters = br#"<package><manifest><item id="a" href="../../../../etc/passwd"/></manifest><spine><itemref idref="a"/></spine></package>"#;
    let container = br#"<container><rootfiles><rootfile full-path="../b.opf"/></rootfiles></container>"#;
    let book = archive(&[("META-INF/container.xml", container), ("../b.opf", chapters)]);
    assert_eq!(document(Format::Epub, &book).unwrap(), "<title></title>\n");
}

#[test]
fn what_was_taken_out_of_a_document_is_no_word_of_it() {
    let body = "<w:p><w:del><w:r><w:t>Storm</w:t></w:r></w:del><w:r><w:t>Spark</w:t></w:r><w:r><w:instrText>x</w:instrText></w:r></w:p>";
    assert_eq!(docx(body.as_bytes()).unwrap(), "<p>Spark\n");
}

#[test]
fn what_a_table_holds_is_no_list_and_nothing_behind_it_is() {
    let item = "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='3'/></w:numPr></w:pPr><w:r><w:t>Hive</w:t></w:r></w:p>";
    let body = format!("<w:tbl><w:tr><w:tc>{item}</w:tc></w:tr></w:tbl><w:p><w:r><w:t>Behind.</w:t></w:r></w:p>");
    assert_eq!(docx(body.as_bytes()).unwrap(), "<table><tr><td>Hive\n</table>\n<p>Behind.\n");
}

/// Pieces of XML as documents have them, in any order.
fn markup() -> impl Strategy<Value = String> {
    let names = ["p", "r", "t", "tbl", "tr", "tc", "hyperlink", "del", "pStyle", "numId", "ilvl", "a:p", "tblHeader"];
    let piece = prop_oneof![
        (select(names.to_vec()), "[0-9a-z<&]{0,3}").prop_map(|(name, value)| format!("<w:{name} w:val=\"{value}\">")),
        select(names.to_vec()).prop_map(|name| format!("</w:{name}>")),
        select(names.to_vec()).prop_map(|name| format!("<w:{name}/>")),
        "[ -~]{0,12}".prop_map(|words| words),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_markup_is_read_or_refused(body in markup()) {
        let slide = [
            ("ppt/_rels/presentation.xml.rels", &br#"<Relationships><Relationship Id="r" Target="s.xml"/></Relationships>"#[..]),
            ("ppt/presentation.xml", b"<sldId id='r'/><sldId id='r'/>"),
            ("ppt/s.xml", body.as_bytes()),
        ];
        for (format, read) in [(Format::Docx, docx(body.as_bytes())), (Format::Pptx, document(Format::Pptx, &archive(&slide)))] {
            let Ok(text) = read else { continue };
            prop_assert!(text.len() < 64 * (body.len() + 100), "{} bytes", text.len());
            let _ = crate::read::read(&format!("a.{}", format.name()), text.as_bytes());
        }
    }
}

mod pdf {
    use super::*;

    fn refused(bytes: &[u8]) -> String {
        document(Format::Pdf, bytes).unwrap_err()
    }

    fn sample() -> Vec<u8> {
        std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats/pipeline.pdf")).unwrap()
    }

    #[test]
    fn words_have_the_number_of_their_page_and_line() {
        let text = document(Format::Pdf, &sample()).unwrap();
        assert_eq!(text.lines().nth(1_000), Some("<h1>Log platform</h1>"));
        assert_eq!(text.lines().nth(1_002), Some("HDFS."));
    }

    #[test]
    fn a_broken_table_of_objects_is_found_again() {
        let sample = sample();
        let at = sample.windows(9).rposition(|part| part == b"startxref").unwrap();
        let cut = document(Format::Pdf, &sample[..at]).unwrap();
        assert!(cut.contains("Kafka is a distributed message broker."), "{cut}");
    }

    #[test]
    fn what_is_no_pdf_is_refused() {
        assert!(refused(b"%PDF-1.4\n%%EOF").starts_with("it is damaged"));
        assert!(refused(b"").starts_with("it is damaged"));
        let sample = sample();
        for length in (0..sample.len()).step_by(4_999) {
            let _ = document(Format::Pdf, &sample[..length]);
        }
    }

    #[test]
    fn a_file_without_words_is_a_note_that_says_so() {
        let sample = sample();
        let mut pages = sample.clone();
        // Without its fonts no code means anything.
        let fonts: Vec<usize> = (0..pages.len()).filter(|at| pages[*at..].starts_with(b"/Font")).collect();
        fonts.into_iter().for_each(|at| pages[at..at + 5].copy_from_slice(b"/Tnof"));
        let text = document(Format::Pdf, &pages).unwrap();
        assert_eq!(text.trim(), "");
        let (_, warnings) = crate::read::read("scan.pdf", text.as_bytes());
        let told: Vec<&str> = warnings.iter().map(|warning| warning.message.as_str()).collect();
        assert_eq!(told, ["it holds no words, as where its pages are pictures"]);
    }

    /// A PDF of one page that is drawn so.
    fn drawn(drawing: &str) -> String {
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F 5 0 R/S 6 0 R>>>>>>".to_owned(),
            format!("<</Length {}>>stream\n{drawing}\nendstream", drawing.len()),
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
            "<</Type/Font/Subtype/Type1/BaseFont/AAAAAA+CMSY10>>".to_owned(),
        ];
        let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), String::new());
        for (number, object) in objects.iter().enumerate() {
            places.push_str(&format!("{:010} 00000 n \n", file.len()));
            file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", number + 1));
        }
        let start = file.len();
        file.push_str(&format!("xref\n0 7\n0000000000 65535 f \n{places}trailer<</Size 7/Root 1 0 R>>\n"));
        file.push_str(&format!("startxref\n{start}\n%%EOF\n"));
        document(Format::Pdf, file.as_bytes()).unwrap().trim_start().to_owned()
    }

    #[test]
    fn words_far_apart_belong_to_different_things() {
        let labels = "BT /F 10 Tf 20 200 Td (Airflow) Tj 90 0 Td (Hive) Tj -60 -12 Td (triggers) Tj ET";
        assert_eq!(drawn(labels), "<p>Airflow<p>Hive\n<p>triggers\n");
        let table = "BT /F 10 Tf 20 200 Td (Storage) Tj 90 0 Td (Format) Tj -90 -12 Td (Hive) Tj 90 0 Td (ORC) Tj ET";
        assert_eq!(drawn(table), "<table><tr><th>Storage<th>Format\n<tr><td>Hive<td>ORC</table>\n");
    }

    #[test]
    fn lines_with_wide_leading_are_one_paragraph() {
        let lines = "BT /F 10 Tf 15 TL 20 200 Td (Flume collects events and) Tj T* (feeds HDFS.) Tj ET";
        assert_eq!(drawn(lines), "<p>Flume collects events and\nfeeds HDFS.\n");
        let paragraphs = "BT /F 10 Tf 20 TL 20 200 Td (Flume collects events) Tj T* (Spark reads) Tj ET";
        assert_eq!(drawn(paragraphs), "<p>Flume collects events\n<p>Spark reads\n");
    }

    #[test]
    fn bullets_of_tex_are_bullets() {
        let item = "BT /S 10 Tf 20 200 Td <0f> Tj /F 10 Tf 8 0 Td (Spark reads) Tj ET";
        assert_eq!(drawn(item), "<ul><li>Spark reads\n</ul>");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]
        #[test]
        fn any_change_of_a_file_is_read_or_refused(
            changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..40),
            cut in any::<usize>(),
        ) {
            let mut bytes = sample();
            bytes.truncate(bytes.len() - if cut % 3 == 0 { cut % bytes.len() } else { 0 });
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            let _ = document(Format::Pdf, &bytes);
        }
    }
}
