import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { expect, test } from "vitest";
import { config, office, tenantFile } from "./office.ts";
import type { Ended, Office } from "./office.ts";

// A plan that was approved in a pull request, made after the merge: what happens to the tenant in between.

const nothingLeft = /^No changes\. The tenants match the configuration\.$/m;
const approval = "approval: { allow: [drift, source-changed] }\n";

async function edit({ galops }: Office, what: string, ...values: readonly string[]): Promise<void> {
  expect(await galops("sandbox", "edit", what, tenantFile, ...values)).toMatchObject({ code: 0 });
}

const promote = (there: Office, title: string): Promise<void> =>
  edit(there, "set-user", "eve.oconnor@contoso.com", `jobTitle=${title}`);

const scribble = (there: Office): Promise<void> =>
  edit(there, "edit-contact", "ann@contoso.com", "Þóra Jónsdóttir", "jobTitle=Boss");

const approved = ({ galops }: Office, ...argv: readonly string[]): Promise<Ended> =>
  galops("apply", "--approved", "week.plan", ...argv);

/** Everybody has his contacts; then Ève is promoted, and the plan of that is approved. */
async function pullRequest(more = ""): Promise<Office> {
  const there = await office(config + more);
  await there.galops("apply", "--auto-approve");
  await promote(there, "Chief");
  expect(await there.galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
  return there;
}

test("an approved plan is made without asking, and then there is nothing left of it", async () => {
  const there = await pullRequest();
  const first = await approved(there);
  expect(first.code).toBe(0);
  expect(first.stdout).toContain("2 updated");
  expect(first.stderr).toMatch(/Every change is in the approved plan week\.plan \(sha256:\w+\)\./);
  const again = await approved(there);
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(nothingLeft);
  expect(again.stderr).toContain("Nothing is left to do from the approved plan");
});

test("anything beyond it is refused as a whole, and told", async () => {
  const there = await pullRequest();
  await edit(there, "add-user", "zelda.ash@contoso.com", "Zelda Ash", "mobilePhone=1");
  const before = there.read(tenantFile);
  const { code, stdout, stderr } = await approved(there);
  expect(code).toBe(4);
  expect(stdout.replaceAll(/sha256:\w+/g, "sha256:…")).toMatchInlineSnapshot(`
    "
    Not in the approved plan week.plan:

    galops would make these changes if they were approved, with the following symbols:
      + create

    phones: mailbox-contacts in practice, 2 mailboxes

      # Zelda Ash will be created in ann@contoso.com and bo@contoso.com
      + contact "zelda.ash@contoso.com" {
          + displayName    = "Zelda Ash"
          + givenName      = "Zelda"
          + surname        = "Ash"
          + fileAs         = "Ash, Zelda"
          + emailAddresses = ["zelda.ash@contoso.com"]
          + mobilePhone    = "1"
        }

      # 18 contacts up to date

    Plan: 2 to create, 0 to update, 0 to delete.
    "
  `);
  expect(stderr.slice(stderr.indexOf("Error:")).replaceAll(/sha256:\w+/g, "sha256:…")).toMatchInlineSnapshot(`
    "Error: The changes go beyond the approved plan
    │ 2 of the 4 changes that are needed now are not in the approved plan week.plan (sha256:…), so nothing was changed. Plan again and have that plan approved. approval.allow in the config sets which changes need no approval.
    ╵
    "
  `);
  expect(there.read(tenantFile)).toBe(before);
  const json = await approved(there, "--format", "json");
  expect(json.code).toBe(4);
  expect(JSON.parse(json.stdout)).toMatchObject({
    summary: { create: 2, update: 0, delete: 0 },
    syncs: [
      {
        books: [{ changes: [{ action: "create", displayName: "Zelda Ash" }] }, { mailbox: "bo@contoso.com" }],
      },
    ],
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: "not-approved" })]),
  });
});

test("of one change that goes beyond it, it is said that it is not approved", async () => {
  const there = await pullRequest();
  await scribble(there);
  expect((await approved(there)).stderr).toMatch(
    /\b1 of the 3 changes that are needed now is not in the approved plan week\.plan/,
  );
});

