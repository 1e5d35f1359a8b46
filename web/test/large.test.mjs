// A map with more lines than are drawn at every step of a movement: it is moved as an image, and drawn anew at rest.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { facts } from "./graph.mjs";
import { between, folder, launch, open, picture, pixel, quipu, ready, serve, SKIP, where } from "./harness.mjs";

let browser, server, page;

before(async () => {
  if (SKIP) return;
  const [home, index] = [folder(), join(folder(), "index")];
  writeFileSync(join(home, "facts.jsonl"), facts(1_500, 5_000));
  quipu(index, "build", "--facts", home);
  [browser, server] = [await launch(), await serve(index)];
  page = await open(browser, `${server.url}#map=1`);
  await page.evaluate(() => {
    const film = document.querySelector("canvas.film");
    window.moves = [];
    new MutationObserver(() => window.moves.push(film.style.transform)).observe(film, { attributeFilter: ["style"] });
  });
});

after(async () => {
  await browser?.close();
  server?.stop();
});

const on = (name, check) => test(name, { skip: SKIP }, check);

/** The concept that stands furthest up, where nothing else is near. */
function topmost() {
  return page.evaluate(() => {
    const discs = window.quipu.frame.stage.onScreen();
    return discs.reduce((top, disc) => (disc.y < top.y ? disc : top)).node.name;
  });
}

/** Waits until the image lies where it was taken. */
const rest = () => page.waitForFunction(() => document.querySelector("canvas.film").style.transform === "");

const moves = () => page.evaluate(() => window.moves.splice(0));

on("a large map is moved as an image, and stands where it was moved to", async () => {
  const layers = await page.locator(".canvas canvas:not(.film):not(.sigma-mouse)").evaluateAll((all) => all.map((layer) => getComputedStyle(layer).visibility));
  assert.deepEqual(layers, layers.map(() => "hidden"));
  const name = await topmost();
  const from = await where(page, name);
  const colour = await pixel(page, from);
  await moves();
  await page.mouse.move(40, 700);
  await page.mouse.down();
  await page.mouse.move(100, 730);
  await page.mouse.move(160, 760);
  await page.mouse.up();
  await rest();
  assert.match((await moves()).join(" "), /translate\(\d/);
  const to = await where(page, name);
  assert.ok(to.x - from.x > 100 && to.y - from.y > 50, JSON.stringify([from, to]));
  assert.deepEqual(await pixel(page, to), colour);
  await picture(page, "large");
});

on("zooming scales the image until the map is drawn anew", async () => {
  await moves();
  await page.mouse.move(683, 400);
  await page.mouse.wheel(0, -300);
  await page.waitForFunction(() => window.moves.some((move) => /scale\(1\.\d/.test(move)));
  await rest();
  await page.keyboard.press("0");
  await rest();
});

on("the pointer over a concept fades all but its neighbours", async () => {
  const film = page.locator("canvas.film");
  const name = await topmost();
  const { x, y } = await where(page, name);
  await page.mouse.move(x - 30, y - 30);
  await page.mouse.move(x, y);
  await page.waitForFunction(() => document.querySelector("canvas.film").style.opacity !== "");
  assert.equal(await film.nth(1).isVisible(), true);
  await picture(page, "large-pointed-at");
  await page.mouse.move(20, 780);
  await page.waitForFunction(() => document.querySelector("canvas.film").style.opacity === "");
  assert.equal(await film.nth(1).isVisible(), false);
});

on("a chosen line stands out", async () => {
  // The one with the most room round its middle, so that no concept covers it there.
  const ends = await page.evaluate(() => {
    const { frame, visible } = window.quipu;
    const discs = frame.stage.onScreen();
    const places = new Map(discs.map((disc) => [disc.node.id, disc]));
    const room = ({ from, to }) => {
      const [one, other] = [places.get(from.id), places.get(to.id)];
      return Math.min(...discs.map((disc) => Math.hypot(disc.x - (one.x + other.x) / 2, disc.y - (one.y + other.y) / 2) - disc.size));
    };
    const roomiest = visible.pairs.map((pair) => ({ pair, room: room(pair) })).reduce((most, other) => (other.room > most.room ? other : most));
    return [roomiest.pair.from.name, roomiest.pair.to.name];
  });
  await page.evaluate((ends) => window.quipu.selectPair(...ends), ends);
  await ready(page);
  const { x, y } = await between(page, ...ends);
  const colours = [];
  for (const [right, below] of [[0, 0], [1, 0], [-1, 0], [0, 1], [0, -1]]) colours.push(await pixel(page, { x: x + right, y: y + below }));
  assert.ok(colours.some(([red, , blue]) => red > 150 && blue < 80), JSON.stringify(colours));
  await page.keyboard.press("Escape");
  await ready(page);
});

on("a click selects, and a local view is drawn without the image", async () => {
  const name = await topmost();
  const { x, y } = await where(page, name);
  await page.mouse.click(x, y);
  await page.getByRole("heading", { name, exact: true }).waitFor();
  await page.keyboard.press("m");
  await page.keyboard.press("/");
  await page.keyboard.type("Concept 7");
  await page.keyboard.press("Enter");
  await ready(page);
  await page.locator("canvas.film").first().waitFor({ state: "hidden" });
  assert.deepEqual(page.wrong, []);
});
