//! Pages as outlines: what each line of the source gives.

use proptest::prelude::*;

use crate::read::outline::outline;
use crate::read::read;

fn check(source: &str, expected: &str) {
    let (note, warnings) = read("page.html", source.as_bytes());
    assert!(warnings.is_empty(), "{warnings:?}");
    let given = outline(&note);
    let lines = |text: &str| text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>();
    assert_eq!(lines(&given), lines(expected), "{given}");
}

#[test]
fn headings_paragraphs_and_marks_stand_on_their_lines() {
    check(
        "<!DOCTYPE html>\n<html><head><title>Logs &amp; more</title>\n<style>p { color: red }</style></head>\n\
         <body><h1>Log\nplatform</h1>\n<p>Kafka is a <em>broker</em>.\nFlume feeds <a\nhref='https://x.y/z'><b>HDFS</b></a>.\n\
         <p>Caf&eacute; &lt;tag&gt; <code>a&lt;b\nc</code><br>new<hr>end</body></html>\n",
        "4 # Log platform\n6 P Kafka is a broker. Flume feeds HDFS. {Emphasis broker} \
         {Strong HDFS} {Link { address: \"https://x.y/z\" } HDFS}\n9 P Café <tag> a<b c {Code a<b c}\n10 P new\n10 P end\n",
    );
}

#[test]
fn lists_nest_and_terms_are_joined_to_what_explains_them() {
    check(
        "<p>Parts:</p><ul><li>a\n<ol start=3><li>b<li>c</ol>\n<li><p>d</p><p>e</p></li></ul>\n<dl>\n<dt>Flume</dt>\n<dd><p>moves logs</p></dd>\n\
         <dt>Kafka<dd>keeps\n<ul><li><input type=checkbox checked>done</ul></dl>",
        "1 P Parts:\n1   - a\n2     3. b\n2     4. c\n3   - d\n3     P e\n5 - Flume: moves logs\n7 - Kafka: keeps\n8   - [x] done\n",
    );
}

#[test]
fn tables_have_header_rows_and_cells() {
    check(
        "<table><caption>Stores</caption><thead><tr><th>Storage</th>\n<th> Format </th></tr></thead>\n<tr><td>Hive<td>ORC, <b>Avro</b>\n\
         <tr><th>HBase</th><td><p>HFile</p></td></tr></table>\n<table><tr><td>x</td></tr></table>",
        "1 P Stores\n1 H0[\"Storage\", \"Format\"] Storage | Format\n3 R0[\"Hive\", \"ORC, Avro\"] Hive | ORC, Avro {Strong Avro}\n\
         4 R0[\"HBase\", \"HFile\"] HBase | HFile\n5 R1[\"x\"] x\n",
    );
}

#[test]
fn a_table_that_lays_out_a_page_is_none() {
    check(
        "<table><tr><td><h2>Kafka</h2><td><p>It feeds.</p><table><tr><th>a<th>b<tr><td>1<td>2</table></table>after",
        "1 ## Kafka\n1 P It feeds.\n1 H0[\"a\", \"b\"] a | b\n1 R0[\"1\", \"2\"] 1 | 2\n1 P after\n",
    );
}

#[test]
fn code_and_quotes_are_kept_apart() {
    check(
        "<div class='sourceCode'><pre class='sourceCode sh'>\nls <span>-l</span>\n  x</pre></div>\n<blockquote>said<p>twice</blockquote>x <code>y",
        "2 `sh` ls -l⏎  x\n4 > P said\n4 > P twice\n4 P x y {Code y}\n",
    );
}

#[test]
fn what_leads_around_a_site_is_left_out() {
    check(
        "<header><nav><a href=/>Home</a></nav><h1>Kafka<a class=headerlink href=#k>¶</a></h1></header>\n<aside>Ad</aside>\n\
         <script>if (a < b) { '</p>' }</script>\n<p>It feeds<sup class=footnote-ref>1</sup> HDFS.</p><div hidden>x<div>y</div></div>\n\
         <article>a<aside>Note</aside></article><noscript>Turn it on</noscript><svg><title>s</title></svg>\n<footer>© us</footer>",
        "1 # Kafka\n4 P It feeds HDFS.\n5 P a\n5 P Note\n",
    );
    check("<p>Menu</p><div role=main><div><h1>A</h1></div>\n<p>b<nav>c</nav></div><p>Menu</p>", "1 # A\n2 P b\n");
    check("<nav>never closed <p>words", "1 P never closed\n1 P words\n");
}

