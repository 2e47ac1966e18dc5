import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { config, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

// What a pull request sees: the base branch in a folder of its own, as CI checks it out, without the tenant's file.

interface PullRequest extends Office {
  /** Writes what the base branch has. */
  base(text: string, file?: string): void;
}

/** Both branches have the config that was applied. */
async function pullRequest(): Promise<PullRequest> {
  const made = await office();
  mkdirSync(path.join(made.folder, "base"));
  const base = (text: string, file = "galops.yaml"): void =>
    writeFileSync(path.join(made.folder, "base", file), text);
  base(config);
  await made.galops("apply", "--auto-approve");
  return { ...made, base };
}

interface PlanJson {
  readonly id: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly comparison?: {
    readonly baseDigest: string | null;
    readonly causes: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly dropped: Readonly<Record<string, number>>;
  };
  readonly syncs: readonly {
    readonly name: string;
    readonly books: readonly {
      readonly mailbox: string;
      readonly changes: readonly {
        readonly action: string;
        readonly displayName: string;
        readonly cause?: string;
      }[];
    }[];
  }[];
  readonly diagnostics: readonly {
    readonly severity: string;
    readonly code: string;
    readonly detail: string;
  }[];
}

async function planned({ galops }: Office, ...argv: readonly string[]): Promise<PlanJson> {
  const { code, stdout, stderr } = await galops("plan", "--format", "json", ...argv);
  expect(stderr).not.toContain("Error:");
  expect(code).toBe(0);
  return JSON.parse(stdout) as PlanJson;
}

/** Who is changed in Ann's mailbox, how and by whose doing. */
function causesIn({ syncs }: PlanJson): readonly string[] {
  const changes = syncs.flatMap(({ books }) => books.filter(({ mailbox }) => mailbox === "ann@contoso.com"));
  return changes.flatMap((book) =>
    book.changes.map(({ action, displayName, cause }) => `${action} ${displayName}: ${cause}`),
  );
}

const codes = ({ diagnostics }: PlanJson): readonly string[] => diagnostics.map(({ code }) => code);

/** With a sync setting more. */
function withSync(lines: string, text = config): string {
  return text.replace("    to:\n", `${lines}    to:\n`);
}

const headOfAll = `    fields:
      jobTitle: 'person.surname == "Müller-Łęcka" ? "Head of all" : person.jobTitle'
`;

async function edit({ galops }: Office, ...argv: readonly string[]): Promise<void> {
  const [what = "", ...values] = argv;
  expect(await galops("sandbox", "edit", what, tenantFile, ...values)).toMatchObject({ code: 0 });
}

/** The source changes, in both mailboxes. */
const promote = (there: Office): Promise<void> =>
  edit(there, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief");

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
  expect(stdout).toContain("(somebody edited the contact; drift)");
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

test("a sync that was renamed is the same sync, since its owner is", async () => {
  const there = await pullRequest();
  await promote(there);
  there.write("galops.yaml", config.replace("phones:", "directory:"));
  const { comparison, diagnostics } = await planned(there, "--base", "base");
  expect(comparison?.causes).toMatchObject({ "this-change": { update: 0 }, pending: { update: 2 } });
  expect(diagnostics.filter(({ code }) => code !== "folder-not-on-phones")).toEqual([]);
});

test("a folder that was renamed is the same book, and one that became the default folder is not", async () => {
  const there = await pullRequest();
  await promote(there);
  there.write("galops.yaml", config.replace("folder: Directory", "folder: Colleagues"));
  const renamed = await planned(there, "--base", "base");
  expect(renamed.comparison?.causes).toMatchObject({ "this-change": { update: 0 }, pending: { update: 2 } });
  expect(codes(renamed)).not.toContain("contacts-left-behind");
  there.write("galops.yaml", config.replace("      folder: Directory\n", ""));
  const moved = await planned(there, "--base", "base");
  expect(moved.comparison?.causes["pending"]).toEqual({ create: 0, update: 0, delete: 0, adopt: 0 });
  expect(moved.comparison?.dropped).toMatchObject({ update: 2 });
  expect(codes(moved)).toContain("contacts-left-behind");
});

const another = config
  .slice(config.indexOf("  phones:"))
  .replace("phones", "others")
  .replace("0d9f", "1d9f")
  .replace("Directory", "Others");

test("a new sync is all of this change, and a sync that was taken away leaves its contacts behind", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config + another);
  const added = await planned(there, "--base", "base");
  expect(added.comparison?.causes).toMatchObject({
    "this-change": { create: added.summary["create"] },
    pending: { create: 0 },
  });
  await there.galops("apply", "--auto-approve");
  there.base(config + another);
  there.write("galops.yaml", config);
  await promote(there);
  const removed = await planned(there, "--base", "base");
  expect(removed.comparison?.dropped).toMatchObject({ update: 2 });
  const left = removed.diagnostics.find(({ code }) => code === "contacts-left-behind");
  expect(left?.detail).toContain("the sync others");
  expect(left?.detail).toContain("2 address books (ann@contoso.com, bo@contoso.com)");
});

test("mailboxes that are no longer kept leave their contacts behind", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config.replace(", bo@contoso.com", ""));
  const { diagnostics } = await planned(there, "--base", "base");
  const left = diagnostics.find(({ code }) => code === "contacts-left-behind");
  expect(left?.detail).toContain("1 address book (bo@contoso.com)");
  const narrowed = await planned(there, "--base", "base", "--mailbox", "ann@contoso.com");
  expect(codes(narrowed)).not.toContain("contacts-left-behind");
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

test("--sync and --mailbox narrow both sides", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config + another);
  await there.galops("apply", "--auto-approve");
  await promote(there);
  // The base does not have the mailbox of Bo; the sync has another name there.
  there.base((config + another).replace(", bo@contoso.com", "").replace("phones:", "directory:"));
  const plan = await planned(there, "--base", "base", "--sync", "phones", "--mailbox", "bo@contoso.com");
  expect(plan.comparison?.causes).toMatchObject({ "this-change": { update: 1 }, pending: { update: 0 } });
  const both = ["--mailbox", "bo@contoso.com", "--mailbox", "ann@contoso.com"];
  const wider = await planned(there, "--base", "base", "--sync", "phones", ...both);
  expect(wider.comparison).toMatchObject({
    causes: { "this-change": { update: 1 }, pending: { update: 1 } },
    dropped: { update: 0 },
  });
  expect(codes(wider)).not.toContain("contacts-left-behind");
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
