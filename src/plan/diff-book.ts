import type { Deletion, SyncPolicy } from "../model/config.ts";
import type { DesiredContact, LiveContact } from "../model/contact.ts";
import { byCodeUnit } from "../model/order.ts";
import type { BookPlan, Change, LiveRef, Reason } from "../model/plan.ts";
import type { BookReading } from "../model/target.ts";
import { createdFields, deletedFields, differenceOf } from "./field-changes.ts";
import type { FieldRules } from "./field-changes.ts";
import { afterGrace, restored } from "./grace.ts";
import { isHalfMade, keyOf, matchContacts } from "./match-contacts.ts";
import type { Pair } from "./match-contacts.ts";

export interface DiffInput extends FieldRules, BookReading {
  /** The GUID of the sync, lower case. */
  readonly owner: string;
  /** What the book shall hold, each key once, in any order. */
  readonly desired: readonly DesiredContact[];
  readonly policy: SyncPolicy;
  readonly deletion: Deletion;
  /** Whether contacts without any marker are ours, too (`control: complete`). */
  readonly ownsUnmarked: boolean;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

const copyWithheld =
  "It is a copy of a contact of this sync in a folder that is the user's own, so it is left to the user.";

/**
 * What must be done in one book to make it as desired; whatever does not carry the owner's marker is only counted,
 * unless all of the book is ours.
 *
 * Duplicates count as neither unchanged nor unmanaged. Copies of a contact whose person left all leave with it:
 * next time the oldest of them would be taken for the contact anyway.
 */
export function diffBook(input: DiffInput): Pick<BookPlan, "changes" | "unchanged" | "unmanaged"> {
  const aliases = new Set(input.desired.map(({ fields }) => fields.alias));
  const isBegun = (live: LiveContact): boolean => isHalfMade(live) && aliases.has(live.fields.alias);
  const own = input.live.filter((live) => isOwn(live, input) || isBegun(live));
  const { pairs, missing, gone, duplicates } = matchContacts(input.desired, own);
  const updates = pairs.flatMap((pair) => updateOf(pair, input));
  const leaving = gone.flatMap((live) => leave(live, input));
  const changes: Change[] = [
    ...updates,
    ...missing.map(createOf),
    ...leaving,
    ...duplicates.map((live) => deleteOf(live, "duplicate", input)),
  ];
  return {
    changes: changes.toSorted(byKeyAndId),
    unchanged: pairs.length - updates.length + gone.length - leaving.length,
    unmanaged: input.isWhole ? input.live.length - own.length : null,
  };
}

function isOwn({ marker }: LiveContact, { owner, ownsUnmarked }: DiffInput): boolean {
  return marker === null ? ownsUnmarked : marker.owner === owner;
}

function updateOf({ desired, live, rekeyed }: Pair, input: DiffInput): readonly Change[] {
  const difference = differenceOf(desired, live, input);
  const returned = live.marker !== null && live.marker.hiddenSince !== "";
  const fields = returned ? restored(difference.fields, desired, live) : difference.fields;
  const isAdopted = live.marker === null;
  if (fields.length === 0 && !rekeyed && !returned && !isAdopted) return [];
  const action = isAdopted ? "adopt" : "update";
  const withheld = live.untouchable ?? whyNotChanged(input.policy);
  return [
    {
      action,
      key: desired.key,
      displayName: desired.displayName,
      reason: isAdopted ? adoptionOf(live) : reasonOf({ rekeyed, returned }, difference.reason),
      fields,
      withheld,
      desired,
      live: refTo(live),
    },
  ];
}

/** Where the contact comes from: a run that was cut off, or somebody else in a book that is ours as a whole. */
function adoptionOf(live: LiveContact): Reason {
  return isHalfMade(live) ? "half-made" : "complete";
}

function reasonOf(
  { rekeyed, returned }: { readonly rekeyed: boolean; readonly returned: boolean },
  reason: Reason,
): Reason {
  if (returned) return "returned";
  return rekeyed ? "rekeyed" : reason;
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

/** At once, or by steps; nothing while its grace goes on. */
function leave(live: LiveContact, input: DiffInput): readonly Change[] {
  const { deletion } = input;
  if (deletion.kind === "now") return [deleteOf(live, "left", input)];
  const step = afterGrace(live, deletion.days, input.today);
  if (step.kind === "wait") return [];
  if (step.kind === "delete") return [deleteOf(live, "grace-ended", input)];
  // What galops did not make itself gets its first marker with the date.
  const key = keyOf(live);
  const digest = live.marker?.digest ?? "";
  const displayName = nameOf(live);
  return [
    {
      action: "update",
      key,
      displayName,
      reason: step.reason,
      fields: [{ field: "hidden", before: live.fields.hidden ?? false, after: true }],
      withheld: live.untouchable ?? whyNotDeleted("left", input),
      desired: { key, displayName, addresses: [], fields: { hidden: true }, digest },
      live: refTo(live),
      hiddenSince: step.hiddenSince,
    },
  ];
}

function deleteOf(live: LiveContact, reason: Reason, input: DiffInput): Change {
  return {
    action: "delete",
    key: keyOf(live),
    displayName: nameOf(live),
    reason,
    fields: deletedFields(live),
    withheld: live.untouchable ?? whyNotDeleted(reason, input),
    live: refTo(live),
  };
}

function whyNotChanged(policy: SyncPolicy): string | null {
  return policy === "create-only" ? "The policy of this sync is create-only: it changes nothing." : null;
}

function whyNotDeleted(reason: Reason, { policy, isOurs }: DiffInput): string | null {
  if (policy !== "sync") return `The policy of this sync is ${policy}: it deletes nothing.`;
  return reason === "duplicate" && !isOurs ? copyWithheld : null;
}

function nameOf(live: LiveContact): string {
  const { fields } = live;
  return [fields.displayName, fields.fileAs, fields.emailAddresses?.[0]].find(Boolean) ?? keyOf(live);
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
