import { contactFields, contactFieldNames } from "./contact-fields.ts";
import type { ContactField } from "./contact-fields.ts";
import type { ContactFields, FieldValue } from "./contact.ts";

/**
 * The digest in a marker: for each written field its two-character code and six characters of a hash of its value, so
 * that edits can be detected field by field. Fields in table order, 8 characters each.
 */

const hashLength = 6;
const stride = 2 + hashLength;

/** Stands in for the hash of a field that is still to be written. No hash contains these characters. */
export const unwritten = "......";

/**
 * Entry in the digest of a contact in its grace which says that the contact was hidden before the grace began. It has
 * the length of a field entry and a code that no field has, so that other versions skip it.
 */
export const hiddenBefore = "..hidden";

/** Six URL-safe characters that stand for a value; see `fingerprint` in desired/fingerprint.ts for the one in use. */
export type HashValue = (value: FieldValue) => string;

/** Encodes all fields that are present, including empty ones. */
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

/** Hash by field; empty when the digest is damaged or has an unknown version. */
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
 * The digest of a contact to which only some fields were written (yet); other fields keep their previous hash. Empty
 * when `digest` is damaged or has an unknown version.
 *
 * @param before - the contact's previous digest; "" for none
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
