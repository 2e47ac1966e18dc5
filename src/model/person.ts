/**
 * One entry of a source, in one shape whatever the source.
 *
 * This is also the typed `person` (and `mailbox`) of CEL expressions, so there is no null and no
 * undefined in it: absent text is "", an absent list is [], an absent map is {}.
 */
export interface Person extends PersonText, PersonLists, PersonFlags {
  /** Which person a contact stands for: `<source namespace>/<immutable id>`. Not visible to expressions. */
  readonly key: string;
  /** The tenant's own name for the person's picture as it is now; "" when there is none or nobody asked for photos. */
  readonly photo: string;
  /** `extensionAttribute1` … `extensionAttribute15`; every one present, "" when not set. */
  readonly extensionAttributes: Readonly<Record<string, string>>;
  /** Whatever else the source has, e.g. the columns of a CSV row by their header. */
  readonly attributes: Readonly<Record<string, string>>;
}

type PersonText = { readonly [F in (typeof personTextFields)[number]]: string };
type PersonLists = { readonly [F in (typeof personListFields)[number]]: readonly string[] };
type PersonFlags = { readonly [F in (typeof personFlagFields)[number]]: boolean };

/** The text properties of a person, in the order of the documentation. */
export const personTextFields = [
  "id",
  "tenant",
  "source",
  "kind",
  "displayName",
  "givenName",
  "surname",
  "mail",
  "mailNickname",
  "userPrincipalName",
  "jobTitle",
  "department",
  "companyName",
  "officeLocation",
  "employeeId",
  "employeeType",
  "mobilePhone",
  "faxNumber",
  "street",
  "city",
  "state",
  "postalCode",
  "country",
  "usageLocation",
  "preferredLanguage",
  "managerName",
  "managerMail",
] as const;

/** The list properties of a person. `proxyAddresses` come without their `smtp:` prefix. */
export const personListFields = [
  "otherMails",
  "proxyAddresses",
  "businessPhones",
  "homePhones",
  "imAddresses",
  "groups",
] as const;

/** The yes-or-no properties of a person. */
export const personFlagFields = ["enabled", "licensed", "hidden", "external"] as const;
