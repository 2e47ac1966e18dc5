import type { Marker } from "../../model/contact.ts";
import { hiddenBefore, withNote } from "../../model/digest.ts";

/**
 * The marker of a mail contact, kept in one of its custom attributes:
 * `galops:<owner>:<key>;<digest>[;hidden=<YYYY-MM-DD>]`. Of a key `%`, `;` and all that is no visible character are
 * percent-encoded (`%3B`, `%u2028`): blanks and line ends do not always come back from a directory as they went.
 */

/** Characters that Exchange keeps of a custom attribute. */
export const longestStamp = 1024;

const pattern =
  /^galops:(?<owner>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):(?<key>[^;]+);(?<digest>[^;]*)(?:;hidden=(?<hidden>\d{4}-\d{2}-\d{2}))?$/i;

export type Stamp = Omit<Marker, "photo">;

/** @throws for one that Exchange would cut: what has so long a key is withheld when it is planned */
export function writeStamp(stamp: Stamp): string {
  const text = textOf(stamp);
  if (text.length > longestStamp) throw new Error(`A stamp of ${text.length} characters cannot be written.`);
  return text;
}

/** Whether an attribute holds a stamp, a damaged one included, and not what people gave it. */
export function isStamp(text: string): boolean {
  return /^galops:/i.test(text);
}

/** How long the stamp of a contact may become, with all that it says of one that is hidden. */
export function roomForStamp(stamp: Omit<Stamp, "hiddenSince">): number {
  const digest = withNote(stamp.digest, hiddenBefore);
  return textOf({ ...stamp, digest, hiddenSince: "0000-00-00" }).length;
}

function textOf({ owner, key, digest, hiddenSince }: Stamp): string {
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

/** Separators, blanks of all kinds, controls and halves of characters. */
const encoded = /[%;\s\p{Cc}\p{Cf}\p{Cs}\p{Z}]/gu;

function encodeKey(key: string): string {
  return key.replaceAll(encoded, (character) => character.split("").map(codeUnit).join(""));
}

function codeUnit(unit: string): string {
  const hex = unit.charCodeAt(0).toString(16).toUpperCase();
  return hex.length <= 2 ? `%${hex.padStart(2, "0")}` : `%u${hex.padStart(4, "0")}`;
}

function decodeKey(text: string): string {
  return text.replaceAll(/%(?:u([\dA-F]{4})|([\dA-F]{2}))/gi, (_, long?: string, short?: string) =>
    String.fromCharCode(Number.parseInt(long ?? short ?? "", 16)),
  );
}
