import { contactFields, contactFieldNames } from "./contact-fields.ts";
import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, FieldValue } from "./contact.ts";

/**
 * The digest in a marker: for each field that was written its two-character code and six characters of a hash of
 * its value, so that it is known which field somebody edited. Fields in table order; 8 characters each.
 */

const hashLength = 6;
const stride = 2 + hashLength;

/** In place of the hash of a field that was to be written and has not been yet; no hash has these characters. */
export const unwritten = "......";

/**
 * A note in a digest: of a contact that is hidden for its grace, that it was hidden before. It stands there as long as a
 * field does, under a code that no field has, so that whoever does not know it reads past it.
 */
export const hiddenBefore = "..hidden";

/** Six URL-safe characters that stand for a value; see `fingerprint` in desired/fingerprint.ts for the one in use. */
export type HashValue = (value: FieldValue) => string;

/** The digest of all fields that are present, empty ones included. */
export function encodeDigest(fields: ContactFields, hash: HashValue): string {
  let digest = "";
  for (const field of contactFieldNames) {
    const value = fields[field];
    if (value !== undefined) digest += contactFields[field].code + hash(value);
  }
  return digest;
}

export function withNote(digest: string, note: string): string {
  return hasNote(digest, note) ? digest : digest + note;
}

export function hasNote(digest: string, note: string): boolean {
  if (digest.length % stride !== 0) return false;
  for (let at = 0; at < digest.length; at += stride) if (digest.startsWith(note, at)) return true;
  return false;
}

/** Hash by field; empty for a digest that is damaged or of a version that is not known. */
export function decodeDigest(digest: string): ReadonlyMap<ContactField, string> {
  const hashes = new Map<ContactField, string>();
  if (digest.length % stride !== 0) return hashes;
  for (let at = 0; at < digest.length; at += stride) {
    const field = fieldByCode.get(digest.slice(at, at + 2));
    if (field !== undefined) hashes.set(field, digest.slice(at + 2, at + stride));
  }
  return hashes;
}

/**
 * The digest of a contact that did not get all of its fields (yet): of the others it goes on saying what it said. Empty
 * for a digest that is damaged or of a version that is not known.
 *
 * @param before - the digest that the contact had; "" for none
 */
export function unfinishedDigest(
  digest: string,
  before: string,
  isWritten: (field: ContactField) => boolean,
): string {
  const recorded = decodeDigest(before);
  let unfinished = "";
  for (const [field, hash] of decodeDigest(digest)) {
    unfinished += contactFields[field].code + (isWritten(field) ? hash : (recorded.get(field) ?? unwritten));
  }
  return unfinished;
}

const fieldByCode: ReadonlyMap<string, ContactField> = new Map(
  contactFieldNames.map((field) => [contactFields[field].code, field]),
);
