// The colours of kinds, those of `src/render/export/palette.rs` (a test there compares them): on a light ground the
// outline, on a dark one the tint.

const KINDS: { [kind: string]: [fill: string, line: string] } = {
  Storage: ["#cfe8f7", "#0072b2"],
  Database: ["#b5d8f0", "#00568a"],
  Warehouse: ["#dfeefb", "#3d8fc7"],
  Ingestion: ["#fde0b8", "#c97a00"],
  Messaging: ["#fbd196", "#a86400"],
  Processing: ["#c5ebdd", "#00805c"],
  Orchestration: ["#a9dfcc", "#006347"],
  Compute: ["#dcf3ea", "#2f9f7b"],
  Format: ["#f3d9e8", "#b0588c"],
  Language: ["#ebc4da", "#94406f"],
  Library: ["#f9e8f1", "#c778a6"],
  Protocol: ["#e6dcf5", "#7559b3"],
  Standard: ["#d7c8ee", "#5d419c"],
  Service: ["#d4f0fb", "#2b93bd"],
  Network: ["#bfe6f5", "#1c769b"],
  Security: ["#f8cfc0", "#c04a00"],
  Monitoring: ["#fce3da", "#d97745"],
  Tool: ["#f6f0b4", "#8f8300"],
  Architecture: ["#faf6d2", "#a89b1c"],
  Method: ["#efe7a0", "#7a6f00"],
  Role: ["#e9dccd", "#8a6a45"],
  Organisation: ["#dcc9b4", "#6f5132"],
  Note: ["#ffffff", "#555555"],
  Section: ["#ffffff", "#999999"],
  Tag: ["#f4f4f4", "#777777"],
};

const OTHER: [string, string] = ["#ececec", "#6b6b6b"];

export interface Ink {
  dark: boolean;
  ground: string;
  text: string;
  muted: string;
  edge: string;
  faded: string;
  accent: string;
}

export const LIGHT: Ink = {
  dark: false,
  ground: "#fbfaf7",
  text: "#1f2328",
  muted: "#69707a",
  edge: "#b3b8bf",
  faded: "#e7e6e2",
  accent: "#b4451f",
};

export const DARK: Ink = {
  dark: true,
  ground: "#14161a",
  text: "#e8e6e1",
  muted: "#959ca6",
  edge: "#4d545e",
  faded: "#24282e",
  accent: "#ff9a6b",
};

/** Tint and outline of a kind. */
export function pair(kind: string): [fill: string, line: string] {
  return KINDS[kind] ?? OTHER;
}

/** What a node of a kind is drawn with. */
export function colour(kind: string, ink: Ink): string {
  const [fill, line] = pair(kind);
  return ink.dark ? mixed(fill, line, 0.35) : line;
}

/** A colour between two, `share` of the second. */
export function mixed(one: string, other: string, share: number): string {
  const part = (colour: string, at: number) => Number.parseInt(colour.slice(at, at + 2), 16);
  const between = (at: number) => Math.round(part(one, at) * (1 - share) + part(other, at) * share);
  return `#${[1, 3, 5].map((at) => between(at).toString(16).padStart(2, "0")).join("")}`;
}
