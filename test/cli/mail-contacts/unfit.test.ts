import { expect, test } from "vitest";
import { config, partners } from "./partners.ts";

const dana = "dana@contoso.com";

test("who is still a person of the sync keeps his contact, whatever is wrong with his address", async () => {
  const there = await partners(config({ more: "    deletion: now\n" }));
  await there.apply();
  const before = there.contact("fabrikam", dana);
  await there.edit("set-user", "contoso", dana, "mail=dana@elsewhere.example");
  await there.edit("set-user", "contoso", "zoe@contoso.com", "mail=hung@contoso.com");
  const { changes, code, summary } = await there.plan("--detailed-exitcode");
  expect({ code, summary }).toMatchObject({ code: 0, summary: { delete: 0, update: 0, create: 0 } });
  expect(changes.map(({ withheld }) => withheld)).toEqual(
    expect.arrayContaining([
      expect.stringContaining("is outside the domains that the sync owns (contoso.com)"),
      expect.stringContaining("Another person in this sync has the same address"),
    ]),
  );
  await there.apply();
  expect(there.contact("fabrikam", dana)).toEqual(before);
  expect(there.contact("fabrikam", "zoe@contoso.com")).toBeDefined();
});
