//! Markdown and Obsidian's additions, each with its whole outline.

use crate::read::outline::outline;
use crate::read::{Note, read};
use crate::text::Span;

fn note(text: &str) -> Note {
    let (note, warnings) = read("folder/Note.md", text.strip_prefix('\n').unwrap_or(text).as_bytes());
    assert_eq!(warnings, []);
    note
}

fn check(text: &str, expected: &str) {
    assert_eq!(outline(&note(text)), expected.strip_prefix('\n').unwrap_or(expected));
}

#[test]
fn headings_of_both_kinds_open_sections() {
    let text = "# Kafka\nwords\n\nTopics\n------\n### Deep #\nmore\n# Last\n";
    check(text, "1 # Kafka\n2 P words\n4 ## Topics\n6 ### Deep\n7 P more\n8 # Last\n");
    let note = note(text);
    assert_eq!(note.title, "Note");
    assert_eq!(note.section_path(note.blocks[4].section), ["Kafka", "Topics", "Deep"]);
}

#[test]
fn a_single_top_heading_at_the_start_is_the_title() {
    assert_eq!(note("## Kafka\n### Topics\n").title, "Kafka");
    assert_eq!(note("before\n# Kafka\n").title, "Note");
}

#[test]
fn lists_nest_and_keep_numbers_and_tasks() {
    check(
        "
Services:
- EC2: compute
  goes on
    - [ ] nested
- [x] done
- [/] half
3. three
4) four

   second paragraph
",
        "
1 P Services:
2   - EC2: compute goes on
4     - [ ] nested
5   - [x] done
6   - [ ] half
7 3. three
8 4. four
10   P second paragraph
",
    );
}

#[test]
fn links_embeds_and_marks_show_their_words() {
    check(
        "[[Hive#Tables|the tables]], [[HDFS]], ![[Spark#^id]], ![[p.png|300]][a _b_](N%20x.md#y) `c d` **e** ~~f~~\n",
        "1 P the tables, HDFS, Spark, a b c d e f {WikiLink { target: \"Hive\" } the tables} \
         {WikiLink { target: \"HDFS\" } HDFS} {WikiLink { target: \"Spark\" } Spark} {Link { address: \"N x.md#y\" } a b} \
         {Emphasis b} {Code c d} {Strong e} {Struck f}\n",
    );
}

#[test]
fn links_to_parts_show_note_and_part() {
    check(
        "[[Hive#Tables#Managed]] [[#Here]] [[A_b#^id-1]]\n",
        "1 P Hive > Tables > Managed Here A_b {WikiLink { target: \"Hive\" } Hive > Tables > Managed} \
         {WikiLink { target: \"\" } Here} {WikiLink { target: \"A_b\" } A_b}\n",
    );
}

#[test]
fn highlights_need_to_touch_their_words() {
    check(
        "==high [[S3]]== a == b == c, x==y==z\n",
        "1 P high S3 a == b == c, x==y==z {Emphasis high S3} {WikiLink { target: \"S3\" } S3}\n",
    );
}

#[test]
fn tags_need_a_letter_and_room_before() {
    let text = "#db/sql (#a_b) #1984 C#x \\#no `#code` [[#Part]] https://a.org/#b #день #x.\n";
    let tags: Vec<String> = note(text).tags.into_iter().map(|tag| tag.text).collect();
    assert_eq!(tags, ["db/sql", "a_b", "день", "x"]);
}

#[test]
fn callouts_give_their_title_and_text() {
    check(
        "> [!note]- A title with `code`\n> body\n> - item\n\n> [!tip]\n> only body\n\n> plain\n> quote\n",
        "1 > P A title with code {Code code}\n2 > P body\n3 > - item\n6 > P only body\n8 > P plain quote\n",
    );
}

#[test]
fn comments_and_block_ids_are_not_shown() {
    check(
        "a %%b [[X]]%% c ^id-1\n\n%%\n# Hidden\n\n- item\n%%\n\n`%%` stays %%open\n\n^alone\n",
        "1 P a c\n9 P %% stays %%open {Code %%}\n",
    );
}

#[test]
fn rows_have_cells_also_empty_ones_and_escaped_bars() {
    check(
        "| Name | What |\n|---|---|\n| [[S3\\|store]] | a\\|b |\n| x |  |\n",
        "1 H0[\"Name\", \"What\"] Name | What\n3 R0[\"store\", \"a|b\"] store | a|b {WikiLink { target: \"S3\" } store}\n\
         4 R0[\"x\", \"\"] x |\n",
    );
}

#[test]
fn code_keeps_lines_and_language() {
    check("- item\n  ```sh title\n  $ ls\n    -a\n  ```\n", "1 - item\n3   `sh` $ ls⏎  -a\n");
    check("    indented\n    code\n", "1 `` indented⏎code\n");
}

#[test]
fn meant_line_breaks_part_blocks_and_wraps_join_them() {
    check(
        "Source: API\n**Storage:** HDFS\nFlume --> Hive\nEC2\nIAM\n\nkafka is a log that\nmany use.\nAnd more.\n\nhard  \nbreak\n",
        "1 P Source: API\n2 P Storage: HDFS {Strong Storage:}\n3 P Flume --> Hive\n4 P EC2\n5 P IAM\n\
         7 P kafka is a log that many use. And more.\n11 P hard\n12 P break\n",
    );
}

