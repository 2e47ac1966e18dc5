import type { ContactField, ListField, TextField } from "../../../model/contact-fields.ts";

/** Addresses of a Graph contact: objects that are replaced as a whole, flat in our fields. */
export const addresses = {
  businessAddress: {
    businessStreet: "street",
    businessCity: "city",
    businessState: "state",
    businessPostalCode: "postalCode",
    businessCountry: "countryOrRegion",
  },
  homeAddress: {
    homeStreet: "street",
    homeCity: "city",
    homeState: "state",
    homePostalCode: "postalCode",
    homeCountry: "countryOrRegion",
  },
  otherAddress: {
    otherStreet: "street",
    otherCity: "city",
    otherState: "state",
    otherPostalCode: "postalCode",
    otherCountry: "countryOrRegion",
  },
} as const satisfies Record<string, Partial<Record<TextField, string>>>;

export type AddressProperty = keyof typeof addresses;

/** Names of the address properties. */
export const addressProperties = Object.keys(addresses) as readonly AddressProperty[]; // they are its keys

/** Fields of an address with the names of its parts. */
export function partsOf(address: AddressProperty): readonly (readonly [field: TextField, part: string])[] {
  return Object.entries(addresses[address]) as [TextField, string][]; // as `satisfies` above says
}

const addressOf: ReadonlyMap<ContactField, AddressProperty> = new Map(
  addressProperties.flatMap((address) => partsOf(address).map(([field]) => [field, address] as const)),
);

/** The property of a Graph contact that holds a field; null for what has no property (the photo). */
export function propertyOf(field: ContactField): string | null {
  return field === "photo" ? null : (addressOf.get(field) ?? field);
}

/** Changing one of these makes the service compose display name and "file as" anew, unless they are sent too. */
export const nameParts: ReadonlySet<ContactField> = new Set<ContactField>([
  "displayName",
  "title",
  "givenName",
  "middleName",
  "surname",
  "generation",
  "initials",
  "nickName",
  "companyName",
  "yomiGivenName",
  "yomiSurname",
  "yomiCompanyName",
]);

/** Most values that the service takes; more is refused (phones, mails) or presumed to be. */
export const mostValues: { readonly [F in ListField]?: number } = {
  businessPhones: 2,
  homePhones: 2,
  emailAddresses: 3,
  imAddresses: 3,
};
