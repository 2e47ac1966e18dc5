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
import type { Difference, FieldRules } from "./field-changes.ts";
import { asBeforeGrace, broughtBack, waitingIn } from "./grace.ts";
import { isHalfMade, matchContacts } from "./match-contacts.ts";
import type { Duplicate, Pair } from "./match-contacts.ts";
import { movesOf, withheldMove } from "./moves.ts";
import { keepUnfit } from "./unfit-contacts.ts";

export type BookDiff = Pick<BookPlan, "changes" | "unchanged" | "waiting" | "unmanaged">;

export interface DiffInput extends FieldRules, DeletionRules, BookReading {
  /** Owner GUID of the sync, lower case. */
  readonly owner: string;
  /** What the book should contain: each key once, in any order. */
  readonly desired: readonly DesiredContact[];
  /** People who are wanted too, but whom the target cannot hold; absent for none. */
  readonly unfit?: readonly UnfitContact[];
  /** Whether every contact is ours, even without a marker or with another sync's (`control: complete`). */
  readonly ownsAll: boolean;
}

const pictureStays =
  "The source has no picture of the person any more, and Graph has no way to delete the one that the contact shows.";
const keptByPolicy =
  "The policies of these fields (keep-edits, fill, create-only) keep their current values.";

/**
 * Computes the changes that make one book as desired. Contacts without the owner's marker are only counted, unless the
 * whole book is ours.
 *
 * The change for a contact of ours depends on where it is and whether its person is desired. A policy that deletes
 * nothing withholds deletes and moves, and treats contacts elsewhere as contacts of the book.
 *
 * | it is          | the person is desired                          | the person left                       |
 * | -------------- | ---------------------------------------------- | ------------------------------------- |
 * | in the book    | the oldest: update (matched by key or address) | delete (`left`)                       |
 * |                | others: delete (`duplicate`), withheld if      |                                       |
 * |                | the folder is the user's own                   |                                       |
 * | elsewhere and  | delete (`duplicate`), withheld for a copy      | delete (`left`), withheld for a copy  |
 * | in the book    | in the user's own folder                       | in the user's own folder              |
 * | only elsewhere | create (`moved`); the oldest, and all in our   | delete (`left`), withheld for a copy  |
 * |                | folders: delete (`moved-away`); copies in the  | in the user's own folder              |
 * |                | user's own: withheld, and released for good    |                                       |
 * | nowhere        | create (`new`)                                 |                                       |
 *
 * Contacts of people who are wanted but whom the target cannot hold (`unfit`) stay, as withheld changes.
 *
 * A contact with some fields to change and others to keep has two changes, one of them withheld. Duplicates count as
 * neither unchanged nor unmanaged. All copies of a contact whose person left are deleted with it: otherwise the next
 * plan would take the oldest copy for the contact.
 */
export function diffBook(input: DiffInput): BookDiff {
  const abandoned = new Set(abandonedIn(input));
  const own = input.live.filter((live) => isOwn(live, input) || (isHalfMade(live) && !abandoned.has(live)));
  const elsewhere = input.elsewhere ?? [];
  // A contact that must not be deleted cannot be moved, so it is kept up to date where it is.
  const staying = new Set(input.policy === "sync" ? [] : elsewhere.flatMap(({ live }) => live));
  const { pairs, missing, duplicates, ...matching } = matchContacts(input.desired, [
    ...own,
    ...[...staying].filter((live) => isOwnedBy(live, input.owner)),
  ]);
  const { gone, ...kept } = keepUnfit(input.unfit ?? [], matching.gone);
  const moves = movesOf({ pairs, missing, book: own }, input.policy === "sync" ? elsewhere : [], input);
  const updates = pairs.map((pair) => [
    ...updatesOf(pair, input),
    ...(staying.has(pair.live) ? [withheldMove(pair, input)] : []),
  ]);
  const leaving = gone.flatMap((live) =>
    leavingOf(live, input).map((change) => withOrigin(change, live, input)),
  );
  const changes: Change[] = [
    ...updates.flat(),
    ...missing.filter((desired) => !moves.moved.has(desired)).map(createOf),
    ...moves.changes,
    ...leaving,
    ...kept.changes,
    ...duplicates.flatMap((duplicate) => [...remarkingOf(duplicate, input), deleteCopy(duplicate, input)]),
  ];
  const waiting = waitingIn(gone, input.deletion, input.today);
  const unchanged = updates.filter((changed) => changed.length === 0).length;
  return {
    changes: changes.toSorted(byKeyAndId),
    unchanged: unchanged + gone.length - leaving.length,
    ...(waiting === null ? {} : { waiting }),
    unmanaged: input.isWhole ? input.live.length - own.length : null,
  };
}

/** Half-made contacts whose alias matches no desired contact. Empty when contacts without a marker are ours, too. */
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
  const left = leftOf(difference, live).map((kept) => ({ ...base, action: "update", ...kept }) as const);
  // A create-only policy permits completing a contact that an interrupted run began.
  const withheld = live.untouchable ?? (isHalfMade(live) ? null : whyNotChanged(input.policy));
  // A withheld update of the marker alone is not worth showing.
  const isMarkerDue = difference.isMarkerBehind && withheld === null;
  const isMoved = live.markerIn !== undefined;
  if (fields.length === 0 && !rekeyed && !returned && !isAdopted && !isMarkerDue && !isMoved) return left;
  const changed = fields.length === 0 && isMoved ? "marker-moved" : difference.reason;
  const reason = isAdopted ? adoptionOf(live) : reasonOf({ rekeyed, returned }, changed);
  return [{ ...base, reason, fields, withheld }, ...left];
}

/** What differs and stays as it is. */
function leftOf({ kept, impossible }: Difference, { untouchable }: LiveContact) {
  return [
    ...(kept === null ? [] : [{ ...kept, withheld: untouchable ?? keptByPolicy }]),
    ...(impossible === null ? [] : [{ ...impossible, withheld: untouchable ?? pictureStays }]),
  ];
}

/**
 * Gives a copy that the user keeps the new key of its person. Otherwise the next plan would take it for a contact of
 * somebody who left. Only the marker changes.
 */
function remarkingOf({ live, of }: Duplicate, input: DiffInput): readonly UpdateChange[] {
  if (input.isOurs || !of.rekeyed || live.untouchable !== null || whyNotChanged(input.policy) !== null)
    return [];
  const { desired } = of;
  const { key, displayName } = desired;
  const base = { action: "update", key, displayName, reason: "rekeyed", fields: [], withheld: null } as const;
  return [{ ...base, desired, live: refTo(live) }];
}

/** Of a contact that was not ours before nobody has left. */
function withOrigin(change: Change, live: LiveContact, { owner }: DiffInput): Change {
  const hasLeft = live.marker?.owner === owner || change.reason === "grace-ended";
  return hasLeft ? change : { ...change, reason: adoptionOf(live) };
}

/** Origin of a contact without our marker: an interrupted run, another sync, or somebody else. */
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
