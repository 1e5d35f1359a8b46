"""`quipu-spark NOTES OUT`: the command."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from pyspark.sql import SparkSession

from quipu_spark.job import Job, run
from quipu_spark.pipe import StageError


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options)
    except (FileNotFoundError, StageError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="quipu-spark", description="Reads notes into facts, tables and an index of quipu, on Apache Spark"
    )
    parser.add_argument("notes", help="a folder of notes on this machine, or notes as JSON lines where Spark reads them")
    parser.add_argument("out", help="a folder for facts/ and tables/, and index/ where it is on this machine")
    parser.add_argument("--master", help="the cluster, such as local[2] or spark://host:7077 [default: of Spark's settings]")
    parser.add_argument("--quipu", default="quipu", help="the program, sent to the workers [default: quipu]")
    parser.add_argument("--config", help="the quipu.toml with your decisions [default: that of the folder of notes]")
    parser.add_argument("--partitions", type=int, help="into how many parts the notes are cut")
    parser.add_argument("--keep", type=int, default=100, help="places kept of each relation in the tables [default: 100]")
    parser.add_argument("--fetch", action="store_true", help="read notes that are told by uri, etag and size")
    parser.add_argument("--no-tables", action="store_true", help="write facts only")
    parser.add_argument("--no-index", action="store_true", help="build no index")
    return parser


def _run(options: argparse.Namespace) -> int:
    builder = SparkSession.builder.appName("quipu")
    if options.master:
        builder = builder.master(options.master)
    with tempfile.TemporaryDirectory() as folder:
        notes, config = options.notes, options.config
        if Path(notes).is_dir() and not any(Path(notes).glob("*.jsonl*")):
            config = config or _own_config(Path(notes))
            notes = _pack(options.quipu, notes, Path(folder))
        tables = not options.no_tables
        job = Job(
            notes, options.out, options.quipu, config, options.partitions, options.keep, options.fetch, with_tables=tables
        )
        spark = builder.getOrCreate()
        try:
            result = run(spark, job)
        finally:
            spark.stop()
    print(f"facts in {result.facts}")
    if result.tables:
        print(f"tables in {result.tables}")
    if "://" not in options.out and not options.no_index:
        index = f"{options.out.rstrip('/')}/index"
        subprocess.run([options.quipu, "build", "--facts", result.facts, "--index", index], check=True)
    return 0


def _own_config(folder: Path) -> str | None:
    config = folder / "quipu.toml"
    return str(config) if config.is_file() else None


def _pack(quipu: str, folder: str, into: Path) -> str:
    """The notes of a folder as JSON lines in a file of their own."""
    packed = into / "notes.jsonl"
    with packed.open("wb") as file:
        subprocess.run([quipu, "pack", folder], stdout=file, check=True)
    return str(packed)


if __name__ == "__main__":
    sys.exit(main())
