import type { ContactField, FlagField, ListField, TextField } from "./contact-fields.ts";

/**
 * The fields of a contact that a sync decides about, in galops' own words (not Graph's, not Exchange's).
 *
 * Present and empty ("", [] or false) means: shall be empty. Absent means: left alone, neither compared nor written.
 */
export type ContactFields = { readonly [F in TextField]?: string } & {
  readonly [F in ListField]?: readonly string[];
} & {
  readonly [F in FlagField]?: boolean;
};

/** Text, a list of text in an order that matters, or yes or no. */
export type FieldValue = string | readonly string[] | boolean;

/** A contact as config and sources say it should be, already in the form that its target would give back. */
export interface DesiredContact {
  readonly key: string;
  /** For people to read; never compared. */
  readonly displayName: string;
  /** The person's own addresses, lower-cased: by them a contact whose key is gone is recognized again (rekeyed). */
  readonly addresses: readonly string[];
  readonly fields: ContactFields;
  /** What will be written to the marker; see model/digest.ts. */
  readonly digest: string;
}

/** Somebody who is wanted, and whom the target cannot have as he should be: what there is of him stays as it is. */
export interface UnfitContact {
  /** With what cannot be had, for people to read; never written. */
  readonly contact: DesiredContact;
  /** Why, and what to do (full sentences). */
  readonly reason: string;
}

/** All who are wanted in a book. */
export interface WantedContacts {
  readonly contacts: readonly DesiredContact[];
  readonly unfit: readonly UnfitContact[];
}

/** A contact as its target holds it now. */
export interface LiveContact {
  /** The target's own id, opaque and case-sensitive. */
  readonly id: string;
  /** Changes with every write by anybody (Graph: changeKey); "" where the target has none. */
  readonly version: string;
  /** ISO 8601, UTC; "" where the target does not say. Decides which of two duplicates is the oldest. */
  readonly createdAt: string;
  /** Null when no galops marker is on it, whoever its owner is. */
  readonly marker: Marker | null;
  /** Where the marker was found, if that is not where the config keeps it now: it is to be moved. */
  readonly markerIn?: ContactField;
  /** All fields that were asked for, empty ones as "", [] or false. */
  readonly fields: ContactFields;
  /** Why galops must never change this contact, whoever made it (a full sentence); null where nothing stands against it. */
  readonly untouchable: string | null;
}

/** Which sync owns a contact, for whom it stands, and what was last written to it; stored on the contact itself. */
export interface Marker {
  /** Lower-case GUID of the sync. */
  readonly owner: string;
  readonly key: string;
  /** See model/digest.ts; "" when it is missing or was damaged. */
  readonly digest: string;
  /** Fingerprint of the source's photo when it was last written; "" for none. */
  readonly photo: string;
  /** Day (`YYYY-MM-DD`, UTC) on which it was hidden to be deleted after the grace; "" where it is not. */
  readonly hiddenSince: string;
}

/** One field of a contact before and after a change; null before a contact exists and after it is gone. */
export interface FieldChange {
  readonly field: ContactField;
  readonly before: FieldValue | null;
  readonly after: FieldValue | null;
}