test("another result than the approved one is refused", async () => {
  const there = await pullRequest();
  await promote(there, "President");
  expect(await approved(there)).toMatchObject({ code: 4 });
});

test("what the config lets through is made as well: drift, and people who joined", async () => {
  const there = await pullRequest(approval);
  await edit(there, "add-user", "zelda.ash@contoso.com", "Zelda Ash", "mobilePhone=1");
  await scribble(there);
  const { code, stdout, stderr } = await approved(there);
  expect(code).toBe(0);
  expect(stdout).toContain("2 created, 3 updated");
  expect(stderr).toContain("or permitted by approval.allow (drift, source-changed)");
});

test("who left is not let through with them: that must be said by name", async () => {
  for (const [more, code] of [
    [approval, 4],
    ["approval: { allow: [left] }\n", 0],
  ] as const) {
    const there = await pullRequest(more);
    await edit(there, "disable-user", "dana@contoso.com");
    expect(await approved(there)).toMatchObject({ code });
  }
});

test("limits hold whatever is let through", async () => {
  const limited = config.replace("    where:", "    limits: { creates: 0 }\n    where:");
  const there = await office(config);
  await there.galops("apply", "--auto-approve");
  there.write("galops.yaml", limited + approval);
  await there.galops("plan", "-o", "week.plan");
  await edit(there, "add-user", "zelda.ash@contoso.com", "Zelda Ash", "mobilePhone=1");
  const { code, stdout, stderr } = await approved(there);
  expect(code).toBe(4);
  expect(stdout).toContain("exceeds a safety limit (creates)");
  expect(stderr).toContain("--approved does not accept --allow");
});

/** The plan of a config that takes most people away, with the --allow that it needs. */
async function farewell(more = ""): Promise<{ readonly there: Office; readonly allow: string }> {
  const there = await office(config + more);
  await there.galops("apply", "--auto-approve");
  const few = config.replace(
    'person.mobilePhone != ""',
    'person.mobilePhone != "" && person.givenName < "C"',
  );
  there.write("galops.yaml", few + more);
  const [, allow = ""] = /--allow (deletes=\d+)/.exec((await there.galops("plan")).stderr) ?? [];
  expect(await there.galops("plan", "-o", "week.plan", "--allow", allow)).toMatchObject({ code: 0 });
  return { there, allow };
}

test("the approved plan brings its --allow, shows it, and no other is taken", async () => {
  const { there, allow } = await farewell();
  expect((await there.galops("show", "week.plan")).stdout).toContain(`Allowed: --allow ${allow}`);
  const given = await approved(there, "--allow", allow);
  expect(given).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("must be approved") });
  expect(await there.galops("apply", "--auto-approve")).toMatchObject({ code: 4 });
  expect(await approved(there)).toMatchObject({ code: 0 });
  expect((await there.galops("plan")).stdout).toMatch(nothingLeft);
});

test("a plan without an --allow approves nothing that is unusual", async () => {
  const { there } = await farewell();
  const refused = await there.galops("plan", "-o", "week.plan");
  expect(refused.code).toBe(4);
  const { code, stderr } = await approved(there);
  expect(code).toBe(4);
  expect(stderr).toContain("A safety limit refuses the plan");
});

test("after a run that ended halfway the rest is made by the same approval", async () => {
  const { there } = await farewell();
  expect(await approved(there, "--mailbox", "ann@contoso.com")).toMatchObject({ code: 0 });
  await edit(there, "delete-contact", "bo@contoso.com", "Þóra Jónsdóttir");
  expect(await approved(there)).toMatchObject({ code: 0 });
  expect((await there.galops("plan")).stdout).toMatch(nothingLeft);
});

test("who leaves meanwhile is not among those who were acknowledged, whatever is let through", async () => {
  const { there } = await farewell("approval: { allow: [left] }\n");
  await edit(there, "disable-user", "ann@contoso.com");
  const { code, stdout, stderr } = await approved(there);
  expect(code).toBe(4);
  expect(stdout).toContain("Ann Ek");
  expect(stderr).toContain("has an --allow");
});

