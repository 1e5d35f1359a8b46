#!/usr/bin/env python3
"""Full text and ingest of quipu beside tantivy alone, SQLite FTS5 and ripgrep, on one folder of notes, in one run.

    text.py NOTES [--work DIR] [--rivals quipu,tantivy,sqlite,ripgrep] [--searches 13]

Each rival runs in a process of its own: it takes in all notes, then answers searches of four kinds (one word, both of
two, two in a row, a word's beginning) drawn from the notes with a seed. tantivy and SQLite are asked in process, quipu
and ripgrep by command line; quipu also over one process that answers lines. CPU time is that of all threads and of
driven processes. Counts of hits that differ between tantivy and SQLite are told: both cut words the same way.
"""
import argparse
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

KINDS = ("term", "and", "phrase", "prefix")


def notes_in(folder: Path) -> list:
    return sorted(path for path in folder.rglob("*") if path.suffix in (".md", ".txt") and path.is_file())


def texts(folder: Path):
    """Path, first line and text of each note."""
    for path in notes_in(folder):
        text = path.read_text("utf-8", "replace")
        yield str(path), next((line for line in text.splitlines() if line.strip()), ""), text


def draw(folder: Path, count: int) -> dict:
    """Searches of each kind: words of at least five letters that stand in the notes, the same for a seed."""
    rng = random.Random(7)
    sample = rng.sample(notes_in(folder), min(300, len(notes_in(folder))))
    found = {kind: [] for kind in KINDS}
    while any(len(searches) < count for searches in found.values()):
        words = re.findall(r"[a-z]{5,}", rng.choice(sample).read_text("utf-8", "replace").lower())
        pairs = re.findall(r"\b([a-z]{5,}) ([a-z]{5,})\b", rng.choice(sample).read_text("utf-8", "replace").lower())
        if len(words) < 2 or not pairs:
            continue
        one, two = rng.sample(words, 2)
        for kind, words in zip(KINDS, ((one,), (one, two), rng.choice(pairs), (one[:4],))):
            if len(found[kind]) < count:
                found[kind].append(words)
    return found


class Text:
    def __init__(self, notes: Path, work: Path) -> None:
        self.notes, self.work = notes, work / type(self).__name__.lower()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def cpu(self) -> float:
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + ended.ru_utime + ended.ru_stime


