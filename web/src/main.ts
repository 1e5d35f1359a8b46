// Starts the explorer: finds its source, builds the frame, and redraws what changed whenever the state does.

import "./style.css";
import type { App } from "./app.ts";
import { fill, h } from "./dom.ts";
import { Frame } from "./frame.ts";
import { find, load, type Picture } from "./model/picture.ts";
import { visible, type Visible } from "./model/visible.ts";
import { Embedded, type Data } from "./source/embedded.ts";
import { Api } from "./source/http.ts";
import { SourceError, type Citation, type Overview, type Source } from "./source/shapes.ts";
import { EMPTY, Store, type State } from "./state.ts";

/** Neighbours that are added at once. */
const AT_ONCE = 12;

export class Explorer implements App {
  readonly store = new Store();
  readonly frame: Frame;
  picture: Picture = { nodes: new Map(), edges: new Map(), places: new Map(), more: new Map(), paths: [], reply: null, whole: null };
  visible: Visible = { nodes: [], pairs: [], near: new Map() };
  #loads = 0;
  #note: { path: string; line: number; citation: Citation | null } | null = null;
  #drawn: State | null = null;

  constructor(
    readonly source: Source,
    readonly overview: Overview,
    box: HTMLElement,
  ) {
    const { state } = this.store;
    const blank = state.base.kind === "local" && state.steps.length === 0;
    if (blank && overview.start !== null) {
      const selected = state.selected ?? { kind: "node", name: overview.start };
      this.store.look({ ...state, steps: [{ name: overview.start, count: AT_ONCE, root: true }], selected });
    }
    // Asked for first, since the frame takes as long to be built as the answer to come.
    const asked = load(this.store.state, source);
    this.frame = new Frame(this, box);
    this.store.listen((state, before) => void this.#changed(state, before));
    source.changes(() => {
      this.say("The notes changed");
      void this.#load(this.store.state, false);
    });
    void this.#load(this.store.state, true, asked).then(() => this.#details());
  }

  begin(name: string): void {
    const { filter } = this.store.state;
    this.#note = null;
    this.store.change({ ...EMPTY, filter, steps: [{ name, count: AT_ONCE, root: true }], selected: { kind: "node", name } });
  }

  select(name: string): void {
    this.#note = null;
    const { state } = this.store;
    const known = find(this.picture, name) !== undefined;
    const selected = { kind: "node", name } as const;
    if (known) {
      if (state.hidden.includes(name)) this.store.change({ hidden: state.hidden.filter((other) => other !== name), selected });
      else this.store.look({ selected });
    } else if (this.picture.whole) this.begin(name);
    else this.store.change({ steps: [...state.steps, { name, count: 0, root: true }], selected });
  }

  selectPair(one: string, other: string): void {
    this.#note = null;
    this.store.look({ selected: { kind: "pair", one, other } });
  }

  open(name: string): void {
    if (this.picture.whole) return this.begin(name);
    const { steps } = this.store.state;
    const node = find(this.picture, name);
    if (node && this.picture.more.get(node.id) === 0) return this.say(`All neighbours of ${name} are shown`);
    this.store.change({ steps: [...steps, { name, count: AT_ONCE, root: false }], selected: { kind: "node", name } });
  }

  collapse(name: string): void {
    const { steps } = this.store.state;
    const kept = steps.flatMap((step) => (step.name !== name ? [step] : step.root ? [{ ...step, count: 0 }] : []));
    if (kept.length === steps.length && kept.every((step, at) => step === steps[at])) return;
    // The concept stays, even where another one had brought it.
    const stays = kept.some((step) => step.name === name) ? kept : [...kept, { name, count: 0, root: true }];
    this.store.change({ steps: find(this.picture, name) && this.store.state.base.kind === "local" ? stays : kept });
  }

  hide(name: string): void {
    const { hidden, selected } = this.store.state;
    const gone = selected?.kind === "node" && selected.name === name;
    this.store.change({ hidden: [...hidden, name], selected: gone ? null : selected });
    this.say(`${name} is hidden; U brings it back`);
  }

  pin(name: string): void {
    const node = find(this.picture, name);
    const place = node && this.picture.places.get(node.id);
    const { pinned } = this.store.state;
    const others = pinned.filter((pin) => pin.name !== name);
    if (others.length < pinned.length) this.store.change({ pinned: others });
    else if (place) this.store.change({ pinned: [...others, { name, x: Math.round(place.x), y: Math.round(place.y) }] });
  }

  note(path: string, line: number, citation: Citation | null): void {
    this.#note = { path, line, citation };
    void this.#details();
  }

  back(): void {
    this.#note = null;
    void this.#details();
  }

  light(names: string[] | null): void {
    this.frame.light(names);
  }

  say(text: string): void {
    this.frame.say(text);
  }

  /** One step back from what is looked at: the note, the table, the selection. */
  escape(): void {
    const { look, selected } = this.store.state;
    if (this.#note) this.back();
    else if (look !== "graph") this.store.look({ look: "graph" });
    else if (selected) this.store.look({ selected: null });
    else this.frame.side(null);
  }

  async #changed(state: State, before: State): Promise<void> {
    const drawn = this.#drawn;
    const same = drawn !== null && (["base", "steps", "pinned"] as const).every((key) => JSON.stringify(drawn[key]) === JSON.stringify(state[key]));
    if (!same) await this.#load(state, true);
    else if (state.hidden !== before.hidden || state.filter !== before.filter) this.#redraw(false);
    else this.frame.look();
    if (!same || state.selected !== before.selected) await this.#details();
  }

  async #load(state: State, fit: boolean, asked = load(state, this.source)): Promise<void> {
    const number = ++this.#loads;
    this.frame.busy(true);
    try {
      const picture = await asked;
      if (number !== this.#loads) return;
      const shift = this.#drawn !== null && state.pinned !== this.#drawn.pinned && state.steps === this.#drawn.steps;
      [this.picture, this.#drawn] = [picture, state];
      this.#redraw(fit && !shift);
    } catch (error) {
      if (number === this.#loads) this.frame.fail(error);
      this.#drawn = state;
      this.frame.panels();
    } finally {
      if (number === this.#loads) this.frame.busy(false);
    }
  }

  #redraw(fit: boolean): void {
    this.visible = visible(this.picture, this.store.state);
    this.frame.draw(fit);
  }

  async #details(): Promise<void> {
    const { selected } = this.store.state;
    if (this.#note) await this.frame.note(this.#note.path, this.#note.line, this.#note.citation);
    else await this.frame.details(selected);
  }
}

/** The word that `quipu serve` printed, from the address. */
function token(): string | null {
  return new URLSearchParams(location.search).get("token");
}

async function start(): Promise<void> {
  const box = document.getElementById("app");
  if (!box) return;
  const data = document.getElementById("data")?.textContent;
  const source = data ? new Embedded(JSON.parse(data) as Data) : new Api(token());
  try {
    const explorer = new Explorer(source, await source.overview(), box);
    // For tests, and for those who like the console.
    Object.assign(window, { quipu: explorer });
  } catch (error) {
    const { message, hint } = error instanceof SourceError ? error : { message: String(error), hint: "" };
    fill(box, [h("main", { class: "fault" }, h("h1", {}, "quipu"), h("p", {}, message), hint !== "" && h("p", { class: "why" }, hint))]);
  }
}

void start();
