//! Whole notes of a few lines, and every typed relation that the rules read out of them.

use crate::config::Overrides;
use crate::extract::{Claims, Extractor, RelationType};
use crate::read::read;

pub(super) fn claims(note: &str) -> Claims {
    let extractor = Extractor::new(&Overrides::default());
    let (note, _) = read("note.md", note.as_bytes());
    let discovery = extractor.discover(&note);
    extractor.resolve([&discovery]).linker().link(&note, &discovery)
}

/// `rule: subject -TYPE-> object` for each typed relation, in note order. `RELATED_TO` is left out.
pub(super) fn typed(note: &str) -> Vec<String> {
    let claims = claims(note);
    let typed = claims.relations.iter().filter(|claim| claim.predicate != RelationType::RelatedTo);
    typed.map(|claim| format!("{}: {} -{}-> {}", claim.rule, claim.subject, claim.predicate, claim.object)).collect()
}

#[test]
fn stages_feed_each_other_and_a_trigger_starts_the_next() {
    assert_eq!(
        typed("Source: S3\n\nTrigger: AWS Lambda\n\nProcessing: Spark\n\nStorage:\n\nStorage: Redshift\n"),
        [
            "stage-list: S3 -TRIGGERS-> AWS Lambda",
            "stage-list: AWS Lambda -TRIGGERS-> Spark",
            "stage-list: Spark -FEEDS-> Redshift",
            "stage-list: S3 -FEEDS-> Spark",
            "name-maker: AWS Lambda -PART_OF-> AWS",
        ]
    );
}

#[test]
fn arrows_feed_along_the_chain_and_a_class_has_instances() {
    assert_eq!(
        typed("MySQL, PostgreSQL --> Sqoop --> HDFS\n"),
        [
            "arrow-chain: MySQL -FEEDS-> Sqoop",
            "arrow-chain: PostgreSQL -FEEDS-> Sqoop",
            "arrow-chain: Sqoop -FEEDS-> HDFS"
        ]
    );
    assert_eq!(typed("messaging system --> Kafka\n"), ["arrow-class: Kafka -IS_A-> messaging system"]);
}

#[test]
fn what_stands_first_under_a_heading_without_a_verb_says_what_it_is() {
    assert_eq!(
        typed("# Hive\n\nData warehouse on top of Hadoop. Made for analysts.\n"),
        ["opening-class: Hive -IS_A-> data warehouse"]
    );
    assert_eq!(
        typed("# Kafka\n\nA fast, distributed message broker, for events.\n"),
        ["opening-class: Kafka -IS_A-> message broker"]
    );
    // A sentence with a verb, a list of several, what is asked, and what does not stand first.
    assert_eq!(typed("# Hive\n\nData warehouses compared.\n"), [""; 0]);
    assert_eq!(typed("# Hive\n\nData warehouse or query engine?\n"), [""; 0]);
    assert_eq!(typed("# Hive\n\nRuns batch jobs.\n\nData warehouse on top of Hadoop.\n"), [""; 0]);
    assert_eq!(typed("# Hive\n\nConnect the message broker first.\n"), [""; 0]);
}

#[test]
fn a_class_as_heading_has_its_bullets_as_instances() {
    assert_eq!(
        typed("# Message brokers\n\n- Kafka\n- RabbitMQ\n"),
        ["heading-class: Kafka -IS_A-> Message brokers", "heading-class: RabbitMQ -IS_A-> Message brokers"]
    );
}

#[test]
fn services_under_a_platform_are_its_parts() {
    assert_eq!(
        typed("# AWS\n\n## Services\n\n- EC2: bare servers to rent\n- S3: a place for files\n"),
        ["heading-part: EC2 -PART_OF-> AWS", "heading-part: S3 -PART_OF-> AWS"]
    );
}

#[test]
fn a_store_beside_a_name_under_storage_keeps_its_data() {
    assert_eq!(
        typed("# Storage\n\n- Hive: HDFS\n- HBase: HDFS\n"),
        ["field-storage: Hive -STORES_IN-> HDFS", "field-storage: HBase -STORES_IN-> HDFS"]
    );
}

#[test]
fn hearst_patterns_give_classes() {
    assert_eq!(
        typed("We send events to messaging systems such as Kafka and RabbitMQ.\n"),
        ["hearst-such-as: Kafka -IS_A-> messaging system", "hearst-such-as: RabbitMQ -IS_A-> messaging system"]
    );
    assert_eq!(
        typed("Hive, Presto and other query engines read it.\n"),
        ["hearst-and-other: Presto -IS_A-> query engine", "hearst-and-other: Hive -IS_A-> query engine"]
    );
}

