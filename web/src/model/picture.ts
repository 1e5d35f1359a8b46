// State and source → what there is to draw: nodes, relations, places. The same state gives the same picture.

import type { Edge, Node, Part, Path, Reply, Source } from "../source/shapes.ts";
import type { State } from "../state.ts";
import { around, layered, spread, type Point } from "./place.ts";

export interface Picture {
  nodes: Map<string, Node>;
  edges: Map<string, Edge>;
  places: Map<string, Point>;
  /** Neighbours that are not shown, of concepts that were opened. */
  more: Map<string, number>;
  /** The paths of path mode, best first. */
  paths: Path[];
  /** The answer in ask mode. */
  reply: Reply | null;
  /** Where it is the whole graph: how much of it there is beside. */
  whole: { nodes: number; edges: number } | null;
}

/** How many paths path mode asks for. */
const PATHS = 5;

function empty(): Picture {
  return {
    nodes: new Map(),
    edges: new Map(),
    places: new Map(),
    more: new Map(),
    paths: [],
    reply: null,
    whole: null,
  };
}

export async function load(state: State, source: Source): Promise<Picture> {
  const picture = await begin(state, source);
  if (picture.whole === null) {
    for (const step of state.steps) await grow(picture, step, source);
  }
  for (const pin of state.pinned) {
    const node = find(picture, pin.name);
    if (node) picture.places.set(node.id, { x: pin.x, y: pin.y });
  }
  return picture;
}

/** The shown concept of that name. */
export function find(picture: Picture, name: string): Node | undefined {
  for (const node of picture.nodes.values()) if (node.name === name) return node;
  return undefined;
}

async function begin(state: State, source: Source): Promise<Picture> {
  const picture = empty();
  const { base } = state;
  if (base.kind === "map") {
    const whole = await source.whole();
    picture.whole = { nodes: whole.totalNodes, edges: whole.totalEdges };
    add(picture, whole);
    for (const node of whole.nodes) picture.places.set(node.id, { x: node.x, y: -node.y });
  } else if (base.kind === "path" && base.from !== "" && base.to !== "") {
    const found = await source.paths(base.from, base.to, PATHS);
    picture.paths = found.paths;
    add(picture, found.part);
    picture.places = layered(found.part, found.paths);
  } else if (base.kind === "ask") {
    picture.reply = await source.ask(base.text);
    add(picture, picture.reply.part);
    const { paths, part } = picture.reply;
    picture.places = paths.length > 0 ? layered(part, paths) : spread(part);
  }
  return picture;
}

async function grow(picture: Picture, step: State["steps"][number], source: Source): Promise<void> {
  const known = find(picture, step.name);
  if (!known && !step.root) return;
  const shown = [...picture.nodes.values()].filter((node) => node.label === "Concept").map((node) => node.name);
  const found = await source.neighbours(step.name, step.count, shown);
  add(picture, found);
  add(picture, { nodes: [found.concept], edges: [] });
  if (step.count > 0) picture.more.set(found.concept.id, found.more);
  const fresh = found.strongest.flatMap((id) => picture.nodes.get(id) ?? []);
  around(picture.places, found.concept, fresh, [...picture.edges.values()]);
}

function add(picture: Picture, part: Part): void {
  for (const node of part.nodes) picture.nodes.set(node.id, node);
  for (const edge of part.edges) {
    if (picture.nodes.has(edge.from) && picture.nodes.has(edge.to)) picture.edges.set(edge.id, edge);
  }
}
