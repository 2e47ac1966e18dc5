import { describe, expect, test } from "vitest";
import { briefly, config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

// Who leaves is hidden first and deleted after the grace. The day is the clock's.

const grace = config({ more: "    deletion: { grace: 30d }\n" });
const dana = "dana@contoso.com";
const name = "Dana Müller-Łęcka";

/** Everybody is there, and Dana has left. */
async function danaLeft(text = grace): Promise<Partners> {
  const there = await partners(text);
  await there.apply();
  await there.edit("disable-user", "contoso", dana);
  return there;
}

async function planned(there: Partners): Promise<readonly string[]> {
  const { changes } = await there.plan();
  return briefly(changes.filter(({ withheld }) => withheld === undefined));
}

function isHidden(there: Partners): boolean | undefined {
  return there.contact("fabrikam", dana)?.exchange?.HiddenFromAddressListsEnabled;
}

const returns = ["set-user", "contoso", dana, "accountEnabled=true"] as const;

describe("who leaves", () => {
  test("is hidden with the date on the day, waits without a change, and is deleted when 30 days are over", async () => {
    const there = await danaLeft();
    const first = await there.galops("plan", "--detailed-exitcode");
    expect(first.code).toBe(2);
    expect(first.stdout).toContain(
      `# ${name} will be updated\n  # (no longer in the sync; hidden until its grace ends; to be deleted on or after 2026-12-24)\n  ~ contact "${dana}" {`,
    );
    expect(first.stdout).toMatch(/~ hidden = false -> true/);
    expect((await there.galops("plan", "--format", "json")).stdout).toContain('"deletedFrom":"2026-12-24"');
    await there.apply();
    expect(isHidden(there)).toBe(true);
    const stamp = there.contact("fabrikam", dana)?.exchange?.CustomAttribute15;
    expect(stamp).toMatch(/;hidden=2026-11-24$/);
    for (const day of [0, 1, 29]) {
      there.on(day);
      expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { unchanged: 16 } });
    }
    expect((await there.galops("plan")).stdout).toContain(
      "# 15 contacts up to date; 1 hidden contact of people who left, to be deleted from 2026-12-24 on",
    );
    there.on(30);
    expect(await planned(there)).toEqual([`delete ${name} grace-ended`]);
    await there.apply();
    expect(there.contact("fabrikam", dana)).toBeUndefined();
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { unchanged: 15 } });
  });

  test("and returns within the grace has the same contact, as it was, and a grace of its own next time", async () => {
    const there = await danaLeft();
    await there.apply();
    const [before] = [there.contact("fabrikam", dana)];
    there.on(20);
    await there.edit(...returns);
    expect(await planned(there)).toEqual([`update ${name} returned`]);
    await there.apply();
    const after = there.contact("fabrikam", dana);
    expect(after).toMatchObject({ id: before?.id, displayName: name });
    expect(after?.exchange?.HiddenFromAddressListsEnabled ?? false).toBe(false);
    expect(after?.exchange?.CustomAttribute15).not.toContain("hidden=");
    there.on(40);
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });

    await there.edit("disable-user", "contoso", dana);
    await there.apply();
    there.on(69);
    expect(await planned(there)).toEqual([]);
    there.on(70);
    expect(await planned(there)).toEqual([`delete ${name} grace-ended`]);
  });

  test("and returns after the grace is made anew", async () => {
    const there = await danaLeft();
    await there.apply();
    const before = there.contact("fabrikam", dana);
    there.on(30);
    await there.apply();
    await there.edit(...returns);
    expect(await planned(there)).toEqual([`create ${name} new`]);
    await there.apply();
    expect(there.contact("fabrikam", dana)?.id).not.toBe(before?.id);
  });

  test("and whose address is given to somebody else leaves him the contact, which is told", async () => {
    const there = await danaLeft();
    await there.apply();
    const before = there.contact("fabrikam", dana);
    await there.edit("remove-user", "contoso", dana);
    await there.edit("add-user", "contoso", dana, "Dana Nowak");
    const { changes, diagnostics } = await there.plan();
    expect(briefly(changes)).toContain("update Dana Nowak returned");
    const told = diagnostics.find(({ code }) => code === "rekeyed-other-name");
    expect(told?.detail).toContain(`${name} -> Dana Nowak`);
    await there.apply();
    const after = there.contact("fabrikam", dana);
    expect(after).toMatchObject({ id: before?.id, displayName: "Dana Nowak" });
    expect(isHidden(there) ?? false).toBe(false);
  });

  test("is hidden again where an administrator shows the contact, and its days go on", async () => {
    const there = await danaLeft();
    await there.apply();
    there.on(10);
    await there.edit("set-mail-contact", "fabrikam", dana, "HiddenFromAddressListsEnabled=false");
    expect(await planned(there)).toEqual([`update ${name} edited`]);
    await there.apply();
    expect(isHidden(there)).toBe(true);
    there.on(30);
    expect(await planned(there)).toEqual([`delete ${name} grace-ended`]);
  });

  test("is deleted at once where there is no grace, and where it was taken out of the config", async () => {
    const there = await danaLeft(config({ more: "    deletion: now\n" }));
    expect(await planned(there)).toEqual([`delete ${name} left`]);
    there.write("galops.yaml", grace);
    await there.apply();
    expect(isHidden(there)).toBe(true);
    there.write("galops.yaml", config());
    expect(await planned(there)).toEqual([`delete ${name} left`]);
  });
});

test("who is hidden counts as deleted for the limits, on the first day and on the last", async () => {
  const there = await danaLeft(`${grace}    limits: { deletes: 0 }\n`);
  const apply = ["apply", "--auto-approve"] as const;
  const allow = ["--allow", "contoso-in-fabrikam.deletes=1"] as const;
  for (const day of [0, 30]) {
    there.on(day);
    expect(await there.galops(...apply)).toMatchObject({ code: 4 });
    expect(await there.galops(...apply, ...allow)).toMatchObject({ code: 0 });
  }
  expect(there.contact("fabrikam", dana)).toBeUndefined();
});

test("a plan that was saved on the last day of the grace is stale where the person was brought back since", async () => {
  const there = await danaLeft();
  await there.apply();
  there.on(30);
  expect(await there.galops("plan", "-o", "last-day.plan")).toMatchObject({ code: 0 });
  await there.edit(...returns);
  await there.apply();
  expect(await there.galops("apply", "last-day.plan")).toMatchObject({ code: 3 });
  expect(there.contact("fabrikam", dana)).toBeDefined();
});
