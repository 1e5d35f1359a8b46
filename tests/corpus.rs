//! The sample notes hold together: every system they are about is a concept, and the lines that people will ask for first
//! are found.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::path::Path;

use quipu::query::Value;
use quipu::session::{self, QueryOptions, Session};
use quipu::store::IngestOptions;
use tempfile::TempDir;

/// What the notes are about.
const SYSTEMS: &[&str] = &[
    "Kafka",
    "Flume",
    "Flume agent",
    "fan-in",
    "multi-hop",
    "HDFS",
    "Hadoop",
    "Spark",
    "Hive",
    "managed table",
    "external table",
    "HBase",
    "Sqoop",
    "S3",
    "AWS Lambda",
    "EMR",
    "Redshift",
    "leader node",
    "compute node",
    "node slices",
    "Redshift Spectrum",
    "Redshift Advisor",
    "COPY command",
    "materialized view",
    "concurrency scaling",
    "columnar storage",
    "IAM",
    "IAM user",
    "IAM role",
    "MFA",
    "IAM federation",
    "SAML",
    "Active Directory",
    "EC2",
    "AMI",
    "EBS",
    "ELB",
    "ASG",
    "user data",
    "security group",
    "VPC",
    "RDS",
    "Aurora",
    "Route 53",
    "Lake Formation",
    "CloudWatch",
    "CloudTrail",
    "Azure Data Factory",
    "Azure Synapse",
    "Databricks",
    "Snowflake",
    "NoSQL",
    "OLAP",
    "ETL",
    "BI",
    "JDBC",
    "ODBC",
    "SQL",
    "MySQL",
    "PostgreSQL",
    "Parquet",
    "Avro",
    "JSON",
    "CSV",
    "Scala",
    "Python",
    "DataOps",
    "DevOps",
    "data lake",
    "data warehouse",
    "lakehouse",
    "query federation",
];

/// What the notes say in so many words.
const FACTS: &[(&str, &str, &str)] = &[
    ("Flume", "FEEDS", "HDFS"),
    ("HDFS", "FEEDS", "Spark"),
    ("Spark", "FEEDS", "Hive"),
    ("S3", "FEEDS", "Redshift"),
    ("Kafka", "FEEDS", "Spark"),
    ("MySQL", "FEEDS", "Sqoop"),
    ("S3", "TRIGGERS", "AWS Lambda"),
    ("HBase", "STORES_IN", "HDFS"),
    ("HBase", "RUNS_ON", "HDFS"),
    ("Spark", "RUNS_ON", "YARN"),
    ("EMR", "RUNS_ON", "EC2"),
    ("IAM", "SECURES", "S3"),
    ("Redshift", "USES", "IAM role"),
    ("Hive", "SUPPORTS", "Parquet"),
    ("Kafka", "WRITTEN_IN", "Scala"),
    ("Parquet", "MADE_BY", "Cloudera"),
    ("HBase", "IS_A", "column-family store"),
    ("Snowflake", "IS_A", "data warehouse"),
    ("concurrency scaling", "PART_OF", "Redshift"),
    ("Spark", "REPLACES", "MapReduce"),
    ("Cassandra", "ALTERNATIVE_TO", "HBase"),
    ("DataOps", "SIMILAR_TO", "DevOps"),
    ("EC2", "PART_OF", "AWS"),
    ("Hive", "MADE_BY", "Facebook"),
];

/// A session over the sample notes, and the folder that holds its index.
fn corpus() -> (TempDir, Session) {
    let folder = TempDir::new().unwrap();
    let notes = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let index = folder.path().join("index");
    let report = session::ingest(&[notes], &index, &IngestOptions::default(), &|_| {}).unwrap();
    assert!(report.new.len() >= 25 && report.skipped.is_empty(), "{report:?}");
    let session = Session::open(&index).unwrap();
    (folder, session)
}

/// Whether a statement gives at least one row.
fn holds(session: &Session, statement: &str) -> bool {
    let answer = session.query(statement, &QueryOptions::default()).unwrap();
    answer.rows.iter().any(|row| matches!(row[0], Value::Boolean(true)))
}

#[test]
fn every_system_is_a_concept_and_the_first_facts_are_found() {
    let (_folder, session) = corpus();
    let known = |name: &&&str| {
        let statement = format!("CALL concept('{name}') YIELD concept, exact RETURN exact AND concept.mentions > 0");
        !holds(&session, &statement)
    };
    let unknown: Vec<_> = SYSTEMS.iter().filter(known).collect();
    assert_eq!(unknown, Vec::<&&str>::new());
    let unsaid = |(subject, relation, object): &&(&str, &str, &str)| {
        let pattern = format!("(:Concept {{name: '{subject}'}})-[r:{relation}]-(:Concept {{name: '{object}'}})");
        !holds(&session, &format!("MATCH {pattern} RETURN size(r.evidence) > 0"))
    };
    let missing: Vec<_> = FACTS.iter().filter(unsaid).collect();
    assert_eq!(missing, Vec::<&(&str, &str, &str)>::new());
}
