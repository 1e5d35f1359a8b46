// What is shown, as one value: it can be undone, and it stands in the address, so that a link shows the same again.

/** One growth of the picture: a concept with its strongest neighbours that were not shown before. */
export interface Step {
  name: string;
  count: number;
  /** Whether the concept is shown even where nothing else brings it. */
  root: boolean;
}

/** What the picture begins with. */
export type Base =
  | { kind: "local" }
  | { kind: "map" }
  | { kind: "path"; from: string; to: string }
  | { kind: "ask"; text: string };

export interface Filter {
  /** Kinds that are not shown. */
  kinds: string[];
  /** Types that are not shown. */
  types: string[];
  /** Only what notes in these folders say; all when empty. */
  folders: string[];
  /** Only what notes with these tags say; all when empty. */
  tags: string[];
  /** In hundredths. */
  confidence: number;
  /** Concepts with more relations are faded; 0 for none. */
  hubs: number;
}

export type Selected = { kind: "node"; name: string } | { kind: "pair"; one: string; other: string };

export interface State {
  base: Base;
  steps: Step[];
  hidden: string[];
  pinned: { name: string; x: number; y: number }[];
  filter: Filter;
  selected: Selected | null;
  look: "graph" | "table" | "json";
}

export const NO_FILTER: Filter = { kinds: [], types: [], folders: [], tags: [], confidence: 0, hubs: 0 };

export const EMPTY: State = {
  base: { kind: "local" },
  steps: [],
  hidden: [],
  pinned: [],
  filter: NO_FILTER,
  selected: null,
  look: "graph",
};

const LISTS = ["kinds", "types", "folders", "tags"] as const;

/** The state as the part of an address behind `#`. */
export function encode(state: State): string {
  const parts: string[] = [];
  const put = (key: string, values: (string | number)[]) => {
    if (values.length > 0) parts.push(`${key}=${values.map((value) => encodeURIComponent(value)).join(",")}`);
  };
  const { base, filter, selected } = state;
  if (base.kind === "map") put("map", [1]);
  if (base.kind === "path") put("path", [base.from, base.to]);
  if (base.kind === "ask") put("ask", [base.text]);
  for (const step of state.steps) put(step.root ? "show" : "open", [step.name, step.count]);
  put("hide", state.hidden);
  for (const pin of state.pinned) put("pin", [pin.name, Math.round(pin.x), Math.round(pin.y)]);
  for (const key of LISTS) put(key, filter[key]);
  if (filter.confidence > 0) put("confidence", [filter.confidence]);
  if (filter.hubs > 0) put("hubs", [filter.hubs]);
  if (selected?.kind === "node") put("at", [selected.name]);
  if (selected?.kind === "pair") put("between", [selected.one, selected.other]);
  if (state.look !== "graph") put("as", [state.look]);
  return parts.join("&");
}

/** The state that an address holds; what it does not understand is left out. */
export function decode(hash: string): State {
  const state: State = structuredClone(EMPTY);
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at > 0) read(state, part.slice(0, at), part.slice(at + 1).split(",").map(decoded));
  }
  return state;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function whole(text: string | undefined, most: number): number {
  const number = Math.round(Number(text));
  return Number.isFinite(number) ? Math.max(-most, Math.min(most, number)) : 0;
}

function read(state: State, key: string, values: string[]): void {
  const [first = "", second = "", third = ""] = values;
  const count = () => Math.max(0, whole(second, 200));
  if (key === "map") state.base = { kind: "map" };
  else if (key === "path") state.base = { kind: "path", from: first, to: second };
  else if (key === "ask") state.base = { kind: "ask", text: first };
  else if (key === "show") state.steps.push({ name: first, count: count(), root: true });
  else if (key === "open") state.steps.push({ name: first, count: count(), root: false });
  else if (key === "hide") state.hidden = values;
  else if (key === "pin") state.pinned.push({ name: first, x: whole(second, 1e6), y: whole(third, 1e6) });
  else if (key === "confidence") state.filter.confidence = Math.max(0, whole(first, 100));
  else if (key === "hubs") state.filter.hubs = Math.max(0, whole(first, 1e9));
  else if (key === "at") state.selected = { kind: "node", name: first };
  else if (key === "between") state.selected = { kind: "pair", one: first, other: second };
  else if (key === "as" && (first === "table" || first === "json")) state.look = first;
  else for (const list of LISTS) if (key === list) state.filter[list] = values;
}

/** Holds the state, keeps what was, and writes the address. */
export class Store {
  #state: State;
  #past: State[] = [];
  #listeners: ((state: State, before: State) => void)[] = [];

  constructor() {
    this.#state = decode(location.hash);
    addEventListener("popstate", () => this.#become(decode(location.hash)));
  }

  get state(): State {
    return this.#state;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  listen(listener: (state: State, before: State) => void): void {
    this.#listeners.push(listener);
  }

  /** Changes what is drawn; can be undone. */
  change(part: Partial<State>): void {
    this.#past.push(this.#state);
    this.#past.splice(0, Math.max(0, this.#past.length - 100));
    this.#set({ ...this.#state, ...part }, true);
  }

  /** Changes what is looked at. */
  look(part: Partial<State>): void {
    this.#set({ ...this.#state, ...part }, false);
  }

  filter(part: Partial<Filter>): void {
    this.change({ filter: { ...this.#state.filter, ...part } });
  }

  undo(): void {
    const before = this.#past.pop();
    if (before) this.#set({ ...before, look: this.#state.look }, true);
  }

  #set(state: State, remember: boolean): void {
    const address = `#${encode(state)}`;
    if (remember) history.pushState(null, "", address);
    else history.replaceState(null, "", address);
    this.#become(state);
  }

  #become(state: State): void {
    const before = this.#state;
    this.#state = state;
    for (const listener of this.#listeners) listener(state, before);
  }
}
