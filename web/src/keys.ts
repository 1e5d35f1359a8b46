// What the keyboard does where no field has it.

import type { Frame } from "./frame.ts";
import type { Explorer } from "./main.ts";

export function keys(frame: Frame, app: Explorer): void {
  const chosen = (act: (name: string) => void) => () => {
    const { selected } = app.store.state;
    if (selected?.kind === "node") act(selected.name);
  };
  const acts: { [key: string]: () => void } = {
    "/": () => frame.search(),
    "?": () => frame.help(),
    Escape: () => app.escape(),
    ArrowLeft: () => frame.stage?.pan(-1, 0),
    ArrowRight: () => frame.stage?.pan(1, 0),
    ArrowUp: () => frame.stage?.pan(0, -1),
    ArrowDown: () => frame.stage?.pan(0, 1),
    "+": () => frame.stage?.zoom(0.7),
    "=": () => frame.stage?.zoom(0.7),
    "-": () => frame.stage?.zoom(1.4),
    "0": () => frame.stage?.fit(),
    Enter: chosen((name) => app.open(name)),
    Backspace: chosen((name) => app.collapse(name)),
    h: chosen((name) => app.hide(name)),
    p: chosen((name) => app.pin(name)),
    u: () => app.store.undo(),
    f: () => frame.toggle("filter"),
    c: () => frame.toggle("path"),
    a: () => frame.toggle("ask"),
    m: () => frame.map(),
    t: () => frame.table(),
  };
  addEventListener("keydown", (event) => {
    const undo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    const act = undo ? acts.u : event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || taken(event)) return;
    event.preventDefault();
    act();
  });
}

/** Whether something else takes the key: a field, an open dialog, a button for Enter, a table for the arrows. */
function taken(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (target?.closest("dialog[open], [popover]:popover-open") && event.key !== "?") return true;
  if (target?.closest("input[type=range]")) return event.key.startsWith("Arrow");
  if (target?.closest("input, textarea, select")) return event.key !== "Escape";
  if (event.key === "Enter") return target?.closest("button, a, summary") !== null && target !== null;
  return event.key.startsWith("Arrow") && target?.closest(".rows, .panel") !== null && target !== null;
}
