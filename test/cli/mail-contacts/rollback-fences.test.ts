import { expect, test } from "vitest";
import { config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

const bothDomains = config({
  to: "ownedDomains: [contoso.com, contoso.pl]",
  more: "    deletion: now\n",
});

/** A run that deletes a contact and moves another one to the second domain. */
async function aRunInBoth(): Promise<Partners> {
  const there = await partners(bothDomains);
  await there.apply();
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  await there.edit("set-user", "contoso", "eve.oconnor@contoso.com", "mail=eve@contoso.pl");
  there.on(1);
  await there.apply();
  there.on(2);
  return there;
}

test("nothing is undone in a domain that the sync does not own any more", async () => {
  const there = await aRunInBoth();
  there.write("galops.yaml", bothDomains.replace("contoso.com, contoso.pl", "contoso.pl"));
  const before = there.read("fabrikam.tenant.json");
  const { code, stdout } = await there.galops("rollback", "last", "--auto-approve");
  expect(code).toBe(3);
  for (const address of ["dana@contoso.com", "eve.oconnor@contoso.com"]) {
    expect(stdout.replaceAll(/\n *#? */g, " ")).toContain(
      `${address} is outside the domains that the sync owns (contoso.pl), where galops changes nothing.`,
    );
  }
  expect(there.read("fabrikam.tenant.json")).toBe(before);
});

test("who keeps a contact from being made again is named, and not to be adopted", async () => {
  const there = await aRunInBoth();
  await there.edit("add-mail-contact", "fabrikam", "dana@contoso.com", "Dana by hand");
  const { code, stdout } = await there.galops("rollback", "last", "--auto-approve");
  expect(code).toBe(3);
  expect(stdout.replaceAll(/\n *#? */g, " ")).toContain(
    'dana@contoso.com belongs to the mail contact "Dana by hand" in this tenant. It was not created by galops. Free the address, then roll back again.',
  );
  expect(there.contact("fabrikam", "eve.oconnor@contoso.com")).toBeDefined();
});
