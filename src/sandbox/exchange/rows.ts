import {
  contactProperties,
  customAttributes,
  extensionAttributes,
  mailContactProperties,
  nameOf,
  propertyOf,
} from "../tenant/exchange-properties.ts";
import type { Entry, Json, JsonObject, TenantState } from "../tenant/tenant.ts";
import { textOf } from "../tenant/tenant.ts";
import { aliasOf, distinguishedName, guidOf, recipientName } from "./recipients.ts";
import type { Recipient } from "./recipients.ts";

/** One object of an answer, without OData annotations. */
export type Row = JsonObject;

type RowOf = (state: TenantState, recipient: Recipient) => Row;

/** A row of Get-MailContact. */
export const mailContactRow: RowOf = (state, recipient) => {
  const { entry } = recipient;
  const tip = propertyOf(entry, "MailTip", { type: "text", at: { of: "exchange" } });
  return {
    ExternalEmailAddress: `SMTP:${textOf(entry["mail"])}`,
    MessageFormat: "Mime",
    MessageBodyFormat: "TextAndHtml",
    MacAttachmentFormat: "BinHex",
    UseMapiRichTextFormat: "UseDefaultSettings",
    UsePreferMessageFormat: false,
    ...valuesOf(entry, mailContactProperties),
    Alias: aliasOf(entry),
    EmailAddresses: proxiesOf(entry),
    ExternalDirectoryObjectId: entry.id,
    MailTip: tip,
    MailTipTranslations: tip === null ? [] : [`default:${textOf(tip)}`],
    PrimarySmtpAddress: textOf(entry["mail"]),
    ...commonOf(state, recipient),
  };
};

/** A row of Get-Contact. */
export const contactRow: RowOf = (state, recipient) => ({
  ...valuesOf(recipient.entry, contactProperties),
  Manager: managerOf(state, recipient.entry),
  ...commonOf(state, recipient),
});

/** A row of Get-Recipient, for any kind of object. */
export const recipientRow: RowOf = (state, recipient) => {
  const { kind, entry } = recipient;
  const isContact = kind === "orgContact";
  const isOutside = isContact || recipient.type === "MailUser";
  const person = kind === "user" ? { ...entry, ...officeOf(entry) } : entry;
  const known = Object.fromEntries(
    ofRecipients.map((name) => [name, propertyOf(person, name, contactProperties[name] ?? unknown) ?? ""]),
  );
  return {
    Alias: aliasOf(entry),
    ...known,
    ...Object.fromEntries(customAttributes.map((name, index) => [name, attributeOf(entry, name, index + 1)])),
    ...Object.fromEntries(extensionAttributes.map((name) => [name, propertyOf(entry, name, texts)])),
    EmailAddresses: proxiesOf(entry),
    ExternalDirectoryObjectId: entry.id,
    ExternalEmailAddress: isOutside ? `SMTP:${textOf(entry["mail"])}` : null,
    HiddenFromAddressListsEnabled: isHidden(recipient),
    Manager: managerOf(state, entry),
    PrimarySmtpAddress: textOf(entry["mail"]),
    ...commonOf(state, recipient),
  };
};

const unknown = { type: "text", at: { of: "exchange" } } as const;
const texts = { type: "texts", at: { of: "exchange" } } as const;

const ofRecipients = [
  "City",
  "Company",
  "CountryOrRegion",
  "Department",
  "DisplayName",
  "FirstName",
  "LastName",
  "Notes",
  "Office",
  "Phone",
  "PostalCode",
  "StateOrProvince",
  "Title",
];

function valuesOf(entry: Entry, properties: Readonly<Record<string, Parameters<typeof propertyOf>[2]>>): Row {
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, propertyOf(entry, name, property) ?? ""]),
  );
}

function commonOf(state: TenantState, recipient: Recipient): Row {
  const { entry } = recipient;
  const name = recipientName(recipient);
  const { WhenCreated: created, WhenChanged: changed } = entry.exchange ?? {};
  const [made, touched] = [instant(created), instant(changed ?? created)];
  return {
    WindowsEmailAddress: textOf(entry["mail"]),
    IsDirSynced: entry["onPremisesSyncEnabled"] === true,
    RecipientType: recipient.type,
    RecipientTypeDetails: recipient.details,
    Identity: name,
    Id: name,
    Name: name,
    DistinguishedName: distinguishedName(state, name),
    Guid: guidOf(entry),
    WhenCreated: made,
    WhenChanged: touched,
    WhenCreatedUTC: made,
    WhenChangedUTC: touched,
  };
}

const longAgo = "2024-01-15T09:00:00.000Z";

function instant(time: Json | undefined): string {
  return `${(textOf(time) || longAgo).replace("Z", "")}0000+00:00`;
}

function proxiesOf(entry: Entry): Json {
  const proxies = entry["proxyAddresses"];
  if (Array.isArray(proxies) && proxies.length > 0) return proxies;
  return textOf(entry["mail"]) === "" ? [] : [`SMTP:${textOf(entry["mail"])}`];
}

/** Maps a user's office properties to the form of a contact's. */
function officeOf(user: Entry): Pick<Entry, string> {
  const { city, country, officeLocation, postalCode, state, businessPhones } = user;
  const address = { city, countryOrRegion: country, officeLocation, postalCode, state };
  const present = Object.fromEntries(Object.entries(address).filter(([, value]) => value !== undefined));
  const phones = Array.isArray(businessPhones)
    ? businessPhones.map((number: string) => ({ type: "business", number }))
    : [];
  return { addresses: [present as JsonObject], phones };
}

function attributeOf(entry: Entry, name: string, number: number): string {
  const attributes = entry["onPremisesExtensionAttributes"];
  if (typeof attributes !== "object" || attributes === null) return textOf(entry.exchange?.[name]);
  return textOf((attributes as JsonObject)[`extensionAttribute${number}`]);
}

/** Whether the object is hidden: Exchange's value takes precedence over Graph's, which is an outdated copy. */
function isHidden({ kind, entry }: Recipient): boolean {
  const own = entry.exchange?.["HiddenFromAddressListsEnabled"];
  if (typeof own === "boolean" || kind === "orgContact") return own === true;
  return kind === "user" ? entry["showInAddressList"] === false : entry["hideFromAddressLists"] === true;
}

function managerOf(state: TenantState, { manager = "" }: Entry): string | null {
  if (state.users.has(manager)) return manager;
  const contact = state.orgContacts.get(manager);
  return contact === undefined ? null : nameOf(contact);
}

/** Adds OData annotations to a row. @param select - the properties to return; null for all */
export function annotated(row: Row, select: readonly string[] | null): JsonObject {
  const chosen = Object.entries(row).filter(([name]) => select === null || select.includes(name));
  return Object.fromEntries(
    chosen.flatMap(([name, value]) => [...annotationsOf(name, value), [name, value] as const]),
  );
}

function annotationsOf(name: string, value: Json): readonly (readonly [string, string])[] {
  if (Array.isArray(value)) return [[`${name}@odata.type`, "#Collection(String)"]];
  if (name === "Guid")
    return [
      [`${name}@data.type`, "System.Guid"],
      [`${name}@odata.type`, "#Guid"],
    ];
  return name.startsWith("When") ? [[`${name}@data.type`, "System.DateTime"]] : [];
}
