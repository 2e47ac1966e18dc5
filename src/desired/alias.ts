import { hash } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const length = 26;

/**
 * The alias of a person's mail contact: `galops-` and 26 characters of base32 (RFC 4648, lower case) of the SHA-256 of
 * `owner/key`. The create request sets it, so that the contact can be found by it when the response was lost.
 */
export function aliasOf(owner: string, key: string): string {
  const bytes = hash("sha256", `${owner}/${key}`, "buffer");
  let alias = "galops-";
  for (let i = 0; i < length; i++) alias += letters[fiveBits(bytes, i * 5)];
  return alias;
}

function fiveBits(bytes: Buffer, at: number): number {
  const word = ((bytes[at >> 3] ?? 0) << 8) | (bytes[(at >> 3) + 1] ?? 0);
  return (word >> (11 - (at & 7))) & 31;
}
