//! Words that look like a relation and say none, each beside words that do say it.

use super::tests::typed;
use crate::config::Overrides;
use crate::extract::Extractor;
use crate::read::read;

const NOTHING: [&str; 0] = [];

#[test]
fn a_stage_that_is_explained_holds_none_of_the_words() {
    let prose =
        "- **Transport**: Kafka removes Redis locks, but not Hive ones\n- **Sink**: the real store is HDFS or Hive\n";
    assert_eq!(typed(&format!("# Delivery\n\n{prose}")), NOTHING);
    // Many of each are what may stand there.
    let options = "Inputs: Kafka, Kinesis, SQS\n\nOutputs: HDFS, S3, Redshift\n";
    assert_eq!(typed(options), NOTHING);
    assert_eq!(
        typed("Source: Kafka\n\nSink: HDFS, S3\n"),
        ["stage-list: Kafka -FEEDS-> HDFS", "stage-list: Kafka -FEEDS-> S3"]
    );
}

#[test]
fn parts_of_a_text_are_counted_and_name_nothing() {
    assert_eq!(typed("- Phase 1: message broker\n- Phase 1: data warehouse\n"), NOTHING);
    assert_eq!(typed("# Kafka — Message Broker\n\nIt runs.\n"), NOTHING);
    assert_eq!(typed("- Kafka: one message broker of many\n"), NOTHING);
    assert_eq!(typed("- Kafka: message broker\n"), ["field-class: Kafka -IS_A-> message broker"]);
}

#[test]
fn arrows_in_a_list_join_pairs_and_end_at_their_bracket() {
    assert_eq!(
        typed("Kafka → HDFS, Kinesis → S3\n"),
        ["arrow-chain: Kafka -FEEDS-> HDFS", "arrow-chain: Kinesis -FEEDS-> S3"]
    );
    assert_eq!(
        typed("Start small (Redshift → S3), then (Kafka → HDFS) too.\n"),
        ["arrow-chain: Redshift -FEEDS-> S3", "arrow-chain: Kafka -FEEDS-> HDFS"]
    );
    assert_eq!(typed("Components to replace: Hive → Redshift\n"), NOTHING);
    assert_eq!(typed("Enable order: Kafka → Flink → Redshift\n"), NOTHING);
    assert_eq!(typed("Kafka → S3 (one order each)\n"), ["arrow-chain: Kafka -FEEDS-> S3"]);
    assert_eq!(typed("S3 → with Kafka\n"), NOTHING);
}

#[test]
fn what_points_at_one_thing_is_no_class() {
    assert_eq!(typed("# Bottleneck\n\nKafka is the bottleneck.\n"), NOTHING);
    assert_eq!(typed("The engines (Spark, Flink) are a message broker.\n"), NOTHING);
    assert_eq!(typed("Airflow + Kafka is a data pipeline.\n"), NOTHING);
    assert_eq!(typed("Kafka is a highly available, fully managed,\n"), NOTHING);
    assert_eq!(typed("Kafka is a serverless, in-memory message broker.\n"), ["copula: Kafka -IS_A-> message broker"]);
    assert_eq!(typed("Kafka is a pull-based message broker.\n"), ["copula: Kafka -IS_A-> message broker"]);
}

#[test]
fn an_analogy_says_nothing_of_a_thing() {
    assert_eq!(typed("Think of message brokers like Kafka.\n"), NOTHING);
    assert_eq!(typed("A message broker is like a Kafka for mail.\n"), NOTHING);
    assert_eq!(typed("Message brokers like a Kafka at the window.\n"), NOTHING);
    assert_eq!(typed("Message brokers like Kafka.\n"), ["hearst-like: Kafka -IS_A-> message broker"]);
}

#[test]
fn an_instance_is_all_that_its_words_name() {
    assert_eq!(typed("We watch message brokers, including Kafka lag.\n"), NOTHING);
    assert_eq!(
        typed("We watch message brokers, including Kafka.\n"),
        ["hearst-including: Kafka -IS_A-> message broker"]
    );
}

