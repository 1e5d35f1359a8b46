// What connects two concepts, in the order of `quipu path` (src/graph/paths): first the fewest-hop paths that follow
// the arrows all one way, unless they are more than two hops longer than the shortest that ignores direction; then
// those that ignore it, by hops. Within equal hops by cost, then by name. Symmetric relations have no arrow to follow.

export interface Arrow {
  from: number;
  to: number;
  type: string;
  symmetric: boolean;
  confidence: number;
}

type Way = "out" | "in" | "any";

/** How much longer than the shortest path one along the arrows may be to come first. */
const DETOUR = 2;
/** How much longer than the shortest path any may be. */
const SPREAD = 4;
/** Partial paths followed at most, so that a dense graph does not take for ever. */
const TRIED = 200_000;
/** A node with more relations than this is a hub. */
const HUB = 32;

/** Paths as lists of edge positions, best first, at most `most`. Nodes are numbered in the order of their names. */
export function connections(edges: Arrow[], touching: number[][], start: number, end: number, most: number): number[][] {
  const graph = new Search(edges, touching, start, end);
  const fewest = graph.distance("any");
  if (fewest === null || start === end) return [];
  const found: number[][] = [];
  for (const way of ["out", "in"] as const) {
    const hops = graph.distance(way);
    if (hops === null || hops > fewest + DETOUR) continue;
    found.push(...graph.layer(way, hops));
    break;
  }
  const given = new Set(found.map((path) => path.join()));
  for (let hops = fewest; hops <= fewest + SPREAD && found.length < most; hops++) {
    found.push(...graph.layer("any", hops).filter((path) => !given.has(path.join())));
  }
  return found.slice(0, most);
}

class Search {
  readonly #away = new Map<Way, Map<number, number>>();

  constructor(
    private readonly edges: Arrow[],
    private readonly touching: number[][],
    private readonly start: number,
    private readonly end: number,
  ) {}

  /** Hops of the shortest path; null where there is none. */
  distance(way: Way): number | null {
    return this.#distances(way).get(this.start) ?? null;
  }

  /** All paths of so many hops that pass no node twice, the cheapest first. */
  layer(way: Way, hops: number): number[][] {
    const away = this.#distances(way);
    const paths: { nodes: number[]; edges: number[]; cost: number }[] = [];
    let tried = 0;
    const walk = (nodes: number[], path: number[], cost: number) => {
      const at = nodes.at(-1) ?? this.start;
      if (at === this.end) {
        if (path.length === hops) paths.push({ nodes, edges: path, cost });
        return;
      }
      for (const [edge, other] of this.#steps(at, way, false)) {
        const rest = hops - path.length - 1;
        if ((away.get(other) ?? Number.POSITIVE_INFINITY) > rest || nodes.includes(other) || ++tried > TRIED) continue;
        walk([...nodes, other], [...path, edge], cost + this.#cost(edge, other));
      }
    };
    walk([this.start], [], 0);
    paths.sort((one, other) => one.cost - other.cost || ordered(one.nodes, other.nodes) || ordered(one.edges, other.edges));
    return paths.map((path) => path.edges);
  }

  /** Hops from each node to the end. */
  #distances(way: Way): Map<number, number> {
    const known = this.#away.get(way);
    if (known) return known;
    const away = new Map([[this.end, 0]]);
    for (let ring = [this.end], hops = 1; ring.length > 0; hops++) {
      const further: number[] = [];
      for (const at of ring) {
        for (const [, other] of this.#steps(at, way, true)) {
          if (away.has(other)) continue;
          away.set(other, hops);
          further.push(other);
        }
      }
      ring = further;
    }
    this.#away.set(way, away);
    return away;
  }

  /** The edges that lead on from a node, or, in reverse, to it, with their other ends. */
  *#steps(at: number, way: Way, reverse: boolean): Iterable<[edge: number, other: number]> {
    for (const index of this.touching[at] ?? []) {
      const edge = this.edges[index];
      if (!edge || edge.from === edge.to || (edge.symmetric && way !== "any")) continue;
      const outwards = edge.from === at;
      if (way !== "any" && outwards !== ((way === "out") !== reverse)) continue;
      yield [index, outwards ? edge.to : edge.from];
    }
  }

  /** In ten-thousandths: 1 - ln confidence; a relation without a sharp type costs 1 more, passing a hub some, too. */
  #cost(index: number, to: number): number {
    const edge = this.edges[index];
    const trust = 1 - Math.log(Math.max(1, edge?.confidence ?? 1) / 1000);
    const vague = edge?.type === "RELATED_TO" ? 10_000 : 0;
    const doublings = Math.floor((this.touching[to] ?? []).length / HUB);
    const hub = to === this.end || doublings === 0 ? 0 : (Math.floor(Math.log2(doublings)) * 10_000) / 4;
    return Math.round(trust * 10_000) + vague + hub;
  }
}

/** Which of two lists of numbers comes first. */
function ordered(one: number[], other: number[]): number {
  const at = one.findIndex((number, at) => number !== other[at]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}
