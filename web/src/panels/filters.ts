// The legend, which is the filter: kinds and relations of the picture, folders, tags, confidence, hubs.

import type { App } from "../app.ts";
import { counted, h, words, type Child } from "../dom.ts";
import { kindOf } from "../model/visible.ts";
import { NO_FILTER, type Filter } from "../state.ts";
import { dot } from "./names.ts";


export function filterPanel(app: App): Child[] {
  const { nodes, edges } = app.picture;
  const { filter, hidden } = app.store.state;
  const kinds = tally([...nodes.values()].map(kindOf), filter.kinds);
  const types = tally([...edges.values()].map((edge) => edge.type), filter.types);
  const notes = [...new Map([...edges.values()].flatMap((edge) => edge.notes.map((note) => [note.path, note]))).values()];
  const folders = tally(notes.map((note) => note.folder), filter.folders);
  const tags = tally(notes.flatMap((note) => note.tags), filter.tags);
  const most = Math.max(0, ...[...nodes.values()].map((node) => node.degree));
  const clear = () => app.store.change({ filter: NO_FILTER, hidden: [] });
  const plain = JSON.stringify(filter) === JSON.stringify(NO_FILTER) && hidden.length === 0;
  return [
    h("div", { class: "bar" }, h("h2", {}, "Legend and filter"), h("button", { type: "button", class: "text", onclick: clear, disabled: plain }, "Show all")),
    legend(app, "kinds", "Kinds", kinds, (kind) => [dot(kind), kind]),
    legend(app, "types", "Relations", types, (type) => words(type)),
    slider(app, "confidence", "Confidence of at least", filter.confidence, 100, 5, (value) => (value / 100).toFixed(2)),
    most > 8 && slider(app, "hubs", "Fade hubs with more relations than", filter.hubs === 0 ? most : Math.min(filter.hubs, most), most, 1, (value) => (value >= most ? "off" : String(value)), most),
    picks(app, "folders", "Folders", folders, (folder) => folder || "(top)"),
    picks(app, "tags", "Tags", tags, (tag) => `#${tag}`),
    hidden.length > 0 &&
      h("section", {}, h("h3", {}, "Hidden by hand"), h("ul", { class: "chips" }, hidden.map((name) => h("li", {}, chip(name, true, () => app.store.change({ hidden: hidden.filter((other) => other !== name) })))))),
    h("p", { class: "why" }, `${counted(nodes.size, "concept")} and ${counted(edges.size, "relation")} in the picture before filters.`),
  ];
}

/** Values with how often they occur, the most frequent first, with those that are filtered. */
function tally(values: string[], filtered: string[]): [string, number][] {
  const counts = new Map<string, number>(filtered.map((value) => [value, 0]));
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([one, more], [other, less]) => less - more || (one < other ? -1 : 1));
}

function toggled(list: string[], value: string): string[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}

/** Rows that are all on and can be put out; a double click leaves only one. */
function legend(app: App, key: "kinds" | "types", title: string, rows: [string, number][], face: (value: string) => Child): Child {
  if (rows.length === 0) return null;
  const off = () => app.store.state.filter[key];
  const only = (value: string) => {
    const others = rows.map(([other]) => other).filter((other) => other !== value);
    const alone = others.every((other) => off().includes(other)) && !off().includes(value);
    app.store.filter({ [key]: alone ? [] : others });
  };
  return h(
    "section",
    { "data-filter": key },
    h("h3", {}, title),
    h(
      "ul",
      { class: "legend" },
      rows.map(([value, count]) =>
        h(
          "li",
          {},
          h("button", { type: "button", class: "toggle", "aria-pressed": String(!off().includes(value)), "data-value": value, title: "Click to show or hide", onclick: () => app.store.filter({ [key]: toggled(off(), value) }) }, h("span", { class: "face" }, face(value)), h("span", { class: "count" }, count)),
          h("button", { type: "button", class: "only", onclick: () => only(value) }, "only"),
        ),
      ),
    ),
  );
}

/** Values of which some may be picked; none means all. */
function picks(app: App, key: "folders" | "tags", title: string, rows: [string, number][], face: (value: string) => string): Child {
  if (rows.length < 2 && app.store.state.filter[key].length === 0) return null;
  const picked = () => app.store.state.filter[key];
  const items = rows.slice(0, 200).map(([value, count]) => h("li", {}, chip(`${face(value)} ${count}`, picked().includes(value), () => app.store.filter({ [key]: toggled(picked(), value) }), value)));
  return h("section", { "data-filter": key }, h("h3", {}, title, h("span", { class: "hint" }, "only what their notes say")), h("ul", { class: "chips" }, items));
}

function chip(text: string, on: boolean, click: () => void, value = text): HTMLElement {
  return h("button", { type: "button", class: "chip", "aria-pressed": String(on), "data-value": value, onclick: click }, text);
}

function slider(app: App, key: "confidence" | "hubs", title: string, value: number, most: number, step: number, face: (value: number) => string, off = 0): HTMLElement {
  const told = h("output", {}, face(value));
  const input = h("input", { type: "range", id: `filter-${key}`, min: key === "hubs" ? 1 : 0, max: most, step, value });
  input.addEventListener("input", () => told.replaceChildren(face(Number(input.value))));
  input.addEventListener("change", () => {
    const chosen = Number(input.value);
    app.store.filter({ [key]: chosen === off ? 0 : chosen } as Partial<Filter>);
  });
  return h("section", { "data-filter": key }, h("label", { for: `filter-${key}` }, h("h3", {}, title, told)), input);
}

