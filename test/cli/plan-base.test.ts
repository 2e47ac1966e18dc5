import { mkdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, edit, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";
import { pullRequest, promote, planned, codes } from "./pull-request.ts";
import type { PlanJson } from "./pull-request.ts";

/** Who is changed in Ann's mailbox, how and by whose doing. */
function causesIn({ syncs }: PlanJson): readonly string[] {
  const changes = syncs.flatMap(({ books }) => books.filter(({ mailbox }) => mailbox === "ann@contoso.com"));
  return changes.flatMap((book) =>
    book.changes.map(({ action, displayName, cause }) => `${action} ${displayName}: ${cause}`),
  );
}

/** With a sync setting more. */
function withSync(lines: string, text = config): string {
  return text.replace("    to:\n", `${lines}    to:\n`);
}

const headOfAll = `    fields:
      jobTitle: 'person.surname == "Müller-Łęcka" ? "Head of all" : person.jobTitle'
`;

/** A user changes a contact. */
const scribble = (there: Office): Promise<void> =>
  edit(there, "edit-contact", "ann@contoso.com", "Þóra Jónsdóttir", "jobTitle=Boss");

test("each change is told to be caused by this change, pending on the base, or drift", async () => {
  const there = await pullRequest();
  await promote(there);
  await scribble(there);
  there.write("galops.yaml", withSync(headOfAll));
  const plan = await planned(there, "--base", "base/galops.yaml");
  expect(causesIn(plan)).toMatchInlineSnapshot(`
    [
      "update Ève O'Connor: pending",
      "update Dana Müller-Łęcka: this-change",
      "update Þóra Jónsdóttir: drift",
    ]
  `);
  expect(plan.comparison?.causes).toMatchInlineSnapshot(`
    {
      "drift": {
        "adopt": 0,
        "create": 0,
        "delete": 0,
        "update": 1,
      },
      "pending": {
        "adopt": 0,
        "create": 0,
        "delete": 0,
        "update": 2,
      },
      "this-change": {
        "adopt": 0,
        "create": 0,
        "delete": 0,
        "update": 2,
      },
    }
  `);
  expect(plan.comparison?.dropped).toEqual({ create: 0, update: 0, delete: 0, adopt: 0 });
  const { stdout } = await there.galops("plan", "--base", "base");
  expect(stdout).toContain("(the contact was edited; drift)");
  expect(stdout.slice(stdout.indexOf("Compared"))).toMatchInlineSnapshot(`
    "Compared with the base config:
      caused by this change:    2 to update
      pending on the base:      2 to update
      drift:                    1 to update

    Plan: 0 to create, 5 to update, 0 to delete.
    "
  `);
});

test("a plan that is compared is the same plan: its id, its changes and its exit code", async () => {
  const there = await pullRequest();
  await promote(there);
  await scribble(there);
  // The base reads more fields than this config does.
  there.base(withSync("    categories: [Base]\n    fields: { personalNotes: person.department }\n"));
  there.write("galops.yaml", withSync("    fields: { officeLocation: null, mobilePhone: null }\n"));
  await edit(there, "disable-user", "dana@contoso.com");
  const alone = await planned(there);
  expect(alone.summary).toMatchObject({ update: 3, delete: 2 });
  const { comparison, ...compared } = await planned(there, "--base", "base");
  const withoutCauses = JSON.parse(
    JSON.stringify(compared, (key, value: unknown) => (key === "cause" ? undefined : value)),
  ) as PlanJson;
  expect(withoutCauses).toEqual(alone);
  expect(comparison).toBeDefined();
  const code = async (...argv: readonly string[]) =>
    (await there.galops("plan", "--detailed-exitcode", ...argv)).code;
  expect(await code("--base", "base")).toBe(await code());
});

test("with the base's own config nothing is caused by this change", async () => {
  const there = await pullRequest();
  await promote(there);
  const { comparison } = await planned(there, "--base", "base");
  expect(comparison?.causes).toMatchObject({ "this-change": { update: 0 }, pending: { update: 2 } });
});

test("what only the base would do is counted", async () => {
  const there = await pullRequest();
  await promote(there);
  there.write("galops.yaml", withSync("    fields: { jobTitle: null }\n"));
  const plan = await planned(there, "--base", "base");
  expect(plan.summary).toMatchObject({ create: 0, update: 0, delete: 0 });
  expect(plan.comparison?.dropped).toEqual({ create: 0, update: 2, delete: 0, adopt: 0 });
  const { stdout } = await there.galops("plan", "--base", "base");
  expect(stdout).toContain("only the base would make: 2 to update");
  expect(stdout).toContain("No changes.");
});

test("a CSV file of the base branch is read from there", async () => {
  const rows = config.replace(
    "staff: { kind: users, tenant: practice }",
    "staff: { kind: csv, path: rows.csv, id: no, columns: { displayName: name, mobilePhone: phone } }",
  );
  const there = await office(rows);
  const { galops, write } = there;
  write("rows.csv", "no,name,phone\n1,Una,1\n2,Dos,2\n3,Tri,3\n");
  await galops("apply", "--auto-approve");
  mkdirSync(path.join(there.folder, "base"));
  write("base/galops.yaml", rows);
  // Tri's number is on the base branch already; Dos' is changed here.
  write("base/rows.csv", "no,name,phone\n1,Una,1\n2,Dos,2\n3,Tri,33\n");
  write("rows.csv", "no,name,phone\n1,Una,1\n2,Dos,22\n3,Tri,33\n");
  expect(causesIn(await planned(there, "--base", "base"))).toEqual([
    "update Dos: this-change",
    "update Tri: pending",
  ]);
});

test.each([
  ["is not there", "none/galops.yaml", config, "base-not-found"],
  ["is no YAML", "base", "version: [", "base-not-usable"],
  [
    "has a wrong expression",
    "base",
    config.replace("person.mobilePhone", "person.mobile"),
    "base-not-usable",
  ],
  ["names another sandbox", "base", config.replace(`./${tenantFile}`, "./other.json"), "base-other-tenant"],
  [
    "names another tenant",
    "base",
    config.replaceAll("practice", "else").replace("./else", "./practice"),
    "base-other-tenant",
  ],
  [
    "names a group that is not there",
    "base",
    config.replace("users: [ann@contoso.com, bo@contoso.com]", "groups: [nobody]"),
    "base-not-known",
  ],
  [
    "reads a file that is not there",
    "base",
    config.replace(
      "kind: users, tenant: practice",
      "kind: csv, path: no.csv, id: no, columns: { mail: mail }",
    ),
    "base-not-known",
  ],
])("a base that %s hides nothing: a warning, and all is of this change", async (_, file, text, code) => {
  const there = await pullRequest();
  await promote(there);
  there.base(text);
  const plan = await planned(there, "--base", file);
  expect(codes(plan)).toContain(code);
  expect(plan.comparison?.causes).toMatchObject({ "this-change": { update: 2 }, pending: { update: 0 } });
  const { code: ended, stderr } = await there.galops("plan", "--base", file);
  expect([ended, stderr]).toEqual([0, expect.stringContaining("Warning:")]);
});

test("a base that is not usable has no digest", async () => {
  const there = await pullRequest();
  there.base("version: [");
  expect((await planned(there, "--base", "base")).comparison?.baseDigest).toBe(null);
});

test("nobody signs in with the base, so it may lack secrets", async () => {
  const there = await pullRequest();
  await promote(there);
  const elsewhere = `  contoso:
    tenantId: 5b0c4f7e-0000-4000-8000-0000000000c0
    auth: { method: client-secret, clientId: 6a3d5b1e-0000-4000-8000-0000000000a1, clientSecret: "\${env:NOT_SET}" }
`;
  there.base(config.replace("sources:", `${elsewhere}sources:`));
  const { comparison } = await planned(there, "--base", "base");
  expect(comparison?.causes).toMatchObject({ pending: { update: 2 } });
});

test("causes and the comparison are in the saved plan", async () => {
  const there = await pullRequest();
  await promote(there);
  const saved = await there.galops("plan", "--base", "base", "-o", "week.plan");
  const shown = await there.galops("show", "week.plan");
  expect(shown.stdout).toContain(saved.stdout);
  expect(shown.stdout).toContain("pending on the base:");
  expect(await there.galops("apply", "week.plan")).toMatchObject({ code: 0 });
});

test("what is wrong with the base config is told in CI too, since it is no secret", async () => {
  const there = await pullRequest();
  there.base(config.replace("kind: users", "kind: user"));
  const { stderr } = await there.galops("plan", "--base", "base", "--redact", "partial");
  expect(stderr.replaceAll(/[\s│]+/gu, " ")).toContain('Did you mean "users"?');
  expect(stderr).toMatch(/on .*base\/galops\.yaml line \d+/u);
});
