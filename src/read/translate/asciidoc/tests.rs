//! Files and what they become, line by line.

use proptest::prelude::*;

use super::asciidoc;

fn check(text: &str, html: &str) {
    assert_eq!(asciidoc(text), html);
}

#[test]
fn titles_paragraphs_and_attributes() {
    check(
        "= Logs\nMe <me@x.y>\n:store: HDFS\n\n== Kafka ==\n// a comment\nIt feeds\n{store} and {other}.\n\n[#id]\n.Note\nNOTE: x",
        "<h1>Logs</h1>\n\n\n\n<h2>Kafka</h2>\n\n<p>It feeds\nHDFS and {other}.\n\n\n<p><i>Note</i><p>\n<p>NOTE: x\n",
    );
}

#[test]
fn lists_nest_by_their_marks() {
    check(
        "* a\ngoes on\n** b\n* [x] c\n+\nmore\n\n. d\n.. e\n\nFlume:: moves\nKafka::\n  keeps\n\nend",
        "<ul><li>a\ngoes on\n<ul><li>b\n</ul><li><input type=checkbox checked>c\n\n<p>more\n\n<ol><li>d\n<ol><li>e\n\n\
         <dl><dt>Flume<dd>moves\n<dt>Kafka<dd>\nkeeps\n\n</dl></ol></ol></ul><p>end\n",
    );
}

#[test]
fn delimited_blocks_are_code_quotes_or_nothing() {
    check(
        "[source,sh]\n----\nls <x>\n\ny\n----\n\n____\nsaid\n____\n\n////\nhidden\n////\n====\nshown\n====\n```rust\nfn\n```\n....\nopen",
        "\n<pre class=\"language-sh\">\nls &lt;x&gt;\n\ny\n</pre>\n\n<blockquote>\n<p>said\n</blockquote>\n\n\n\n\n\n<p>shown\n\n\
         <pre class=\"language-rust\">\nfn\n</pre>\n<pre class=\"language-\">\nopen</pre>\n",
    );
}

#[test]
fn tables_keep_their_cells_on_their_lines() {
    check(
        "[cols=\",\",options=\"header\",]\n|===\n|Store |Form\n|Hive |ORC,\nAvro\n|===\n\nx",
        "\n<table>\n<tr><th>Store<th>Form\n<tr><td>Hive<td>ORC,\nAvro\n</table>\n\n<p>x\n",
    );
    check("|===\n|a |b\n\n|c\na|d\n|===", "<table>\n<tr><th>a<th>b\n\n<tr><td>c\n<td>d\n</table>\n");
}

#[test]
fn marks_of_running_words() {
    let html = |text: &str| asciidoc(text).trim_end().to_owned();
    assert_eq!(html("*b* _i_ `c<d` snake_case_x 2*3*4"), "<p><b>b</b> <i>i</i> <code>c&lt;d</code> snake_case_x 2*3*4");
    assert_eq!(
        html("https://x.y/z[the\npage] xref:hive.adoc#a[Hive] <<id,that>> link:a.html[] kbd:[Ctrl]"),
        "<p><a href=\"https://x.y/z\">the\npage</a> <a href=\"hive\">Hive</a> that <a href=\"a.html\">a.html</a> Ctrl"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_lines(text in "(?s)(\\* |\\. |a:: |----|____|====|////|\\|===|\\||\n\n|\n|\\+|\\[a\\]|\\[source,x\\]|\\*a|https://a\\[|\r?\n|.){0,60}") {
        prop_assert_eq!(asciidoc(&text).matches('\n').count(), text.lines().count());
    }
}

#[test]
fn a_return_is_no_line_end_by_itself() {
    assert_eq!(["\r", "a\rb", "a\r\nb\r\n"].map(|text| asciidoc(text).matches('\n').count()), [1, 1, 2]);
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    for pattern in [
        "* ",
        "* a\n",
        "`",
        "_a",
        "*a",
        "a::\n",
        "----\n",
        "|===\n",
        "|",
        "|a\n",
        "[[",
        "<<a",
        "{a",
        "https://[",
        "a b\n",
        "____\n",
        ". a\n* b\n",
    ] {
        let text = pattern.repeat(60_000 / pattern.len());
        let _ = asciidoc(&text);
    }
}
