//! Statements over large lists and writes, in process: medians of wall time.
//!
//! `cargo bench --bench statements`. Each statement runs five times on a graph of its own. Nothing is asserted but
//! the answer; read the times beside those of an earlier run on the same machine.

#![expect(clippy::print_stdout, reason = "a benchmark prints")]

use std::time::{Duration, Instant};

use quipu::query::{Engine, Parameters};

/// What is run, and how many rows it gives.
const STATEMENTS: &[(&str, usize)] = &[
    ("RETURN size([x IN range(1, 1000000) WHERE x % 2 = 0 | x * x]) AS n", 1),
    ("UNWIND range(1, 100000) AS x RETURN x % 10 AS k, count(*) AS n, sum(x) AS s, collect(x)[0] AS f", 10),
    ("UNWIND range(1, 10000) AS x MERGE (n:N {id: x}) RETURN count(n) AS n", 1),
    ("UNWIND range(1, 1000001) AS x RETURN x LIMIT 3000", 3000),
    ("UNWIND range(1, 100000) AS x WITH x ORDER BY x % 1000, x DESC RETURN x LIMIT 10", 10),
];

const RUNS: usize = 5;

fn main() {
    println!("{:>10}  {:>10}  {:>10}  statement", "median", "min", "max");
    for (statement, rows) in STATEMENTS {
        let mut times: Vec<Duration> = (0..RUNS).map(|_| timed(statement, *rows)).collect();
        times.sort_unstable();
        let shown = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1000.0);
        println!(
            "{:>10}  {:>10}  {:>10}  {statement}",
            shown(times[RUNS / 2]),
            shown(times[0]),
            shown(times[RUNS - 1])
        );
    }
}

fn timed(statement: &str, rows: usize) -> Duration {
    let engine = Engine::scratch();
    let start = Instant::now();
    let answer = engine.run(statement, &Parameters::default()).expect("the statement is valid");
    let time = start.elapsed();
    assert_eq!(answer.rows.len(), rows, "{statement}");
    time
}
