// A node of a large picture with its neighbours, drawn over the picture, which is faded meanwhile.

import type { Ink } from "../palette.ts";
import { FONT, haloed, label } from "./labels.ts";
import type { Disc } from "./stage.ts";

/** So many neighbours are named, those with the most relations first, where there is room. */
const NAMED = 60;

const LETTERS = 13;

export function star(context: CanvasRenderingContext2D, centre: Disc, others: Disc[], ink: Ink): void {
  context.lineWidth = 1;
  context.strokeStyle = ink.muted;
  context.beginPath();
  for (const { x, y } of others) {
    context.moveTo(centre.x, centre.y);
    context.lineTo(x, y);
  }
  context.stroke();
  for (const disc of [...others, centre]) {
    context.beginPath();
    context.arc(disc.x, disc.y, Math.max(disc.size, 2.5), 0, 2 * Math.PI);
    context.fillStyle = disc.colour;
    context.fill();
  }
  context.beginPath();
  context.arc(centre.x, centre.y, centre.size + 3, 0, 2 * Math.PI);
  context.lineWidth = 2;
  context.strokeStyle = ink.text;
  context.stroke();
  names(context, [centre, ...[...others].sort((one, other) => other.node.degree - one.node.degree).slice(0, NAMED)], ink);
}

/** Names one after the other, but none over another. */
function names(context: CanvasRenderingContext2D, discs: Disc[], ink: Ink): void {
  const taken: { x: number; y: number; width: number }[] = [];
  for (const [at, disc] of discs.entries()) {
    const name = label(disc.node.name);
    context.font = `${at === 0 ? 650 : 450} ${LETTERS}px ${FONT}`;
    const box = { x: disc.x + disc.size + 5, y: disc.y + LETTERS / 3, width: context.measureText(name).width };
    const meets = taken.some((other) => Math.abs(other.y - box.y) < LETTERS + 3 && box.x < other.x + other.width + 6 && other.x < box.x + box.width + 6);
    if (meets) continue;
    taken.push(box);
    haloed(context, name, box.x, box.y, ink.text, ink.ground);
  }
}
