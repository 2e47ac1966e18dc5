/** What a field holds: a text, a list of texts, a day as `YYYY-MM-DD` ("" for none), or a boolean. */
export type FieldKind = "text" | "list" | "date" | "flag";

/** The two kinds of target; see `SyncConfig.to`. */
export type TargetKind = "mailbox-contacts" | "mail-contacts";

interface FieldSpec {
  readonly kind: FieldKind;
  /** The only kind of target whose contacts have the field; absent when both have it. */
  readonly only?: TargetKind;
  /** Two characters that name the field in a marker's digest (model/digest.ts). Never reused. */
  readonly code: string;
}

/**
 * All fields of a contact, in the order in which they are shown.
 *
 * Mapping, diff, rendering and converters all read this table; a field that is not in it does not exist.
 */
export const contactFields = {
  displayName: { kind: "text", code: "dn" },
  alias: { kind: "text", code: "al", only: "mail-contacts" },
  title: { kind: "text", code: "ti", only: "mailbox-contacts" },
  givenName: { kind: "text", code: "gn" },
  middleName: { kind: "text", code: "mn", only: "mailbox-contacts" },
  surname: { kind: "text", code: "sn" },
  generation: { kind: "text", code: "ge", only: "mailbox-contacts" },
  initials: { kind: "text", code: "in" },
  nickName: { kind: "text", code: "nn", only: "mailbox-contacts" },
  fileAs: { kind: "text", code: "fa", only: "mailbox-contacts" },
  yomiGivenName: { kind: "text", code: "yg", only: "mailbox-contacts" },
  yomiSurname: { kind: "text", code: "ys", only: "mailbox-contacts" },
  yomiCompanyName: { kind: "text", code: "yc", only: "mailbox-contacts" },
  emailAddresses: { kind: "list", code: "em" },
  imAddresses: { kind: "list", code: "im", only: "mailbox-contacts" },
  businessPhones: { kind: "list", code: "bp" },
  mobilePhone: { kind: "text", code: "mp" },
  homePhones: { kind: "list", code: "hp" },
  pager: { kind: "text", code: "pa", only: "mail-contacts" },
  fax: { kind: "text", code: "fx", only: "mail-contacts" },
  jobTitle: { kind: "text", code: "jt" },
  profession: { kind: "text", code: "pr", only: "mailbox-contacts" },
  department: { kind: "text", code: "de" },
  companyName: { kind: "text", code: "co" },
  officeLocation: { kind: "text", code: "ol", only: "mailbox-contacts" },
  office: { kind: "text", code: "of", only: "mail-contacts" },
  manager: { kind: "text", code: "ma" },
  assistantName: { kind: "text", code: "as" },
  businessStreet: { kind: "text", code: "b1" },
  businessCity: { kind: "text", code: "b2" },
  businessState: { kind: "text", code: "b3" },
  businessPostalCode: { kind: "text", code: "b4" },
  businessCountry: { kind: "text", code: "b5" },
  businessHomePage: { kind: "text", code: "bh", only: "mailbox-contacts" },
  webPage: { kind: "text", code: "wp", only: "mail-contacts" },
  homeStreet: { kind: "text", code: "h1", only: "mailbox-contacts" },
  homeCity: { kind: "text", code: "h2", only: "mailbox-contacts" },
  homeState: { kind: "text", code: "h3", only: "mailbox-contacts" },
  homePostalCode: { kind: "text", code: "h4", only: "mailbox-contacts" },
  homeCountry: { kind: "text", code: "h5", only: "mailbox-contacts" },
  otherStreet: { kind: "text", code: "o1", only: "mailbox-contacts" },
  otherCity: { kind: "text", code: "o2", only: "mailbox-contacts" },
  otherState: { kind: "text", code: "o3", only: "mailbox-contacts" },
  otherPostalCode: { kind: "text", code: "o4", only: "mailbox-contacts" },
  otherCountry: { kind: "text", code: "o5", only: "mailbox-contacts" },
  spouseName: { kind: "text", code: "sp", only: "mailbox-contacts" },
  children: { kind: "list", code: "ch", only: "mailbox-contacts" },
  birthday: { kind: "date", code: "bd", only: "mailbox-contacts" },
  personalNotes: { kind: "text", code: "no", only: "mailbox-contacts" },
  notes: { kind: "text", code: "nt", only: "mail-contacts" },
  mailTip: { kind: "text", code: "mt", only: "mail-contacts" },
  hidden: { kind: "flag", code: "hi", only: "mail-contacts" },
  customAttribute1: { kind: "text", code: "x1", only: "mail-contacts" },
  customAttribute2: { kind: "text", code: "x2", only: "mail-contacts" },
  customAttribute3: { kind: "text", code: "x3", only: "mail-contacts" },
  customAttribute4: { kind: "text", code: "x4", only: "mail-contacts" },
  customAttribute5: { kind: "text", code: "x5", only: "mail-contacts" },
  customAttribute6: { kind: "text", code: "x6", only: "mail-contacts" },
  customAttribute7: { kind: "text", code: "x7", only: "mail-contacts" },
  customAttribute8: { kind: "text", code: "x8", only: "mail-contacts" },
  customAttribute9: { kind: "text", code: "x9", only: "mail-contacts" },
  customAttribute10: { kind: "text", code: "xa", only: "mail-contacts" },
  customAttribute11: { kind: "text", code: "xb", only: "mail-contacts" },
  customAttribute12: { kind: "text", code: "xc", only: "mail-contacts" },
  customAttribute13: { kind: "text", code: "xd", only: "mail-contacts" },
  customAttribute14: { kind: "text", code: "xe", only: "mail-contacts" },
  customAttribute15: { kind: "text", code: "xf", only: "mail-contacts" },
  categories: { kind: "list", code: "ca", only: "mailbox-contacts" },
  photo: { kind: "text", code: "ph", only: "mailbox-contacts" },
} as const satisfies Record<string, FieldSpec>;