#[test]
fn a_list_with_articles_is_no_apposition() {
    assert_eq!(typed("It takes the Kafka, the data warehouse, and the lake.\n"), NOTHING);
    assert_eq!(typed("Like Redshift, the data warehouse that loads is big.\n"), NOTHING);
    assert_eq!(typed("Redshift, the data warehouse, is big.\n"), ["apposition: Redshift -IS_A-> data warehouse"]);
}

#[test]
fn who_leaves_a_system_replaces_it_and_who_moves_data_feeds() {
    assert_eq!(typed("We are migrating from Hive to Redshift.\n"), ["verb-frame: Redshift -REPLACES-> Hive"]);
    assert_eq!(typed("We are migrating tables from Hive to Redshift.\n"), ["verb-frame: Hive -FEEDS-> Redshift"]);
    assert_eq!(typed("Kafka is moving away from ZooKeeper.\n"), NOTHING);
    assert_eq!(typed("KRaft is the ZooKeeper replacement for Kafka clusters.\n"), NOTHING);
}

#[test]
fn what_the_owner_of_a_thing_is_used_for_is_not_said_of_the_owner() {
    assert_eq!(typed("Iceberg uses Hive's catalog.\n"), NOTHING);
    assert_eq!(typed("Iceberg uses a Hive-based catalog.\n"), NOTHING);
    assert_eq!(typed("Iceberg uses Hive.\n"), ["verb-frame: Iceberg -USES-> Hive"]);
}

#[test]
fn a_reader_who_is_told_to_use_a_thing_is_no_subject() {
    assert_eq!(typed("For ingestion from S3, always use Kafka.\n"), NOTHING);
    assert_eq!(typed("# Hive\n\nAlways use Kafka with it.\n"), NOTHING);
    assert_eq!(typed("# Hive\n\nUses Kafka.\n"), ["verb-frame: Hive -USES-> Kafka"]);
    assert_eq!(typed("# Hive\n\nIt uses Kafka.\n"), ["verb-frame: Hive -USES-> Kafka"]);
    assert_eq!(typed("# EC2\n\n- Storing data on EBS\n"), ["verb-frame: EC2 -STORES_IN-> EBS"]);
}

#[test]
fn the_first_sentence_of_a_part_defines_it_or_speaks_of_another() {
    assert_eq!(typed("# Redshift\n\nThe data warehouse provides checks.\n"), NOTHING);
    assert_eq!(typed("# Redshift\n\nData warehouse must be mapped.\n"), NOTHING);
    assert_eq!(
        typed("# Redshift\n\nA data warehouse that scales.\n"),
        ["opening-class: Redshift -IS_A-> data warehouse"]
    );
}

#[test]
fn code_is_about_a_product_that_its_heading_is_called_by() {
    let code = "```python\nfrom kafka import Consumer\n```\n";
    assert_eq!(typed(&format!("# Shipping files to Spark\n\nKafka helps.\n\n{code}")), NOTHING);
    assert_eq!(typed(&format!("# Spark\n\nKafka helps.\n\n{code}")), ["code-import: Spark -USES-> Kafka"]);
}

#[test]
fn a_type_in_a_table_is_a_kind_of_thing() {
    let table = |kind: &str| format!("| Tool | Type |\n|---|---|\n| Kafka | {kind} |\n");
    assert_eq!(typed(&table("Managed")), NOTHING);
    assert_eq!(typed(&table("message broker")), ["table-column: Kafka -IS_A-> message broker"]);
}

#[test]
fn what_any_text_says_of_things_in_general_is_no_relation() {
    assert_eq!(typed("Fluentd is backed by Google.\n"), NOTHING);
    assert_eq!(typed("Large datasets stored in CSV are slow.\n"), NOTHING);
    assert_eq!(typed("It calls the data catalog API.\n"), NOTHING);
    assert_eq!(typed("It calls the data catalog Hive.\n"), ["class-before-name: Hive -IS_A-> data catalog"]);
}

#[test]
fn a_clause_behind_a_key_is_no_name() {
    let claims = super::tests::claims("Injection: When a Pod is a part of Hive, it runs. When a Pod runs.\n");
    let named: Vec<&str> = claims.mentions.iter().map(|mention| &*mention.text).collect();
    assert_eq!(named, ["Hive"]);
}

