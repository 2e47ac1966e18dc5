import type { Marker } from "../../model/contact.ts";
import { hiddenBefore, withNote } from "../../model/digest.ts";

/**
 * The marker of a mail contact, stored in one of its custom attributes:
 * `galops:<owner>:<key>;<digest>[;hidden=<YYYY-MM-DD>]`. In a key, `%`, `;` and all invisible characters are
 * percent-encoded (`%3B`, `%u2028`), because a directory does not always preserve blanks and line ends.
 */

/** Maximum length of a custom attribute in Exchange. */
export const longestStamp = 1024;

const pattern =
  /^galops:(?<owner>[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}):(?<key>[^;]+);(?<digest>[^;]*)(?:;hidden=(?<hidden>\d{4}-\d{2}-\d{2}))?$/i;

export type Stamp = Omit<Marker, "photo">;

/** @throws Error when the stamp is too long; plans withhold contacts with such long keys */
export function writeStamp(stamp: Stamp): string {
  const text = textOf(stamp);
  if (text.length > longestStamp) throw new Error(`A stamp of ${text.length} characters cannot be written.`);
  return text;
}

/** Whether an attribute contains a stamp, even a damaged one, rather than another value. */
export function isStamp(text: string): boolean {
  return /^galops:/i.test(text);
}

/** The maximum length that the stamp of a contact can reach, including the parts for a hidden contact. */
export function roomForStamp(stamp: Omit<Stamp, "hiddenSince">): number {
  const digest = withNote(stamp.digest, hiddenBefore);
  return textOf({ ...stamp, digest, hiddenSince: "0000-00-00" }).length;
}

function textOf({ owner, key, digest, hiddenSince }: Stamp): string {
  const hidden = hiddenSince === "" ? "" : `;hidden=${hiddenSince}`;
  return `galops:${owner}:${encodeKey(key)};${digest}${hidden}`;
}

/** Reads the marker in an attribute; null when it does not contain a valid stamp. */
export function readStamp(text: string): Marker | null {
  const parts = pattern.exec(text)?.groups;
  if (parts === undefined) return null;
  const { owner = "", key = "", digest = "", hidden = "" } = parts;
  return { owner: owner.toLowerCase(), key: decodeKey(key), digest, photo: "", hiddenSince: hidden };
}

/** Separators, all kinds of blanks, controls and lone surrogates. */
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
