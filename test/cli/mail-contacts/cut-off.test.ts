import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { files, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

/** The first run, cut off: every contact is made, and neither is one stamped nor does the journal tell of an answer. */
async function cutOff(): Promise<Partners> {
  const there = await partners();
  await there.apply();
  const [run = ""] = runsIn(there);
  const journal = path.join(".galops", "runs", run, "journal.ndjson");
  const kept = there
    .read(journal)
    .split("\n")
    .filter((line) => line !== "" && !/^\{"type":"(?:result|end)"/u.test(line));
  there.write(journal, `${kept.join("\n")}\n`);
  there.write(files.fabrikam, unstamped(there.read(files.fabrikam)));
  return there;
}

function unstamped(tenant: string): string {
  return tenant.replaceAll(/"CustomAttribute15": "galops:[^"]*"/gu, '"CustomAttribute15": ""');
}

/** By their beginning. */
function runsIn({ folder }: Partners): readonly string[] {
  return readdirSync(path.join(folder, ".galops", "runs")).toSorted();
}

function begun({ tenant }: Partners): readonly string[] {
  return tenant("fabrikam").orgContacts.flatMap(({ mail, mailNickname }) =>
    mailNickname.startsWith("galops-") ? [mail] : [],
  );
}

test("a rollback deletes what a run made and was cut off before it stamped it", async () => {
  const there = await cutOff();
  const others = there.tenant("fabrikam").orgContacts.length - begun(there).length;
  expect(begun(there)).toHaveLength(16);
  const undone = await there.galops("rollback", "last", "--auto-approve", "--allow", "deletes=16");
  expect(undone.stdout).toContain("16 deleted");
  expect(undone.code).toBe(0);
  expect(begun(there)).toEqual([]);
  expect(there.tenant("fabrikam").orgContacts).toHaveLength(others);
});

test("one that somebody edited since is listed as left alone", async () => {
  const there = await cutOff();
  there.rewrite("fabrikam", ({ orgContacts }) => {
    const at = orgContacts.findIndex(({ mail }) => mail === "dana@contoso.com");
    const dana = orgContacts[at];
    if (dana !== undefined) orgContacts[at] = { ...dana, displayName: "Dana of Sales" };
  });
  const undone = await there.galops("rollback", "last", "--auto-approve", "--allow", "deletes=15");
  expect(undone.stdout).toContain("It was changed after the run");
  expect(undone.code).toBe(3);
  expect(begun(there)).toEqual(["dana@contoso.com"]);
});

test("a plan tells of a contact that a run began and whose person has left", async () => {
  const there = await cutOff();
  const code = "abandoned-contacts";
  expect((await there.plan()).diagnostics.map((one) => one.code)).not.toContain(code);
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  const { diagnostics } = await there.plan();
  expect(diagnostics.filter((one) => one.code === code)).toEqual([
    expect.objectContaining({ detail: expect.stringMatching(/1 contact has .*: dana@contoso\.com\./u) }),
  ]);
});

test("what another run has made again is listed as left alone", async () => {
  const there = await partners();
  await there.apply();
  const [run = ""] = runsIn(there);
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  await there.apply();
  await there.edit("set-user", "contoso", "dana@contoso.com", "accountEnabled=true");
  await there.apply();
  const undone = await there.galops("rollback", run, "--auto-approve", "--allow", "deletes=15");
  expect(undone.stdout).toContain("another run has created one for this person since");
  expect(undone.code).toBe(3);
  expect(begun(there)).toEqual(["dana@contoso.com"]);
});

test("a rollback that was cut off while it made contacts again is completed by the next one", async () => {
  const there = await cutOff();
  const whole = there.tenant("fabrikam").orgContacts.length;
  const [applied = ""] = runsIn(there);
  await there.apply();
  there.on(1);
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  await there.apply();
  const last = runsIn(there).at(-1) ?? "";
  expect(last).not.toBe(applied);
  await there.galops("rollback", last, "--auto-approve");
  there.write(files.fabrikam, unstamped(there.read(files.fabrikam)));
  const again = await there.galops("rollback", last, "--auto-approve");
  expect(again.stdout).toContain("1 created");
  expect(again.code).toBe(0);
  expect(there.contact("fabrikam", "dana@contoso.com")?.exchange?.CustomAttribute15).toMatch(/^galops:/u);
  expect(there.tenant("fabrikam").orgContacts).toHaveLength(whole);
});
