import type { LiveContact } from "./contact.ts";

/** Order by code unit: the same on every machine and in every language, unlike localeCompare. */
export function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Order of contacts by age; of those made at one moment by id. */
export function oldestFirst(one: LiveContact, other: LiveContact): number {
  return byCodeUnit(one.createdAt, other.createdAt) || byCodeUnit(one.id, other.id);
}
