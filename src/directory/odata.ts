/** A text as an OData literal, percent-encoded for a query: `o'neil#1` → `%27o%27%27neil%231%27`. */
export function literal(text: string): string {
  return encode(`'${text.replaceAll("'", "''")}'`);
}

/** Percent-encodes a part of a URL; the apostrophe too, which has a meaning of its own in OData. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
}

/** Graph's header for advanced queries; they also need `$count=true`. */
export const advancedQuery: Readonly<Record<string, string>> = { ConsistencyLevel: "eventual" };

/** Whether a name is an object id. */
export function isObjectId(name: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(name);
}

/** Equal as Graph compares names and addresses: whatever their case. */
export function sameText(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