#[test]
fn a_word_in_another_number_is_no_form_of_a_product_called_by_it() {
    let claims = super::tests::claims("Use Requests in Python.\n\nWe take Requests, and each request is read.\n");
    let named: Vec<&str> = claims.mentions.iter().map(|mention| &*mention.text).collect();
    assert_eq!(named, ["Requests", "Python", "Requests"]);
}

#[test]
fn the_owner_and_what_it_has_are_no_name_together() {
    let claims = super::tests::claims(
        "Azure App Service is used.\n\nStart your application's services.\n\nDijkstra's algorithm is old.\n",
    );
    let named: Vec<&str> = claims.mentions.iter().map(|mention| &*mention.text).collect();
    assert_eq!(named, ["Azure", "Azure App Service", "Dijkstra's algorithm"]);
    let owned = typed("Microsoft is big.\n\nMicrosoft's Power BI is old.\n");
    assert_eq!(owned, ["possessive-maker: Power BI -MADE_BY-> Microsoft"]);
}

#[test]
fn another_name_that_another_note_gives_changes_nothing_here() {
    let extractor = Extractor::new(&Overrides::default());
    let note = |path: &str, text: &str| read(path, text.as_bytes()).0;
    let here = note("a.md", "Sqoop is a sqlite.\n");
    let there = note("SQLite.md", "---\naliases: [embedded store]\n---\n# SQLite\n");
    let found = [&here, &there].map(|note| extractor.discover(note));
    let [alone, together] = [&found[..1], &found[..]].map(|found| {
        let claims = extractor.resolve(found).linker().link(&here, &found[0]);
        claims.relations.iter().map(|claim| format!("{} {}", claim.subject, claim.object)).collect::<Vec<_>>()
    });
    assert_eq!((alone, together), (Vec::new(), Vec::new()));
}

#[test]
fn a_clause_behind_a_dash_speaks_of_what_the_sentence_does() {
    assert_eq!(typed("Spectrum is a feature of Redshift — requires Kafka.\n"), NOTHING);
    assert_eq!(typed("Flink is a part of Redshift — requires Kafka.\n")[1..], ["verb-frame: Flink -USES-> Kafka"]);
    assert_eq!(typed("We restrict which Kafka clusters connect to Snowflake.\n"), NOTHING);
    // The verb makes no Kafka Connect of it.
    assert_eq!(
        typed("Kafka is fast.\n\nKafka connects to Snowflake.\n"),
        ["verb-frame: Kafka -INTEGRATES_WITH-> Snowflake"]
    );
}

#[test]
fn what_people_use_is_not_used_by_what_allows_it() {
    assert_eq!(typed("# Spark\n\nThis allows us to use HDFS.\n"), NOTHING);
    assert_eq!(typed("# Spark\n\nThis allows users to query Hive.\n"), ["verb-frame: Spark -QUERIES-> Hive"]);
}

#[test]
fn entries_of_a_list_are_of_its_class_where_they_are_named() {
    assert_eq!(typed("# Message brokers\n\n- [Kafka](#kafka)\n- [Pulsar](#pulsar)\n"), NOTHING);
    assert_eq!(typed("- Message broker:\n  - Kafka\n  - Pulsar\n"), NOTHING);
    assert_eq!(
        typed("- Message brokers:\n  - Kafka\n  - Pulsar\n"),
        ["heading-class: Kafka -IS_A-> message broker", "heading-class: Pulsar -IS_A-> message broker"]
    );
    // What tells of all of them is none of them, but by its noun.
    let list = "# Data joins\n\n- **Inner join**: both\n- **Outer join**: one\n- **Storage cost**: high\n";
    assert!(typed(list).iter().all(|told| !told.contains("Storage cost")), "{:?}", typed(list));
}

