// A field for the name of a concept, which completes over names and aliases as one types.

import { counted, fill, h, icon } from "../dom.ts";
import { pair } from "../palette.ts";
import type { Match, Source } from "../source/shapes.ts";

export interface NameField {
  element: HTMLElement;
  input: HTMLInputElement;
}

interface Options {
  id: string;
  words: string;
  source: Source;
  pick: (name: string) => void;
  value?: string;
}

const OFFERED = 9;

export function nameField({ id, words, source, pick, value = "" }: Options): NameField {
  const input = h("input", {
    id,
    type: "text",
    role: "combobox",
    placeholder: words,
    "aria-label": words,
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    autocomplete: "off",
    spellcheck: "false",
  });
  input.defaultValue = value;
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": "Concepts", class: "offers", hidden: true });
  const element = h("div", { class: "field" }, icon("search"), input, list);
  let [matches, at, asked] = [[] as Match[], 0, 0];
  /** The offers for what is typed now, which may be on their way. */
  let offers = Promise.resolve();

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (match: Match | undefined) => {
    if (!match) return;
    input.value = match.name;
    close();
    pick(match.name);
  };
  const mark = (next: number) => {
    at = matches.length === 0 ? 0 : (next + matches.length) % matches.length;
    [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === at)));
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const draw = (similar: string[]) => {
    const rows = matches.map((match, number) => offer(match, `${id}-${number}`, input.value, () => choose(match)));
    const near = similar.map((name) => offer({ name, kind: "", alias: null, degree: 0 }, `${id}-s`, "", () => pick(name)));
    const none = h("li", { class: "none" }, similar.length > 0 ? "No such name. Did you mean" : "No such name");
    fill(list, rows.length > 0 ? rows : [none, near]);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(0);
  };
  const ask = async () => {
    const number = ++asked;
    const typed = input.value.trim();
    if (typed === "") return close();
    const found = await source.complete(typed, OFFERED).catch(() => ({ matches: [], similar: [] }));
    if (number !== asked || document.activeElement !== input) return;
    matches = found.matches;
    draw(found.similar);
  };
  input.addEventListener("input", () => (offers = ask()));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => setTimeout(close, 150));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") list.hidden ? void ask() : mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") {
      if (list.hidden) offers = ask();
      void offers.then(() => choose(matches[at]));
    }
    else if (event.key === "Escape") list.hidden ? input.blur() : close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { element, input };
}

function offer(match: Match, id: string, typed: string, choose: () => void): HTMLElement {
  const down = (event: Event) => {
    event.preventDefault();
    choose();
  };
  return h(
    "li",
    { id, role: "option", "aria-selected": "false", onpointerdown: down },
    dot(match.kind),
    h("span", { class: "name" }, marked(match.name, typed), match.alias !== null && h("span", { class: "also" }, " · ", marked(match.alias, typed))),
    match.degree > 0 && h("span", { class: "count" }, counted(match.degree, "relation")),
  );
}

/** A name with the typed letters marked. */
function marked(name: string, typed: string): (string | HTMLElement)[] {
  const at = name.toLowerCase().indexOf(typed.trim().toLowerCase());
  const length = typed.trim().length;
  if (at < 0 || length === 0) return [name.slice(0, 300)];
  return [name.slice(0, at), h("b", {}, name.slice(at, at + length)), name.slice(at + length, at + length + 300)];
}

/** The colour of a kind. */
export function dot(kind: string): HTMLElement {
  const dot = h("span", { class: "dot", "aria-hidden": "true" });
  const [fill, line] = pair(kind);
  dot.style.setProperty("--kind-fill", fill);
  dot.style.setProperty("--kind-line", line);
  return dot;
}
