import { describe, expect, test } from "vitest";
import type { FieldPolicy } from "../../src/model/contact-fields.ts";
import type { FieldChange, LiveContact } from "../../src/model/contact.ts";
import { encodeDigest, unwritten } from "../../src/model/digest.ts";
import type { Change } from "../../src/model/plan.ts";
import { ann, briefly, desired, diff, hash, live } from "./world.ts";

const alias = `galops-${"a".repeat(26)}`;
const wanted = { ...ann, alias, jobTitle: "Lead", department: "" };

/** A contact that a run made and could not mark. */
const begun: LiveContact = {
  ...live("ann", { ...wanted, displayName: "Ann Before", jobTitle: "" }),
  marker: null,
};

/** One that was marked before its job title was written. */
function unfinished(jobTitle: string): LiveContact {
  const { marker, ...contact } = live("ann", wanted, { edits: { jobTitle } });
  if (marker === null) throw new Error("It has a marker.");
  const titled = encodeDigest({ jobTitle: "Lead" }, hash);
  const digest = marker.digest.replace(titled, titled.slice(0, 2) + unwritten);
  return { ...contact, marker: { ...marker, digest } };
}

function planned(contact: LiveContact, policy: FieldPolicy): readonly Change[] {
  const people = [desired("ann", wanted)];
  return diff({ desired: people, live: [contact], fieldPolicy: () => policy }).changes;
}

const fieldsOf = (changes: readonly Change[]): readonly (readonly [boolean, string])[] =>
  changes.flatMap(({ fields, withheld }) =>
    fields.map(({ field }: FieldChange) => [withheld === null, field] as const),
  );

describe("a contact that a run was cut off from", () => {
  test("is finished whatever its policies say of edits: nobody made any", () => {
    expect(fieldsOf(planned(begun, "keep-edits"))).toEqual([
      [true, "displayName"],
      [true, "jobTitle"],
    ]);
  });

  test.each(["fill", "create-only"] as const)("gets by %s what it has not got", (policy) => {
    expect(fieldsOf(planned(begun, policy))).toContainEqual([true, "jobTitle"]);
    expect(fieldsOf(planned(begun, policy))).toContainEqual([false, "displayName"]);
  });

  test("is finished also where the sync changes nothing that it made", () => {
    const { changes } = diff({ desired: [desired("ann", wanted)], live: [begun], policy: "create-only" });
    expect(briefly(changes)).toEqual(["adopt contoso/ann half-made"]);
  });

  test.each(["keep-edits", "fill", "create-only"] as const)(
    "gets by %s what its marker says is due",
    (policy) => {
      expect(briefly(planned(unfinished(""), policy))).toEqual(["update contoso/ann half-made"]);
    },
  );

  test.each(["keep-edits", "fill", "create-only"] as const)(
    "keeps by %s what somebody wrote meanwhile where something was due",
    (policy) => {
      expect(fieldsOf(planned(unfinished("Boss"), policy))).toEqual([[false, "jobTitle"]]);
    },
  );

  test("whose missing value came meanwhile gets its marker", () => {
    expect(fieldsOf(planned(unfinished("Lead"), "keep-edits"))).toEqual([]);
    expect(briefly(planned(unfinished("Lead"), "keep-edits"))).toEqual(["update contoso/ann source-changed"]);
  });
});
