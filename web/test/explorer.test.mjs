// What the page does, each behaviour on the sample notes. It is driven as people drive it: by keys and pointer.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { between, ingested, launch, NARROW, open, picture, pixel, quipu, ready, ROOT, serve, shown, SKIP, until, where } from "./harness.mjs";

let browser, index, server;

before(async () => {
  if (SKIP) return;
  index = ingested(`${ROOT}/corpus`);
  [browser, server] = [await launch(), await serve(index)];
});

after(async () => {
  await browser?.close();
  server?.stop();
});

/** A test with a page of its own, which may do nothing that it should not. */
function on(name, act, { hash = "", options = {} } = {}) {
  test(name, { skip: SKIP, timeout: 90_000 }, async () => {
    const page = await open(browser, server.url + hash, options);
    try {
      await act(page);
      assert.deepEqual(page.wrong, []);
    } finally {
      await page.context().close();
    }
  });
}

const text = (page, selector) => page.locator(selector).first().innerText();
const AROUND_FLUME = "#show=Flume,6&at=Flume";

on("it opens on a search box and a local view", async (page) => {
  assert.ok(await page.getByRole("combobox", { name: "Search concepts" }).isVisible());
  const names = await shown(page);
  assert.ok(names.length > 5 && names.length <= 13, `${names.length} concepts`);
  assert.match(await text(page, ".status"), /^13 concepts · \d+ relations$/);
  await picture(page, "start-light");
});

on("search completes over names and aliases as one types", async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("simple stor");
  await page.locator("#search-0", { hasText: "Simple Storage Service" }).waitFor();
  const first = page.getByRole("option").first();
  assert.match(await first.innerText(), /^S3\s+· Simple Storage Service/i);
  await picture(page, "search");
  await page.keyboard.press("Enter");
  await ready(page);
  assert.equal(await text(page, ".right h2"), "S3");
  assert.ok((await shown(page)).includes("S3"));
});

on("arrow keys choose among the completions, and a near name is offered for none", async (page) => {
  const field = page.getByRole("combobox", { name: "Search concepts" });
  await field.fill("spark");
  await page.getByRole("option").nth(1).waitFor();
  const second = (await page.getByRole("option").nth(1).locator(".name").innerText()).split(" · ")[0].trim();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await ready(page);
  assert.equal(await text(page, ".right h2"), second);
  await field.fill("Flumee");
  await page.getByText("Did you mean").waitFor();
  assert.ok(await page.getByRole("option", { name: "Flume" }).first().isVisible());
});

on("a click selects, a double click expands by the strongest, and what is left is told", async (page) => {
  const start = await shown(page);
  const hdfs = await where(page, "HDFS");
  await page.mouse.click(hdfs.x, hdfs.y);
  await page.locator(".right h2", { hasText: "HDFS" }).waitFor();
  await page.mouse.dblclick(hdfs.x, hdfs.y);
  await ready(page);
  const grown = await shown(page);
  assert.equal(grown.length, start.length + 12);
  assert.ok(start.every((name) => grown.includes(name)));
  const left = await page.evaluate(() => window.quipu.picture.more.get("c:hdfs"));
  assert.ok(left > 0);
  assert.equal(await text(page, ".right .actions button"), `+${left} more`);
  await picture(page, "expanded");
  await page.keyboard.press("u");
  await ready(page);
  assert.deepEqual(await shown(page), start);
}, { hash: "#show=Spark,12&at=Spark" });

on("what stood somewhere stays there when more is shown", async (page) => {
  const places = () => page.evaluate(() => Object.fromEntries([...window.quipu.picture.places].map(([id, { x, y }]) => [id, `${x} ${y}`])));
  const before = await places();
  await page.keyboard.press("Enter");
  await ready(page);
  const after = await places();
  assert.ok(Object.keys(after).length > Object.keys(before).length);
  for (const [id, place] of Object.entries(before)) assert.equal(after[id], place);
}, { hash: AROUND_FLUME });

