import type { SyncConfig } from "../model/config.ts";
import { isMailContactsSync } from "../model/config.ts";
import type { ContactField, CustomAttribute } from "../model/contact-fields.ts";
import { fieldsOf, isCustomAttribute } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Person } from "../model/person.ts";
import { aliasOf } from "./alias.ts";

type DefaultValue = (person: Person) => FieldValue;
type DefaultMapping = Readonly<Partial<Record<ContactField, DefaultValue>>>;

/** Of personal contacts and mail contacts alike. */
const common: DefaultMapping = {
  displayName: (person) => person.displayName,
  givenName: (person) => person.givenName,
  surname: (person) => person.surname,
  emailAddresses: (person) => (person.mail === "" ? [] : [person.mail]),
  businessPhones: (person) => person.businessPhones,
  mobilePhone: (person) => person.mobilePhone,
  homePhones: (person) => person.homePhones,
  jobTitle: (person) => person.jobTitle,
  department: (person) => person.department,
  companyName: (person) => person.companyName,
  businessStreet: (person) => person.street,
  businessCity: (person) => person.city,
  businessState: (person) => person.state,
  businessPostalCode: (person) => person.postalCode,
  businessCountry: (person) => person.country,
};

/**
 * What a personal contact's field holds when the config says nothing of it. A field without an entry is left alone:
 * what no directory knows (notes, birthday, family) belongs to the user of the mailbox. So does the nickname; the
 * alias of a mailbox is none. `otherMails` stay out: a member's are private addresses for recovering the password.
 */
export const mailboxContactDefaults: DefaultMapping = {
  ...common,
  fileAs: (person) =>
    person.surname !== "" && person.givenName !== ""
      ? `${person.surname}, ${person.givenName}`
      : person.displayName,
  imAddresses: (person) => person.imAddresses,
  officeLocation: (person) => person.officeLocation,
  manager: (person) => person.managerName,
};

/**
 * The same for a mail contact. Its manager is another mail contact, known by his address. What one tenant keeps in
 * the attributes without a meaning of their own, the other gets in the same ones, but for the stamp's.
 */
export const mailContactDefaults: DefaultMapping = {
  ...common,
  office: (person) => person.officeLocation,
  fax: (person) => person.faxNumber,
  manager: (person) => person.managerMail,
  hidden: (person) => person.hidden,
  ...Object.fromEntries(
    fieldsOf("mail-contacts")
      .filter(isCustomAttribute)
      .map((field) => [field, (person: Person) => person.extensionAttributes[extensionOf(field)] ?? ""]),
  ),
};

/** What a field holds when the config says nothing of it; null when it is left alone. */
export function defaultValue(field: ContactField, sync: SyncConfig): DefaultValue | null {
  if (!isMailContactsSync(sync)) return mailboxContactDefaults[field] ?? null;
  if (field === "alias") return (person) => aliasOf(sync.owner, person.key);
  return field === sync.to.stamp ? null : (mailContactDefaults[field] ?? null);
}

/** `customAttribute7` of Exchange is `extensionAttribute7` of Graph. */
function extensionOf(field: CustomAttribute): string {
  return field.replace("custom", "extension");
}
