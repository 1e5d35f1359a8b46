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

/** Names at the right of their nodes; one that need not be seen gives way to those that stand there. */
export function nodeLabel(ink: () => Ink, room: Room): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    const size = settings.labelSize;
    context.font = `${data.bold ? 650 : 450} ${size}px ${FONT}`;
    const [x, y] = [data.x + data.size + 5, data.y + size / 3];
    const width = context.measureText(data.label).width;
    if (!room.take({ x: x + width / 2, y: data.y, width, angle: 0 }, data.must === true)) return;
    haloed(context, data.label, x, y, data.quiet ? ink().muted : ink().text, ink().ground);
    if (data.more) {
      const end = x + width + 5;
      context.font = `500 ${size - 2}px ${FONT}`;
      haloed(context, `+${data.more} more`, end, y, ink().muted, ink().ground);
    }
  };
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