on("collapse takes back what an expansion brought", async (page) => {
  const start = await shown(page);
  await page.evaluate(() => window.quipu.open("HDFS"));
  await ready(page);
  assert.ok((await shown(page)).length > start.length);
  await page.getByRole("button", { name: "Collapse" }).click();
  await ready(page);
  assert.deepEqual(await shown(page), start);
}, { hash: "#show=Flume,6&at=HDFS" });

on("hide takes a concept out, and the legend brings it back", async (page) => {
  await page.keyboard.press("h");
  await ready(page);
  assert.ok(!(await shown(page)).includes("Flume"));
  await page.keyboard.press("f");
  await page.locator(".chip", { hasText: "Flume" }).click();
  await ready(page);
  assert.ok((await shown(page)).includes("Flume"));
}, { hash: AROUND_FLUME });

on("dragging pins a concept where it is dropped, and the address keeps it", async (page) => {
  const from = await where(page, "HDFS");
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y - 50, { steps: 6 });
  await page.mouse.up();
  await ready(page);
  const to = await where(page, "HDFS");
  assert.ok(Math.abs(to.x - from.x - 60) < 6 && Math.abs(to.y - from.y + 50) < 6, JSON.stringify([from, to]));
  assert.match(page.url(), /pin=HDFS,/);
  await page.reload();
  await ready(page);
  const pins = await page.evaluate(() => window.quipu.store.state.pinned);
  const place = await page.evaluate(() => window.quipu.picture.places.get("c:hdfs"));
  assert.deepEqual(pins, [{ name: "HDFS", ...place }]);
}, { hash: AROUND_FLUME });

on("the pointer over a concept fades all but its neighbours", async (page) => {
  const [spark, near] = await page.evaluate(() => {
    const { visible } = window.quipu;
    const far = visible.nodes.find((node) => node.name !== "Kafka" && !visible.near.get("c:kafka").has(node.id));
    const near = visible.nodes.find((node) => node.name !== "Kafka" && visible.near.get("c:kafka").has(node.id));
    return [far.name, near.name];
  });
  const [far, kept] = [await where(page, spark), await where(page, near)];
  const [farBefore, nearBefore] = [await pixel(page, far), await pixel(page, kept)];
  const kafka = await where(page, "Kafka");
  await page.mouse.move(kafka.x - 3, kafka.y);
  await page.mouse.move(kafka.x, kafka.y);
  const light = (colour) => colour.reduce((sum, part) => sum + part, 0);
  await until(async () => light(await pixel(page, far)) > light(farBefore) + 150, "the far one is faded");
  assert.deepEqual(await pixel(page, kept), nearBefore);
  await picture(page, "hover");
}, { hash: "#show=Kafka,6&show=Kinesis,0&show=Parquet,0&show=YARN,0" });

on("the panel tells definition, other names, and relations by type with their quotes", async (page) => {
  const panel = page.getByRole("complementary", { name: "Details" });
  const told = await panel.innerText();
  for (const words of ["also ", "Simple Storage Service", "What it is", "feeds", "Named "]) assert.ok(told.includes(words), words);
  assert.ok((await panel.locator("section[data-type=FEEDS] q").count()) > 2);
  assert.match(await panel.locator("section[data-type=FEEDS] .place").first().innerText(), /^[\w./ -]+:\d+$/);
}, { hash: "#show=S3,6&at=S3" });

on("a place shows the note at that line with the words marked, and offers to open it", async (page) => {
  const feeds = page.locator("section[data-type=FEEDS]").first();
  const said = (await feeds.locator("q").first().innerText()).replace(/\s+/g, "");
  const [path, line] = (await feeds.locator(".place").first().innerText()).split(":");
  await feeds.locator(".place").first().click();
  const here = page.locator(".text .here");
  await here.waitFor();
  assert.equal(await here.getAttribute("data-line"), line);
  assert.equal((await page.locator(".text mark").allInnerTexts()).join("").replace(/\s+/g, ""), said);
  assert.ok(await here.isVisible());
  const editor = await page.getByRole("link", { name: "Open in VS Code" }).getAttribute("href");
  assert.equal(editor, `vscode://file${encodeURI(`${ROOT}/corpus/${path}`)}:${line}`);
  const vault = await page.getByRole("link", { name: "Open in Obsidian" }).getAttribute("href");
  assert.equal(vault, `obsidian://open?path=${encodeURIComponent(`${ROOT}/corpus/${path}`)}`);
  await picture(page, "note");
  await page.getByRole("button", { name: "Back" }).click();
  await page.locator(".right h2").filter({ hasText: /^Flume$/ }).waitFor();
  assert.equal(await text(page, ".right h2"), "Flume");
}, { hash: AROUND_FLUME });

