import { expect, test } from "vitest";
import { partners } from "./mail-contacts/partners.ts";
import type { Partners } from "./mail-contacts/partners.ts";

const rollback = ["rollback", "last", "--auto-approve"] as const;

function mailsIn({ tenant }: Partners): readonly string[] {
  return tenant("fabrikam")
    .orgContacts.map(({ mail }) => mail)
    .toSorted();
}

test("a saved plan that is made again has made nothing, and nothing is rolled back with it", async () => {
  const world = await partners();
  await world.apply();
  await world.edit("add-user", "contoso", "new@contoso.com", "New Comer");
  await world.galops("plan", "-o", "once.plan");
  await world.galops("apply", "once.plan");
  const again = await world.galops("apply", "once.plan", "--format", "json");
  expect(JSON.parse(again.stdout)).toMatchObject({ alreadyDone: 1, summary: { created: 0 } });
  const before = mailsIn(world);
  expect(before).toContain("new@contoso.com");
  await world.galops(...rollback);
  expect(mailsIn(world)).toEqual(before);
});
