//! The habits of plain notes, each with its whole outline.

use crate::read::outline::outline;
use crate::read::read;

/// Reads `note` and compares its outline; both without the first line end and common indent.
fn check(note: &str, expected: &str) {
    let (note, warnings) = read("note.txt", note.strip_prefix('\n').unwrap_or(note).as_bytes());
    assert_eq!(outline(&note), expected.strip_prefix('\n').unwrap_or(expected));
    assert_eq!(warnings, []);
}

#[test]
fn boxed_ranks_above_numbered_above_underlined() {
    check(
        "
----------
  Profile
----------
1) Tell me
----------
Intro
-----
words
",
        "
2 # Profile
4 ## Tell me
6 ### Intro
8 P words
",
    );
}

#[test]
fn underlines_alone_are_level_one_and_equals_ranks_above_dashes() {
    check("EC2\n---\nservers\n", "1 # EC2\n3 P servers\n");
    check("Part\n====\nEC2:\n----\nservers\n", "1 # Part\n3 ## EC2\n5 P servers\n");
}

#[test]
fn a_rule_under_a_bullet_or_a_long_sentence_is_no_heading() {
    check(
        "
-Contract only
--------------

This is a whole sentence about Kafka that ends here.
---
Storage: Hive
---------------------
Second most recent
---------------------
S3
",
        "
1 - Contract only
4 P This is a whole sentence about Kafka that ends here.
6 P Storage: Hive
8 # Second most recent
10 P S3
",
    );
}

#[test]
fn capitals_numbers_hashes_and_wiki_marks_are_headings_where_it_is_safe() {
    check("ARCHITECTURE\n\nFlume feeds HDFS.\n", "1 # ARCHITECTURE\n3 P Flume feeds HDFS.\n");
    check("EC2\nIAM\nS3\n", "1 P EC2\n2 P IAM\n3 P S3\n");
    check("1. Intro\n\nWords.\n\n2. Use\n\nMore.\n", "1 # Intro\n3 P Words.\n5 # Use\n7 P More.\n");
    check("1. Intro\n\n2. Use\n\n3. End\n", "1 1. Intro\n3 2. Use\n5 3. End\n");
    check("# Kafka\n## Topics\nParts\n", "1 # Kafka\n2 ## Topics\n3 P Parts\n");
    check("== Kafka ==\nParts\n", "1 # Kafka\n2 P Parts\n");
    check("Kafka\n\nA broker of messages.\n", "1 # Kafka\n3 P A broker of messages.\n");
}

#[test]
fn bullets_nest_by_indent_and_blank_ones_are_dropped() {
    check(
        "
P1: Intro
  -Overview: Data engineer
      -Tools
    -
  * Roles
*Other
 - almost beside
",
        "
1 P P1: Intro
2   - Overview: Data engineer
3     - Tools
5   - Roles
6 - Other
7 - almost beside
",
    );
}

#[test]
fn all_marks_of_items_are_known() {
    check(
        "
• one
– two
+ three
1)four
2. five
(3) six
a) seven
- [ ] eight
[x] nine
--flag
-> ten
*eleven* twelve
",
        "
1 - one
2 - two
3 - three
4 1. four
5 2. five
6 3. six
7 - seven
8 - [ ] eight
9 - [x] nine
10 P --flag
11 P -> ten
12 P *eleven* twelve
",
    );
}

#[test]
fn an_introducing_line_holds_the_bullets_below_it() {
    check(
        "
Leader node:
  -SQL endpoint
Tasks such as:
- boot
- install

Empty slot:


- of its own
A sentence about words.

  -not under it
",
        "
1 P Leader node:
2   - SQL endpoint
3 P Tasks such as:
4   - boot
5   - install
7 P Empty slot:
10 - of its own
11 P A sentence about words.
13 - not under it
",
    );
}

#[test]
fn wrapped_lines_are_joined_and_fields_arrows_and_short_lines_are_not() {
    check(
        "
Analysts and scientists and developers work together in the life
cycle, from design to production, in the firm called Data Reply and
Kafka is there, too.
Leader node: Manages the interaction between the client program and
             the compute nodes.
-VPC: Virtual private cloud, lets you create networks and run your
      servers on them, however many there are of them, next to the
 others.
Source: System log files of very many kinds and of all the machines
Storage: HDFS
Kafka --> Spark, which is a rather long chain for a plain old note -->
Hive
1 level - explaining
2 level - details
",
        "
1 P Analysts and scientists and developers work together in the life cycle, from design to production, in the firm called Data Reply and Kafka is there, too.
4 P Leader node: Manages the interaction between the client program and the compute nodes.
6 - VPC: Virtual private cloud, lets you create networks and run your servers on them, however many there are of them, next to the others.
9 P Source: System log files of very many kinds and of all the machines
10 P Storage: HDFS
11 P Kafka --> Spark, which is a rather long chain for a plain old note --> Hive
13 P 1 level - explaining
14 P 2 level - details
",
    );
}

#[test]
fn a_word_cut_at_its_hyphen_is_put_together_and_found_again() {
    let (note, _) = read("n.txt", b"work with the engineers and architects in multi-\r\n  disciplinary teams\r\n");
    let block = &note.blocks[0];
    assert_eq!(block.text, "work with the engineers and architects in multi-disciplinary teams");
    let at = block.text.find("disciplinary").unwrap();
    let place = note.position(block, at);
    assert_eq!((place.line.get(), place.column), (2, 3));
    assert_eq!(note.quote(block, crate::text::Span::new(at - 6, at + 12)), "multi- disciplinary");
}

