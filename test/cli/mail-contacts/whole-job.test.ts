import { describe, expect, test } from "vitest";
import { briefly, config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

const everything = ["apply", "--auto-approve", "--format", "json"] as const;

interface Result {
  readonly run: string;
  readonly summary: Readonly<Record<string, number>>;
  readonly failures: readonly Readonly<Record<string, unknown>>[];
}

/** The JSON of an apply, which has these keys and no others. */
function resultOf(stdout: string): Result {
  const result = JSON.parse(stdout) as Result;
  expect(result).toEqual({
    run: expect.stringMatching(/^\d{8}T\d{6}Z-[\da-f]{4}$/),
    summary: Object.fromEntries(
      ["created", "updated", "deleted", "adopted", "failed", "skipped"].map((name) => [
        name,
        expect.any(Number),
      ]),
    ),
    alreadyDone: expect.any(Number),
    interrupted: false,
    incomplete: [],
    failures: expect.any(Array),
    unlistedFailures: 0,
    diagnostics: expect.any(Array),
  });
  return result;
}

/** Contoso's people are there; then one is promoted, one leaves and one joins. */
async function aWeekLater(text = config()): Promise<Partners> {
  const there = await partners(text);
  await there.apply();
  await there.edit("set-user", "contoso", "eve.oconnor@contoso.com", "jobTitle=Chief");
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  await there.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  return there;
}

const week = [
  "create New Comer new",
  "delete Dana Müller-Łęcka left",
  "update Ève O'Connor source-changed",
] as const;

test("plan, apply, plan: exit codes 2, 0 and 0, what is planned is made, and then there is nothing left", async () => {
  const there = await partners();
  const first = await there.plan("--detailed-exitcode");
  expect(first).toMatchObject({ code: 2, summary: { create: 16, withheld: 2, unmanaged: 2 } });
  const made = await there.galops(...everything);
  expect(made.code).toBe(0);
  expect(resultOf(made.stdout).summary).toMatchObject({ created: 16, failed: 0, skipped: 0 });
  const again = await there.plan("--detailed-exitcode");
  expect(again).toMatchObject({ code: 0, summary: { create: 0, update: 0, delete: 0, unchanged: 16 } });
  // What is withheld alone is no change.
  expect((await there.galops("plan")).stdout).toContain("No changes. All changes found are withheld (2).");
});

test("a person who changes, leaves or joins is an update in place, a delete and a create", async () => {
  const there = await aWeekLater();
  const { code, changes } = await there.plan("--detailed-exitcode");
  expect(code).toBe(2);
  expect(briefly(changes.filter(({ withheld }) => withheld === undefined))).toEqual(week);
  const before = there.contact("fabrikam", "eve.oconnor@contoso.com");
  await there.apply();
  expect(there.contact("fabrikam", "eve.oconnor@contoso.com")).toMatchObject({
    id: before?.id,
    jobTitle: "Chief",
  });
  expect(there.contact("fabrikam", "dana@contoso.com")).toBeUndefined();
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });
});

test("an address that changes is changed in place, so that old mail can be replied to", async () => {
  const there = await partners();
  await there.apply();
  const before = there.contact("fabrikam", "dana@contoso.com");
  const [mail, proxies] = ["mail=dana.ek@contoso.com", "proxyAddresses=SMTP:dana.ek@contoso.com"];
  await there.edit("set-user", "contoso", "dana@contoso.com", mail, proxies);
  const { summary } = await there.plan();
  expect(summary).toMatchObject({ create: 0, update: 1, delete: 0 });
  await there.apply();
  expect(there.contact("fabrikam", "dana.ek@contoso.com")?.id).toBe(before?.id);
});

test("--sync makes one of several syncs and leaves the others for later", async () => {
  const others = "  others: { kind: users, tenant: fabrikam }\n";
  const back = `  fabrikam-in-contoso:
    owner: 7b0f9f3a-5a39-4a53-9b1a-6f8f0d1f3c23
    from: [others]
    to: { kind: mail-contacts, tenant: contoso, ownedDomains: [fabrikam.com] }
`;
  const there = await partners(config({ more: back }).replace("syncs:", `${others}syncs:`));
  await there.apply("--sync", "contoso-in-fabrikam");
  expect(there.contact("fabrikam", "dana@contoso.com")).toBeDefined();
  expect(there.contact("contoso", "fay@fabrikam.com")).toBeUndefined();
  expect(await there.plan("--detailed-exitcode", "--sync", "contoso-in-fabrikam")).toMatchObject({ code: 0 });
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 2 });
});