on("a click on a line shows everything between the two", async (page) => {
  const middle = await between(page, "Flume", "HDFS");
  await page.mouse.move(middle.x - 2, middle.y);
  await page.mouse.click(middle.x, middle.y);
  await page.locator(".right h2", { hasText: " and " }).waitFor();
  const told = await text(page, ".right");
  assert.match(told, /Flume\s+feeds →\s+HDFS/);
  assert.match(told, /Storage: HDFS/);
  assert.match(page.url(), /between=/);
  await picture(page, "relation");
}, { hash: "#path=Flume,HDFS" });

on("path mode lists the best paths with a quote for each hop", async (page) => {
  await ready(page);
  await page.keyboard.press("c");
  assert.equal(await page.locator("#path-from").inputValue(), "Spark", "the selected concept is the start");
  await page.locator("#path-from").fill("flume");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await ready(page);
  await page.locator("#path-to").click();
  await page.locator("#path-to").pressSequentially("hive", { delay: 30 });
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Enter");
  await ready(page);
  const first = page.locator(".paths > li").first();
  assert.match(await first.innerText(), /Flume\s*›\s*HDFS\s*›\s*Hive/);
  assert.deepEqual(await first.locator("q").allInnerTexts(), ["Storage: HDFS", "MySQL --> Sqoop --> HDFS --> Hive"]);
  assert.equal(await page.locator(".paths > li").count(), 5);
  const [flume, hive] = [await where(page, "Flume"), await where(page, "Hive")];
  assert.ok(flume.x + 200 < hive.x, "the path runs from left to right");
  const beside = (await shown(page)).find((name) => !["Flume", "HDFS", "Hive"].includes(name));
  const other = await where(page, beside);
  const plain = await pixel(page, other);
  await first.hover();
  await until(async () => String(await pixel(page, other)) !== String(plain), "hovering a path fades the others");
  await picture(page, "paths");
}, { hash: "#show=Spark,12&at=Spark" });

on("a path straight from one end to the other is covered by no concept", async (page) => {
  const [from, to] = [await where(page, "Kafka"), await where(page, "Spark")];
  for (const name of (await shown(page)).filter((name) => !["Kafka", "Spark"].includes(name))) {
    const { y } = await where(page, name);
    assert.ok(Math.abs(y - from.y) > 30, `${name} stands on the line`);
  }
  assert.ok(Math.abs(from.y - to.y) < 2);
}, { hash: "#path=Kafka,Spark" });

on("an answer that is no picture says so and shows its rows", async (page) => {
  await page.getByText("Nothing in this answer can be drawn").waitFor();
  await page.getByRole("button", { name: "Show it as a table" }).click();
  assert.equal(await page.getByRole("columnheader").first().innerText(), "many");
  await page.locator("#ask-text").fill("MATCH p = (a {name: 'HDFS'})-[:FEEDS]->(b {name: 'Hive'}) RETURN p");
  await page.keyboard.press("Enter");
  await page.getByRole("cell", { name: "HDFS —FEEDS→ Hive" }).waitFor();
  await page.locator("#ask-text").fill("MATCH (n:Storage {name: 'none'}) RETURN n");
  await page.keyboard.press("Enter");
  await page.getByRole("tab", { name: "Graph" }).click();
  await page.getByText("The answer is empty").waitFor();
}, { hash: "#ask=MATCH%20(n%3AStorage)%20RETURN%20count(*)%20AS%20many" });

