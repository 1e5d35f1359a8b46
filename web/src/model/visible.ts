// A picture and the filters → what is drawn: nodes, and one line for all relations between two of them.

import type { Edge, Node } from "../source/shapes.ts";
import type { Filter, State } from "../state.ts";
import type { Picture } from "./picture.ts";

/** All relations between two nodes, drawn as one line. */
export interface Pair {
  id: string;
  /** Where its arrow starts; where it has none or two, the first in order. */
  from: Node;
  to: Node;
  arrow: "one" | "both" | "none";
  /** The most trusted first; those that are no more than related last. */
  relations: Edge[];
}

export interface Visible {
  nodes: Node[];
  pairs: Pair[];
  /** Who is joined to whom, by id. */
  near: Map<string, Set<string>>;
}

export function visible(picture: Picture, state: State): Visible {
  const { filter } = state;
  const hidden = new Set(state.hidden);
  const kept = new Set(anchors(state));
  const off = new Set(filter.kinds);
  const open = [...picture.nodes.values()].filter(
    (node) => !hidden.has(node.name) && (!off.has(kindOf(node)) || kept.has(node.name)),
  );
  const ids = new Set(open.map((node) => node.id));
  const passes = passing(filter);
  const edges = [...picture.edges.values()].filter((edge) => ids.has(edge.from) && ids.has(edge.to) && passes(edge));
  const pairs = paired(edges, picture.nodes);
  const near = joined(pairs);
  const choosy = filter.types.length + filter.folders.length + filter.tags.length + filter.confidence > 0;
  const nodes = open.filter((node) => !choosy || near.has(node.id) || kept.has(node.name));
  return { nodes, pairs, near };
}

/** What filters are set by: the kind of a concept, the label of anything else. */
export function kindOf(node: Node): string {
  return node.kind || node.label;
}

/** Concepts that stay whatever is filtered: what was asked for. */
function anchors(state: State): string[] {
  const names = state.steps.filter((step) => step.root).map((step) => step.name);
  if (state.base.kind === "path") names.push(state.base.from, state.base.to);
  if (state.selected?.kind === "node") names.push(state.selected.name);
  return names;
}

function passing(filter: Filter): (edge: Edge) => boolean {
  const off = new Set(filter.types);
  const folders = new Set(filter.folders);
  const tags = new Set(filter.tags);
  const said = (edge: Edge) =>
    edge.notes.some(
      (note) =>
        (folders.size === 0 || folders.has(note.folder)) && (tags.size === 0 || note.tags.some((tag) => tags.has(tag))),
    );
  return (edge) =>
    !off.has(edge.type) &&
    (edge.confidence === 0 || edge.confidence >= filter.confidence * 10) &&
    (folders.size + tags.size === 0 || said(edge));
}

/** The relations of each two nodes together, in the order of the first. */
export function paired(edges: Edge[], nodes: Map<string, Node>): Pair[] {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const key = edge.from < edge.to ? `${edge.from}|${edge.to}` : `${edge.to}|${edge.from}`;
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  return [...groups].flatMap(([id, relations]) => pairOf(id, relations, nodes) ?? []);
}

function pairOf(id: string, relations: Edge[], nodes: Map<string, Node>): Pair | null {
  relations.sort((one, other) => weight(other) - weight(one) || (one.id < other.id ? -1 : 1));
  const typed = relations.filter((edge) => !edge.symmetric);
  const lead = typed[0] ?? relations[0];
  const [from, to] = [nodes.get(lead?.from ?? ""), nodes.get(lead?.to ?? "")];
  if (!lead || !from || !to) return null;
  const both = typed.some((edge) => edge.from !== lead.from);
  return { id, from, to, arrow: typed.length === 0 ? "none" : both ? "both" : "one", relations };
}

function weight(edge: Edge): number {
  const known = edge.type === "RELATED_TO" ? 0 : 10_000;
  return known + edge.confidence + Math.min(edge.support, 100);
}

function joined(pairs: Pair[]): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>();
  const join = (one: string, other: string) => {
    const known = near.get(one);
    if (known) known.add(other);
    else near.set(one, new Set([other]));
  };
  for (const pair of pairs) {
    join(pair.from.id, pair.to.id);
    join(pair.to.id, pair.from.id);
  }
  return near;
}
