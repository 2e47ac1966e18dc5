import { describe, expect, test } from "vitest";
import type { LiveContact } from "../../src/model/contact.ts";
import { checkLimits } from "../../src/plan/limits.ts";
import { createTally } from "../../src/plan/tally.ts";
import type { SyncTally } from "../../src/plan/tally.ts";
import { ann, bo, book, bookPlan, briefly, chandra, desired, diff, live } from "./world.ts";

const wrong = { ...ann, emailAddresses: ["änn@contoso.com"] };
const unfit = [{ contact: desired("ann", wrong), reason: "The address is wrong." }];
const deletions = [{ kind: "now" }, { kind: "grace", days: 30 }] as const;

function tallied(held: readonly LiveContact[]): SyncTally {
  const tally = createTally();
  const others = [desired("bo", bo)];
  tally.add("s", bookPlan(book("x"), diff({ desired: others, unfit, live: held })), others);
  return tally.of("s");
}

describe.each(deletions)("somebody who is wanted and cannot be had (deletion: $kind)", (deletion) => {
  test("keeps the contact that he has, and the plan says why", () => {
    const { changes, unchanged } = diff({
      desired: [desired("bo", bo)],
      unfit,
      live: [live("ann", ann), live("bo", bo)],
      deletion,
    });
    expect(changes).toMatchObject([
      {
        action: "update",
        key: "contoso/ann",
        fields: [{ field: "emailAddresses", before: ["ann@contoso.com"], after: ["änn@contoso.com"] }],
        withheld: "The address is wrong. Until then the contact stays as it is.",
      },
    ]);
    expect(unchanged).toBe(1);
  });

  test("keeps it also where it waits for the end of a grace, or has another key", () => {
    const hidden = live("ann", ann, { edits: { hidden: true } });
    const waiting = { ...hidden, marker: hidden.marker && { ...hidden.marker, hiddenSince: "2020-01-01" } };
    const [rehired] = unfit.map((one) => ({ ...one, contact: { ...one.contact, key: "contoso/ann-2" } }));
    expect(briefly(diff({ desired: [], unfit, live: [waiting], deletion }).changes)).toEqual([
      "update contoso/ann source-changed withheld",
    ]);
    const addresses = ["ann@contoso.com"];
    const known = rehired && [{ ...rehired, contact: { ...rehired.contact, addresses } }];
    expect(
      briefly(diff({ desired: [], unfit: known ?? [], live: [live("ann", ann)], deletion }).changes),
    ).toEqual(["update contoso/ann-2 source-changed withheld"]);
  });

  test("is kept by nothing that belongs to others, and gets no contact where there is none", () => {
    const left = live("chandra", chandra);
    const changes = briefly(diff({ desired: [], unfit, live: [left], deletion }).changes);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatch(/contoso.chandra (?:left|grace-started)$/);
  });

  test("is kept also where the sync controls all of the domain", () => {
    const byHand = { ...live("x", ann), marker: null };
    const known = unfit.map((one) => ({
      ...one,
      contact: { ...one.contact, addresses: ["ann@contoso.com"] },
    }));
    const { changes } = diff({ desired: [], unfit: known, live: [byHand], ownsAll: true, deletion });
    expect(briefly(changes)).toEqual(["update contoso/ann source-changed withheld"]);
  });
});

test("who cannot be had is owned where he has a contact, so that limits do not take him for somebody who left", () => {
  expect(tallied([live("ann", ann), live("bo", bo)])).toMatchObject({
    owned: 2,
    keptContacts: 2,
    updates: 0,
    hidden: 0,
  });
  expect(tallied([live("bo", bo)])).toMatchObject({ owned: 1, keptContacts: 1 });
  const tally = createTally();
  tally.add("s", bookPlan(book("x"), diff({ desired: [], unfit, live: [live("ann", ann)] })), []);
  const facts = { sync: "s", kind: "mail-contacts" as const, limits: {}, people: 1, emptySources: [] };
  expect(checkLimits(tally, [facts], [])).toEqual([]);
});
