import { hash } from "node:crypto";

const letters = "abcdefghijklmnopqrstuvwxyz234567";
const length = 26;

/**
 * The alias of the mail contact that a sync makes of a person: `galops-` and 26 characters of base32 (RFC 4648, lower
 * case) of the SHA-256 of `owner/key`. It is written in the creating request, so a create whose answer was lost is
 * recognized by it.
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
