"""Lines of a partition through a process, and its lines back, in bounded memory on both sides."""

from __future__ import annotations

import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa

# How many lines go back to Spark at a time.
BATCH = 4096


class StageError(RuntimeError):
    """A command of quipu ended with an error; the task fails and Spark tries it again."""


def through(command: Sequence[str], lines: Iterable[str]) -> Iterator[str]:
    """Feeds `lines` to `command` and gives the lines it prints.

    The feeder is a thread of its own: a process that waits to be read while it is fed would wait for ever.
    """
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=told)
        assert process.stdin is not None and process.stdout is not None
        failed: list[BaseException] = []

        def feed() -> None:
            assert process.stdin is not None
            try:
                with process.stdin as stdin:
                    for line in lines:
                        stdin.write(line.encode() + b"\n")
            except BrokenPipeError:
                pass  # Its exit code tells why it stopped reading.
            except BaseException as error:  # What feeds the lines has failed: the part is not whole.
                failed.append(error)
                process.kill()

        feeder = threading.Thread(target=feed, daemon=True)
        feeder.start()
        try:
            with process.stdout as stdout:
                for line in stdout:
                    yield line.decode().rstrip("\n")
            feeder.join()
            code = process.wait()
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        if failed:
            raise StageError("the notes could not be read") from failed[0]
        if code != 0:
            told.seek(0)
            message = told.read().decode(errors="replace").strip()
            raise StageError(f"{' '.join(command)} ended with {code}: {message}")


def mapper(command: Callable[[], Sequence[str]]) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """A function for `mapInArrow` over a column `value`; `command` is asked for where the task runs."""

    def run(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        lines = (line for batch in batches for line in batch.column("value").to_pylist())
        waiting: list[str] = []
        for line in through(command(), lines):
            waiting.append(line)
            if len(waiting) == BATCH:
                yield pa.RecordBatch.from_pydict({"value": waiting})
                waiting = []
        yield pa.RecordBatch.from_pydict({"value": pa.array(waiting, pa.string())})

    return run
