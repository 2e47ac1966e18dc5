import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";
import type { Diagnostic } from "../../src/model/diagnostic.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "galops-config-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const good = `version: 1
tenants:
  practice: { sandbox: ./practice.tenant.json }
sources:
  staff: { kind: users, tenant: practice }
syncs:
  directory:
    owner: 0D9F6C3A-5a39-4a53-9b1a-6f8f0d1f3c11
    from: [staff]
    to: { kind: mailbox-contacts, tenant: practice, mailboxes: { all: true } }
`;

type Loaded = Awaited<ReturnType<typeof loadConfig>>;

function load(
  text: string | Uint8Array,
  env: Record<string, string> = {},
  secrets: "needed" | "optional" = "needed",
): Promise<Loaded> {
  writeFileSync(path.join(folder, "galops.yaml"), text);
  return loadConfig(null, { cwd: folder, env }, { secrets });
}

async function codes(
  text: string | Uint8Array,
  env: Record<string, string> = {},
): Promise<readonly string[]> {
  const { diagnostics } = await load(text, env);
  return diagnostics.map(({ code, place }) =>
    place === null ? code : `${code} ${place.line}:${place.column}`,
  );
}

function only(diagnostics: readonly Diagnostic[]): Diagnostic {
  const [first, ...others] = diagnostics;
  if (first === undefined || others.length > 0) throw new Error(JSON.stringify(diagnostics));
  return first;
}

test("a small config gets every default", async () => {
  const { config, diagnostics } = await load(good);
  expect(diagnostics).toEqual([]);
  expect(config?.sources.get("staff")).toMatchObject({
    types: ["member"],
    require: ["enabled", "licensed", "mail"],
    filter: "",
    where: null,
  });
  expect(config?.syncs[0]).toMatchObject({
    owner: "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c11",
    policy: "sync",
    fieldPolicy: "overwrite",
    categories: null,
    photos: false,
  });
  expect(config?.syncs[0]?.to).toMatchObject({ folder: null, excludeSelf: true });
});

test("the digest says what the config says, however it is laid out", async () => {
  const one = await load(good);
  const other = await load(
    `# comment\n${good.replace("{ kind: users, tenant: practice }", "\n    tenant: practice\n    kind: users")}`,
  );
  const changed = await load(good.replace("all: true", "all: true, users: [a@b.c]"));
  expect(other.config?.digest).toBe(one.config?.digest);
  expect(changed.config?.digest).not.toBe(one.config?.digest);
});

test("several mistakes are told at once, each at its place", async () => {
  const text = good
    .replace("tenant: practice }", "tenant: practice, tennant: x }")
    .replace("sandbox:", "sandbxo:")
    .replace("version: 1", "version: 2")
    .replace("from: [staff]", "from: staff");
  expect(await codes(text)).toEqual([
    "invalid-value 1:10",
    "missing-key 3:3",
    "missing-key 3:3",
    "unknown-key 3:15",
    "unknown-key 5:43",
    "invalid-value 9:11",
  ]);
});

test("a typo is told with what was meant, and an excerpt with a mark under it", async () => {
  const { detail, excerpt } = only(
    (await load(good.replace("    from:", "    form: []\n    from:"))).diagnostics,
  );
  expect(detail).toContain('Did you mean "from"?');
  expect(excerpt).toBe("9 |     form: []\n  |     ^");
});

test.for([
  ["an empty file", "", "not-a-config"],
  ["a list", "- 1\n", "not-a-config"],
  ["tabs", "version: 1\ntenants:\n\tx: 1\n", "invalid-yaml"],
  ["a key twice", `${good}version: 1\n`, "duplicate-key"],
  ["two documents", `${good}---\n${good}`, "invalid-yaml"],
  ["a tag", good.replace("tenant: practice }", "tenant: practice, where: !person.enabled }"), "yaml-tag"],
  [
    "a comment that cuts an expression",
    good.replace("    from:", '    where: person.city == "a #1"\n    from:'),
    "yaml-comment",
  ],
  ["an unknown source", good.replace("[staff]", "[stuff]"), "unknown-source"],
  [
    "an unknown tenant",
    good.replace("tenant: practice, mailboxes", "tenant: contoso, mailboxes"),
    "unknown-tenant",
  ],
  ["an owner that is no GUID", good.replace("0D9F6C3A-", ""), "invalid-value"],
  ["no mailboxes", good.replace("all: true", "all: false"), "no-mailboxes"],
  ["a path out of the folder", good.replace("./practice", "../practice"), "path-outside"],
  [
    "a reference outside tenants",
    good.replace("tenant: practice }", 'tenant: practice, filter: "${env:HOME}" }'),
    "reference-not-allowed",
  ],
  ["a later feature", `${good}adopt: {}\n`, "not-supported"],
  [
    "a secret",
    good.replace(
      "{ sandbox: ./practice.tenant.json }",
      "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, auth: { method: client-secret, clientId: c, clientSecret: hunter2 } }",
    ),
    "secret-in-config",
  ],
  [
    "http endpoints",
    good.replace(
      "{ sandbox: ./practice.tenant.json }",
      "{ tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0, endpoints: { graph: 'http://x' }, auth: { method: azure-cli } }",
    ),
    "invalid-value",
  ],
] as const)("%s is an error", async ([, text, code]) => {
  const { config, diagnostics } = await load(text);
  expect(config).toBeNull();
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
});

