import type { SyncPolicy } from "../model/config.ts";
import type { DesiredContact, LiveContact } from "../model/contact.ts";
import { byCodeUnit } from "../model/order.ts";
import type { BookPlan, Change, LiveRef, Reason } from "../model/plan.ts";
import { createdFields, deletedFields, differenceOf } from "./field-changes.ts";
import type { FieldRules } from "./field-changes.ts";
import { matchContacts } from "./match-contacts.ts";
import type { OwnContact, Pair } from "./match-contacts.ts";

export interface DiffInput extends FieldRules {
  /** The GUID of the sync, lower case. */
  readonly owner: string;
  /** What the book shall hold, each key once, in any order. */
  readonly desired: readonly DesiredContact[];
  /** What the book holds, complete, in any order; contacts of others may be among them and are left alone. */
  readonly live: readonly LiveContact[];
  /** Whether the book is a folder of ours, read as a whole. */
  readonly dedicated: boolean;
  readonly policy: SyncPolicy;
}

const copyWithheld =
  "It is a copy of a contact of this sync in a folder that is the user's own, so it is left to the user.";

/**
 * What must be done in one book to make it as desired; whatever does not carry the owner's marker is only counted.
 *
 * Duplicates count as neither unchanged nor unmanaged. Copies of a contact whose person left all leave with it:
 * next time the oldest of them would be taken for the contact anyway.
 */
export function diffBook(input: DiffInput): Pick<BookPlan, "changes" | "unchanged" | "unmanaged"> {
  const own = input.live.filter((live): live is OwnContact => live.marker?.owner === input.owner);
  const { pairs, missing, gone, duplicates } = matchContacts(input.desired, own);
  const updates = pairs.flatMap((pair) => updateOf(pair, input));
  const changes: Change[] = [
    ...updates,
    ...missing.map(createOf),
    ...gone.map((live) => deleteOf(live, "left", input)),
    ...duplicates.map((live) => deleteOf(live, "duplicate", input)),
  ];
  return {
    changes: changes.toSorted(byKeyAndId),
    unchanged: pairs.length - updates.length,
    unmanaged: input.dedicated ? input.live.length - own.length : null,
  };
}

function updateOf({ desired, live, rekeyed }: Pair, input: DiffInput): readonly Change[] {
  const { fields, reason } = differenceOf(desired, live, input);
  if (fields.length === 0 && !rekeyed) return [];
  return [
    {
      action: "update",
      key: desired.key,
      displayName: desired.displayName,
      reason: rekeyed ? "rekeyed" : reason,
      fields,
      withheld:
        input.policy === "create-only" ? "The policy of this sync is create-only: it changes nothing." : null,
      desired,
      live: refTo(live),
    },
  ];
}

function createOf(desired: DesiredContact): Change {
  const { key, displayName } = desired;
  return {
    action: "create",
    key,
    displayName,
    reason: "new",
    fields: createdFields(desired),
    withheld: null,
    desired,
  };
}

function deleteOf(live: OwnContact, reason: Reason, input: DiffInput): Change {
  return {
    action: "delete",
    key: live.marker.key,
    displayName: nameOf(live),
    reason,
    fields: deletedFields(live),
    withheld: whyNotDeleted(reason, input),
    live: refTo(live),
  };
}

function whyNotDeleted(reason: Reason, { policy, dedicated }: DiffInput): string | null {
  if (policy !== "sync") return `The policy of this sync is ${policy}: it deletes nothing.`;
  return reason === "duplicate" && !dedicated ? copyWithheld : null;
}

function nameOf({ fields, marker }: OwnContact): string {
  return [fields.displayName, fields.fileAs, fields.emailAddresses?.[0]].find(Boolean) ?? marker.key;
}

function refTo({ id, version, marker }: LiveContact): LiveRef {
  return { id, version, marker };
}

function byKeyAndId(one: Change, other: Change): number {
  return byCodeUnit(one.key, other.key) || byCodeUnit(idOf(one), idOf(other));
}

function idOf(change: Change): string {
  return change.action === "create" ? "" : change.live.id;
}
