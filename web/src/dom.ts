// Elements from values. Text is only ever set as text, and what would hide or turn it is spelled out, so nothing
// that a note contains can be obeyed or mislead.

const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** Text with control and direction characters spelled out, as `\u{202e}`. */
export function plain(text: string): string {
  return text.replace(HIDDEN, (hidden) => `\\u{${(hidden.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Text of at most `most` letters. */
export function cut(text: string, most: number): string {
  const letters = text.length > most ? Array.from(text.slice(0, most * 2)) : [];
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}

export type Child = Element | string | number | null | undefined | false | Child[];

type Props = { [name: string]: string | number | boolean | null | undefined | ((event: never) => void) };

/** An element: `on…` are listeners, other properties attributes; false and null leave one out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value !== null && value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : plain(String(value)));
    }
  }
  fill(element, children);
  return element;
}

/** Replaces what stands in an element. */
export function fill(element: Element, children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child instanceof Element) element.append(child);
    else if (child !== null && child !== undefined && child !== false) element.append(plain(String(child)));
  }
}

const ICONS = {
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5",
  filter: "M4 6h16M7 12h10M10 18h4",
  path: "M5 19a2 2 0 1 0 0-.1M19 5a2 2 0 1 0 0-.1M7 19h7a4 4 0 0 0 0-8h-4a4 4 0 0 1 0-8h7",
  ask: "M4 5h16v11H9l-5 4zM9 10.5h6",
  map: "M4 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M16 6a2 2 0 1 0 4 0a2 2 0 1 0-4 0M10 18a2 2 0 1 0 4 0a2 2 0 1 0-4 0M8 7l8-1M7 9l4 7M17 8l-4 8",
  table: "M4 5h16v14H4zM4 10h16M10 10v9",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  help: "M9.2 9a3 3 0 1 1 4.3 2.7c-1 .5-1.5 1.2-1.5 2.3M12 17.6v.1",
  theme: "M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.500 10.500z",
  undo: "M8 5L4 9l4 4M4 9h10a6 6 0 0 1 0 12h-3",
  plus: "M12 5v14M5 12h14",
  minus: "M5 12h14",
  fit: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  close: "M6 6l12 12M18 6L6 18",
  back: "M14 6l-6 6 6 6",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
  hide: "M3 12s3.500-6 9-6 9 6 9 6-3.500 6-9 6-9-6-9-6zM5 20L19 4",
  expand: "M12 8v8M8 12h8M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  collapse: "M8 12h8M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
  swap: "M7 4v16M7 20l-3-3M7 20l3-3M17 20V4M17 4l-3 3M17 4l3 3",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 6 6l1-1",
} as const;

export type IconName = keyof typeof ICONS;

/** A line drawing that says nothing to a screen reader. */
export function icon(name: IconName): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon; its words are shown beside it, or only told, when `quiet`. */
export function button(name: IconName, words: string, click: () => void, props: Props = {}, quiet = false): HTMLButtonElement {
  const shown = h("span", { class: quiet ? "told" : "words" }, words);
  return h("button", { type: "button", title: quiet ? words : null, onclick: click, ...props }, icon(name), shown);
}

/** `1 note`, `2 notes`, `1,204 notes`. */
export function counted(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}

/** `FEEDS` as people read it: `feeds`. */
export function words(type: string): string {
  return type.toLowerCase().replaceAll("_", " ");
}
