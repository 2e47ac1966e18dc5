import { expect, test } from "vitest";
import { briefly, config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

const [dana, hung] = ["dana@contoso.com", "hung@contoso.com"];
const danaName = "Dana Müller-Łęcka";

/** Two people have given each other their addresses, and one of them is called otherwise. */
async function exchanged(): Promise<Partners> {
  const there = await partners();
  await there.apply();
  await there.edit("set-user", "contoso", dana, "mail=nobody@contoso.com");
  await there.edit("set-user", "contoso", hung, `mail=${dana}`, "jobTitle=Chief");
  await there.edit("set-user", "contoso", "nobody@contoso.com", `mail=${hung}`);
  return there;
}

test("people who exchange their addresses get all else, keep the addresses that they have, and it is said how to go on", async () => {
  const there = await exchanged();
  const { changes, summary } = await there.plan();
  const updates = changes.filter(({ action }) => action === "update");
  expect(updates.map(({ fields, withheld }) => [Object.keys(fields), withheld !== undefined])).toEqual(
    expect.arrayContaining([
      [["jobTitle"], false],
      [["emailAddresses"], true],
      [["emailAddresses"], true],
    ]),
  );
  expect(updates).toHaveLength(3);
  expect(summary).toMatchObject({ update: 1, unchanged: 14 });
  await there.apply();
  expect(await there.plan("--detailed-exitcode")).toMatchObject({
    code: 0,
    summary: { update: 0, unchanged: 14 },
  });

  const told = updates.find(({ withheld }) => withheld !== undefined)?.withheld ?? "";
  expect(told).toMatch(
    /^Two contacts would exchange their addresses, .* The next run then sets all addresses\.$/,
  );
  const [, free = ""] = /`Set-MailContact \S+ -ExternalEmailAddress (\S+)`/.exec(told) ?? [];
  await there.edit("set-mail-contact", "fabrikam", dana, `ExternalEmailAddress=${free}`);
  await there.apply();
  expect(there.contact("fabrikam", hung)?.displayName).toBe(danaName);
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { unchanged: 16 } });
});

test("who cannot have an address that somebody else of the tenant has gets all else", async () => {
  const there = await partners();
  await there.apply();
  await there.edit("add-mail-contact", "fabrikam", "taken@contoso.com", "By Hand");
  await there.edit("set-user", "contoso", dana, "mail=taken@contoso.com", "jobTitle=Chief");
  const { changes } = await there.plan();
  expect(briefly(changes.filter(({ displayName }) => displayName === danaName))).toEqual([
    `update ${danaName} source-changed`,
    `update ${danaName} source-changed withheld`,
  ]);
  await there.apply();
  expect(there.contact("fabrikam", dana)).toMatchObject({ displayName: danaName });
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });
});

test("who gets the address of somebody who left is told until when it is taken", async () => {
  const there = await partners(config({ more: "    deletion: { grace: 30d }\n" }));
  await there.apply();
  await there.edit("disable-user", "contoso", dana);
  await there.edit("set-user", "contoso", dana, "mail=gone@contoso.com");
  await there.edit("set-user", "contoso", hung, `mail=${dana}`);
  const why = async (): Promise<string | undefined> =>
    (await there.plan()).changes.find(({ withheld }) => withheld?.startsWith(dana))?.withheld;
  const told = expect.stringContaining(
    "contact of a person who left. It will be deleted from 2026-12-24 on, which frees the address.",
  );
  expect(await why()).toEqual(told);
  await there.apply();
  there.on(10);
  expect(await why()).toEqual(told);
  there.on(30);
  expect(await why()).toBeUndefined();
});