#[test]
fn html_loses_its_tags() {
    check(
        "<div>\n<p>one &lt;b&gt; <i>two</i></p>\n<!-- gone\ngone --><script>x()</script>\n</div>\n\na <kbd>K</kbd> <your-name> b<br>c\n",
        "2 P one <b> two\n7 P a K <your-name> b\n7 P c\n",
    );
}

#[test]
fn footnotes_lose_their_marks() {
    check("text[^1] on\n\n[^1]: The note.\n", "1 P text on\n3 P The note.\n");
}

#[test]
fn every_shown_word_is_found_where_it_stands() {
    let note = note("> é &amp; *x\\_y* [[a|b]]\r\n> `c` &copy; end\r\n");
    let block = &note.blocks[0];
    assert_eq!(block.text, "é & x_y b c © end");
    let places: Vec<(u32, u32)> = ["é", "&", "x", "y", "b", "c", "©", "end"]
        .iter()
        .map(|word| note.position(block, block.text.find(word).unwrap()))
        .map(|place| (place.line.get(), place.column))
        .collect();
    assert_eq!(places, [(1, 3), (1, 5), (1, 12), (1, 15), (1, 22), (2, 4), (2, 7), (2, 14)]);
    assert_eq!(note.quote(block, Span::new(0, block.text.len())), "é &amp; *x\\_y* [[a|b]] > `c` &copy; end");
}

#[test]
fn front_matter_gives_title_names_tags_and_fields() {
    let note = note(
        "---\ntitle: Kafka\naliases: [Apache Kafka, the log]\ntags: data/x, y\nup: \"[[A]]\"\nrel: [[B]]\nlist:\n  - [[C]]\n  - d\nnone:\n---\n# Other\n",
    );
    let texts = |values: &[crate::read::Located]| values.iter().map(|v| v.text.clone()).collect::<Vec<_>>();
    assert_eq!(note.title, "Kafka");
    assert_eq!(texts(&note.aliases), ["Apache Kafka", "the log"]);
    assert_eq!(texts(&note.tags), ["data/x", "y"]);
    let fields: Vec<_> = note.fields.iter().map(|f| (f.key.as_str(), texts(&f.values))).collect();
    assert_eq!(
        fields,
        [
            ("up", vec!["[[A]]".to_owned()]),
            ("rel", vec!["[[B]]".to_owned()]),
            ("list", vec!["[[C]]".to_owned(), "d".to_owned()])
        ]
    );
    let place = note.fields[2].values[1].position;
    assert_eq!((place.line.get(), place.column), (9, 5));
    let targets: Vec<_> = note.meta().links.into_iter().map(|link| link.target).collect();
    assert_eq!(targets, ["A", "B", "C"]);
}

#[test]
fn toml_front_matter_is_read_too() {
    let note = note("+++\ntitle = \"Kafka\"\ntags = [\"a\"]\n[extra]\ndate = 2024-01-02\n+++\nbody\n");
    assert_eq!((note.title.as_str(), note.tags[0].text.as_str()), ("Kafka", "a"));
    assert_eq!((note.fields[0].key.as_str(), note.fields[0].values[0].text.as_str()), ("extra.date", "2024-01-02"));
    assert_eq!(outline(&note), "7 P body\n");
}

#[test]
fn front_matter_that_cannot_be_read_is_told_and_kept_as_code() {
    let deep = format!("---\na: {}x{}\n---\nbody\n", "[".repeat(40), "]".repeat(40));
    let bomb = format!("---\na: &a x\nb: [{}]\n---\nbody\n", "*a,".repeat(1_001));
    let long = format!("---\na: {}\n---\nbody\n", "x".repeat(70_000));
    let cases = [
        ("---\na: [b\nc: d\n---\nbody\n".to_owned(), "front matter was not read: it is malformed"),
        (deep, "front matter was not read: it is nested deeper than 32"),
        (bomb, "front matter was not read: it has more than 1000 aliases"),
        (long, "front matter was not read: it is longer than 64 KiB"),
    ];
    for (text, message) in cases {
        let (note, warnings) = read("n.md", text.as_bytes());
        assert_eq!(warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>(), [message]);
        assert_eq!(note.blocks.iter().map(|b| b.text.as_str()).next_back(), Some("body"));
        assert_eq!(note.fields, []);
    }
}

#[test]
fn rules_around_prose_are_no_front_matter() {
    check("---\n\nprose here\n\n---\nmore\n", "3 P prose here\n6 P more\n");
}

#[test]
fn links_between_notes_lose_ending_and_part() {
    let note = note("[a](../b%20c.md#d) [e](https://x.org/f.md) [g](#h) ![i](j.png) [[K.md#L|m]] [n](o.md?p)\n");
    let targets: Vec<_> = note.meta().links.into_iter().map(|link| link.target).collect();
    assert_eq!(targets, ["../b c", "K", "o"]);
}

#[test]
fn tables_need_no_header() {
    let text = "| [Hive](h.md) | SQL on Hadoop - <http://h.org/>\n| **Pig**\t| one \\| two |\n| Hue | | a  \n| x |y\nwords\n\n| no row\n";
    check(
        text,
        "1 R0[\"Hive\", \"SQL on Hadoop - http://h.org/\"] Hive | SQL on Hadoop - http://h.org/ \
         {Link { address: \"h.md\" } Hive} {Link { address: \"http://h.org/\" } http://h.org/}\n\
         2 R0[\"Pig\", \"one | two\"] Pig | one | two {Strong Pig}\n\
         3 R0[\"Hue\", \"\", \"a\"] Hue |  | a\n\
         4 R0[\"x\", \"y\"] x | y\n5 P words\n7 P | no row\n",
    );
}
