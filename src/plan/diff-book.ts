import type { SyncPolicy } from "../model/config.ts";
import type { DesiredContact, LiveContact, UnfitContact } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import type { BookPlan, Change, Reason, UpdateChange } from "../model/plan.ts";
import type { BookReading } from "../model/target.ts";
import { isOwnedBy } from "../model/user-copy.ts";
import { byKeyAndId } from "./change-order.ts";
import { deleteCopy, leavingOf, refTo } from "./deletions.ts";
import type { DeletionRules } from "./deletions.ts";
import { differenceOf } from "./field-changes.ts";
import type { FieldRules } from "./field-changes.ts";
import { asBeforeGrace, broughtBack } from "./grace.ts";
import { isHalfMade, matchContacts } from "./match-contacts.ts";
import type { Duplicate, Pair } from "./match-contacts.ts";
import { movesOf } from "./moves.ts";
import { keepUnfit } from "./unfit-contacts.ts";

export interface DiffInput extends FieldRules, DeletionRules, BookReading {
  /** The GUID of the sync, lower case. */
  readonly owner: string;
  /** What the book shall hold, each key once, in any order. */
  readonly desired: readonly DesiredContact[];
  /** Who is wanted besides, and cannot be had; absent for nobody. */
  readonly unfit?: readonly UnfitContact[];
  /** Whether every contact is ours, without a marker or with that of another sync (`control: complete`). */
  readonly ownsAll: boolean;
}

const keptByPolicy =
  "The policies of these fields (keep-edits, fill, create-only) leave them as they are in the contact.";

/**
 * What must be done in one book to make it as desired; whatever does not carry the owner's marker is only counted,
 * unless all of the book is ours.
 *
 * What becomes of a contact of ours, by where it is and whom it stands for (a policy that deletes nothing withholds the
 * deletes, and takes contacts elsewhere for contacts of the book):
 *
 * | it is          | the person is desired                          | the person left                       |
 * | -------------- | ---------------------------------------------- | ------------------------------------- |
 * | in the book    | the oldest: update, rekeyed by a mail address; | delete (`left`)                       |
 * |                | others: delete (`duplicate`), withheld where   |                                       |
 * |                | the book is the user's own                     |                                       |
 * | elsewhere, and | delete (`duplicate`), withheld of a copy       | delete (`left`), withheld of a copy   |
 * | in the book    | in the user's own place                        | in the user's own place               |
 * | only elsewhere | create (`moved`), the oldest and all in places | delete (`left`), withheld of a copy   |
 * |                | of ours: delete (`moved-away`); copies in the  | in the user's own place               |
 * |                | user's own: withheld, and released for good    |                                       |
 * | nowhere        | create (`new`)                                 |                                       |
 *
 * What there is of a person who is wanted and cannot be had (`unfit`) stays, and is withheld.
 *
 * A contact of which some fields are changed and others kept is in two changes, one of them withheld. Duplicates count
 * as neither unchanged nor unmanaged. Copies of a contact whose person left all leave with it: next time the oldest of
 * them would be taken for the contact anyway.
 */
export function diffBook(input: DiffInput): Pick<BookPlan, "changes" | "unchanged" | "unmanaged"> {
  const abandoned = new Set(abandonedIn(input));
  const own = input.live.filter((live) => isOwn(live, input) || (isHalfMade(live) && !abandoned.has(live)));
  const elsewhere = input.elsewhere ?? [];
  // What must not be deleted cannot be moved: it is kept up to date where it is.
  const staying = input.policy === "sync" ? [] : elsewhere.flatMap(({ live }) => live);
  const { pairs, missing, duplicates, ...matching } = matchContacts(input.desired, [
    ...own,
    ...staying.filter((live) => isOwnedBy(live, input.owner)),
  ]);
  const { gone, ...kept } = keepUnfit(input.unfit ?? [], matching.gone);
  const moves = movesOf({ pairs, missing, book: own }, input.policy === "sync" ? elsewhere : [], input);
  const updates = pairs.map((pair) => updatesOf(pair, input));
  const leaving = gone.flatMap((live) => leavingOf(live, input));
  const changes: Change[] = [
    ...updates.flat(),
    ...missing.filter((desired) => !moves.moved.has(desired)).map(createOf),
    ...moves.changes,
    ...leaving,
    ...kept.changes,
    ...duplicates.flatMap((duplicate) => [...remarkingOf(duplicate, input), deleteCopy(duplicate, input)]),
  ];
  const unchanged = updates.filter((changed) => changed.length === 0).length;
  return {
    changes: changes.toSorted(byKeyAndId),
    unchanged: unchanged + gone.length - leaving.length,
    unmanaged: input.isWhole ? input.live.length - own.length : null,
  };
}

