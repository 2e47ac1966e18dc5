import { expect, test } from "vitest";
import { aliasOf } from "../../../src/desired/alias.ts";
import type { FieldChange, LiveContact } from "../../../src/model/contact.ts";
import type { DeleteChange, UpdateChange } from "../../../src/model/plan.ts";
import { createdAlready, settledAlready } from "../../../src/targets/mail-contacts/decide.ts";
import { createAt, deleteAt, liveAt, updateAt } from "./changes.ts";
import { mailSync, otherOwner, owner } from "./world.ts";
import { at } from "./writing.ts";

function ends(
  change: UpdateChange | DeleteChange,
  live: readonly LiveContact[],
  control: "marked" | "complete" = "marked",
): string {
  const contacts = new Map(live.map((contact) => [contact.id, contact]));
  const outcome = settledAlready(change, contacts, mailSync({ control }));
  return outcome === null ? "to do" : `${outcome.status} ${outcome.problem?.code ?? ""}`.trim();
}

const promotion: readonly FieldChange[] = [{ field: "jobTitle", before: "", after: "Lead" }];
const promoted = updateAt("ann", promotion, { jobTitle: "Lead" });
const changed: Partial<LiveContact> = { version: "2" };

test("a contact as planned is changed; one that is gone is deleted already", () => {
  expect(ends(promoted, [liveAt("ann")])).toBe("to do");
  expect(ends(promoted, [])).toBe("stale contact-gone");
  expect(ends(deleteAt("ann"), [liveAt("ann")])).toBe("to do");
  expect(ends(deleteAt("ann"), [])).toBe("already-done");
});

test("a contact that was changed is stale, but for one that is as desired already", () => {
  expect(ends(promoted, [liveAt("ann", {}, changed)])).toBe("stale contact-changed");
  expect(ends(promoted, [liveAt("ann", { jobTitle: "Lead" }, changed)])).toBe("already-done");
  expect(ends(deleteAt("ann"), [liveAt("ann", {}, changed)])).toBe("stale contact-changed");
});

test("a manager who is gone makes nobody stale; another one does, where the change knows of a manager", () => {
  const before = { field: "manager", before: at("boss"), after: null } as const;
  const leaving = deleteAt("ann", { fields: [before] });
  const managedBy = (manager: string): readonly LiveContact[] => [
    liveAt("ann", {}, { fields: { emailAddresses: [at("ann")], manager } }),
  ];
  expect(ends(leaving, managedBy(at("boss")))).toBe("to do");
  expect(ends(leaving, managedBy(""))).toBe("to do");
  expect(ends(leaving, managedBy(at("other")))).toBe("stale contact-changed");
  expect(ends(promoted, managedBy(at("other")))).toBe("to do");
});

test.each([
  ["outside of the owned domains", { untouchable: "Its address lies outside." }],
  ["with another owner's stamp", { marker: { ...liveAt("ann").marker, owner: otherOwner } }],
  ["without a stamp", { marker: null }],
] as [string, Partial<LiveContact>][])("a contact %s is not touched", (_, more) => {
  expect(ends(promoted, [liveAt("ann", {}, more)])).toBe("stale contact-not-owned");
  expect(ends(deleteAt("ann"), [liveAt("ann", {}, more)])).toBe("stale contact-not-owned");
});

test("without a stamp it is ours where all of the domain is, and where a run of ours was cut off", () => {
  const unstamped = liveAt("ann", {}, { marker: null });
  const adoption: UpdateChange = { ...promoted, action: "adopt" };
  expect(ends(promoted, [unstamped], "complete")).toBe("to do");
  expect(ends(adoption, [unstamped])).toBe("to do");
  const byHand = { ...unstamped, fields: { ...unstamped.fields, alias: "ann" } };
  expect(ends(adoption, [byHand])).toBe("stale contact-not-owned");
});

test("without a stamp only that contact is deleted whose alias is the planned one, and one of galops", () => {
  const deleting = (alias: string): DeleteChange =>
    deleteAt("ann", { fields: [{ field: "alias", before: alias, after: null }] });
  const begun = (alias: string): readonly LiveContact[] => {
    const unstamped = liveAt("ann", {}, { marker: null });
    return [{ ...unstamped, fields: { ...unstamped.fields, alias } }];
  };
  const [one, other] = [aliasOf(owner, "k/ann"), aliasOf(owner, "k/bob")];
  expect(ends(deleting(one), begun(one))).toBe("to do");
  expect(ends(deleting(one), begun(other))).toBe("stale contact-not-owned");
  expect(ends(deleting("ann"), begun("ann"))).toBe("stale contact-not-owned");
});

test("a duplicate is left that has become the only one", () => {
  const duplicate = deleteAt("ann", { reason: "duplicate", survivor: { id: "ann-1", key: "k/ann" } });
  expect(ends(duplicate, [liveAt("ann"), liveAt("ann-1")])).toBe("to do");
  expect(ends(duplicate, [liveAt("ann")])).toBe("stale survivor-gone");
  const unmade = deleteAt("ann", { reason: "duplicate", survivor: { id: null, key: "k/ann" } });
  expect(ends(unmade, [liveAt("ann"), liveAt("ann-1")])).toBe("stale survivor-gone");
});

test("a contact that was there when it was made is completed, done already, or somebody's own by now", () => {
  const change = createAt("ann", { jobTitle: "Lead" });
  const status = (found: LiveContact): string =>
    createdAlready(change, found, mailSync())?.status ?? "to be completed";
  expect(status(liveAt("ann", { jobTitle: "Lead" }, { marker: null }))).toBe("to be completed");
  expect(status(liveAt("ann", { jobTitle: "Lead" }))).toBe("already-done");
  expect(status(liveAt("ann", { jobTitle: "Boss" }))).toBe("stale");
});
