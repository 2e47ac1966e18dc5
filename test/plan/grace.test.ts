import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ContactFields, LiveContact } from "../../src/model/contact.ts";
import type { Change } from "../../src/model/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan-format/codec.ts";
import { book, bookPlan, briefly, collected, desired, diff, live, owner, planOf, streamed } from "./world.ts";

const ann: ContactFields = { displayName: "Ann Ek", emailAddresses: ["ann@contoso.com"], hidden: false };
const bo: ContactFields = { displayName: "Bo Li", emailAddresses: ["bo@contoso.com"], hidden: false };
const grace = { deletion: { kind: "grace", days: 30 } } as const;

/** A contact of somebody who left, as a run hid it on that day. */
function hidden(
  id: string,
  since: string,
  fields: ContactFields = ann,
  edits: ContactFields = { hidden: true },
): LiveContact {
  const contact = live(id, fields, { edits });
  return { ...contact, marker: contact.marker && { ...contact.marker, hiddenSince: since } };
}

const changesOn = (today: string, held: readonly LiveContact[], more: object = {}): readonly Change[] =>
  diff({ desired: [], live: held, today, ...grace, ...more }).changes;

describe("who leaves a sync whose deletion has a grace", () => {
  test("is hidden first, with the day on which it was", () => {
    const [change, ...others] = changesOn("2026-03-01", [live("ann", ann)]);
    expect(others).toEqual([]);
    expect(change).toMatchObject({
      action: "update",
      reason: "grace-started",
      withheld: null,
      hiddenSince: "2026-03-01",
      fields: [{ field: "hidden", before: false, after: true }],
    });
  });

  test.each([
    ["2026-03-01", []],
    ["2026-03-02", []],
    ["2026-03-30", []],
    ["2026-03-31", ["delete contoso/ann grace-ended"]],
    ["2027-03-01", ["delete contoso/ann grace-ended"]],
  ])("stays hidden for all of it and not a day longer (%s)", (today, expected) => {
    expect(briefly(changesOn(today, [hidden("ann", "2026-03-01")]))).toEqual(expected);
  });

  test("is counted while he waits, with the days on which the first and the last are deleted", () => {
    const held = [hidden("ann", "2026-03-01"), hidden("bo", "2026-02-20", bo), live("cai", bo)];
    const { waiting, unchanged } = diff({ desired: [], live: held, today: "2026-03-05", ...grace });
    expect({ waiting, unchanged }).toEqual({
      waiting: { contacts: 2, firstDeletion: "2026-03-22", lastDeletion: "2026-03-31" },
      unchanged: 2,
    });
    expect(diff({ desired: [], live: held.slice(2), ...grace })).not.toHaveProperty("waiting");
  });

  test("counts days by the calendar, whatever clocks do in spring", () => {
    expect(briefly(changesOn("2026-03-30", [hidden("ann", "2026-02-28")]))).toEqual([
      "delete contoso/ann grace-ended",
    ]);
    expect(changesOn("2028-03-29", [hidden("ann", "2028-02-29")])).toEqual([]);
  });

  test.each(["2026-04-01", "9999-12-31", "2026-13-99", "0000-00-00"])(
    "waits anew where the day lies ahead or is none: %s",
    (since) => {
      expect(changesOn("2026-03-01", [hidden("ann", since)])).toMatchObject([
        { reason: "grace-started", hiddenSince: "2026-03-01" },
      ]);
    },
  );

  test("is hidden again where somebody shows it, and its days go on", () => {
    const shown = hidden("ann", "2026-03-01", ann, { hidden: false });
    expect(changesOn("2026-03-10", [shown])).toMatchObject([{ reason: "edited", hiddenSince: "2026-03-01" }]);
    expect(briefly(changesOn("2026-04-01", [shown]))).toEqual(["delete contoso/ann grace-ended"]);
  });

  test("comes back as it was when it is wanted again, and what changed meanwhile is brought along", () => {
    const back = diff({
      desired: [desired("ann", ann)],
      live: [hidden("ann", "2026-02-20")],
      ...grace,
    }).changes;
    expect(briefly(back)).toEqual(["update contoso/ann returned"]);
    expect(back[0]).not.toHaveProperty("hiddenSince");
    expect(back[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
    const renamed = { ...ann, displayName: "Ann Berg" };
    const changed = diff({
      desired: [desired("ann", renamed)],
      live: [hidden("ann", "2026-02-20")],
      ...grace,
    }).changes;
    expect(changed[0]?.fields.map(({ field }) => field)).toEqual(["displayName", "hidden"]);
  });

  test("is shown again, too, where the config leaves `hidden` alone", () => {
    const { hidden: _, ...fields } = ann;
    const back = diff({
      desired: [desired("ann", fields)],
      live: [hidden("ann", "2026-02-20", fields)],
      ...grace,
    }).changes;
    expect(back[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
  });

  test("who returns hidden by its source stays hidden, and no longer waits for deletion", () => {
    const kept = { ...ann, hidden: true };
    const back = diff({
      desired: [desired("ann", kept)],
      live: [hidden("ann", "2026-02-20")],
      ...grace,
    }).changes;
    expect(back).toMatchObject([{ reason: "returned", fields: [] }]);
  });

  test("who returns under another key gets the same contact", () => {
    const back = diff({
      desired: [desired("ann-2", ann)],
      live: [hidden("ann", "2026-02-20")],
      ...grace,
    }).changes;
    expect(briefly(back)).toEqual(["update contoso/ann-2 returned"]);
  });

  test("is deleted at once where the grace was taken out of the config", () => {
    expect(briefly(diff({ desired: [], live: [hidden("ann", "2026-02-20")] }).changes)).toEqual([
      "delete contoso/ann left",
    ]);
  });

  test.each(["upsert-only", "create-only"] as const)(
    "is neither hidden nor deleted under %s, and that is shown",
    (policy) => {
      expect(briefly(changesOn("2026-03-01", [live("ann", ann)], { policy }))).toEqual([
        "update contoso/ann grace-started withheld",
      ]);
      expect(briefly(changesOn("2026-05-01", [hidden("ann", "2026-03-01")], { policy }))).toEqual([
        "delete contoso/ann grace-ended withheld",
      ]);
    },
  );

  test("is hidden first, too, where somebody else made it and the sync controls all of the domain", () => {
    const byHand = { ...live("x", ann), id: "guid-1", marker: null };
    const changes = changesOn("2026-03-01", [byHand], { ownsAll: true });
    expect(changes).toMatchObject([
      {
        action: "update",
        key: "unmarked/guid-1",
        reason: "complete",
        hiddenSince: "2026-03-01",
        desired: { digest: "" },
      },
    ]);
  });

  test("is never touched where it is synchronized from elsewhere", () => {
    const untouchable = "It is synchronized.";
    for (const held of [
      { ...live("ann", ann), untouchable },
      { ...hidden("ann", "2026-01-01"), untouchable },
    ]) {
      expect(changesOn("2026-03-01", [held]).map(({ withheld }) => withheld)).toEqual([untouchable]);
    }
  });
});

describe("a saved plan of mail contacts", () => {
  const held = [
    live("ann", ann),
    hidden("bo", "2026-01-01", bo),
    hidden("cai", "2026-02-20", { ...bo, displayName: "Cai", emailAddresses: ["c@contoso.com"] }),
  ];
  const records = (today: string): ReturnType<typeof planOf> =>
    planOf([
      {
        name: "s",
        books: [
          bookPlan(
            book("x", { mailbox: null, folder: null }),
            diff({ desired: [], live: held, today, ...grace }),
          ),
        ],
      },
    ]);

  test("reads back the same, days and flags included", async () => {
    const plan = records("2026-03-01");
    const lines = await collected(encodePlan(streamed(plan)));
    expect(await collected(decodePlan(streamed(lines)))).toEqual(plan);
    expect(lines.join("")).toContain('"hiddenSince":"2026-03-01"');
  });

  test("is the same for equal inputs, and another one where another day would be written", () => {
    const idOf = (today: string): unknown =>
      records(today).flatMap((record) => (record.type === "end" ? [record.id] : []))[0];
    expect(idOf("2026-03-01")).toBe(idOf("2026-03-01"));
    expect(idOf("2026-03-02")).not.toBe(idOf("2026-03-01"));
  });

  test("is the same byte for byte in whatever order contacts were read", () => {
    const orders = fc.shuffledSubarray(held, { minLength: held.length });
    const [first] = [JSON.stringify(diff({ desired: [], live: held, today: "2026-03-01", ...grace }))];
    expect.hasAssertions();
    fc.assert(
      fc.property(orders, (order) => {
        expect(JSON.stringify(diff({ desired: [], live: order, today: "2026-03-01", ...grace }))).toBe(first);
      }),
    );
  });
});

test("a contact that a run hid is nobody else's, unless all of the domain is", () => {
  const other = {
    ...hidden("ann", "2026-01-01"),
    marker: { owner: `9${owner.slice(1)}`, key: "k", digest: "", photo: "", hiddenSince: "2026-01-01" },
  };
  expect(changesOn("2026-03-01", [other])).toEqual([]);
  expect(briefly(changesOn("2026-03-01", [other], { ownsAll: true }))).toEqual(["delete k grace-ended"]);
});