#[test]
fn a_page_without_headings_has_its_own_title() {
    let title = |source: &str| read("log.html", source.as_bytes()).0.title;
    assert_eq!(title("<title>Log \n platform</title><p>x"), "Log platform");
    assert_eq!(title("<title>Log</title><h1>Kafka</h1>x"), "Kafka");
    assert_eq!(title("<p>x"), "log");
}

#[test]
fn the_text_has_the_words_of_each_line_and_no_tags() {
    let (note, _) = read("a.html", b"<h1>A</h1><p\r\nid=x>B&#10;C</p>\r\n<!-- D\n--><li>E<li>F");
    assert_eq!(note.text, "A \nB     C  \n\nE F \n");
}

/// Each would take minutes if any step were quadratic, or end the process if any were recursive.
#[test]
fn hostile_pages_are_read_in_linear_time() {
    let patterns = [
        "<div>",
        "<ul><li>",
        "<ul>x",
        "<b>",
        "<b>x<p>",
        "<a href=x>",
        "<table>",
        "<table><tr><td>x",
        "<tr>",
        "<td>x",
        "<blockquote>x",
        "</b>",
        "<pre>",
        "<code>x",
        "<nav>",
        "<main>",
        "<div hidden>",
        "<dt>a<dd>",
        "<!--",
        "<![CDATA[",
        "&",
        "&#x",
        "<a ",
        "<a b=",
        "</",
        "<p",
        "<svg><title>",
        "<h1>",
        "<select>",
    ];
    for pattern in patterns {
        let text = pattern.repeat(120_000 / pattern.len());
        let (note, _) = read("a.html", text.as_bytes());
        let _ = note.meta();
    }
    let many: String = (0..60_000).map(|number| format!(" a{number}")).collect();
    let _ = read("a.html", format!("<a{many}>").as_bytes());
}

/// Bits that pages are made of.
const BITS: [&str; 40] = [
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<ul>",
    "<li>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<table>",
    "<tr>",
    "<td>",
    "<th>",
    "</table>",
    "<h2>",
    "</h2>",
    "<b>",
    "</b>",
    "<a href=x>",
    "</a>",
    "<pre>",
    "</pre>",
    "<code>",
    "</code>",
    "<blockquote>",
    "</blockquote>",
    "<dt>",
    "<dd>",
    "<br>",
    "\n",
    "\r\n",
    " ",
    "&amp;",
    "&#10;",
    "<!-- x\n -->",
    "<main>",
    "</main>",
    "<nav>\n",
    "</nav>",
    "<img alt=y>",
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_keeps_its_line(bits in prop::collection::vec(prop::sample::select(&BITS[..]), 0..60)) {
        // A word between any two bits, so that each is known again.
        let source: String = bits.iter().enumerate().map(|(at, bit)| format!("{bit}w{at}w")).collect();
        let (note, _) = read("a.html", source.as_bytes());
        crate::read::laws::check_places(&note);
        let line = |text: &str, at: usize| text[..at].matches('\n').count();
        for (number, _) in bits.iter().enumerate() {
            let word = format!("w{number}w");
            let expected = line(&source, source.find(&word).unwrap());
            for block in &note.blocks {
                if let Some(at) = block.text.find(&word) {
                    let place = note.position(block, at).line.get() as usize - 1;
                    prop_assert_eq!(place, expected, "{} of {:?} in {:?}", word, block, source);
                }
            }
        }
        let is_left_out = |text: &str| text.contains("<main>") || text.contains("<nav>");
        if !is_left_out(&source) {
            let words: String = note.blocks.iter().map(|block| block.text.as_str()).collect();
            for at in 0..bits.len() {
                prop_assert!(words.contains(&format!("w{at}w")), "w{}w of {:?}", at, source);
            }
        }
    }
}