/** Half-made contacts of whom no alias of the desired ones tells for whom they were, where without a marker none is ours. */
export function abandonedIn({
  live,
  desired,
  ownsAll,
}: Pick<DiffInput, "live" | "desired" | "ownsAll">): readonly LiveContact[] {
  if (ownsAll) return [];
  const halfMade = live.filter(isHalfMade);
  if (halfMade.length === 0) return [];
  const aliases = new Set(desired.map(({ fields }) => fields.alias));
  return halfMade.filter(({ fields }) => !aliases.has(fields.alias));
}

function isOwn(live: LiveContact, { owner, ownsAll }: DiffInput): boolean {
  return ownsAll || isOwnedBy(live, owner);
}

function updatesOf({ desired, live, rekeyed }: Pair, input: DiffInput): readonly UpdateChange[] {
  const returned = live.marker !== null && live.marker.hiddenSince !== "";
  const before = returned ? asBeforeGrace(live) : live;
  const difference = differenceOf(desired, before, input);
  const fields = returned ? broughtBack(difference.fields, before, live) : difference.fields;
  const isAdopted = live.marker?.owner !== input.owner;
  const base = {
    action: isAdopted ? "adopt" : "update",
    key: desired.key,
    displayName: desired.displayName,
    desired,
    live: refTo(live),
  } as const;
  const { kept } = difference;
  const left: readonly UpdateChange[] =
    kept === null ? [] : [{ ...base, action: "update", ...kept, withheld: live.untouchable ?? keptByPolicy }];
  // To finish what a run began is no change of what was made.
  const withheld = live.untouchable ?? (isHalfMade(live) ? null : whyNotChanged(input.policy));
  // Nothing that anybody would miss is withheld of a marker.
  const isMarkerDue = difference.isMarkerBehind && withheld === null;
  const isMoved = live.markerIn !== undefined;
  if (fields.length === 0 && !rekeyed && !returned && !isAdopted && !isMarkerDue && !isMoved) return left;
  const changed = fields.length === 0 && isMoved ? "marker-moved" : difference.reason;
  const reason = isAdopted ? adoptionOf(live) : reasonOf({ rekeyed, returned }, changed);
  return [{ ...base, reason, fields, withheld }, ...left];
}

/**
 * A copy that is left to its user is given the new key of its person together with the contact, or the next plan would
 * take it for the contact of somebody who left. Nothing of it is changed that anybody sees.
 */
function remarkingOf({ live, of }: Duplicate, input: DiffInput): readonly UpdateChange[] {
  if (input.isOurs || !of.rekeyed || live.untouchable !== null || whyNotChanged(input.policy) !== null)
    return [];
  const { desired } = of;
  const { key, displayName } = desired;
  const base = { action: "update", key, displayName, reason: "rekeyed", fields: [], withheld: null } as const;
  return [{ ...base, desired, live: refTo(live) }];
}

/** Where the contact comes from: a run that was cut off, or others in a book that is ours as a whole. */
function adoptionOf(live: LiveContact): Reason {
  if (isHalfMade(live)) return "half-made";
  return live.marker === null ? "complete" : "other-sync";
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

function whyNotChanged(policy: SyncPolicy): string | null {
  return policy === "create-only" ? "The policy of this sync is create-only: it changes nothing." : null;
}
