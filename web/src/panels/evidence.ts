// The words of notes that say so, each with its place.

import type { App } from "../app.ts";
import { cut, h } from "../dom.ts";
import { placeOf } from "../place.ts";
import type { Citation } from "../source/shapes.ts";

/** Letters of a quote that are shown before it is opened. */
const LETTERS = 400;

export function quote(app: App, citation: Citation, words = citation.quote): HTMLElement {
  const trust = citation.confidence > 0 ? `${(citation.confidence / 1000).toFixed(2)}` : "";
  const why = [citation.rule, trust].filter((part) => part !== "").join(" · ");
  return h(
    "li",
    { class: "quote" },
    words !== "" && h("q", {}, cut(words, LETTERS)),
    h("div", { class: "from" }, place(app, citation), why !== "" && h("span", { class: "why" }, why)),
  );
}

/** `log.txt:14`, which opens the note at that line. */
export function place(app: App, citation: Citation): HTMLElement {
  const open = () => app.note(citation.path, citation.line, citation);
  return h("button", { type: "button", class: "place", onclick: open }, placeOf(citation.path, citation.line));
}
