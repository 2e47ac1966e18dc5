import type { LiveContact } from "./contact.ts";

/** Compares by code unit, which unlike localeCompare gives the same order on every machine and in every language. */
export function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** Compares contacts by creation time, then by id. */
export function oldestFirst(one: LiveContact, other: LiveContact): number {
  return byCodeUnit(one.createdAt, other.createdAt) || byCodeUnit(one.id, other.id);
}
