import { expect, test } from "vitest";
import { config, edit, office } from "./office.ts";
import { planned, pullRequest } from "./pull-request.ts";
import type { PlanJson } from "./pull-request.ts";

// What an expression may ask of those whose mailboxes they are.

/** The office's sync with this `where`, into these mailboxes. */
function where(expression: string, mailboxes: string): string {
  return config
    .replace('person.mobilePhone != ""', `'${expression}'`)
    .replace("{ users: [ann@contoso.com, bo@contoso.com] }", mailboxes);
}

const managersOnly = where(
  "person.mail == mailbox.managerMail",
  "{ users: [ann@contoso.com, bo@contoso.com, dana@contoso.com] }",
);

function people({ syncs }: PlanJson): Record<string, readonly string[]> {
  const books = syncs.flatMap((sync) => sync.books);
  return Object.fromEntries(
    books.map(({ mailbox, changes }) => [mailbox, changes.map((change) => change.displayName)]),
  );
}

test("a manager's contact is only in the mailboxes of those whose manager it is", async () => {
  const there = await office(managersOnly);
  await edit(there, "set-user", "ann@contoso.com", "manager=");
  await edit(there, "set-user", "bo@contoso.com", "manager=ann@contoso.com");
  await edit(there, "set-user", "dana@contoso.com", "manager=bo@contoso.com");
  expect(people(await planned(there))).toEqual({
    "ann@contoso.com": [],
    "bo@contoso.com": ["Ann Ek"],
    "dana@contoso.com": ["Bo Li"],
  });
});

test("the base config knows managers, too, also where only one of both asks for them", async () => {
  const there = await pullRequest();
  await edit(there, "set-user", "bo@contoso.com", "manager=ann@contoso.com");
  const [all, managers] = ["true", "person.mail == mailbox.managerMail"].map((expression) =>
    where(expression, "{ users: [bo@contoso.com] }").replace("0d9f", "2d9f").replace("Directory", "Managers"),
  ) as [string, string];
  const compare = async (base: string, own: string): Promise<PlanJson["comparison"]> => {
    there.base(base);
    there.write("galops.yaml", own);
    return (await planned(there, "--base", "base")).comparison;
  };
  expect((await compare(managers, all))?.causes).toMatchObject({ pending: { create: 1 } });
  expect((await compare(all, managers))?.causes).toMatchObject({
    pending: { create: 1 },
    "this-change": { create: 0 },
  });
});

const inSales = '"sales@contoso.com" in mailbox.groups';

test("a mailbox is in those groups under `mailboxes` that have its owner, however it was named", async () => {
  const mailboxes = "{ users: [ann@contoso.com, eve.oconnor@contoso.com], groups: [sales@contoso.com] }";
  const there = await office(where(inSales, mailboxes));
  const { "ann@contoso.com": ann, "eve.oconnor@contoso.com": eve } = people(await planned(there));
  expect(ann).toEqual([]);
  expect(eve).toContain("Ann Ek");
});

test("groups of a mailbox are refused where the sync names none, for they would be empty for everybody", async () => {
  const { galops } = await office(where(inSales, "{ all: true }"));
  for (const command of ["validate", "plan"]) {
    const { code, stdout, stderr } = await galops(command);
    expect(code).toBe(1);
    expect(stdout).not.toContain("Plan:");
    expect(stderr).toMatch(/No groups of mailboxes are named/);
    expect(stderr).toContain("on galops.yaml line 10, column 36:");
    expect(stderr).toContain("Name the groups under `mailboxes.groups`");
  }
});
