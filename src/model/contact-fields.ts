/** What a field holds: one text, a list of text, or a day as `YYYY-MM-DD` ("" for none). */
export type FieldKind = "text" | "list" | "date";

interface FieldSpec {
  readonly kind: FieldKind;
  /** Two characters, never reused: how the field is named in the digest of a marker (model/digest.ts). */
  readonly code: string;
}

/**
 * Every field of a contact, in the order in which people read them.
 *
 * This one table is read by mapping, diff, rendering and converters; a field that is not here does not exist.
 */
export const contactFields = {
  displayName: { kind: "text", code: "dn" },
  title: { kind: "text", code: "ti" },
  givenName: { kind: "text", code: "gn" },
  middleName: { kind: "text", code: "mn" },
  surname: { kind: "text", code: "sn" },
  generation: { kind: "text", code: "ge" },
  initials: { kind: "text", code: "in" },
  nickName: { kind: "text", code: "nn" },
  fileAs: { kind: "text", code: "fa" },
  yomiGivenName: { kind: "text", code: "yg" },
  yomiSurname: { kind: "text", code: "ys" },
  yomiCompanyName: { kind: "text", code: "yc" },
  emailAddresses: { kind: "list", code: "em" },
  imAddresses: { kind: "list", code: "im" },
  businessPhones: { kind: "list", code: "bp" },
  mobilePhone: { kind: "text", code: "mp" },
  homePhones: { kind: "list", code: "hp" },
  jobTitle: { kind: "text", code: "jt" },
  profession: { kind: "text", code: "pr" },
  department: { kind: "text", code: "de" },
  companyName: { kind: "text", code: "co" },
  officeLocation: { kind: "text", code: "ol" },
  manager: { kind: "text", code: "ma" },
  assistantName: { kind: "text", code: "as" },
  businessStreet: { kind: "text", code: "b1" },
  businessCity: { kind: "text", code: "b2" },
  businessState: { kind: "text", code: "b3" },
  businessPostalCode: { kind: "text", code: "b4" },
  businessCountry: { kind: "text", code: "b5" },
  businessHomePage: { kind: "text", code: "bh" },
  homeStreet: { kind: "text", code: "h1" },
  homeCity: { kind: "text", code: "h2" },
  homeState: { kind: "text", code: "h3" },
  homePostalCode: { kind: "text", code: "h4" },
  homeCountry: { kind: "text", code: "h5" },
  otherStreet: { kind: "text", code: "o1" },
  otherCity: { kind: "text", code: "o2" },
  otherState: { kind: "text", code: "o3" },
  otherPostalCode: { kind: "text", code: "o4" },
  otherCountry: { kind: "text", code: "o5" },
  spouseName: { kind: "text", code: "sp" },
  children: { kind: "list", code: "ch" },
  birthday: { kind: "date", code: "bd" },
  personalNotes: { kind: "text", code: "no" },
  categories: { kind: "list", code: "ca" },
  photo: { kind: "text", code: "ph" },
} as const satisfies Record<string, FieldSpec>;

export type ContactField = keyof typeof contactFields;

type FieldOf<Kind extends FieldKind> = {
  [F in ContactField]: (typeof contactFields)[F]["kind"] extends Kind ? F : never;
}[ContactField];

/** Fields whose value is one text (days included). */
export type TextField = FieldOf<"text" | "date">;

/** Fields whose value is a list of text. */
export type ListField = FieldOf<"list">;

/** Names of all fields in table order. */
export const contactFieldNames: readonly ContactField[] = Object.keys(contactFields) as ContactField[];

export function isContactField(name: string): name is ContactField {
  return Object.hasOwn(contactFields, name);
}

export function isListField(field: ContactField): field is ListField {
  return contactFields[field].kind === "list";
}

/**
 * How a field that is managed is kept, against what its user may have done to it.
 *
 * - `overwrite`: live becomes desired, always (the default);
 * - `fill`: written only while live is empty;
 * - `create-only`: written when the contact is made, never again;
 * - `keep-edits`: written unless somebody has edited the field since galops last wrote it;
 * - `clear`: like `overwrite`, and spelled out for fields whose desired value is empty: live is emptied.
 */
export type FieldPolicy = "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
