import { createHash } from "node:crypto";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { DesiredContact } from "../model/contact.ts";
import type { BookPlan, Change, PlanRecord } from "../model/plan.ts";

export interface PlanId {
  /** Adds records in plan order; `end` has no effect. */
  add(record: PlanRecord): void;
  /** `sha256:<hex>`; nothing may be added afterwards. */
  id(): string;
}

/**
 * Computes an id of what a plan would change: which contacts in which books, from what, to what, and what is withheld.
 *
 * It does not cover the time, allowances, unchanged contacts, reasons, causes, refusals and diagnostics, nor the
 * versions of live contacts, which also change with edits that a plan ignores.
 */
export function createPlanId(): PlanId {
  const hash = createHash("sha256");
  const hashes = new WeakMap<DesiredContact, string>();
  const hashOf = (contact: DesiredContact): string => {
    const known = hashes.get(contact) ?? hashDesired(contact);
    hashes.set(contact, known);
    return known;
  };
  const add = (...parts: readonly unknown[]): void => void hash.update(`${JSON.stringify(parts)}\n`);
  return {
    add(record) {
      if (record.type === "sync") add("sync", record.name, record.kind, record.tenant, record.owner);
      if (record.type !== "book" || (record.changes.length === 0 && record.rename === undefined)) return;
      add("book", record.sync, record.book.id, record.book.folder, ...renameParts(record));
      for (const change of record.changes) add(...partsOf(change, hashOf));
    },
    id: () => `sha256:${hash.digest("hex")}`,
  };
}

function renameParts({ rename }: Pick<BookPlan, "rename">): readonly unknown[] {
  return rename === undefined ? [] : [rename.from, rename.withheld === null];
}

function partsOf(change: Change, hashOf: (contact: DesiredContact) => string): readonly unknown[] {
  const { action, key, withheld } = change;
  const desired = change.action === "delete" ? null : hashOf(change.desired);
  // The fields of a create follow from its desired contact.
  const undoing = change.action === "delete" || change.asBefore === undefined ? [] : [change.asBefore];
  if (change.action === "create") return [action, key, withheld === null, desired, ...undoing];
  const fields = change.fields.map(({ field, before, after }) => [field, before, after]);
  const hidden = change.action === "delete" ? undefined : change.hiddenSince;
  const survivor = change.action === "delete" && change.survivor !== undefined ? [change.survivor.id] : [];
  const more = [...(hidden === undefined ? [] : [hidden]), ...survivor, ...undoing];
  return [action, key, withheld === null, desired, change.live.id, fields, ...more];
}

function hashDesired({ key, digest, fields }: DesiredContact): string {
  const values = contactFieldNames.map((field) => fields[field] ?? null);
  return createHash("sha256")
    .update(JSON.stringify([key, digest, values]))
    .digest("base64url");
}
