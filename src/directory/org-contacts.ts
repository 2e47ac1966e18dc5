import type { Person } from "../model/person.ts";
import { fullExtensionAttributes, imAddresses, smtpAddresses } from "./person-parts.ts";
import type { PersonOrigin } from "./person-parts.ts";

/** An organizational contact as Graph returns it for `orgContactSelect`. */
export interface GraphOrgContact {
  readonly id: string;
  readonly addresses?: readonly Address[] | null;
  readonly companyName?: string | null;
  readonly department?: string | null;
  readonly displayName?: string | null;
  readonly givenName?: string | null;
  readonly jobTitle?: string | null;
  readonly mail?: string | null;
  readonly mailNickname?: string | null;
  readonly phones?: readonly Phone[] | null;
  readonly proxyAddresses?: readonly string[] | null;
  readonly surname?: string | null;
}

interface Address {
  readonly city?: string | null;
  readonly countryOrRegion?: string | null;
  readonly officeLocation?: string | null;
  readonly postalCode?: string | null;
  readonly state?: string | null;
  readonly street?: string | null;
}

interface Phone {
  readonly type?: string | null;
  readonly number?: string | null;
}

/** `$select` of all properties that become part of a person. */
export const orgContactSelect = [
  "id",
  "addresses",
  "companyName",
  "department",
  "displayName",
  "givenName",
  "jobTitle",
  "mail",
  "mailNickname",
  "phones",
  "proxyAddresses",
  "surname",
].join(",");

/**
 * Converts an organizational contact to a person, without manager and groups. It has no account: it counts as enabled,
 * unlicensed and external. It counts as visible, since Graph does not tell whether it is hidden.
 */
export function orgContactPerson(contact: GraphOrgContact, origin: PersonOrigin): Person {
  return {
    key: `${origin.tenantId}/${contact.id}`,
    id: contact.id,
    tenant: origin.tenant,
    source: origin.source,
    kind: "org-contact",
    displayName: contact.displayName ?? "",
    givenName: contact.givenName ?? "",
    surname: contact.surname ?? "",
    mail: contact.mail ?? "",
    mailNickname: contact.mailNickname ?? "",
    userPrincipalName: "",
    jobTitle: contact.jobTitle ?? "",
    department: contact.department ?? "",
    companyName: contact.companyName ?? "",
    employeeId: "",
    employeeType: "",
    ...placeOf(contact),
    usageLocation: "",
    preferredLanguage: "",
    managerName: "",
    managerMail: "",
    otherMails: [],
    proxyAddresses: smtpAddresses(contact.proxyAddresses),
    ...phonesOf(contact),
    imAddresses: imAddresses(null, contact.proxyAddresses),
    groups: [],
    enabled: true,
    licensed: false,
    hidden: false,
    external: true,
    photo: "",
    extensionAttributes: fullExtensionAttributes(null),
    attributes: {},
  };
}

function placeOf(contact: GraphOrgContact) {
  const address = contact.addresses?.[0];
  return {
    officeLocation: address?.officeLocation ?? "",
    street: address?.street ?? "",
    city: address?.city ?? "",
    state: address?.state ?? "",
    postalCode: address?.postalCode ?? "",
    country: address?.countryOrRegion ?? "",
  };
}

function phonesOf(contact: GraphOrgContact) {
  const numbers = (type: string) =>
    (contact.phones ?? []).filter((phone) => phone.type === type).map((phone) => phone.number ?? "");
  return {
    businessPhones: numbers("business").filter((number) => number !== ""),
    homePhones: numbers("home").filter((number) => number !== ""),
    mobilePhone: numbers("mobile")[0] ?? "",
    faxNumber: numbers("businessFax")[0] ?? "",
  };
}
