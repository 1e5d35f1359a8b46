// What the keys and the pointer do.

import { h } from "../dom.ts";

const KEYS: [keys: string[], does: string][] = [
  [["/"], "search for a concept"],
  [["click"], "select; on a line: everything between the two"],
  [["double click", "Enter"], "expand by the strongest neighbours"],
  [["Backspace"], "collapse the selected concept"],
  [["H"], "hide the selected concept"],
  [["P"], "pin it, or let it go; dragging pins, too"],
  [["U", "Ctrl Z"], "undo"],
  [["← ↑ → ↓"], "move the picture"],
  [["+", "−", "0"], "nearer, farther, all"],
  [["F"], "legend and filter"],
  [["C"], "what connects two concepts"],
  [["A"], "ask in English or Cypher"],
  [["M"], "map of the whole graph"],
  [["T"], "the picture as a table"],
  [["Esc"], "close, then clear the selection"],
  [["?"], "this page"],
];

export function helpDialog(): HTMLDialogElement {
  const dialog = h(
    "dialog",
    { class: "help", "aria-labelledby": "help-title" },
    h("h2", { id: "help-title" }, "Keys"),
    h("dl", {}, KEYS.map(([keys, does]) => [h("dt", {}, keys.map((key) => h("kbd", {}, key))), h("dd", {}, does)])),
    h("p", { class: "why" }, "Every relation quotes the line of the note that states it. The address holds the view: a link shows the same again."),
    h("form", { method: "dialog" }, h("button", { class: "primary" }, "Close")),
  );
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  return dialog;
}
