/**
 * Bundles src/ and the packages that it uses into dist/, from scratch, so that nothing of an earlier build gets into
 * the package. Why: docs/decisions/0010-one-bundle.md.
 */
import { chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ajvStandalone from "ajv/dist/standalone/index.js";
import { rolldown } from "rolldown";
import type { Plugin } from "rolldown";
import { compileSchema } from "../src/config/compile-schema.ts";
import { noticesOf } from "./notices.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = `${root}dist`;

/** What src/config/validator.ts compiles at each start, compiled once. */
const compiledValidator: Plugin = {
  name: "compiled-validator",
  load(id) {
    if (id !== `${root}src/config/validator.ts`) return null;
    const { ajv, validate } = compileSchema();
    return { code: ajvStandalone.default(ajv, validate), moduleType: "js" };
  },
};

/**
 * `node:http` as `require` gives it. An `import` of it reads all that it exports, and some of that (`WebSocket`) makes
 * Node load the whole of its own fetch, which takes as long as Node's start.
 */
const plainHttp: Plugin = {
  name: "plain-http",
  resolveId: (id) => (id === "http" || id === "node:http" ? "\0http" : null),
  load: (id) => (id === "\0http" ? `module.exports = process.getBuiltinModule("node:http");` : null),
};

/**
 * Signs tokens, which msal does for a certificate only: half of what signing in takes to load goes to it. In place of
 * the module stands one that loads it when it signs.
 */
const lateTokens: Plugin = {
  name: "late-tokens",
  resolveId: (id, importer) =>
    id === "jsonwebtoken" && importer?.includes("/msal-node/") === true ? "\0late-tokens" : null,
  load: (id) =>
    id === "\0late-tokens" ? `exports.sign = (...given) => require("jsonwebtoken").sign(...given);` : null,
};

/**
 * No request has a form for its body. The library for signing in asks of each whether it has, and Node loads all of
 * its own fetch to answer.
 */
const withoutForms = { FormData: "undefined" };

rmSync(dist, { recursive: true, force: true });
const build = await rolldown({
  cwd: root,
  input: { "cli/bin": "src/cli/bin.ts" },
  platform: "node",
  // The Graph client is there as modules, too, of which the half that nobody uses (uploads, pages, batches) stays out.
  resolve: { mainFields: ["module", "main"] },
  treeshake: { moduleSideEffects: [{ test: /[\\/]microsoft-graph-client[\\/]/, sideEffects: false }] },
  // It requires its languages by names that only a run knows.
  external: ["i18n-iso-countries"],
  plugins: [compiledValidator, plainHttp, lateTokens],
  transform: { define: withoutForms },
});
const { output } = await build.write({
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name].js",
});
await build.close();
chmodSync(`${dist}/cli/bin.js`, 0o755);

const { engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8")) as { engines: { node: string } };
const entry = output.find((chunk) => chunk.type === "chunk" && chunk.isEntry);
// An old Node must get as far as the line that says that it is old.
if (entry?.type !== "chunk" || entry.imports.length > 0)
  throw new Error(`bin.js must import nothing (${engines.node}).`);
const modules = output.flatMap((chunk) => (chunk.type === "chunk" ? Object.keys(chunk.modules) : []));
writeFileSync(`${dist}/NOTICES.txt`, noticesOf(modules));
