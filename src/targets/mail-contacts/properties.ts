import type { ContactField } from "../../model/contact-fields.ts";
import { isCustomAttribute } from "../../model/contact-fields.ts";

/** The Exchange property of a field: the cmdlets that read and write it, and its name there. */
export interface Property {
  /** `contact`: Get-Contact and Set-Contact; `mail`: Get-MailContact and Set-MailContact. */
  readonly of: "contact" | "mail";
  readonly name: string;
  /** For a list, the parameter that contains all but the first item; absent when only one value is possible. */
  readonly others?: string;
  /** Maximum length in characters; that of the directory's attribute where Exchange does not document one. */
  readonly longest: number;
}

const contact = (name: string, longest: number, others?: string): Property =>
  others === undefined ? { of: "contact", name, longest } : { of: "contact", name, longest, others };
const mail = (name: string, longest: number): Property => ({ of: "mail", name, longest });

/** @see https://learn.microsoft.com/powershell/module/exchange/set-contact and .../set-mailcontact */
const table: Readonly<Partial<Record<ContactField, Property>>> = {
  displayName: mail("DisplayName", 256),
  alias: mail("Alias", 64),
  givenName: contact("FirstName", 64),
  surname: contact("LastName", 64),
  initials: contact("Initials", 6),
  emailAddresses: mail("ExternalEmailAddress", 320),
  businessPhones: contact("Phone", 64, "OtherTelephone"),
  mobilePhone: contact("MobilePhone", 64),
  homePhones: contact("HomePhone", 64, "OtherHomePhone"),
  pager: contact("Pager", 64),
  fax: contact("Fax", 64),
  jobTitle: contact("Title", 128),
  department: contact("Department", 64),
  // The cmdlet refuses CompanyName.
  companyName: contact("Company", 64),
  office: contact("Office", 128),
  manager: contact("Manager", 320),
  assistantName: contact("AssistantName", 256),
  businessStreet: contact("StreetAddress", 1024),
  businessCity: contact("City", 128),
  businessState: contact("StateOrProvince", 128),
  businessPostalCode: contact("PostalCode", 40),
  businessCountry: contact("CountryOrRegion", 128),
  webPage: contact("WebPage", 2048),
  notes: contact("Notes", 1024),
  mailTip: mail("MailTip", 175),
  hidden: mail("HiddenFromAddressListsEnabled", 0),
};

/** @throws Error for a field that mail contacts do not have, which config validation rules out */
export function propertyOf(field: ContactField): Property {
  const property = isCustomAttribute(field) ? mail(attributeOf(field), 1024) : table[field];
  if (property === undefined) throw new Error(`Mail contacts have no field ${field}.`);
  return property;
}

/** The Exchange name of a custom attribute: CustomAttribute7 for `customAttribute7`. */
export function attributeOf(field: ContactField): string {
  return field.replace(/^c/, "C");
}