#[test]
fn copulas_classify_and_compare() {
    assert_eq!(
        typed("Redshift is a fast, managed data warehouse for analysts.\n"),
        ["copula: Redshift -IS_A-> data warehouse"]
    );
    assert_eq!(typed("Hive is like MySQL.\n"), ["copula-like: Hive -SIMILAR_TO-> MySQL"]);
    assert_eq!(
        typed("Flink is an alternative to Kafka Streams.\n"),
        ["copula-alternative: Flink -ALTERNATIVE_TO-> Kafka Streams"]
    );
}

#[test]
fn names_beside_names_say_what_they_are() {
    assert_eq!(typed("Our standard data lake HDFS.\n"), ["class-before-name: HDFS -IS_A-> data lake"]);
    assert_eq!(typed("Copy it to S3, the team's data lake.\n"), ["apposition: S3 -IS_A-> data lake"]);
}

#[test]
fn verbs_give_direction_and_passives_are_turned_round() {
    assert_eq!(typed("Sqoop imports tables from MySQL into HDFS.\n"), ["verb-frame: MySQL -FEEDS-> HDFS"]);
    assert_eq!(typed("Parquet is supported by Spark.\n"), ["verb-frame: Spark -SUPPORTS-> Parquet"]);
    assert_eq!(
        typed("Kafka was developed by LinkedIn and is written in Scala.\n"),
        ["verb-frame: Kafka -MADE_BY-> LinkedIn", "verb-frame: Kafka -WRITTEN_IN-> Scala"]
    );
    assert_eq!(typed("Airflow triggers Spark jobs.\n"), ["verb-frame: Airflow -TRIGGERS-> Spark"]);
}

#[test]
fn lists_of_objects_are_spread_and_a_missing_subject_is_the_heading() {
    assert_eq!(
        typed("# Flume\n\nCollects logs and writes to HDFS, HBase and Kafka.\n"),
        ["verb-frame: Flume -FEEDS-> HDFS", "verb-frame: Flume -FEEDS-> HBase", "verb-frame: Flume -FEEDS-> Kafka"]
    );
}

#[test]
fn what_is_denied_planned_or_asked_says_nothing() {
    for note in [
        "Spark does not write to Kafka.\n",
        "TODO: Spark writes to Kafka.\n",
        "Does Spark write to Kafka?\n",
        "Use Kafka instead of RabbitMQ.\n",
        "Spark should write to Kafka.\n",
    ] {
        assert_eq!(typed(note), Vec::<String>::new(), "{note}");
    }
}

#[test]
fn a_denial_ends_with_its_clause() {
    assert_eq!(typed("Spark does not write to Kafka but reads from HDFS.\n"), ["verb-frame: HDFS -FEEDS-> Spark"]);
    assert_eq!(typed("Unlike Hive, Spark uses Kafka.\n"), ["verb-frame: Spark -USES-> Kafka"]);
    assert_eq!(typed("If Hive reads from Kafka, Spark writes to HDFS.\n"), ["verb-frame: Spark -FEEDS-> HDFS"]);
}

#[test]
fn an_adverb_behind_a_name_does_not_hide_it() {
    assert_eq!(
        typed("Spark uses Kafka and HDFS together.\n"),
        ["verb-frame: Spark -USES-> Kafka", "verb-frame: Spark -USES-> HDFS"]
    );
}

#[test]
fn a_list_behind_a_verb_offers_no_choice_between_its_members() {
    assert_eq!(
        typed("Flume writes to HDFS, Hive or HBase.\n"),
        ["verb-frame: Flume -FEEDS-> HDFS", "verb-frame: Flume -FEEDS-> Hive", "verb-frame: Flume -FEEDS-> HBase"]
    );
    assert_eq!(
        typed("Flume writes to Hive or HBase.\n"),
        ["verb-frame: Flume -FEEDS-> Hive", "verb-frame: Flume -FEEDS-> HBase"]
    );
}

#[test]
fn what_is_said_of_the_class_is_said_of_its_instance() {
    let found = typed("HBase is a NoSQL database that runs on Hadoop.\n");
    assert!(found.contains(&"verb-frame: HBase -RUNS_ON-> Hadoop".to_owned()), "{found:?}");
    assert!(!found.iter().any(|claim| claim.contains("NoSQL -")), "{found:?}");
}

