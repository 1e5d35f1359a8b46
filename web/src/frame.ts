// The frame of the page: head, stage, panels at both sides, and what is told about them.

import type { Explorer } from "./main.ts";
import { button, counted, fill, h, type Child } from "./dom.ts";
import { cypher, dot, mermaid } from "./export/text.ts";
import { drawing, png, svg } from "./export/picture.ts";
import { keys } from "./keys.ts";
import { find } from "./model/picture.ts";
import { kindOf } from "./model/visible.ts";
import { DARK, LIGHT, type Ink } from "./palette.ts";
import { askPanel } from "./panels/ask.ts";
import { conceptPanel } from "./panels/concept.ts";
import { filterPanel } from "./panels/filters.ts";
import { helpDialog } from "./panels/help.ts";
import { nameField } from "./panels/names.ts";
import { notePanel } from "./panels/note.ts";
import { pathPanel } from "./panels/paths.ts";
import { relationPanel } from "./panels/relation.ts";
import { answerJson, answerTable, pictureTable } from "./panels/table.ts";
import { SourceError, type Citation } from "./source/shapes.ts";
import type { Selected } from "./state.ts";
import { Stage } from "./stage/stage.ts";

export type Side = "filter" | "path" | "ask";

const THEME = "quipu-theme";

export class Frame {
  readonly #stage: Stage | null;
  readonly #left = h("aside", { class: "panel left", "aria-label": "Tools", hidden: true });
  readonly #right = h("aside", { class: "panel right", "aria-label": "Details", hidden: true });
  readonly #rows = h("section", { class: "rows", "aria-label": "As a table", tabindex: -1, hidden: true });
  readonly #status = h("p", { class: "status" });
  readonly #said = h("p", { class: "said", role: "status" });
  readonly #counted = h("p", { class: "told", role: "status" });
  readonly #nothing = h("div", { class: "nothing", hidden: true });
  readonly #fault = h("div", { class: "notice", role: "alert", hidden: true });
  readonly #help = helpDialog();
  readonly #search;
  readonly #undo = button("undo", "Undo", () => this.app.store.undo(), { disabled: true }, true);
  readonly #tools = new Map<string, HTMLElement>();
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  #side: Side | null = null;
  #detailed = 0;
  #saying = 0;

