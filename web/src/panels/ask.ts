// The box for questions and Cypher: completion as one types, the answer as graph, table or JSON.

import type { App } from "../app.ts";
import { button, counted, cut, fill, h, plain, type Child } from "../dom.ts";
import type { Reply } from "../source/shapes.ts";
import { place } from "./evidence.ts";

const KEYWORDS = [
  "MATCH", "OPTIONAL MATCH", "WHERE", "RETURN", "ORDER BY", "LIMIT", "WITH", "UNWIND", "DISTINCT", "COUNT(*)", "CALL", "YIELD",
  "EXPLAIN", "STARTS WITH", "CONTAINS", "AND", "OR", "NOT", "SKIP", "DESC", "shortestPath(", "UNION",
];

const STATEMENT = /^\s*(?:explain\s+|profile\s+)?(?:match|optional|call|return|with|unwind|show|create|merge)\b/i;

const LOOKS = [["graph", "Graph"], ["table", "Table"], ["json", "JSON"]] as const;

export function askPanel(app: App): Child[] {
  const { base, look } = app.store.state;
  const box = h("textarea", { id: "ask-text", rows: 3, spellcheck: "false", autocomplete: "off", "aria-label": "A question or a statement of Cypher", placeholder: "what connects Flume to Hive\nMATCH (a)-[r:FEEDS]->(b) RETURN a, r, b" });
  box.defaultValue = base.kind === "ask" ? base.text : "";
  const warning = h("p", { class: "warning", role: "status" });
  const offers = h("ul", { class: "offers", role: "listbox", "aria-label": "Completions", hidden: true });
  const run = () => {
    const text = box.value.trim();
    if (text !== "") app.store.change({ base: { kind: "ask", text }, steps: [], hidden: [], pinned: [], selected: null });
  };
  completing(app, box, offers, run, () => fill(warning, [unknown(app, box.value)]));
  const reply = base.kind === "ask" ? app.picture.reply : null;
  return [
    h("h2", {}, app.source.can.cypher ? "Ask in English or Cypher" : "Ask"),
    h("div", { class: "asking" }, box, offers),
    warning,
    h("div", { class: "bar" }, button("ask", "Ask", run, { class: "primary" }), h("span", { class: "hint" }, "Enter asks, Shift Enter breaks the line")),
    reply !== null && h("div", { class: "tabs", role: "tablist", "aria-label": "Answer as" }, LOOKS.map(([key, name]) => h("button", { type: "button", role: "tab", "aria-selected": String(look === key), onclick: () => app.store.look({ look: key }) }, name))),
    base.kind === "ask" && reply !== null ? answer(app, base.text, reply) : examples(app, box),
  ];
}

function answer(app: App, asked: string, reply: Reply): Child[] {
  const found = counted(reply.hits.length > 0 ? reply.hits.length : reply.rows.length, reply.hits.length > 0 ? "note" : "row");
  const drawn = reply.part.nodes.length > 0 ? `, ${counted(reply.part.nodes.length, "node")} drawn` : "; nothing in it can be drawn";
  return [
    h("p", { class: "summary" }, found, drawn),
    reply.hits.length > 0 &&
      h("ul", { class: "quotes" }, reply.hits.map((hit) => h("li", { class: "quote" }, h("q", {}, cut(hit.snippet, 400)), h("div", { class: "from" }, place(app, { ...hit, column: 0, quote: "", rule: "", confidence: 0 }))))),
    reply.cypher !== "" && reply.cypher !== asked && h("details", { open: true }, h("summary", {}, "As Cypher"), h("pre", {}, reply.cypher)),
  ];
}

function examples(app: App, box: HTMLTextAreaElement): Child {
  const forms = app.source.can.cypher ? app.overview.questions : ([["what connects A to B", "paths"], ["what is X", "all that is known of it"]] as [string, string][]);
  const take = (form: string) => {
    box.value = form;
    box.focus();
  };
  return h("ul", { class: "forms" }, forms.map(([form, meaning]) => h("li", {}, h("button", { type: "button", class: "form", onclick: () => take(form) }, form), h("span", {}, meaning))));
}

