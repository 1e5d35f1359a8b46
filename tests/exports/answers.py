"""Loads the Parquet tables of an export into DuckDB and kuzu, and prints their answers to the questions as JSON.

Usage: answers.py QUESTIONS.toml TABLES; prints {"duckdb": [[row, ...], ...], "kuzu": [...]}, an answer a question.
"""

import json
import sys
import tempfile
import tomllib
from pathlib import Path

import duckdb
import kuzu


def of_duckdb(tables):
    connection = duckdb.connect()
    for table in ("nodes", "relations", "evidence"):
        connection.from_parquet(str(tables / f"{table}.parquet")).create(table)
    return lambda statement: connection.sql(statement).fetchall()


def of_kuzu(tables, folder):
    connection = kuzu.Connection(kuzu.Database(f"{folder}/kuzu"))
    for statement in (
        """CREATE NODE TABLE Concept(id STRING PRIMARY KEY, name STRING, kind STRING, labels STRING[], aliases STRING[],
            definition STRING, mentions INT64)""",
        f"COPY Concept FROM '{tables}/nodes.parquet'",
        """CREATE REL TABLE Relation(FROM Concept TO Concept, id INT64, type STRING, symmetric BOOL, confidence INT32,
            support INT64)""",
        f"""COPY Relation FROM (LOAD FROM '{tables}/relations.parquet'
            RETURN subject, object, id, type, symmetric, confidence, support)""",
        """CREATE NODE TABLE Evidence(number SERIAL PRIMARY KEY, relation INT64, note STRING, line INT32, place INT32,
            quote STRING, rule STRING, confidence INT32)""",
        f"COPY Evidence FROM '{tables}/evidence.parquet'",
    ):
        connection.execute(statement)
    return lambda statement: connection.execute(statement).get_all()


questions = tomllib.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["question"]
tables = Path(sys.argv[2]).resolve()
with tempfile.TemporaryDirectory() as folder:
    engines = {"duckdb": of_duckdb(tables), "kuzu": of_kuzu(tables, folder)}
    answers = {name: [ask(question[name]) for question in questions] for name, ask in engines.items()}
json.dump(answers, sys.stdout)
