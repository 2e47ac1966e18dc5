import { describe, expect, test } from "vitest";
import type { FieldPolicy } from "../../src/model/contact-fields.ts";
import type { ContactFields, LiveContact } from "../../src/model/contact.ts";
import type { Change, UpdateChange } from "../../src/model/plan.ts";
import { ann, briefly, desired, diff, live } from "./world.ts";

const shown: ContactFields = { ...ann, hidden: false };
const grace = { deletion: { kind: "grace", days: 30 } } as const;

function onlyUpdate(changes: readonly Change[]): UpdateChange {
  const [change, ...others] = changes;
  if (change?.action !== "update" || others.length > 0) throw new Error(JSON.stringify(changes));
  return change;
}

/** The contact as a run leaves it that makes the one change which is due on the day. */
function left(held: LiveContact, today = "2026-03-01"): LiveContact {
  const change = onlyUpdate(diff({ desired: [], live: [held], today, ...grace }).changes);
  const { digest } = change.desired;
  const marker = held.marker && { ...held.marker, digest, hiddenSince: change.hiddenSince ?? "" };
  return { ...held, marker, fields: { ...held.fields, hidden: true } };
}

function back(
  held: LiveContact,
  wanted: ContactFields = shown,
  policy: FieldPolicy = "overwrite",
): readonly Change[] {
  const fieldPolicy = () => policy;
  return diff({ desired: [desired("ann", wanted)], live: [held], ...grace, fieldPolicy }).changes;
}

const hide = { edits: { hidden: true } };

describe("who returns in his grace", () => {
  test.each(["overwrite", "clear", "keep-edits", "fill", "create-only"] as const)(
    "is shown again under %s: that galops hid him is nobody's edit",
    (policy) => {
      const changes = back(left(live("ann", shown)), shown, policy);
      expect(briefly(changes)).toEqual(["update contoso/ann returned"]);
      expect(changes[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
    },
  );

  test.each(["keep-edits", "create-only"] as const)(
    "stays hidden under %s where somebody had hidden him before, and the plan says that it is kept",
    (policy) => {
      const changes = back(left(live("ann", shown, hide)), shown, policy);
      expect(briefly(changes)).toEqual(["update contoso/ann returned", "update contoso/ann edited withheld"]);
      expect(changes[0]?.fields).toEqual([]);
      expect(changes[1]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
    },
  );

  test("stays hidden where somebody had hidden him before and the config leaves that alone", () => {
    const changes = back(left(live("ann", ann, hide)), ann);
    expect(briefly(changes)).toEqual(["update contoso/ann returned"]);
    expect(changes[0]?.fields).toEqual([]);
  });

  test("is shown where the config says so, whoever had hidden him before", () => {
    const changes = back(left(live("ann", shown, hide)));
    expect(changes[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
  });

  test("stays as somebody showed him meanwhile", () => {
    const waiting = left(live("ann", ann, hide));
    const shownAgain = { ...waiting, fields: { ...waiting.fields, hidden: false } };
    expect(back(shownAgain, ann)[0]?.fields).toEqual([]);
  });

  test("is brought back as before the grace also where he was hidden a second time in it", () => {
    const waiting = left(live("ann", ann));
    const again = left({ ...waiting, fields: { ...waiting.fields, hidden: false } }, "2026-03-10");
    expect(again.marker?.hiddenSince).toBe("2026-03-01");
    expect(back(again, ann)[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
    const unreadable = {
      ...waiting,
      marker: waiting.marker && { ...waiting.marker, hiddenSince: "9999-12-31" },
    };
    expect(back(left(unreadable), ann)[0]?.fields).toEqual([{ field: "hidden", before: true, after: false }]);
  });

  test("was hidden already when he left: the plan shows no change of that", () => {
    const change = onlyUpdate(diff({ desired: [], live: [live("ann", shown, hide)], ...grace }).changes);
    expect(change).toMatchObject({ reason: "grace-started", fields: [], hiddenSince: "2026-03-01" });
  });
});