#[test]
fn tables_and_code_keep_their_shape() {
    check(
        "
| Name | Kind   |
|------|--------|
| S3   | `store` |
|      | db     |

    $ aws s3 ls
      | sort;

```sh
-x
```
",
        "
1 H0[\"Name\", \"Kind\"] Name | Kind
3 R0[\"S3\", \"`store`\"] S3 | `store` {Code store}
4 R0[\"\", \"db\"]  | db
6 `` $ aws s3 ls⏎  | sort;
10 `sh` -x
",
    );
}

#[test]
fn quotes_lose_their_marks_and_say_so() {
    check("> Kafka is a log\n> Spark reads it\nYes\n", "1 > P Kafka is a log\n2 > P Spark reads it\n3 P Yes\n");
}

#[test]
fn marks_inside_words_are_seen() {
    check(
        "see [[Kafka#Topics|the log]], `x` and https://a.org/#top. #db/sql #12\n",
        "1 P see [[Kafka#Topics|the log]], `x` and https://a.org/#top. #db/sql #12 {WikiLink { target: \"Kafka\" } the log} \
         {Code x} {Link { address: \"https://a.org/#top\" } https://a.org/#top} {Tag db/sql}\n",
    );
}

#[test]
fn boxes_of_all_signs_are_headings() {
    check("╔═════════╗\n║ Kafka   ║\n╚═════════╝\nlog\n", "2 # Kafka\n4 P log\n");
    check("+-------+\n| Kafka |\n+-------+\nlog\n", "2 # Kafka\n4 P log\n");
    check("#########\n# Kafka #\n#########\nlog\n", "2 # Kafka\n4 P log\n");
    check("*********\nKafka log\n*********\nlog\n", "2 # Kafka log\n4 P log\n");
}

#[test]
fn dashes_in_a_row_are_deeper_bullets() {
    check("- one\n-- two\n--- three\n- four\n", "1 - one\n2   - two\n3     - three\n4 - four\n");
}

#[test]
fn tabs_make_a_table_of_three_rows() {
    check("Live\t1\nFrozen\t2\nDelayed\t\t3\n", "1 P Live 1\n2 P Frozen 2\n3 P Delayed 3\n");
    check(
        "Live\t1\nFrozen\t2\nDelayed\t3\n",
        "1 R0[\"Live\", \"1\"] Live | 1\n2 R0[\"Frozen\", \"2\"] Frozen | 2\n3 R0[\"Delayed\", \"3\"] Delayed | 3\n",
    );
}

#[test]
fn a_writer_without_capitals_is_not_taken_for_one_who_wraps() {
    check(
        "
git init: to initialize the repository right in this folder
git add filename: to stage the file of that name
git diff : to check the changes made in the new version
using https needs the password of the server
the ssh way of git clone requires a public key, which a tool makes and which goes to the settings
so the others can fetch it

see the manual
ask somebody
",
        "
1 P git init: to initialize the repository right in this folder
2 P git add filename: to stage the file of that name
3 P git diff : to check the changes made in the new version
4 P using https needs the password of the server
5 P the ssh way of git clone requires a public key, which a tool makes and which goes to the settings
6 P so the others can fetch it
8 P see the manual
9 P ask somebody
",
    );
    check(
        "
pipenv is a tool used to automatically manage virtual environments
and project dependencies. it combines the functionalities of pip and
virtualenv in one command, which many people find very handy to have
around.

- try it

ask somebody
",
        "
1 P pipenv is a tool used to automatically manage virtual environments and project dependencies. it combines \
the functionalities of pip and virtualenv in one command, which many people find very handy to have around.
6 - try it
8 P ask somebody
",
    );
}

#[test]
fn code_without_indent_is_known_by_its_signs() {
    check(
        "Kafka:\nfoo(1);\nbar = {\n\nfirst thing;\nsecond thing;\n",
        "1 P Kafka:\n2 `` foo(1);⏎bar = {\n5 P first thing;\n6 P second thing;\n",
    );
}

#[test]
fn a_line_that_breaks_off_in_a_sentence_goes_on_whatever_comes() {
    check(
        "
A gateway endpoint lets EMR reach S3. Interface endpoints use
PrivateLink.
The word at the end of this line is the
Kafka of all words
No sentence in this long line but some words about it all
Kafka
",
        "
1 P A gateway endpoint lets EMR reach S3. Interface endpoints use PrivateLink.
3 P The word at the end of this line is the Kafka of all words
5 P No sentence in this long line but some words about it all
6 P Kafka
",
    );
}

#[test]
fn boxes_and_blank_lines_without_end() {
    let bar = format!("|{}|\n", " ".repeat(78));
    let boxes = format!("+{}+\n{bar}", "-".repeat(78)).repeat(10_000);
    for text in [boxes, bar.repeat(10_000), "\n".repeat(100_000), "A\n\n\n\n\n".repeat(20_000)] {
        let (note, _) = read("note.txt", format!("{text}Kafka\n").as_bytes());
        assert!(note.blocks.iter().any(|block| block.text.ends_with("Kafka")));
    }
}
