// The data inside a page that `quipu export html` wrote, as a source. Nothing is asked of any network.

import { connections } from "./connections.ts";
import type {
  Citation,
  Concept,
  Direction,
  Edge,
  Match,
  Neighbours,
  Node,
  Note,
  NotePage,
  Overview,
  Paths,
  Relation,
  RelationGroup,
  Reply,
  Source,
  Whole,
} from "./shapes.ts";
import { SourceError } from "./shapes.ts";

/** Note, line, column, words, rule, confidence. */
type Quote = [note: number, line: number, column: number, text: string, rule: string, confidence: number];

/** What the page holds; written by `src/render/export/html.rs`. */
export interface Data {
  overview: Overview;
  total_nodes: number;
  total_edges: number;
  nodes: {
    name: string;
    kind: string;
    degree: number;
    x: number;
    y: number;
    reason: string;
    aliases: { name: string; rule: string }[];
    definitions: Quote[];
    mentions: number;
    notes: [note: number, mentions: number, lines: number[]][];
    more_notes: number;
  }[];
  edges: { from: number; to: number; type: string; symmetric: boolean; confidence: number; support: number; evidence: Quote[] }[];
  notes: {
    path: string;
    title: string;
    folder: string;
    tags: string[];
    total_lines: number;
    lines: [number: number, text: string][];
    marks: [line: number, column: number, length: number, concept: number][];
  }[];
}

const QUESTIONS: [RegExp, "paths" | "concept"][] = [
  [/^(?:what|how)\s+connects\s+(.+?)\s+(?:to|and|with)\s+(.+)$/i, "paths"],
  [/^how\s+is\s+(.+?)\s+(?:related|connected)\s+to\s+(.+)$/i, "paths"],
  [/^(?:what\s+is|define|show|describe)\s+(?:an?\s+|the\s+)?(.+)$/i, "concept"],
];

export class Embedded implements Source {
  readonly can = { cypher: false, open: false };
  readonly #data: Data;
  readonly #nodes: Node[];
  readonly #notes: Note[];
  readonly #edges: Edge[];
  /** Positions of the edges that touch each node. */
  readonly #touching: number[][];
  readonly #byName = new Map<string, number>();
  readonly #folded = new Map<string, number>();

