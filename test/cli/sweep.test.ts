import { expect, test } from "vitest";
import { config, office, plansNothing, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

const apply = ["apply", "--auto-approve"] as const;
const annOnly = config.replace("[ann@contoso.com, bo@contoso.com]", "[ann@contoso.com]");

interface Book {
  readonly mailbox: string;
  readonly changes: readonly { readonly action: string; readonly reason: string }[];
}

interface PlanJson {
  readonly syncs: readonly { readonly books: readonly Book[] }[];
  readonly summary: Readonly<Record<string, number>>;
  readonly diagnostics: readonly { readonly code: string }[];
}

async function planOf(there: Office, ...options: readonly string[]): Promise<PlanJson> {
  return JSON.parse((await there.galops("plan", ...options, "--format", "json")).stdout) as PlanJson;
}

function booksOf({ syncs }: PlanJson): readonly Book[] {
  return syncs.flatMap(({ books }) => books);
}

function codesOf({ diagnostics }: PlanJson): readonly string[] {
  return diagnostics.map(({ code }) => code);
}

/** How many contacts in a mailbox are somebody's of galops, and how many its user's own. */
function contactsOf({ read }: Office, mailbox: string): { readonly ours: number; readonly others: number } {
  const tenant = JSON.parse(read(tenantFile)) as {
    readonly users: readonly { readonly id: string; readonly mail: string }[];
    readonly mailboxes: readonly {
      readonly user: string;
      readonly contacts: readonly { readonly extendedProperties?: object }[];
    }[];
  };
  const { id } = tenant.users.find(({ mail }) => mail === mailbox) ?? {};
  const contacts = tenant.mailboxes.find(({ user }) => user === id)?.contacts ?? [];
  const ours = contacts.filter(({ extendedProperties }) => extendedProperties !== undefined).length;
  return { ours, others: contacts.length - ours };
}

/** Both have the directory, and Bo is no target any more. */
async function leftByBo(): Promise<{ readonly there: Office; readonly people: number }> {
  const there = await office();
  await there.galops(...apply);
  const { summary } = await planOf(there);
  there.write("galops.yaml", annOnly);
  return { there, people: (summary["unchanged"] ?? 0) / 2 };
}

test("what a sync made in a mailbox that it has no more stays, until a sweep takes it out", async () => {
  const { there, people } = await leftByBo();
  const without = await planOf(there);
  expect(without.summary).toMatchObject({ delete: 0, unchanged: people });
  expect(codesOf(without)).toContain("mailboxes-left");

  const swept = await planOf(there, "--sweep");
  expect(swept.summary).toMatchObject({ delete: people, create: 0, update: 0, unchanged: people });
  const ofBo = booksOf(swept).filter(({ changes }) => changes.length > 0);
  expect(ofBo.map(({ mailbox }) => mailbox)).toEqual(["bo@contoso.com"]);
  expect(new Set(ofBo[0]?.changes.map(({ reason }) => reason))).toEqual(new Set(["mailbox-left"]));
});

test("what is swept is under the limits, is made by apply, and comes back by a rollback", async () => {
  const { there, people } = await leftByBo();
  const before = contactsOf(there, "bo@contoso.com");
  expect((await there.galops(...apply, "--sweep")).code).toBe(4);
  expect(contactsOf(there, "bo@contoso.com")).toEqual(before);

  await there.galops("plan", "--sweep", "--allow", `deletes=${people}`, "-o", "swept.plan");
  expect(await there.galops("apply", "swept.plan", "--auto-approve")).toMatchObject({ code: 0 });
  expect(contactsOf(there, "bo@contoso.com")).toEqual({ ours: 0, others: before.others });
  expect(contactsOf(there, "ann@contoso.com").ours).toBe(people);
  expect((await there.galops("plan", "--sweep", "--detailed-exitcode")).stdout).toMatch(plansNothing);
  // The journals have it that nothing is left there.
  expect(codesOf(await planOf(there))).not.toContain("mailboxes-left");

  expect(await there.galops("rollback", "last", "--auto-approve")).toMatchObject({ code: 0 });
  expect(contactsOf(there, "bo@contoso.com")).toEqual(before);
});

test("a sweep that is narrowed to mailboxes leaves all others alone, targets and others", async () => {
  const { there, people } = await leftByBo();
  const ann = await planOf(there, "--sweep", "--mailbox", "ann@contoso.com");
  expect(ann.summary).toMatchObject({ delete: 0, unchanged: people });
  const bo = await planOf(there, "--sweep", "--mailbox", "bo@contoso.com");
  expect(booksOf(bo).map(({ mailbox }) => mailbox)).toEqual(["bo@contoso.com"]);
  expect(bo.summary).toMatchObject({ delete: people });
});

test("a sync that deletes nothing sweeps nothing away, and says so", async () => {
  const { there, people } = await leftByBo();
  there.write("galops.yaml", annOnly.replace("    from:", "    policy: create-only\n    from:"));
  const swept = await planOf(there, "--sweep");
  expect(swept.summary).toMatchObject({ delete: 0, withheld: people });
});

test.each([
  ["with a saved plan", ["apply", "some.plan", "--sweep"], "A saved plan cannot be changed"],
  ["against a base", ["plan", "--base", ".", "--sweep"], "A sweep cannot be compared with a base"],
])("--sweep is refused %s", async (_, argv, message) => {
  const ended = await (await office()).galops(...argv);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining(message) as string });
});
