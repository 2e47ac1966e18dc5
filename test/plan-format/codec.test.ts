import { expect, test } from "vitest";
import type { Person } from "../../src/model/person.ts";
import { personFlagFields, personListFields, personTextFields } from "../../src/model/person.ts";
import type { PlanRecord } from "../../src/model/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { PlanFormatError } from "../../src/plan-format/plan-format-error.ts";
import {
  ann,
  bo,
  book,
  bookPlan,
  chandra,
  collected,
  desired,
  diff,
  live,
  planOf,
  streamed,
} from "../plan/world.ts";

// Every property has a value of its own, so that none can be read as another.
const person = {
  key: "contoso/m",
  photo: "p9",
  ...Object.fromEntries(personTextFields.map((name) => [name, `its ${name}`])),
  ...Object.fromEntries(personListFields.map((name) => [name, [`its ${name}`]])),
  ...Object.fromEntries(personFlagFields.map((name, index) => [name, index % 2 === 0])),
  extensionAttributes: { extensionAttribute1: "x", __proto__x: "y" },
  attributes: { "Cost centre": "4711" },
} as unknown as Person;

const want = [
  desired("ann", { ...ann, jobTitle: "Lead" }),
  desired("bo", bo),
  desired("e", { displayName: "Ewa Nowak", emailAddresses: ["ewa@contoso.com"] }),
];
const changed = diff({ desired: want, live: [live("ann", ann), live("c", { ...chandra, photo: "p1" })] });

const plan: readonly PlanRecord[] = planOf(
  [
    {
      name: "phone-directory",
      books: [
        bookPlan(book("ann@contoso.com", { person }), changed),
        bookPlan(book("bo@contoso.com"), changed),
        bookPlan(book("gone@contoso.com"), {
          unmanaged: null,
          problem: { severity: "warning", code: "mailbox-not-found", message: "There is no such mailbox." },
        }),
      ],
    },
    {
      name: "second",
      books: [bookPlan(book("ann@contoso.com", { folder: null }), changed)],
    },
  ],
  {
    diagnostics: [
      { severity: "warning", code: "c", summary: "S", detail: "D", place: null },
      {
        severity: "error",
        code: "c",
        summary: "S",
        detail: "D",
        place: { file: "galops.yaml", line: 3, column: 7 },
        excerpt: "3 | x\n  | ^",
      },
    ],
    refusals: [
      {
        sync: "second",
        limit: "deletes",
        found: 4,
        allowed: 3,
        message: "Too many.",
        allow: "--allow deletes=4",
      },
    ],
  },
);

/** Compared with a base config, narrowed, and with more allowed than usual. */
const compared: readonly PlanRecord[] = plan.map((record, index) => {
  if (record.type === "plan") {
    const allowances = [
      { sync: null, limit: "deletes", people: 4, orFewer: false },
      { sync: "second", limit: "addressChanges", people: 1, orFewer: true },
    ] as const;
    return { ...record, allowances, mailboxes: ["ann@contoso.com"] };
  }
  if (record.type === "book") {
    const causes = ["this-change", "pending", "drift"] as const;
    const changes = record.changes.map((change, at) => ({
      ...change,
      cause: causes[(index + at) % 3] ?? "drift",
    }));
    return { ...record, changes };
  }
  if (record.type !== "end") return record;
  const counts = (create: number) => ({ create, update: 2, delete: 3, adopt: 4 });
  const causes = { "this-change": counts(10), pending: counts(20), drift: counts(30) };
  return { ...record, comparison: { baseDigest: null, causes, dropped: counts(40) } };
});

async function linesOf(records: readonly PlanRecord[]): Promise<readonly string[]> {
  return collected(encodePlan(streamed(records)));
}

async function failureOf(lines: readonly string[]): Promise<readonly [string, string]> {
  try {
    await collected(decodePlan(streamed(lines)));
  } catch (error) {
    if (error instanceof PlanFormatError) return [error.code, error.message];
    throw error;
  }
  return ["none", ""];
}

test("a plan with everything in it reads back the same, with and without newlines", async () => {
  const lines = await linesOf(plan);
  expect(await collected(decodePlan(streamed(lines)))).toEqual(plan);
  expect(await collected(decodePlan(streamed(lines.map((line) => line.trimEnd()))))).toEqual(plan);
});

test("causes, the comparison with a base, what was allowed and what it was narrowed to read back the same", async () => {
  expect(await collected(decodePlan(streamed(await linesOf(compared))))).toEqual(compared);
});

test("each desired contact is written once in its sync, however many mailboxes get it and whoever made it", async () => {
  const copies = plan.map((record) => structuredClone(record));
  for (const records of [plan, copies]) {
    const lines = await linesOf(records);
    expect(lines.filter((line) => line.startsWith('{"type":"contact"'))).toHaveLength(6);
    expect(lines.filter((line) => line.includes("Accountant"))).toHaveLength(2);
  }
});

