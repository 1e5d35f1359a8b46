"""Reads an export with a program that knows nothing of quipu, and says what it found as JSON.

Usage: read_back.py FORMAT FILE [FILE...]; prints {"nodes": [...], "edges": [[subject, type, object], ...]}, both
sorted, the ends of symmetric relations in the order of the file.
"""

import html
import json
import re
import sys


def gexf(path):
    import networkx

    return of_networkx(networkx.read_gexf(path), "label", "label")


def graphml(path):
    import networkx

    return of_networkx(networkx.read_graphml(path, force_multigraph=True), "label", "label")


def of_networkx(graph, name, kind):
    names = {node: data[name] for node, data in graph.nodes(data=True)}
    return list(names.values()), [[names[s], data[kind], names[t]] for s, t, data in graph.edges(data=True)]


def turtle(path):
    from rdflib import Graph
    from rdflib.namespace import PROV, RDF, SKOS

    graph = Graph().parse(path, format="turtle")
    names = {concept: str(graph.value(concept, SKOS.prefLabel)) for concept in graph.subjects(RDF.type, SKOS.Concept)}
    edges = []
    for statement in graph.subjects(RDF.type, RDF.Statement):
        subject, predicate, object_ = (graph.value(statement, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        assert (subject, predicate, object_) in graph
        places = list(graph.objects(statement, PROV.wasDerivedFrom))
        assert places and all(graph.value(place, PROV.atLocation) and graph.value(place, PROV.value) for place in places)
        edges.append([names[subject], str(predicate).rsplit(":", 1)[1], names[object_]])
    return list(names.values()), edges


def canvas(path):
    import jsonschema

    end = {"type": "string"}
    node = {"id": end, "type": {"enum": ["text", "file", "link", "group"]}} | dict.fromkeys(
        ["x", "y", "width", "height"], {"type": "integer"}
    )
    edge = {"id": end, "fromNode": end, "toNode": end, "toEnd": {"enum": ["none", "arrow"]}, "label": end}
    many = lambda fields, needed: {"type": "array", "items": {"type": "object", "properties": fields, "required": needed}}
    schema = {"properties": {"nodes": many(node, list(node)), "edges": many(edge, ["id", "fromNode", "toNode"])}}
    document = json.load(open(path, encoding="utf-8"))
    jsonschema.validate(document, schema)
    plain = lambda text: re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(text))
    names = {node["id"]: plain(node["text"]).replace("\\n", "\n") for node in document["nodes"] if node["type"] == "text"}
    ids = {thing["id"] for thing in document["nodes"]} | {thing["id"] for thing in document["edges"]}
    assert len(ids) == len(document["nodes"]) + len(document["edges"])
    return list(names.values()), [[names[e["fromNode"]], e["label"], names[e["toNode"]]] for e in document["edges"]]


def dot(path):
    """What Graphviz read, as it says itself."""
    import subprocess

    read = json.loads(subprocess.run(["dot", "-Tjson0", path], capture_output=True, check=True).stdout)
    label = lambda text: html.unescape(text.replace("\\n", "\n").replace("\\\\", "\\"))
    names = {o["_gvid"]: label(o["label"]) for o in read["objects"] if re.fullmatch(r"n\d+", o["name"])}
    return list(names.values()), [[names[e["tail"]], e["label"], names[e["head"]]] for e in read["edges"]]


def svg(path):
    """The words that the picture shows; lines of one name stand below each other."""
    from xml.etree import ElementTree

    space = "{http://www.w3.org/2000/svg}"
    nodes, edges = [], []
    for group in ElementTree.parse(path).iter(space + "g"):
        words = [text.text.replace("\u00a0", " ") for text in group.iter(space + "text")]
        title = group.findtext(space + "title") or ""
        if group.get("class") == "node" and re.fullmatch(r"n\d+", title):
            nodes.append("\n".join(words))
        elif group.get("class") == "edge":
            edges.append([title, *words])
    return nodes, edges


def parquet(*paths):
    import pyarrow.parquet

    nodes, relations, evidence = (pyarrow.parquet.read_table(path).to_pylist() for path in paths)
    names = {node["id"]: node["name"] for node in nodes}
    said = {row["relation"] for row in evidence}
    assert said == {row["id"] for row in relations} and all(row["note"] and row["line"] > 0 for row in evidence)
    return list(names.values()), [[names[r["subject"]], r["type"], names[r["object"]]] for r in relations]


def json_(path):
    import networkx

    document = json.load(open(path, encoding="utf-8"))
    graph = networkx.node_link_graph(document, edges="edges" if "edges" in document else "links")
    assert graph.is_directed() and graph.is_multigraph()
    return of_networkx(graph, "name", "type")


def obsidian(folder):
    """Front matter as YAML, the rest as Markdown; wikilinks are no part of it and are read as Obsidian tells."""
    import pathlib
    import urllib.parse

    import markdown_it
    import yaml

    names, links = {}, []
    for file in pathlib.Path(folder).glob("*.md"):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        tokens = markdown_it.MarkdownIt().parse(body)
        assert not any(token.type.startswith("html") for token in tokens), body
        title, *_ = (after for before, after in zip(tokens, tokens[1:]) if before.type == "heading_open")
        names[file.stem] = words(title).replace("\\n", "\n")
        assert yaml.safe_load(front)["aliases"][0] == names[file.stem], front
        items = [after for before, after in zip(tokens, tokens[2:]) if before.type == "list_item_open" and before.level == 1]
        for item in items:
            kind, arrow = words(item).split(" ", 2)[:2]
            target = next((part.attrs["href"] for part in item.children if part.type == "link_open"), None)
            wiki = re.search(r"\[\[(.+?)\|.+\]\]$", words(item))
            links.append((file.stem, kind, arrow, urllib.parse.unquote(target)[:-3] if target else wiki[1]))
    edges = [[names[file], kind, names[other]] for file, kind, arrow, other in links if arrow == "→"]
    back = [[names[other], kind, names[file]] for file, kind, arrow, other in links if arrow == "←"]
    assert sorted(edges) == sorted(back), "a relation stands in the notes of both its ends"
    both = {(kind, *sorted([names[file], names[other]])) for file, kind, arrow, other in links if arrow == "—"}
    return list(names.values()), edges + [[one, kind, other] for kind, one, other in both]


def words(inline):
    """What a line of Markdown shows."""
    assert not any(token.type.startswith("html") for token in inline.children), inline.content
    return "".join(token.content for token in inline.children)


def neo4j(nodes, relationships, node_link):
    """The tables as `neo4j-admin database import` is told to read them; every value is that of the node-link JSON."""
    import csv

    cast = {"": str, "long": int, "double": float, "boolean": "true".__eq__, "string[]": lambda cell: cell.split("\x1f")}

    def rows(path):
        with open(path, encoding="utf-8", newline="") as file:
            header, *records = csv.reader(file, strict=True)
        assert all(len(record) == len(header) for record in records)
        for record in records:
            cells = list(zip((title.rpartition(":") if ":" in title else (title, "", "") for title in header), record))
            marks = {kind: cell for (_, _, kind), cell in cells if kind.isupper()}
            yield marks, {key: cast[kind](cell) for (key, _, kind), cell in cells if cell and not kind.isupper()}

    document = json.load(open(node_link, encoding="utf-8"))
    # A property that Neo4j does not keep: a list or a text without anything in it.
    kept = lambda row, keys: {key: row[key] for key in row if key not in keys and row[key] not in ("", [])}
    wanted = {row["id"]: (row["labels"], kept(row, {"id", "labels"})) for row in document["nodes"]}
    found = {marks["ID"]: (marks["LABEL"].split("\x1f"), row) for marks, row in rows(nodes)}
    assert found == wanted, (found, wanted)
    edges = [(marks["START_ID"], marks["TYPE"], marks["END_ID"], row) for marks, row in rows(relationships)]
    keys = {"key", "source", "target", "type", "symmetric"}
    links = [(row["source"], row["type"], row["target"], kept(row, keys)) for row in document["links"]]
    assert edges == links, (edges, links)
    names = {key: row["name"] for key, (_, row) in found.items()}
    return list(names.values()), [[names[s], kind, names[t]] for s, kind, t, _ in edges]


def bulk(path):
    """The documents as an engine reads them: pairs of lines, each id given once."""
    lines = [json.loads(line) for line in open(path, encoding="utf-8", newline="\n")]
    pairs = list(zip(lines[::2], lines[1::2], strict=True))
    targets = [(action["create"]["_index"], action["create"]["_id"]) for action, _ in pairs]
    assert len(set(targets)) == len(targets) and all(len(key.encode()) <= 512 for _, key in targets)
    concepts = [document for (index, _), (_, document) in zip(targets, pairs) if index == "quipu-concepts"]
    relations = [(concept["name"], relation) for concept in concepts for relation in concept["relations"]]
    assert all(relation["quote"] and relation["line"] > 0 for _, relation in relations)
    return [concept["name"] for concept in concepts], [[s, r["predicate"], r["object"]] for s, r in relations]


nodes, edges = globals()[{"json": "json_"}.get(sys.argv[1], sys.argv[1])](*sys.argv[2:])
json.dump({"nodes": sorted(nodes), "edges": sorted(edges)}, sys.stdout)
