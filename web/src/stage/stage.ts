// The picture on the screen: sigma over graphology, told what to show and telling what was pointed at.

import Graph from "graphology";
import Sigma from "sigma";
import type { CameraState } from "sigma/types";
import { createEdgeArrowProgram, createEdgeDoubleArrowProgram, EdgeLineProgram, EdgeRectangleProgram } from "sigma/rendering";
import { words } from "../dom.ts";
import type { Pair, Visible } from "../model/visible.ts";
import { kindOf } from "../model/visible.ts";
import type { Point } from "../model/place.ts";
import { colour, mixed, type Ink } from "../palette.ts";
import type { Node } from "../source/shapes.ts";
import { edgeLabel, label, nodeHover, nodeLabel } from "./labels.ts";

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

export interface Pointing {
  node(id: string): void;
  pair(id: string): void;
  ground(): void;
  open(id: string): void;
  pin(id: string, place: Point): void;
}

/** More lines than this are drawn thin, and not while the picture is zoomed. */
const MANY = 4_000;

/** Relation types are written at rest up to so many lines. */
const WORDS = 70;

/** The head of an arrow, as shares of the width of its line. */
const TIP = { lengthToThicknessRatio: 3.8, widenessToThicknessRatio: 2.9 };

/** How long a large picture rests before it is drawn anew, in milliseconds. */
const REST = 160;

/** Layers of the picture that show what is pointed at. */
const POINTED = ["edgeLabels", "hovers", "hoverNodes"];

/** Half the side of the square that sigma scales to the window. */
const HALF = 420;

export class Stage {
  #graph = new Graph({ multi: false, type: "directed" });
  #sigma: Sigma;
  #scene: Scene | null = null;
  #hovered: string | null = null;
  #hoveredPair: string | null = null;
  #dragged: string | null = null;
  /** Whether the camera was set before; the first time it does not travel. */
  #moved = false;
  /** Where the camera stood when the picture was last drawn; null while it may not be moved as it is. */
  #drawn: CameraState | null = null;
  #resting = 0;
  #faces = new Map<string, { colour: string; size: number; hub: boolean }>();

  constructor(
    readonly box: HTMLElement,
    private readonly ink: () => Ink,
    private readonly pointing: Pointing,
    /** How much of the picture a panel covers, from below. */
    private readonly covered: () => number,
  ) {
    this.#sigma = new Sigma(this.#graph, box, {
      allowInvalidContainer: true,
      autoRescale: true,
      defaultDrawEdgeLabel: edgeLabel(ink),
      defaultDrawNodeHover: nodeHover(ink),
      defaultDrawNodeLabel: nodeLabel(ink),
      doubleClickZoomingRatio: 1,
      edgeProgramClasses: {
        arrow: createEdgeArrowProgram(TIP),
        both: createEdgeDoubleArrowProgram(TIP),
        line: EdgeRectangleProgram,
        thin: EdgeLineProgram,
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
      nodeReducer: (id, data) => this.#node(id, data),
      renderEdgeLabels: true,
      stagePadding: 60,
      zIndex: true,
      zoomToSizeRatioFunction: (ratio) => (this.#scene?.big ? Math.sqrt(ratio) : Math.max(0.75, ratio ** 0.25)),
    });
    this.#listen();
  }

  get camera(): ReturnType<Sigma["getCamera"]> {
    return this.#sigma.getCamera();
  }