#[test]
fn makers_and_platforms_are_found_across_brackets_lists_and_openings() {
    assert_eq!(
        typed("AdvFS, also known as the Advanced File System, is a file system by Digital Equipment Corporation.\n"),
        ["copula: AdvFS -IS_A-> file system", "class-maker: AdvFS -MADE_BY-> Digital Equipment Corporation"]
    );
    assert_eq!(
        typed("Towers II: Plight of the Stargazer is a game released for the Amiga, Oric and MSX.\n"),
        [
            "verb-frame: Towers II: Plight of the Stargazer -RUNS_ON-> Amiga",
            "verb-frame: Towers II: Plight of the Stargazer -RUNS_ON-> Oric",
            "verb-frame: Towers II: Plight of the Stargazer -RUNS_ON-> MSX"
        ]
    );
    assert_eq!(
        typed("Developed by Zorb Labs, Frobnitz was first shown in May.\n"),
        ["verb-frame: Frobnitz -MADE_BY-> Zorb Labs"]
    );
    assert_eq!(
        typed("Frobnitz was developed by Zorb Labs and published by Quux Games.\n"),
        ["verb-frame: Frobnitz -MADE_BY-> Zorb Labs"]
    );
    assert_eq!(
        typed("Great Expectations is a Python library.\n"),
        ["class-language: Great Expectations -WRITTEN_IN-> Python"]
    );
    assert_eq!(typed("We run it in Google's Kubernetes.\n"), ["possessive-maker: Kubernetes -MADE_BY-> Google"]);
}

#[test]
fn what_others_do_with_a_thing_is_not_done_by_it() {
    assert_eq!(typed("Spark allows applications to store data in HDFS.\n"), Vec::<String>::new());
    assert_eq!(typed("It is a Spark managed engine with HDFS.\n"), Vec::<String>::new());
    assert_eq!(typed("Airflow schedules Python and SQL scripts.\n"), Vec::<String>::new());
    assert_eq!(typed("AWS: Deploy and manage a Kafka cluster\n"), Vec::<String>::new());
}

#[test]
fn equal_choices_are_alternatives() {
    assert_eq!(typed("Databricks or Spark\n"), ["choice: Databricks -ALTERNATIVE_TO-> Spark"]);
}

#[test]
fn a_tool_between_two_works_with_both() {
    assert_eq!(
        typed("We were using Sqoop to transfer data between MySQL and HDFS.\n"),
        ["between: Sqoop -INTEGRATES_WITH-> MySQL", "between: Sqoop -INTEGRATES_WITH-> HDFS"]
    );
}

#[test]
fn tables_read_their_headers() {
    assert_eq!(
        typed("| Tool | Written in | Stores in |\n| --- | --- | --- |\n| Kafka | Scala | S3 |\n"),
        ["table-column: Kafka -WRITTEN_IN-> Scala", "table-column: Kafka -STORES_IN-> S3"]
    );
}

#[test]
fn typed_links_keep_their_type() {
    assert_eq!(
        typed("# Flume\n\n- uses [[HDFS]]\n- masks:: [[Kafka]]\n"),
        ["typed-link: Flume -USES-> HDFS", "typed-link: Flume -MASKS-> Kafka"]
    );
}

#[test]
fn a_line_under_a_heading_is_related_where_nothing_sharper_is_said() {
    let claims = claims("# Flume\n\nGood beside Kafka.\n");
    let found: Vec<String> = claims
        .relations
        .iter()
        .map(|claim| format!("{} {} {} at {}", claim.subject, claim.predicate, claim.object, claim.position.line))
        .collect();
    assert_eq!(found, ["Flume RELATED_TO Kafka at 3"]);
}

#[test]
fn every_quote_stands_in_the_note() {
    let text = "# Flume\n\nFlume collects logs from Kafka\nand writes to HDFS, the main data lake.\n";
    let folded = crate::text::fold_spaces(text);
    for claim in claims(text).relations {
        assert!(folded.contains(&claim.quote), "{}", claim.quote);
    }
}

#[test]
fn answers_speak_of_what_was_asked() {
    assert_eq!(
        typed("Q: What is Flume?\n\nA: It collects logs and writes to HDFS.\n"),
        ["verb-frame: Flume -FEEDS-> HDFS"]
    );
    assert_eq!(
        typed("1. What is Sqoop?\n\nAns: A tool that moves data between MySQL and HDFS.\n"),
        ["between: Sqoop -INTEGRATES_WITH-> MySQL", "between: Sqoop -INTEGRATES_WITH-> HDFS"]
    );
    assert_eq!(typed("## What is Kafka?\n\nIt uses ZooKeeper.\n"), ["verb-frame: Kafka -USES-> ZooKeeper"]);
    assert_eq!(
        typed("# Kafka\n\nWhat do Flume and Sqoop have in common?\n\nIt uses ZooKeeper.\n"),
        Vec::<String>::new()
    );
}