class Quipu(Text):
    binary = os.environ.get("QUIPU", "quipu")

    def command(self, *words: str) -> list:
        return [self.binary, words[0], "--index", str(self.work / "index"), *words[1:]]

    def load(self) -> None:
        subprocess.run(self.command("ingest", "-q", str(self.notes)), check=True, stdout=subprocess.DEVNULL)

    again = load

    def written(self, kind: str, words: tuple) -> str:
        return {"term": words[0], "and": " AND ".join(words), "phrase": f'"{" ".join(words)}"', "prefix": words[0] + "*"}[kind]

    def cold(self, kind: str, words: tuple) -> None:
        subprocess.run(self.command("search", self.written(kind, words)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Tantivy(Text):
    """tantivy by itself, fed from Python: 2 threads, 200 MB, texts stored, one commit."""

    def load(self) -> None:
        import tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("path", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", stored=True)
        builder.add_text_field("body", stored=True)
        self.index = tantivy.Index(builder.build(), path=str(self.work))
        writer = self.index.writer(200_000_000, 2)
        for path, title, text in texts(self.notes):
            writer.add_document(tantivy.Document(path=path, title=title, body=text))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def search(self, kind: str, words: tuple) -> int:
        import tantivy
        if kind == "prefix":
            query = tantivy.Query.regex_query(self.index.schema, "body", words[0] + ".*")
        else:
            text = {"term": words[0], "and": " AND ".join(words), "phrase": f'"{" ".join(words)}"'}[kind]
            query = self.index.parse_query(text, ["body"])
        found = self.searcher.search(query, 10)
        for _, address in found.hits:
            self.searcher.doc(address)
        return found.count


class Sqlite(Text):
    """FTS5, journal off."""

    def load(self) -> None:
        self.db = sqlite3.connect(self.work / "db")
        self.db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; "
                              "CREATE VIRTUAL TABLE n USING fts5(path UNINDEXED, title, body);")
        self.db.executemany("INSERT INTO n VALUES (?, ?, ?)", texts(self.notes))
        self.db.commit()

    def search(self, kind: str, words: tuple) -> int:
        text = {"term": words[0], "and": " AND ".join(words), "phrase": f'"{" ".join(words)}"', "prefix": words[0] + "*"}[kind]
        asked = "body : (" + text + ")"
        self.db.execute("SELECT path, title, body FROM n WHERE n MATCH ? ORDER BY rank LIMIT 10", (asked,)).fetchall()
        return self.db.execute("SELECT count(*) FROM n WHERE n MATCH ?", (asked,)).fetchone()[0]


class Ripgrep(Text):
    """No index: every search reads all notes."""

    def load(self) -> None:
        subprocess.run(["rg", "--version"], check=True, stdout=subprocess.DEVNULL)

    def cold(self, kind: str, words: tuple) -> None:
        pattern = {"term": rf"\b{words[0]}\b", "and": rf"\b({'|'.join(words)})\b", "phrase": r"\s+".join(words),
                   "prefix": rf"\b{words[0]}"}[kind]
        subprocess.run(["rg", "-i", "-c", "-e", pattern, str(self.notes)], stdout=subprocess.DEVNULL)


ALL = {text.__name__.lower(): text for text in (Quipu, Tantivy, Sqlite, Ripgrep)}


def timed(text: Text, work) -> dict:
    start, spent = time.perf_counter(), Text.cpu(text)
    answer = work()
    return {"wall": (time.perf_counter() - start) * 1e3, "cpu": (Text.cpu(text) - spent) * 1e3, "answer": answer}


def run(name: str, notes: Path, work: Path, searches: dict, sink) -> None:
    text = ALL[name](notes, work)
    try:
        load = timed(text, text.load)
    except Exception as error:  # a rival that is not there is told, and the others go on
        sink.put((name, "load", {"error": str(error)[:60]}))
        return
    usage = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    sink.put((name, "load", {**load, "memory": max(usage) / 1024}))
    if hasattr(text, "again"):
        sink.put((name, "again", min((timed(text, text.again) for _ in range(3)), key=lambda one: one["cpu"])))
        note = notes_in(notes)[0]
        with open(note, "a") as file:
            file.write("\nAnd one line more.\n")
        sink.put((name, "one note changed", timed(text, text.again)))
    for way in ("search", "cold"):
        if not hasattr(text, way):
            continue
        for kind in KINDS:
            getattr(text, way)(kind, searches[kind][0])
            found = [timed(text, lambda: getattr(text, way)(kind, words)) for words in searches[kind]]
            middle = {what: sorted(one[what] for one in found)[len(found) // 2] for what in ("cpu", "wall")}
            sink.put((name, f"{way}, {kind}", {**middle, "hits": [one["answer"] for one in found]}))


def measure(notes: Path, work: Path, names: list, searches: int, limit: float = 1800) -> dict:
    """Cells by rival and row; the notes are copied first, and only the copy is changed."""
    copy = work / "notes"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(notes, copy)
    drawn, found = draw(copy, searches), {}
    sink = multiprocessing.Manager().Queue()
    for name in names:
        process = multiprocessing.Process(target=run, args=(name, copy, work, drawn, sink))
        process.start()
        process.join(limit)
        if process.is_alive():
            process.terminate()
        while not sink.empty():
            rival, row, cell = sink.get()
            found[rival, row] = cell
            shown = {key: round(value, 3) if isinstance(value, float) else value for key, value in cell.items() if key not in ("hits", "answer")}
            print(json.dumps({"rival": rival, "row": row, **shown}), flush=True)
    found["megabytes"] = sum(path.stat().st_size for path in notes_in(copy)) / 1e6
    return found


def table(found: dict, names: list) -> None:
    rows = list(dict.fromkeys(key[1] for key in found if isinstance(key, tuple)))
    print(f"\n{found['megabytes']:.1f} MB of notes; milliseconds of CPU / wall\n{'':<20}" + "".join(f"{name:>24}" for name in names))
    for row in rows:
        cells = []
        for name in names:
            cell = found.get((name, row))
            cells.append("-" if cell is None else cell.get("error") or f"{cell['cpu']:.2f} / {cell['wall']:.2f}")
        print(f"{row:<20}" + "".join(f"{cell[:22]:>24}" for cell in cells))
    for kind in KINDS:
        hits = [found.get((name, f"search, {kind}"), {}).get("hits") for name in ("tantivy", "sqlite")]
        if None not in hits and hits[0] != hits[1]:
            print(f"HITS DIFFER, {kind}: {hits}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--work", type=Path, default=Path("rivals-work"))
    parser.add_argument("--rivals", default=",".join(ALL))
    parser.add_argument("--searches", type=int, default=13)
    options = parser.parse_args()
    names = options.rivals.split(",")
    table(measure(options.notes, options.work, names, options.searches), names)


if __name__ == "__main__":
    main()
