#!/usr/bin/env python3
"""Makes a graph from a seed, as tables for the rivals and as facts for `quipu build --facts`.

    make.py DIR [--concepts 1000000] [--relations 10000000] [--seed 7]

DIR/nodes.csv    id,name,kind
DIR/rels.csv     src,type,dst,weight     ids; types T0 to T11; weight 1 to 20; (src, type, dst) once, no loops
DIR/queries.csv  a,b,t,u                 ids of pairs that have relations, and two types
DIR/facts/*.jsonl.gz                     the same, confidence 50 * weight, one quoted line each

Few nodes have many relations: both ends are drawn with a density that falls with rank to the power 0.75. Kinds and
types are as uneven. The same arguments give the same files.
"""
import argparse
import gzip
from pathlib import Path

import numpy as np

KINDS = ["Service", "Tool", "Format", "Language", "Protocol", "Database", "Library", "Storage", "Method", "Term"]
TYPES = [f"T{number}" for number in range(12)]
SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo wa xe yi zo bra cle dri flo gru pla".split()
PARTS = 4


def name(number: int) -> str:
    """A name that can be spoken, another one for each number."""
    parts, rest = [], number
    for _ in range(4):
        parts.append(SYLLABLES[rest % len(SYLLABLES)])
        rest //= len(SYLLABLES)
    word = "".join(parts).capitalize() + (str(rest) if rest else "")
    return f"{word} Engine" if number % 5 == 0 else word


def uneven(rng: np.random.Generator, choices: int, count: int) -> np.ndarray:
    weights = 1.0 / np.arange(1, choices + 1)
    return rng.choice(choices, size=count, p=weights / weights.sum())


def ends(rng: np.random.Generator, concepts: int, count: int) -> np.ndarray:
    weights = np.cumsum((np.arange(concepts) + 10.0) ** -0.75)
    ranks = np.searchsorted(weights, rng.random(count) * weights[-1], side="right")
    return np.minimum(ranks, concepts - 1)


def draw(concepts: int, relations: int, rng: np.random.Generator) -> np.ndarray:
    """Rows of source, type, target and weight, each of the first three once."""
    ids = rng.permutation(concepts)
    found = np.empty((0,), dtype=np.int64)
    while len(found) < relations:
        missing = int((relations - len(found)) * 1.2) + 10
        source, target = ids[ends(rng, concepts, missing)], ids[ends(rng, concepts, missing)]
        keys = (source.astype(np.int64) * 12 + uneven(rng, 12, missing)) * concepts + target
        found = np.unique(np.concatenate([found, keys[source != target]]))
    found = rng.permutation(found)[:relations]
    pairs, target = np.divmod(found, concepts)
    source, kind = np.divmod(pairs, 12)
    return np.stack([source, kind, target, rng.integers(1, 21, len(found))], axis=1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dir", type=Path)
    parser.add_argument("--concepts", type=int, default=1_000_000)
    parser.add_argument("--relations", type=int, default=10_000_000)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    (options.dir / "facts").mkdir(parents=True, exist_ok=True)
    kinds = uneven(rng, len(KINDS), options.concepts)
    names = [name(number) for number in range(options.concepts)]
    rows = draw(options.concepts, options.relations, rng)
    facts = [gzip.open(options.dir / f"facts/part-{part}.jsonl.gz", "wt", compresslevel=1) for part in range(PARTS)]
    with open(options.dir / "nodes.csv", "w") as nodes:
        nodes.write("id,name,kind\n")
        for number, (word, kind) in enumerate(zip(names, kinds)):
            nodes.write(f"{number},{word},{KINDS[kind]}\n")
            facts[number % PARTS].write(f'{{"kind":"concept","name":"{word}","concept_kind":"{KINDS[kind]}"}}\n')
    with open(options.dir / "rels.csv", "w") as rels:
        rels.write("src,type,dst,weight\n")
        for number, (source, kind, target, weight) in enumerate(rows.tolist()):
            rels.write(f"{source},{TYPES[kind]},{target},{weight}\n")
            one, other = names[source], names[target]
            facts[number % PARTS].write(
                f'{{"kind":"relation","subject":"{one}","predicate":"{TYPES[kind]}","object":"{other}","confidence":'
                f'{50 * weight},"rule":"made","note":"note-{number % 1000}.txt","line":{number // 1000 + 1},'
                f'"column":1,"quote":"as it is written, {one} {TYPES[kind]} {other}"}}\n')
    for part in facts:
        part.close()
    with open(options.dir / "queries.csv", "w") as queries:
        queries.write("a,b,t,u\n")
        for one, other in zip(rng.permutation(rows[:, 0])[:1000], rng.permutation(rows[:, 2])[:1000]):
            t, u = uneven(rng, 12, 2)
            queries.write(f"{one},{other},{TYPES[t]},{TYPES[u]}\n")
    print(f"{options.concepts} concepts, {len(rows)} relations in {options.dir}")


if __name__ == "__main__":
    main()
