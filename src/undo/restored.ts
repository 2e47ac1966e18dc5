import type { ContactFields, DesiredContact, FieldChange, LiveContact, Marker } from "../model/contact.ts";
import type { ContactImage } from "../model/journal.ts";
import type { Change, LiveRef, UpdateChange } from "../model/plan.ts";
import { shortName } from "../text/short-name.ts";
import type { History, PhotoHistory } from "./history.ts";
import { photoName } from "./photo-name.ts";

/** For a contact of which only the picture was written. */
export const noImage: ContactImage = { id: "", version: "", marker: null, fields: {} };

/** Returns the change that restores a contact. */
export function restored(
  history: History,
  image: ContactImage,
  { id, version, marker }: LiveRef,
  how: Pick<UpdateChange, "fields" | "withheld" | "asBefore">,
): Change {
  const desired = desiredOf(history, image, image.marker);
  const hiddenSince = image.marker?.hiddenSince ?? "";
  return {
    action: "update",
    ...namesOf(history),
    key: desired.key,
    displayName: desired.displayName,
    ...how,
    desired,
    live: { id, version, marker },
    ...(hiddenSince === "" ? {} : { hiddenSince }),
  };
}

/** The contact as it was, with all fields, so that the writer can send unchanged ones along. */
export function desiredOf(
  { key, displayName, photo }: History,
  { fields }: ContactImage,
  marker: Marker | null,
): DesiredContact {
  const held = Object.entries(fields).filter(([field]) => field !== "photo");
  const hash = photo?.lost ?? null;
  const picture = hash === null ? {} : { photo: photoName({ hash, fingerprint: photo?.fingerprint ?? "" }) };
  return {
    key: marker?.key ?? key,
    displayName: shortName(fields.displayName || displayName),
    addresses: (fields.emailAddresses ?? []).map((address) => address.toLowerCase()),
    fields: { ...(Object.fromEntries(held) as ContactFields), ...picture }, // a selection of its entries
    digest: marker?.digest ?? "",
  };
}

/** Restores the previous picture, if there was one; no service can delete a picture. */
export function changedPicture(photo: PhotoHistory | null, live: LiveContact): readonly FieldChange[] {
  if (photo === null || photo.lost === null) return [];
  const isBack = (live.marker?.photo ?? "") === photo.fingerprint && !photo.inDoubt;
  return isBack ? [] : [pictureChange(photo, photo.lost, live)];
}

export function pictureChange({ fingerprint }: PhotoHistory, hash: string, live: LiveContact): FieldChange {
  return { field: "photo", before: live.marker?.photo ?? "", after: photoName({ hash, fingerprint }) };
}

export function namesOf({ key, displayName }: History) {
  return { key, displayName, reason: "rolled-back" };
}