test("a secret that is written out is not repeated anywhere", async () => {
  const secret = good.replace(
    "{ sandbox: ./practice.tenant.json }",
    "{ tenantId: x, auth: { method: client-secret, clientId: c, clientSecret: hunter2 } }",
  );
  expect(JSON.stringify((await load(secret)).diagnostics)).not.toContain("hunter2");
});

test("what is not UTF-8, too large or full of aliases is refused", async () => {
  expect(await codes(new Uint8Array([0xff, 0xfe, 0x41]))).toEqual(["not-utf-8 1:1"]);
  expect(await codes("a".repeat(10 * 1024 * 1024))).toEqual(["config-too-large"]);
  const levels = Array.from({ length: 6 }, (_, at) => `l${at + 1}: &l${at + 1} [${`*l${at},`.repeat(15)}]\n`);
  const bomb = `l0: &l0 [x]\n${levels.join("")}`;
  expect((await codes(bomb))[0]).toContain("too-many-aliases");
});

test("an environment variable that is missing is an error where somebody signs in, a warning offline", async () => {
  const text = good.replace(
    "{ sandbox: ./practice.tenant.json }",
    '{ tenantId: "${env:TENANT}", auth: { method: client-secret, clientId: c, clientSecret: "${env:SECRET}" } }',
  );
  expect((await load(text)).diagnostics.map(({ code }) => code)).toContain("missing-environment-variable");
  const offline = await load(text, {}, "optional");
  expect(offline.config).not.toBeNull();
  expect(offline.diagnostics.map(({ severity }) => severity)).toEqual(["warning", "warning"]);
  const { config } = await load(text, { TENANT: "5b0c4f7e-0000-4000-8000-0000000000c0", SECRET: "s" });
  expect(config?.tenants.get("practice")).toMatchObject({
    auth: { clientSecret: "s" },
    endpoints: { graph: "https://graph.microsoft.com" },
  });
  expect(config?.digest).not.toContain("s-");
});

test("a folder of files is one config; a name in two of them is an error that names both", async () => {
  const dir = path.join(folder, "galops");
  mkdirSync(dir);
  const [before, after] = good.split("syncs:") as [string, string];
  writeFileSync(path.join(dir, "a.yaml"), before);
  writeFileSync(path.join(dir, "b.yaml"), `syncs:${after}`);
  expect(
    (await loadConfig(null, { cwd: folder, env: {} }, { secrets: "needed" })).config?.syncs,
  ).toHaveLength(1);
  writeFileSync(path.join(dir, "c.yaml"), "sources:\n  staff: { kind: users, tenant: practice }\n");
  const { detail, place } = only(
    (await loadConfig(null, { cwd: folder, env: {} }, { secrets: "needed" })).diagnostics,
  );
  expect(detail).toContain(`${path.join("galops", "a.yaml")}:5:3`);
  expect(place).toEqual({ file: path.join("galops", "c.yaml"), line: 2, column: 3 });
});

test("a link that leaves the config's folder is refused", async () => {
  symlinkSync("/etc/passwd", path.join(folder, "people.csv"));
  expect(
    await codes(good.replace("{ kind: users, tenant: practice }", "{ kind: csv, path: people.csv, id: x }")),
  ).toEqual([expect.stringMatching(/^path-outside 5:/)]);
});

test.for([
  ["plain", "where: person.city == x"],
  ["single quotes", "where: 'person.city == \"it''s\" + x'"],
  ["double quotes", 'where: "person.city == \\"\\u00e9\\" + x"'],
  ["folded", "where: >-\n      person.city ==\n      x"],
  ["literal", "where: |\n      person.city\n        == x"],
] as const)("a place in an expression is right when it is written %s", async ([, written]) => {
  const text = good.replace(
    "staff: { kind: users, tenant: practice }",
    `staff:\n    ${written}\n    kind: users\n    tenant: practice`,
  );
  const before = text.slice(0, text.lastIndexOf("x", text.indexOf("    kind: users"))).split("\n");
  const { config } = await load(text);
  const where = config?.sources.get("staff")?.where;
  const at = where?.text.lastIndexOf("x") ?? -1;
  expect(at).toBeGreaterThan(0);
  expect(where?.locate(at)).toMatchObject({ line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
});