on("what is typed into a panel outlasts that the panel is drawn anew", async (page) => {
  await page.keyboard.press("c");
  await page.locator("#path-to").click();
  await page.keyboard.type("hie");
  await page.keyboard.press("ArrowLeft");
  await page.evaluate(() => window.quipu.frame.panels());
  await page.keyboard.type("v");
  assert.equal(await page.locator("#path-to").inputValue(), "hive");
}, { hash: "#show=Spark,12&at=Spark" });

on("Enter takes what is typed, however late its completions come", async (page) => {
  await page.keyboard.press("/");
  await page.keyboard.type("s");
  await page.getByRole("option").first().waitFor();
  await page.route("**/api/complete*", async (route) => {
    await new Promise((late) => setTimeout(late, 400));
    await route.continue();
  });
  await page.keyboard.type("qoop");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Sqoop", exact: true }).waitFor();
  await page.unroute("**/api/complete*");
});

on("the legend is the filter: kinds and relations go and come", async (page) => {
  await page.keyboard.press("f");
  const before = await shown(page);
  const kind = page.locator("[data-filter=kinds] .toggle[data-value=Messaging]");
  await kind.click();
  await ready(page);
  assert.equal(await kind.getAttribute("aria-pressed"), "false");
  assert.ok(before.includes("Kafka") && !(await shown(page)).includes("Kafka"));
  assert.match(page.url(), /kinds=Messaging/);
  await page.getByRole("button", { name: "Show all" }).click();
  await ready(page);
  assert.deepEqual(await shown(page), before);
  await page.locator("[data-filter=types] .toggle[data-value=RELATED_TO]").click();
  await ready(page);
  const types = await page.evaluate(() => window.quipu.visible.pairs.flatMap((pair) => pair.relations.map((edge) => edge.type)));
  assert.ok(types.length > 5 && !types.includes("RELATED_TO"));
  await picture(page, "filter");
}, { hash: "#show=Spark,40" });

on("folders, tags and confidence leave only what their notes say", async (page) => {
  await page.keyboard.press("f");
  await page.locator("[data-filter=folders] .chip[data-value=projects]").click();
  await ready(page);
  const folders = await page.evaluate(() => window.quipu.visible.pairs.flatMap((pair) => pair.relations.map((edge) => edge.notes.map((note) => note.folder))));
  assert.ok(folders.length > 3 && folders.every((folders) => folders.includes("projects")));
  await page.locator("[data-filter=folders] .chip[data-value=projects]").click();
  const tag = page.locator("[data-filter=tags] .chip").first();
  const name = await tag.getAttribute("data-value");
  await tag.click();
  await ready(page);
  const tags = await page.evaluate(() => window.quipu.visible.pairs.flatMap((pair) => pair.relations.map((edge) => edge.notes.flatMap((note) => note.tags))));
  assert.ok(tags.length > 0 && tags.every((tags) => tags.includes(name)));
  await tag.click();
  await page.locator("#filter-confidence").focus();
  for (let press = 0; press < 18; press++) await page.keyboard.press("ArrowRight");
  await ready(page);
  const least = await page.evaluate(() => Math.min(...window.quipu.visible.pairs.flatMap((pair) => pair.relations.map((edge) => edge.confidence))));
  assert.ok(least >= 900, String(least));
}, { hash: "#show=Spark,40" });

on("hubs can be faded", async (page) => {
  const spark = await where(page, "Spark");
  const before = await pixel(page, spark);
  await page.evaluate(() => window.quipu.store.filter({ hubs: 20 }));
  await ready(page);
  assert.notDeepEqual(await pixel(page, await where(page, "Spark")), before);
}, { hash: "#show=Flume,8&show=Spark,0" });

