import type { Deletion, SyncPolicy } from "../model/config.ts";
import type { LiveContact } from "../model/contact.ts";
import type { Change, DeleteChange, LiveRef, Reason, Survivor } from "../model/plan.ts";
import { daysLater } from "../model/day.ts";
import { shortName } from "../text/short-name.ts";
import { deletedFields } from "./field-changes.ts";
import { afterGrace, digestInGrace } from "./grace.ts";
import { keyOf } from "./match-contacts.ts";
import type { Duplicate } from "./match-contacts.ts";

export interface DeletionRules {
  readonly policy: SyncPolicy;
  readonly deletion: Deletion;
  /** Whether the folder belongs to galops, so that copies in it may be deleted. */
  readonly isOurs: boolean;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
}

const copyWithheld =
  "It is a copy of a contact of this sync in the user's own folder, so it is kept for the user.";

/** The change for a contact whose person left: a delete, or the next step of its grace; none while the grace lasts. */
export function leavingOf(live: LiveContact, rules: DeletionRules): readonly Change[] {
  const { deletion } = rules;
  if (deletion.kind === "now") return [deleteOf(live, "left", whyKept(live, rules))];
  const step = afterGrace(live, deletion.days, rules.today);
  if (step.kind === "wait") return [];
  if (step.kind === "delete") return [deleteOf(live, "grace-ended", whyKept(live, rules))];
  // A contact that galops did not create gets its first marker here, with the date.
  const key = keyOf(live);
  const digest = digestInGrace(live);
  const displayName = nameOf(live);
  const addresses = (live.fields.emailAddresses ?? []).map((address) => address.toLowerCase());
  return [
    {
      action: "update",
      key,
      displayName,
      reason: step.reason,
      fields: live.fields.hidden === true ? [] : [{ field: "hidden", before: false, after: true }],
      withheld: whyKept(live, rules),
      desired: { key, displayName, addresses, fields: { hidden: true }, digest },
      live: refTo(live),
      hiddenSince: step.hiddenSince,
      deletedFrom: daysLater(step.hiddenSince, deletion.days),
    },
  ];
}

/** Deletes a newer contact of a person who has several; withheld in the user's own folder. */
export function deleteCopy({ live, of }: Duplicate, rules: DeletionRules): Change {
  const survivor = { id: of.live.id, key: of.desired.key };
  return duplicateOf(live, survivor, rules.isOurs ? null : copyWithheld, rules);
}

/** @param withheld - why the copy is kept, unless there is a more general reason; null when it may be deleted */
export function duplicateOf(
  live: LiveContact,
  survivor: Survivor,
  withheld: string | null,
  rules: DeletionRules,
): DeleteChange {
  // The survivor does not exist yet: this plan creates it in another folder.
  const reason = survivor.id === null ? "moved-away" : "duplicate";
  return deleteOf(live, reason, whyKept(live, rules) ?? withheld, survivor);
}

function deleteOf(
  live: LiveContact,
  reason: Reason,
  withheld: string | null,
  survivor?: Survivor,
): DeleteChange {
  return {
    action: "delete",
    key: keyOf(live),
    displayName: nameOf(live),
    reason,
    fields: deletedFields(live),
    withheld,
    live: refTo(live),
    ...(survivor === undefined ? {} : { survivor }),
  };
}

function whyKept({ untouchable }: LiveContact, { policy }: DeletionRules): string | null {
  if (untouchable !== null || policy === "sync") return untouchable;
  return `The policy of this sync is ${policy}: it deletes nothing.`;
}

export function nameOf(live: LiveContact): string {
  const { fields } = live;
  return shortName(
    [fields.displayName, fields.fileAs, fields.emailAddresses?.[0]].find(Boolean) ?? keyOf(live),
  );
}

export function refTo({ id, version, marker }: LiveContact): LiveRef {
  return { id, version, marker };
}