  /** Draws a scene; the camera stays where it is. */
  show(scene: Scene): void {
    const many = scene.pairs.length > MANY;
    this.#scene = scene;
    this.#hovered = null;
    this.#hoveredPair = null;
    this.#faces.clear();
    const crowd = Math.min(1.5, Math.max(0.7, Math.sqrt(700 / scene.nodes.length)));
    this.#graph.clear();
    for (const node of scene.nodes) {
      const place = scene.places.get(node.id) ?? { x: 0, y: 0 };
      const size = scene.big ? (1.5 + 1.3 * Math.log2(1 + node.degree)) * crowd : 5 + 1.6 * Math.log2(1 + node.degree);
      const hub = scene.hubs > 0 && node.degree > scene.hubs;
      this.#faces.set(node.id, { colour: colour(kindOf(node), this.ink()), size, hub });
      this.#graph.addNode(node.id, { x: place.x, y: place.y, size, node });
    }
    for (const pair of scene.pairs) {
      this.#graph.addEdgeWithKey(pair.id, pair.from.id, pair.to.id, { pair, type: many ? "thin" : kind(pair) });
    }
    const box = { x: [-HALF, HALF], y: [-HALF, HALF] } as { x: [number, number]; y: [number, number] };
    this.#sigma.setCustomBBox(box);
    this.#sigma.setSettings({
      enableEdgeEvents: !many,
      hideEdgesOnMove: many,
      hideLabelsOnMove: many,
      renderEdgeLabels: !many,
    });
    this.#sigma.refresh();
  }

  /** Draws the same scene anew, with another selection or other colours. */
  repaint(part: Partial<Scene> = {}): void {
    if (!this.#scene) return;
    this.#scene = { ...this.#scene, ...part };
    for (const node of this.#scene.nodes) {
      const face = this.#faces.get(node.id);
      if (face) face.colour = colour(kindOf(node), this.ink());
    }
    this.#sigma.refresh({ skipIndexation: true });
  }

  /** Brings nodes into view: all, or the given ones. Room is left at the sides for panels. */
  fit(ids?: string[], animate = true): void {
    const wanted = (ids ?? this.#graph.nodes()).filter((id) => this.#graph.hasNode(id));
    if (wanted.length === 0) return;
    const places = wanted.map((id) => this.#sigma.getNodeDisplayData(id) ?? { x: 0.5, y: 0.5 });
    const [xs, ys] = [places.map((place) => place.x), places.map((place) => place.y)];
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [low, high] = [Math.min(...ys), Math.max(...ys)];
    this.#sigma.resize();
    const { width, height } = this.#sigma.getDimensions();
    const side = Math.min(width, height) - 120;
    const covered = this.covered();
    // Names stand at the right of nodes and need room, too.
    const [wide, tall] = [Math.max(120, width - (width > 520 ? 240 : 130)), Math.max(100, height - covered - 130)];
    const ratio = Math.max(((right - left) * side) / wide, ((high - low) * side) / tall, this.#scene?.big ? 0.05 : 0.45);
    const shift = ((width > 520 ? 45 : 30) / side) * ratio;
    const state = { x: (left + right) / 2 + shift, y: (low + high) / 2 - (covered / 2 / side) * ratio, ratio, angle: 0 };
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
  onScreen(): { node: Node; x: number; y: number; size: number; colour: string }[] {
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
    sigma.scheduleRender = () => (this.#glide(render) ? sigma : render());
    sigma.on("afterRender", () => this.#settle());
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

  /** Pans a large picture by moving what is drawn, which is much faster than drawing it; whether it did. */
  #glide(render: () => unknown): boolean {
    const [drawn, now] = [this.#drawn, this.camera.getState()];
    if (!drawn || now.ratio !== drawn.ratio || now.angle !== drawn.angle) return false;
    if (now.x === drawn.x && now.y === drawn.y) return false;
    const middle = { x: 0.5, y: 0.5 };
    const [from, to] = [drawn, now].map((cameraState) => this.#sigma.framedGraphToViewport(middle, { cameraState }));
    if (!from || !to) return false;
    this.#layers((style, name) => {
      style.transform = `translate(${to.x - from.x}px, ${to.y - from.y}px)`;
      // Each layer costs as much as a whole window, so those that only tell what is pointed at are left out.
      style.display = POINTED.includes(name) ? "none" : "";
    });
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(render, REST);
    return true;
  }

  /** The picture is drawn where the camera stands. */
  #settle(): void {
    clearTimeout(this.#resting);
    if (this.#drawn) this.#layers((style) => (style.transform = style.display = ""));
    this.#drawn = (this.#scene?.pairs.length ?? 0) > MANY ? this.camera.getState() : null;
  }

  #layers(change: (style: CSSStyleDeclaration, name: string) => void): void {
    for (const [name, canvas] of Object.entries(this.#sigma.getCanvases())) if (name !== "mouse") change(canvas.style, name);
  }

  #hover(node: string | null, pair: string | null): void {
    if (this.#dragged !== null) return;
    this.#hovered = node;
    this.#hoveredPair = pair;
    this.box.dataset.hover = node ?? pair ?? "";
    this.box.style.cursor = node !== null || pair !== null ? "pointer" : "";
    // A look at each of many things takes longer than a pointer rests.
    this.#sigma.refresh({ skipIndexation: true, schedule: true });
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
    const ink = this.ink();
    const chosen = scene.selected.includes(id);
    const lit = this.#isLit(id);
    const faded = !lit || (face.hub && this.#hovered !== id && !chosen);
    const more = scene.more.get(id) ?? 0;
    return {
      ...data,
      size: face.size,
      color: faded ? mixed(face.colour, ink.ground, 0.82) : face.colour,
      label: faded && !chosen ? null : label(node.name),
      name: label(node.name),
      forceLabel: !faded && (!scene.big || chosen || (this.#hovered !== null && scene.nodes.length < 2_000)),
      highlighted: chosen,
      chosen,
      bold: chosen || scene.pinned.has(node.name),
      more: more > 0 ? more : undefined,
      zIndex: chosen ? 2 : lit ? 1 : 0,
    };
  }

  #edge(id: string, data: { [key: string]: unknown }): Partial<{ [key: string]: unknown }> {
    const scene = this.#scene;
    const pair = data.pair as Pair;
    if (!scene) return data;
    const ink = this.ink();
    const chosen = id === scene.selectedPair || id === this.#hoveredPair;
    const touched = this.#hovered !== null && (pair.from.id === this.#hovered || pair.to.id === this.#hovered);
    const lit = chosen || touched || (this.#hovered === null && this.#isLit(pair.from.id) && this.#isLit(pair.to.id));
    const hub = (this.#faces.get(pair.from.id)?.hub ?? false) || (this.#faces.get(pair.to.id)?.hub ?? false);
    const lead = pair.relations[0];
    const weak = lead?.type === "RELATED_TO";
    const rest = pair.relations.length - 1;
    const calm = weak || scene.big ? mixed(ink.edge, ink.ground, scene.big ? 0.55 : 0.4) : ink.edge;
    return {
      ...data,
      color: chosen ? ink.accent : !lit || hub ? ink.faded : touched ? ink.muted : calm,
      size: chosen ? 4 : scene.big ? 0.6 : weak ? 1.6 : Math.min(4, 2.2 + Math.log2(lead?.support ?? 1) * 0.4),
      label: lead && (chosen || touched || (lit && !weak && scene.pairs.length <= WORDS && this.box.offsetWidth > 520)) ? `${words(lead.type)}${rest > 0 ? ` +${rest}` : ""}` : null,
      forceLabel: chosen || touched,
      strong: chosen,
      zIndex: chosen ? 2 : lit ? 1 : 0,
    };
  }
}

function kind(pair: Pair): string {
  return { one: "arrow", both: "both", none: "line" }[pair.arrow];
}
