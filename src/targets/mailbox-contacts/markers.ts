import { literal } from "../../http/graph/odata.ts";
import type { Marker } from "../../model/contact.ts";
import type { ExtendedProperty } from "./graph-contact.ts";

/**
 * Our marks on contacts and folders: named string properties that no user sees and that are written in the same
 * request as the data. Their names are fixed for ever; a mailbox has room for a limited number of names only.
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

/** `$expand` of everything that a marker is read from, encoded. */
export const expandMarkers: string = `$expand=singleValueExtendedProperties($filter=${Object.values(ids)
  .map((id) => `id%20eq%20${literal(id)}`)
  .join("%20or%20")})`;

/** `$filter` for items with this owner, encoded. The service ignores case, so the answer has to be looked at. */
export function ownerFilter(owner: string): string {
  return markFilter("owner", owner);
}

/** `$filter` for items with this key, whoever owns them, encoded. The service ignores case, so the answer has to be looked at. */
export function keyFilter(key: string): string {
  return markFilter("key", key);
}

function markFilter(name: MarkName, value: string): string {
  const any = `ep:ep/id%20eq%20${literal(ids[name])}%20and%20ep/value%20eq%20${literal(value)}`;
  return `$filter=singleValueExtendedProperties/Any(${any})`;
}

/** The marker on an item; null where owner or key is missing, for then nobody can tell whose it is. */
export function readMarker(properties: readonly ExtendedProperty[] | null | undefined): Marker | null {
  if (properties === null || properties === undefined) return null;
  const marks: { [N in MarkName]?: string } = {};
  for (const { id, value } of properties) {
    // The service may give ids back in another case than they were written.
    const name = nameById.get(id) ?? nameById.get(id.toLowerCase());
    if (name !== undefined && value !== null) marks[name] = value;
  }
  const { owner, key, digest = "", photo = "" } = marks;
  if (owner === undefined || key === undefined) return null;
  // Nothing is hidden in a mailbox: what leaves is deleted at once.
  return { owner: owner.toLowerCase(), key, digest, photo, hiddenSince: "" };
}

/** The properties to write; those left out stay as they are. */
export function writeMarker(marker: Partial<Marker>): readonly ExtendedProperty[] {
  const names = Object.keys(ids) as MarkName[]; // they are the names of `ids`
  return names.flatMap((name) => {
    const value = marker[name];
    return value === undefined ? [] : [{ id: ids[name], value }];
  });
}
