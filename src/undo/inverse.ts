import type { ContactField } from "../model/contact-fields.ts";
import { contactFieldNames } from "../model/contact-fields.ts";
import type { ContactFields, FieldChange, FieldValue, LiveContact } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import type { ContactImage } from "../model/journal.ts";
import type { Change } from "../model/plan.ts";
import { isReleased } from "../model/user-copy.ts";
import { emptyValue, sameField } from "../model/values.ts";
import { refTo } from "../plan/deletions.ts";
import { deletedFields } from "../plan/field-changes.ts";
import { stateOf } from "./history.ts";
import type { History, State } from "./history.ts";
import { changedPicture, desiredOf, namesOf, noImage, pictureChange, restored } from "./restored.ts";
import { isAs, isBetween, isPictureOf, isVersion } from "./same-state.ts";

/** What a book holds now, as far as a rollback looks at it. */
export interface BookNow {
  readonly owner: string;
  /** Whether an earlier rollback of the run was cut off, so that a picture may be missing where no marker tells. */
  readonly isRetry: boolean;
  byId(id: string): LiveContact | undefined;
  /** Whether the run made the person's contact anew in another folder, and deleted the one before. */
  isMoved(key: string): boolean;
  /** Contacts of the owner with that key which no step of the run names. */
  othersOf(key: string): readonly LiveContact[];
  /** Contacts with that alias of ours which a run made and was cut off before it marked them. */
  halfMade(alias: string): readonly LiveContact[];
}

/** Why a contact is left as it is, for people. */
const why = {
  changed: "It was changed after the run, so it is left as it is.",
  gone: "It was deleted after the run, so there is nothing to restore.",
  madeAgain:
    "What the run made was deleted, and another run has made a contact for this person since. It is left as it is; " +
    "roll back the run that made it.",
  again: "There is a contact for this person again, so the deleted one is not made once more.",
  ambiguous: "Several contacts could be the one that the run made, and the journal does not tell which.",
  moved:
    "The run moved it to another folder, since the config named another one. Give `folder` its former value, and " +
    "galops apply moves it back.",
  unmarked: "It carried no marker of this sync before the run, and is left as the run left it.",
} as const;

/**
 * The change that undoes what a run did to one contact; withheld where somebody else has been at it since. Null where
 * there is nothing to undo: it did not happen, or was undone already.
 */
export function inverseOf(history: History, now: BookNow): Change | null {
  const { before, id, left } = history;
  if (before.kind === "none") return undoCreate(history, now);
  const live = id === null ? undefined : now.byId(id);
  if (left.kind === "gone" && before.kind === "image") {
    // Not deleted after all, or put back by its user.
    return live === undefined ? undoDelete(history, before.image, now) : null;
  }
  return live === undefined ? goneSince(history) : undoUpdate(history, live, now.owner);
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

/** Nothing of this run is there any more; who looks for what it made finds that of another. */
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

/** "" where the target gives none. */
function aliasOf({ left }: History): string {
  return left.kind === "there" ? (left.state.fields.alias ?? "") : "";
}

function undoDelete(history: History, image: ContactImage, now: BookNow): Change | null {
  const others = now.othersOf(history.key);
  const again = others.find((other) => isAs(other, { ...stateOf(image), version: "" }));
  // An earlier rollback made it again; it may have been cut off before the picture.
  if (again !== undefined) return missingPicture(history, image, again, now);
  const desired = desiredOf(history, image, image.marker);
  const isOwn = image.marker?.owner === now.owner;
  const known = isOwn ? (others.length > 0 ? why.again : null) : why.unmarked;
  return {
    action: "create",
    ...namesOf(history),
    fields: createdFields(desired),
    withheld: now.isMoved(history.key) ? why.moved : known,
    desired,
  };
}

function missingPicture(
  history: History,
  image: ContactImage,
  live: LiveContact,
  { isRetry }: BookNow,
): Change | null {
  const { photo } = history;
  if (photo === null || photo.lost === null) return null;
  const mark = live.marker?.photo ?? "";
  if (mark === photo.fingerprint && !(mark === "" && isRetry)) return null;
  return restored(history, image, live, { fields: [pictureChange(photo, photo.lost, live)], withheld: null });
}

function undoUpdate(history: History, live: LiveContact, owner: string): Change | null {
  // As before it would be taken for what the run left behind of a move, and deleted.
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
  const isOwn = marker?.owner === owner;
  const withheld = isKnown ? (isOwn ? live.untouchable : why.unmarked) : why.changed;
  return restored(history, image ?? { ...noImage, marker }, live, { fields, withheld });
}

/** What was changed is gone; a contact of which only the picture was written tells nothing of what it held. */
function goneSince(history: History): Change | null {
  const { before, photo, id } = history;
  const image = before.kind === "image" ? before.image : null;
  if (image === null && (photo?.lost ?? null) === null) return null;
  const { version, marker } = image ?? noImage;
  const live = { id: id ?? "", version, marker };
  return restored(history, image ?? noImage, live, { fields: [], withheld: why.gone });
}

/** The state in which the run left the contact, if it is in it still. Null: somebody else was at it. */
function stateNow({ left, isInDoubt }: History, live: LiveContact, image: ContactImage | null): State | null {
  if (left.kind === "gone") return null;
  const { state } = left;
  if (isAs(live, state)) return state;
  const from = image === null ? null : stateOf(image);
  return isInDoubt && isBetween(live, from, state) ? { ...state, fields: live.fields, isTold: true } : null;
}

/** Only what the run changed, which is also what the service made of it. */
function changedFields(image: ContactImage, live: LiveContact, state: State): readonly FieldChange[] {
  // Nobody wrote after the run, so that all that differs is its doing.
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

function valueOf(fields: ContactFields, field: ContactField): FieldValue {
  return fields[field] ?? emptyValue(field);
}
