"""The quipu program and the export of an ingest, to compare with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def quipu() -> str:
    named = [os.environ.get("QUIPU", ""), f"{ROOT}/target/release/quipu", f"{ROOT}/target/debug/quipu"]
    for path in named:
        if path and Path(path).is_file():
            return path
    pytest.skip("no quipu program is built")


@pytest.fixture(scope="session")
def corpus() -> str:
    return str(ROOT / "corpus")


@pytest.fixture(scope="session")
def packed(quipu: str, corpus: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("packed") / "notes.jsonl"
    file.write_bytes(subprocess.run([quipu, "pack", "-q", corpus], check=True, stdout=subprocess.PIPE).stdout)
    return str(file)


def export(quipu: str, index: str) -> bytes:
    return subprocess.run([quipu, "export", "jsonl", "--index", index], check=True, stdout=subprocess.PIPE).stdout


@pytest.fixture(scope="session")
def ingested(quipu: str, corpus: str, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    index = str(tmp_path_factory.mktemp("ingested") / "index")
    subprocess.run([quipu, "ingest", "-q", corpus, "--index", index], check=True)
    return export(quipu, index)
