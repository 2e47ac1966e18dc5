/** Compiles src/ to dist/ from scratch, so that nothing of an earlier build gets into the package. */
import { spawnSync } from "node:child_process";
import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import ajvStandalone from "ajv/dist/standalone/index.js";
import { compileSchema } from "../src/config/compile-schema.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
rmSync(`${root}/dist`, { recursive: true, force: true });
const compiled = spawnSync("tsc", ["-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);
chmodSync(`${root}/dist/cli/bin.js`, 0o755);

// What src/config/validator.ts compiles at each start, compiled once.
const { ajv, validate } = compileSchema();
const code = ajvStandalone.default(ajv, validate);
// ajv writes an ECMAScript module that requires its helpers all the same.
const withRequire = `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${code}`;
writeFileSync(`${root}/dist/config/validator.js`, withRequire);
