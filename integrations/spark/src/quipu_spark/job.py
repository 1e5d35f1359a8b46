"""The job: two passes of quipu over the partitions of the notes, one lexicon between them, facts and tables behind."""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pyspark import SparkContext, SparkFiles
from pyspark.sql import DataFrame, SparkSession

from quipu_spark import tables
from quipu_spark.pipe import StageError, mapper


@dataclass(frozen=True)
class Job:
    """What to run over which notes."""

    notes: str
    """Notes as JSON lines, as `quipu pack` writes them: any path that Spark reads, also of many files."""
    out: str
    """A folder for facts and tables: any path that Spark writes."""
    quipu: str = "quipu"
    """The program; it is sent to the workers."""
    config: str | None = None
    """The quipu.toml with the user's decisions."""
    partitions: int | None = None
    """Into how many parts the notes are cut; as Spark reads them where none is said."""
    keep: int = 100
    """How many places of each relation the table of evidence keeps."""
    fetch: bool = False
    """Whether notes are told by where they lie, and workers read them there."""
    with_tables: bool = True
    """Whether tables are written beside the facts."""


@dataclass(frozen=True)
class Result:
    """Where the output lies."""

    facts: str
    """What `quipu build --facts` reads."""
    tables: str | None
    """Parquet: concepts, relations, evidence."""


@dataclass(frozen=True)
class Sent:
    """What goes to the workers, under names that carry a mark."""

    context: SparkContext
    folder: Path
    mark: str

    def file(self, path: str) -> str:
        """Sends a file; the name under which workers find it."""
        name = f"{self.mark}-{os.path.basename(path)}"
        shutil.copy(path, self.folder / name)
        self.context.addFile(str(self.folder / name))
        return name

    def package(self) -> None:
        """Sends this package, so that workers need not have it installed."""
        here = Path(__file__).parent
        archive = shutil.make_archive(f"{self.folder}/{self.mark}-package", "zip", here.parent, here.name)
        self.context.addPyFile(archive)


def run(spark: SparkSession, job: Job) -> Result:
    """Runs the job. What stood in its folder is replaced; a job that ends early is run again from the start."""
    program = shutil.which(job.quipu)
    if program is None:
        raise FileNotFoundError(f"there is no program {job.quipu}: name it with --quipu")
    notes = _notes(spark, job)
    folder = _sent_folder()
    # A session knows the files it has sent by their names: each run needs names of its own.
    sent = Sent(spark.sparkContext, folder, uuid.uuid4().hex[:12])
    sent.package()
    quipu = sent.file(program)
    decisions = [] if job.config is None else ["--config", sent.file(job.config)]
    lexicon = folder / f"{sent.mark}-lexicon.jsonl"
    fetch = ["--fetch"] if job.fetch else []
    discover = mapper(_command(quipu, ["discover", *fetch, *decisions]))
    _resolve(program, job.config, notes.mapInArrow(discover, "value string"), lexicon)
    facts = f"{job.out.rstrip('/')}/facts"
    extract = mapper(_command(quipu, ["extract", *fetch, "--lexicon", sent.file(str(lexicon))]))
    found = notes.mapInArrow(extract, "value string")
    found.write.mode("overwrite").option("compression", "gzip").text(f"{facts}/notes")
    rows = spark.read.text(str(lexicon)).coalesce(1)
    rows.write.mode("overwrite").option("compression", "gzip").text(f"{facts}/lexicon")
    return Result(facts, _tables(spark, job, facts) if job.with_tables else None)


@cache
def _sent_folder() -> Path:
    """Where what is sent lies until this process ends: a worker that joins late fetches all that its session ever sent."""
    folder = tempfile.mkdtemp(prefix="quipu-spark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _notes(spark: SparkSession, job: Job) -> DataFrame:
    notes = spark.read.text(job.notes, lineSep="\n")
    return notes if job.partitions is None else notes.repartition(job.partitions)


def _command(name: str, arguments: Sequence[str]) -> Callable[[], Sequence[str]]:
    """The command as it runs on a worker, where the files of the job lie in a folder of their own."""

    def command() -> Sequence[str]:
        root = SparkFiles.getRootDirectory()
        program = os.path.join(root, name)
        os.chmod(program, os.stat(program).st_mode | stat.S_IXUSR)
        here = [os.path.join(root, word) if os.path.exists(os.path.join(root, word)) else word for word in arguments]
        return [program, *here]

    return command


def _resolve(program: str, config: str | None, found: DataFrame, lexicon: Path) -> None:
    """Streams what all notes introduce through `quipu resolve`, a partition at a time."""
    command = [program, "resolve", "--quiet", "--output", str(lexicon)]
    command += [] if config is None else ["--config", config]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdin is not None and process.stderr is not None
    try:
        with process.stdin as stdin:
            for row in _rows(found):
                stdin.write(row + "\n")
    except BrokenPipeError:
        pass  # Its exit code tells why it stopped reading.
    message = process.stderr.read().strip()
    if process.wait() != 0:
        raise StageError(f"quipu resolve: {message}")


def _rows(found: DataFrame) -> Iterator[str]:
    return (row["value"] for row in found.toLocalIterator(prefetchPartitions=True))


def _tables(spark: SparkSession, job: Job, facts: str) -> str:
    lines = spark.read.option("recursiveFileLookup", "true").text(facts)
    rows = tables.facts(lines).cache()
    folder = f"{job.out.rstrip('/')}/tables"
    tables.concepts(rows).write.mode("overwrite").parquet(f"{folder}/concepts")
    tables.relations(rows).write.mode("overwrite").parquet(f"{folder}/relations")
    tables.evidence(rows, job.keep).write.mode("overwrite").parquet(f"{folder}/evidence")
    rows.unpersist()
    return folder