#[test]
fn a_pronoun_stands_for_the_subject_of_the_sentence_before() {
    assert_eq!(
        typed("# Kafka\n\nHBase keeps tables. It stores data in HDFS.\n"),
        ["verb-frame: HBase -STORES_IN-> HDFS"]
    );
}

#[test]
fn comparisons_have_their_attributes_down_the_side() {
    assert_eq!(
        typed("| | Hive | HBase |\n|---|---|---|\n| Storage | HDFS | S3 |\n| Written in | Java | Java |\n"),
        [
            "table-comparison: Hive -STORES_IN-> HDFS",
            "table-comparison: HBase -STORES_IN-> S3",
            "table-comparison: Hive -WRITTEN_IN-> Java",
            "table-comparison: HBase -WRITTEN_IN-> Java"
        ]
    );
}

#[test]
fn code_under_a_heading_uses_what_it_imports_and_opens() {
    assert_eq!(
        typed(
            "# Spark\n\n```python\nfrom kafka import KafkaConsumer\ndf = read(\"s3a://bucket/x\")\n```\n\nKafka and S3.\n"
        ),
        ["code-import: Spark -USES-> Kafka", "code-address: Spark -USES-> S3"]
    );
    assert_eq!(
        typed("# Hive\n\n```sql\nCREATE EXTERNAL TABLE logs (x int)\nLOCATION 's3://bucket/x';\n```\n\nSee S3.\n"),
        ["code-table: Hive -STORES_IN-> S3"]
    );
}

#[test]
fn pros_and_cons_and_steps_are_said_of_their_subject() {
    assert_eq!(
        typed("# Kafka\n\n## Pros\n\n- Works with Spark\n\n## Cons\n\n- Needs ZooKeeper\n- No support for Hive\n"),
        ["verb-frame: Kafka -INTEGRATES_WITH-> Spark", "verb-frame: Kafka -USES-> ZooKeeper"]
    );
    assert_eq!(
        typed("1. Kafka receives events from MySQL\n2. Spark reads from Kafka\n"),
        ["verb-frame: MySQL -FEEDS-> Kafka", "verb-frame: Kafka -FEEDS-> Spark"]
    );
}

#[test]
fn words_that_any_text_may_have_are_related_to_nothing() {
    let related = |note: &str| {
        let claims = claims(note).relations;
        claims.iter().map(|claim| format!("{} {} {}", claim.subject, claim.predicate, claim.object)).collect::<Vec<_>>()
    };
    assert_eq!(related("# Key components\n\n- Kafka\n- Spark\n"), Vec::<String>::new());
    assert_eq!(
        related(
            "# Kafka\n\nMany words in a row say that other people like Spark a lot.\n\nSome say that most of them run HDFS on old machines, too.\n"
        ),
        ["Kafka RELATED_TO Spark"]
    );
}

#[test]
fn a_line_that_relates_everything_is_cut_with_a_warning() {
    let names = ["Kafka", "Hive", "Spark", "HDFS", "Sqoop", "HBase", "Redshift", "Airflow", "Snowflake", "BigQuery"];
    let text = format!("one line\n\n{} --> {}\n", names.join(", "), names.join(", "));
    let extractor = Extractor::new(&Overrides::default());
    let (note, _) = read("note.md", text.as_bytes());
    let discovery = extractor.discover(&note);
    let linker = extractor.resolve([&discovery]).linker();
    let (claims, warnings) = linker.link_words(&note, &discovery, linker.cut(&note));
    assert_eq!(claims.relations.len(), crate::limits::BLOCK_RELATIONS);
    let told: Vec<_> = warnings.iter().map(|warning| (warning.line.unwrap().get(), warning.message.as_str())).collect();
    assert_eq!(told, [(3, "more than 64 relations here; the rest is left out")]);
}

#[test]
fn a_class_behind_a_key_does_not_hide_the_key_from_its_verb() {
    assert_eq!(
        typed("- Redshift: data warehouse, loads data from S3\n"),
        ["field-class: Redshift -IS_A-> data warehouse", "verb-frame: S3 -FEEDS-> Redshift"]
    );
}

#[test]
fn nouns_of_place_speak_of_the_subject_of_their_sentence() {
    assert_eq!(typed("Hive is a part of Hadoop.\n"), ["verb-frame: Hive -PART_OF-> Hadoop"]);
    assert_eq!(typed("Deequ is a library built on top of Apache Spark.\n"), ["verb-frame: Deequ -USES-> Spark"]);
}

