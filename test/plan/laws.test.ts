import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { FieldPolicy } from "../../src/model/contact-fields.ts";
import { contactFieldNames } from "../../src/model/contact-fields.ts";
import type { ContactFields, DesiredContact, LiveContact } from "../../src/model/contact.ts";
import type { Change } from "../../src/model/plan.ts";
import { isEmpty, sameField } from "../../src/model/values.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import {
  book,
  bookPlan,
  collected,
  desired,
  diff,
  live,
  otherOwner,
  owner,
  planOf,
  streamed,
} from "./world.ts";

// Few values, so that contacts often share keys and addresses, and are often the same.
const address = fc.constantFrom("ann@contoso.com", "bo@contoso.com", "Info@contoso.com", "info@contoso.com");
const fields: fc.Arbitrary<ContactFields> = fc.record(
  {
    displayName: fc.constantFrom("Ann Ek", "Bo Li"),
    emailAddresses: fc.uniqueArray(address, { maxLength: 2 }),
    jobTitle: fc.constantFrom("", "Engineer", "Lead"),
    businessPhones: fc.constantFrom<string[]>([], ["1"], ["1", "2"]),
    photo: fc.constantFrom("", "p1", "p2"),
  },
  { requiredKeys: ["displayName", "emailAddresses"] },
);
const id = fc.constantFrom("1", "2", "3", "4", "5", "6");
// By which somebody is recognized is not what his contact shows.
const ownAddresses = fc.option(fc.uniqueArray(address, { maxLength: 2 }), { nil: null });
const wanted: fc.Arbitrary<readonly DesiredContact[]> = fc
  .uniqueArray(fc.tuple(id, fields, ownAddresses), { selector: ([key]) => key })
  .map((contacts) =>
    contacts.map(([key, values, own]) => {
      const contact = desired(key, values);
      return own === null ? contact : { ...contact, addresses: own.map((one) => one.toLowerCase()) };
    }),
  );
const held: fc.Arbitrary<readonly LiveContact[]> = fc
  .array(
    fc.record({
      id,
      fields,
      edits: fc.oneof({ weight: 3, arbitrary: fc.constant<ContactFields>({}) }, fields),
      whose: fc.constantFrom("ours", "ours", "ours", "theirs", "nobody"),
      age: fc.constantFrom("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", ""),
    }),
    { maxLength: 9 },
  )
  .map((contacts) =>
    contacts.map(({ id: key, fields: written, edits, whose, age }, index) => {
      const { photo: _, ...visible } = edits;
      const contact = live(key, written, { id: `live-${index}`, createdAt: age, edits: visible });
      if (whose === "nobody") return { ...contact, marker: null };
      const marker = contact.marker ?? { owner, key, digest: "", photo: "", hiddenSince: "" };
      return whose === "ours" ? contact : { ...contact, marker: { ...marker, owner: otherOwner } };
    }),
  );
const fieldPolicy: fc.Arbitrary<FieldPolicy> = fc.constantFrom(
  "overwrite",
  "fill",
  "create-only",
  "keep-edits",
  "clear",
);

/** The book after the changes that are not withheld, as a target would leave it. */
function carriedOut(contacts: readonly LiveContact[], changes: readonly Change[]): readonly LiveContact[] {
  const kept = new Map(contacts.map((contact) => [contact.id, contact]));
  for (const change of changes.filter(({ withheld }) => withheld === null)) {
    if (change.action === "delete") {
      kept.delete(change.live.id);
      continue;
    }
    const liveId = change.action === "create" ? `made-${change.key}` : change.live.id;
    const before = kept.get(liveId);
    const values = Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
    const { photo = before?.marker?.photo ?? "", ...visible } = values as ContactFields;
    kept.set(liveId, {
      id: liveId,
      version: "2",
      createdAt: before?.createdAt ?? "2026-03-01T00:00:00Z",
      marker: { owner, key: change.key, digest: change.desired.digest, photo, hiddenSince: "" },
      fields: { ...before?.fields, ...visible },
      untouchable: null,
    });
  }
  return [...kept.values()];
}

const hasOurMark = (contact: LiveContact): boolean => contact.marker?.owner === owner;
const made = (changes: readonly Change[]): readonly Change[] =>
  changes.filter(({ withheld }) => withheld === null);

