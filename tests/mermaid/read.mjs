// Reads Mermaid charts with Mermaid itself: a JSON list of charts on standard input, on standard output for
// each its nodes (id to label) and edges ([from, to, label, arrow, stroke]).

import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

// Mermaid cleans labels with the DOM of a page.
const { window } = new JSDOM('');
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import('mermaid');
mermaid.initialize({ startOnLoad: false });

/** Mermaid keeps `#35;` as `ﬂ°°35¶ß` until it draws. */
const drawn = (text) => text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

const read = [];
for (const chart of JSON.parse(readFileSync(0, 'utf8'))) {
  await mermaid.parse(chart);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(chart);
  const nodes = [...db.getVertices().values()].map(({ id, text }) => [id, drawn(text)]);
  const edges = db.getEdges().map(({ start, end, text, type, stroke }) => [start, end, drawn(text), type, stroke]);
  read.push({ nodes: Object.fromEntries(nodes), edges });
}
process.stdout.write(JSON.stringify(read));
