"""The rivals, each with the same questions: what one lacks it does not have as a method.

    one_hop(a, t)   names at the other end of (a)-[:t]->()                how many
    two_hop(a)      distinct nodes two steps away, along the arrows       how many
    path(a, b)      fewest hops, either way                               how many hops
    all_paths(a, b) all paths of fewest hops                              how many
    weighted(a, b)  the path of least weight, either way                  hops or weight, not compared
    typed(t, u)     (a)-[:t]->(b)-[:u]->(c)                               how many
    kinds()         relations by the kinds of both ends                   the largest count
    top()           the ten nodes with the most relations                 the sum of their counts
    cold(a, b)      a whole process that opens and finds one path         -

A method `in_a_row_X` asks X as often as the rival's IN_A_ROW says before it reads the first answer, and its time is that of one: what a
question takes without the wait for the next. Who is called as a function has nothing to wait for, and no such method.
"""
import csv
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path


class Rival:
    """What each has: the graph in `self.graph`, room for files in `self.work`."""

    def __init__(self, graph: Path, work: Path) -> None:
        self.graph, self.work = graph, work / type(self).__name__.lower()
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def nodes(self):
        with open(self.graph / "nodes.csv") as file:
            yield from ((int(row["id"]), row["name"], row["kind"]) for row in csv.DictReader(file))

    def table(self):
        """The relations as numbers: source, type, target, weight."""
        import numpy as np
        text = (self.graph / "rels.csv").read_bytes().split(b"\n", 1)[1]
        return np.array(text.replace(b"T", b"").replace(b"\n", b",").rstrip(b",").split(b","), np.int32).reshape(-1, 4)

    def cpu(self) -> float:
        """CPU seconds of this process and of those that have ended."""
        return time.process_time() + self.ended()

    def ended(self) -> float:
        """CPU seconds of the processes started here that have ended."""
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime

    def files(self) -> int:
        return sum(file.stat().st_size for file in self.work.rglob("*") if file.is_file())