test("a plan carried out leaves each desired contact once, as desired, and nothing else of ours", () => {
  fc.assert(
    fc.property(wanted, held, (want, have) => {
      const after = carriedOut(have, diff({ desired: want, live: have }).changes).filter(hasOurMark);
      expect(after).toHaveLength(want.length);
      expect(new Set(after.map(({ marker }) => marker?.key))).toEqual(new Set(want.map(({ key }) => key)));
      for (const contact of want) {
        const now = after.find(({ marker }) => marker?.key === contact.key);
        for (const field of contactFieldNames) {
          const value = contact.fields[field];
          if (value === undefined || (field === "photo" && value === "")) continue;
          const kept = (field === "photo" ? now?.marker?.photo : now?.fields[field]) ?? "";
          expect(sameField(field, value, kept) || (isEmpty(value) && isEmpty(kept))).toBe(true);
        }
        // No picture but the person's own, or one that was written for him before.
        const photo = now?.marker?.photo ?? "";
        const before = have.find((one) => one.id === now?.id);
        expect([contact.fields.photo ?? "", before?.marker?.key === contact.key ? photo : ""]).toContain(
          photo,
        );
      }
    }),
    { numRuns: 1000 },
  );
});

test("after a plan was carried out, whatever the policies, a second one would make nothing", () => {
  fc.assert(
    fc.property(
      wanted,
      held,
      fieldPolicy,
      fc.constantFrom("sync", "upsert-only", "create-only"),
      fc.boolean(),
      (want, have, fieldsBy, policy, isOurs) => {
        const input = { desired: want, policy, isOurs, fieldPolicy: () => fieldsBy };
        const after = carriedOut(have, diff({ ...input, live: have }).changes);
        expect(made(diff({ ...input, live: after }).changes)).toEqual([]);
      },
    ),
    { numRuns: 1000 },
  );
});

test("nothing without our marker is in a plan, and it is the same after it", () => {
  fc.assert(
    fc.property(wanted, held, (want, have) => {
      const { changes, unmanaged } = diff({ desired: want, live: have });
      const others = have.filter((contact) => !hasOurMark(contact));
      const named = changes.flatMap((change) => (change.action === "create" ? [] : [change.live.id]));
      expect(others.filter((contact) => named.includes(contact.id))).toEqual([]);
      expect(carriedOut(have, changes).filter((contact) => !hasOurMark(contact))).toEqual(others);
      expect(unmanaged).toBe(others.length);
    }),
    { numRuns: 500 },
  );
});

test("the order of what was read does not matter", () => {
  const shuffled = fc
    .tuple(wanted, held)
    .chain(([want, have]) =>
      fc.tuple(
        fc.constant({ desired: want, live: have }),
        fc.shuffledSubarray([...want], { minLength: want.length }),
        fc.shuffledSubarray([...have], { minLength: have.length }),
      ),
    );
  fc.assert(
    fc.property(shuffled, ([input, want, have]) => {
      expect(diff({ desired: want, live: have })).toEqual(diff(input));
    }),
    { numRuns: 500 },
  );
});

test("every desired contact and every one of ours is accounted for exactly once", () => {
  fc.assert(
    fc.property(wanted, held, (want, have) => {
      const { changes, unchanged } = diff({ desired: want, live: have });
      const count = (action: string) => changes.filter((change) => change.action === action).length;
      // What of a contact can be written, and what cannot, are two updates.
      const ids = changes.flatMap((change) => (change.action === "update" ? [change.live.id] : []));
      const updated = new Set(ids).size;
      expect(unchanged + count("create") + updated).toBe(want.length);
      expect(unchanged + count("delete") + updated).toBe(have.filter(hasOurMark).length);
    }),
  );
});

test("upsert-only makes what sync makes but for the deletes, create-only only the creates", () => {
  fc.assert(
    fc.property(wanted, held, (want, have) => {
      const madeBy = (policy: "sync" | "upsert-only" | "create-only") =>
        made(diff({ desired: want, live: have, policy }).changes);
      expect(madeBy("upsert-only")).toEqual(madeBy("sync").filter(({ action }) => action !== "delete"));
      expect(madeBy("create-only")).toEqual(madeBy("sync").filter(({ action }) => action === "create"));
    }),
  );
});

test("a written plan reads back the same, and is written the same again", async () => {
  const books = fc.array(
    fc.tuple(wanted, held).map(([want, have]) => diff({ desired: want, live: have })),
    { maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(books, books, async (first, second) => {
      const plan = planOf(
        [first, second].map((plans, sync) => ({
          name: `sync-${sync}`,
          books: plans.map((changes, index) => bookPlan(book(`m${index}@contoso.com`), changes)),
        })),
      );
      const lines = await collected(encodePlan(streamed(plan)));
      const read = await collected(decodePlan(streamed(lines)));
      expect(read).toEqual(plan);
      expect(await collected(encodePlan(streamed(read)))).toEqual(lines);
    }),
  );
});
