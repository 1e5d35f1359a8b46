#!/usr/bin/env python3
"""quipu beside its rivals on one graph, in one run; prints medians of CPU time and ratios.

    graph.py GRAPH [--work DIR] [--rivals quipu,kuzu,...] [--calls 100] [--seconds 20]

GRAPH is a folder that make.py made; QUIPU names the program. Each rival runs in a process of its own, one after the
other. A question is asked until `--calls` or `--seconds` are reached. Answers of the first three calls must be the
same everywhere, where a rival gives a count: `check` tells. CPU time is that of all threads and of driven processes,
so that a busy machine says little; wall time is there for a quiet one.
"""
import argparse
import csv
import json
import multiprocessing
import resource
import time
from pathlib import Path

import rivals

QUESTIONS = {
    "one_hop": "at", "two_hop": "a", "path": "ab", "all_paths": "ab", "weighted": "ab",
    "typed": "tu", "kinds": "", "top": "", "cold": "ab",
    "in_a_row_one_hop": "at", "in_a_row_two_hop": "a", "in_a_row_path": "ab", "in_a_row_all_paths": "ab",
}
WHOLE = {"typed": 5, "kinds": 5, "top": 5, "cold": 20, "weighted": 30}


def percentile(times: list, share: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def question(rival, name: str, kinds: str, queries: list, options) -> dict:
    ask, wall, cpu, checks = getattr(rival, name), [], [], []
    end = time.perf_counter() + options.seconds
    for query in queries[:WHOLE.get(name, options.calls)]:
        arguments = [query[kind] for kind in kinds]
        clock = rivals.Rival.ended if name == "cold" else type(rival).cpu
        times = rival.IN_A_ROW if name.startswith("in_a_row") else 1
        start, spent = time.perf_counter(), clock(rival)
        answer = ask(*arguments)
        wall.append((time.perf_counter() - start) / times * 1e3)
        cpu.append((clock(rival) - spent) / times * 1e3)
        if len(wall) <= 3 and answer is not None:
            checks.append(int(answer))
        if time.perf_counter() > end:
            break
    return {"calls": len(wall), "cpu": percentile(cpu, 0.5), "cpu95": percentile(cpu, 0.95),
            "wall": percentile(wall, 0.5), "check": checks}


def run(name: str, options, queries: list, sink) -> None:
    rival = rivals.ALL[name](options.graph, options.work)
    start, spent = time.perf_counter(), rivals.Rival.cpu(rival)
    rival.load()
    usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    load = {"wall": time.perf_counter() - start, "cpu": rivals.Rival.cpu(rival) - spent,
            "memory": max(usage) / 1024, "disk": rival.files() / 1e6}
    sink.put((name, "load", load))
    for asked, kinds in QUESTIONS.items():
        if hasattr(rival, asked):
            try:
                sink.put((name, asked, question(rival, asked, kinds, queries, options)))
            except Exception as error:  # a rival that fails is told, and the others go on
                sink.put((name, asked, {"error": str(error)[:60]}))


def table(found: dict, names: list) -> None:
    print(f"\n{'CPU ms p50 / p95':<12}" + "".join(f"{name:>24}" for name in names) + f"{'best rival / quipu':>20}")
    for asked in QUESTIONS:
        cells, times = [], {}
        for name in names:
            cell = found.get((name, asked))
            if cell is None or "error" in cell:
                cells.append("-" if cell is None else cell["error"][:22])
                continue
            times[name] = cell["cpu"]
            cells.append(f"{cell['cpu']:.3f} / {cell['cpu95']:.3f} ({cell['calls']})")
        others = [spent for name, spent in times.items() if name != "quipu"]
        ratio = f"{min(others) / times['quipu']:.1f}" if others and times.get("quipu") else "-"
        print(f"{asked:<12}" + "".join(f"{cell:>24}" for cell in cells) + f"{ratio:>20}")
        checks = {name: found[name, asked]["check"] for name in times if found[name, asked].get("check")}
        shared = min((len(check) for check in checks.values()), default=0)
        if len({tuple(check[:shared]) for check in checks.values()}) > 1:
            print(f"{'':<12}ANSWERS DIFFER: {checks}")
    for what, unit in (("cpu", "s CPU"), ("wall", "s wall"), ("memory", "MB memory"), ("disk", "MB disk")):
        cells = [found.get((name, "load"), {}).get(what) for name in names]
        print(f"load, {unit:<12}" + "".join(f"{'-' if cell is None else f'{cell:.1f}':>22}" for cell in cells))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", type=Path)
    parser.add_argument("--work", type=Path, default=Path("rivals-work"))
    parser.add_argument("--rivals", default=",".join(rivals.ALL))
    parser.add_argument("--calls", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--limit", type=float, default=900, help="seconds for one rival")
    options = parser.parse_args()
    table(measure(options, options.rivals.split(",")), options.rivals.split(","))


def measure(options, names: list) -> dict:
    """Cells by rival and question."""
    with open(options.graph / "queries.csv") as file:
        queries = [{"a": int(row["a"]), "b": int(row["b"]), "t": row["t"], "u": row["u"]} for row in csv.DictReader(file)]
    found = {}
    sink = multiprocessing.Manager().Queue()
    for name in names:
        process = multiprocessing.Process(target=run, args=(name, options, queries, sink))
        process.start()
        process.join(options.limit)
        if process.is_alive():
            process.terminate()
            print(f"{name}: stopped after {options.limit:.0f} s")
        while not sink.empty():
            rival, asked, cell = sink.get()
            found[rival, asked] = cell
            print(json.dumps({"rival": rival, "question": asked, **cell}), flush=True)
    return found


if __name__ == "__main__":
    main()