class Quipu(Rival):
    """One process that answers statements line by line."""
    binary = os.environ.get("QUIPU", "quipu")
    # Names are parameters, as the other query languages have them; types cannot be.
    STATEMENTS = {
        "one_hop": "MATCH (a {{name: $a}})-[:{t}]->(b) RETURN b.name",
        "two_hop": "MATCH (a {{name: $a}})-->()-->(c) RETURN count(DISTINCT c)",
        "path": "MATCH p = shortestPath((a {{name: $a}})-[*]-(b {{name: $b}})) RETURN length(p)",
        "all_paths": "MATCH p = allShortestPaths((a {{name: $a}})-[*]-(b {{name: $b}})) RETURN count(p)",
        "weighted": "CALL paths.cheapest($a, $b) YIELD path RETURN length(path)",
        "typed": "MATCH (a)-[:{t}]->(b)-[:{u}]->(c) RETURN count(*)",
        "kinds": "MATCH (a)-->(b) RETURN a.kind, b.kind, count(*)",
        "top": "MATCH (a)--() RETURN a.name, count(*) AS d ORDER BY d DESC LIMIT 10",
    }

    def load(self) -> None:
        subprocess.run([self.binary, "build", "-q", "--facts", self.graph / "facts", "--index", self.work / "index"],
                       check=True, stdout=subprocess.DEVNULL)
        self.names = [name for _, name, _ in self.nodes()]
        command = [self.binary, "query", "--index", self.work / "index", "--format", "jsonl", "--timeout", "600", "-"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def cpu(self) -> float:
        if not hasattr(self, "process"):
            return super().cpu()
        # The clock of that process's CPU time, as Linux numbers it.
        return time.clock_gettime((~self.process.pid << 3) | 2)

    IN_A_ROW = 20

    def ask(self, question: str, t: str = "", u: str = "", times: int = 1, **names: str):
        request = {"statement": self.STATEMENTS[question].format(t=t, u=u), "parameters": names}
        self.process.stdin.write((json.dumps(request) + "\n") * times)
        self.process.stdin.flush()
        answer = json.loads([self.process.stdout.readline() for _ in range(times)][0])
        if "error" in answer:
            raise RuntimeError(answer["error"]["message"])
        return answer["rows"]

    def one_hop(self, a, t): return len(self.ask("one_hop", a=self.names[a], t=t))
    def two_hop(self, a): return self.ask("two_hop", a=self.names[a])[0][0]
    def path(self, a, b): return next((row[0] for row in self.ask("path", a=self.names[a], b=self.names[b])), 0)
    def all_paths(self, a, b): return self.ask("all_paths", a=self.names[a], b=self.names[b])[0][0]
    def weighted(self, a, b): self.ask("weighted", a=self.names[a], b=self.names[b])
    def in_a_row_one_hop(self, a, t): self.ask("one_hop", a=self.names[a], t=t, times=self.IN_A_ROW)
    def in_a_row_two_hop(self, a): self.ask("two_hop", a=self.names[a], times=self.IN_A_ROW)
    def in_a_row_path(self, a, b): self.ask("path", a=self.names[a], b=self.names[b], times=self.IN_A_ROW)
    def in_a_row_all_paths(self, a, b): self.ask("all_paths", a=self.names[a], b=self.names[b], times=self.IN_A_ROW)
    def typed(self, t, u): return self.ask("typed", t=t, u=u)[0][0]
    def kinds(self): return max(row[2] for row in self.ask("kinds"))
    def top(self): return sum(row[1] for row in self.ask("top"))

    def cold(self, a, b):
        command = [self.binary, "path", self.names[a], self.names[b], "--index", self.work / "index"]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


class Kuzu(Rival):
    """One table of relations a type, as its Cypher wants them."""

    def load(self) -> None:
        import kuzu
        self.connection = kuzu.Connection(kuzu.Database(str(self.work / "db")), num_threads=2)
        self.connection.execute("CREATE NODE TABLE C(id INT64 PRIMARY KEY, name STRING, kind STRING)")
        self.connection.execute(f"COPY C FROM '{self.graph}/nodes.csv' (HEADER=true)")
        parts = {f"T{number}": open(self.work / f"T{number}.csv", "w") for number in range(12)}
        with open(self.graph / "rels.csv") as rels:
            next(rels)
            for line in rels:
                source, kind, target, weight = line.split(",")
                parts[kind].write(f"{source},{target},{weight}")
        for kind, part in parts.items():
            part.close()
            self.connection.execute(f"CREATE REL TABLE {kind}(FROM C TO C, weight INT64)")
            self.connection.execute(f"COPY {kind} FROM '{part.name}'")
            os.remove(part.name)

    def rows(self, text: str, **words):
        result, rows = self.connection.execute(text, words), []
        while result.has_next():
            rows.append(result.get_next())
        return rows

    def one_hop(self, a, t): return len(self.rows(f"MATCH (a:C)-[:{t}]->(b:C) WHERE a.id = $a RETURN b.name", a=a))

    def two_hop(self, a):
        return self.rows("MATCH (a:C)-[]->(:C)-[]->(c:C) WHERE a.id = $a RETURN count(DISTINCT c.id)", a=a)[0][0]

    def path(self, a, b):
        text = "MATCH p = (a:C)-[* SHORTEST 1..30]-(b:C) WHERE a.id = $a AND b.id = $b RETURN length(p)"
        return next((row[0] for row in self.rows(text, a=a, b=b)), 0)

    def all_paths(self, a, b):
        text = "MATCH p = (a:C)-[* ALL SHORTEST 1..30]-(b:C) WHERE a.id = $a AND b.id = $b RETURN count(*)"
        return self.rows(text, a=a, b=b)[0][0]

    def typed(self, t, u): return self.rows(f"MATCH (a:C)-[:{t}]->(b:C)-[:{u}]->(c:C) RETURN count(*)")[0][0]
    def kinds(self): return max(row[2] for row in self.rows("MATCH (a:C)-[]->(b:C) RETURN a.kind, b.kind, count(*)"))

    def top(self):
        text = "MATCH (a:C)-[]-(:C) RETURN a.id, count(*) AS d ORDER BY d DESC LIMIT 10"
        return sum(row[1] for row in self.rows(text))


class DuckDB(Rival):
    """Two tables, and joins."""

    def load(self) -> None:
        import duckdb
        self.db = duckdb.connect(str(self.work / "db"), config={"threads": 2})
        self.db.execute(f"CREATE TABLE n AS SELECT * FROM read_csv('{self.graph}/nodes.csv')")
        self.db.execute(f"CREATE TABLE r AS SELECT * FROM read_csv('{self.graph}/rels.csv') ORDER BY src, type")
        self.db.execute("CREATE INDEX n_id ON n(id); CREATE INDEX r_src ON r(src)")

    def one(self, text: str, *words): return self.db.execute(text, words).fetchone()[0]

    def one_hop(self, a, t):
        text = "SELECT name FROM r JOIN n ON n.id = r.dst WHERE src = ? AND type = ?"
        return len(self.db.execute(text, [a, t]).fetchall())

    def two_hop(self, a):
        return self.one("SELECT count(DISTINCT y.dst) FROM r x JOIN r y ON x.dst = y.src WHERE x.src = ?", a)

    def typed(self, t, u):
        return self.one("SELECT sum(x.n * y.n)::BIGINT FROM (SELECT dst AS v, count(*) AS n FROM r WHERE type = ? GROUP BY v) x "
                        "JOIN (SELECT src AS v, count(*) AS n FROM r WHERE type = ? GROUP BY v) y USING (v)", t, u)

    def kinds(self):
        return self.one("SELECT max(n) FROM (SELECT count(*) AS n FROM r JOIN n a ON a.id = src JOIN n b ON b.id = dst "
                        "GROUP BY a.kind, b.kind)")

    def top(self):
        return self.one("SELECT sum(n)::BIGINT FROM (SELECT count(*) AS n FROM (SELECT src AS v FROM r UNION ALL "
                        "SELECT dst FROM r) GROUP BY v ORDER BY n DESC LIMIT 10)")


class IGraph(Rival):
    """In memory, asked through Python; counts by NumPy beside it."""

    def load(self) -> None:
        import igraph
        import numpy as np
        kinds = [kind for _, _, kind in self.nodes()]
        self.size, (_, self.kind_of) = len(kinds), np.unique(kinds, return_inverse=True)
        self.source, self.type, self.target, weights = self.table().T.copy()
        self.weights = weights.tolist()
        self.net = igraph.Graph(n=self.size, edges=zip(self.source.tolist(), self.target.tolist()), directed=True)

    def one_hop(self, a, t): return sum(self.type[edge] == int(t[1:]) for edge in self.net.incident(a, mode="out"))

    def two_hop(self, a):
        return len({far for near in set(self.net.successors(a)) for far in self.net.successors(near)})

    def path(self, a, b): return max(0, len(self.net.get_shortest_path(a, to=b, mode="all")) - 1)
    def all_paths(self, a, b): return len(self.net.get_all_shortest_paths(a, to=b, mode="all"))
    def weighted(self, a, b): self.net.get_shortest_path(a, to=b, weights=self.weights, mode="all", output="epath")

    def typed(self, t, u):
        import numpy as np
        into = np.bincount(self.target[self.type == int(t[1:])], minlength=self.size)
        return int((into * np.bincount(self.source[self.type == int(u[1:])], minlength=self.size)).sum())

    def kinds(self):
        import numpy as np
        return int(np.bincount(self.kind_of[self.source] * 32 + self.kind_of[self.target]).max())

    def top(self): return sum(sorted(self.net.degree(), reverse=True)[:10])


class RustworkX(Rival):
    """In memory, in Rust, asked through Python."""

    def load(self) -> None:
        import rustworkx
        self.rustworkx, self.net = rustworkx, rustworkx.PyDiGraph()
        self.net.add_nodes_from([kind for _, _, kind in self.nodes()])
        self.net.add_edges_from([(a, b, (t, w)) for a, t, b, w in self.table().tolist()])

    def one_hop(self, a, t): return sum(edge[0] == int(t[1:]) for _, _, edge in self.net.out_edges(a))

    def two_hop(self, a):
        return len({far for near in self.net.successor_indices(a) for far in self.net.successor_indices(near)})

    def path(self, a, b):
        found = self.rustworkx.digraph_dijkstra_shortest_paths(self.net, a, target=b, as_undirected=True)
        return len(found[b]) - 1 if b in found else 0

    def top(self):
        degrees = (self.net.in_degree(node) + self.net.out_degree(node) for node in self.net.node_indices())
        return sum(sorted(degrees, reverse=True)[:10])


ALL = {rival.__name__.lower(): rival for rival in (Quipu, Kuzu, DuckDB, IGraph, RustworkX)}

if __name__ == "__main__":
    sys.exit("run graph.py")
