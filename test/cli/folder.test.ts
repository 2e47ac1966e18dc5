import { expect, test } from "vitest";
import { fakeContext } from "../fakes/context.ts";
import { config, office, tenantFile } from "./office.ts";
import type { Office } from "./office.ts";

const here = "      folder: Directory\n";
const inDefault = config.replace(here, "");
const renamed = config.replace(here, "      folder: Colleagues\n");
const apply = ["apply", "--auto-approve"] as const;
const plansNothing = "No changes. The tenants match the configuration.";

interface TenantFile {
  readonly mailboxes: readonly {
    readonly user: string;
    readonly folders: { id: string; displayName: string; parent?: string }[];
    readonly contacts: { readonly folder?: string; readonly extendedProperties?: object }[];
  }[];
}

/** Ann's and Bo's mailboxes as they are in the file, for the user to do something in Outlook. */
function inOutlook({ read, write }: Office, act: (mailbox: TenantFile["mailboxes"][number]) => void): void {
  const tenant = JSON.parse(read(tenantFile)) as TenantFile;
  for (const mailbox of tenant.mailboxes) act(mailbox);
  write(tenantFile, JSON.stringify(tenant));
}

/** Names of folders that hold contacts of ours, with how many. */
function places(there: Office): readonly string[] {
  const { mailboxes } = JSON.parse(there.read(tenantFile)) as TenantFile;
  return mailboxes.flatMap(({ folders, contacts }) => {
    const names = new Map(folders.map(({ id, displayName }) => [id, displayName]));
    const ours = contacts.filter(({ extendedProperties }) => extendedProperties !== undefined);
    const byFolder = Map.groupBy(ours, ({ folder }) => names.get(folder ?? "") ?? "Contacts");
    return [...byFolder].map(([name, some]) => `${name} ${some.length}`);
  });
}

async function planOf(there: Office): Promise<Record<string, unknown>> {
  return JSON.parse((await there.galops("plan", "--format", "json")).stdout) as Record<string, unknown>;
}

async function expectNothingLeft({ galops }: Office): Promise<void> {
  const again = await galops("plan", "--detailed-exitcode");
  expect([again.code, again.stdout]).toEqual([0, expect.stringContaining(plansNothing)]);
}

test.each([
  ["set", inDefault, config, "Directory"],
  ["removed", config, inDefault, "Contacts"],
])(
  "a folder that is %s in the config takes everybody along, and nobody is there twice",
  async (_, before, after, name) => {
    const there = await office(before);
    await there.galops(...apply);
    const contacts = places(there).map((place) => Number(place.split(" ").at(-1)));
    there.write("galops.yaml", after);
    // No limit stands in the way: nobody loses his contact, and nobody new gets one.
    const planned = await there.galops("plan", "--detailed-exitcode");
    expect(planned.code).toBe(2);
    const total = contacts.reduce((sum, count) => sum + count, 0);
    expect(planned.stdout).toContain(
      `Plan: ${total} to create, 0 to update, ${total} to delete (${total} contacts move to another folder: created there, then deleted here).`,
    );
    expect(planned.stdout).toContain("(moved here from another folder)");
    expect(planned.stdout).toContain(
      'deleted here once it exists there)\n  - contact "ann@contoso.com" {}\n',
    );
    expect(planned.stdout).not.toContain("the person has another contact");
    const comment = (await there.galops("plan", "--format", "markdown")).stdout;
    expect(comment).toContain(`(${total} contacts move to another folder`);
    expect(comment).not.toContain("the person has another contact");
    expect(await planOf(there)).toMatchObject({ summary: { create: total, delete: total, move: total } });
    expect(await there.galops(...apply)).toMatchObject({ code: 0 });
    expect(places(there)).toEqual(contacts.map((count) => `${name} ${count}`));
    await expectNothingLeft(there);
  },
);

test("a run that is interrupted between creates and deletes is ended by the next one", async () => {
  const there = await office(inDefault);
  await there.galops(...apply);
  const before = places(there);
  there.write("galops.yaml", config);
  const fake = fakeContext({ cwd: there.folder, isTTY: true });
  const { stderr } = fake.context;
  const interrupting = {
    ...stderr,
    async write(text: string) {
      // What was begun is brought to its end: the creates of each mailbox.
      if (text.includes("Making changes")) fake.interrupt("SIGINT");
      await stderr.write(text);
    },
  };
  const cut = { ...fake, context: { ...fake.context, stderr: interrupting } };
  expect(await there.start(cut, ...apply)).toMatchObject({ code: 130 });
  expect(places(there).length).toBeGreaterThan(before.length);
  const rest = await planOf(there);
  expect(rest["refusals"]).toEqual([]);
  expect(await there.galops(...apply)).toMatchObject({ code: 0 });
  expect(places(there)).toEqual(before.map((place) => place.replace("Contacts", "Directory")));
  await expectNothingLeft(there);
});

