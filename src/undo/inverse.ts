import type { ContactField } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { FieldChange, FieldValue, LiveContact, Marker } from "../model/contact.ts";
import type { ContactImage } from "../model/journal.ts";
import type { AsBefore, Change } from "../model/plan.ts";
import { isReleased } from "../model/user-copy.ts";
import { sameField } from "../model/values.ts";
import { refTo } from "../plan/deletions.ts";
import { deletedFields } from "../plan/field-changes.ts";
import { why } from "./book-now.ts";
import type { BookNow } from "./book-now.ts";
import { stateOf } from "./history.ts";
import type { History, State } from "./history.ts";
import { changedPicture, namesOf, noImage, restored } from "./restored.ts";
import { isAs, isBetween, isPictureOf, isVersion, valueOf } from "./same-state.ts";
import { undoDelete } from "./undo-delete.ts";

/**
 * Returns the change that undoes what a run did to one contact; withheld if somebody else changed the contact since.
 * Null when there is nothing to undo, because it did not happen or is already undone.
 */
export function inverseOf(history: History, now: BookNow): Change | null {
  const { before, id, left } = history;
  if (before.kind === "none") return undoCreate(history, now);
  const live = id === null ? undefined : now.byId(id);
  if (left.kind === "gone" && before.kind === "image") {
    // If it exists, it was not deleted after all, or its user restored it.
    return live === undefined ? undoDelete(history, before.image, now) : null;
  }
  return live === undefined ? goneSince(history) : undoUpdate(history, live, now);
}

function undoCreate(history: History, now: BookNow): Change | null {
  const others = now.othersOf(history.key);
  const known = history.id === null ? undefined : now.byId(history.id);
  if (history.id !== null && known === undefined) return madeAgain(history, others);
  const found = known === undefined ? [...others, ...now.halfMade(aliasOf(history))] : [known];
  const [live] = found;
  if (live === undefined) return null;
  const isAsLeft = isPictureOf(live, history.photo) && stateNow(history, live, null) !== null;
  const reason = found.length > 1 ? why.ambiguous : isAsLeft ? live.untouchable : why.changed;
  return deleted(history, live, now.isMoved(history.key) ? why.moved : reason);
}

/** The run's contact no longer exists. If another run created one for the person since, that is shown as withheld. */
function madeAgain(history: History, [other]: readonly LiveContact[]): Change | null {
  return other === undefined ? null : deleted(history, other, why.madeAgain);
}

function deleted(history: History, live: LiveContact, withheld: string | null): Change {
  return {
    action: "delete",
    ...namesOf(history),
    fields: deletedFields(live),
    withheld,
    live: refTo(live),
  };
}

/** The alias that the run gave the contact; "" when the target has no aliases. */
function aliasOf({ left }: History): string {
  return left.kind === "there" ? (left.state.fields.alias ?? "") : "";
}

function undoUpdate(history: History, live: LiveContact, now: BookNow): Change | null {
  // A copy with its previous marker would look like the rest of a move and be deleted by the next plan.
  if (live.marker !== null && isReleased(live.marker)) return null;
  const { before, photo } = history;
  const image = before.kind === "image" ? before.image : null;
  const isBefore = image === null || isAs(live, stateOf(image));
  const state = stateNow(history, live, image);
  const isKnown = isPictureOf(live, photo) && (isBefore || state !== null);
  const fields = [
    ...(isBefore || state === null ? [] : changedFields(image, live, state)),
    ...changedPicture(photo, live),
  ];
  if (isKnown && isBefore && fields.length === 0) return null;
  const { marker } = image ?? live;
  const kept = keptAs(marker, image, now);
  const withheld = isKnown ? (kept === null ? why.unmarked : live.untouchable) : why.changed;
  return restored(history, image ?? { ...noImage, marker }, live, { fields, withheld, ...kept });
}

/** How a contact keeps the marker that it had before the run; null where it cannot have it. */
function keptAs(
  marker: Marker | null,
  image: ContactImage | null,
  { owner, takesOver }: BookNow,
): { readonly asBefore?: AsBefore } | null {
  if (marker?.owner === owner) return {};
  return takesOver && image !== null ? { asBefore: { marker, more: {} } } : null;
}

/** The changed contact no longer exists. Null if only its picture was written, because then its fields are unknown. */
function goneSince(history: History): Change | null {
  const { before, photo, id } = history;
  const image = before.kind === "image" ? before.image : null;
  if (image === null && (photo?.lost ?? null) === null) return null;
  const { version, marker } = image ?? noImage;
  const live = { id: id ?? "", version, marker };
  return restored(history, image ?? noImage, live, { fields: [], withheld: why.gone });
}

/** The state in which the run left the contact, if it is still in that state. Null when somebody else changed it. */
function stateNow({ left, isInDoubt }: History, live: LiveContact, image: ContactImage | null): State | null {
  if (left.kind === "gone") return null;
  const { state } = left;
  if (isAs(live, state)) return state;
  const from = image === null ? null : stateOf(image);
  return isInDoubt && isBetween(live, from, state) ? { ...state, fields: live.fields, isTold: true } : null;
}

/** Restores only the fields that the run changed, including those that the service derived from its changes. */
function changedFields(image: ContactImage, live: LiveContact, state: State): readonly FieldChange[] {
  // Nobody wrote after the run, so it made all differences.
  const isUnwritten = !state.isTold && isVersion(live, state);
  const leftOf = (field: ContactField): FieldValue =>
    valueOf(
      isUnwritten || (!state.isTold && state.derived.includes(field)) ? live.fields : state.fields,
      field,
    );
  return contactFieldNames.flatMap((field) => {
    if (field === "photo") return [];
    const before = valueOf(image.fields, field);
    if (sameField(field, before, leftOf(field))) return [];
    return [{ field, before: valueOf(live.fields, field), after: before }];
  });
}
