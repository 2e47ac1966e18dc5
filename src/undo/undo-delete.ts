import { contactFieldNames } from "../model/contact-fields.ts";
import type { FieldChange, LiveContact } from "../model/contact.ts";
import { createdFields } from "../model/created-fields.ts";
import type { ContactImage } from "../model/journal.ts";
import type { Change } from "../model/plan.ts";
import { sameField } from "../model/values.ts";
import { why } from "./book-now.ts";
import type { BookNow } from "./book-now.ts";
import { stateOf } from "./history.ts";
import type { History } from "./history.ts";
import { desiredOf, namesOf, pictureChange, restored } from "./restored.ts";
import { isAs, isPartOf, valueOf } from "./same-state.ts";

/** Returns the change that creates a contact again that a run deleted; null when it already exists again as it was. */
export function undoDelete(history: History, image: ContactImage, now: BookNow): Change | null {
  const isOwn = image.marker?.owner === now.owner;
  const isTakenOver = !isOwn && now.takesOver;
  const others = isTakenOver ? now.notOwn.filter(isLike(image)) : now.othersOf(history.key);
  const again = others.find((other) => isAs(other, { ...stateOf(image), version: "" }));
  // An earlier rollback created it again, but may have been interrupted before the picture.
  if (again !== undefined) return missingPicture(history, image, again, now);
  const asBefore = { marker: image.marker, more: image.more ?? {} };
  // It has no marker of ours, so no plan completes it after an interrupted rollback.
  const begun = isTakenOver && now.isRetry ? others.find((other) => isPartOf(other, image)) : undefined;
  if (begun !== undefined) {
    return restored(history, image, begun, { fields: missingFields(image, begun), withheld: null, asBefore });
  }
  const desired = desiredOf(history, image, image.marker);
  const known = isOwn || isTakenOver ? (others.length > 0 ? why.again : null) : why.unmarked;
  return {
    action: "create",
    ...namesOf(history),
    fields: createdFields(desired),
    withheld: now.isMoved(history.key) ? why.moved : known,
    desired,
    ...(now.takesOver ? { asBefore } : {}),
  };
}

/** Matches contacts with the same address, which only one recipient can have. */
function isLike({ fields: { emailAddresses = [] } }: ContactImage): (live: LiveContact) => boolean {
  return ({ fields }) => sameField("emailAddresses", fields.emailAddresses ?? [], emailAddresses);
}

function missingFields(image: ContactImage, live: LiveContact): readonly FieldChange[] {
  return contactFieldNames.flatMap((field) => {
    const [before, after] = [valueOf(live.fields, field), valueOf(image.fields, field)];
    return field === "photo" || sameField(field, before, after) ? [] : [{ field, before, after }];
  });
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
