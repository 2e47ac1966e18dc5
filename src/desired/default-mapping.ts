import type { ContactField } from "../model/contact-fields.ts";
import type { FieldValue } from "../model/contact.ts";
import type { Person } from "../model/person.ts";

type DefaultValue = (person: Person) => FieldValue;

/**
 * What a contact's field holds when the config says nothing of it. A field without an entry is left alone: what no
 * directory knows (notes, birthday, family) belongs to the user of the mailbox. So does the nickname; the alias of a
 * mailbox is none. `otherMails` stay out: a member's are private addresses for recovering the password.
 */
export const defaultMapping: Readonly<Partial<Record<ContactField, DefaultValue>>> = {
  displayName: (person) => person.displayName,
  givenName: (person) => person.givenName,
  surname: (person) => person.surname,
  fileAs: (person) =>
    person.surname !== "" && person.givenName !== ""
      ? `${person.surname}, ${person.givenName}`
      : person.displayName,
  emailAddresses: (person) => (person.mail === "" ? [] : [person.mail]),
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
