// The view as text for other programs: Graphviz, Mermaid, Cypher. Names never become ids, and each format has one
// quoting function, as in `src/render/export`.

import { plain } from "../dom.ts";
import { kindOf, type Visible } from "../model/visible.ts";
import { pair as colours } from "../palette.ts";

export function dot(view: Visible): string {
  const ids = numbered(view);
  const lines = ["digraph quipu {", '  rankdir=LR; node [shape=box, style="rounded,filled", fontname="Helvetica"]; edge [fontname="Helvetica", fontsize=10];'];
  for (const node of view.nodes) {
    const [fill, line] = colours(kindOf(node));
    lines.push(`  ${ids.get(node.id)} [label=${quoted(node.name)}, fillcolor="${fill}", color="${line}", tooltip=${quoted(kindOf(node))}];`);
  }
  for (const edge of relations(view)) {
    const style = edge.symmetric ? ", dir=none" : "";
    const weak = edge.type === "RELATED_TO" ? ", style=dashed" : "";
    lines.push(`  ${ids.get(edge.from)} -> ${ids.get(edge.to)} [label=${quoted(edge.type)}${style}${weak}];`);
  }
  return `${lines.join("\n")}\n}\n`;
}

/** Graphviz reads `\N` and the like inside quotes, so every backslash is doubled. */
function quoted(text: string): string {
  return `"${plain(text).replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}

export function mermaid(view: Visible): string {
  const ids = numbered(view);
  const kinds = [...new Set(view.nodes.map(kindOf))].sort();
  const lines = ["flowchart LR"];
  for (const node of view.nodes) lines.push(`  ${ids.get(node.id)}["${entities(node.name)}"]:::k${kinds.indexOf(kindOf(node))}`);
  for (const edge of relations(view)) {
    const weak = edge.type === "RELATED_TO";
    const arrow = edge.symmetric ? (weak ? "-.-" : "---") : weak ? "-.->" : "-->";
    lines.push(`  ${ids.get(edge.from)} ${arrow}|"${entities(edge.type)}"| ${ids.get(edge.to)}`);
  }
  kinds.forEach((kind, at) => {
    const [fill, line] = colours(kind);
    lines.push(`  classDef k${at} fill:${fill},stroke:${line},color:#1a1a1a`);
  });
  return `${lines.join("\n")}\n`;
}

/** Everything but letters, digits and spaces between them is written as a number. */
function entities(text: string): string {
  const letters = Array.from(plain(text));
  const kept = letters.map((letter, at) => (/[A-Za-z0-9]|[^\u0000-\u007f]/.test(letter) || (letter === " " && at > 0) ? letter : `#${letter.codePointAt(0)};`));
  return kept.join("") || "#160;";
}

export function cypher(view: Visible): string {
  const ids = numbered(view);
  const parts = view.nodes.map((node) => `(${ids.get(node.id)}:${label(node.label)}${node.kind ? `:${label(node.kind)}` : ""} {name: ${literal(node.name)}})`);
  for (const edge of relations(view)) {
    parts.push(`(${ids.get(edge.from)})-[:${label(edge.type)} {confidence: ${edge.confidence}, support: ${edge.support}}]->(${ids.get(edge.to)})`);
  }
  return parts.length === 0 ? "" : `CREATE\n  ${parts.join(",\n  ")};\n`;
}

function label(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

function literal(text: string): string {
  const escape = (letter: string) => `\\u${(letter.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, escape)}'`;
}

function numbered(view: Visible): Map<string, string> {
  return new Map(view.nodes.map((node, at) => [node.id, `n${at + 1}`]));
}

function relations(view: Visible) {
  return view.pairs.flatMap((pair) => pair.relations);
}
