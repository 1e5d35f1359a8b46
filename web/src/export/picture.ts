// The view as a picture, drawn anew at any size: SVG as text, PNG through a canvas.

import { plain, words } from "../dom.ts";
import type { Pair } from "../model/visible.ts";
import type { Ink } from "../palette.ts";
import type { Stage } from "../stage/stage.ts";
import { FONT, label, nameWidth } from "../stage/labels.ts";
import { Room } from "../stage/room.ts";

interface Drawing {
  width: number;
  height: number;
  lines: { x1: number; y1: number; x2: number; y2: number; arrow: Pair["arrow"]; words: string; colour: string }[];
  discs: { x: number; y: number; radius: number; colour: string }[];
  names: { x: number; y: number; words: string }[];
  ink: Ink;
}

/** Relation types are written up to so many lines. */
const WORDS = 120;

/** Names are written up to so many nodes. */
const NAMES = 400;

export function drawing(stage: Stage, pairs: Pair[], ink: Ink): Drawing {
  const discs = stage.onScreen();
  const at = new Map(discs.map((disc) => [disc.node.id, disc]));
  const named = new Set(discs.length <= NAMES ? discs : [...discs].sort((one, other) => other.node.degree - one.node.degree).slice(0, NAMES / 4));
  const lines = pairs.flatMap((pair) => {
    const [from, to] = [at.get(pair.from.id), at.get(pair.to.id)];
    if (!from || !to) return [];
    const far = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [x, y] = [(to.x - from.x) / far, (to.y - from.y) / far];
    const type = pairs.length <= WORDS ? words(pair.relations[0]?.type ?? "") : "";
    const ends = { x1: from.x + x * from.size, y1: from.y + y * from.size, x2: to.x - x * (to.size + 2), y2: to.y - y * (to.size + 2) };
    return [{ ...ends, arrow: pair.arrow, words: type, colour: ink.edge }];
  });
  const room = new Room();
  const sorted = [...named].sort((one, other) => other.node.degree - one.node.degree);
  const beside = sorted.map((disc) => ({ id: disc.node.id, disc, width: nameWidth(disc.node.name, 13, false, undefined), words: label(disc.node.name) }));
  room.clear(stage.size.width, () => beside);
  const names = beside.flatMap((name) => {
    const place = room.beside(name, false);
    return place ? [{ ...place, words: name.words }] : [];
  });
  const round = discs.map((disc) => ({ x: disc.x, y: disc.y, radius: disc.size, colour: disc.colour }));
  return { ...stage.size, lines, discs: round, names, ink };
}

export function svg({ width, height, lines, discs, names, ink }: Drawing): string {
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escaped(FONT)}">`,
    `<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="${ink.edge}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="${ink.ground}"/>`,
  ];
  for (const line of lines) {
    const tips = `${line.arrow === "none" ? "" : ' marker-end="url(#tip)"'}${line.arrow === "both" ? ' marker-start="url(#tip)"' : ""}`;
    parts.push(`<line x1="${short(line.x1)}" y1="${short(line.y1)}" x2="${short(line.x2)}" y2="${short(line.y2)}" stroke="${line.colour}" stroke-width="1.4"${tips}/>`);
    if (line.words !== "") parts.push(text((line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2 + 3, line.words, 10, ink.muted, ink.ground, "middle"));
  }
  for (const disc of discs) parts.push(`<circle cx="${short(disc.x)}" cy="${short(disc.y)}" r="${short(disc.radius)}" fill="${disc.colour}"/>`);
  for (const name of names) parts.push(text(name.x, name.y + 4, name.words, 13, ink.text, ink.ground, "start"));
  return `${parts.join("\n")}\n</svg>\n`;
}

function text(x: number, y: number, words: string, size: number, colour: string, ground: string, anchor: string): string {
  return `<text x="${short(x)}" y="${short(y)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}" stroke="${ground}" stroke-width="3" paint-order="stroke" stroke-linejoin="round">${escaped(words)}</text>`;
}

function short(number: number): string {
  return number.toFixed(1);
}

function escaped(words: string): string {
  return plain(words).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The drawing at twice its size. */
export function png(drawing: Drawing): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  const scale = 2;
  [canvas.width, canvas.height] = [drawing.width * scale, drawing.height * scale];
  const context = canvas.getContext("2d");
  if (!context) return Promise.resolve(null);
  context.scale(scale, scale);
  paint(context, drawing);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function paint(context: CanvasRenderingContext2D, { width, height, lines, discs, names, ink }: Drawing): void {
  context.fillStyle = ink.ground;
  context.fillRect(0, 0, width, height);
  context.lineJoin = "round";
  for (const line of lines) {
    context.strokeStyle = context.fillStyle = line.colour;
    context.lineWidth = 1.4;
    context.beginPath();
    context.moveTo(line.x1, line.y1);
    context.lineTo(line.x2, line.y2);
    context.stroke();
    if (line.arrow !== "none") tip(context, line.x1, line.y1, line.x2, line.y2);
    if (line.arrow === "both") tip(context, line.x2, line.y2, line.x1, line.y1);
    if (line.words !== "") write(context, line.words, (line.x1 + line.x2) / 2, (line.y1 + line.y2) / 2 + 3, 10, ink.muted, ink.ground, "center");
  }
  for (const disc of discs) {
    context.fillStyle = disc.colour;
    context.beginPath();
    context.arc(disc.x, disc.y, disc.radius, 0, 2 * Math.PI);
    context.fill();
  }
  for (const name of names) write(context, name.words, name.x, name.y + 4, 13, ink.text, ink.ground, "left");
}

function tip(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  context.beginPath();
  context.moveTo(x2, y2);
  for (const side of [-0.45, 0.45]) context.lineTo(x2 - 9 * Math.cos(angle + side), y2 - 9 * Math.sin(angle + side));
  context.fill();
}

function write(context: CanvasRenderingContext2D, words: string, x: number, y: number, size: number, colour: string, ground: string, align: CanvasTextAlign): void {
  context.font = `450 ${size}px ${FONT}`;
  context.textAlign = align;
  context.lineWidth = 3;
  context.strokeStyle = ground;
  context.strokeText(words, x, y);
  context.fillStyle = colour;
  context.fillText(words, x, y);
}
