import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { text as textOf } from "node:stream/consumers";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { byCodeUnit } from "../../src/model/order.ts";
import { config, office, owner, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

const photos = config.replace("    where:", "    photos: true\n    where:");
const apply = ["apply", "--auto-approve"] as const;
const rollback = ["rollback", "last", "--auto-approve"] as const;

interface Mailbox {
  readonly contacts?: readonly Readonly<Record<string, unknown>>[];
}

/** The contacts of all mailboxes in the tenant's file, but for what is new with every write. */
function contactsOf({ read }: Office): readonly unknown[] {
  const { mailboxes } = JSON.parse(read(tenantFile)) as { readonly mailboxes: readonly Mailbox[] };
  return mailboxes.map(({ contacts = [] }) =>
    contacts
      .map(
        ({ id: _id, version: _version, createdDateTime: _made, lastModifiedDateTime: _at, ...kept }) => kept,
      )
      .map((contact) =>
        JSON.stringify(
          Object.fromEntries(Object.entries(contact).toSorted(([one], [other]) => byCodeUnit(one, other))),
        ),
      )
      .toSorted(),
  );
}

async function edit({ galops }: Office, ...argv: readonly string[]): Promise<void> {
  const [what = "", ...rest] = argv;
  const ended = await galops("sandbox", "edit", what, tenantFile, ...rest);
  if (ended.code !== 0) throw new Error(ended.stderr);
}

/** An office where contacts are kept, and then somebody joins, is promoted and leaves. */
async function aWeek(text = photos): Promise<Office> {
  const made = await office(text);
  await made.galops(...apply);
  await edit(made, "edit-contact", "ann@contoso.com", "Dana Müller-Łęcka", "nickName=Dan");
  await edit(made, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief", "mobilePhone=+46 1");
  await edit(made, "disable-user", "dana@contoso.com");
  await edit(made, "add-user", "new@contoso.com", "New Comer", "mobilePhone=+46 2");
  return made;
}

/** The number that a refusal asks for. */
function allowIn({ stderr }: Ended): readonly string[] {
  const [allow = ""] = /--allow \S*deletes=\d+/.exec(stderr.replaceAll("\n│ ", " ")) ?? [];
  return allow.split(" ");
}

test("apply and rollback give back every contact as it was, with photo and marker, but for ids and times", async () => {
  const made = await aWeek();
  const { galops } = made;
  const before = contactsOf(made);
  const applied = await galops(...apply);
  expect(applied.stdout).toMatch(/[1-9] created, [1-9] updated, [1-9] deleted\./);
  const afterwards = contactsOf(made);
  expect(afterwards).not.toEqual(before);
  const undone = await galops(...rollback);
  expect(undone).toMatchObject({ code: 0 });
  expect(undone.stdout).toContain("as it was before the run that is rolled back");
  expect(undone.stdout).toContain("Rollback complete!");
  expect(contactsOf(made)).toEqual(before);

  const redone = await galops(...rollback);
  expect(redone).toMatchObject({ code: 0 });
  expect(contactsOf(made)).toEqual(afterwards);
  expect((await galops("plan")).stdout).toContain("No changes.");
});

test("a first fill is rolled back only with the exact number that the refusal names", async () => {
  const made = await office(photos);
  const { galops } = made;
  const before = contactsOf(made);
  await galops(...apply);
  const refused = await galops(...rollback);
  expect(refused.code).toBe(4);
  expect(refused.stderr).toContain("Rolling back 20261124T080000Z-");
  expect(await galops(...rollback, "--allow", "deletes=1")).toMatchObject({ code: 4 });
  expect(await galops(...rollback, ...allowIn(refused))).toMatchObject({ code: 0 });
  expect(contactsOf(made)).toEqual(before);
});

test("a rollback is shown and asked for like any plan", async () => {
  const made = await aWeek();
  const { galops, galopsIn } = made;
  await galops(...apply);
  const after = contactsOf(made);
  const unasked = await galops("rollback", "last");
  expect(unasked.code).toBe(1);
  expect(unasked.stderr).toContain("--auto-approve");
  const no = await galopsIn({ answers: ["no"] }, "rollback", "last");
  expect(no.code).toBe(1);
  expect(no.stdout).toContain("Plan:");
  expect(contactsOf(made)).toEqual(after);
  const yes = await galopsIn({ answers: ["yes"] }, "rollback", "last", "--format", "json");
  expect(yes.code).toBe(0);
  expect(JSON.parse(yes.stdout)).toMatchObject({ summary: { created: 2, deleted: 2, failed: 0 } });
});

test("a rollback is a run of its own, in the list with what it rolled back", async () => {
  const { galops } = await aWeek();
  await galops(...apply);
  await galops(...rollback);
  const { runs } = JSON.parse((await galops("runs", "--format", "json")).stdout) as {
    runs: readonly { readonly run: string; readonly command: string }[];
  };
  const undone = runs.find((run) => "rolledBackBy" in run && run.rolledBackBy !== null);
  expect(runs.find(({ command }) => command === "rollback")).toMatchObject({ undoes: undone?.run });
  expect((await galops("runs")).stdout).toContain(`rolled back ${undone?.run ?? "?"}`);
});

test("what somebody edited since is left alone, listed with the reason, and the exit code is 3", async () => {
  const made = await aWeek();
  const { galops } = made;
  await galops(...apply);
  await edit(made, "edit-contact", "ann@contoso.com", "New Comer", "jobTitle=Mine");
  const undone = await galops(...rollback);
  expect(undone.code).toBe(3);
  expect(undone.stdout).toContain("It was changed after the run, so it is left as it is.");
  expect((await galops("sandbox", "show", tenantFile, "ann@contoso.com")).stdout).toContain("Mine");
});

test("a run is named by the beginning of its name, where no other begins so", async () => {
  const made = await aWeek();
  const { galops } = made;
  await galops(...apply);
  const ambiguous = await galops("rollback", "20261124", "--auto-approve");
  expect(ambiguous.code).toBe(1);
  expect(ambiguous.stderr).toContain("2 runs begin with 20261124");
  const unknown = await galops("rollback", "2019", "--auto-approve");
  expect(unknown.code).toBe(1);
  expect(unknown.stderr).toContain("galops runs");
  const [newest = ""] = readdirSync(path.join(made.folder, ".galops", "runs"))
    .toSorted()
    .toReversed();
  expect(await galops("rollback", newest, "--auto-approve")).not.toMatchObject({ code: 1 });
});

test.each<[string, (made: Office, file: string) => void, RegExp]>([
  [
    "whose journal is damaged",
    (_, file) => writeFileSync(file, spoilt(file, '"action":"update"', '"action":"up"')),
    /damaged in line/,
  ],
  [
    "of another version",
    (_, file) => writeFileSync(file, spoilt(file, '"formatVersion":1', '"formatVersion":9')),
    /version 9/,
  ],
  [
    "whose sync is gone",
    ({ write }) => write("galops.yaml", photos.replace(owner, owner.replace("0", "1"))),
    /no sync any more/,
  ],
  [
    "that wrote to another folder",
    ({ write }) => write("galops.yaml", photos.replace("      folder: Directory\n", "")),
    /folder of its own/,
  ],
])("a run %s is not rolled back, and nothing is changed", async (_, spoil, words) => {
  const made = await aWeek();
  await made.galops(...apply);
  const runs = path.join(made.folder, ".galops", "runs");
  // The newest is the one with the rollback's rights.
  const [last = ""] = readdirSync(runs).toSorted().toReversed();
  spoil(made, path.join(runs, last, "journal.ndjson"));
  const before = contactsOf(made);
  const { code, stderr } = await made.galops(...rollback);
  expect(code).toBe(1);
  expect(stderr).toMatch(words);
  expect(contactsOf(made)).toEqual(before);
});

function spoilt(file: string, from: string, to: string): string {
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`There is no ${from}.`);
  return text.replace(from, to);
}

test("a run is not rolled back in another tenant, even of the same name", async () => {
  const made = await aWeek();
  const { galops, write, read } = made;
  await galops(...apply);
  await galops("sandbox", "init", "other.tenant.json", "--seed", "7");
  write("galops.yaml", photos.replace(tenantFile, "other.tenant.json"));
  const before = read("other.tenant.json");
  const { code, stderr } = await galops(...rollback);
  expect(code).toBe(1);
  expect(stderr).toContain("wrote to the tenant");
  expect(read("other.tenant.json")).toBe(before);
});

test("a sync that was renamed, and its folder with it, is still known by its owner", async () => {
  const made = await aWeek();
  const { galops, write } = made;
  const before = contactsOf(made);
  await galops(...apply);
  write(
    "galops.yaml",
    photos.replace("phones:", "directory:").replace("folder: Directory", "folder: Colleagues"),
  );
  expect(await galops(...rollback)).toMatchObject({ code: 0 });
  expect(contactsOf(made)).toEqual(before);
});

test("an encrypted journal is rolled back with its key, and the rollback's own is encrypted, too", async () => {
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const made = await aWeek();
  const { galopsIn, folder } = made;
  const before = contactsOf(made);
  await galopsIn({}, ...apply, "--encrypt-to", recipient);
  const without = await galopsIn({}, ...rollback);
  expect(without.code).toBe(1);
  expect(without.stderr).toContain("Set GALOPS_PLAN_IDENTITY");
  const env = { GALOPS_PLAN_IDENTITY: identity };
  expect(await galopsIn({ env }, ...rollback, "--encrypt-to", recipient)).toMatchObject({ code: 0 });
  expect(contactsOf(made)).toEqual(before);
  const runs = path.join(folder, ".galops", "runs");
  const texts = readdirSync(runs).map((run) => readFileSync(path.join(runs, run, "journal.ndjson"), "utf8"));
  expect(texts.filter((text) => text.includes("Müller"))).toHaveLength(1);
});

test("mail contacts are rolled back as contacts in mailboxes are", async () => {
  const made = await office(`version: 1
tenants:
  practice: { sandbox: ./${tenantFile} }
  fabrikam: { sandbox: ./fabrikam.tenant.json }
sources:
  staff: { kind: users, tenant: practice }
syncs:
  gal:
    owner: ${owner}
    from: [staff]
    to: { kind: mail-contacts, tenant: fabrikam, ownedDomains: [contoso.com] }
`);
  const { galops, read } = made;
  await galops("sandbox", "init", "fabrikam.tenant.json", "--company", "fabrikam");
  const kept = (): readonly string[] => {
    const { orgContacts = [] } = JSON.parse(read("fabrikam.tenant.json")) as {
      readonly orgContacts?: readonly Readonly<Record<string, unknown>>[];
    };
    return orgContacts.map((contact) => JSON.stringify(withoutIds(contact))).toSorted(byCodeUnit);
  };
  expect(await galops(...apply)).toMatchObject({ code: 0 });
  await edit(made, "set-user", "eve.oconnor@contoso.com", "jobTitle=Chief");
  await edit(made, "disable-user", "dana@contoso.com");
  await edit(made, "add-user", "new@contoso.com", "New Comer");
  const before = kept();
  expect(before.length).toBeGreaterThan(5);
  expect((await galops(...apply)).stdout).toContain("1 created, 1 updated, 1 deleted.");
  expect(kept()).not.toEqual(before);
  expect((await galops(...rollback)).stdout).toContain("1 created, 1 updated, 1 deleted.");
  expect(kept()).toEqual(before);
});

function withoutIds(contact: Readonly<Record<string, unknown>>): object {
  const changing = /^(?:id|guid|version|when.*|created.*|changed.*|.*DateTime)$/i;
  const entries = Object.entries(contact).filter(([name]) => !changing.test(name));
  return Object.fromEntries(entries.toSorted(([one], [another]) => byCodeUnit(one, another)));
}

const program = JSON.stringify(new URL("../../src/cli/program.ts", import.meta.url).href);
const processContext = JSON.stringify(new URL("../../src/cli/process-context.ts", import.meta.url).href);

/** A process that dies the moment it looks at the clock for the nth time: between any two requests, or in one. */
async function killedApply(
  folder: string,
  looks: number,
): Promise<{ readonly signal: string | null; readonly looks: number }> {
  const body = `const { run } = await import(${program});
    const { createProcessContext } = await import(${processContext});
    const context = createProcessContext();
    let looks = 0;
    const now = () => (++looks === ${looks} ? (process.kill(process.pid, "SIGKILL"), Date.now()) : Date.now());
    const code = await run(["apply", "--auto-approve", "--quiet"], { ...context, clock: { ...context.clock, now } });
    console.error("looks", looks);
    process.exit(code);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", body], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const said = textOf(child.stderr);
  const [, signal] = (await once(child, "close")) as [number | null, string | null];
  return { signal, looks: Number(/looks (\d+)/.exec(await said)?.[1] ?? looks) };
}

test("an apply that is killed with -9 leaves a journal by which it is rolled back", async () => {
  const whole = await killedApply((await aWeek()).folder, -1);
  expect(whole.signal).toBeNull();
  const cut: { readonly code: number; readonly isBack: boolean }[] = [];
  for (const share of [0.7, 0.8, 0.9]) {
    const made = await aWeek();
    const before = contactsOf(made);
    const { signal } = await killedApply(made.folder, Math.floor(whole.looks * share));
    const { stdout } = await made.galops("runs");
    if (signal !== "SIGKILL" || !stdout.includes("cut off")) continue;
    const { code } = await made.galops("rollback", "last", "--auto-approve");
    cut.push({ code, isBack: JSON.stringify(contactsOf(made)) === JSON.stringify(before) });
  }
  expect(cut.length).toBeGreaterThan(0);
  expect(cut).toEqual(cut.map(() => ({ code: 0, isBack: true })));
}, 120_000);
