import type { Marker } from "../../model/contact.ts";

/**
 * The marker of a mail contact, kept in one of its custom attributes:
 * `galops:<owner>:<key>;<digest>[;hidden=<YYYY-MM-DD>]`. `%` and `;` of a key are percent-encoded.
 */

/** Characters that Exchange keeps of a custom attribute. */
export const longestStamp = 1024;

const pattern =
  /^galops:(?<owner>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):(?<key>[^;]+);(?<digest>[^;]*)(?:;hidden=(?<hidden>\d{4}-\d{2}-\d{2}))?$/i;

export type Stamp = Omit<Marker, "photo">;

export function writeStamp({ owner, key, digest, hiddenSince }: Stamp): string {
  const hidden = hiddenSince === "" ? "" : `;hidden=${hiddenSince}`;
  return `galops:${owner}:${encodeKey(key)};${digest}${hidden}`;
}

/** The marker in an attribute; null where what it holds is no stamp of ours. */
export function readStamp(text: string): Marker | null {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) return null;
  const { owner = "", key = "", digest = "", hidden = "" } = parts;
  return { owner: owner.toLowerCase(), key: decodeKey(key), digest, photo: "", hiddenSince: hidden };
}

function encodeKey(key: string): string {
  return key.replaceAll("%", "%25").replaceAll(";", "%3B");
}

function decodeKey(text: string): string {
  return text.replaceAll(/%3B/gi, ";").replaceAll("%25", "%");
}
