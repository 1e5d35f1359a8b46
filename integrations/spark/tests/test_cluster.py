"""The proof: whatever the parts, their order, and the fate of workers, the index is that of an ingest."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import export
from pyspark.sql import SparkSession

from quipu_spark import Job, run
from quipu_spark.main import main
from quipu_spark.pipe import StageError, through

MASTER = os.environ.get("QUIPU_SPARK_MASTER", "local-cluster[2,1,1024]")


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    session = SparkSession.builder.master(MASTER).config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


def build(quipu: str, facts: str, index: Path) -> bytes:
    subprocess.run([quipu, "build", "--facts", facts, "--index", str(index)], check=True, stdout=subprocess.DEVNULL)
    return export(quipu, str(index))


@pytest.mark.parametrize("partitions", [1, 2, 16])
def test_any_number_of_parts_in_any_order_gives_the_export_of_an_ingest(
    spark: SparkSession, quipu: str, packed: str, ingested: bytes, tmp_path: Path, partitions: int
) -> None:
    rows = Path(packed).read_text().splitlines()
    random.Random(partitions).shuffle(rows)
    shuffled = tmp_path / "notes.jsonl"
    shuffled.write_text("".join(f"{row}\n" for row in rows))
    job = Job(str(shuffled), str(tmp_path / "out"), quipu, partitions=partitions, with_tables=False)
    result = run(spark, job)
    assert build(quipu, result.facts, tmp_path / "index") == ingested


def test_workers_read_notes_that_are_listed(
    spark: SparkSession, quipu: str, corpus: str, packed: str, ingested: bytes, tmp_path: Path
) -> None:
    names = [json.loads(row)["note"] for row in Path(packed).read_text().splitlines()]
    listed = tmp_path / "list.jsonl"
    listed.write_text("".join(json.dumps({"note": name, "uri": f"{corpus}/{name}"}) + "\n" for name in names))
    result = run(spark, Job(str(listed), str(tmp_path / "out"), quipu, partitions=2, fetch=True, with_tables=False))
    assert build(quipu, result.facts, tmp_path / "index") == ingested


def test_the_tables_say_what_the_export_says(
    spark: SparkSession, quipu: str, packed: str, ingested: bytes, tmp_path: Path
) -> None:
    result = run(spark, Job(packed, str(tmp_path / "out"), quipu, partitions=4, keep=2))
    rows = [json.loads(row) for row in ingested.splitlines()]
    told = {(r["subject"], r["predicate"], r["object"]): r for r in rows if r["kind"] == "relation"}
    relations = spark.read.parquet(f"{result.tables}/relations").collect()
    assert {(r.subject, r.predicate, r.object) for r in relations} == set(told)
    for row in relations:
        assert row.support == len(told[row.subject, row.predicate, row.object]["evidence"])
    kept: dict[tuple[str, str, str], list[tuple[str, int, int]]] = {}
    for row in spark.read.parquet(f"{result.tables}/evidence").collect():
        kept.setdefault((row.subject, row.predicate, row.object), []).append((row.note, row.line, row.column))
    for key, places in kept.items():
        all_places = sorted({(e["note"], e["line"], e["column"]) for e in told[key]["evidence"]})
        assert sorted(set(places))[:1] == all_places[:1] and len(places) <= 2
    concepts = {row["name"]: row for row in rows if row["kind"] == "concept"}
    for row in spark.read.parquet(f"{result.tables}/concepts").collect():
        assert row.mentions == len(concepts[row.name]["mentions"])
        assert row.notes == len({mention["note"] for mention in concepts[row.name]["mentions"]})


@pytest.mark.skipif("local-cluster" not in MASTER, reason="no executors of its own to kill")
def test_a_killed_worker_changes_nothing(
    spark: SparkSession, quipu: str, packed: str, ingested: bytes, tmp_path: Path
) -> None:
    slow = tmp_path / "slow-quipu"
    slow.write_text(f'#!/bin/sh\ncase "$1" in extract|discover) sleep 1;; esac\nexec {quipu} "$@"\n')
    slow.chmod(0o755)
    killed: list[int] = []

    def kill() -> None:
        for _ in range(600):
            time.sleep(0.1)
            if executors := _executors():
                if _busy():
                    os.kill(executors[0], signal.SIGKILL)
                    killed.append(executors[0])
                    return

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    result = run(spark, Job(packed, str(tmp_path / "out"), str(slow), partitions=16, with_tables=False))
    killer.join()
    assert killed, "no executor was killed while the job ran"
    assert build(quipu, result.facts, tmp_path / "index") == ingested


def _executors() -> list[int]:
    return _processes("CoarseGrainedExecutorBackend")


def _busy() -> bool:
    return bool(_processes("-slow-quipu"))


def _processes(word: str) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if word.encode() in line:
                found.append(int(entry.name))
    return sorted(found)


def test_a_driver_that_dies_leaves_no_half_index(quipu: str, corpus: str, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "quipu_spark.main", corpus, str(out), "--quipu", quipu, "--master", "local[2]"]
    job = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not out.exists() and time.monotonic() < deadline and job.poll() is None:
        time.sleep(0.05)
    job.kill()
    job.wait()
    assert not (out / "index").exists()


def test_the_command_packs_reads_and_builds(quipu: str, corpus: str, ingested: bytes, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "quipu_spark.main", corpus, str(out), "--quipu", quipu, "--master", "local[2]"]
    done = subprocess.run([*command, "--partitions", "3"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert export(quipu, str(out / "index")) == ingested


def test_a_command_that_fails_fails_the_task() -> None:
    with pytest.raises(StageError, match="ended with 3: no such thing"):
        list(through(["sh", "-c", "cat >/dev/null; echo no such thing >&2; exit 3"], ["a", "b"]))


def test_more_lines_than_a_pipe_holds_pass() -> None:
    lines = [f"{number} {'x' * 1000}" for number in range(5000)]
    assert list(through(["cat"], lines)) == lines


def test_a_program_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    notes = tmp_path / "notes.jsonl"
    notes.write_text("")
    assert main([str(notes), str(tmp_path / "out"), "--quipu", "no-such-quipu", "--master", "local[1]"]) == 2
    assert "there is no program no-such-quipu" in capsys.readouterr().err