describe("a saved plan", () => {
  test("is shown, made as it is, and found done the second time", async () => {
    const there = await aWeekLater();
    const { galops } = there;
    expect(await galops("plan", "-o", "week.plan")).toMatchObject({ code: 0 });
    const shown = await galops("show", "week.plan", "--format", "json");
    expect(JSON.parse(shown.stdout)).toMatchObject({ summary: { create: 1, update: 1, delete: 1 } });
    await there.edit("disable-user", "contoso", "hung@contoso.com");
    const made = await galops("apply", "week.plan", "--format", "json");
    expect(resultOf(made.stdout).summary).toMatchObject({ created: 1, updated: 1, deleted: 1 });
    // Who left since is not part of what was saved.
    expect(there.contact("fabrikam", "hung@contoso.com")).toBeDefined();
    const again = await galops("apply", "week.plan", "--format", "json");
    expect(again.code).toBe(0);
    expect(resultOf(again.stdout)).toMatchObject({ summary: { created: 0, deleted: 0 }, alreadyDone: 3 });
  });

  test("does not overwrite what somebody changed since, makes the rest, and ends with exit code 3", async () => {
    const there = await aWeekLater();
    const { galops } = there;
    await galops("plan", "-o", "week.plan");
    await there.edit("set-mail-contact", "fabrikam", "eve.oconnor@contoso.com", "Title=Boss");
    await there.edit("set-mail-contact", "fabrikam", "dana@contoso.com", "Notes=Call her");
    const made = await galops("apply", "week.plan", "--format", "json");
    expect(made.code).toBe(3);
    const { summary, failures } = resultOf(made.stdout);
    expect(summary).toMatchObject({ created: 1, updated: 0, deleted: 0, skipped: 2 });
    expect(failures.map(({ action, status, mailbox }) => [action, status, mailbox])).toEqual(
      expect.arrayContaining([
        ["update", "stale", null],
        ["delete", "stale", null],
      ]),
    );
    expect(there.contact("fabrikam", "eve.oconnor@contoso.com")).toMatchObject({ jobTitle: "Boss" });
    expect(there.contact("fabrikam", "dana@contoso.com")?.exchange?.Notes).toBe("Call her");
  });
});

test("a plan that would delete unusually many is refused with exit code 4, until the number is named", async () => {
  const there = await partners(config({ more: "    limits: { deletes: 0 }\n" }));
  const { galops } = there;
  await there.apply();
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  const planned = await galops("plan", "-o", "week.plan");
  expect(planned).toMatchObject({ code: 4, stderr: expect.stringContaining("--allow deletes=1") });
  expect((await there.plan()).code).toBe(4);
  for (const argv of [
    ["apply", "--auto-approve"],
    ["apply", "week.plan"],
  ]) {
    expect(await galops(...argv)).toMatchObject({ code: 4 });
  }
  expect(there.contact("fabrikam", "dana@contoso.com")).toBeDefined();

  const allow = (people: number) => ["--allow", `contoso-in-fabrikam.deletes=${people}`];
  expect(await galops("apply", "--auto-approve", ...allow(2))).toMatchObject({ code: 4 });
  expect(await galops("apply", "--auto-approve", ...allow(1))).toMatchObject({ code: 0 });
  expect(there.contact("fabrikam", "dana@contoso.com")).toBeUndefined();
});

test("where the creation quota is reached updates go on, the exit code is 3, and the next run makes the rest", async () => {
  const there = await aWeekLater();
  await there.edit("add-user", "contoso", "newer@contoso.com", "Newer Comer");
  there.rewrite("fabrikam", (tenant) => void (tenant.exchange = { creationQuota: 1 }));
  const made = await there.galops(...everything);
  expect(made.code).toBe(3);
  const { summary, failures } = resultOf(made.stdout);
  expect(summary).toMatchObject({ created: 1, updated: 1, deleted: 1, failed: 1 });
  expect(failures).toMatchObject([{ action: "create", code: "creation-quota", sync: "contoso-in-fabrikam" }]);
  const next = await there.galops(...everything);
  expect(resultOf(next.stdout).summary).toMatchObject({ created: 1, failed: 0 });
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });
});

test.each<[string, object, RegExp]>([
  ["without the permission", { access: "no-app-role" }, /Exchange\.ManageAsApp/],
  ["without a role", { access: "no-rbac" }, /Exchange Recipient Administrator/],
  [
    "without a cmdlet that reads",
    { cmdlets: ["Get-AcceptedDomain", "Get-MailContact", "Get-Contact"] },
    /Mail contacts could not be read.*Get-Recipient.*Exchange Recipient Administrator/s,
  ],
])("%s nothing is changed, and it is said what to grant", async (_, exchange, words) => {
  const there = await partners();
  there.rewrite("fabrikam", (tenant) => Object.assign(tenant.exchange, exchange));
  const before = there.tenant("fabrikam").orgContacts;
  for (const [exit, ...argv] of [[1, "plan"] as const, [3, "apply", "--auto-approve"] as const]) {
    const { code, stderr } = await there.galops(...argv);
    expect(code).toBe(exit);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/mailbox|^\s+at /im);
  }
  expect(there.tenant("fabrikam").orgContacts).toEqual(before);
});
