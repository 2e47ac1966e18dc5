import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { manualClock } from "../fakes/manual-clock.ts";
import { files, partners } from "./mail-contacts/partners.ts";
import type { Partners } from "./mail-contacts/partners.ts";
import { tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";
import { aWeek, apply, contactsOf } from "./week.ts";

function mailsIn({ tenant }: Partners): readonly string[] {
  return tenant("fabrikam")
    .orgContacts.map(({ mail }) => mail)
    .toSorted();
}

/** Names of all runs, the newest first. */
async function runsOf({ galops }: Pick<Office, "galops">): Promise<readonly string[]> {
  const { stdout } = await galops("runs", "--format", "json");
  const { runs } = JSON.parse(stdout) as { readonly runs: readonly { readonly run: string }[] };
  return runs.map(({ run }) => run);
}

test("a saved plan that is made again has made nothing, and nothing is rolled back with it", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  await world.galops("plan", "-o", "once.plan");
  world.on(1);
  await world.galops("apply", "once.plan");
  world.on(2);
  const again = await world.galops("apply", "once.plan", "--format", "json");
  expect(JSON.parse(again.stdout)).toMatchObject({ alreadyDone: 1, summary: { created: 0 } });
  const before = mailsIn(world);
  expect(before).toContain("new@contoso.com");
  const [run = "", maker = ""] = await runsOf(world);
  for (const name of ["last", run]) {
    const refused = await world.galops("rollback", name, "--auto-approve");
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(`The run ${run} changed nothing`);
    expect(refused.stderr).toContain(`galops rollback ${maker}`);
  }
  expect(mailsIn(world)).toEqual(before);
});

/** Makes of the newest run one that was killed before any of its requests arrived, and of the tenant what it was. */
async function killLast(world: Pick<Office, "galops" | "folder" | "write">, tenant: Kept): Promise<string> {
  const [run = ""] = await runsOf(world);
  const file = path.join(world.folder, ".galops", "runs", run, "journal.ndjson");
  const lines = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, lines.filter((line) => !/^\{"type":"(?:result|end)"/.test(line)).join("\n"));
  world.write(tenant.file, tenant.text);
  return run;
}

interface Kept {
  readonly file: string;
  readonly text: string;
}

const made = /Another run \(\S+\) has created a contact for this person since\./;

test("mail contacts that the run after a killed one made are left to it", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  const tenant = { file: files.fabrikam, text: world.read(files.fabrikam) };
  world.on(1);
  await world.apply();
  const killed = await killLast(world, tenant);
  world.on(2);
  await world.apply();
  const before = world.read(files.fabrikam);
  expect(before).toContain("new@contoso.com");
  const { code, stdout } = await world.galops("rollback", killed, "--auto-approve");
  expect(code).toBe(3);
  expect(stdout).toMatch(made);
  expect(world.read(files.fabrikam)).toBe(before);
});

test("contacts in mailboxes that the run after a killed one made, changed or deleted are left to it", async () => {
  const there = await aWeek();
  const tenant = { file: tenantFile, text: there.read(tenantFile) };
  const onDay = (day: number, ...argv: readonly string[]): Promise<Ended> =>
    there.galopsIn({ clock: manualClock(Date.UTC(2026, 10, 24 + day)) }, ...argv);
  await onDay(1, ...apply);
  const killed = await killLast(there, tenant);
  const second = await onDay(2, ...apply);
  expect(second.stdout).toMatch(/[1-9] created, [1-9] updated, [1-9] deleted\./);
  const before = contactsOf(there);
  const { code, stdout } = await onDay(3, "rollback", killed, "--auto-approve");
  expect(code).toBe(3);
  expect(stdout).toMatch(made);
  expect(stdout).toMatch(/another run \(\S+\) has since\./);
  expect(contactsOf(there)).toEqual(before);
  expect(await onDay(4, "rollback", (await runsOf(there))[0] ?? "", "--auto-approve")).toMatchObject({
    code: 0,
  });
});

test("where the journal of a later run cannot be read, what is in doubt is left as it is", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  const tenant = { file: files.fabrikam, text: world.read(files.fabrikam) };
  world.on(1);
  await world.apply();
  const killed = await killLast(world, tenant);
  world.on(2);
  await world.apply("--encrypt-to", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p");
  const before = world.read(files.fabrikam);
  const { code, stdout } = await world.galops("rollback", killed, "--auto-approve");
  expect(code).toBe(3);
  expect(stdout).toContain("cannot be read: The file is encrypted");
  expect(world.read(files.fabrikam)).toBe(before);
});

test("a run of which everything was refused has nothing to undo, and does not say so either", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  await world.galops("plan", "-o", "late.plan");
  await world.edit("add-user", "fabrikam", "mate@fabrikam.com", "Mate");
  world.rewrite("fabrikam", ({ users }) => {
    users.find(({ mail }) => mail === "mate@fabrikam.com")?.proxyAddresses?.push("smtp:new@contoso.com");
  });
  world.on(1);
  const { code, stderr } = await world.galops("apply", "late.plan");
  expect(code).toBe(3);
  expect(stderr).toContain("This run is written down as");
  expect(stderr).not.toContain("To undo it");
  expect((await world.galops("runs")).stdout).toMatch(
    / 1 failed\n {2}# Cannot be rolled back: It changed nothing\./,
  );
});
