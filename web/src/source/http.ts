// The API of `quipu serve` as a source.

import type {
  Concept,
  Edge,
  Neighbours,
  Node,
  Note,
  NotePage,
  Overview,
  Part,
  Paths,
  Relation,
  Reply,
  Source,
  Whole,
} from "./shapes.ts";
import { isPaged } from "../place.ts";
import { SourceError } from "./shapes.ts";

/** A part as it is sent: edges name notes by number. */
interface Sent {
  nodes: Node[];
  edges: (Omit<Edge, "notes"> & { notes: number[] })[];
  notes: Note[];
}

/** How much of the whole graph is asked for. */
const WHOLE = 10_000;

/** Lines of a note that are asked for. */
const LINES = 400;

export class Api implements Source {
  readonly can = { cypher: true, open: true };

  constructor(private readonly token: string | null) {}

  async overview(): Promise<Overview> {
    type Status = Pick<Overview, "counts" | "notices">;
    const [status, schema, top] = await Promise.all([this.get<Status>("status"), this.get<Overview>("schema"), this.get<Sent>("graph", { limit: 1 })]);
    return { ...schema, counts: status.counts, notices: status.notices, start: top.nodes[0]?.name ?? null };
  }

  async complete(typed: string, limit: number): ReturnType<Source["complete"]> {
    return this.get("complete", { q: typed, limit });
  }

  async neighbours(name: string, limit: number, shown: string[]): Promise<Neighbours> {
    const body = JSON.stringify({ name, limit, shown });
    const found = await this.send<Sent & Omit<Neighbours, "edges">>("POST", "neighbours", body);
    return { ...found, ...part(found) };
  }

  async concept(name: string): Promise<Concept> {
    return this.get("concept", { name });
  }

  async relations(one: string, other: string): Promise<Relation[]> {
    const found = await this.get<{ relations: Relation[] }>("relation", { from: one, to: other });
    return found.relations;
  }

  async paths(from: string, to: string, most: number): Promise<Paths> {
    const found = await this.get<{ paths: Paths["paths"]; graph: Sent }>("paths", { a: from, b: to, k: most });
    return { paths: found.paths, part: part(found.graph) };
  }

  async note(path: string, line: number): Promise<NotePage> {
    type SentNote = Omit<NotePage, "lines"> & { first_line: number; lines: string[] };
    const found = await this.get<SentNote>("note", { path, line, lines: LINES });
    const all = found.lines.map((text, at) => ({ number: found.first_line + at, text }));
    // What lies between pages is no part of the note.
    const lines = isPaged(path) ? all.filter((line) => line.text !== "") : all;
    return { ...found, lines };
  }

  async ask(text: string): Promise<Reply> {
    type Answer = { cypher: string; columns: string[]; rows: unknown[][]; graph: Sent; page: Page | null };
    type Page = { hits?: { hits: Reply["hits"] }; paths?: Reply["paths"] };
    const json = await this.send<Answer>("POST", "ask", JSON.stringify({ text }));
    const { cypher, columns, rows, page } = json;
    return { cypher, columns, rows, hits: page?.hits?.hits ?? [], paths: page?.paths ?? [], part: part(json.graph), json };
  }

  async whole(): Promise<Whole> {
    const found = await this.get<Sent & { total_nodes: number; total_edges: number }>("graph", { limit: WHOLE });
    const { nodes, edges } = part(found);
    return { edges, nodes: nodes.filter((node) => node.degree > 0), totalNodes: found.total_nodes, totalEdges: found.total_edges };
  }

  changes(changed: () => void): void {
    void this.follow(changed);
  }

  /** Asks for the next commit again and again; the answer comes when there is one, or after a while. */
  private async follow(changed: () => void): Promise<void> {
    for (let since = "", failed = 0; failed < 20; ) {
      try {
        const now = await this.get<{ commit: string }>("changes", { since });
        if (since !== "" && now.commit !== since) changed();
        [since, failed] = [now.commit, 0];
      } catch {
        failed += 1;
        await new Promise((again) => setTimeout(again, 3_000));
      }
    }
  }

  private get<T>(path: string, query: { [key: string]: string | number | string[] } = {}): Promise<T> {
    const search = new URLSearchParams();
    for (const [key, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) search.append(key, String(one));
    }
    const asked = search.toString();
    return this.send("GET", asked === "" ? path : `${path}?${asked}`);
  }

  private async send<T>(method: string, path: string, body?: string): Promise<T> {
    const headers: HeadersInit = { Accept: "application/json" };
    if (this.token !== null) headers.Authorization = `Bearer ${this.token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    let response: Response;
    try {
      response = await fetch(`api/${path}`, { method, headers, body: body ?? null });
    } catch {
      throw new SourceError("quipu serve does not answer", "Is it still running?");
    }
    const answer = (await response.json().catch(() => ({}))) as { error?: Refusal };
    if (!response.ok) {
      const { message = `quipu serve answers ${response.status}`, hint, place } = answer.error ?? {};
      throw new SourceError(place ? `${message} (line ${place.line}, column ${place.column})` : message, hint ?? "");
    }
    return answer as T;
  }
}

/** What is told where there is no answer. */
interface Refusal {
  message?: string;
  hint?: string;
  place?: { line: number; column: number };
}

export function part(sent: Sent): Part {
  const edges = sent.edges.map((edge) => ({ ...edge, notes: edge.notes.flatMap((at) => sent.notes[at] ?? []) }));
  return { nodes: sent.nodes, edges };
}