on("a question is answered as graph, table and JSON, and shows its Cypher", async (page) => {
  await page.keyboard.press("a");
  await page.keyboard.type("what feeds Redshift");
  await page.keyboard.press("Enter");
  await ready(page);
  assert.deepEqual(await shown(page), ["Aurora", "EMR", "Kinesis Data Firehose", "Redshift", "S3", "Spark"]);
  assert.match(await text(page, ".left pre"), /^MATCH /);
  await picture(page, "question");
  await page.getByRole("tab", { name: "Table" }).click();
  const table = page.getByRole("table").first();
  assert.ok((await table.innerText()).includes("Kinesis Data Firehose"));
  await picture(page, "question-table");
  await page.getByRole("tab", { name: "JSON" }).click();
  const json = JSON.parse(await text(page, "pre.json"));
  assert.equal(json.kind, "question");
});

on("Cypher is completed and answered, and unknown labels and errors are told", async (page) => {
  await page.keyboard.press("a");
  await page.keyboard.type("MATCH (a:Ware");
  await page.locator(".asking [role=option]", { hasText: "Warehouse" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type(")<-[r:FEE");
  await page.locator(".asking [role=option]", { hasText: "FEEDS" }).waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.type("]-(b) RETURN a, r, b");
  assert.equal(await page.locator("#ask-text").inputValue(), "MATCH (a:Warehouse)<-[r:FEEDS]-(b) RETURN a, r, b");
  await page.keyboard.press("Enter");
  await ready(page);
  assert.ok((await shown(page)).includes("Redshift"));
  await picture(page, "cypher");
  await page.locator("#ask-text").fill("MATCH (a:Warehose) RETURN a");
  await page.getByText("No node has the label Warehose.").waitFor();
  await page.locator("#ask-text").fill("MATCH (a RETURN a");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").waitFor();
  assert.ok((await text(page, "[role=alert]")).length > 10);
});

on("the map shows the whole graph at the places the index gives", async (page) => {
  await page.keyboard.press("m");
  await ready(page);
  const count = (await shown(page)).length;
  assert.ok(count > 300, String(count));
  const places = await page.evaluate(() => [...window.quipu.picture.nodes.values()].every((node) => window.quipu.picture.places.get(node.id).x === node.x));
  assert.ok(places);
  await picture(page, "map-light");
  await page.keyboard.press("m");
  await ready(page);
  assert.ok((await shown(page)).length <= 13);
});

on("the address holds the view: another browser shows the same at the same places", async (page) => {
  await page.evaluate(() => window.quipu.open("HDFS"));
  await ready(page);
  await page.evaluate(() => window.quipu.store.filter({ types: ["RELATED_TO"], confidence: 50 }));
  await ready(page);
  const state = (page) => page.evaluate(() => JSON.stringify([window.quipu.store.state, [...window.quipu.picture.places], window.quipu.visible.pairs.map((pair) => pair.id)]));
  const other = await open(browser, page.url());
  assert.equal(await state(other), await state(page));
  assert.equal(await text(other, ".right h2"), await text(page, ".right h2"));
  await other.context().close();
}, { hash: AROUND_FLUME });

on("keys: help, table, moving, zooming, escape", async (page) => {
  await page.keyboard.press("?");
  assert.ok(await page.getByRole("dialog", { name: "Keys" }).isVisible());
  await picture(page, "help");
  await page.keyboard.press("Escape");
  assert.ok(!(await page.getByRole("dialog", { name: "Keys" }).isVisible()));
  const camera = () => page.evaluate(() => window.quipu.frame.stage.camera.getState());
  const before = await camera();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  const moved = await camera();
  assert.ok(moved.x > before.x && moved.y < before.y);
  await page.keyboard.press("+");
  await page.waitForFunction((ratio) => window.quipu.frame.stage.camera.getState().ratio < ratio, before.ratio);
  await page.keyboard.press("Escape");
  await page.locator(".right").waitFor({ state: "hidden" });
  assert.doesNotMatch(page.url(), /at=/);
}, { hash: AROUND_FLUME });

on("the table tells the same to a screen reader", async (page) => {
  await page.keyboard.press("t");
  const [concepts, relations] = [page.getByRole("table").nth(0), page.getByRole("table").nth(1)];
  assert.equal(await concepts.getByRole("row").count(), (await shown(page)).length + 1);
  assert.ok(await relations.getByRole("columnheader", { name: "Confidence" }).isVisible());
  await picture(page, "table");
  await concepts.getByRole("button", { name: "HDFS" }).click();
  await page.locator(".right h2").filter({ hasText: /^HDFS$/ }).waitFor();
  assert.equal(await text(page, ".right h2"), "HDFS");
  assert.match(await page.locator(".canvas").getAttribute("aria-label"), /^A graph: \d+ concepts/);
}, { hash: AROUND_FLUME });

on("the view is saved as PNG, SVG, DOT, Mermaid and Cypher", async (page) => {
  const { readFileSync } = await import("node:fs");
  const save = async (name) => {
    await page.getByRole("button", { name: "Save" }).click();
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
    return readFileSync(await download.path());
  };
  const png = await save("PNG picture");
  assert.deepEqual([...png.subarray(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  assert.ok(png.length > 10_000);
  const svg = String(await save("SVG picture"));
  const names = await page.evaluate((svg) => [...new DOMParser().parseFromString(svg, "image/svg+xml").querySelectorAll("text")].map((text) => text.textContent), svg);
  assert.ok(names.includes("Flume") && names.includes("feeds"));
  assert.match(String(await save("Graphviz DOT")), /n\d+ \[label="Flume", fillcolor="#fde0b8"/);
  assert.match(String(await save("Mermaid")), /^flowchart LR\n  n1\["/);
  const cypher = String(await save("Cypher"));
  const count = (await shown(page)).length;
  const made = quipu(index, "query", "--scratch", "--format", "csv", cypher.trim().replace(/;$/, " RETURN 1 AS made"));
  assert.match(made, /made\s+1/);
  assert.equal(cypher.match(/\{name: /g).length, count);
}, { hash: AROUND_FLUME });

on("dark where the system is dark, and by the button", async (page) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.equal(await ground(), "rgb(20, 22, 26)");
  await picture(page, "start-dark");
  await page.getByRole("button", { name: "Light or dark" }).click();
  assert.equal(await ground(), "rgb(251, 250, 247)");
}, { options: { colorScheme: "dark" } });

on("a narrow window shows all, with panels from below", async (page) => {
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.equal(await overflow(), 0);
  const panel = await page.locator(".right").boundingBox();
  assert.ok(panel.width > 380 && panel.y > 300, JSON.stringify(panel));
  await until(async () => (await where(page, "Spark")).y < panel.y, "the selected concept is not covered");
  await picture(page, "narrow-light");
  await page.getByRole("button", { name: "Filter" }).click();
  await picture(page, "narrow-filter");
  assert.equal(await overflow(), 0);
}, { options: { viewport: NARROW, hasTouch: true } });

on("names stand apart and inside a narrow window", async (page) => {
  const { readFileSync } = await import("node:fs");
  await page.getByRole("button", { name: "Save" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "SVG picture", exact: true }).click()]);
  const names = await page.evaluate((svg) => {
    const root = document.body.appendChild(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement);
    return [...root.querySelectorAll("text[font-size='13']")].map((mark) => {
      const { x, y, width, height } = mark.getBBox();
      return { text: mark.textContent, left: x, right: x + width, top: y + height * 0.2, bottom: y + height * 0.8 };
    });
  }, readFileSync(await download.path(), "utf8"));
  const meet = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  assert.ok(names.length > 7, `${names.length} names`);
  for (const name of names) {
    assert.ok(name.left > 0 && name.right < NARROW.width + 8, JSON.stringify(name));
    for (const other of names) assert.ok(name === other || !meet(name, other), `${name.text} meets ${other.text}`);
  }
}, { hash: "#show=S3,12&at=S3", options: { viewport: NARROW } });

on("narrow and dark", async (page) => picture(page, "narrow-dark"), { options: { viewport: NARROW, colorScheme: "dark" }, hash: "#path=Flume,Hive" });
