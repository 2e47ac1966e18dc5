import { Alias, isMap, isScalar, parseDocument } from "yaml";
import type { Scalar } from "yaml";
import { expect, test, vi } from "vitest";
import { excerptOf, findAt, parseFile } from "../../src/config/config-file.ts";
import { valueOffsets } from "../../src/config/expression-offsets.ts";
import { withExcerpts } from "../../src/config/place-excerpt.ts";
import { resolveTenant } from "../../src/config/resolve-tenant.ts";
import { foldersDiffer } from "../../src/config/rules/folders.ts";
import { setAside, unreadable } from "../../src/config/unreadable.ts";
import { readWritten } from "../../src/config/written.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";
import { checkYaml } from "../../src/config/yaml-problems.ts";
import { config, configFolder, owner, tenantId } from "./world.ts";
import { workOf } from "./work.ts";

// Whoever opens a pull request may bring any file of up to 1 MiB, and `validate` reads it before anybody else has.

const word = "x".repeat(20_000);

test.for([
  ["a long word", `a: ${word}`],
  ["a long word that sounds like secrets", `a: ${"token".repeat(300)}`],
  ["many keys", `{ ${"token: a, ".repeat(2_000)} }`],
  ["many references that are not closed", `{ ${"token: '${env:a', ".repeat(1_000)} }`],
] as const)("no excerpt goes over a line of %s more than once", ([, text]) => {
  const file = parseFile("galops.yaml", `b: 1\n${text}\n`);
  const first = workOf(() => excerptOf(file, 6));
  expect(first.longest).toBeLessThan(1_100);
  expect(first.matched).toBeLessThan(5 * text.length);
  expect(workOf(() => excerptOf(file, 3)).calls + workOf(() => excerptOf(file, 6)).calls).toBe(0);
});

test("a tag is looked for in the word before its value, and a bracket is none of it", () => {
  const file = parseFile("galops.yaml", `# ${word}\na: [!x b, !y &z c, &z !y d]\n`);
  let found: readonly unknown[] = [];
  expect(workOf(() => (found = checkYaml(file).problems)).longest).toBeLessThan(1_100);
  expect(found).toMatchObject(
    [5, 11, 23].map((column) => ({ code: "yaml-tag", place: { line: 2, column } })),
  );
});

test("of errors of syntax as many are looked at as anybody reads", () => {
  const file = parseFile("galops.yaml", `a: ${'"'.repeat(30_000)}`);
  expect(file.document.errors.length).toBeGreaterThan(10_000);
  const { calls, longest } = workOf(() => checkYaml(file));
  expect(longest).toBeLessThan(1_100);
  expect(calls).toBeLessThan(10_000);
});

