// What was last drawn of a large picture, as one image that moves with the camera. To move an image costs the same
// however much is on it, and far less than to draw; the picture is drawn anew when the camera rests.

import type Sigma from "sigma";
import type { CameraState } from "sigma/types";
import { h } from "../dom.ts";

/** How much of the image is left while something is drawn over it. */
const FADED = "0.22";

/** The layers that a large picture is on, and those that hold what is chosen in it. */
const [DRAWN, CHOSEN] = [["edges", "nodes", "labels"], ["hovers", "hoverNodes"]];

/** How long the camera rests before the picture is drawn anew, in milliseconds. */
const REST = 160;

export class Film {
  readonly #image = h("canvas", { class: "film", hidden: true });
  readonly #context = this.#image.getContext("2d", { alpha: false });
  /** What is drawn over the image. */
  readonly #over = h("canvas", { class: "film", hidden: true });
  /** Where the camera stood when the image was taken; null where there is none. */
  #taken: CameraState | null = null;
  #resting = 0;

  constructor(private readonly sigma: Sigma) {
    sigma.getContainer().prepend(this.#image, this.#over);
    // While there is no picture, nothing is to be put together.
    this.#hide(true);
  }

  /** Puts the image in place of the layers, or the layers in place of the image. */
  use(is: boolean): void {
    this.#taken = null;
    this.light(null);
    this.#image.hidden = !is;
    this.#hide(is);
  }

  get used(): boolean {
    return !this.#image.hidden;
  }

  /** Whether the camera has left the place where the image was taken. */
  get moving(): boolean {
    return this.used && this.#image.style.transform !== "";
  }

  /** Fades the image and has something drawn over it; null undoes that. */
  light(draw: ((context: CanvasRenderingContext2D) => void) | null): void {
    const context = this.#over.getContext("2d");
    this.#over.hidden = draw === null;
    this.#image.style.opacity = draw === null ? "" : FADED;
    if (!draw || !context) return;
    const { width } = this.sigma.getDimensions();
    [this.#over.width, this.#over.height] = [this.#image.width, this.#image.height];
    Object.assign(this.#over.style, { width: this.#image.style.width, height: this.#image.style.height });
    context.scale(this.#image.width / width, this.#image.width / width);
    draw(context);
  }

  /** Takes the image, in the moment in which the layers were drawn. To copy a layer takes long, also where nothing is on it. */
  take(ground: string, chosen: boolean): void {
    clearTimeout(this.#resting);
    if (!this.used || !this.#context) return;
    this.light(null);
    const { width, height } = this.sigma.getDimensions();
    const all = this.sigma.getCanvases();
    const layers = [...DRAWN, ...(chosen ? CHOSEN : [])].flatMap((name) => all[name] ?? []);
    const [first] = layers;
    if (!first) return;
    [this.#image.width, this.#image.height] = [first.width, first.height];
    Object.assign(this.#image.style, { width: `${width}px`, height: `${height}px`, transform: "" });
    this.#context.fillStyle = ground;
    this.#context.fillRect(0, 0, first.width, first.height);
    for (const layer of layers) this.#context.drawImage(layer, 0, 0);
    this.#taken = this.sigma.getCamera().getState();
  }

  /** Moves the image to where the camera stands, and draws when it rests; false where there is nothing to move. */
  follow(draw: () => unknown): boolean {
    const [taken, now] = [this.#taken, this.sigma.getCamera().getState()];
    if (!taken || now.angle !== taken.angle) return false;
    if (now.x === taken.x && now.y === taken.y && now.ratio === taken.ratio) return false;
    const middle = { x: 0.5, y: 0.5 };
    const [from, to] = [taken, now].map((cameraState) => this.sigma.framedGraphToViewport(middle, { cameraState }));
    if (!from || !to) return false;
    if (!this.#over.hidden) this.light(null);
    const scale = taken.ratio / now.ratio;
    const [x, y] = [to.x - from.x * scale, to.y - from.y * scale];
    // By whole pixels nothing has to be smoothed, which without a graphics card is a quarter of the work.
    const whole = scale === 1;
    const transform = whole ? `translate(${Math.round(x)}px, ${Math.round(y)}px)` : `translate(${x}px, ${y}px) scale(${scale})`;
    Object.assign(this.#image.style, { transform, imageRendering: whole ? "pixelated" : "" });
    clearTimeout(this.#resting);
    this.#resting = window.setTimeout(draw, REST);
    return true;
  }

  /** Hides the layers or shows them; the one that takes the pointer holds nothing. */
  #hide(is: boolean): void {
    for (const [name, layer] of Object.entries(this.sigma.getCanvases())) {
      if (name !== "mouse") layer.style.visibility = is ? "hidden" : "";
    }
  }
}
