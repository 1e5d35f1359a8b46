// How long the page takes to open 10,000 concepts with 40,000 relations, and how smoothly it pans: `npm run measure`
// in web/, with a release build of quipu. Prints figures, asserts nothing. The graph is made up, the same each time.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, launch, open, quipu, ready, serve, SKIP } from "./harness.mjs";

const [CONCEPTS, RELATIONS] = [10_000, 40_000];
const KINDS = ["Storage", "Database", "Messaging", "Processing", "Tool", "Method", "Format", "Service", "Term"];
const TYPES = ["FEEDS", "USES", "PART_OF", "RUNS_ON", "RELATED_TO", "STORES_IN"];

/** Facts of a graph as notes give: clusters of fifty, forty hubs, some strays. */
function facts() {
  let state = 7;
  const next = (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state >>> 8) % below;
  };
  const name = (at) => `Concept ${at}`;
  const rows = Array.from({ length: CONCEPTS }, (_, at) => ({ kind: "concept", name: name(at), concept_kind: KINDS[Math.floor(at / 50) % KINDS.length] }));
  const seen = new Set();
  while (seen.size < RELATIONS) {
    const from = next(CONCEPTS);
    const dice = next(10);
    const to = dice === 0 ? next(40) : dice === 1 ? next(CONCEPTS) : Math.floor(from / 50) * 50 + next(50);
    const type = TYPES[next(TYPES.length)];
    const key = `${Math.min(from, to)} ${Math.max(from, to)}`;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    const note = `f${Math.floor(from / 500)}/n${Math.floor(from / 50)}.txt`;
    rows.push({ kind: "relation", subject: name(from), predicate: type, object: name(to), confidence: 700, rule: "verb-frame", note, line: (from % 50) + 1, column: 1, quote: `${name(from)} ${type} ${name(to)}` });
  }
  return rows.map((row) => JSON.stringify(row)).join("\n");
}

/** Frames a second while the pointer drags the picture about. */
async function pan(page) {
  await page.mouse.move(700, 400);
  await page.mouse.down();
  await page.evaluate(() => {
    window.frames_ = [];
    const tick = (time) => (window.frames_.push(time), window.frames_.length < 10_000 && requestAnimationFrame(tick));
    requestAnimationFrame(tick);
  });
  const until = Date.now() + 4_000;
  for (let at = 0; Date.now() < until; at++) await page.mouse.move(700 + 150 * Math.sin(at / 12), 400 + 100 * Math.cos(at / 12));
  await page.mouse.up();
  const times = await page.evaluate(() => window.frames_);
  return ((times.length - 1) / (times.at(-1) - times[0])) * 1_000;
}

if (SKIP) process.exit(1);
const [home, index] = [folder(), join(folder(), "index")];
writeFileSync(join(home, "facts.jsonl"), facts());
quipu(index, "build", "--facts", home);
const [browser, server] = [await launch(), await serve(index)];
for (const round of ["first, with the layout computed", "again"]) {
  const began = Date.now();
  const page = await open(browser, `${server.url}#map=1`);
  await ready(page);
  const count = await page.evaluate(() => [window.quipu.visible.nodes.length, window.quipu.visible.pairs.length]);
  console.log(`open, ${round}: ${((Date.now() - began - 700) / 1_000).toFixed(2)} s for ${count[0]} concepts and ${count[1]} lines`);
  console.log(`pan: ${(await pan(page)).toFixed(0)} frames a second`);
  await page.context().close();
}
const file = join(home, "graph.html");
quipu(index, "export", "html", "-o", file);
const began = Date.now();
const page = await open(browser, `file://${file}#map=1`);
await ready(page);
console.log(`open the file: ${((Date.now() - began - 700) / 1_000).toFixed(2)} s`);
await browser.close();
server.stop();