export type ContactField = keyof typeof contactFields;

type FieldOf<Kind extends FieldKind> = {
  [F in ContactField]: (typeof contactFields)[F]["kind"] extends Kind ? F : never;
}[ContactField];

/** Fields whose value is a single text (including days). */
export type TextField = FieldOf<"text" | "date">;

/** Fields whose value is a list of texts. */
export type ListField = FieldOf<"list">;

/** Fields whose value is a boolean. */
export type FlagField = FieldOf<"flag">;

/** Names of all fields, in table order. */
export const contactFieldNames: readonly ContactField[] = Object.keys(contactFields) as ContactField[];

export function isContactField(name: string): name is ContactField {
  return Object.hasOwn(contactFields, name);
}

export function isListField(field: ContactField): field is ListField {
  return contactFields[field].kind === "list";
}

export function isFlagField(field: ContactField): field is FlagField {
  return contactFields[field].kind === "flag";
}

/** The fields that contacts of a kind of target have, in table order. */
export function fieldsOf(target: TargetKind): readonly ContactField[] {
  return contactFieldNames.filter((field) => {
    const { only }: FieldSpec = contactFields[field];
    return only === undefined || only === target;
  });
}

/** Attributes of a mail contact without a predefined meaning; one of them holds the stamp. */
export type CustomAttribute = Extract<ContactField, `customAttribute${number}`>;

export function isCustomAttribute(field: ContactField): field is CustomAttribute {
  return field.startsWith("customAttribute");
}

/**
 * How a managed field is kept in step when its user may have edited it.
 *
 * - `overwrite`: the live value always becomes the desired one (the default);
 * - `fill`: written only while the live value is empty;
 * - `create-only`: written when the contact is created, never again;
 * - `keep-edits`: written unless the field was edited since galops last wrote it;
 * - `clear`: like `overwrite`, and makes it explicit that an empty desired value empties the live one.
 */
export type FieldPolicy = "overwrite" | "fill" | "create-only" | "keep-edits" | "clear";
