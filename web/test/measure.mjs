// How long the page takes to open 10,000 concepts with 40,000 relations, and how smoothly it pans: `npm run measure`
// in web/, with a release build of quipu. Prints figures, asserts nothing. The graph is made up, the same each time.
// Beside the clock stands the processor time, which says more where a machine has other work, and beside the picture a
// single blank canvas that is moved about: what the browser needs for any motion at all.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { facts } from "./graph.mjs";
import { folder, launch, quipu, ready, serve, SKIP, WIDE } from "./harness.mjs";

const [CONCEPTS, RELATIONS] = [10_000, 40_000];

/** How long it is panned, in seconds. */
const PAN = 4;

/** Processor time of the browser so far, in milliseconds: in the page, and beside it for drawing. */
function spent() {
  const times = { page: 0, drawing: 0 };
  for (const id of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${id}/cmdline`, "utf8");
      const part = command.includes("--type=renderer") ? "page" : command.includes("--type=gpu-process") ? "drawing" : null;
      const fields = readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1].split(" ");
      if (part) times[part] += (Number(fields[11]) + Number(fields[12])) * 10;
    } catch {
      // It has ended meanwhile.
    }
  }
  return times;
}

/** Drags the picture round in the page, once a frame, and tells how many frames a second that gave. */
async function pan(page) {
  await page.mouse.move(700, 400);
  await page.mouse.down();
  const before = spent();
  const frames = await page.evaluate((seconds) => new Promise((done) => {
    const times = [];
    const frame = (time) => {
      times.push(time);
      const turn = (time - times[0]) / 500;
      if (turn > seconds * 2) return done(times);
      const at = { clientX: 700 + 150 * Math.sin(turn), clientY: 300 + 100 * Math.cos(turn) };
      document.dispatchEvent(new MouseEvent("mousemove", { bubbles: true, ...at }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }), PAN);
  const after = spent();
  await page.mouse.up();
  const each = (part) => ((after[part] - before[part]) / frames.length).toFixed(1);
  const rate = ((frames.length - 1) / (frames.at(-1) - frames[0])) * 1_000;
  return `${rate.toFixed(0)} frames a second; each takes ${each("page")} ms in the page and ${each("drawing")} ms of drawing`;
}

/** A blank canvas of the size of the picture, moved as it is. */
const BLANK = `<body style="margin:0"><canvas width="1366" height="764"></canvas><script>
  const canvas = document.querySelector("canvas");
  canvas.getContext("2d", { alpha: false }).fillRect(0, 0, 700, 400);
  addEventListener("mousemove", (at) => canvas.style.transform = "translate(" + (at.clientX - 700) + "px, " + (at.clientY - 400) + "px)");
</script>`;

if (SKIP) process.exit(1);
const [home, index] = [folder(), join(folder(), "index")];
writeFileSync(join(home, "facts.jsonl"), facts(CONCEPTS, RELATIONS));
quipu(index, "build", "--facts", home);
const [browser, server] = [await launch(), await serve(index)];
const say = (text) => console.log(`${text} (load ${loadavg()[0].toFixed(1)})`);

/** Run in the page: keeps when the whole picture stands, in milliseconds from the start of loading. To read a pixel waits for all drawing. */
function watch() {
  const look = () => {
    const made = window.quipu?.visible?.nodes.length && !document.documentElement.hasAttribute("data-busy");
    if (!made) return setTimeout(look, 2);
    document.querySelector("canvas.film").getContext("2d").getImageData(0, 0, 1, 1);
    window.drawn = performance.now();
  };
  setTimeout(look, 2);
}

/** Opens a page and tells how long it took. */
async function opened(what, url) {
  const before = spent();
  const context = await browser.newContext({ viewport: WIDE, colorScheme: "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => window.drawn, null, { timeout: 60_000, polling: 50 });
  const seconds = (await page.evaluate(() => window.drawn)) / 1_000;
  await ready(page);
  const after = spent();
  const count = await page.evaluate(() => [window.quipu.visible.nodes.length, window.quipu.visible.pairs.length]);
  const each = (part) => ((after[part] - before[part]) / 1_000).toFixed(1);
  say(`open ${what}: ${seconds.toFixed(1)} s for ${count[0]} concepts and ${count[1]} lines; ${each("page")} s in the page, ${each("drawing")} s of drawing`);
  return page;
}

const blank = await browser.newPage({ viewport: { width: 1366, height: 820 } });
await blank.setContent(BLANK);
say(`a blank canvas: ${await pan(blank)}`);
await blank.close();
for (const round of ["served, places being computed", "served"]) {
  const page = await opened(round, `${server.url}#map=1`);
  say(`pan: ${await pan(page)}`);
  await page.context().close();
}
const file = join(home, "graph.html");
quipu(index, "export", "html", "-o", file);
await opened("one file", `file://${file}#map=1`);
await browser.close();
server.stop();