test("for what closes an expression not all of the braces around it are gone through", () => {
  const file = parseFile(
    "galops.yaml",
    `x: { ${Array.from({ length: 100 }, (_, at) => `k${at}: f(x's`).join(", ")} }`,
  );
  // The apostrophes are what asks a regular expression.
  expect(workOf(() => checkYaml(file)).calls).toBeLessThan(40_000);
});

test("a reference ends at the next brace", async () => {
  using folder = configFolder();
  const text = config({ tenant: '{ sandbox: "${env:a${env:A}" }' });
  const { diagnostics } = await folder.load(text, { env: { A: "t.json" } });
  expect(diagnostics).toMatchObject([{ code: "malformed-reference" }]);
});

test("slashes behind an endpoint are no matter for a regular expression", () => {
  const slashes = "/".repeat(5_000);
  const written = {
    tenantId,
    auth: { method: "azure-cli" as const },
    endpoints: { graph: `https://localhost:8443${slashes}` },
  };
  const world = {
    folder: "/",
    env: {},
    place: { file: "galops.yaml", line: 1, column: 1 },
    secrets: "needed" as const,
    isUnknown: () => false,
    asWritten: (path: readonly unknown[]) => (path.at(-1) === "graph" ? `\${env:A}${slashes}x` : null),
    report: () => {
      throw new Error("nothing is wrong");
    },
  };
  let resolved: ReturnType<typeof resolveTenant> | null = null;
  const { longest } = workOf(() => (resolved = resolveTenant("t", written, world)));
  expect(resolved).toMatchObject({ tenant: { endpoints: { graph: "https://localhost:8443" } } });
  expect(longest).toBeLessThan(1_100);
});

function scalarIn(text: string): Scalar {
  const { contents } = parseDocument(text);
  const value: unknown = isMap(contents) ? contents.items[0]?.value : null;
  if (!isScalar(value)) throw new Error("It is no scalar.");
  return value;
}

test.for([
  ["blanks in plain text", `a: b${" ".repeat(5_000)}c\n`, 50],
  ["blanks in quotes", `a: "b${" ".repeat(5_000)}c"\n`, 50],
  ["blanks that belong to the value", `a: >1\n ${" ".repeat(200)}b\n${" c\n".repeat(200)}`, 2_000],
  ["empty lines", `a: |\n  b\n${"\n".repeat(1_000)}  c\n`, 5_000],
] as const)("the places of an expression of many %s are found at once", ([, text, most]) => {
  const scalar = scalarIn(text);
  let offsets: readonly number[] = [];
  const { calls, matched } = workOf(() => (offsets = valueOffsets(text, scalar)));
  expect(calls).toBeLessThan(most);
  expect(matched).toBeLessThan(10 * text.length);
  const last = String(scalar.value).trimEnd().length - 1;
  expect(text[offsets[last] ?? 0]).toBe("c");
});

test("keys and anchors are looked for once, however many places are asked for", () => {
  const names = Array.from({ length: 300 }, (_, at) => `s${at}`);
  const text = `x: &all\n${names.map((name) => `  ${name}: { a: 1 }\n`).join("")}syncs: *all\n`;
  const file = parseFile("galops.yaml", text);
  let looked = 0;
  const { contents } = file.document;
  const all: unknown = isMap(contents) ? contents.items[0]?.value : null;
  for (const pair of isMap(all) ? all.items : []) {
    const { key } = pair;
    Object.defineProperty(pair, "key", { get: () => (looked++, key) });
  }
  for (const name of names) expect(findAt(file, ["syncs", name, "a"])).not.toBeNull();
  expect(looked).toBeLessThan(20 * names.length);
});

test("what stands twice is taken out at once, and no alias has the document gone through for it", () => {
  const splice = vi.spyOn(Array.prototype, "splice");
  const resolve = vi.spyOn(Alias.prototype, "resolve");
  const twice = "k: 1\n".repeat(500);
  const aliases = Array.from({ length: 100 }, (_, at) => `a${at}: *b\n`).join("");
  const file = parseFile("galops.yaml", `b: &b { c: 1 }\n${twice}${aliases}d: *e\n`);
  try {
    const { lost } = checkYaml(file);
    splice.mockClear();
    setAside(file, lost ?? new Set());
    expect(findAt(file, ["a99", "c"])).not.toBeNull();
    expect(findAt(file, ["d"])?.value).toMatchObject({ value: unreadable });
    expect([splice.mock.calls.length, resolve.mock.calls.length]).toEqual([0, 0]);
  } finally {
    splice.mockRestore();
    resolve.mockRestore();
  }
  const { contents } = file.document;
  expect(isMap(contents) ? contents.items.length : 0).toBe(103);
});

test("which syncs share a folder is found without comparing each with each", async () => {
  using folder = configFolder();
  const syncs = Array.from({ length: 200 }, (_, at) => {
    const to = `{ kind: mailbox-contacts, tenant: practice, folder: F${at % 50}, mailboxes: { users: [u${at}@c.com, u${at + 50}@c.com] } }`;
    return `  s${at}: { owner: ${owner.slice(0, -3)}${100 + at}, from: [staff], to: ${to} }\n`;
  });
  const text = `${config({}).split("syncs:")[0]}syncs:\n${syncs.join("")}`;
  const { config: loaded, diagnostics } = await folder.load(text);
  const { written } = readWritten([{ name: "galops.yaml", text }]);
  if (loaded === null || written === null) throw new Error(JSON.stringify(diagnostics));
  let looked = 0;
  for (const sync of loaded.syncs) {
    const { to } = sync;
    Object.defineProperty(sync, "to", { get: () => (looked++, to) });
  }
  const shared = foldersDiffer(loaded, written);
  expect(shared.map(({ detail }) => /The sync (s\d+) /.exec(detail)?.[1])).toEqual(
    Array.from({ length: 150 }, (_, at) => `s${at}`),
  );
  expect(looked).toBeLessThan(10 * syncs.length);
});

test("names that are not known are told without all that are, and a hundred of them", async () => {
  using folder = configFolder();
  const names = Array.from({ length: 300 }, (_, at) => `source-${at}`);
  const sources = names.map((name) => `  ${name}: { kind: users, tenant: elsewhere }\n`).join("");
  const text = config({})
    .replace("syncs:", `${sources}syncs:`)
    .replace("[staff]", `[${names.map((name) => `${name}-x-y-z-z-z-z-z`).join()}]`);
  const { diagnostics } = await folder.load(text);
  for (const code of ["unknown-tenant", "unknown-source"]) {
    const found = diagnostics.filter((one) => one.code === code);
    expect(found).toHaveLength(100);
    expect(Math.max(...found.map(({ detail }) => detail.length))).toBeLessThan(500);
  }
});

test("what is said of a key is short, however long it is", async () => {
  using folder = configFolder();
  const { diagnostics } = await folder.load(`${config({})}? ${word}\n: { a: 1 }\n`);
  const unknown = diagnostics.filter(({ code }) => code === "unknown-key");
  expect(unknown).toHaveLength(1);
  expect(unknown[0]?.detail.length).toBeLessThan(1_000);
});

test("a file is read once for the lines of all its problems", () => {
  using folder = configFolder();
  folder.write("people.csv", "id,mail\n1,x\n");
  const problem = (line: number): Diagnostic => ({
    severity: "error",
    code: "csv-mail-invalid",
    summary: "A mail address is invalid",
    detail: "It is none.",
    place: { file: "people.csv", line, column: 1 },
  });
  // The file is another one as soon as the second problem is looked at.
  const second = { ...problem(2) };
  Object.defineProperty(second, "excerpt", {
    enumerable: true,
    get: () => folder.write("people.csv", "changed\nchanged\n"),
  });
  const shown = withExcerpts([problem(1), second], folder.path);
  expect(shown.map(({ excerpt }) => excerpt?.split("\n")[0])).toEqual(["1 | id,mail", "2 | 1,x"]);
});
