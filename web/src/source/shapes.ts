// What the page asks for and gets. The shapes are those of the JSON API (docs/http-api.md); `Source` has two
// implementations: the API of `quipu serve`, and the data inside a page written by `quipu export html`.

export interface Node {
  id: string;
  label: string;
  name: string;
  kind: string;
  degree: number;
  x: number;
  y: number;
}

export interface Note {
  path: string;
  title: string;
  folder: string;
  tags: string[];
}

export interface Edge {
  id: string;
  from: string;
  to: string;
  type: string;
  symmetric: boolean;
  /** In thousandths. */
  confidence: number;
  support: number;
  notes: Note[];
}

export interface Part {
  nodes: Node[];
  edges: Edge[];
}

export interface Neighbours extends Part {
  concept: Node;
  /** Neighbours that are not shown even now. */
  more: number;
  /** Ids of the new neighbours, the strongest first. */
  strongest: string[];
}

export interface Match {
  name: string;
  kind: string;
  alias: string | null;
  degree: number;
}

export interface Citation {
  path: string;
  line: number;
  column: number;
  quote: string;
  rule: string;
  confidence: number;
}

export interface Named {
  name: string;
  kind: string;
}

export type Direction = "out" | "in" | "both";

export interface RelationItem {
  other: Named;
  confidence: number;
  support: number;
  evidence: Citation[];
}

export interface RelationGroup {
  type: string;
  direction: Direction;
  count: number;
  items: RelationItem[];
}

export interface NoteRow {
  path: string;
  title: string;
  mentions: number;
  lines: number[];
}

export interface Concept {
  concept: Node;
  reason: string;
  aliases: { name: string; rule: string }[];
  definitions: Citation[];
  relations: RelationGroup[];
  notes: NoteRow[];
  more_notes: number;
  mentions: number;
}

export interface Relation {
  subject: Named;
  type: string;
  symmetric: boolean;
  object: Named;
  confidence: number;
  support: number;
  evidence: Citation[];
}

export interface Hop {
  type: string;
  direction: Direction;
  to: Named;
  confidence: number;
  support: number;
  evidence: Citation[];
}

export interface Path {
  start: Named;
  hops: Hop[];
}

export interface Paths {
  paths: Path[];
  part: Part;
}

export interface Mark {
  line: number;
  column: number;
  length: number;
  concept: string;
  kind: string;
}

export interface NotePage extends Note {
  /** Where it is on disk; null where that is not to be told. */
  file: string | null;
  total_lines: number;
  /** The lines given, each with its number; there may be gaps between them. */
  lines: { number: number; text: string }[];
  marks: Mark[];
}

export interface Hit {
  path: string;
  title: string;
  line: number;
  snippet: string;
}

export interface Reply {
  /** The statement it was or became; empty where there is none. */
  cypher: string;
  columns: string[];
  rows: unknown[][];
  hits: Hit[];
  /** Where the answer is what connects two concepts: the paths, the best first. */
  paths: Path[];
  part: Part;
  /** The whole answer, as a program gets it. */
  json: unknown;
}

export interface Counted {
  name: string;
  count: number;
}

export interface Overview {
  counts: { notes: number; concepts: number; relations: number };
  notices: string[];
  /** The concept to begin with; null in an empty index. */
  start: string | null;
  kinds: Counted[];
  types: (Counted & { symmetric: boolean })[];
  folders: Counted[];
  tags: Counted[];
  questions: [string, string][];
}

/** The whole graph, or as much of it as a page can draw. */
export interface Whole extends Part {
  totalNodes: number;
  totalEdges: number;
}

/** An error to show: a message, and perhaps what to do about it. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly hint = "",
  ) {
    super(message);
  }
}

export interface Source {
  /** What it can do beside showing what it has. */
  readonly can: { cypher: boolean; open: boolean };
  overview(): Promise<Overview>;
  complete(typed: string, limit: number): Promise<{ matches: Match[]; similar: string[] }>;
  neighbours(name: string, limit: number, shown: string[]): Promise<Neighbours>;
  concept(name: string): Promise<Concept>;
  relations(one: string, other: string): Promise<Relation[]>;
  paths(from: string, to: string, most: number): Promise<Paths>;
  note(path: string, line: number): Promise<NotePage>;
  ask(text: string): Promise<Reply>;
  whole(): Promise<Whole>;
  /** Calls back when there is a newer commit. */
  changes(changed: () => void): void;
}
