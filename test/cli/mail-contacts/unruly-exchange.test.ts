import { expect, test } from "vitest";
import { config, partners } from "./partners.ts";
import type { OrgContact, Partners } from "./partners.ts";

// The same job where Exchange behaves as badly as it may.

const unruly = {
  recaseDomains: true,
  replicationLag: { anchored: 500, other: 20_000 },
  emptyAnswer: "absent",
  errorForm: "json",
  pageSize: 3,
  throttle: { every: 7, retryAfter: 3, form: "text" },
};

/** More mail contacts than Exchange gives at once, none of them of the sync. */
function manyContacts(): readonly OrgContact[] {
  return Array.from({ length: 1100 }, (_, index) => {
    const name = `supplier${index}`;
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    return { id, displayName: name, mail: `${name}@suppliers.example`, mailNickname: name };
  });
}

/** What a plan says at the end of a year in which somebody left and somebody changed name. */
async function aYear(there: Partners): Promise<unknown> {
  await there.apply();
  there.on(1);
  expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { unchanged: 16 } });
  await there.edit("disable-user", "contoso", "hung@contoso.com");
  await there.edit("set-user", "contoso", "zoe@contoso.com", "mail=zoe.berg@contoso.com", "jobTitle=Chief");
  await there.apply();
  there.on(31);
  await there.apply();
  expect(there.contact("fabrikam", "hung@contoso.com")).toBeUndefined();
  there.on(32);
  return there.plan("--detailed-exitcode");
}

test("slow to show what was made, throttling, in small pages, with domains in another case", async () => {
  const there = await partners(config({ more: "    deletion: { grace: 30d }\n" }));
  there.rewrite("fabrikam", (tenant) => Object.assign(tenant.exchange, unruly));
  expect(await aYear(there)).toMatchObject({ code: 0, summary: { unchanged: 15 } });
});

test("giving a thousand contacts and not a word of the others", async () => {
  const there = await partners(config({ more: "    deletion: { grace: 30d }\n" }));
  there.rewrite("fabrikam", (tenant) => {
    tenant.exchange["paging"] = "silent-cap-1000";
    tenant.orgContacts.push(...manyContacts());
  });
  expect(await aYear(there)).toMatchObject({ code: 0, summary: { unchanged: 15 } });
});
