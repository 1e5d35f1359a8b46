// Path mode: two names, the best ways between them, each hop with its quote.

import type { App } from "../app.ts";
import { button, counted, cut, h, words, type Child } from "../dom.ts";
import type { Hop, Path } from "../source/shapes.ts";
import { quote } from "./evidence.ts";
import { dot, nameField } from "./names.ts";

export function pathPanel(app: App): Child[] {
  const { base } = app.store.state;
  const [from, to] = base.kind === "path" ? [base.from, base.to] : [app.store.state.selected?.kind === "node" ? app.store.state.selected.name : "", ""];
  const go = () => {
    const [one, other] = [start.input.value.trim(), end.input.value.trim()];
    if (one !== "" && other !== "") app.store.change({ base: { kind: "path", from: one, to: other }, steps: [], hidden: [], pinned: [], selected: null });
    else (one === "" ? start : end).input.focus();
  };
  const start = nameField({ id: "path-from", words: "From", source: app.source, pick: go, value: from });
  const end = nameField({ id: "path-to", words: "To", source: app.source, pick: go, value: to });
  const swap = () => {
    [start.input.value, end.input.value] = [end.input.value, start.input.value];
    go();
  };
  return [
    h("h2", {}, "What connects two concepts"),
    h("div", { class: "ends" }, h("div", { class: "both" }, start.element, end.element), button("swap", "Swap", swap, { class: "round" }, true)),
    base.kind === "path" && results(app, app.picture.paths),
  ];
}

function results(app: App, paths: Path[]): Child {
  if (paths.length === 0) return h("p", { class: "none" }, "No note connects the two.");
  return [
    h("p", { class: "summary" }, counted(paths.length, "path"), ", the best first"),
    h("ol", { class: "paths" }, paths.map((path, at) => one(app, path, at))),
  ];
}

function one(app: App, path: Path, at: number): HTMLElement {
  const names = [path.start.name, ...path.hops.map((hop) => hop.to.name)];
  const chain = h("span", { class: "chain" }, names.map((name, at) => [at > 0 && h("span", { class: "arrow" }, " › "), cut(name, 60)]));
  const details = h(
    "details",
    { open: at === 0 },
    h("summary", {}, h("span", {}, chain, h("span", { class: "types" }, path.hops.map((hop) => words(hop.type)).join(", "))), h("span", { class: "count" }, counted(path.hops.length, "hop"))),
    h("ol", { class: "hops" }, path.hops.map((hop, at) => hopOf(app, names[at] ?? "", hop))),
  );
  const light = () => app.light(names);
  const dim = () => app.light(null);
  return h("li", { onpointerenter: light, onpointerleave: dim, onfocusin: light, onfocusout: dim }, details);
}

function hopOf(app: App, from: string, hop: Hop): HTMLElement {
  const arrow = { out: ["", " →"], in: ["← ", ""], both: ["— ", " —"] }[hop.direction];
  return h(
    "li",
    {},
    h(
      "div",
      { class: "row" },
      h("button", { type: "button", class: "concept", onclick: () => app.select(from) }, cut(from, 60)),
      h("button", { type: "button", class: "type", onclick: () => app.selectPair(from, hop.to.name) }, `${arrow[0]}${words(hop.type)}${arrow[1]}`),
      h("button", { type: "button", class: "concept", onclick: () => app.select(hop.to.name) }, dot(hop.to.kind), cut(hop.to.name, 60)),
    ),
    h("ul", { class: "quotes" }, hop.evidence.slice(0, 1).map((cited) => quote(app, cited))),
  );
}
