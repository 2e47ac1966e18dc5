import { literal } from "../../http/graph/odata.ts";
import type { Marker } from "../../model/contact.ts";
import type { ExtendedProperty } from "./graph-contact.ts";

/**
 * Our markers on contacts and folders: named string properties that users cannot see, written in the same request as
 * the data. Their names must never change, because a mailbox permits only a limited number of names.
 */
const namespace = "{ac9346ba-865a-4bbf-abe1-956d154e60b3}";

const ids = {
  owner: propertyId("owner"),
  key: propertyId("key"),
  digest: propertyId("digest"),
  photo: propertyId("photo"),
} as const;

type MarkName = keyof typeof ids;

function propertyId(name: string): string {
  return `String ${namespace} Name galops.${name}`;
}

const nameById: ReadonlyMap<string, MarkName> = new Map(
  Object.entries(ids).flatMap(([name, id]) => [
    [id, name as MarkName], // keys of `ids`
    [id.toLowerCase(), name as MarkName],
  ]),
);

/** `$expand` of all properties of a marker, encoded. */
export const expandMarkers: string = `$expand=singleValueExtendedProperties($filter=${Object.values(ids)
  .map((id) => `id%20eq%20${literal(id)}`)
  .join("%20or%20")})`;

/** `$filter` for items with this owner, encoded. The service ignores case, so callers must check the result. */
export function ownerFilter(owner: string): string {
  return markFilter("owner", owner);
}

/** `$filter` for items with this key and any owner, encoded. Callers must check the result as for `ownerFilter`. */
export function keyFilter(key: string): string {
  return markFilter("key", key);
}

function markFilter(name: MarkName, value: string): string {
  const any = `ep:ep/id%20eq%20${literal(ids[name])}%20and%20ep/value%20eq%20${literal(value)}`;
  return `$filter=singleValueExtendedProperties/Any(${any})`;
}

/** Reads the marker of an item; null when owner or key is missing, because then it cannot be attributed. */
export function readMarker(properties: readonly ExtendedProperty[] | null | undefined): Marker | null {
  if (properties === null || properties === undefined) return null;
  const marks: { [N in MarkName]?: string } = {};
  for (const { id, value } of properties) {
    // The service may return ids in a different case than they were written in.
    const name = nameById.get(id) ?? nameById.get(id.toLowerCase());
    if (name !== undefined && value !== null) marks[name] = value;
  }
  const { owner, key, digest = "", photo = "" } = marks;
  if (owner === undefined || key === undefined) return null;
  // Contacts in mailboxes are never hidden; they are deleted at once.
  return { owner: owner.toLowerCase(), key, digest, photo, hiddenSince: "" };
}

/** Properties to write for a marker. Parts that are left out stay unchanged. */
export function writeMarker(marker: Partial<Marker>): readonly ExtendedProperty[] {
  const names = Object.keys(ids) as MarkName[]; // they are the names of `ids`
  return names.flatMap((name) => {
    const value = marker[name];
    return value === undefined ? [] : [{ id: ids[name], value }];
  });
}
