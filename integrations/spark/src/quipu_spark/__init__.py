"""Runs the unchanged quipu binary over notes that are spread over the machines of a Spark cluster.

Two passes over the notes: `discover` finds what each of them introduces, `resolve` makes one lexicon of it, `extract`
reads each note with that lexicon. What comes out are facts, which `quipu build --facts` makes an index of, and tables.
"""

from quipu_spark.job import Job, Result, run

__all__ = ["Job", "Result", "run"]
