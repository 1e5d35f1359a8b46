//! Files and what they become, line by line.

use proptest::prelude::*;

use super::rst;

fn check(text: &str, html: &str) {
    assert_eq!(rst(text), html);
}

#[test]
fn titles_take_their_rank_from_the_order_of_their_rules() {
    check(
        "====\nLogs\n====\n\nKafka\n=====\nIt feeds.\n\nFlume\n-----\nx\n\nHive\n====\n\n----\n",
        "\n<h1>Logs</h1>\n\n\n<h2>Kafka</h2>\n\n<p>It feeds.\n\n<h3>Flume</h3>\n\n<p>x\n\n<h2>Hive</h2>\n\n\n\n",
    );
}

#[test]
fn lists_terms_and_quotes_nest_by_indent() {
    check(
        "- a\n  b\n\n  - c\n\n- d\n\n#. e\n\nFlume : tool\n    moves *logs*\nKafka\n    keeps\n\nText\n\n  said\n\nend",
        "<ul><li>a\nb\n\n<ul><li>c\n\n</ul><li>d\n\n</ul><ol start=1><li>e\n\n</ol><dl><dt>Flume\n<dd>moves <i>logs</i>\n<dt>Kafka\n<dd>keeps\n\n\
         </dl><p>Text\n\n<blockquote><p>said\n\n</blockquote><p>end\n",
    );
}

#[test]
fn code_is_announced_or_directed() {
    check(
        "Run::\n\n  a < b\n\n   c\n\nthen\n\n.. code-block:: sh\n   :linenos:\n\n   ls\n\n::\n\n  x\n\n>>> y\nz",
        "<p>Run:\n\n<pre>a &lt; b\n\n c</pre>\n\n<p>then\n\n\n\n\n<pre class=\"language-sh\">ls</pre>\n\n<p>\n\n<pre>x</pre>\n\n<p><code>&gt;&gt;&gt; y</code>\n<p>z\n",
    );
}

#[test]
fn directives_give_their_words_and_comments_none() {
    check(
        ".. note:: Kafka *feeds*\n\n   HDFS.\n\n.. a comment\n   goes on\n\n.. toctree::\n   :maxdepth: 2\n\n   intro\n\n.. _x: https://x.y\n.. |n| replace:: Nifi\n\nSee x_, |n| and\n`the\npage <https://z>`__.",
        "<p>Kafka <i>feeds</i>\n\n<p>HDFS.\n\n\n\n\n\n\n\n\n\n\n\n\n<p>See <a href=\"https://x.y\">x</a>, Nifi and\n<a href=\"https://z\">the\npage</a>.\n",
    );
}

#[test]
fn marks_of_running_words() {
    let html = |text: &str| rst(text).trim_end().to_owned();
    assert_eq!(
        html("``a*b`` :class:`~x.Y` :doc:`Hive <hive>` :ref:`that <t>`"),
        "<p><code>a*b</code> <code>x.Y</code> <a href=\"hive\">Hive</a> that"
    );
    assert_eq!(
        html("2*3*4 **b** \\*c\\* d\\ e snake_case_x [1]_ `f`"),
        "<p>2*3*4 <b>b</b> *c* de snake_case_x  <i>f</i>"
    );
}

#[test]
fn tables_keep_their_rows_on_their_lines() {
    check(
        "===== =====\nStore Form\n===== =====\nHive  ORC,\n      Avro\nHBase\n===== =====\n\nx",
        "<table>\n<tr><th>Store<th>Form\n\n<tr><td>Hive<td>ORC, Avro\n\n<tr><td>HBase<td>\n</table>\n\n<p>x\n",
    );
    check(
        "+---+----+\n| a | b  |\n+===+====+\n| c | d  |\n|   | e  |\n+---+----+\n",
        "<table>\n<tr><th>a<th>b\n\n<tr><td>c<td>d e\n\n</table>\n",
    );
    check(
        ".. list-table:: Stores\n   :header-rows: 1\n\n   * - a\n     - b\n   * - c\n     - d\n       e\n\nx",
        "<p>Stores\n\n\n<table><tr><th>a\n<th>b\n<tr><td>c\n<td>d\ne\n\n</table><p>x\n",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_keeps_its_lines(text in "(?s)(- |\\* |1\\. |\\.\\. |::|code:: |note:: |\n    |\n  |\n\n|====|----|\\+--\\+|\\||`a`_|``|:k: |\r?\n|.){0,60}") {
        prop_assert_eq!(rst(&text).matches('\n').count(), text.lines().count());
    }
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    for pattern in [
        "- ",
        "- a\n",
        "`",
        "``",
        "a_ ",
        "*a",
        "::\n\n a\n",
        "== ==\n",
        "+-+\n",
        ".. a\n",
        "a\n b\n",
        "a\n-\n",
        " - - -\n\n",
        "|a",
        "a\n\n b\n\n  ",
    ] {
        let text = pattern.repeat(60_000 / pattern.len());
        let _ = rst(&text);
    }
    let deep: String = (0..400).map(|depth| format!("{}- a\n\n", " ".repeat(2 * depth))).collect();
    let _ = rst(&deep);
}