  constructor(data: Data) {
    this.#data = data;
    this.#nodes = data.nodes.map(({ name, kind, degree, x, y }, at) => {
      return { id: `c:${at}`, label: "Concept", name, kind, degree, x, y };
    });
    this.#notes = data.notes.map(({ path, title, folder, tags }) => ({ path, title, folder, tags }));
    this.#edges = data.edges.map((edge, at) => this.#edge(edge, at));
    this.#touching = data.nodes.map(() => []);
    data.edges.forEach((edge, at) => {
      this.#touching[edge.from]?.push(at);
      if (edge.to !== edge.from) this.#touching[edge.to]?.push(at);
    });
    for (const [at, node] of data.nodes.entries()) {
      this.#byName.set(node.name, at);
      for (const alias of node.aliases) this.#folded.set(fold(alias.name), at);
    }
    for (const [at, node] of data.nodes.entries()) this.#folded.set(fold(node.name), at);
  }

  async overview(): Promise<Overview> {
    return this.#data.overview;
  }

  async complete(typed: string, limit: number): ReturnType<Source["complete"]> {
    const key = fold(typed);
    const found: { fit: number; match: Match }[] = [];
    for (const node of key === "" ? [] : this.#data.nodes) {
      const names = [node.name, ...node.aliases.map((alias) => alias.name)];
      const fits = names.map((name, at) => fit(fold(name), key, at > 0)).filter((fit) => fit !== null);
      const best = Math.min(...fits);
      if (fits.length === 0) continue;
      const by = names.find((name, at) => fit(fold(name), key, at > 0) === best) ?? node.name;
      const alias = by === node.name ? null : by;
      found.push({ fit: best, match: { name: node.name, kind: node.kind, alias, degree: node.degree } });
    }
    found.sort((one, other) => one.fit - other.fit || other.match.degree - one.match.degree);
    return { matches: found.slice(0, limit).map((found) => found.match), similar: [] };
  }

  async neighbours(name: string, limit: number, shown: string[]): Promise<Neighbours> {
    const at = this.#find(name);
    const known = new Set(shown.map((name) => this.#byName.get(name)));
    const fresh = this.#ranked(at).filter((other) => !known.has(other));
    const added = fresh.slice(0, limit);
    const touched = new Set([at, ...added]);
    const inside = (other: number) => touched.has(other) || known.has(other);
    const edges = new Set<number>();
    for (const node of touched) {
      for (const edge of this.#touching[node] ?? []) {
        const { from = -1, to = -1 } = this.#data.edges[edge] ?? {};
        if (inside(from) && inside(to)) edges.add(edge);
      }
    }
    return {
      concept: this.#node(at),
      more: fresh.length - added.length,
      strongest: added.map((other) => this.#node(other).id),
      nodes: [...touched].map((other) => this.#node(other)),
      edges: [...edges].flatMap((edge) => this.#edges[edge] ?? []),
    };
  }

  async concept(name: string): Promise<Concept> {
    const at = this.#find(name);
    const node = this.#data.nodes[at];
    if (!node) throw new SourceError(`no concept named ${name}`);
    const notes = node.notes.map(([note, mentions, lines]) => {
      const { path = "", title = "" } = this.#notes[note] ?? {};
      return { path, title, mentions, lines };
    });
    const { reason, aliases, mentions } = node;
    const definitions = node.definitions.map((quote) => this.#cited(quote));
    return { concept: this.#node(at), reason, aliases, mentions, definitions, notes, more_notes: node.more_notes, relations: this.#groups(at) };
  }

  async relations(one: string, other: string): Promise<Relation[]> {
    const ends = [this.#find(one), this.#find(other)];
    const edges = (this.#touching[ends[0] ?? -1] ?? []).flatMap((at) => this.#data.edges[at] ?? []);
    const between = edges.filter((edge) => ends.includes(edge.from) && ends.includes(edge.to) && edge.from !== edge.to);
    return between.map((edge) => {
      const { type, symmetric, confidence, support } = edge;
      const evidence = edge.evidence.map((quote) => this.#cited(quote));
      return { subject: this.#node(edge.from), object: this.#node(edge.to), type, symmetric, confidence, support, evidence };
    });
  }

  async paths(from: string, to: string, most: number): Promise<Paths> {
    const [start, end] = [this.#find(from), this.#find(to)];
    const found = connections(this.#data.edges, this.#touching, start, end, most);
    const paths = found.map((steps) => {
      let at = start;
      const hops = steps.flatMap((step) => {
        const edge = this.#data.edges[step];
        if (!edge) return [];
        const direction = directed(edge, at);
        at = edge.from === at ? edge.to : edge.from;
        const { type, confidence, support } = edge;
        const evidence = edge.evidence.slice(0, 3).map((quote) => this.#cited(quote));
        return [{ type, direction, to: this.#node(at), confidence, support, evidence }];
      });
      return { start: this.#node(start), hops };
    });
    const edges = [...new Set(found.flat())].flatMap((at) => this.#edges[at] ?? []);
    const ids = new Set([this.#node(start).id, this.#node(end).id, ...edges.flatMap((edge) => [edge.from, edge.to])]);
    return { paths, part: { nodes: this.#nodes.filter((node) => ids.has(node.id)), edges } };
  }

  async note(path: string): Promise<NotePage> {
    const note = this.#data.notes.find((note) => note.path === path);
    if (!note) throw new SourceError("this page does not hold that note");
    const marks = note.marks.map(([line, column, length, at]) => {
      const { name, kind } = this.#node(at);
      return { line, column, length, concept: name, kind };
    });
    const lines = note.lines.map(([number, text]) => ({ number, text }));
    const { title, folder, tags, total_lines } = note;
    return { path, title, folder, tags, total_lines, file: null, lines, marks };
  }

  async ask(text: string): Promise<Reply> {
    const question = text.trim().replace(/[?.!;]+$/, "");
    for (const [form, kind] of QUESTIONS) {
      const [, one = "", other = ""] = form.exec(question) ?? [];
      if (one === "") continue;
      return kind === "paths" ? this.#connected(one, other) : this.#described(one);
    }
    if (this.#folded.has(fold(question))) return this.#described(question);
    const hint = "Here it answers “what connects A to B” and “what is A”; `quipu serve` answers all questions and Cypher.";
    throw new SourceError("This page has no query engine", hint);
  }

  async whole(): Promise<Whole> {
    const { total_nodes: totalNodes, total_edges: totalEdges } = this.#data;
    return { nodes: this.#nodes.filter((node) => node.degree > 0), edges: this.#edges, totalNodes, totalEdges };
  }

  changes(): void {
    // What stands in a file stays as it is.
  }

  async #connected(one: string, other: string): Promise<Reply> {
    const { paths, part } = await this.paths(one, other, 5);
    const rows = paths.map((path) => [[path.start.name, ...path.hops.map((hop) => hop.to.name)].join(" – "), path.hops.length]);
    return { cypher: "", columns: ["path", "hops"], rows, hits: [], paths, part, json: { paths } };
  }

  async #described(name: string): Promise<Reply> {
    const concept = await this.concept(name);
    const rows = concept.relations.flatMap((group) => {
      return group.items.map((item) => [group.type, group.direction, item.other.name, item.confidence / 1000]);
    });
    const { nodes, edges } = await this.neighbours(name, 24, []);
    const columns = ["relation", "direction", "concept", "confidence"];
    return { cypher: "", columns, rows, hits: [], paths: [], part: { nodes, edges }, json: concept };
  }

  #find(name: string): number {
    const at = this.#byName.get(name) ?? this.#folded.get(fold(name));
    if (at === undefined) throw new SourceError(`no concept named \`${name}\``);
    return at;
  }

  #node(at: number): Node {
    return this.#nodes[at] ?? { id: "", label: "Concept", name: "", kind: "", degree: 0, x: 0, y: 0 };
  }

  #edge(edge: Data["edges"][number], at: number): Edge {
    const { type, symmetric, confidence, support } = edge;
    const cited = [...new Set(edge.evidence.map(([note]) => note))];
    const notes = cited.flatMap((note) => this.#notes[note] ?? []);
    return { id: `r:${at}`, from: this.#node(edge.from).id, to: this.#node(edge.to).id, type, symmetric, confidence, support, notes };
  }

  #cited([note, line, column, quote, rule, confidence]: Quote): Citation {
    return { path: this.#notes[note]?.path ?? "", line, column, quote, rule, confidence };
  }

  /** Neighbours, the strongest first, as `quipu serve` ranks them. */
  #ranked(at: number): number[] {
    const weights = new Map<number, number>();
    for (const index of this.#touching[at] ?? []) {
      const edge = this.#data.edges[index];
      if (!edge || edge.from === edge.to) continue;
      const other = edge.from === at ? edge.to : edge.from;
      const weight = edge.confidence * edge.support * (edge.type === "RELATED_TO" ? 0.5 : 1);
      weights.set(other, (weights.get(other) ?? 0) + weight);
    }
    return [...weights].sort(([one, more], [other, less]) => less - more || one - other).map(([other]) => other);
  }

  #groups(at: number): RelationGroup[] {
    const groups = new Map<string, RelationGroup>();
    const types = this.#data.overview.types.map((type) => type.name);
    for (const index of this.#touching[at] ?? []) {
      const edge = this.#data.edges[index];
      if (!edge) continue;
      const direction = directed(edge, at);
      const group = groups.get(`${edge.type} ${direction}`) ?? { type: edge.type, direction, count: 0, items: [] };
      groups.set(`${edge.type} ${direction}`, group);
      const evidence = edge.evidence.map((quote) => this.#cited(quote));
      const other = this.#node(edge.from === at ? edge.to : edge.from);
      group.items.push({ other, confidence: edge.confidence, support: edge.support, evidence });
      group.count += 1;
    }
    for (const group of groups.values()) {
      group.items.sort((one, other) => other.confidence - one.confidence || other.support - one.support);
    }
    return [...groups.values()].sort((one, other) => types.indexOf(one.type) - types.indexOf(other.type));
  }
}

function directed(edge: { from: number; symmetric: boolean }, at: number): Direction {
  return edge.symmetric ? "both" : edge.from === at ? "out" : "in";
}

function fold(name: string): string {
  return name.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** How a name fits what was typed, the best least; null where it does not. */
function fit(name: string, key: string, alias: boolean): number | null {
  const own = alias ? 2 : 0;
  if (name === key) return own;
  if (name.startsWith(key)) return 1 + own;
  const inside = name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(key)) || name.includes(` ${key}`);
  return inside ? 4 + own / 2 : null;
}
