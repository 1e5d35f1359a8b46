// The same as rows: for screen readers, for searching by eye, and for answers that are no graph.

import type { App } from "../app.ts";
import { counted, cut, h, words, type Child } from "../dom.ts";
import { kindOf } from "../model/visible.ts";
import type { Reply } from "../source/shapes.ts";
import { dot } from "./names.ts";

/** Rows shown at once; a browser is slow with more. */
const ROWS = 2_000;

export function pictureTable(app: App): Child[] {
  const { nodes, pairs } = app.visible;
  const sorted = [...nodes].sort((one, other) => other.degree - one.degree || (one.name < other.name ? -1 : 1));
  const concepts = sorted.slice(0, ROWS).map((node) => [
    h("button", { type: "button", class: "concept", onclick: () => app.select(node.name) }, dot(node.kind), cut(node.name, 160)),
    kindOf(node),
    String(node.degree),
  ]);
  const relations = pairs.flatMap((pair) => pair.relations).slice(0, ROWS).map((edge) => {
    const [from, to] = [app.picture.nodes.get(edge.from)?.name ?? "", app.picture.nodes.get(edge.to)?.name ?? ""];
    return [
      h("button", { type: "button", class: "concept", onclick: () => app.select(from) }, cut(from, 120)),
      h("button", { type: "button", class: "type", onclick: () => app.selectPair(from, to) }, words(edge.type)),
      h("button", { type: "button", class: "concept", onclick: () => app.select(to) }, cut(to, 120)),
      (edge.confidence / 1000).toFixed(2),
      String(edge.support),
    ];
  });
  return [
    table(counted(nodes.length, "concept"), ["Concept", "Kind", "Relations"], concepts, [2]),
    table(counted(pairs.reduce((sum, pair) => sum + pair.relations.length, 0), "relation"), ["From", "Relation", "To", "Confidence", "Places"], relations, [3, 4]),
  ];
}

export function answerTable(reply: Reply): Child[] {
  const rows = reply.rows.slice(0, ROWS).map((row) => row.map((value) => cut(shown(value), 2_000)));
  const numbers = reply.columns.map((_, at) => at).filter((at) => reply.rows.every((row) => typeof row[at] === "number"));
  return [table(counted(reply.rows.length, "row"), reply.columns, rows, numbers)];
}

export function answerJson(reply: Reply): Child[] {
  const text = JSON.stringify(reply.json, null, 2);
  return [h("pre", { class: "json", tabindex: 0, "aria-label": "The answer as JSON" }, text.length > 2e6 ? `${text.slice(0, 2e6)}\n…` : text)];
}

function table(caption: string, columns: string[], rows: Child[][], numbers: number[]): HTMLElement {
  const at = (column: number) => (numbers.includes(column) ? "number" : null);
  return h(
    "table",
    {},
    h("caption", {}, caption, rows.length === ROWS && `, the first ${ROWS} shown`),
    h("thead", {}, h("tr", {}, columns.map((column, number) => h("th", { scope: "col", class: at(number) }, column)))),
    h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, number) => h("td", { class: at(number) }, cell))))),
  );
}

type Tagged = {
  $node?: { id: number; properties: { [key: string]: unknown } };
  $relationship?: { type: string; start: number };
  $path?: { nodes: Tagged[]; relationships: Tagged[] };
  $map?: { [key: string]: unknown };
  $float?: string;
  $temporal?: string;
};

/** A value of an answer as people read it. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(shown).join(", ");
  if (typeof value !== "object") return String(value);
  const tagged = value as Tagged;
  if (tagged.$node) return named(tagged.$node.properties);
  if (tagged.$relationship) return tagged.$relationship.type;
  if (tagged.$path) return chain(tagged.$path);
  if (tagged.$map) return Object.entries(tagged.$map).map(([key, value]) => `${key}: ${shown(value)}`).join(", ");
  if (tagged.$float !== undefined) return tagged.$float;
  if (tagged.$temporal !== undefined) return tagged.$temporal;
  const { properties } = value as { properties?: { [key: string]: unknown } };
  return properties ? named(properties) : JSON.stringify(value);
}

/** A path with its relations, each as it points. */
function chain({ nodes, relationships }: { nodes: Tagged[]; relationships: Tagged[] }): string {
  const hops = relationships.map(({ $relationship }, at) => {
    const [type, forward] = [$relationship?.type ?? "", $relationship?.start === nodes[at]?.$node?.id];
    return `${forward ? `—${type}→` : `←${type}—`} ${shown(nodes[at + 1])}`;
  });
  return [shown(nodes[0]), ...hops].join(" ");
}

function named(properties: { [key: string]: unknown }): string {
  return String(properties.name ?? properties.title ?? properties.path ?? JSON.stringify(properties));
}