#[test]
fn what_is_marked_as_wrong_or_not_done_says_nothing() {
    assert_eq!(typed("A) Kafka feeds HDFS.\n\nB) Flume feeds HDFS.\n"), NOTHING);
    assert_eq!(typed("A) Kafka feeds HDFS.\n"), ["verb-frame: Kafka -FEEDS-> HDFS"]);
    let row = |verdict: &str| format!("| Flow | Verdict |\n|---|---|\n| Kafka → HDFS | {verdict} |\n");
    assert_eq!(typed(&row("Wrong")), NOTHING);
    assert_eq!(typed(&row("Right")), ["arrow-chain: Kafka -FEEDS-> HDFS"]);
    assert_eq!(
        typed("- [ ] Load data from Kafka into HDFS\n- [x] Load data from Kafka into S3\n"),
        ["verb-frame: Kafka -FEEDS-> S3"]
    );
    assert_eq!(typed("Let's say Kafka feeds HDFS.\n"), NOTHING);
}

#[test]
fn a_bracket_of_examples_and_a_way_through_a_console_are_no_relations() {
    assert_eq!(typed("We keep it in a store (S3, a data lake).\n"), NOTHING);
    assert_eq!(typed("We keep it in S3, a data lake.\n"), ["apposition: S3 -IS_A-> data lake"]);
    assert_eq!(typed("Console → VPC → Subnet\n"), NOTHING);
    assert_eq!(typed("Kafka → HDFS, fully managed and containerized\n"), ["arrow-chain: Kafka -FEEDS-> HDFS"]);
}

#[test]
fn a_format_is_supported_whatever_the_verb() {
    assert_eq!(typed("Kafka works with Parquet.\n"), ["verb-frame: Kafka -SUPPORTS-> Parquet"]);
}

#[test]
fn the_case_that_a_question_sets_is_none_of_its_facts() {
    let asked =
        "You need to copy data from Kafka to HDFS, with message brokers such as Pulsar. How would you do this?\n";
    assert_eq!(typed(asked), ["hearst-such-as: Pulsar -IS_A-> message broker"]);
    let told = "You need to copy data from Kafka to HDFS.\n";
    assert_eq!(typed(told), ["verb-frame: Kafka -FEEDS-> HDFS"]);
}

#[test]
fn what_is_done_with_a_thing_is_not_done_by_the_last_that_was_named() {
    assert_eq!(typed("Data is ingested from Kafka and Hive using Flink.\n"), NOTHING);
    assert_eq!(typed("Hive reads Kafka using Flink.\n"), ["verb-frame: Hive -USES-> Flink"]);
    assert_eq!(typed("Hive is slow. This is typically done using Spark.\n"), NOTHING);
    assert_eq!(
        typed("# Kafka\n\n- Integrates with Hive: works with Flink\n")[..1],
        ["verb-frame: Kafka -INTEGRATES_WITH-> Hive"]
    );
}

#[test]
fn the_class_of_a_thing_is_the_noun_behind_its_bracket() {
    assert_eq!(typed("Kafka is an automated blue-green deployment (canary) solution.\n"), NOTHING);
    assert_eq!(typed("Kafka is an automated message broker (fast).\n"), ["copula: Kafka -IS_A-> message broker"]);
}

#[test]
fn what_something_else_runs_on_is_not_what_the_subject_runs_on() {
    assert_eq!(typed("Spark runs natively on Kubernetes.\n"), ["verb-frame: Spark -RUNS_ON-> Kubernetes"]);
    assert_eq!(typed("Spark executes all of the tasks in Kubernetes.\n"), NOTHING);
    assert_eq!(typed("Kafka is released for Windows.\n"), ["verb-frame: Kafka -RUNS_ON-> Windows"]);
    assert_eq!(typed("Kafka is designed to speed up writes on Windows.\n"), NOTHING);
    assert_eq!(typed("Kafka is the best way to get started on Windows.\n"), NOTHING);
    assert_eq!(typed("Kafka can be converted to Windows.\n"), ["verb-frame: Kafka -RUNS_ON-> Windows"]);
    assert_eq!(typed("# lookup joins\n\nThe lookup joins can be converted to Windows.\n"), NOTHING);
    assert_eq!(typed("EC2 runs Kafka.\n"), ["verb-frame: Kafka -RUNS_ON-> EC2"]);
    assert_eq!(typed("EC2 runs its own Kafka.\n"), NOTHING);
}
