import { contactFieldNames } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { ContactFields, FieldValue, LiveContact, Marker } from "../model/contact.ts";
import type { ContactImage } from "../model/journal.ts";
import { decodeDigest, unwritten } from "../model/digest.ts";
import { emptyValue, isEmpty, sameField } from "../model/values.ts";
import { isHalfMade } from "../plan/match-contacts.ts";
import type { PhotoHistory, State } from "./history.ts";

/**
 * Whether a contact is still in a state, apart from its picture. Versions alone would differ too often, because
 * services also change them in background work. If they differ, visible fields and our marker are compared.
 */
export function isAs(live: LiveContact, state: State): boolean {
  if (isVersion(live, state)) return true;
  return hasMarker(live, state) && comparedFields(live, state).every((field) => isSame(field, live, state));
}

/**
 * Whether a contact is between two states, with every field and the marker as in one of them: a change of several
 * requests may have been interrupted after any of them.
 *
 * @param from - null for a contact that was being created
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

/** Whether a contact contains nothing that is not in an image, like one whose create was interrupted. */
export function isPartOf(live: LiveContact, image: ContactImage): boolean {
  return contactFieldNames.every(
    (field) => isEmpty(valueOf(live.fields, field)) || isSame(field, live, image),
  );
}

/** Whether a run was interrupted between creating the contact and marking it, so that only its alias identifies it. */
export function isBegunAs(live: LiveContact, alias: string): boolean {
  return isHalfMade(live) && live.fields.alias?.toLowerCase() === alias.toLowerCase();
}

/** Uses the contact's digest if it has the old or the new value, or "not written yet", for each field. */
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

/** Whether the picture is one that the run found or wrote, according to the marker. */
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

/** The value of a field; the empty value when it has none. */
export function valueOf(fields: ContactFields, field: ContactField): FieldValue {
  return fields[field] ?? emptyValue(field);
}

function isSame(field: ContactField, live: LiveContact, { fields }: Pick<State, "fields">): boolean {
  return sameField(field, valueOf(live.fields, field), valueOf(fields, field));
}