test("a folder that gets another name in the config is renamed, shown in every format and counted apart", async () => {
  const there = await office();
  await there.galops(...apply);
  const before = places(there);
  there.write("galops.yaml", renamed);
  const planned = await there.galops("plan", "--detailed-exitcode");
  expect(planned.code).toBe(2);
  expect(planned.stdout).toContain(
    '# The folder "Directory" will be renamed in ann@contoso.com and bo@contoso.com\n' +
      '  ~ folder "Directory" -> "Colleagues"\n',
  );
  expect(planned.stdout).toContain("Plan: 0 to create, 0 to update, 0 to delete, 2 folders to rename.");
  expect(await planOf(there)).toMatchObject({
    summary: { create: 0, update: 0, rename: 2 },
    syncs: [
      {
        books: [
          { folder: "Colleagues", rename: { from: "Directory" }, changes: [] },
          { folder: "Colleagues", rename: { from: "Directory" }, changes: [] },
        ],
      },
    ],
  });
  for (const format of ["markdown", "html"]) {
    const shown = (await there.galops("plan", "--format", format)).stdout;
    expect(shown).toContain("2 folders to rename");
    expect(shown.replaceAll("\\u0022", '"').replaceAll('\\"', '"')).toMatch(
      /folder "Directory" -(?:>|\\u003e) "Colleagues"/,
    );
  }
  const applied = await there.galops(...apply);
  expect(applied.stdout).toContain("Apply complete! 0 created, 0 updated, 0 deleted, 2 folders renamed.");
  expect(places(there)).toEqual(before.map((place) => place.replace("Directory", "Colleagues")));
  await expectNothingLeft(there);
  const runs = (await there.galops("runs")).stdout;
  expect(runs).toContain("2 folders renamed");
  expect(runs).not.toContain("Cannot be rolled back");
});

test("the name that a user gives his folder stays, until the config has another one", async () => {
  const there = await office();
  await there.galops(...apply);
  inOutlook(there, ({ folders }) => {
    for (const folder of folders) if (folder.displayName === "Directory") folder.displayName = "Work";
  });
  await expectNothingLeft(there);
  there.write("galops.yaml", renamed);
  expect((await there.galops("plan")).stdout).toContain('~ folder "Work" -> "Colleagues"');
  await there.galops(...apply);
  await expectNothingLeft(there);
});

test("a saved plan renames only what is still called as planned", async () => {
  const there = await office();
  await there.galops(...apply);
  there.write("galops.yaml", renamed);
  await there.galops("plan", "-o", "week.plan");
  const [ann] = (JSON.parse(there.read(tenantFile)) as TenantFile).mailboxes.filter(
    ({ folders }) => folders.length > 0,
  );
  inOutlook(there, ({ user, folders }) => {
    for (const folder of folders) {
      if (user === ann?.user && folder.displayName === "Directory") folder.displayName = "Work";
    }
  });
  const { code, stdout, stderr } = await there.galops("apply", "week.plan");
  expect(code).toBe(3);
  expect(stdout).toContain("1 folder renamed, 1 left alone");
  expect(stderr).toContain("rename Colleagues in ");
});

test("a new name that another folder of the mailbox has is shown, and not tried again and again", async () => {
  const there = await office();
  await there.galops(...apply);
  inOutlook(there, ({ folders }) => {
    if (folders.length > 0) folders.push({ id: "own", displayName: "colleagues" });
  });
  there.write("galops.yaml", renamed);
  const { code, stdout } = await there.galops("plan", "--detailed-exitcode");
  expect(code).toBe(0);
  expect(stdout).toContain('The folder "Directory" will not be renamed to "Colleagues"');
  expect(stdout).toContain("The mailbox has another folder named");
});

test("a folder that its user drags below another one is found there, and emptied there", async () => {
  const there = await office();
  await there.galops(...apply);
  const before = places(there);
  inOutlook(there, ({ folders }) => {
    const ours = folders.find(({ displayName }) => displayName === "Directory");
    if (ours === undefined) return;
    folders.push({ id: "own", displayName: "My folders" });
    ours.parent = "own";
  });
  await expectNothingLeft(there);
  there.write("galops.yaml", renamed);
  await there.galops(...apply);
  await expectNothingLeft(there);
  expect(places(there)).toEqual(before.map((place) => place.replace("Directory", "Colleagues")));
  there.write("galops.yaml", inDefault);
  await there.galops(...apply);
  await expectNothingLeft(there);
  expect(places(there)).toEqual(before.map((place) => place.replace("Directory", "Contacts")));
});

test("an approved plan covers the new name of a folder", async () => {
  const there = await office();
  await there.galops(...apply);
  there.write("galops.yaml", renamed);
  await there.galops("plan", "-o", "week.plan");
  expect(await there.galops(...apply, "--approved", "week.plan")).toMatchObject({ code: 0 });
  await expectNothingLeft(there);
});

test("a rollback gives a folder its name back, unless its user has renamed it since", async () => {
  const there = await office();
  await there.galops(...apply);
  const before = places(there);
  there.write("galops.yaml", renamed);
  await there.galops(...apply);
  const { code, stdout } = await there.galops("rollback", "last", "--auto-approve");
  expect(code).toBe(0);
  expect(stdout).toContain('~ folder "Colleagues" -> "Directory"');
  expect(places(there)).toEqual(before);
  await there.galops(...apply);
  inOutlook(there, ({ folders }) => {
    for (const folder of folders) if (folder.displayName === "Colleagues") folder.displayName = "Work";
  });
  expect((await there.galops("rollback", "last", "--auto-approve")).stdout).toContain("Nothing is left");
});

test("a rollback leaves where they are contacts that were moved, and says how they move back", async () => {
  const there = await office(inDefault);
  await there.galops(...apply);
  const before = places(there);
  there.write("galops.yaml", config);
  await there.galops(...apply);
  const moved = places(there);
  const { code, stdout } = await there.galops("rollback", "last", "--auto-approve");
  expect(code).toBe(3);
  expect(stdout).toContain("galops apply then moves it back");
  expect(places(there)).toEqual(moved);
  there.write("galops.yaml", inDefault);
  await there.galops(...apply);
  expect(places(there)).toEqual(before);
});
