import { expect, test } from "vitest";
import { byCodeUnit } from "../../../src/model/order.ts";
import { briefly, config, partners } from "./partners.ts";
import type { Partners } from "./partners.ts";

// What a sync that controls its domains completely did to contacts that others made, and how it is undone.

const rollback = ["rollback", "last", "--auto-approve", "--allow", "deletes=15"] as const;

function complete(deletion: string): string {
  return config({
    to: "ownedDomains: [contoso.com]\n      control: complete",
    more: `    deletion: ${deletion}\n`,
  });
}

/** Contacts that somebody made by hand: of one who is to be there, hidden, and of another; and one of another sync. */
async function byHand(deletion: string): Promise<Partners> {
  const there = await partners(complete(deletion));
  const values = ["Title=Boss", "CustomAttribute3=three", "HiddenFromAddressListsEnabled=true", "Notes=mine"];
  await there.edit("add-mail-contact", "fabrikam", "dana@contoso.com", "Dana by hand", ...values);
  await there.edit("add-mail-contact", "fabrikam", "one@contoso.com", "One", "Title=First", "Notes=kept");
  const stamp = "CustomAttribute15=galops:0d9f6c3a-5a39-4a53-9b1a-6f8f0d1f3c99:x/two;";
  await there.edit("add-mail-contact", "fabrikam", "two@contoso.com", "Two", "CustomAttribute1=x", stamp);
  return there;
}

/** All mail contacts, but for what is new with every contact or write. */
function kept({ tenant }: Partners): readonly string[] {
  const changing = new Set(["id", "WhenCreated", "WhenChanged", "manager"]);
  return tenant("fabrikam")
    .orgContacts.map((contact) =>
      JSON.stringify(contact, (name, value: unknown) => (changing.has(name) ? undefined : sorted(value))),
    )
    .toSorted(byCodeUnit);
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => byCodeUnit(one, other)));
}

test.each(["now", "{ grace: 30d }"])(
  "what others made is as it was, without a stamp or with its own, after deletion: %s is rolled back",
  async (deletion) => {
    const there = await byHand(deletion);
    const before = kept(there);
    await there.apply("--allow", "deletes=3");
    const applied = kept(there);
    expect(applied).not.toEqual(before);
    there.on(1);
    const undone = await there.galops(...rollback);
    expect(undone).toMatchObject({ code: 0 });
    expect(kept(there)).toEqual(before);

    there.on(2);
    const redone = await there.galops("rollback", "last", "--auto-approve", "--allow", "deletes=3");
    expect(redone).toMatchObject({ code: 0 });
    expect(kept(there)).toEqual(applied);

    there.on(3);
    expect(await there.galops(...rollback)).toMatchObject({ code: 0 });
    expect(kept(there)).toEqual(before);
    // Nothing of them is taken for what the sync made.
    there.write("galops.yaml", complete(deletion).replace("complete", "marked"));
    const { changes } = await there.plan();
    expect(briefly(changes).filter((line) => !line.startsWith("create"))).toEqual([]);
  },
);
