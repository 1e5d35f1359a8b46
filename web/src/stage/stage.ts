// The picture on the screen: sigma over graphology, told what to show and telling what was pointed at.

import Graph from "graphology";
import Sigma from "sigma";
import { createEdgeArrowProgram, createEdgeDoubleArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import type { EdgeDisplayData } from "sigma/types";
import { words } from "../dom.ts";
import type { Pair, Visible } from "../model/visible.ts";
import type { Point } from "../model/place.ts";
import type { Ink } from "../palette.ts";
import type { Node } from "../source/shapes.ts";
import { faces, lines, type Face, type Lines } from "./faces.ts";
import { Film } from "./film.ts";
import { edgeLabel, label, nameWidth, nodeHover, nodeLabel } from "./labels.ts";
import { Discs, thinLines, type Line } from "./programs.ts";
import { Room, type Named } from "./room.ts";
import { star } from "./star.ts";

export interface Scene extends Visible {
  places: Map<string, Point>;
  more: Map<string, number>;
  pinned: Set<string>;
  /** Ids of the selected node, or of both ends of the selected pair. */
  selected: string[];
  selectedPair: string | null;
  /** Nodes that the rest is faded for, such as those of a path; null for none. */
  lit: Set<string> | null;
  /** Concepts with more relations are faded; 0 for none. */
  hubs: number;
  /** Whether it is the whole graph, whose names are too many. */
  big: boolean;
}

/** A node where it stands on the screen. */
export interface Disc {
  node: Node;
  x: number;
  y: number;
  size: number;
  colour: string;
}

export interface Pointing {
  node(id: string): void;
  pair(id: string): void;
  ground(): void;
  open(id: string): void;
  pin(id: string, place: Point): void;
}

/** More lines than this are thin, no edges of the graph, and cannot be pointed at, and the picture is moved as an image. */
const MANY = 4_000;

/** Relation types are written at rest up to so many lines. */
const WORDS = 70;

/** The head of an arrow, as shares of the width of its line. */
const TIP = { lengthToThicknessRatio: 3.8, widenessToThicknessRatio: 2.9 };

/** Half the side of the square that sigma scales to the window. */
const HALF = 420;

/** Room at both sides of a picture together, for the discs of the outermost nodes. */
const MARGIN = 90;

/** The widths of a name: beside it, and of each of its letters. */
const [NAME, LETTER] = [24, 7.2];

/** Rounds after which the size of a picture hardly changes. */
const ROUNDS = 6;

export class Stage {
  #graph = empty();
  #sigma: Sigma;
  #scene: Scene | null = null;
  #hovered: string | null = null;
  #hoveredPair: string | null = null;
  #dragged: string | null = null;
  /** Whether the camera was set before; the first time it does not travel. */
  #moved = false;
  #film: Film;
  #room = new Room();
  /** The colours of now; they are asked for too often to be looked up each time. */
  #tone: Ink;
  #faces = new Map<string, Face>();
  #lines: Lines = { typed: "", related: "" };

  constructor(
    readonly box: HTMLElement,
    private readonly ink: () => Ink,
    private readonly pointing: Pointing,
    /** How much of the picture a panel covers, from below. */
    private readonly covered: () => number,
  ) {
    this.#tone = ink();
    const tone = () => this.#tone;
    this.#sigma = new Sigma(this.#graph, box, {
      allowInvalidContainer: true,
      autoRescale: true,
      defaultDrawEdgeLabel: edgeLabel(tone, this.#room),
      defaultDrawNodeHover: nodeHover(tone, this.#room),
      defaultDrawNodeLabel: nodeLabel(tone, this.#room),
      doubleClickZoomingRatio: 1,
      edgeProgramClasses: {
        arrow: createEdgeArrowProgram(TIP),
        both: createEdgeDoubleArrowProgram(TIP),
        line: EdgeRectangleProgram,
        thin: thinLines(() => this.#thin()),
      },
      edgeReducer: (id, data) => this.#edge(id, data),
      enableEdgeEvents: true,
      labelDensity: 0.6,
      labelGridCellSize: 110,
      labelRenderedSizeThreshold: 5,
      labelSize: 13,
      edgeLabelSize: 10.5,
      minCameraRatio: 0.02,
      maxCameraRatio: 30,
      minEdgeThickness: 1.2,
      nodeProgramClasses: { circle: Discs },
      nodeReducer: (id, data) => this.#node(id, data),
      renderEdgeLabels: true,
      stagePadding: 60,
      zIndex: true,
      zoomToSizeRatioFunction: (ratio) => (this.#scene?.big ? Math.sqrt(ratio) : Math.max(0.75, ratio ** 0.25)),
    });
    this.#film = new Film(this.#sigma);
    this.#listen();
  }

  get camera(): ReturnType<Sigma["getCamera"]> {
    return this.#sigma.getCamera();
  }

  /** Draws a scene. The camera stays where it is, or brings all into view. */
  show(scene: Scene, fit: boolean): void {
    const many = scene.pairs.length > MANY;
    this.#scene = scene;
    this.#hovered = null;
    this.#hoveredPair = null;
    this.#dress();
    this.#sigma.setCustomBBox({ x: [-HALF, HALF], y: [-HALF, HALF] });
    this.#sigma.setSettings({ enableEdgeEvents: !many, renderEdgeLabels: !many });
    this.#film.use(many);
    if (fit) this.fit();
    // A graph that is watched while it is filled is worked through twice.
    this.#graph = empty();
    for (const node of scene.nodes) {
      const { x, y } = scene.places.get(node.id) ?? { x: 0, y: 0 };
      this.#graph.addNode(node.id, { x, y, node });
    }
    for (const pair of many ? [] : scene.pairs) {
      this.#graph.addEdgeWithKey(pair.id, pair.from.id, pair.to.id, { pair, type: kind(pair) });
    }
    this.#sigma.setGraph(this.#graph);
  }

  /** Draws the same scene anew, with another selection or other colours. */
  repaint(part: Partial<Scene> = {}): void {
    const before = this.#scene;
    if (!before) return;
    const scene = { ...before, ...part };
    const tone = this.ink();
    const same = tone === this.#tone && scene.lit === before.lit;
    [this.#scene, this.#tone] = [scene, tone];
    if (same && this.#film.used) this.#choose(before, scene);
    else {
      this.#dress();
      this.#sigma.refresh({ skipIndexation: true });
    }
  }

  /** Draws another selection in a large picture, where all else stays. */
  #choose(before: Scene, after: Scene): void {
    const nodes = [...before.selected, ...after.selected].filter((id) => this.#graph.hasNode(id));
    const skipIndexation = before.selectedPair === after.selectedPair;
    if (nodes.length > 0) this.#sigma.refresh({ partialGraph: { nodes }, skipIndexation });
  }

  /** Works out how things look in the colours of now. */
  #dress(): void {
    if (!this.#scene) return;
    this.#tone = this.ink();
    this.#faces = faces(this.#scene, this.#tone);
    this.#lines = lines(this.#scene, this.#tone);
  }

  /** Brings all nodes into view. Room is left at the sides for panels. */
  fit(animate = true): void {
    const scene = this.#scene;
    if (!scene || scene.nodes.length === 0) return;
    this.#sigma.resize();
    const { width, height } = this.#sigma.getDimensions();
    const [side, covered] = [Math.min(width, height) - 120, this.covered()];
    // A place as a share of the square that sigma scales.
    const share = (at: number) => 0.5 + at / (2 * HALF);
    const places = scene.nodes.map((node) => scene.places.get(node.id) ?? { x: 0, y: 0 });
    const [low, high] = extent(places.map((place) => share(place.y)));
    const least = Math.max(((high - low) * side) / Math.max(100, height - covered - 130), scene.big ? 0.05 : 0.45);
    let [ratio, left, right] = [least, 0, 0];
    // Names stand at the right of nodes and keep their width while all else shrinks, so a few rounds are needed. Where
    // there is little room, long names may be cut sooner than that nodes are crowded.
    for (let round = 0; round < ROUNDS; round++) {
      const names = scene.nodes.map((node) => (scene.big ? 0 : Math.min(NAME + LETTER * label(node.name).length, width / 7) * ratio) / side);
      [left] = extent(places.map((place) => share(place.x)));
      [, right] = extent(places.map((place, at) => share(place.x) + (names[at] ?? 0)));
      ratio = Math.max(least, ((right - left) * side) / Math.max(120, width - MARGIN));
    }
    const state = { x: (left + right) / 2, y: (low + high) / 2 - (covered / 2 / side) * ratio, ratio, angle: 0 };
    const calm = !this.#moved || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#moved = true;
    if (animate && !calm) void this.camera.animate(state, { duration: 350 });
    else this.camera.setState(state);
  }

  zoom(factor: number): void {
    void this.camera.animate({ ratio: this.camera.ratio * factor }, { duration: 120 });
  }

  pan(x: number, y: number): void {
    const step = 0.12 * this.camera.ratio;
    this.camera.setState({ x: this.camera.x + x * step, y: this.camera.y - y * step });
  }

  /** Where things stand on the screen, for pictures of the view. */
  onScreen(): Disc[] {
    const scene = this.#scene;
    if (!scene) return [];
    return scene.nodes.flatMap((node) => {
      const place = scene.places.get(node.id);
      const face = this.#faces.get(node.id);
      if (!place || !face) return [];
      const { x, y } = this.#sigma.graphToViewport(place);
      return { node, x, y, size: this.#sigma.scaleSize(face.size), colour: face.colour };
    });
  }

  get size(): { width: number; height: number } {
    return this.#sigma.getDimensions();
  }

  resize(): void {
    this.#sigma.resize();
    this.#sigma.scheduleRender();
  }

  /** A place on the screen where a node or the middle of a pair stands; for tests and for touch help. */
  where(id: string): Point | null {
    if (this.#graph.hasNode(id)) {
      const { x, y } = this.#graph.getNodeAttributes(id) as Point;
      return this.#sigma.graphToViewport({ x, y });
    }
    if (!this.#graph.hasEdge(id)) return null;
    const [one, other] = this.#graph.extremities(id).map((end) => this.where(end));
    return one && other ? { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 } : null;
  }

  #listen(): void {
    const sigma = this.#sigma;
    sigma.on("clickNode", ({ node }) => this.pointing.node(node));
    sigma.on("clickEdge", ({ edge }) => this.pointing.pair(edge));
    sigma.on("clickStage", () => this.pointing.ground());
    sigma.on("doubleClickNode", (event) => {
      event.preventSigmaDefault();
      this.pointing.open(event.node);
    });
    sigma.on("enterNode", ({ node }) => this.#hover(node, null));
    sigma.on("leaveNode", () => this.#hover(null, null));
    sigma.on("enterEdge", ({ edge }) => this.#hover(null, edge));
    sigma.on("leaveEdge", () => this.#hover(null, null));
    sigma.on("downNode", (event) => {
      if (this.#scene?.big) return;
      this.#dragged = event.node;
      event.preventSigmaDefault();
    });
    const render = sigma.scheduleRender.bind(sigma);
    sigma.scheduleRender = () => (this.#film.follow(render) ? sigma : render());
    sigma.on("beforeRender", () => this.#room.clear(this.size.width, this.#scene?.big ? null : () => this.#names()));
    sigma.on("afterRender", () => this.#film.take(this.#tone.ground, (this.#scene?.selected.length ?? 0) > 0));
    const mouse = sigma.getMouseCaptor();
    let moved = false;
    mouse.on("mousemovebody", (event) => {
      if (this.#dragged === null) return;
      moved = true;
      const place = sigma.viewportToGraph(event);
      this.#graph.mergeNodeAttributes(this.#dragged, place);
      this.#scene?.places.set(this.#dragged, place);
      event.preventSigmaDefault();
      event.original.preventDefault();
      event.original.stopPropagation();
    });
    const drop = () => {
      const place = this.#dragged !== null && moved ? this.#scene?.places.get(this.#dragged) : undefined;
      if (this.#dragged !== null && place) this.pointing.pin(this.#dragged, place);
      this.#dragged = null;
      moved = false;
    };
    mouse.on("mouseup", drop);
    new ResizeObserver(() => this.resize()).observe(this.box);
  }

  /** The names of a small picture, those that matter most first. */
  #names(): Named[] {
    const scene = this.#scene;
    if (!scene) return [];
    const weight = ({ node }: Disc) => (scene.selected.includes(node.id) ? 1e9 : scene.more.has(node.id) ? 1e6 : 0) + node.degree;
    const size = this.#sigma.getSetting("labelSize");
    return this.onScreen().sort((one, other) => weight(other) - weight(one)).map((disc) => {
      const { id, name } = disc.node;
      const bold = scene.selected.includes(id) || scene.pinned.has(name);
      return { id, disc, width: nameWidth(name, size, bold, scene.more.get(id)) };
    });
  }

  #hover(node: string | null, pair: string | null): void {
    if (this.#dragged !== null || this.#film.moving) return;
    this.#hovered = node;
    this.#hoveredPair = pair;
    this.box.dataset.hover = node ?? pair ?? "";
    this.box.style.cursor = node !== null || pair !== null ? "pointer" : "";
    if (this.#film.used) this.#film.light(node === null ? null : (context) => this.#star(node, context));
    else this.#sigma.refresh({ skipIndexation: true, schedule: true });
  }

  /** Draws a node with its neighbours over a large picture. */
  #star(id: string, context: CanvasRenderingContext2D): void {
    const near = this.#scene?.near.get(id) ?? new Set();
    const discs = this.onScreen().filter((disc) => disc.node.id === id || near.has(disc.node.id));
    const centre = discs.find((disc) => disc.node.id === id);
    if (centre) star(context, centre, discs.filter((disc) => disc !== centre), this.#tone);
  }

  /** Whether a node keeps its colour: always, or while it is near what is pointed at. */
  #isLit(id: string): boolean {
    const scene = this.#scene;
    if (!scene) return true;
    if (this.#hovered !== null) return id === this.#hovered || (scene.near.get(this.#hovered)?.has(id) ?? false);
    if (this.#hoveredPair !== null) return this.#graph.hasExtremity(this.#hoveredPair, id);
    return scene.lit === null || scene.lit.has(id);
  }

  #node(id: string, data: { [key: string]: unknown }): Partial<{ [key: string]: unknown }> {
    const [scene, face] = [this.#scene, this.#faces.get(id)];
    const node = data.node as Node;
    if (!scene || !face) return data;
    const chosen = scene.selected.includes(id);
    const lit = this.#isLit(id);
    const faded = !lit || (face.hub && this.#hovered !== id && !chosen);
    const more = scene.more.get(id) ?? 0;
    const name = label(node.name);
    const told = !faded && (!scene.big || chosen || (this.#hovered !== null && scene.nodes.length < 2_000));
    return {
      x: data.x,
      y: data.y,
      size: face.size,
      color: faded ? face.faded : face.colour,
      label: faded && !chosen ? null : name,
      name,
      must: chosen || id === this.#hovered,
      forceLabel: told,
      highlighted: chosen,
      chosen,
      bold: chosen || scene.pinned.has(node.name),
      more: more > 0 ? more : undefined,
      zIndex: chosen ? 2 : lit ? 1 : 0,
    };
  }

  /** The lines of a picture with many, from below. */
  #thin(): Line[] {
    const scene = this.#scene;
    if (!scene || scene.pairs.length <= MANY) return [];
    const discs = new Map(scene.nodes.map((node) => [node.id, this.#sigma.getNodeDisplayData(node.id)]));
    const found = scene.pairs.flatMap((pair) => {
      const [from, to] = [discs.get(pair.from.id), discs.get(pair.to.id)];
      return from && to ? { from, to, data: this.#edge(pair.id, { pair }) as unknown as EdgeDisplayData } : [];
    });
    return found.sort((one, other) => one.data.zIndex - other.data.zIndex);
  }

  #edge(id: string, data: { [key: string]: unknown }): Partial<{ [key: string]: unknown }> {
    const scene = this.#scene;
    const pair = data.pair as Pair;
    if (!scene) return data;
    const tone = this.#tone;
    const chosen = id === scene.selectedPair || id === this.#hoveredPair;
    const touched = this.#hovered !== null && (pair.from.id === this.#hovered || pair.to.id === this.#hovered);
    const lit = chosen || touched || (this.#hovered === null && this.#isLit(pair.from.id) && this.#isLit(pair.to.id));
    const hub = (this.#faces.get(pair.from.id)?.hub ?? false) || (this.#faces.get(pair.to.id)?.hub ?? false);
    const lead = pair.relations[0];
    const weak = lead?.type === "RELATED_TO";
    const rest = pair.relations.length - 1;
    const told = lead && (chosen || touched || (lit && !weak && scene.pairs.length <= WORDS && this.box.offsetWidth > 520));
    return {
      type: data.type,
      color: chosen ? tone.accent : !lit || hub ? tone.faded : touched ? tone.muted : weak ? this.#lines.related : this.#lines.typed,
      size: chosen ? 4 : scene.big ? 0.6 : weak ? 1.6 : Math.min(4, 2.2 + Math.log2(lead?.support ?? 1) * 0.4),
      label: told ? `${words(lead.type)}${rest > 0 ? ` +${rest}` : ""}` : null,
      forceLabel: chosen || touched,
      strong: chosen,
      zIndex: chosen ? 2 : lit ? 1 : 0,
    };
  }
}

function empty(): Graph {
  return new Graph({ multi: false, type: "directed" });
}

function kind(pair: Pair): string {
  return { one: "arrow", both: "both", none: "line" }[pair.arrow];
}

function extent(values: number[]): [low: number, high: number] {
  return values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [Infinity, -Infinity]);
}
