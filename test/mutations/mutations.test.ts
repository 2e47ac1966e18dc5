import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mutations } from "./mutations.ts";

// Tests that let a bug through guard nothing: here each bug is made in a copy of the project, and its tests must go red.

const root = fileURLToPath(new URL("../..", import.meta.url));
let project: string;

beforeAll(() => {
  project = mkdtempSync(path.join(tmpdir(), "galops-mutation-"));
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
  for (const part of [
    "src",
    "test",
    "schemas",
    "examples",
    "scripts",
    "package.json",
    "tsconfig.json",
    "vitest.config.ts",
  ]) {
    cpSync(path.join(root, part), path.join(project, part), { recursive: true });
  }
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

async function vitest(
  tests: readonly string[],
): Promise<{ readonly status: number | null; readonly output: string }> {
  const args = ["run", "--bail", "1", ...tests];
  const child = spawn(path.join(root, "node_modules/.bin/vitest"), args, { cwd: project });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += String(data)));
  const status = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { status, output };
}

test("without a bug tests are green in the copy", { timeout: 120_000 }, async () => {
  const { status, output } = await vitest(["test/plan/limits.test.ts", "test/plan/laws.test.ts"]);
  expect(output).toContain("Test Files");
  expect(status).toBe(0);
});

for (const { bug, file, find, replace, tests } of mutations) {
  test(`it is noticed when ${bug}`, { timeout: 120_000 }, async () => {
    const target = path.join(project, file);
    const text = readFileSync(target, "utf8");
    expect(text.split(find), `what is to be replaced stands once in ${file}`).toHaveLength(2);
    writeFileSync(target, text.replace(find, replace));
    try {
      const { status, output } = await vitest(tests);
      expect(output).toMatch(/Tests .*failed|AssertionError|FAIL/);
      expect(status).not.toBe(0);
    } finally {
      writeFileSync(target, text);
    }
  });
}
