//! Code under a concept's heading: modules that it imports, addresses that it opens, tables and where they lie.
//!
//! `import pandas`, `s3://bucket/path` and `jdbc:postgresql://host/db` say that the heading's concept is used with the thing, `CREATE TABLE
//! ... LOCATION 's3://...'` that it keeps its data there. An example is no rule, so the confidence is low. Only names that the
//! lexicon holds count; code alone introduces none.

use super::{Page, Sink};
use crate::extract::word::name_key;
use crate::extract::{Kind, RelationType};
use crate::read::BlockKind;
use crate::text::Span;

/// Schemes of addresses, and the name of what answers there. Sorted.
const SCHEMES: &[(&str, &str)] = &[
    ("abfs", "Azure Data Lake Storage"),
    ("abfss", "Azure Data Lake Storage"),
    ("amqp", "RabbitMQ"),
    ("bigquery", "BigQuery"),
    ("gs", "Google Cloud Storage"),
    ("hdfs", "HDFS"),
    ("jdbc:hive2", "Hive"),
    ("jdbc:mysql", "MySQL"),
    ("jdbc:oracle", "Oracle Database"),
    ("jdbc:postgresql", "PostgreSQL"),
    ("jdbc:redshift", "Redshift"),
    ("jdbc:snowflake", "Snowflake"),
    ("jdbc:sqlserver", "SQL Server"),
    ("mongodb", "MongoDB"),
    ("mysql", "MySQL"),
    ("postgres", "PostgreSQL"),
    ("postgresql", "PostgreSQL"),
    ("redis", "Redis"),
    ("s3", "S3"),
    ("s3a", "S3"),
    ("s3n", "S3"),
    ("wasb", "Azure Blob Storage"),
    ("wasbs", "Azure Blob Storage"),
];

/// Lines of a code block that are read.
const MOST_LINES: usize = 1000;

pub(super) fn read(page: &Page<'_>, index: usize, sink: &mut Sink) {
    let line = &page.lines[index];
    if !matches!(line.block.kind, BlockKind::Code { .. }) {
        return;
    }
    let Some(subject) = page.above(index) else { return };
    let kind = page.concept(subject.concept).kind;
    let idea = matches!(
        kind,
        Kind::Architecture
            | Kind::Format
            | Kind::Language
            | Kind::Library
            | Kind::Method
            | Kind::Protocol
            | Kind::Role
            | Kind::Security
            | Kind::Standard
            | Kind::Term
    );
    // Under `Shipping logs to Elasticsearch` stands code of whoever ships.
    let about = page.around.subject.is_none_or(|of| of.kept || of.concept != subject.concept);
    if idea || !page.is_product(subject.concept) || !about {
        return;
    }
    let mut in_table = false;
    let mut start = 0;
    for written in line.block.text.split_inclusive('\n').take(MOST_LINES) {
        let quote = Span::new(start, start + written.trim_end().len());
        start += written.len();
        let lower = written.to_lowercase();
        in_table = (in_table || lower.trim_start().starts_with("create ") && lower.contains("table"))
            && !lower.trim().is_empty();
        let keeps = in_table && (lower.contains("location") || lower.contains("path"));
        let addressed = address(written).and_then(|name| page.lexicon.lookup(name));
        let imported =
            import(written).and_then(|module| page.lexicon.lookup(module)).filter(|concept| is_module(page, *concept));
        for concept in addressed.into_iter().chain(imported).filter(|concept| page.is_solid(*concept)) {
            let predicate = if keeps { RelationType::StoresIn } else { RelationType::Uses };
            let rule = if keeps {
                "code-table"
            } else if imported == Some(concept) {
                "code-import"
            } else {
                "code-address"
            };
            let object = super::End { concept, span: None };
            sink.add((page, index), subject, predicate, object, (rule, 300), quote);
        }
    }
}

/// The names that a block of code may mean by its addresses and imports.
pub(in crate::extract) fn named(text: &str) -> impl Iterator<Item = &str> {
    text.lines().take(MOST_LINES).flat_map(|written| address(written).into_iter().chain(import(written)))
}

/// Whether a concept may be what a module of its name is.
fn is_module(page: &Page<'_>, concept: u32) -> bool {
    !matches!(
        page.concept(concept).kind,
        Kind::Format | Kind::Method | Kind::Role | Kind::Organisation | Kind::Architecture
    )
}

/// The module that a line imports: `import pandas as pd`, `from kafka import KafkaConsumer`, `import org.apache.spark.sql.Row`.
fn import(written: &str) -> Option<&str> {
    let mut words = written.split_whitespace();
    let module = match words.next()? {
        "from" => words.next().filter(|_| words.next() == Some("import"))?,
        "import" => words.next().filter(|word| !word.contains(['"', '\'', '{', '(']))?,
        _ => return None,
    };
    let module = module.trim_end_matches([';', ',']);
    let inner = module.strip_prefix("org.apache.").unwrap_or(module);
    let name = inner.split('.').next()?;
    let name = name.strip_prefix("py").filter(|rest| rest.len() > 3).unwrap_or(name);
    (!name_key(name).is_empty()).then_some(name)
}

/// The name of what answers at the first address of a line.
fn address(written: &str) -> Option<&'static str> {
    let at = written.find("://")?;
    let start =
        written[..at].rfind(|letter: char| !(letter.is_ascii_alphanumeric() || letter == ':')).map_or(0, |at| at + 1);
    let scheme = written.get(start..at)?.to_ascii_lowercase();
    let found = SCHEMES.binary_search_by(|(known, _)| (*known).cmp(scheme.as_str())).ok()?;
    Some(SCHEMES[found].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_for_its_search() {
        assert!(SCHEMES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }

    #[test]
    fn imports_name_their_module() {
        assert_eq!(import("import pandas as pd"), Some("pandas"));
        assert_eq!(import("from pyspark.sql import SparkSession"), Some("spark"));
        assert_eq!(import("import org.apache.kafka.clients.Producer;"), Some("kafka"));
        assert_eq!(import("important = 1"), None);
        assert_eq!(import("from x to y"), None);
    }

    #[test]
    fn addresses_name_what_answers_there() {
        assert_eq!(address("df = read(\"s3a://bucket/path\")"), Some("S3"));
        assert_eq!(address("url=jdbc:postgresql://host/db"), Some("PostgreSQL"));
        assert_eq!(address("see https://example.org"), None);
    }
}
