import { describe, expect, test } from "vitest";
import { briefly, config, owner, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

// What a sync may touch in the other tenant, and what it leaves alone.

const complete = config({ to: "ownedDomains: [contoso.com]\n      control: complete" });

/** The mail contacts at these addresses, whole. */
function kept(there: Partners, ...addresses: readonly string[]): readonly unknown[] {
  return addresses.map((address) => there.contact("fabrikam", address));
}

describe("an address that somebody else of the tenant has is withheld, with who has it", () => {
  test("guest, mail contact, mail user, mailbox, group and the contact of another sync", async () => {
    const there = await partners();
    const stamp = `galops:0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c99:x/y;`;
    const kenji = ["kenji@contoso.com", "Kenji elsewhere", `CustomAttribute15=${stamp}`];
    await there.edit("add-mail-contact", "fabrikam", ...kenji);
    there.rewrite("fabrikam", ({ exchange, users, groups }) => {
      exchange["acceptedDomains"] = ["fabrikam.com"];
      users.push({
        id: "00000000-0000-4000-8000-00000000da4a",
        displayName: "Dana elsewhere",
        userPrincipalName: "dana@elsewhere.example",
        mail: "dana@contoso.com",
        userType: "Member",
      });
      users.find(({ mail }) => mail === "fay@fabrikam.com")?.proxyAddresses?.push("smtp:hung@contoso.com");
      groups
        .find(({ mail }) => mail === "all-staff@fabrikam.com")
        ?.proxyAddresses?.push("smtp:zoe@contoso.com");
    });
    const { summary, changes } = await there.plan();
    expect(summary).toMatchObject({ create: 12, withheld: 6 });
    const reasons = changes.flatMap(({ withheld }) => (withheld === undefined ? [] : [withheld]));
    expect(reasons.toSorted()).toEqual([
      'ann@contoso.com belongs to the mail contact "Ann Ek (Contoso)" in this tenant. It was not created by galops. Set `control: complete` to adopt it.',
      'bo@contoso.com belongs to the guest "Bo Li" in this tenant.',
      'dana@contoso.com belongs to the mail user "Dana elsewhere" in this tenant.',
      'hung@contoso.com belongs to the mailbox "Fay Abrams" in this tenant.',
      'kenji@contoso.com belongs to the mail contact "Kenji elsewhere" in this tenant. It was created by another galops sync with the owner 0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c99. If that sync no longer exists, give its owner to this one. If it no longer owns this domain, set `control: complete` to adopt its contacts.',
      'zoe@contoso.com belongs to the security group "All staff" in this tenant.',
    ]);
    const before = kept(there, "ann@contoso.com", "kenji@contoso.com");
    await there.apply();
    expect(kept(there, "ann@contoso.com", "kenji@contoso.com")).toEqual(before);
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { withheld: 6 } });
  });

  test("until it is free", async () => {
    const there = await partners();
    await there.apply();
    await there.edit("remove-user", "fabrikam", "bo@contoso.com");
    const { changes } = await there.plan();
    expect(briefly(changes)).toEqual(["create Ann Ek new withheld", "create Bo Li new"]);
  });
});

test("an attribute for the stamp that others use is warned of, once", async () => {
  const there = await partners();
  await there.edit("set-mail-contact", "fabrikam", "ann@contoso.com", "CustomAttribute15=cost centre 7");
  const told = async (): Promise<readonly string[]> =>
    (await there.plan()).diagnostics.flatMap(({ code, detail }) => (code === "stamp-in-use" ? [detail] : []));
  expect(await told()).toEqual([
    expect.stringContaining("1 contact of others has a value in CustomAttribute15"),
  ]);
  there.write("galops.yaml", complete);
  expect(await told()).toEqual([]);
});

