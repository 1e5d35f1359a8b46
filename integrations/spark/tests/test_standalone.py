"""The proof on a cluster of its own: one master and two workers on loopback, of which one dies with its executor in mid-job."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyspark
import pytest
from conftest import export

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
DEPLOY = "org.apache.spark.deploy"
PATIENCE = 600


@dataclass
class Cluster:
    master: str
    workers: list[subprocess.Popen[bytes]]
    environment: dict[str, str]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A master and two workers of one core, ended with all they started."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = tmp_path / "conf"
    settings.mkdir()
    (settings / "spark-defaults.conf").write_text(
        "spark.executor.memory 600m\nspark.driver.host 127.0.0.1\nspark.ui.enabled false\n"
    )
    environment = os.environ | {
        "SPARK_CONF_DIR": str(settings),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    log = tmp_path / "master.log"
    with ExitStack() as stack:

        def start(name: str, into: Path, *arguments: str) -> subprocess.Popen[bytes]:
            command = [str(SPARK_CLASS), f"{DEPLOY}.{name}", "--host", "127.0.0.1", "--webui-port", "0", *arguments]
            file = stack.enter_context(into.open("wb"))
            process = subprocess.Popen(command, env=environment, stdout=file, stderr=file, start_new_session=True)
            stack.callback(_end, process)
            return process

        start("master.Master", log, "--port", str(port))
        master = f"spark://127.0.0.1:{port}"
        work = ["--cores", "1", "--memory", "1g", "--work-dir", str(tmp_path / "work")]
        workers = [start("worker.Worker", tmp_path / f"worker-{n}.log", *work, master) for n in range(2)]
        _wait(lambda: log.read_text().count("Registering worker") == 2, f"two workers in {log}")
        yield Cluster(master, workers, environment)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process with all of its session."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()


def _wait(done: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline, f"waited {PATIENCE} seconds for {what}"
        time.sleep(0.05)


def _children(parent: int) -> list[int]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "stat").read_text()
            except OSError:
                continue
            if int(line.rpartition(")")[2].split()[1]) == parent:
                found.append(int(entry.name))
    return found


def test_a_worker_killed_with_its_executor_changes_nothing(
    cluster: Cluster, quipu: str, packed: str, ingested: bytes, tmp_path: Path
) -> None:
    slow = tmp_path / "slow-quipu"
    slow.write_text(f'#!/bin/sh\n[ "$1" = extract ] && sleep 1\nexec {quipu} "$@"\n')
    slow.chmod(0o755)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "quipu_spark.main", packed, str(out), "--quipu", str(slow)]
    command += ["--master", cluster.master, "--partitions", "16", "--no-tables"]
    with (tmp_path / "driver.log").open("w+") as log:
        job = subprocess.Popen(command, env=cluster.environment, stdout=log, stderr=log)
        facts = out / "facts/notes"

        def some() -> bool:
            return len(list(facts.glob("_temporary/0/task_*"))) >= 3 or job.poll() is not None

        _wait(some, "three parts of sixteen")
        victim = cluster.workers[0]
        executors = _children(victim.pid)
        assert executors and not (facts / "_SUCCESS").exists(), "the job was over before its worker was killed"
        for pid in (victim.pid, *executors):
            os.kill(pid, signal.SIGKILL)
        assert job.wait(PATIENCE) == 0, Path(log.name).read_text()
    assert "Lost executor" in Path(log.name).read_text()
    assert export(quipu, str(out / "index")) == ingested
