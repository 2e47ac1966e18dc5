import type { ContactField, ListField, TextField } from "../../../model/contact-fields.ts";

/** Addresses of a Graph contact, which are objects that Graph replaces as a whole, and the fields of their parts. */
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

export const addressProperties = Object.keys(addresses) as readonly AddressProperty[]; // they are its keys

/** The fields of an address and the names of its parts in Graph. */
export function partsOf(address: AddressProperty): readonly (readonly [field: TextField, part: string])[] {
  return Object.entries(addresses[address]) as [TextField, string][]; // as `satisfies` above says
}

const addressOf: ReadonlyMap<ContactField, AddressProperty> = new Map(
  addressProperties.flatMap((address) => partsOf(address).map(([field]) => [field, address] as const)),
);

/** The property of a Graph contact that contains a field; null for the photo, which has none. */
export function propertyOf(field: ContactField): string | null {
  return field === "photo" ? null : (addressOf.get(field) ?? field);
}

/** When one of these changes, Exchange derives display name and "file as" again unless they are sent, too. */
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

/** Maximum number of values. More phones or mail addresses are refused; for IM addresses that is an assumption. */
export const mostValues: { readonly [F in ListField]?: number } = {
  businessPhones: 2,
  homePhones: 2,
  emailAddresses: 3,
  imAddresses: 3,
};
