import type { SyncConfig } from "../model/config.ts";
import { isMailContactsSync } from "../model/config.ts";
import type { ContactField, CustomAttribute } from "../model/contact-fields.ts";
import { fieldsOf, isCustomAttribute } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Person } from "../model/person.ts";
import { aliasOf } from "./alias.ts";

type DefaultValue = (person: Person) => FieldValue;
type DefaultMapping = Readonly<Partial<Record<ContactField, DefaultValue>>>;

/** Defaults for both kinds of target. */
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
 * Default mapping of a mailbox contact. Fields without an entry are left alone: what no directory knows (notes,
 * birthday, family) belongs to the user of the mailbox, and so does the nickname, which a mailbox's alias is not.
 * `otherMails` are not used, because a member's are private addresses for password recovery.
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
 * Default mapping of a mail contact. The manager is another mail contact, identified by address. Custom attributes are
 * copied to the ones of the same number, except for the stamp's.
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

/** The default mapping of a field; null when the field is left alone. */
export function defaultValue(field: ContactField, sync: SyncConfig): DefaultValue | null {
  if (!isMailContactsSync(sync)) return mailboxContactDefaults[field] ?? null;
  if (field === "alias") return (person) => aliasOf(sync.owner, person.key);
  return field === sync.to.stamp ? null : (mailContactDefaults[field] ?? null);
}

/** Exchange's `customAttribute7` is `extensionAttribute7` in Graph. */
function extensionOf(field: CustomAttribute): string {
  return field.replace("custom", "extension");
}
