// Places of the few nodes of a local picture. The order comes from the places that the index was laid out with, the
// distances from a few rounds of push and pull that keep names apart. Nothing is random, and what stood somewhere
// stays there when more is shown.

import type { Edge, Node, Part, Path } from "../source/shapes.ts";

export interface Point {
  x: number;
  y: number;
}

/** Between two related nodes. */
const LENGTH = 130;

/** Names are wider than high, so nodes keep more room sideways. */
const WIDER = 1.45;

/** Sets a concept and its new neighbours among what has a place already. */
export function around(places: Map<string, Point>, concept: Node, fresh: Node[], edges: Edge[]): void {
  const centre = places.get(concept.id) ?? free(places);
  places.set(concept.id, centre);
  const [from, width] = sector(places, centre);
  const radius = LENGTH * Math.max(1, (fresh.length * 0.55 * Math.PI * 2) / (width * 5));
  const turned = [...fresh].sort((one, other) => heading(concept, one, from) - heading(concept, other, from));
  turned.forEach((node, at) => {
    const angle = from + (width * (at + 0.5)) / turned.length;
    const reach = radius * (at % 2 === 0 || fresh.length < 9 ? 1 : 1.28);
    places.set(node.id, { x: centre.x + Math.cos(angle) * reach * WIDER, y: centre.y + Math.sin(angle) * reach });
  });
  settle(places, new Set(turned.map((node) => node.id)), edges, 90);
}

/** Which way a neighbour lies on the map, as an angle of at most a full turn from `from`. */
function heading(concept: Node, other: Node, from: number): number {
  const angle = Math.atan2(concept.y - other.y, other.x - concept.x) - from;
  return ((angle % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI);
}

/** Where a further root stands: right of everything. */
function free(places: Map<string, Point>): Point {
  if (places.size === 0) return { x: 0, y: 0 };
  return { x: Math.max(...[...places.values()].map((place) => place.x)) + 3 * LENGTH, y: 0 };
}

/** Where there is room beside a place, as the angle where it begins and its width: away from the middle of the rest. */
function sector(places: Map<string, Point>, centre: Point): [number, number] {
  const rest = [...places.values()].filter((place) => place !== centre);
  const middle = (axis: "x" | "y") => rest.reduce((sum, place) => sum + place[axis], 0) / Math.max(1, rest.length);
  const [x, y] = [(centre.x - middle("x")) / WIDER, centre.y - middle("y")];
  // In the middle itself, the new ones go round.
  if (rest.length === 0 || Math.hypot(x, y) < LENGTH * 0.35) return [-Math.PI / 2, 2 * Math.PI];
  const width = 1.15 * Math.PI;
  return [Math.atan2(y, x) - width / 2, width];
}

/** Places for the graph of an answer: as on the map, drawn apart. */
export function spread(part: Part): Map<string, Point> {
  const places = new Map<string, Point>();
  const [x, y] = [scale(part.nodes, "x"), scale(part.nodes, "y")];
  const side = LENGTH * Math.sqrt(part.nodes.length);
  part.nodes.forEach((node, at) => {
    // A little apart by their order, for nodes of one place.
    const aside = { x: ((at * 37) % 19) - 9, y: ((at * 53) % 23) - 11 };
    places.set(node.id, { x: x(node) * side * WIDER + aside.x, y: -y(node) * side + aside.y });
  });
  settle(places, new Set(places.keys()), part.edges, part.nodes.length > 600 ? 20 : 160);
  return places;
}

function scale(nodes: Node[], axis: "x" | "y"): (node: Node) => number {
  const values = nodes.map((node) => node[axis]);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return (node) => (high > low ? (node[axis] - low) / (high - low) - 0.5 : 0);
}

/** Places for paths: the start at the left, each hop further right; each path has a lane of its own, the best on top. */
export function layered(part: Part, paths: Path[]): Map<string, Point> {
  const ids = new Map(part.nodes.map((node) => [node.name, node.id]));
  const longest = Math.max(1, ...paths.map((path) => path.hops.length));
  const first = paths[0];
  const ends = [first?.start.name, first?.hops.at(-1)?.to.name];
  const seen = new Set(ends);
  const lanes: { name: string; column: number }[][] = [];
  const lane = (stops: { name: string; column: number }[]) => {
    const fresh = stops.filter(({ name }) => ids.has(name) && !seen.has(name));
    for (const { name } of fresh) seen.add(name);
    if (fresh.length > 0) lanes.push(fresh);
  };
  for (const { hops } of paths) lane(hops.map((hop, at) => ({ name: hop.to.name, column: ((at + 1) * longest) / hops.length })));
  for (const { name } of part.nodes) lane([{ name, column: longest / 2 }]);
  // The lane in the middle stays free for a line straight from the start to the end.
  if (paths.some((path) => path.hops.length === 1)) lanes.splice(Math.ceil(lanes.length / 2), 0, []);
  const middle = (lanes.length - 1) / 2;
  const stops = lanes.flatMap((lane, row) => lane.map(({ name, column }) => ({ name, column, row })));
  stops.push({ name: ends[0] ?? "", column: 0, row: middle }, { name: ends[1] ?? "", column: longest, row: middle });
  const places = new Map<string, Point>();
  for (const { name, column, row } of stops) {
    const id = ids.get(name);
    if (id !== undefined) places.set(id, { x: column * LENGTH * 2, y: (middle - row) * LENGTH * 0.8 });
  }
  return places;
}

/** Lets the nodes `free` give way to each other and to the rest, and follow their relations. */
function settle(places: Map<string, Point>, free: Set<string>, edges: Edge[], rounds: number): void {
  const ids = [...places.keys()];
  const springs = edges.filter((edge) => free.has(edge.from) || free.has(edge.to));
  for (let round = 0; round < rounds; round++) {
    const step = 14 * (1 - round / rounds);
    const moves = new Map<string, Point>();
    for (const id of free) moves.set(id, push(places, ids, id));
    for (const edge of springs) pull(places, moves, edge);
    for (const [id, move] of moves) {
      const place = places.get(id);
      const far = Math.hypot(move.x, move.y);
      if (!place || far === 0) continue;
      const share = Math.min(1, step / far);
      place.x += move.x * share;
      place.y += move.y * share;
    }
  }
}

function push(places: Map<string, Point>, ids: string[], id: string): Point {
  const move = { x: 0, y: 0 };
  const own = places.get(id) ?? move;
  for (const other of ids) {
    if (other === id) continue;
    const place = places.get(other) ?? move;
    const x = (own.x - place.x) / WIDER;
    const y = own.y - place.y;
    const square = Math.max(x * x + y * y, 16);
    if (square > LENGTH * LENGTH * 6) continue;
    const force = (LENGTH * LENGTH * 0.55) / square;
    move.x += x * force * WIDER + (x === 0 && y === 0 ? (id < other ? 1 : -1) : 0);
    move.y += y * force;
  }
  return move;
}

function pull(places: Map<string, Point>, moves: Map<string, Point>, edge: Edge): void {
  const [one, other] = [places.get(edge.from), places.get(edge.to)];
  if (!one || !other) return;
  const [x, y] = [(other.x - one.x) / WIDER, other.y - one.y];
  const far = Math.hypot(x, y);
  if (far <= LENGTH * 0.8) return;
  const force = ((far - LENGTH * 0.8) / far) * 0.12;
  for (const [id, sign] of [[edge.from, 1], [edge.to, -1]] as const) {
    const move = moves.get(id);
    if (!move) continue;
    move.x += x * force * sign * WIDER;
    move.y += y * force * sign;
  }
}
