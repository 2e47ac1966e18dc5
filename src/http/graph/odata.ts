/** Encodes a text as an OData literal, percent-encoded for a query: `o'neil#1` → `%27o%27%27neil%231%27`. */
export function literal(text: string): string {
  return encode(`'${text.replaceAll("'", "''")}'`);
}

/** Percent-encodes a part of a URL, including the apostrophe, which delimits strings in OData. */
export function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", "%27");
}

/** Graph's header for advanced queries; they also need `$count=true`. */
export const advancedQuery: Readonly<Record<string, string>> = { ConsistencyLevel: "eventual" };
