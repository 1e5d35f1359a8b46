// Everything between two concepts: each relation with all its places.

import type { App } from "../app.ts";
import { counted, cut, h, words, type Child } from "../dom.ts";
import type { Named, Relation } from "../source/shapes.ts";
import { more } from "./concept.ts";
import { quote } from "./evidence.ts";
import { dot } from "./names.ts";

/** Places of a relation that are shown before one asks for more. */
const FIRST = 8;

export function relationPanel(app: App, one: string, other: string, found: Relation[]): Child[] {
  return [
    h("div", { class: "title" }, h("p", { class: "kind" }, counted(found.length, "relation")), h("h2", {}, cut(one, 90), " and ", cut(other, 90))),
    found.length === 0 && h("p", { class: "none" }, "No note says how the two relate."),
    found.map((relation) => entry(app, relation)),
  ];
}

function entry(app: App, relation: Relation): HTMLElement {
  const arrow = relation.symmetric ? "—" : "→";
  const shown = relation.evidence.map((cited) => quote(app, cited));
  const kept = relation.support - shown.length;
  return h(
    "section",
    { "data-type": relation.type },
    h("h3", { class: "triple" }, name(app, relation.subject), h("span", { class: "type" }, ` ${words(relation.type)} ${arrow} `), name(app, relation.object)),
    h("p", { class: "trust" }, meter(relation.confidence), `${(relation.confidence / 1000).toFixed(2)} · ${counted(relation.support, "place")}`),
    h("ul", { class: "quotes" }, more(shown, FIRST), kept > 0 && h("li", { class: "none" }, `and ${kept} more`)),
  );
}

function name(app: App, { name, kind }: Named): HTMLElement {
  return h("button", { type: "button", class: "concept", onclick: () => app.select(name) }, dot(kind), cut(name, 90));
}

/** Confidence as a bar. */
function meter(confidence: number): HTMLElement {
  return h("meter", { min: 0, max: 1000, value: confidence, "aria-label": "confidence" });
}
