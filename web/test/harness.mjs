// What the tests of the page stand on: an index of notes, `quipu serve` over it, and a browser.

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const BROWSERS = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
export const BROWSER = BROWSERS.find((path) => path && existsSync(path));

const BINARIES = [process.env.QUIPU_BIN, join(ROOT, "target/debug/quipu"), join(ROOT, "target/release/quipu")];
export const QUIPU = BINARIES.find((path) => path && existsSync(path));

const EVAL = process.env.QUIPU_EVAL ?? resolve(ROOT, "../shared/eval");
export const WIKI = join(EVAL, "links_dewiki/dev/notes");

/** Why the tests cannot run here; false where they can. */
export const SKIP = !BROWSER ? "no Chromium is installed" : !QUIPU ? "quipu is not built" : false;
if (SKIP) console.log(`the tests of the page are skipped: ${SKIP}`);

/** Where screenshots are kept. */
export const PICTURES = process.env.QUIPU_PICTURES ?? join(tmpdir(), "quipu-pictures");
mkdirSync(PICTURES, { recursive: true });

export function folder() {
  return mkdtempSync(join(tmpdir(), "quipu-web-"));
}

export function quipu(index, ...args) {
  const env = { ...process.env, QUIPU_INDEX: index };
  return execFileSync(QUIPU, args, { env, cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });
}

/** An index of notes, made anew. */
export function ingested(...notes) {
  const index = join(folder(), "index");
  quipu(index, "ingest", ...notes);
  return index;
}

/** `quipu serve` over an index, with the address it prints. */
export async function serve(index) {
  const child = spawn(QUIPU, ["serve", "--port", "0"], { env: { ...process.env, QUIPU_INDEX: index }, stdio: ["ignore", "pipe", "pipe"] });
  const lines = createInterface({ input: child.stdout });
  const url = await new Promise((found, fail) => {
    lines.on("line", (line) => line.includes("http://") && found(line.slice(line.indexOf("http://")).trim()));
    child.on("exit", (code) => fail(new Error(`quipu serve ended with ${code}`)));
  });
  return { url, stop: () => child.kill() };
}

/** Drawn by the processor, as on a machine without a graphics card. */
export function launch() {
  const args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--allow-file-access-from-files=false"];
  return chromium.launch({ executablePath: BROWSER, args });
}

export const WIDE = { width: 1366, height: 820 };
export const NARROW = { width: 390, height: 844 };

/** Opens a page and waits until it is drawn. What it should not do is kept in `page.wrong`. */
export async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: "light", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  page.wrong = [];
  const own = new URL(url);
  page.on("pageerror", (error) => page.wrong.push(error.message));
  page.on("dialog", (dialog) => (page.wrong.push(`a dialog: ${dialog.message()}`), dialog.dismiss()));
  page.on("console", (line) => /refused|violat/i.test(line.text()) && page.wrong.push(line.text()));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    const home = asked.protocol === own.protocol && asked.host === own.host;
    if (!home && !["data:", "blob:"].includes(asked.protocol)) page.wrong.push(`a request to ${request.url().slice(0, 200)}`);
    if (own.protocol === "file:" && request.url().split("#")[0] !== url.split("#")[0]) page.wrong.push(`a request to ${request.url().slice(0, 200)}`);
  });
  await page.goto(url);
  await ready(page);
  return page;
}

/** Waits until the picture of the present state is drawn and nothing moves: twice in a row all stands where it stood. */
export async function ready(page) {
  const idle = () => page.waitForFunction(() => window.quipu && !document.documentElement.hasAttribute("data-busy"), null, { timeout: 60_000 });
  const places = () => page.evaluate(() => JSON.stringify(window.quipu.frame.stage.onScreen().map(({ x, y }) => [Math.round(x), Math.round(y)])));
  await idle();
  for (let before, still = 0, end = Date.now() + 20_000; still < 2 && Date.now() < end; ) {
    await page.waitForTimeout(200);
    await idle();
    const now = await places();
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** Waits until something holds, since drawing takes as long as it takes. */
export async function until(holds, what) {
  for (const end = Date.now() + 20_000; !(await holds()); ) {
    if (Date.now() > end) throw new Error(`not within 20 seconds: ${what}`);
    await new Promise((again) => setTimeout(again, 50));
  }
}

/** The names of what is drawn, sorted. */
export function shown(page) {
  return page.evaluate(() => window.quipu.visible.nodes.map((node) => node.name).sort());
}

/** Where a concept stands on the screen. */
export function where(page, name) {
  return page.evaluate((name) => {
    const { frame, picture } = window.quipu;
    const node = [...picture.nodes.values()].find((node) => node.name === name);
    const box = frame.stage.box.getBoundingClientRect();
    const place = node && frame.stage.where(node.id);
    return place ? { x: place.x + box.x, y: place.y + box.y } : null;
  }, name);
}

/** Where the line between two concepts has its middle. */
export async function between(page, one, other) {
  const [from, to] = [await where(page, one), await where(page, other)];
  return { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
}

/** The colour of a point on the screen, as [red, green, blue]. */
export async function pixel(page, { x, y }) {
  const shot = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } });
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  }, shot.toString("base64"));
}

export function picture(page, name) {
  return page.screenshot({ path: join(PICTURES, `${name}.png`) });
}