describe("control: complete", () => {
  test("adopts who is desired, deletes who is not, and leaves alone what is synchronized or not of the domain", async () => {
    const there = await partners(complete);
    await there.edit("add-mail-contact", "fabrikam", "old@contoso.com", "Old Hand");
    await there.edit("add-mail-contact", "fabrikam", "sub@pl.contoso.com", "Below It");
    const others = ["sub@pl.contoso.com", "helpdesk@contoso.com", "yuki@printers.example"];
    const before = kept(there, ...others);
    const ann = there.contact("fabrikam", "ann@contoso.com");
    const { changes } = await there.plan();
    const special = changes.filter(({ action, withheld }) => action !== "create" || withheld !== undefined);
    expect(briefly(special)).toEqual([
      "adopt Ann Ek complete",
      "create Bo Li new withheld",
      "delete Contoso Helpdesk complete withheld",
      "delete Old Hand complete",
    ]);
    expect((await there.galops("plan")).stdout).toContain(
      "# (not created by galops, but in a domain that the sync controls)",
    );
    await there.apply();
    expect(there.contact("fabrikam", "old@contoso.com")).toBeUndefined();
    expect(kept(there, ...others)).toEqual(before);
    const adopted = there.contact("fabrikam", "ann@contoso.com");
    expect(adopted?.id).toBe(ann?.id);
    expect(adopted).toMatchObject({ displayName: "Ann Ek", exchange: { Notes: "Met at the fair in 2019" } });
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0 });
  });

  test("with a grace hides first whom it did not make, too", async () => {
    const there = await partners(`${complete}    deletion: { grace: 30d }\n`);
    await there.edit("add-mail-contact", "fabrikam", "old@contoso.com", "Old Hand");
    await there.apply();
    const old = there.contact("fabrikam", "old@contoso.com");
    expect(old?.exchange?.HiddenFromAddressListsEnabled).toBe(true);
    there.on(30);
    await there.apply();
    expect(there.contact("fabrikam", "old@contoso.com")).toBeUndefined();
  });

  test("takes over what another sync of galops made, without making any of it anew", async () => {
    const there = await partners();
    await there.apply();
    const dana = there.contact("fabrikam", "dana@contoso.com");
    const successor = (text: string): string => text.replace(owner, "0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c99");
    there.write("galops.yaml", successor(config()));
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { create: 0 } });
    there.write("galops.yaml", successor(complete));
    await there.edit("disable-user", "contoso", "zoe@contoso.com");
    const { changes } = await there.plan();
    expect(briefly(changes)).toContain("adopt Dana Müller-Łęcka other-sync");
    expect(briefly(changes)).toContain("delete Zoë 🚀 van der Berg other-sync");
    expect((await there.galops("plan")).stdout).toContain(
      "# (created by another sync of galops, in a domain",
    );
    await there.apply();
    expect(there.contact("fabrikam", "dana@contoso.com")?.id).toBe(dana?.id);
    there.write("galops.yaml", successor(config()));
    expect(await there.plan("--detailed-exitcode")).toMatchObject({ code: 0, summary: { withheld: 1 } });
  });

  test("is undone by going back to marked: what was adopted stays ours, what others make is left alone", async () => {
    const there = await partners(complete);
    await there.apply();
    there.write("galops.yaml", config());
    await there.edit("add-mail-contact", "fabrikam", "old@contoso.com", "Old Hand");
    expect(await there.plan("--detailed-exitcode")).toMatchObject({
      code: 0,
      summary: { unchanged: 17, unmanaged: 2 },
    });
  });
});

test("a contact of ours that somebody moved out of the owned domains is not touched any more", async () => {
  const there = await partners();
  await there.apply();
  await there.edit(
    "set-mail-contact",
    "fabrikam",
    "dana@contoso.com",
    "ExternalEmailAddress=dana@home.example",
  );
  const moved = async (): Promise<readonly string[]> => {
    const { changes } = await there.plan();
    return briefly(changes.filter(({ displayName }) => displayName.startsWith("Dana")));
  };
  expect(await moved()).toEqual(["update Dana Müller-Łęcka edited withheld"]);
  await there.edit("disable-user", "contoso", "dana@contoso.com");
  expect(await moved()).toEqual(["delete Dana Müller-Łęcka left withheld"]);
  const before = kept(there, "dana@home.example");
  await there.apply();
  expect(kept(there, "dana@home.example")).toEqual(before);
});
