// What the page makes of notes as people and their enemies write them, as a served page and as one file.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { folder, ingested, launch, NARROW, open, picture, quipu, ready, ROOT, serve, shown, SKIP, where, WIKI } from "./harness.mjs";

let browser;

before(async () => {
  if (!SKIP) browser = await launch();
});

after(() => browser?.close());

const text = (page, selector) => page.locator(selector).first().innerText();

/** Notes in a folder of their own. */
function written(notes) {
  const root = join(folder(), "notes");
  mkdirSync(root);
  for (const [name, words] of Object.entries(notes)) writeFileSync(join(root, name), words);
  return root;
}

/** A page of its own that may do nothing wrong. */
async function look(url, act, options) {
  const page = await open(browser, url, options);
  try {
    await act(page);
    assert.deepEqual(page.wrong, []);
  } finally {
    await page.context().close();
  }
}

const LONG = `Zeta${"x".repeat(9_990)}Omega`;
const EVIL = `<script>alert(1)</script>`;
const HOSTILE = {
  "evil.md": `---
title: "Kafka <img src=x onerror=alert(1)>"
tags: ["<b>bold</b>", "q'uo\\"te"]
---

# Kafka ${EVIL} "quotes" 'and' \`ticks\` & more

Kafka feeds HDFS ${EVIL}</q><img src=x onerror=alert(2)>.
Kafka uses ZooKeeper \u202eevil\u202c and \u0007bell\u009b31m.
Kafka runs on [YARN](javascript:alert(3)).

## ${LONG}

- Kafka feeds ${LONG}
- [[${EVIL}]] uses Kafka
- rel:: [["><svg onload=alert(4)>]]

</script><script>alert(5)</script>
`,
};

/** What shows that a page took words for markup. */
const foreign = (page) => page.evaluate(() => [...document.querySelectorAll("#app script, #app img, #app b img, #app svg[onload], #app [onerror]")].map((element) => element.outerHTML.slice(0, 100)));

