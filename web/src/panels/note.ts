// A note at the line that was cited, the words marked.

import type { App } from "../app.ts";
import { button, counted, h, type Child } from "../dom.ts";
import { lineOf, placeOf } from "../place.ts";
import type { Citation, Mark, NotePage } from "../source/shapes.ts";

export function notePanel(app: App, note: NotePage, line: number, citation: Citation | null): Child[] {
  const quoted = citation ? spoken(note, citation) : new Map<number, [number, number]>();
  return [
    button("back", "Back", () => app.back(), { class: "back" }),
    h(
      "div",
      { class: "title" },
      h("h2", {}, note.title || note.path),
      h("p", { class: "kind" }, placeOf(note.path, line), note.tags.slice(0, 8).map((tag) => h("span", { class: "tag" }, `#${tag}`))),
    ),
    h("div", { class: "actions" }, openers(app, note, line)),
    h(
      "ol",
      { class: "text", "aria-label": `${note.path}, ${counted(note.total_lines, "line")}` },
      note.lines.map(({ number, text }, at) => {
        const gap = number > (note.lines[at - 1]?.number ?? number - 1) + 1;
        const marks = note.marks.filter((mark) => mark.line === number);
        const here = number === line;
        return [
          gap && h("li", { class: "gap", "aria-hidden": "true" }, "⋯"),
          h("li", { class: here ? "here" : null, "data-line": number, "aria-current": here ? "true" : null }, h("span", { class: "number" }, lineOf(note.path, number)), h("span", { class: "line" }, spelled(app, text, marks, quoted.get(number)))),
        ];
      }),
    ),
  ];
}

function openers(app: App, note: NotePage, line: number): Child[] {
  const copy = () => void navigator.clipboard.writeText(placeOf(note.file ?? note.path, line)).then(() => app.say("copied"));
  if (note.file === null || !app.source.can.open) return [button("link", "Copy place", copy)];
  const path = note.file.split("/").map(encodeURIComponent).join("/");
  return [
    h("a", { class: "opener", href: `vscode://file${path.startsWith("/") ? "" : "/"}${path}:${line}` }, "Open in VS Code"),
    h("a", { class: "opener", href: `obsidian://open?path=${encodeURIComponent(note.file)}` }, "Open in Obsidian"),
    button("link", "Copy place", copy),
  ];
}

/** A line in pieces: what was quoted is marked, concepts can be pressed. */
function spelled(app: App, text: string, marks: Mark[], quoted: [number, number] | undefined): Child[] {
  const letters = Array.from(text);
  const [from, to] = quoted ?? [-1, -1];
  const pieces: Child[] = [];
  const piece = (start: number, end: number) => {
    if (start >= end) return null;
    const words = letters.slice(start, end).join("");
    return start >= from && end <= to ? h("mark", {}, words) : words;
  };
  const plain = (start: number, end: number): Child[] => {
    const cuts = [start, from, to, end].filter((cut) => cut >= start && cut <= end).sort((one, other) => one - other);
    return cuts.slice(1).map((cut, at) => piece(cuts[at] ?? start, cut));
  };
  let at = 0;
  for (const mark of marks) {
    const start = mark.column - 1;
    if (start < at) continue;
    pieces.push(plain(at, start));
    at = Math.min(letters.length, start + mark.length);
    pieces.push(h("button", { type: "button", class: "mention", title: mark.concept, onclick: () => app.select(mark.concept) }, plain(start, at)));
  }
  pieces.push(plain(at, letters.length));
  return pieces;
}

/** Where the quoted words stand: for each line the letters from and to, half-open. */
function spoken(note: NotePage, citation: Citation): Map<number, [number, number]> {
  const wanted = Array.from(citation.quote.replace(/\s+/g, ""));
  const first = note.lines.find((line) => line.number === citation.line);
  if (!first || wanted.length === 0) return new Map();
  const starts = [citation.column - 1, 0, ...Array.from(first.text).keys()];
  let best = new Map<number, [number, number]>();
  let most = 0;
  for (const start of new Set(starts)) {
    const [found, length] = follow(note, citation.line, start, wanted);
    if (length > most) [best, most] = [found, length];
    if (most === wanted.length) break;
  }
  return best;
}

/** How far the wanted letters go on from a place, white space aside. */
function follow(note: NotePage, line: number, start: number, wanted: string[]): [Map<number, [number, number]>, number] {
  const found = new Map<number, [number, number]>();
  let at = 0;
  for (const { number, text } of note.lines) {
    if (number < line || at >= wanted.length) continue;
    const letters = Array.from(text);
    let [place, from, to] = [number === line ? Math.max(0, start) : 0, -1, -1];
    for (; place < letters.length && at < wanted.length; place++) {
      const letter = letters[place] ?? "";
      if (/\s/.test(letter)) continue;
      if (letter !== wanted[at]) {
        // Markup between the words is skipped, other words end the quote.
        if (at > 0 && /[^\p{L}\p{N}]/u.test(letter)) continue;
        break;
      }
      if (from < 0) from = place;
      to = place + 1;
      at += 1;
    }
    if (from >= 0) found.set(number, [from, to]);
    if (from < 0 || (place < letters.length && at < wanted.length)) break;
  }
  return [found, at];
}
