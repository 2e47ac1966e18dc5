import * as fc from "fast-check";
import { expect, test } from "vitest";
import { config, configFolder, tenantId } from "./world.ts";
import type { ConfigFolder } from "./world.ts";

const rich = config({
  tenant: `{ tenantId: "\${env:TENANT}", auth: { method: client-secret, clientId: c, clientSecret: "\${env:SECRET}" } }`,
  source:
    "&staff { kind: users, tenant: practice, types: [member, guest], groups: { include: [sales] }, where: person.enabled }",
  sync: `where: >-
  person.department != "Sales"
  && person.enabled
fields:
  fileAs: 'person.surname + ", " + person.givenName'
  jobTitle: { value: person.jobTitle, policy: keep-edits }
  personalNotes: null
limits: { deletes: 10%, creates: 5000 }
policy: sync`,
});
const env = { TENANT: tenantId, SECRET: "hunter2hunter2" };

/** In what the loader did not keep to its word; empty whatever is written. */
async function faults(folder: ConfigFolder, content: string | Uint8Array): Promise<readonly unknown[]> {
  const { config: loaded, diagnostics } = await folder.load(content, { env });
  const text = new TextDecoder().decode(typeof content === "string" ? Buffer.from(content) : content);
  const lengths = text.split("\n").map((line) => line.length);
  const wrong = diagnostics.filter(({ place, excerpt, code, detail }) => {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code) || !/[.?…]$/.test(detail)) return true;
    if (place === null) return false;
    const { file, line, column } = place;
    const isInside = line >= 1 && column >= 1 && column <= (lengths[line - 1] ?? -1) + 1;
    // What cannot be decoded cannot be shown.
    return file !== "galops.yaml" || !isInside || (excerpt === undefined && code !== "not-utf-8");
  });
  const hasError = diagnostics.some(({ severity }) => severity === "error");
  const where = [...(loaded?.sources.values() ?? []), ...(loaded?.syncs ?? [])].flatMap(
    (one) => one.where ?? [],
  );
  const lost = where.filter(({ text: expression, locate }) =>
    [...expression.split(""), "end"].some((_, offset) => locate(offset).line > lengths.length),
  );
  return [...wrong, ...lost, ...((loaded === null) === hasError ? [] : ["config and errors do not fit"])];
}

test("the config that is damaged below is a good one", async () => {
  using folder = configFolder();
  expect((await folder.load(rich, { env })).diagnostics).toEqual([]);
});

test("any bytes are a config or an error, and every place is in the file", async () => {
  using folder = configFolder();
  const content = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: "binary" }), fc.string());
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      expect(await faults(folder, bytes)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

const scraps = [
  ..."{}[]:,-?*&!|>'\"%@`#\\\t\n\r ~$".split(""),
  "\r\n",
  "\u0000",
  "\u0085",
  "\u2028",
  "\uFEFF",
  "é",
  "😀",
  "- ",
  ": ",
  " #",
  "---\n",
  "...\n",
  "%YAML 1.1\n",
  "<<: *staff",
  "*staff",
  "&staff ",
  "!!binary ",
  "!person ",
  "__proto__: {}",
  "constructor: {}",
  "null",
  "true",
  "0x1F",
  "1e999",
  ".nan",
  "2001-01-01",
  "${env:SECRET}",
  "${file:/dev/zero}",
  "${",
];

test("a good config with scraps of YAML put in and parts taken out is a config or an error", async () => {
  using folder = configFolder();
  const edit = fc.tuple(fc.nat(rich.length), fc.nat(8), fc.constantFrom("", ...scraps));
  const damaged = fc.array(edit, { minLength: 1, maxLength: 3 }).map((edits) => {
    let text = rich;
    for (const [at, cut, put] of edits) text = text.slice(0, at) + put + text.slice(at + cut);
    return text;
  });
  await fc.assert(
    fc.asyncProperty(damaged, async (text) => {
      expect(await faults(folder, text)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("a good config with its lines in disorder is a config or an error", async () => {
  using folder = configFolder();
  const lines = rich.split("\n");
  const disorder = fc
    .array(fc.tuple(fc.nat(lines.length), fc.nat(lines.length), fc.nat(8)), { minLength: 1, maxLength: 4 })
    .map((moves) => {
      const moved = [...lines];
      for (const [from, to, indent] of moves) {
        const [line = ""] = moved.splice(from, 1);
        moved.splice(to, 0, " ".repeat(indent) + line.trimStart());
      }
      return moved.join("\n");
    });
  await fc.assert(
    fc.asyncProperty(disorder, async (text) => {
      expect(await faults(folder, text)).toEqual([]);
    }),
    { numRuns: 250 },
  );
});

test("any value in the place of any other is a config or an error", async () => {
  using folder = configFolder();
  const values = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value));
  const part = fc.constantFrom("tenant", "source", "to", "mailboxes", "sync");
  await fc.assert(
    fc.asyncProperty(part, values, async (name, value) => {
      const text = config({ [name]: name === "sync" ? `fields: ${value}` : value });
      expect(await faults(folder, text)).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test.for([
  ["brackets", "[".repeat(50_000)],
  ["braces", "{a: ".repeat(25_000)],
  ["dashes", "- ".repeat(100_000)],
  ["keys", Array.from({ length: 20_000 }, (_, at) => `k${at}: 1`).join("\n")],
  ["names", `version: 1\nsyncs:\n${Array.from({ length: 15_000 }, (_, at) => ` s${at}: {}`).join("\n")}`],
  ["aliases", `a: &a x\n${Array.from({ length: 25_000 }, (_, at) => `k${at}: *a`).join("\n")}`],
  ["closing brackets", "]\n".repeat(50_000)],
  ["one long line", `version: 1\nx: "${"a\\n".repeat(300_000)}"`],
  ["one long expression", config({ sync: `where: >-\n  ${"a &&\n  ".repeat(100_000)} b` })],
  [
    "many merges",
    `a0: &a0 { x: 1 }\n${Array.from({ length: 3_000 }, (_, at) => `a${at + 1}: &a${at + 1} { <<: *a${at} }`).join("\n")}`,
  ],
] as const)("a file of %s is an error, and no stack overflows", async ([, text]) => {
  using folder = configFolder();
  const { config: loaded, diagnostics } = await folder.load(text);
  expect(loaded === null).toBe(diagnostics.some(({ severity }) => severity === "error"));
  expect(diagnostics.length).toBeLessThanOrEqual(110);
});