test("equal plans are written the same but for their time", async () => {
  const [first, ...rest] = await linesOf(plan);
  const again = await linesOf(
    structuredClone(plan).map((record) =>
      record.type === "plan" ? { ...record, createdAt: "2027-01-01T00:00:00Z" } : record,
    ),
  );
  const withoutDigest = (lines: readonly string[]): readonly string[] =>
    lines.map((line) => line.replace(/,"digest":"[^"]+"\}\n$/u, "}\n"));
  expect(withoutDigest(again.slice(1))).toEqual(withoutDigest(rest));
  expect(again[0]).not.toBe(first);
});

test("a plan that was cut off anywhere is refused", async () => {
  const lines = await linesOf(plan);
  for (let end = 1; end < lines.length; end++) {
    expect((await failureOf(lines.slice(0, end)))[0]).toBe("truncated");
  }
  const [last = "", ...others] = lines.toReversed();
  expect((await failureOf([...others.toReversed(), last.slice(0, -10)]))[0]).toBe("damaged");
});

test("what is no plan, and what is empty, is said to be none", async () => {
  for (const lines of [
    [],
    ["tenants:\n"],
    ["{}"],
    ["[]"],
    ["null"],
    ['{"type":"sync"}'],
    ['{"type":"contact"}'],
  ]) {
    expect((await failureOf(lines))[0]).toBe("not-a-plan");
  }
});

test("a plan of another version of the format is refused by its version", async () => {
  const [, ...rest] = await linesOf(plan);
  for (const version of [1, 3]) {
    const [code, message] = await failureOf([`{"type":"plan","formatVersion":${version}}`, ...rest]);
    expect(code).toBe("other-version");
    expect(message).toContain(`version ${version}`);
  }
});

test("a plan in which anything was changed, left out, doubled or moved is refused", async () => {
  const lines = await linesOf(plan);
  const text = lines.join("");
  const without = (part: string) => lines.filter((line) => !line.includes(part));
  const tampered: readonly (readonly string[])[] = [
    text.replace("Accountant", "Chief accountant").split(/(?<=\n)/u),
    text.replace('"desired":1', '"desired":99').split(/(?<=\n)/u),
    text.replace('"desired":1', '"desired":2').split(/(?<=\n)/u),
    text.replace('"contact","number":1', '"contact","number":0').split(/(?<=\n)/u),
    text.replace('"contact","number":1', '"contact","number":99').split(/(?<=\n)/u),
    text.replace('"id":"live-c"', '"id":"live-x"').split(/(?<=\n)/u),
    text.replace('"jobTitle","Engineer"', '"jobTitel","Engineer"').split(/(?<=\n)/u),
    text.replace('"withheld":null', '"withheld":"no"').split(/(?<=\n)/u),
    text.replace('"action":"delete"', '"action":"remove"').split(/(?<=\n)/u),
    text.replace('"unchanged":0', '"unchanged":-1').split(/(?<=\n)/u),
    text.replace('"folder":"Contoso directory"', '"folder":7').split(/(?<=\n)/u),
    without('"type":"book","sync":"second"'),
    without('"type":"sync","name":"second"'),
    [...lines, lines.at(-1) ?? ""],
    [lines[0] ?? "", ...lines],
    [lines[0] ?? "", "\n", ...lines.slice(1)],
    [lines[0] ?? "", '{"type":"other"}', ...lines.slice(1)],
  ];
  for (const [index, changedLines] of tampered.entries()) {
    expect(changedLines, `the change ${index}`).not.toEqual(lines);
    const [code, message] = await failureOf(changedLines);
    expect(code).toBe("damaged");
    expect(message).toMatch(/line \d+/);
  }
});

test("what no id stands for is covered by the digest: times, refusals, diagnostics, versions, counts", async () => {
  const refusal = {
    sync: "first",
    limit: "deletes",
    found: 9,
    allowed: 1,
    message: "No.",
    allow: "",
  } as const;
  const lines = await linesOf(
    plan.map((record) => (record.type === "end" ? { ...record, refusals: [refusal] } : record)),
  );
  const text = lines.join("");
  for (const [from, to] of [
    [JSON.stringify([refusal]), "[]"],
    ["2026-03-01T08:00:00Z", "2026-04-01T08:00:00Z"],
    [/"configDigest":"[^"]+"/u, '"configDigest":"sha256:0"'],
    [/"unchanged":0/u, '"unchanged":1'],
    [/"version":"[^"]+"/u, '"version":"x"'],
    [/,"digest":"[^"]+"\}\n$/u, "}\n"],
  ] as const) {
    const tampered = text.replace(from, to);
    expect(tampered).not.toBe(text);
    const [code, message] = await failureOf(tampered.split(/(?<=\n)/u));
    expect([code, message]).toEqual(["damaged", expect.stringContaining("digest does not match")]);
  }
});

test("records come as they are read, so that a plan of any size fits", async () => {
  const lines = await linesOf(plan);
  let given = 0;
  async function* counted(): AsyncIterable<string> {
    for (const line of lines) {
      given++;
      yield line;
    }
  }
  for await (const record of decodePlan(counted())) {
    expect(given).toBeLessThan(lines.length);
    if (record.type === "book") break;
  }
});
