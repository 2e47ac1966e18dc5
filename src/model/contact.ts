import type { ContactField, FlagField, ListField, TextField } from "./contact-fields.ts";

/**
 * The fields of a contact that a sync manages, in galops' own terms (neither Graph's nor Exchange's).
 *
 * Present but empty ("", [] or false) means that the field must be empty. Absent means that the field is unmanaged:
 * neither compared nor written.
 */
export type ContactFields = { readonly [F in TextField]?: string } & {
  readonly [F in ListField]?: readonly string[];
} & {
  readonly [F in FlagField]?: boolean;
};

/** A text, a list of texts whose order matters, or a boolean. */
export type FieldValue = string | readonly string[] | boolean;

/** A contact as config and sources want it, in the form in which its target would return it. */
export interface DesiredContact {
  readonly key: string;
  /** For display; never compared. */
  readonly displayName: string;
  /** The person's addresses, lower case; they identify the contact again when its key changed (rekeyed). */
  readonly addresses: readonly string[];
  readonly fields: ContactFields;
  /** Digest to write to the marker; see model/digest.ts. */
  readonly digest: string;
}

/** A desired contact that the target cannot hold as it should be. The person's existing contact is left as it is. */
export interface UnfitContact {
  /** Includes the values that the target cannot hold. For display; never written. */
  readonly contact: DesiredContact;
  /** Why, and what to do about it (full sentences). */
  readonly reason: string;
}

/** All desired contacts of a book. */
export interface WantedContacts {
  readonly contacts: readonly DesiredContact[];
  readonly unfit: readonly UnfitContact[];
}

/**
 * What a contact holds besides its fields, by the service's own names: no sync decides about it, and it is only kept so
 * that it can be given back.
 */
export type ServiceProperties = Readonly<Record<string, string | boolean | readonly string[]>>;

/** A contact as it is in its target now. */
export interface LiveContact {
  /** Id in the target, opaque and case-sensitive. */
  readonly id: string;
  /** Changes with every write, no matter by whom (Graph: changeKey); "" when the target has none. */
  readonly version: string;
  /** ISO 8601, UTC; "" when the target does not say. Decides which of several duplicates is the oldest. */
  readonly createdAt: string;
  /** The galops marker of any owner; null when there is none. */
  readonly marker: Marker | null;
  /** Field that holds the marker, when it is not the one that the config names now and the marker must be moved. */
  readonly markerIn?: ContactField;
  /** All requested fields, empty ones as "", [] or false. */
  readonly fields: ContactFields;
  /** Only where it was asked for, and not where it is empty. */
  readonly more?: ServiceProperties;
  /** Why galops must never change this contact, even if it created it (a full sentence); null when it may. */
  readonly untouchable: string | null;
}

/** Stored on the contact: which sync owns it, which person it represents, and what was last written to it. */
export interface Marker {
  /** Lower-case GUID of the sync. */
  readonly owner: string;
  readonly key: string;
  /** See model/digest.ts; "" when missing or damaged. */
  readonly digest: string;
  /** Fingerprint of the source's photo when it was last written; "" for none. */
  readonly photo: string;
  /** Day (`YYYY-MM-DD`, UTC) on which the contact was hidden because its person left; "" when it is not hidden. */
  readonly hiddenSince: string;
}

/** One field before and after a change; null before the contact exists and after it is deleted. */
export interface FieldChange {
  readonly field: ContactField;
  readonly before: FieldValue | null;
  readonly after: FieldValue | null;
}