/// `subject - object` for each `RELATED_TO`, in note order.
pub(super) fn related(note: &str) -> Vec<String> {
    let claims = claims(note);
    let related = claims.relations.iter().filter(|claim| claim.predicate == RelationType::RelatedTo);
    related.map(|claim| format!("{} - {}", claim.subject, claim.object)).collect()
}

#[test]
fn arrows_that_explain_and_commands_feed_nothing() {
    assert_eq!(typed("Airflow → workflow orchestration\n"), [""; 0]);
    assert_eq!(typed("git init → git add → git commit\n"), [""; 0]);
    assert_eq!(
        typed("S3 → Snowflake → dbt\n"),
        ["arrow-chain: S3 -FEEDS-> Snowflake", "arrow-chain: Snowflake -FEEDS-> dbt"]
    );
}

#[test]
fn who_is_told_to_use_is_not_what_is_used_on() {
    assert_eq!(typed("You can list Kafka topics using Terraform.\n"), [""; 0]);
    assert_eq!(typed("Deploying Kafka using Ansible is quick.\n"), [""; 0]);
}

#[test]
fn a_heading_is_spoken_of_where_it_is_what_the_part_is_about() {
    assert_eq!(related("# Kafka\n\nWorks beside ZooKeeper.\n"), ["Kafka - ZooKeeper"]);
    assert_eq!(related("# Data Engineer Perspective\n\nKafka and Hive.\n"), [""; 0]);
    assert_eq!(related("# Kafka\n\n## What is frobnication?\n\nIt is set up with Terraform.\n"), [""; 0]);
    assert_eq!(related("# Kafka\n\n## How does it scale?\n\nIt is set up with Terraform.\n"), ["Kafka - Terraform"]);
    assert_eq!(related("# Kafka\n\nCan Terraform set it up\n"), [""; 0]);
}

#[test]
fn a_capital_s_is_no_plural() {
    let claims = claims("Git is a distributed version control system (DVCS).\n");
    assert!(claims.mentions.iter().all(|mention| &*mention.concept != "DVC"), "{:?}", claims.mentions);
}

#[test]
fn what_follows_a_question_is_no_definition_of_what_it_asks_for() {
    assert_eq!(typed("# Notes\n\n## What file systems does Spark support?\n\nA distributed file system.\n"), [""; 0]);
    assert_eq!(
        typed("# Notes\n\n## What is HDFS?\n\nA distributed file system.\n"),
        ["opening-class: HDFS -IS_A-> distributed file system"]
    );
}

#[test]
fn a_class_with_instances_of_its_own_is_no_instance() {
    assert_eq!(
        typed("It has monitoring tools like Prometheus and logging tools like Fluentd.\n"),
        ["hearst-like: Prometheus -IS_A-> monitoring tools", "hearst-like: Fluentd -IS_A-> logging tools"]
    );
}

#[test]
fn who_made_a_thing_is_not_the_thing() {
    assert_eq!(typed("The small cache built by Flink is similar to Redis.\n"), [""; 0]);
    assert_eq!(typed("Flink is similar to Spark.\n"), ["copula-like: Flink -SIMILAR_TO-> Spark"]);
}

#[test]
fn a_long_form_of_one_plain_word_is_meant_where_it_has_a_capital() {
    let mentions = |note: &str| {
        let claims = claims(note);
        claims.mentions.iter().map(|mention| format!("{} {}", mention.concept, mention.text)).collect::<Vec<_>>()
    };
    assert_eq!(mentions("Export (EXP) is a tool. We export tables by EXP.\n"), ["EXP EXP", "EXP EXP"]);
}

#[test]
fn code_in_running_text_relates_nothing() {
    assert_eq!(related("# Kafka\n\nHive->next = Spark->next;\n"), [""; 0]);
    assert_eq!(related("# Kafka\n\nHive and Kafka\n").len(), 1);
}

#[test]
fn a_participle_is_no_class() {
    assert_eq!(typed("# Distributed\n\nKafka is a distributed, partitioned thing.\n"), [""; 0]);
}

#[test]
fn a_name_that_acts_itself_ends_a_list_of_objects() {
    assert_eq!(typed("Flume writes to HDFS and Spark will read it.\n"), ["verb-frame: Flume -FEEDS-> HDFS"]);
    assert_eq!(
        typed("Flume writes to HDFS and Hive.\n"),
        ["verb-frame: Flume -FEEDS-> HDFS", "verb-frame: Flume -FEEDS-> Hive"]
    );
}