  constructor(
    private readonly app: Explorer,
    box: HTMLElement,
  ) {
    this.#search = nameField({ id: "search", words: "Search concepts", source: app.source, pick: (name) => this.#found(name) });
    const canvas = h("div", { class: "canvas", role: "img" });
    const stage = h("main", { class: "stage" }, canvas, this.#nothing, this.#rows, this.#fault, this.#corner(), this.#status, this.#said, this.#counted);
    fill(box, [this.#head(), h("div", { class: "body" }, this.#left, stage, this.#right), this.#help]);
    this.#theme(localTheme());
    this.#stage = this.#draws(canvas);
    this.#dark.addEventListener("change", () => this.#repaint());
    keys(this, app);
    const { base } = app.store.state;
    if (base.kind === "path" || base.kind === "ask") this.side(base.kind, false);
    for (const notice of app.overview.notices) this.fail(new SourceError(notice));
    if (app.overview.start === null) this.fail(new SourceError("The index holds no concept yet", "“quipu ingest FOLDER” reads notes into it."));
  }

  get stage(): Stage | null {
    return this.#stage;
  }

  get #ink(): Ink {
    const theme = document.documentElement.dataset.theme;
    return theme === "dark" || (theme !== "light" && this.#dark.matches) ? DARK : LIGHT;
  }

  /** Draws the picture anew. */
  draw(fit: boolean): void {
    this.#fault.hidden = true;
    const { picture, visible, store } = this.app;
    // First, since what a panel covers is left free.
    this.panels();
    this.#cover();
    this.#stage?.show({
      ...visible,
      ...this.#lights(),
      places: picture.places,
      more: picture.more,
      pinned: new Set(store.state.pinned.map((pin) => pin.name)),
      hubs: store.state.filter.hubs,
      big: picture.whole !== null,
    }, fit);
    this.#tell();
  }

  /** What is looked at has changed, what is drawn has not. */
  look(): void {
    this.#stage?.repaint(this.#lights());
    this.#tell();
  }

  /** Says what is in view, in words or as a table. */
  #tell(): void {
    const { state } = this.app.store;
    const { picture, visible } = this.app;
    const table = state.look !== "graph" || !this.#stage;
    this.#rows.hidden = !table;
    if (table) {
      const reply = picture.reply;
      fill(this.#rows, reply && this.#stage ? (state.look === "json" ? answerJson(reply) : answerTable(reply)) : pictureTable(this.app));
    }
    this.#nothing.hidden = table || visible.nodes.length > 0;
    if (!this.#nothing.hidden) fill(this.#nothing, this.#why());
    this.#undo.disabled = !this.app.store.canUndo;
    this.#press("table", table && state.look !== "json");
    this.#press("map", state.base.kind === "map");
    const relations = visible.pairs.reduce((sum, pair) => sum + pair.relations.length, 0);
    const hidden = picture.nodes.size - visible.nodes.length;
    const whole = picture.whole ? ` of ${picture.whole.nodes.toLocaleString("en")}` : "";
    const told = `${counted(visible.nodes.length, "concept")}${whole} · ${counted(relations, "relation")}${hidden > 0 ? ` · ${hidden.toLocaleString("en")} filtered` : ""}`;
    fill(this.#status, [told]);
    fill(this.#counted, [`${told} shown`]);
    this.#stage?.box.setAttribute("aria-label", `A graph: ${told}. Press T for the same as a table.`);
    if (this.#side === "ask") this.panels();
  }

  /** Why the picture is empty, and what to do. */
  #why(): Child[] {
    const { picture, store } = this.app;
    if (picture.nodes.size > 0) return [h("p", {}, "All of it is filtered out"), button("filter", "Legend and filter", () => this.side("filter"))];
    if (store.state.base.kind === "path") return [h("p", {}, "No note connects the two")];
    if (!picture.reply) return [h("p", {}, "There is nothing to draw")];
    if (picture.reply.rows.length === 0) return [h("p", {}, "The answer is empty")];
    return [h("p", {}, "Nothing in this answer can be drawn"), button("table", "Show it as a table", () => this.table())];
  }

  /** Draws the panel at the left anew. */
  panels(): void {
    const held = document.activeElement instanceof HTMLElement && this.#left.contains(document.activeElement) ? document.activeElement : null;
    const [key, value] = [held?.id, held?.dataset.value];
    const caret = held && isField(held) ? ([held.selectionStart, held.selectionEnd] as const) : null;
    const scroll = this.#left.scrollTop;
    const typed = [...this.#left.querySelectorAll<Field>("input[type=text], textarea")].filter((field) => field.value !== field.defaultValue);
    this.#left.hidden = this.#side === null;
    const content: { [side in Side]: () => Child[] } = {
      filter: () => filterPanel(this.app),
      path: () => pathPanel(this.app),
      ask: () => askPanel(this.app),
    };
    const close = button("close", "Close", () => this.side(null), { class: "close" }, true);
    if (this.#side) fill(this.#left, [close, content[this.#side]()]);
    this.#left.scrollTop = scroll;
    for (const side of ["filter", "path", "ask"]) this.#press(side, this.#side === side);
    const again = key ? document.getElementById(key) : value !== undefined ? this.#left.querySelector(`[data-value="${CSS.escape(value)}"]`) : null;
    // What somebody is typing outlasts it.
    for (const { id, value } of typed) {
      const field = document.getElementById(id);
      if (field && isField(field)) field.value = value;
    }
    if (again instanceof HTMLElement) again.focus();
    if (again instanceof HTMLElement && isField(again) && caret) again.setSelectionRange(...caret);
  }

  /** Opens a panel at the left, or closes it. */
  side(side: Side | null, focus = true): void {
    this.#side = side;
    this.panels();
    this.#room();
    if (!focus) return;
    const first = side === "path" ? "#path-from" : side === "ask" ? "#ask-text" : null;
    const field = first ? this.#left.querySelector<HTMLInputElement>(first) : null;
    const next = field?.value ? (this.#left.querySelector<HTMLInputElement>("#path-to") ?? field) : field;
    next?.focus();
  }

  toggle(side: Side): void {
    this.side(this.#side === side ? null : side);
  }

  async details(selected: Selected | null): Promise<void> {
    const number = ++this.#detailed;
    if (!selected) return this.#show(null);
    const { source } = this.app;
    const ask = selected.kind === "node" ? source.concept(selected.name).then((found) => conceptPanel(this.app, found)) : source.relations(selected.one, selected.other).then((found) => relationPanel(this.app, selected.one, selected.other, found));
    const content = await ask.catch((error: unknown) => [h("p", { class: "none" }, message(error))]);
    if (number === this.#detailed) this.#show(content);
  }

  async note(path: string, line: number, citation: Citation | null): Promise<void> {
    const number = ++this.#detailed;
    const content = await this.app.source.note(path, line).then(
      (note) => notePanel(this.app, note, line, citation),
      (error: unknown) => [button("back", "Back", () => this.app.back()), h("p", { class: "none" }, message(error))],
    );
    if (number !== this.#detailed) return;
    this.#show(content);
    this.#right.querySelector(".here")?.scrollIntoView({ block: "center" });
  }

  #show(content: Child[] | null): void {
    const was = this.#right.hidden;
    this.#right.hidden = content === null;
    const close = button("close", "Close", () => this.app.store.look({ selected: null }), { class: "close" }, true);
    fill(this.#right, content === null ? [] : [close, content]);
    this.#right.scrollTop = 0;
    if (was !== this.#right.hidden) this.#room();
  }

  /** Panels opened or closed: the picture has another width. */
  #room(): void {
    this.#stage?.resize();
    this.#cover();
    if (this.#stage && !this.app.picture.whole) this.#stage.fit();
  }

  light(names: string[] | null): void {
    const ids = names?.flatMap((name) => find(this.app.picture, name)?.id ?? []);
    this.#stage?.repaint(ids ? { lit: new Set(ids) } : this.#lights());
  }

  fail(error: unknown): void {
    const hint = error instanceof SourceError ? error.hint : "";
    const close = button("close", "Close", () => (this.#fault.hidden = true), {}, true);
    fill(this.#fault, [h("p", {}, message(error), hint !== "" && h("span", { class: "why" }, hint)), close]);
    this.#fault.hidden = false;
  }

  busy(is: boolean): void {
    document.documentElement.toggleAttribute("data-busy", is);
  }

  say(text: string): void {
    fill(this.#said, [text]);
    clearTimeout(this.#saying);
    this.#saying = window.setTimeout(() => fill(this.#said, []), 4_000);
  }

  search(): void {
    this.#search.input.focus();
  }

  help(): void {
    if (this.#help.open) this.#help.close();
    else this.#help.showModal();
  }

  map(): void {
    const { store } = this.app;
    const { base } = store.state;
    if (base.kind === "map") store.undo();
    else store.change({ base: { kind: "map" }, steps: [], hidden: [], pinned: [], selected: null, look: "graph" });
  }

  table(): void {
    const { store } = this.app;
    store.look({ look: store.state.look === "graph" ? "table" : "graph" });
    if (store.state.look === "table") this.#rows.focus();
  }

  #found(name: string): void {
    this.#search.input.value = "";
    this.#search.input.blur();
    this.app.begin(name);
  }

  #head(): HTMLElement {
    const tool = (key: string, element: HTMLElement) => {
      this.#tools.set(key, element);
      return element;
    };
    return h(
      "header",
      {},
      h("a", { class: "brand", href: "#", title: "Begin anew", onclick: (event: Event) => this.#home(event) }, "quipu"),
      h("div", { class: "search" }, this.#search.element, h("kbd", { "aria-hidden": "true" }, "/")),
      h(
        "nav",
        { "aria-label": "Tools" },
        tool("filter", button("filter", "Filter", () => this.toggle("filter"))),
        tool("path", button("path", "Path", () => this.toggle("path"))),
        tool("ask", button("ask", "Ask", () => this.toggle("ask"))),
        tool("map", button("map", "Map", () => this.map())),
        tool("table", button("table", "Table", () => this.table())),
        this.#saving(),
        button("theme", "Light or dark", () => this.#theme(this.#ink.dark ? "light" : "dark"), {}, true),
        button("help", "Keys", () => this.help(), {}, true),
      ),
    );
  }

  #home(event: Event): void {
    event.preventDefault();
    if (this.app.overview.start !== null) this.app.begin(this.app.overview.start);
  }

  #corner(): HTMLElement {
    return h(
      "div",
      { class: "corner", role: "group", "aria-label": "View" },
      this.#undo,
      button("plus", "Nearer", () => this.#stage?.zoom(0.7), {}, true),
      button("minus", "Farther", () => this.#stage?.zoom(1.4), {}, true),
      button("fit", "All in view", () => this.#stage?.fit(), {}, true),
    );
  }

  #saving(): HTMLElement {
    const menu = h("div", { class: "menu", popover: "auto", id: "save-menu" });
    const item = (name: string, save: () => void) => h("button", { type: "button", onclick: () => (save(), menu.hidePopover()) }, name);
    const { app } = this;
    const picture = () => (this.#stage ? drawing(this.#stage, app.visible.pairs, this.#ink) : null);
    const image = () => {
      const drawn = picture();
      if (drawn) void png(drawn).then((blob) => blob && keep("quipu.png", blob));
    };
    const vector = () => {
      const drawn = picture();
      if (drawn) keep("quipu.svg", new Blob([svg(drawn)], { type: "image/svg+xml" }));
    };
    const text = (name: string, write: typeof dot) => item(name === "dot" ? "Graphviz DOT" : name === "mmd" ? "Mermaid" : "Cypher", () => keep(`quipu.${name}`, new Blob([write(app.visible)], { type: "text/plain" })));
    const link = () => void navigator.clipboard.writeText(location.href.replace(/([?&])token=[^&#]*/, "$1")).then(() => this.say("The link to this view is copied"));
    fill(menu, [item("PNG picture", image), item("SVG picture", vector), text("dot", dot), text("mmd", mermaid), text("cypher", cypher), item("Copy link", link)]);
    const open = button("save", "Save", () => undefined, { popovertarget: "save-menu", "aria-haspopup": "menu" });
    return h("div", { class: "saving" }, open, menu);
  }

  #draws(canvas: HTMLElement): Stage | null {
    const name = (id: string) => this.app.picture.nodes.get(id)?.name;
    try {
      return new Stage(canvas, () => this.#ink, {
        node: (id) => this.#pointed(id),
        pair: (id) => {
          const pair = this.app.visible.pairs.find((pair) => pair.id === id);
          if (pair) this.app.selectPair(pair.from.name, pair.to.name);
        },
        ground: () => this.app.store.look({ selected: null }),
        open: (id) => this.app.open(name(id) ?? ""),
        pin: (id, place) => {
          const { pinned } = this.app.store.state;
          const moved = { name: name(id) ?? "", x: Math.round(place.x), y: Math.round(place.y) };
          this.app.store.change({ pinned: [...pinned.filter((pin) => pin.name !== moved.name), moved] });
        },
      }, () => this.#covered());
    } catch (error) {
      console.warn(error);
      this.fail(new SourceError("This browser draws no WebGL", "The table below shows the same."));
      return null;
    }
  }

  /** Tells what stands over the picture how much of it panels cover. */
  #cover(): void {
    this.#rows.parentElement?.style.setProperty("--covered", `${this.#covered()}px`);
  }

  /** How high the panels are that come from below, where the page is narrow. */
  #covered(): number {
    if (!matchMedia("(width < 760px)").matches) return 0;
    return Math.max(this.#left.offsetHeight, this.#right.offsetHeight);
  }

  #pointed(id: string): void {
    const node = this.app.picture.nodes.get(id);
    if (!node) return;
    if (node.label === "Note") this.app.note(node.name, 1, null);
    else if (kindOf(node) !== node.label || node.label === "Concept") this.app.select(node.name);
  }

  /** What is lit because it is selected, or on a path. */
  #lights() {
    const { picture, store } = this.app;
    const { selected } = store.state;
    const id = (name: string) => find(picture, name)?.id ?? "";
    if (!selected) return { selected: [], selectedPair: null, lit: null };
    if (selected.kind === "node") return { selected: [id(selected.name)], selectedPair: null, lit: null };
    const [one, other] = [id(selected.one), id(selected.other)];
    return { selected: [one, other], selectedPair: one < other ? `${one}|${other}` : `${other}|${one}`, lit: null };
  }

  #press(tool: string, is: boolean): void {
    this.#tools.get(tool)?.setAttribute("aria-pressed", String(is));
  }

  #theme(theme: string | null): void {
    if (theme === null) return;
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      // A page from a file may have no storage; the theme lasts as long as the page.
    }
    this.#repaint();
  }

  #repaint(): void {
    this.#stage?.repaint();
  }
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** Whether text can be typed into an element. */
function isField(element: HTMLElement): element is Field {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text");
}

function localTheme(): string | null {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Has the browser keep a file. */
function keep(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  h("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
