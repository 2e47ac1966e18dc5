import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { byCodeUnit } from "../../src/model/order.ts";
import { edit, office, owner, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";
import { aWeek, contactsOf, apply, rollback, photos } from "./week.ts";

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

/** Writes into the newest journal what its run did. */
function tellOf({ folder }: Office, summary: object): void {
  const runs = path.join(folder, ".galops", "runs");
  const [newest = ""] = readdirSync(runs).toSorted().toReversed();
  const file = path.join(runs, newest, "journal.ndjson");
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const end = JSON.parse(lines.at(-1) ?? "") as object;
  writeFileSync(file, [...lines.slice(0, -1), JSON.stringify({ ...end, summary }), ""].join("\n"));
}

test("a rollback that failed counts for what it did, and the last run is not one that did nothing", async () => {
  const made = await aWeek();
  const { galops } = made;
  await galops(...apply);
  await galops(...rollback);
  const nothing = { created: 0, updated: 0, deleted: 0, adopted: 0, failed: 5, skipped: 0 };
  tellOf(made, { ...nothing, deleted: 1 });
  expect((await galops("runs")).stdout).toContain("; partly rolled back by ");
  tellOf(made, nothing);
  expect((await galops("runs")).stdout).not.toContain("rolled back by");
  const again = await galops(...rollback);
  const [, passed, last] =
    /Skipped a rollback that changed nothing: (\S+)\. The last run is (\S+)\./.exec(again.stderr) ?? [];
  expect([passed === undefined, passed === last]).toEqual([false, false]);
  expect(again.stdout).toContain(`Nothing is left to roll back: what ${last} wrote`);
});

test("what somebody edited since is left alone, listed with the reason, and the exit code is 3", async () => {
  const made = await aWeek();
  const { galops } = made;
  await galops(...apply);
  await edit(made, "edit-contact", "ann@contoso.com", "New Comer", "jobTitle=Mine");
  const undone = await galops(...rollback);
  expect(undone.code).toBe(3);
  expect(undone.stdout).toContain("It was changed after the run, so it is not rolled back.");
  expect(undone.stdout).toMatch(/Rollback incomplete\. .* 1 left alone\./);
  expect(undone.stderr).toContain("Warning: 1 change of phones was not undone");
  expect(undone.stderr).not.toContain("again for the rest");
  const [of] = await listed(made);
  expect(of).toMatchObject({ rolledBackPartly: true });
  expect((await galops("sandbox", "show", tenantFile, "ann@contoso.com")).stdout).toContain("Mine");
});

/** The runs that were rolled back. */
async function listed({ galops }: Pick<Office, "galops">): Promise<readonly object[]> {
  const { runs } = JSON.parse((await galops("runs", "--format", "json")).stdout) as {
    readonly runs: readonly { readonly rolledBackBy: string | null }[];
  };
  return runs.filter(({ rolledBackBy }) => rolledBackBy !== null);
}

test("the JSON of a rollback says what is not undone, and why, also where nothing else is", async () => {
  const made = await aWeek();
  const { galops } = made;
  await galops(...apply);
  await edit(made, "edit-contact", "ann@contoso.com", "New Comer", "jobTitle=Mine");
  for (const deleted of [1, 0]) {
    const { code, stdout } = await galops(
      "rollback",
      await secondApply(made),
      "--auto-approve",
      "--format",
      "json",
    );
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({
      summary: { deleted, skipped: 1 },
      failures: [
        {
          status: "withheld",
          code: "left-alone",
          action: "delete",
          mailbox: "ann@contoso.com",
          message: "It was changed after the run, so it is not rolled back.",
        },
      ],
    });
  }
});

/** The run of the second apply. */
async function secondApply({ folder }: Office): Promise<string> {
  const files = readdirSync(path.join(folder, ".galops", "runs")).map((run) => [
    run,
    readFileSync(path.join(folder, ".galops", "runs", run, "journal.ndjson"), "utf8"),
  ]);
  return (
    files.find(([, text = ""]) => text.includes('"action":"delete"') && text.includes("New Comer"))?.[0] ?? ""
  );
}

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

test("an encrypted journal is rolled back with its key, and the rollback's own is encrypted for the same", async () => {
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
  const undone = await galopsIn({ env }, ...rollback);
  expect(undone).toMatchObject({ code: 0 });
  expect(undone.stderr).toContain(recipient);
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
