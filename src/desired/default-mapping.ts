import type { ContactField } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Person } from "../model/person.ts";

type DefaultValue = (person: Person) => FieldValue;

/**
 * What a contact's field holds when the config says nothing of it. A field without an entry is left alone: what no
 * directory knows (notes, birthday, family) belongs to the user of the mailbox. So does the nickname.
 */
export const defaultMapping: Readonly<Partial<Record<ContactField, DefaultValue>>> = {
  displayName: (person) => person.displayName,
  givenName: (person) => person.givenName,
  surname: (person) => person.surname,
  fileAs: (person) =>
    person.surname !== "" && person.givenName !== ""
      ? `${person.surname}, ${person.givenName}`
      : person.displayName,
  emailAddresses: (person) => distinctAddresses([person.mail, ...person.otherMails]),
  imAddresses: (person) => person.imAddresses,
  businessPhones: (person) => person.businessPhones,
  mobilePhone: (person) => person.mobilePhone,
  homePhones: (person) => person.homePhones,
  jobTitle: (person) => person.jobTitle,
  department: (person) => person.department,
  companyName: (person) => person.companyName,
  officeLocation: (person) => person.officeLocation,
  manager: (person) => person.managerName,
  businessStreet: (person) => person.street,
  businessCity: (person) => person.city,
  businessState: (person) => person.state,
  businessPostalCode: (person) => person.postalCode,
  businessCountry: (person) => person.country,
};

/** Addresses in order, each once whatever its case, empty ones left out; three at most, as a contact holds. */
function distinctAddresses(addresses: readonly string[]): readonly string[] {
  const distinct = new Map<string, string>();
  for (const address of addresses) {
    const key = address.toLowerCase();
    if (address !== "" && !distinct.has(key)) distinct.set(key, address);
  }
  return [...distinct.values()].slice(0, 3);
}
