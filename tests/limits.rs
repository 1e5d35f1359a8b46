//! Every limit is reached on the built program, names the option that raises it, and is lifted by it; the
//! page on limits lists them as the code has them; Ctrl-C ends a statement.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use quipu::limits::{FIXED, RULES, shown_bytes};
use tempfile::TempDir;

/// An index of two notes.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(TempDir::new().unwrap());
        fs::create_dir(place.0.path().join("notes")).unwrap();
        let note = "Pipelines\n=========\n\nIngestion: Kafka\n\nStorage: HDFS\n";
        fs::write(place.0.path().join("notes/a.txt"), note).unwrap();
        assert!(place.quipu(&["ingest", "notes"]).status.success());
        place
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_quipu"));
        command.args(arguments).current_dir(self.0.path()).stdin(Stdio::null());
        command.env_remove("QUIPU_INDEX").env_remove("FORCE_COLOR").env("XDG_STATE_HOME", self.0.path());
        command
    }

    fn quipu(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }
}

/// A limit, an amount that is reached, one that is not, and a command that needs an amount between.
struct Case {
    option: &'static str,
    low: &'static str,
    high: &'static str,
    command: Vec<String>,
}

fn query(option: &'static str, low: &'static str, high: &'static str, statement: &str) -> Case {
    Case { option, low, high, command: vec!["query".into(), "--scratch".into(), statement.into()] }
}

fn other(option: &'static str, low: &'static str, high: &'static str, command: &[&str]) -> Case {
    Case { option, low, high, command: command.iter().map(ToString::to_string).collect() }
}

fn cases() -> Vec<Case> {
    let nested = |depth: usize| format!("RETURN {}1{}", "[".repeat(depth), "]".repeat(depth));
    let clauses = "WITH 1 AS x ".repeat(2_000) + "RETURN x";
    let pattern = "MATCH (a)".to_string() + &"--()".repeat(1_500) + " RETURN a";
    let group = |depth: usize| format!("RETURN 'a' =~ '{}a{}'", "(".repeat(depth), ")".repeat(depth));
    let square = "CREATE (a)-[:R]->(b)-[:R]->(c)-[:R]->(a) WITH 1 AS one MATCH (x)-[*]->(y) RETURN count(*)";
    let long = format!("RETURN 1 // {}", "x".repeat(70_000));
    let mut cases = vec![
        query("timeout", "1", "600", "UNWIND range(1, 3000000) AS x WITH x WHERE x % 2 = 3 RETURN count(x)"),
        query("max-memory", "1K", "1M", "UNWIND range(1, 1000) AS x RETURN collect(x)"),
        query("max-rows", "99", "1000", "UNWIND range(1, 100) AS x RETURN x"),
        query("max-paths", "2", "100", square),
        query("max-text", "64K", "128K", &long),
        query("max-depth", "64", "256", &nested(200)),
        query("max-depth", "64", "256", &format!("RETURN {}true", "NOT ".repeat(200))),
        query("max-depth", "64", "256", &format!("RETURN 1{}", " IS NULL".repeat(200))),
        query("max-clauses", "1000", "3000", &clauses),
        query("max-pattern", "2000", "4000", &pattern),
        query("max-steps", "100", "100000", "RETURN 1 + 2 * 3"),
        query("max-list", "1000", "10000", "RETURN size([x IN range(1, 5000) | x] + 1)"),
        query("max-string", "1K", "1M", "RETURN size(reduce(s = 'x', x IN range(1, 12) | s + s))"),
        query("max-nesting", "200", "1000", "RETURN size(reduce(l = [], x IN range(1, 250) | [l]))"),
        query("max-regex", "4K", "8K", &format!("RETURN 'a' =~ '{}'", "a".repeat(5_000))),
        query("max-regex-size", "1M", "64M", r"RETURN 'a' =~ '(\\w{10}){10}\\w{100}'"),
        query("max-regex-depth", "50", "250", &group(200)),
        other("max-paths", "1", "100", &["path", "Kafka", "HDFS"]),
        other("max-question", "10", "1K", &["ask", "what connects Kafka to HDFS"]),
        other("max-search", "3", "1K", &["search", "kafka"]),
        other("max-search-words", "1", "10", &["search", "kafka storage"]),
        other("max-search-depth", "1", "10", &["search", "((kafka))"]),
    ];
    for (option, low, text) in
        [("max-search", "3", "kafka"), ("max-search-words", "1", "kafka hdfs"), ("max-search-depth", "1", "((kafka))")]
    {
        cases.push(other(option, low, "100", &["query", &format!("CALL search('{text}') YIELD path RETURN path")]));
    }
    cases
}

