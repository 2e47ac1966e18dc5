import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import oxlint from "../oxlint.config.ts";

// A gate that cannot go red guards nothing: here each of them is shown something that it must refuse, and, so that
// it is known to be refused for that reason, the same project without it.

const root = fileURLToPath(new URL("..", import.meta.url));
let project: string;

beforeEach(() => {
  project = mkdtempSync(path.join(tmpdir(), "galops-gate-"));
  symlinkSync(path.join(root, "node_modules"), path.join(project, "node_modules"));
  for (const file of ["oxlint.config.ts", ".oxfmtrc.json", "tsconfig.json"]) {
    cpSync(path.join(root, file), path.join(project, file));
  }
  write("package.json", '{ "name": "gate", "version": "1.0.0", "type": "module", "license": "MIT" }\n');
  write("src/http/lane.ts", 'export type Lane = "directory";\n');
  write("src/model/person.ts", "export const people: readonly string[] = [];\n");
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

function write(file: string, text: string): void {
  const target = path.join(project, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}

function run(tool: string, ...args: string[]): { status: number | null; output: string } {
  const result = spawnSync(path.join(root, "node_modules/.bin", tool), args, {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, PATH: `${root}/node_modules/.bin:${process.env["PATH"]}`, NO_COLOR: "1" },
  });
  return { status: result.status, output: result.stdout + result.stderr };
}

test("format refuses a file that is not formatted", () => {
  expect(run("oxfmt", "--check", "src").status).toBe(0);
  write("src/model/person.ts", "export const people   = [ ]\n");
  expect(run("oxfmt", "--check", "src").status).not.toBe(0);
});

test("lint refuses an import against the direction of the layers", () => {
  expect(run("oxlint", "--deny-warnings", "src").status).toBe(0);
  write(
    "src/plan/diff.ts",
    'import type { Lane } from "../http/lane.ts";\n\nexport const lane: Lane = "directory";\n',
  );
  const refused = run("oxlint", "--deny-warnings", "src");
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain("src/plan may import from");
});

test("lint refuses an import against the direction of the folders of the command line", () => {
  write("src/cli/output/ui.ts", 'export const format: string = "text";\n');
  write(
    "src/cli/run/carry-out.ts",
    'import { format } from "../output/ui.ts";\n\nexport const shown: string = format;\n',
  );
  expect(run("oxlint", "--deny-warnings", "src").status).toBe(0);
  write("src/cli/program.ts", 'export const name: string = "galops";\n');
  for (const [folder, upwards] of [
    ["plans", "../output/ui.ts"],
    ["commands", "../program.ts"],
  ] as const) {
    write(`src/cli/${folder}/upwards.ts`, `import * as up from "${upwards}";\n\nexport const all = up;\n`);
    const refused = run("oxlint", "--deny-warnings", "src");
    expect(refused.status).not.toBe(0);
    expect(refused.output).toContain(`src/cli/${folder} may import from`);
  }
});

test("lint refuses a package outside its home folder, and node: modules in pure folders", () => {
  write(
    "src/plan/files.ts",
    'import { readFileSync } from "node:fs";\n\nexport const text = readFileSync("x", "utf8");\n',
  );
  write("src/render/load.ts", 'import { parse } from "yaml";\n\nexport const value: unknown = parse("1");\n');
  const refused = run("oxlint", "--deny-warnings", "src");
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain("src/plan may use");
  expect(refused.output).toContain("src/render may use");
});

test("lint has a row for every folder of the sources, and so has the page about them", () => {
  const folders = [
    ...readdirSync(path.join(root, "src")).filter((folder) => folder !== "cli"),
    ...readdirSync(path.join(root, "src/cli"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `cli/${entry.name}`),
  ];
  const rooms = ["sandbox", "targets/mailbox-contacts"].flatMap((house) =>
    readdirSync(path.join(root, "src", house), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => ({ house, name })),
  );
  const page = readFileSync(path.join(root, "docs/decisions/0001-shape-of-the-code.md"), "utf8");
  const linted = (oxlint.overrides ?? []).flatMap(({ files }) => files);
  expect(folders.filter((folder) => !linted.includes(`src/${folder}/**/*.ts`))).toEqual([]);
  expect(rooms.filter(({ house, name }) => !linted.includes(`src/${house}/${name}/**/*.ts`))).toEqual([]);
  expect(rooms.filter(({ name }) => !page.includes(`| \`${name}/\``))).toEqual([]);
  expect(folders.filter((folder) => !page.includes(`| \`${folder}/\``))).toEqual([]);
});

test("lint knows types: a promise that nobody waits for is refused", () => {
  write(
    "src/model/wait.ts",
    "async function later(): Promise<void> {}\n\nexport function go(): void {\n  later();\n}\n",
  );
  const refused = run("oxlint", "--deny-warnings", "src");
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain("no-floating-promises");
});

test("types refuses what does not fit", () => {
  expect(run("tsc", "--noEmit").status).toBe(0);
  write("src/model/person.ts", "export const people: readonly string[] = [1];\n");
  expect(run("tsc", "--noEmit").status).not.toBe(0);
});

test("unused code refuses an export that nobody imports", () => {
  write(
    "knip.json",
    '{ "entry": ["src/main.ts"], "project": ["src/**/*.ts"], "ignoreDependencies": ["oxlint"] }\n',
  );
  write("oxlint.config.ts", "export {};\n");
  write(
    "src/main.ts",
    'import "./http/lane.ts";\nimport { people } from "./model/person.ts";\n\npeople.at(0);\n',
  );
  write("src/http/lane.ts", "");
  expect(run("knip").status).toBe(0);
  write("src/model/person.ts", "export const people: readonly string[] = [];\nexport const nobody = 1;\n");
  const refused = run("knip");
  expect(refused.status).not.toBe(0);
  expect(refused.output).toContain("nobody");
});

test("tests refuse a failing test", () => {
  write("vitest.config.ts", 'export default { test: { include: ["*.test.ts"] } };\n');
  write(
    "sum.test.ts",
    'import { expect, test } from "vitest";\n\ntest("sums", () => expect(1 + 1).toBe(2));\n',
  );
  expect(run("vitest", "run").status).toBe(0);
  write(
    "sum.test.ts",
    'import { expect, test } from "vitest";\n\ntest("sums", () => expect(1 + 1).toBe(3));\n',
  );
  expect(run("vitest", "run").status).not.toBe(0);
});

test("the package check refuses a command that is not in the package", () => {
  write(
    "package.json",
    '{ "name": "gate", "version": "1.0.0", "type": "module", "license": "MIT", "exports": { "./package.json": "./package.json" } }\n',
  );
  expect(run("publint", "--strict").status).toBe(0);
  write(
    "package.json",
    '{ "name": "gate", "version": "1.0.0", "type": "module", "license": "MIT", "bin": { "gate": "dist/none.js" } }\n',
  );
  expect(run("publint", "--strict").status).not.toBe(0);
});
