"""Facts to tables: one row a concept, a relation, a place that says so.

Every aggregate is a sum, a maximum, a count or the smallest of a set, so that the order in which parts arrive changes
nothing; and each is bounded, so that a name that all notes speak of does not fill a machine. The places of a relation
are cut down within each of `SALTS` shares of the notes before they meet.
"""

from __future__ import annotations

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f
from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType

SALTS = 16

_WORDS = ["kind", "name", "concept_kind", "concept", "text", "subject", "predicate", "object", "rule", "note", "quote"]
_NUMBERS = ["confidence", "line", "column"]
FACT = StructType(
    [StructField(name, StringType()) for name in _WORDS]
    + [StructField(name, IntegerType()) for name in _NUMBERS]
    + [StructField("aliases", ArrayType(StringType()))]
)
RELATION = ["subject", "predicate", "object"]
BOTH_WAYS = ["ALTERNATIVE_TO", "SIMILAR_TO", "RELATED_TO"]
PLACE = ["note", "line", "column", "quote", "rule", "confidence"]


def facts(lines: DataFrame) -> DataFrame:
    """The facts in a column `value` of JSON, each once."""
    return lines.select(f.from_json("value", FACT).alias("fact")).select("fact.*")


def relations(rows: DataFrame) -> DataFrame:
    """One row a relation: how many places say so, the best confidence."""
    said = _said(rows)
    counted = said.groupBy(*RELATION).agg(f.count("*").alias("support"), f.max("confidence").alias("confidence"))
    return counted.orderBy(*RELATION)


def evidence(rows: DataFrame, keep: int) -> DataFrame:
    """For each relation the first `keep` places that say so, by note, line and column."""
    said = _said(rows)
    salted = said.withColumn("salt", f.pmod(f.xxhash64("note"), f.lit(SALTS)))
    return _first(_first(salted, [*RELATION, "salt"], keep).drop("salt"), RELATION, keep).orderBy(*RELATION, *PLACE)


def _said(rows: DataFrame) -> DataFrame:
    """Each place that says a relation, once; what holds both ways is told in the order of the names, as in the index."""
    said = rows.where("kind = 'relation'")
    both = f.col("predicate").isin(BOTH_WAYS)
    ends = {"subject": f.least("subject", "object"), "object": f.greatest("subject", "object")}
    ordered = {name: f.when(both, end).otherwise(f.col(name)) for name, end in ends.items()}
    return said.withColumns(ordered).select(*RELATION, *PLACE).distinct()


def _first(rows: DataFrame, key: list[str], keep: int) -> DataFrame:
    order = Window.partitionBy(*key).orderBy(*PLACE)
    return rows.withColumn("place", f.row_number().over(order)).where(f.col("place") <= keep).drop("place")


def concepts(rows: DataFrame) -> DataFrame:
    """One row a concept: its kind and aliases, how often and in how many notes it is named."""
    named = rows.where("kind = 'concept'").select("name", "concept_kind", f.coalesce("aliases", f.array()).alias("aliases"))
    places = rows.where("kind = 'mention'").select("concept", "note", "line", "column").distinct()
    notes = places.groupBy("concept", "note").agg(f.count("*").alias("mentions"))
    counted = notes.groupBy("concept").agg(f.sum("mentions").alias("mentions"), f.count("*").alias("notes"))
    joined = named.dropDuplicates(["name"]).join(counted, named["name"] == counted["concept"], "left").drop("concept")
    return joined.fillna(0, ["mentions", "notes"]).orderBy("name")
