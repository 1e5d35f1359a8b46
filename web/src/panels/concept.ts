// All that is known of the selected concept.

import type { App } from "../app.ts";
import { button, counted, cut, h, words, type Child } from "../dom.ts";
import type { Concept, Direction, RelationGroup, RelationItem } from "../source/shapes.ts";
import { quote } from "./evidence.ts";
import { dot } from "./names.ts";

/** Relations of a group that are shown before one asks for more. */
const FIRST = 6;

/** Other names and notes shown before one asks for more. */
const SOME = 12;

export function conceptPanel(app: App, found: Concept): Child[] {
  const { concept, aliases, definitions, notes } = found;
  return [
    h("div", { class: "title" }, h("p", { class: "kind" }, dot(concept.kind), concept.kind || "Concept"), h("h2", {}, cut(concept.name, 200))),
    aliases.length > 0 && h("p", { class: "aliases" }, "also ", more(aliases.map(({ name, rule }) => h("span", { title: `by ${rule}` }, cut(name, 80))), SOME)),
    actions(app, concept.name, concept.id),
    definitions.length > 0 && h("section", {}, h("h3", {}, "What it is"), h("ul", { class: "quotes" }, definitions.slice(0, 4).map((cited) => quote(app, cited)))),
    found.relations.length === 0 && h("p", { class: "none" }, "No note says how it relates to another concept."),
    found.relations.map((group) => relations(app, concept.name, group)),
    notes.length > 0 &&
      h(
        "section",
        {},
        h("h3", {}, `Named ${found.mentions.toLocaleString("en")}× in ${counted(notes.length + found.more_notes, "note")}`),
        h("ul", { class: "notes" }, more(notes.map((note) => {
          const line = note.lines[0] ?? 1;
          const open = () => app.note(note.path, line, null);
          return h("li", {}, h("button", { type: "button", class: "place", onclick: open }, note.path), h("span", { class: "count" }, `${note.mentions}×`));
        }), SOME)),
      ),
    h("p", { class: "why" }, found.reason !== "" && `A concept because of ${found.reason}.`),
  ];
}

function actions(app: App, name: string, id: string): HTMLElement {
  const { steps, pinned } = app.store.state;
  const opened = steps.some((step) => step.name === name && step.count > 0);
  const left = app.picture.more.get(id);
  const isPinned = pinned.some((pin) => pin.name === name);
  const grow = left === undefined ? "Expand" : left > 0 ? `+${left} more` : "All shown";
  return h(
    "div",
    { class: "actions" },
    button("expand", grow, () => app.open(name), { disabled: left === 0 }),
    opened && button("collapse", "Collapse", () => app.collapse(name)),
    button("pin", isPinned ? "Unpin" : "Pin", () => app.pin(name), { "aria-pressed": String(isPinned) }),
    button("hide", "Hide", () => app.hide(name)),
    button("fit", "Only this", () => app.begin(name), {}, true),
  );
}

function relations(app: App, name: string, group: RelationGroup): HTMLElement {
  const items = group.items.map((item) => relation(app, name, group, item));
  const rest = group.count - group.items.length;
  return h(
    "section",
    { "data-type": group.type },
    h("h3", {}, heading(group.type, group.direction), h("span", { class: "count" }, group.count)),
    h("ul", { class: "relations" }, more(items, FIRST), rest > 0 && h("li", { class: "none" }, `and ${rest} more`)),
  );
}

function heading(type: string, direction: Direction): string {
  return direction === "in" ? `… ${words(type)} it` : words(type);
}

function relation(app: App, name: string, group: RelationGroup, item: RelationItem): HTMLElement {
  const best = item.evidence[0];
  const rest = item.support - 1;
  return h(
    "li",
    {},
    h(
      "div",
      { class: "row" },
      dot(item.other.kind),
      h("button", { type: "button", class: "concept", onclick: () => app.select(item.other.name) }, cut(item.other.name, 120)),
      h("button", { type: "button", class: "support", title: "Everything between the two", onclick: () => app.selectPair(name, item.other.name) }, (item.confidence / 1000).toFixed(2), rest > 0 && ` · ${item.support}×`),
    ),
    best && group.items.length > 0 && h("ul", { class: "quotes" }, quote(app, best)),
  );
}

/** The first few, and a button that shows the rest. */
export function more(items: HTMLElement[], few: number): Child[] {
  if (items.length <= few + 1) return items;
  const rest = items.slice(few);
  const show = (event: Event) => {
    const pressed = event.currentTarget as HTMLElement;
    pressed.replaceWith(...rest);
    rest[0]?.querySelector("button")?.focus();
  };
  return [...items.slice(0, few), h("button", { type: "button", class: "more", onclick: show }, `${rest.length} more`)];
}
