// Makes the pictures of the README: docs/explorer.png, the page over corpus/, and docs/flows.svg, a DOT rendering.
// Needs a built quipu, Chromium and Graphviz: `node docs/pictures.mjs`, after `npm ci` in web/.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ingested, launch, open, quipu, ROOT, serve, SKIP, WIDE } from "../web/test/harness.mjs";

const FLOWS = `MATCH p = (a)-[r:FEEDS|TRIGGERS]->(b) WHERE r.confidence >= 900
    AND any(place IN r.evidence WHERE place STARTS WITH 'projects/') RETURN p`;

if (SKIP) process.exit(1);
const index = ingested(join(ROOT, "corpus"));
writeFileSync(join(ROOT, "docs/flows.svg"), quipu(index, "export", "svg", "--query", FLOWS));

const [browser, server] = [await launch(), await serve(index)];
const page = await open(browser, `${server.url}#show=Spark,12&at=Spark&types=RELATED_TO`, { viewport: WIDE });
await page.screenshot({ path: join(ROOT, "docs/explorer.png") });
await browser.close();
server.stop();
