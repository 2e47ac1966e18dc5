import type { ContactFields } from "../../src/model/contact.ts";
import type { Change, PlanRecord } from "../../src/model/plan.ts";
import { book, bookPlan, planOf } from "../plan/world.ts";

/** So many changes of each action, in one mailbox, all of different people; made without a diff, which takes time. */
export function manyChanges(counts: {
  readonly deletes: number;
  readonly updates: number;
  readonly creates: number;
}): readonly PlanRecord[] {
  const changes = [
    ...people("d", counts.deletes).map(deleted),
    ...people("u", counts.updates).map(updated),
    ...people("c", counts.creates).map(created),
  ];
  return planOf([{ name: "staff", books: [bookPlan(book("ann@contoso.com"), { changes })] }]);
}

function people(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => `${letter}${1_000_000 + i}`);
}

function base(id: string) {
  return { key: `contoso/${id}`, displayName: `Person ${id}`, withheld: null };
}

function fieldsOf(id: string): ContactFields {
  return { displayName: `Person ${id}`, emailAddresses: [`${id}@contoso.com`], jobTitle: "Lead" };
}

function desiredOf(id: string) {
  const { key, displayName } = base(id);
  return { key, displayName, addresses: [`${id}@contoso.com`], fields: fieldsOf(id), digest: "" };
}

function liveOf(id: string) {
  return { id: `live-${id}`, version: "1", marker: null };
}

function deleted(id: string): Change {
  const fields = [{ field: "emailAddresses", before: [`${id}@contoso.com`], after: null }] as const;
  return { ...base(id), action: "delete", reason: "left", fields, live: liveOf(id) };
}

function updated(id: string): Change {
  const fields = [{ field: "jobTitle", before: "Engineer", after: "Lead" }] as const;
  const desired = desiredOf(id);
  return { ...base(id), action: "update", reason: "source-changed", fields, desired, live: liveOf(id) };
}

function created(id: string): Change {
  const fields = [
    { field: "displayName", before: null, after: `Person ${id}` },
    { field: "emailAddresses", before: null, after: [`${id}@contoso.com`] },
    { field: "jobTitle", before: null, after: "Lead" },
  ] as const;
  return { ...base(id), action: "create", reason: "new", fields, desired: desiredOf(id) };
}