async function survives(page) {
  assert.deepEqual(await foreign(page), []);
  const told = await text(page, ".right");
  assert.ok(told.includes("<script>alert(1)</script>"), "markup is shown as words");
  assert.ok(!/[\u202a-\u202e\u0007\u009b]/.test(await page.locator("body").innerText()), "what turns text is spelled out");
  await page.locator(".right .place").first().click();
  await page.locator(".text .here").waitFor();
  const note = await text(page, ".right");
  assert.ok(note.includes("onerror=alert(2)") && note.includes("\\u{202e}evil"), note.slice(0, 400));
  assert.deepEqual(await foreign(page), []);
  await page.keyboard.press("t");
  assert.deepEqual(await foreign(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
}

test("a hostile note is plain text in the served page", { skip: SKIP, timeout: 90_000 }, async () => {
  const server = await serve(ingested(written(HOSTILE)));
  await look(`${server.url}#show=Kafka,60&at=Kafka`, async (page) => {
    await picture(page, "hostile");
    await survives(page);
  });
  server.stop();
});

test("a hostile note is plain text in a page of one file", { skip: SKIP, timeout: 90_000 }, async () => {
  const file = join(folder(), "graph.html");
  quipu(ingested(written(HOSTILE)), "export", "html", "-o", file);
  await look(`${pathToFileURL(file)}#show=Kafka,60&at=Kafka`, survives);
});

test("one file does what the served page does, without any request", { skip: SKIP, timeout: 120_000 }, async () => {
  const file = join(folder(), "graph.html");
  quipu(ingested(join(ROOT, "corpus")), "export", "html", "-o", file);
  await look(String(pathToFileURL(file)), async (page) => {
    assert.equal((await shown(page)).length, 13);
    await page.keyboard.press("/");
    await page.keyboard.type("simple stor");
    await page.getByRole("option", { name: /S3/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await ready(page);
    assert.equal(await text(page, ".right h2"), "S3");
    const place = page.locator("section[data-type=FEEDS] .place").first();
    const line = (await place.innerText()).split(":").at(-1);
    await place.click();
    assert.equal(await page.locator(".text .here").getAttribute("data-line"), line);
    assert.ok((await page.locator(".text mark").count()) > 0);
    await picture(page, "file-note");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Enter");
    await ready(page);
    assert.ok((await shown(page)).length > 14);
    await page.goto(`${pathToFileURL(file)}#path=Flume,Hive`);
    await page.reload();
    await ready(page);
    assert.match(await text(page, ".paths > li"), /Flume\s*›\s*HDFS\s*›\s*Hive/);
    await page.keyboard.press("m");
    await ready(page);
    assert.ok((await shown(page)).length > 300);
    await page.keyboard.press("a");
    await page.keyboard.type("MATCH (a) RETURN a");
    await page.keyboard.press("Enter");
    await page.getByText("This page has no query engine").waitFor();
  });
});

test("one file finds the paths that the program finds", { skip: SKIP, timeout: 90_000 }, async () => {
  const [file, index] = [join(folder(), "graph.html"), ingested(join(ROOT, "corpus"))];
  quipu(index, "export", "html", "-o", file);
  await look(String(pathToFileURL(file)), async (page) => {
    for (const [from, to] of [["Flume", "Hive"], ["MySQL", "Redshift"], ["Kafka", "Parquet"], ["IAM", "Tableau"]]) {
      const said = JSON.parse(quipu(index, "path", from, to, "--json"));
      const told = (paths) => paths.map((path) => [path.start.name, ...path.hops.flatMap((hop) => [`${hop.direction} ${hop.type}`, hop.to.name])].join(" - "));
      const best = told(said.paths ?? said);
      const found = await page.evaluate(([from, to, most]) => window.quipu.source.paths(from, to, most), [from, to, best.length]);
      assert.ok(best.length > 1);
      assert.deepEqual(told(found.paths), best);
    }
  });
});

test("secrets are hidden in a page of one file", { skip: SKIP, timeout: 90_000 }, async () => {
  const file = join(folder(), "graph.html");
  const note = "# Kafka\n\nKafka uses ZooKeeper with AKIAIOSFODNN7EXAMPLE here.\npassword: hunter2hunter2\n";
  quipu(ingested(written({ "keys.md": note })), "export", "html", "-o", file);
  await look(`${pathToFileURL(file)}#at=Kafka&show=Kafka,5`, async (page) => {
    await page.locator(".right .place").first().click();
    const told = await text(page, ".right");
    assert.ok(told.includes("AKIA…") && !(await page.content()).includes("AKIAIOSFODNN7EXAMPLE"), told);
    assert.ok(!(await page.content()).includes("hunter2"));
  });
});

test("new facts are shown without a reload", { skip: SKIP, timeout: 90_000 }, async () => {
  const root = written({ "one.md": "# Kafka\n\nKafka feeds HDFS.\n" });
  const index = ingested(root);
  const server = await serve(index);
  await look(`${server.url}#show=Kafka,12&at=Kafka`, async (page) => {
    assert.ok(!(await shown(page)).includes("Spark"));
    writeFileSync(join(root, "two.md"), "# Spark\n\nSpark uses Kafka.\n");
    await page.waitForTimeout(1_000);
    quipu(index, "ingest");
    await page.waitForFunction(() => window.quipu.visible.nodes.some((node) => node.name === "Spark"), null, { timeout: 30_000 });
  });
  server.stop();
});

test("an index of a whole wiki opens locally, expands, connects and maps", { skip: SKIP || (!existsSync(WIKI) && "the wiki notes are not there"), timeout: 300_000 }, async () => {
  const server = await serve(ingested(WIKI));
  await look(server.url, async (page) => {
    const start = await shown(page);
    assert.ok(start.length > 3 && start.length <= 13, String(start.length));
    assert.ok((await text(page, ".right h2")).length > 1);
    await picture(page, "wiki-start");
    const name = start.find((name) => name !== "") ?? "";
    const at = await where(page, name);
    await page.mouse.dblclick(at.x, at.y);
    await ready(page);
    assert.ok((await shown(page)).length > start.length);
    await picture(page, "wiki-expanded");
    const place = page.locator(".right .place").first();
    const line = (await place.innerText()).split(":").at(-1);
    await place.click();
    await page.locator(".text .here").waitFor();
    assert.equal(await page.locator(".text .here").getAttribute("data-line"), line);
    await page.keyboard.press("m");
    await ready(page);
    assert.ok((await shown(page)).length > 200);
    await picture(page, "wiki-map");
    const [from, to] = await page.evaluate(() => {
      const { visible } = window.quipu;
      const hub = [...visible.nodes].sort((one, other) => other.degree - one.degree)[0];
      const reach = (ids) => new Set([...ids].flatMap((id) => [...(visible.near.get(id) ?? [])]));
      const near = visible.near.get(hub.id);
      const far = visible.nodes.find((node) => reach(near).has(node.id) && !near.has(node.id) && node.id !== hub.id);
      return [hub.name, far.name];
    });
    await page.goto(`${server.url}#path=${encodeURIComponent(from)},${encodeURIComponent(to)}`);
    await page.reload();
    await ready(page);
    assert.ok((await page.locator(".hops q").count()) > 0);
    await picture(page, "wiki-path");
  });
  await look(server.url, (page) => picture(page, "wiki-narrow-dark"), { viewport: NARROW, colorScheme: "dark" });
  server.stop();
});
