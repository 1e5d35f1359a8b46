// Names and relation types drawn over the picture, readable on whatever lies under them.

import type { EdgeLabelDrawingFunction, NodeHoverDrawingFunction, NodeLabelDrawingFunction } from "sigma/rendering";
import { cut, plain } from "../dom.ts";
import type { Ink } from "../palette.ts";
import type { Room } from "./room.ts";

export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

/** Letters of a name in the picture. */
const LETTERS = 42;

export function label(name: string): string {
  return cut(plain(name), LETTERS);
}

/** Names beside their nodes; one that need not be seen is left out where there is no room at any side. */
export function nodeLabel(ink: () => Ink, room: Room): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    const size = settings.labelSize;
    const more = after(data.more as number | undefined);
    const [width, rest] = [written(data.label, size, data.bold === true), written(more, size - 2)];
    const place = room.beside({ id: data.key, disc: data, width: width + rest }, data.must === true);
    if (!place) return;
    context.font = font(size, data.bold === true);
    haloed(context, data.label, place.x, place.y + size / 3, ink().text, ink().ground);
    context.font = font(size - 2);
    if (more !== "") haloed(context, more, place.x + width, place.y + size / 3, ink().muted, ink().ground);
  };
}

/** What stands behind the name of a node with more neighbours than are shown. */
function after(more: number | undefined): string {
  return more ? ` +${more} more` : "";
}

function font(size: number, bold = false): string {
  return `${bold ? 650 : 450} ${size}px ${FONT}`;
}

const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map<string, number>();

/** How wide words are written. */
function written(words: string, size: number, bold = false): number {
  const key = `${font(size, bold)} ${words}`;
  const known = widths.get(key);
  if (known !== undefined || !ruler) return known ?? 0;
  ruler.font = font(size, bold);
  const { width } = ruler.measureText(words);
  widths.set(key, width);
  return width;
}

/** How wide a name is written, with what stands behind it. */
export function nameWidth(name: string, size: number, bold: boolean, more: number | undefined): number {
  return written(label(name), size, bold) + written(after(more), size - 2);
}

/** A ring round the node under the pointer, and its name above all others. */
export function nodeHover(ink: () => Ink, room: Room): NodeHoverDrawingFunction {
  const draw = nodeLabel(ink, room);
  return (context, data, settings) => {
    context.beginPath();
    context.arc(data.x, data.y, data.size + 3, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.strokeStyle = data.chosen ? ink().accent : ink().text;
    context.stroke();
    draw(context, { ...data, label: data.label ?? data.name, bold: true, must: true }, settings);
  };
}

/** Relation types along their lines; sigma draws them after the names, so they give way to these and to each other. */
export function edgeLabel(ink: () => Ink, room: Room): EdgeLabelDrawingFunction {
  return (context, data, source, target, settings) => {
    if (!data.label) return;
    const size = settings.edgeLabelSize;
    const [x, y] = [target.x - source.x, target.y - source.y];
    const space = Math.hypot(x, y) - source.size - target.size - 18;
    context.font = `500 ${size}px ${FONT}`;
    const width = context.measureText(data.label).width;
    if (width > space) return;
    const [middle, angle] = [{ x: (source.x + target.x) / 2, y: (source.y + target.y) / 2 }, Math.atan2(y, x)];
    if (!room.take({ ...middle, width, angle }, data.forceLabel === true)) return;
    context.save();
    context.translate(middle.x, middle.y);
    context.rotate(Math.abs(angle) > Math.PI / 2 ? angle + Math.PI : angle);
    context.textAlign = "center";
    haloed(context, data.label, 0, size / 3, data.strong ? ink().text : ink().muted, ink().ground);
    context.restore();
  };
}

export function haloed(context: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string, ground: string): void {
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.strokeStyle = ground;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