test("a plan that was narrowed approves what it was narrowed to, and is made so", async () => {
  const there = await pullRequest();
  await there.galops("plan", "-o", "week.plan", "--mailbox", "ann@contoso.com");
  expect((await there.galops("show", "week.plan")).stdout).toContain("Only for     ann@contoso.com");
  expect(await approved(there, "--mailbox", "bo@contoso.com")).toMatchObject({ code: 4 });
  const { code, stdout } = await approved(there);
  expect(code).toBe(0);
  expect(stdout).toContain("1 updated");
});

test("syncs that the plan was not made for are left alone, unless they are asked for", async () => {
  const another = config
    .slice(config.indexOf("  phones:"))
    .replace("phones", "others")
    .replace("0d9f", "1d9f")
    .replace("Directory", "Others");
  const there = await pullRequest(another);
  await there.galops("plan", "-o", "week.plan", "--sync", "phones");
  expect(await approved(there, "--sync", "others")).toMatchObject({ code: 4 });
  const { code, stdout } = await approved(there);
  expect(code).toBe(0);
  expect(stdout).not.toContain("others");
  expect((await there.galops("plan")).stdout).toContain("2 to update");
});

test("an approved plan of another config, or one that is too old, is refused", async () => {
  const there = await pullRequest();
  there.write("galops.yaml", config.replace("Directory", "Colleagues"));
  expect(await approved(there)).toMatchObject({ code: 1, stderr: expect.stringContaining("another config") });
  there.write("galops.yaml", config);
  const clock = { now: () => Date.UTC(2026, 11, 2), sleep: () => Promise.resolve() };
  const old = await there.galopsIn({ clock }, "apply", "--approved", "week.plan");
  expect(old).toMatchObject({ code: 1, stderr: expect.stringContaining("too old") });
  const longer = await there.galopsIn({ clock }, "apply", "--approved", "week.plan", "--max-age", "9d");
  expect(longer.code).toBe(0);
});

test("a plan is made as it is or approved, not both", async () => {
  const there = await pullRequest();
  const { code, stdout, stderr } = await approved(there, "week.plan");
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toContain("not both");
});

test("an approved plan that was compared with a base approves the same", async () => {
  const there = await pullRequest();
  there.write("base.yaml", config);
  await there.galops("plan", "-o", "week.plan", "--base", "base.yaml");
  expect(await approved(there)).toMatchObject({ code: 0 });
});

test("an approved plan may be sealed; without its key nothing is planned", async () => {
  const there = await pullRequest();
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const env = { GALOPS_PLAN_IDENTITY: identity };
  const saved = await there.galops("plan", "-o", "week.plan", "--encrypt-to", recipient);
  expect(saved.code).toBe(0);
  expect(there.read("week.plan")).not.toContain("Chief");
  expect(await approved(there)).toMatchObject({ code: 1, stdout: "" });
  const made = await there.galopsIn({ env }, "apply", "--approved", "week.plan");
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("2 updated") });
});

test("where there is a key, an approved plan that is not encrypted is refused; on its own it is made", async () => {
  const there = await pullRequest();
  const identity = await generateX25519Identity();
  for (const env of [
    { GALOPS_PLAN_IDENTITY: identity },
    { GALOPS_PLAN_PASSPHRASE: "correct horse battery" },
  ]) {
    const { code, stdout, stderr } = await there.galopsIn({ env }, "apply", "--approved", "week.plan");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("week.plan: The file is not encrypted");
  }
  const env = { GALOPS_PLAN_PASSPHRASE: "correct horse battery" };
  expect(await there.galopsIn({ env }, "show", "week.plan")).toMatchObject({ code: 0 });
  expect(await there.galopsIn({ env }, "apply", "week.plan")).toMatchObject({ code: 0 });
  expect(await approved(there)).toMatchObject({ code: 0 });
});