#[test]
fn each_limit_names_the_option_that_lifts_it() {
    let place = Place::new();
    let cases = cases();
    let tried: BTreeSet<&str> = cases.iter().map(|case| case.option).collect();
    assert_eq!(tried, RULES.iter().map(|rule| rule.option).collect(), "each limit has a case");
    for Case { option, low, high, command } in cases {
        let run = |amount: &str| {
            let option = format!("--{option}");
            let mut arguments: Vec<&str> = command.iter().map(String::as_str).collect();
            arguments.extend([option.as_str(), amount]);
            place.quipu(&arguments)
        };
        let (refused, lifted) = (run(low), run(high));
        let shown = |output: &Output| String::from_utf8_lossy(&output.stderr).chars().take(2_000).collect::<String>();
        assert_eq!(refused.status.code(), Some(7), "--{option} {low}: {}", shown(&refused));
        let hint = format!("hint: raise it with --{option}, at the prompt with `:limit {option}`");
        assert!(shown(&refused).contains(&hint), "--{option}: {}", shown(&refused));
        assert_eq!(lifted.status.code(), Some(0), "--{option} {high}: {}", shown(&lifted));
    }
}

#[test]
fn the_page_lists_the_limits_of_the_code() {
    let mut queries = String::from("| Option | Default | At most | Error | |\n|---|---|---|---|---|\n");
    for rule in &RULES {
        let most = if rule.most > 1 << 60 { "any".to_string() } else { rule.shown(rule.most) };
        let (default, option, error) = (rule.shown(rule.default), rule.option, rule.error);
        writeln!(queries, "| `--{option}` | {default} | {most} | `{error}` | {} |", rule.help).unwrap();
    }
    let mut notes = String::from("| Limit | Default | Option | Beyond it |\n|---|---|---|---|\n");
    for fixed in &FIXED {
        let value = if fixed.bytes { shown_bytes(fixed.value) } else { fixed.value.to_string() };
        let option = fixed.option.map_or_else(String::new, |option| format!("`{option}`"));
        writeln!(notes, "| {} | {value} | {option} | {} |", fixed.what, fixed.beyond).unwrap();
    }
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/limits.md")).unwrap();
    assert!(page.contains(&queries), "docs/limits.md should hold:\n{queries}");
    assert!(page.contains(&notes), "docs/limits.md should hold:\n{notes}");
}

/// A statement that runs for years, and the same that ends at once on SIGINT.
#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_statement() {
    use std::os::unix::process::ExitStatusExt;
    use std::thread::sleep;
    use std::time::Duration;

    if ignores_interrupts() {
        eprintln!("skipped: this process was started with SIGINT ignored, as shells start jobs in the background");
        return;
    }
    let place = Place::new();
    let endless = "UNWIND range(1, 1000000000000) AS x WITH x WHERE x < 0 RETURN x";
    let arguments = ["query", "--timeout", "1000000", "--max-rows", "1000000000000", endless];
    let mut child = place.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none(), "the statement ended by itself");
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().signal(), Some(2));
}

/// Whether SIGINT is ignored, which programs inherit. Where it cannot be told, it is not.
#[cfg(unix)]
fn ignores_interrupts() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    mask.is_some_and(|mask| mask & 0b10 != 0)
}
