import { expect, test } from "vitest";
import { config, edit, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

interface Contact {
  readonly id: string;
  displayName?: string;
  folder?: string;
  version: number;
}

interface TenantFile {
  readonly users: { id: string; userPrincipalName: string }[];
  readonly mailboxes: { user: string; contacts: Contact[]; folders: { id: string; displayName: string }[] }[];
}

function annsMailbox({ users, mailboxes }: TenantFile): TenantFile["mailboxes"][number] {
  const ann = users.find(({ userPrincipalName }) => userPrincipalName === "ann@contoso.com");
  const found = mailboxes.find(({ user }) => user === ann?.id);
  if (found === undefined) throw new Error("Ann has no mailbox.");
  return found;
}

/** As Outlook does when a contact is dragged to the default folder. */
function moveOut({ read, write }: Office, name: string): void {
  const tenant = JSON.parse(read(tenantFile)) as TenantFile;
  const contact = annsMailbox(tenant).contacts.find(
    ({ displayName, folder }) => displayName === name && folder !== undefined,
  );
  if (contact === undefined) throw new Error(`There is no ${name}.`);
  delete contact.folder;
  contact.version++;
  write(tenantFile, JSON.stringify(tenant));
}

/** How often somebody is in Ann's folder of galops, and in her own. */
function copiesOf({ read }: Office, name: string): readonly [ours: number, hers: number] {
  const { contacts } = annsMailbox(JSON.parse(read(tenantFile)) as TenantFile);
  const named = contacts.filter(({ displayName }) => displayName === name);
  const ours = named.filter(({ folder }) => folder !== undefined).length;
  return [ours, named.length - ours];
}

const [edited, moved, copied, deleted] = [
  "Dana Müller-Łęcka",
  "Ève O'Connor",
  "Þóra Jónsdóttir",
  "田中 健二 (Kenji)",
];

test("what a user edits, moves, copies and deletes between plan and apply is left alone, then put right", async () => {
  const made = await office(config);
  await made.galops("apply", "--auto-approve");
  const addresses = ["dana", "eve.oconnor", "thora", "kenji"];
  for (const name of addresses) await edit(made, "set-user", `${name}@contoso.com`, "department=Moon");
  expect(copiesOf(made, deleted)).toEqual([1, 0]);
  await made.galops("plan", "-o", "week.plan");

  await edit(made, "edit-contact", "ann@contoso.com", edited, "jobTitle=Boss");
  await edit(made, "copy-contact", "ann@contoso.com", copied);
  await edit(made, "delete-contact", "ann@contoso.com", deleted);
  moveOut(made, moved);
  const applied = await made.galops("apply", "week.plan");
  expect(applied.code).toBe(3);
  const left = [...applied.stderr.matchAll(/^│ {3}update (.*) in ann@contoso\.com$/gmu)].map(
    ([, name]) => name,
  );
  expect(left).toEqual([moved, edited, deleted]);
  expect(copiesOf(made, moved)).toEqual([0, 1]);

  // The next run: what was dragged away is the user's, and is made again where it belongs.
  expect(await made.galops("apply", "--auto-approve")).toMatchObject({ code: 0 });
  for (const name of [edited, copied, deleted]) expect([name, copiesOf(made, name)]).toEqual([name, [1, 0]]);
  expect(copiesOf(made, moved)).toEqual([1, 1]);
  expect((await made.galops("plan")).stdout).toContain("No changes.");
});

test("no switch turns all limits off at once", async () => {
  const made = await office(`${config}    limits: { creates: 1 }\n`);
  for (const allow of ["all", "*", "creates", "creates=all", "creates=100%", "creates=-1", "limits=none"]) {
    const refused = await made.galops("apply", "--auto-approve", "--allow", allow);
    expect([allow, refused.code, refused.stderr]).toEqual([allow, 1, expect.stringContaining(allow)]);
  }
  for (const option of ["--force", "--no-limits", "--allow-all", "--yes"]) {
    expect(await made.galops("apply", "--auto-approve", option)).toMatchObject({ code: 1 });
  }
  expect(await made.galops("apply", "--auto-approve", "--allow", "creates=999")).toMatchObject({ code: 4 });
  expect((await made.galops("plan")).stdout).toMatch(/Plan: \d\d to create/u);
});
