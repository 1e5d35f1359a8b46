// Builds `dist/`: the page that `quipu serve` serves (index.html, explorer.js, explorer.css), and export.html, which
// `quipu export html` fills with script, style and data to one file. The names are fixed and nothing depends on time
// or place, so the same sources give the same bytes.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** Writes both pages round the one script and the one style sheet. */
function pages(): Plugin {
  return {
    name: "pages",
    enforce: "post",
    generateBundle(_options, bundle) {
      const script = bundle["explorer.js"];
      const style = bundle["explorer.css"];
      if (script?.type !== "chunk" || style?.type !== "asset") throw new Error("the bundle has other files than expected");
      script.code = script.code.trim();
      style.source = String(style.source).trim();
      const page = readFileSync("index.html", "utf8");
      const emit = (fileName: string, source: string) => this.emitFile({ type: "asset", fileName, source });
      emit("index.html", served(page));
      emit("export.html", alone(page, script.code, style.source));
    },
  };
}

function served(page: string): string {
  return filled(page, {
    style: '<link rel="stylesheet" href="explorer.css">',
    data: "",
    script: '<script src="explorer.js"></script>',
  });
}

/** One file that may ask no network for anything and runs no script but its own. */
function alone(page: string, script: string, style: string): string {
  if (/<\/script|<!--/i.test(script) || /<\/style/i.test(style)) throw new Error("the bundle cannot stand inside a page");
  const hash = (text: string) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
  const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  return filled(page, {
    style: `<meta http-equiv="Content-Security-Policy" content="${policy}">\n    <style><!--style--></style>`,
    data: '<script id="data" type="application/json"><!--data--></script>',
    script: "<script><!--script--></script>",
  });
}

function filled(page: string, parts: { [name: string]: string }): string {
  return page.replace(/<!--(style|data|script)-->/g, (_, name: string) => parts[name] ?? "").replace(/^\s*\n/gm, "");
}

export default defineConfig({
  base: "./",
  plugins: [pages()],
  build: {
    target: "es2022",
    modulePreload: false,
    cssCodeSplit: false,
    emptyOutDir: true,
    reportCompressedSize: false,
    rolldownOptions: {
      input: "src/main.ts",
      output: {
        format: "iife",
        entryFileNames: "explorer.js",
        assetFileNames: "explorer.[ext]",
      },
    },
  },
});
