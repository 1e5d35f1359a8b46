#!/usr/bin/env python3
"""The whole table: what quipu is meant to reach, what it takes here, and what the rivals take, in one run.

    bars.py GRAPH NOTES [--work DIR] [--rivals quipu,kuzu,duckdb,igraph,rustworkx] [--calls 100] [--seconds 20]

GRAPH is a folder that make.py made (1,000,000 concepts and 10,000,000 relations are what the bars are set for), NOTES one
of Markdown (the bars: 114 MB, `src` of cockroachdb/docs). QUIPU names the program. CPU time, so that a busy machine says
little. Searches inside of one process, readers during an ingest and tantivy as a program by itself come from
`cargo bench --bench ingest` on the same notes; where cargo is absent, those rows are.
"""
import argparse
import re
import shutil
import subprocess
from pathlib import Path

import graph
import rivals
import text

# Question, its words, and the most that p50 and p95 may take, in milliseconds.
QUESTIONS = (
    ("path", "shortest path", 0.15, 2.0), ("in_a_row_path", "the same, twenty in a row", 0.15, 2.0),
    ("all_paths", "all shortest paths", 0.5, None), ("in_a_row_all_paths", "the same, twenty in a row", 0.5, None),
    ("weighted", "cheapest path", 20, None),
    ("one_hop", "one hop by name and type", 0.05, None), ("in_a_row_one_hop", "the same, twenty in a row", 0.05, None),
    ("two_hop", "two hops, distinct, counted", 0.1, None), ("in_a_row_two_hop", "the same, twenty in a row", 0.1, None),
    ("typed", "(a)-[:T]->(b)-[:U]->(c), counted", 40, None), ("kinds", "relations by kind of both ends", 100, None),
    ("top", "ten largest degrees", 40, None), ("cold", "cold process, one path", 5, None),
)


def row(what: str, bar: str, own: str, met, rest: str) -> None:
    print(f"| {what} | {bar} | {own} | {'-' if met is None else 'yes' if met else 'no'} | {rest} |")


def graph_rows(found: dict, names: list) -> None:
    for question, words, middle, high in QUESTIONS:
        own = found.get(("quipu", question))
        if own is None or "error" in own:
            row(words, f"{middle} ms", "-" if own is None else own["error"], None, "-")
            continue
        met = own["cpu"] <= middle and (high is None or own["cpu95"] <= high)
        asked = question.removeprefix("in_a_row_")
        others = {name: found[name, asked]["cpu"] for name in names[1:] if "cpu" in found.get((name, asked), {})}
        best = min(others, key=others.get, default=None)
        rest = "-" if best is None else f"{best} {others[best]:.3g} ms, {others[best] / own['cpu']:.2g} times"
        bar = f"{middle} ms" if high is None else f"{middle} / {high} ms"
        row(words, bar, f"{own['cpu']:.3g} / {own['cpu95']:.3g} ms ({own['calls']})", met, rest)


def size_row(options) -> None:
    index = options.work / "quipu" / "index"
    size = sum(file.stat().st_size for file in index.glob("graph-*"))
    with open(options.graph / "rels.csv") as file:
        relations = sum(1 for _ in file) - 1
    row("graph file with quotes, bytes a relation", "-", f"{size / relations:.1f}", None, "`quipu stats` tells its parts")


def text_rows(found: dict) -> None:
    megabytes, own, alone = found["megabytes"], found[("quipu", "load")], found.get(("tantivy", "load"), {})
    rate = megabytes / own["cpu"] * 1e3
    met = None if "cpu" not in alone else alone["cpu"] / own["cpu"] >= 0.4
    rest = "-" if met is None else f"tantivy alone {megabytes / alone['cpu'] * 1e3:.1f}; {alone['cpu'] / own['cpu']:.2f} of it"
    row("ingest, MB a CPU second", "0.4 of tantivy alone", f"{rate:.1f}", met, rest)
    row("ingest, peak MB", "500", f"{own['memory']:.0f}", own["memory"] <= 500, "-")
    row("again, nothing changed", "300 ms", f"{found['quipu', 'again']['cpu']:.0f} ms", found["quipu", "again"]["cpu"] <= 300, "-")
    changed = found["quipu", "one note changed"]["cpu"]
    row("again, one note changed", "150 ms", f"{changed:.0f} ms", changed <= 150, "-")
    for kind in text.KINDS:
        cold = found["quipu", f"cold, {kind}"]["cpu"]
        others = [f"{name} {found[name, f'{way}, {kind}']['cpu']:.2g} ms"
                  for name, way in (("tantivy", "search"), ("sqlite", "search"), ("ripgrep", "cold")) if (name, f"{way}, {kind}") in found]
        row(f"search from the command line, {kind}", "15 ms", f"{cold:.1f} ms", cold <= 15, ", ".join(others))


def bench_rows(notes: Path, found: dict) -> None:
    """The rows that need a program in Rust: its lines are a name and some numbers."""
    if shutil.which("cargo") is None:
        return
    command = ["cargo", "bench", "--locked", "--bench", "ingest", "--", str(notes.resolve())]
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    lines = {}
    for line in told.splitlines():
        parts = re.match(r"(\S.*?)\s{2,}([\d. ]+)", line)
        if parts:
            lines[parts[1]] = [float(number) for number in parts[2].split()]
    (alone_wall, alone_cpu, *_), (own_wall, own_cpu, *_) = lines["tantivy alone"], lines["quipu ingest"]
    rate = alone_cpu / own_cpu
    row("ingest beside a program that is tantivy alone", "0.4 of its rate, 2.5 times its time",
        f"{rate:.2f}, {own_wall / alone_wall:.1f} times", rate >= 0.4 and own_wall <= 2.5 * alone_wall,
        f"tantivy alone {alone_cpu:.1f} s of CPU time")
    part = lines["reading and extraction alone"][1] / alone_cpu
    row("reading and extraction alone, CPU time over tantivy's", "1.5", f"{part:.1f}", part <= 1.5, "-")
    for kind in text.KINDS:
        middle, high = lines[kind][:2]
        other = found.get(("tantivy", f"search, {kind}"))
        row(f"search in process, {kind}", "0.5 ms", f"{middle:.2f} / {high:.2f} ms", middle <= 0.5,
            "-" if other is None else f"tantivy {other['cpu']:.2g} ms, without snippets")
    (_, quiet), (_, busy) = lines["64 readers, quiet"][:2], lines["64 readers during an ingest"][:2]
    row("64 readers during an ingest, p95 over the quiet one", "3 times", f"{busy / quiet:.1f} times ({busy:.0f} and {quiet:.0f} ms)",
        busy <= 3 * quiet, "no error, no mixed state")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--work", type=Path, default=Path("rivals-work"))
    parser.add_argument("--rivals", default=",".join(rivals.ALL))
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one rival")
    options = parser.parse_args()
    names = ["quipu", *(name for name in options.rivals.split(",") if name != "quipu")]
    asked = graph.measure(options, names)
    searched = text.measure(options.notes, options.work / "text", list(text.ALL), 13, options.limit)
    version = subprocess.run([rivals.Quipu.binary, "--version"], capture_output=True, text=True).stdout.strip()
    print(f"\n{version}, CPU p50 / p95 (calls); {searched['megabytes']:.1f} MB of notes\n\n| What | Bar | quipu | Met | Best rival |\n|---|---|---|---|---|")
    graph_rows(asked, names)
    size_row(options)
    text_rows(searched)
    bench_rows(options.notes, searched)


if __name__ == "__main__":
    main()
