/**
 * One entry of a source, in the same shape for all kinds of source.
 *
 * This is also the typed `person` (and `mailbox`) of CEL expressions, so it contains neither null nor undefined:
 * an absent text is "", an absent list [], an absent map {}.
 */
export interface Person extends PersonText, PersonLists, PersonFlags {
  /** Identifies the person: `<source namespace>/<immutable id>`. Not visible to expressions. */
  readonly key: string;
  /** The tenant's identifier of the current photo; "" when there is none or photos are not synced. */
  readonly photo: string;
  /** `extensionAttribute1` … `extensionAttribute15`; every one present, "" when not set. */
  readonly extensionAttributes: Readonly<Record<string, string>>;
  /** Other values of the source, e.g. the columns of a CSV row by header. */
  readonly attributes: Readonly<Record<string, string>>;
}

type PersonText = { readonly [F in (typeof personTextFields)[number]]: string };
type PersonLists = { readonly [F in (typeof personListFields)[number]]: readonly string[] };
type PersonFlags = { readonly [F in (typeof personFlagFields)[number]]: boolean };

/** Text properties of a person, in the order of the documentation. */
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

/** List properties of a person. `proxyAddresses` are without their `smtp:` prefix. */
export const personListFields = [
  "otherMails",
  "proxyAddresses",
  "businessPhones",
  "homePhones",
  "imAddresses",
  "groups",
] as const;

/** Boolean properties of a person. */
export const personFlagFields = ["enabled", "licensed", "hidden", "external"] as const;
