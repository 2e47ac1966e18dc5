import { contactFieldNames } from "../model/contact-fields.ts";
import type { ContactField } from "../model/contact-fields.ts";
import type { LiveContact, Marker } from "../model/contact.ts";
import { emptyValue, sameField } from "../model/values.ts";
import type { PhotoHistory, State } from "./history.ts";

/**
 * Whether a contact is, but for its picture, as it was known to be. The version alone would say no too often: services
 * count their own housekeeping as a change, too. What counts is what people can see, and our marker.
 */
export function isAs(live: LiveContact, state: State): boolean {
  if (isVersion(live, state)) return true;
  return hasMarker(live, state) && comparedFields(live, state).every((field) => isSame(field, live, state));
}

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

function isSame(field: ContactField, live: LiveContact, { fields }: State): boolean {
  const empty = emptyValue(field);
  return sameField(field, live.fields[field] ?? empty, fields[field] ?? empty);
}
