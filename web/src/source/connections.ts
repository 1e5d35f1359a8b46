// What connects two concepts, by the rule of `quipu path`: first the fewest-hop paths that follow the arrows all one
// way, unless they are more than two hops longer than the shortest that ignores direction; then those that ignore it.

interface Arrow {
  from: number;
  to: number;
  type: string;
  symmetric: boolean;
  confidence: number;
}

type Way = "out" | "in" | "any";

/** Paths tried at most, so that a dense graph does not take for ever. */
const TRIED = 2_000;

/** Paths as lists of edge positions, best first, at most `most`. */
export function connections(edges: Arrow[], touching: number[][], start: number, end: number, most: number): number[][] {
  const search = (way: Way) => shortest(edges, touching, start, end, way);
  const any = search("any");
  const least = any[0]?.length ?? 0;
  const straight = search("out");
  const directed = straight.length > 0 ? straight : search("in");
  const near = directed.filter((path) => path.length <= least + 2);
  const seen = new Set<string>();
  const unseen = (path: number[]) => !seen.has(path.join()) && seen.add(path.join()) !== null;
  const byCost = (one: number[], other: number[]) => cost(edges, one) - cost(edges, other);
  return [...near.sort(byCost), ...any.sort(byCost)].filter(unseen).slice(0, most);
}

function cost(edges: Arrow[], path: number[]): number {
  const one = (edge: Arrow | undefined) => 1 - Math.log((edge?.confidence || 1) / 1000) + (edge?.type === "RELATED_TO" ? 1 : 0);
  return path.reduce((sum, at) => sum + one(edges[at]), 0);
}

/** All paths of the fewest hops, one edge between two nodes: the cheapest. */
function shortest(edges: Arrow[], touching: number[][], start: number, end: number, way: Way): number[][] {
  const steps = (at: number, reverse: boolean) => {
    const found = new Map<number, number>();
    for (const index of touching[at] ?? []) {
      const edge = edges[index];
      if (!edge || edge.from === edge.to) continue;
      const outwards = edge.from === at;
      if (!edge.symmetric && way !== "any" && outwards !== ((way === "out") !== reverse)) continue;
      const other = outwards ? edge.to : edge.from;
      const known = found.get(other);
      if (known === undefined || cost(edges, [index]) < cost(edges, [known])) found.set(other, index);
    }
    return found;
  };
  const away = distances(end, start, (at) => steps(at, true).keys());
  const paths: number[][] = [];
  const walk = (at: number, path: number[]) => {
    if (at === end) paths.push(path);
    if (at === end || paths.length >= TRIED) return;
    for (const [other, edge] of steps(at, false)) {
      if (away.get(other) === (away.get(at) ?? 0) - 1) walk(other, [...path, edge]);
    }
  };
  if (away.has(start) && start !== end) walk(start, []);
  return paths;
}

/** Hops to `from` of all that lies no farther than `to`. */
function distances(from: number, to: number, next: (at: number) => Iterable<number>): Map<number, number> {
  const away = new Map([[from, 0]]);
  let ring = [from];
  while (ring.length > 0 && !away.has(to)) {
    const further: number[] = [];
    for (const at of ring) {
      for (const other of next(at)) {
        if (away.has(other)) continue;
        away.set(other, (away.get(at) ?? 0) + 1);
        further.push(other);
      }
    }
    ring = further;
  }
  return away;
}