/** A label or type in a statement that nothing has. */
function unknown(app: App, text: string): string | false {
  if (!STATEMENT.test(text)) return false;
  const { kinds, types } = app.overview;
  const labels = new Set(["Concept", "Note", "Section", "Tag", ...kinds.map((kind) => kind.name)]);
  const relations = new Set(["MENTIONS", "HAS_SECTION", "LINKS_TO", "TAGGED", ...types.map((type) => type.name)]);
  const bare = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, "''");
  for (const [, name = ""] of bare.matchAll(/\(\s*\w*\s*:\s*(\w+)/g)) if (!labels.has(name)) return `No node has the label ${name}.`;
  for (const [, name = ""] of bare.matchAll(/\[\s*\w*\s*:\s*(\w+)/g)) if (!relations.has(name)) return `No relation has the type ${name}.`;
  return false;
}

interface Offer {
  text: string;
  about: string;
}

/** What may stand at the end of `before`, and how many letters of it that replaces. */
async function offered(app: App, before: string): Promise<[Offer[], number]> {
  const word = /[\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? "";
  const begins = (list: Offer[]) => list.filter((offer) => offer.text.toLowerCase().startsWith(word.toLowerCase()) && offer.text !== word).slice(0, 8);
  if (STATEMENT.test(before)) {
    const { kinds, types } = app.overview;
    const quoted = /'([^']*)$/.exec(before)?.[1];
    if (quoted !== undefined) return [await names(app, quoted), quoted.length];
    if (/\([^)\]]*:\s*\w*$/.test(before)) return [begins([{ text: "Concept", about: "any" }, ...kinds.map((kind) => ({ text: kind.name, about: counted(kind.count, "concept") })), { text: "Note", about: "" }, { text: "Section", about: "" }, { text: "Tag", about: "" }]), word.length];
    if (/\[[^\])]*[:|]\s*\w*$/.test(before)) return [begins(types.map((type) => ({ text: type.name, about: counted(type.count, "relation") }))), word.length];
    return word === "" ? [[], 0] : [begins(KEYWORDS.map((text) => ({ text, about: "" }))), word.length];
  }
  const typed = before.trimStart();
  const forms = app.overview.questions.map(([form, meaning]) => ({ text: form, about: meaning }));
  const fitting = typed.length > 1 ? forms.filter((form) => form.text.startsWith(typed.toLowerCase())) : [];
  if (fitting.length > 0) return [fitting.slice(0, 8), typed.length];
  for (let words = Math.min(3, typed.split(/\s+/).length); word !== "" && words > 0; words--) {
    const tail = typed.split(/\s+/).slice(-words).join(" ");
    const found = tail.length > 1 ? await names(app, tail) : [];
    if (found.length > 0) return [found, tail.length];
  }
  return [[], 0];
}

async function names(app: App, typed: string): Promise<Offer[]> {
  if (typed === "") return [];
  const { matches } = await app.source.complete(typed, 6);
  return matches.map((match) => ({ text: match.name, about: match.kind })).filter((offer) => offer.text !== typed);
}

function completing(app: App, box: HTMLTextAreaElement, list: HTMLElement, run: () => void, changed: () => void): void {
  let [shown, at, replaces, asked] = [[] as Offer[], -1, 0, 0];
  const close = () => {
    shown = [];
    list.hidden = true;
  };
  const accept = (offer: Offer | undefined) => {
    if (!offer) return;
    const end = box.selectionStart;
    box.setRangeText(offer.text, end - replaces, end, "end");
    close();
    changed();
    box.focus();
  };
  const draw = () => {
    const row = (offer: Offer, number: number) => h("li", { role: "option", "aria-selected": String(number === at), onpointerdown: (event: Event) => (event.preventDefault(), accept(offer)) }, h("span", { class: "name" }, cut(plain(offer.text), 80)), h("span", { class: "count" }, offer.about));
    fill(list, shown.map(row));
    list.hidden = shown.length === 0;
  };
  const ask = async () => {
    const number = ++asked;
    changed();
    const [offers, letters] = await offered(app, box.value.slice(0, box.selectionStart)).catch((): [Offer[], number] => [[], 0]);
    if (number !== asked || document.activeElement !== box) return;
    [shown, replaces, at] = [offers, letters, -1];
    draw();
  };
  box.addEventListener("input", () => void ask());
  box.addEventListener("blur", () => setTimeout(close, 150));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && shown.length > 0) {
      at = (at + step + shown.length) % shown.length;
      draw();
    } else if ((event.key === "Tab" || (event.key === "Enter" && at >= 0)) && shown.length > 0) accept(shown[Math.max(0, at)]);
    else if (event.key === "Enter" && !event.shiftKey) {
      close();
      run();
    } else if (event.key === "Escape" && shown.length > 0) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
