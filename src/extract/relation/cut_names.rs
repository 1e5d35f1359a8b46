//! Names that stand in longer ones and are not meant by themselves, each beside words that mean them.

use super::tests::{claims, related, typed};

const NOTHING: [&str; 0] = [];

#[test]
fn what_a_thing_has_is_not_the_thing() {
    assert_eq!(typed("Redshift uses the Postgres protocol.\n"), NOTHING);
    assert_eq!(typed("Redshift uses Postgres.\n"), ["verb-frame: Redshift -USES-> PostgreSQL"]);
    assert_eq!(typed("Lake Formation replaces S3 bucket policies.\n"), NOTHING);
    assert_eq!(typed("Lake Formation replaces S3 buckets.\n"), ["verb-frame: Lake Formation -REPLACES-> S3 bucket"]);
    assert_eq!(typed("Spark uses the Parquet file format.\n"), ["verb-frame: Spark -USES-> Parquet"]);
}

#[test]
fn what_a_platform_offers_is_not_the_platform() {
    assert_eq!(typed("Sqoop loads data from AWS services.\n"), NOTHING);
    assert_eq!(
        typed("Sqoop loads data from AWS services (S3, Kinesis).\n"),
        ["verb-frame: S3 -FEEDS-> Sqoop", "verb-frame: Kinesis -FEEDS-> Sqoop"]
    );
}

#[test]
fn what_stands_before_a_hyphen_describes() {
    assert_eq!(typed("A PySpark-based project runs on Kubernetes.\n"), NOTHING);
    assert_eq!(typed("PySpark runs on Kubernetes.\n"), ["verb-frame: PySpark -RUNS_ON-> Kubernetes"]);
}

#[test]
fn the_noun_that_ends_a_name_is_not_meant_by_itself() {
    let queue = "DLQ: dead letter queue\n\n";
    assert_eq!(typed(&format!("{queue}Sqoop integrates with the Acme DLQ.\n")), NOTHING);
    assert_eq!(
        typed(&format!("{queue}Sqoop integrates with the DLQ.\n")),
        ["verb-frame: Sqoop -INTEGRATES_WITH-> dead letter queue"]
    );
    // What opens the longer name may be the other end.
    assert_eq!(related(&format!("{queue}# Sqoop\n\n- Its jobs end in the Acme DLQ\n")), NOTHING);
    assert_eq!(related(&format!("{queue}# Sqoop\n\n- Its jobs end in the Sqoop DLQ\n")), ["Sqoop - dead letter queue"]);
}

#[test]
fn brackets_of_a_list_tell_of_the_name_before_them() {
    assert_eq!(
        typed("Sqoop integrates with Kafka (event streams), Hive (SQL queries), and HDFS (files).\n"),
        [
            "verb-frame: Sqoop -INTEGRATES_WITH-> Kafka",
            "verb-frame: Sqoop -INTEGRATES_WITH-> Hive",
            "verb-frame: Sqoop -INTEGRATES_WITH-> HDFS"
        ]
    );
    // A list that a bracket opens ends with it.
    assert_eq!(
        typed("It is a store (query engines like Spark, Flink) and Kafka.\n"),
        ["hearst-like: Spark -IS_A-> query engine", "hearst-like: Flink -IS_A-> query engine"]
    );
}

#[test]
fn a_letter_that_counts_an_answer_is_no_language() {
    let named = |text: &str| claims(text).mentions.iter().map(|mention| mention.text.to_string()).collect::<Vec<_>>();
    assert_eq!(named("C) Write it in Spark with SSE-C.\n"), ["Spark"]);
    assert_eq!(named("Write it in C with Spark.\n"), ["C", "Spark"]);
}

#[test]
fn a_name_that_somebody_made_up_of_many_parts_is_one() {
    let named = |text: &str| claims(text).mentions.iter().map(|mention| mention.text.to_string()).collect::<Vec<_>>();
    assert_eq!(named("We have rg-kafka-dev-westus-01 in Spark.\n"), ["Spark"]);
    assert_eq!(named("We have KafkaS3ReadOnlyAccess in Spark.\n"), ["Spark"]);
    assert_eq!(named("We have KafkaConnect in Spark.\n"), ["Kafka", "Spark"]);
}

#[test]
fn capitals_throughout_a_heading_make_no_name_of_a_word() {
    let named = |text: &str| claims(text).mentions.iter().map(|mention| mention.text.to_string()).collect::<Vec<_>>();
    assert_eq!(named("# Notes\n\n## What The Big Vector Era Means\n\nA vector is long, Kafka is short.\n"), ["Kafka"]);
    assert_eq!(
        named("# Notes\n\n## What The Big Vector Era Means\n\nWe run Vector with Kafka.\n"),
        ["Vector", "Vector", "Kafka"]
    );
    assert_eq!(named("We keep it for core data.\n"), NOTHING);
    assert_eq!(named("We keep it in Core Data.\n"), ["Core Data"]);
}

#[test]
fn a_heading_that_names_people_is_not_about_what_they_work_with() {
    assert_eq!(related("# Notes\n\n## Kafka Architect\n\n- Designs HDFS\n"), NOTHING);
    assert_eq!(related("# Notes\n\n## Kafka\n\n- Designs HDFS\n"), ["Kafka - HDFS"]);
}

#[test]
fn words_of_a_sentence_run_together_are_no_name() {
    let named = |text: &str| claims(text).mentions.iter().map(|mention| mention.text.to_string()).collect::<Vec<_>>();
    assert_eq!(named("# ForEach\n\nRun ForEach, one for each item.\n"), ["ForEach", "ForEach"]);
    assert_eq!(named("# NameNode\n\nRun NameNode, the name node.\n"), ["NameNode", "NameNode", "name node"]);
}
