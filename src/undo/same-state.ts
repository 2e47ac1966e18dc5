import { contactFieldNames } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, FieldValue, LiveContact, Marker } from "../model/contact.ts";
import type { ContactImage } from "../model/journal.ts";
import { decodeDigest, unwritten } from "../model/digest.ts";
import { emptyValue, isEmpty, sameField } from "../model/values.ts";
import { isHalfMade } from "../plan/match-contacts.ts";
import type { PhotoHistory, State } from "./history.ts";

/**
 * Whether a contact is, but for its picture, as it was known to be. The version alone would say no too often: services
 * count their own housekeeping as a change, too. What counts is what people can see, and our marker.
 */
export function isAs(live: LiveContact, state: State): boolean {
  if (isVersion(live, state)) return true;
  return hasMarker(live, state) && comparedFields(live, state).every((field) => isSame(field, live, state));
}

/**
 * Whether a contact is somewhere between two states, every field and the marker as in the one or in the other: what
 * takes several requests may have been cut off after any of them.
 *
 * @param from - null for a contact that was being made: then nothing of it was there
 */
export function isBetween(live: LiveContact, from: State | null, to: State): boolean {
  const isMarked = from === null ? isBegunAs(live, to.fields.alias ?? "") : hasMarker(live, from);
  const fields = from === null ? comparedFields(live, to) : comparedFields(live, from);
  return (
    (isMarked || hasMarker(live, inPart(live, from, to))) &&
    fields.every(
      (field) =>
        isSame(field, live, from ?? nothing) ||
        to.derived.includes(field) ||
        (to.fields[field] !== undefined && isSame(field, live, to)),
    )
  );
}

/** Whether a contact holds nothing but what is in an image, as one does whose making was cut off. */
export function isPartOf(live: LiveContact, image: ContactImage): boolean {
  return contactFieldNames.every(
    (field) => isEmpty(valueOf(live.fields, field)) || isSame(field, live, image),
  );
}

/** Whether a run was cut off between making the contact and marking it: only the alias that it gave tells whose it is. */
export function isBegunAs(live: LiveContact, alias: string): boolean {
  return isHalfMade(live) && live.fields.alias?.toLowerCase() === alias.toLowerCase();
}

/** With the digest of the contact, where it says of each field what it said before or should, or that it is not written yet. */
function inPart({ marker: found }: LiveContact, from: State | null, to: State): State {
  const { marker } = to;
  if (marker === null || found === null) return to;
  const told = [...decodeDigest(found.digest)];
  const was = decodeDigest(from?.marker?.digest ?? "");
  const wanted = decodeDigest(marker.digest);
  const isPart =
    told.length > 0 &&
    told.length === wanted.size &&
    told.every(([field, hash]) => [was.get(field), wanted.get(field), unwritten].includes(hash));
  return isPart ? { ...to, marker: { ...marker, digest: found.digest } } : to;
}

const nothing: Pick<State, "fields"> = { fields: {} };

export function isVersion(live: LiveContact, { version }: State): boolean {
  return version !== "" && live.version === version;
}

/** Whether the picture is one that the run found or left, as far as the marker tells. */
export function isPictureOf(live: LiveContact, photo: PhotoHistory | null): boolean {
  if (photo === null) return true;
  return [photo.fingerprint, ...photo.put].includes(live.marker?.photo ?? "");
}

function hasMarker({ marker }: LiveContact, { marker: known, isWhole }: State): boolean {
  if (known === null) return isWhole ? marker === null : true;
  const names = ["owner", "key", "digest", "hiddenSince"] as const satisfies readonly (keyof Marker)[];
  return names.every((name) => marker?.[name] === known[name]);
}

function comparedFields(
  live: LiveContact,
  { fields, isWhole, isTold, derived }: State,
): readonly ContactField[] {
  const known = isWhole ? live.fields : fields;
  const skipped = isTold ? [] : derived;
  return contactFieldNames.filter(
    (field) => field !== "photo" && known[field] !== undefined && !skipped.includes(field),
  );
}

/** Of a field; empty where it has none. */
export function valueOf(fields: ContactFields, field: ContactField): FieldValue {
  return fields[field] ?? emptyValue(field);
}

function isSame(field: ContactField, live: LiveContact, { fields }: Pick<State, "fields">): boolean {
  return sameField(field, valueOf(live.fields, field), valueOf(fields, field));
}
