import type { Parameters, WriteCmdlet } from "../../http/exchange/exchange.ts";
import type { MailContactsTarget } from "../../model/config.ts";
import type { ServiceProperties } from "../../model/contact.ts";
import type { CreateChange } from "../../model/plan.ts";
import { domainOf, plainAddress } from "./addresses.ts";
import { addressIn, textOf } from "./rows.ts";
import type { Rows } from "./rows.ts";

/**
 * Properties of a mail contact that are not fields, but that Set-MailContact and Set-Contact can restore on a new
 * contact. Properties that refer to other recipients (permissions to send, moderators) and the message format are not
 * included.
 */
const properties = {
  mail: [
    "Name",
    "SimpleDisplayName",
    "RequireSenderAuthenticationEnabled",
    "ExtensionCustomAttribute1",
    "ExtensionCustomAttribute2",
    "ExtensionCustomAttribute3",
    "ExtensionCustomAttribute4",
    "ExtensionCustomAttribute5",
    "EmailAddresses",
  ],
  contact: ["PhoneticDisplayName", "TelephoneAssistant", "PostOfficeBox", "OtherFax"],
} as const;

export const moreMailProperties: readonly string[] = properties.mail;
export const moreContactProperties: readonly string[] = properties.contact;

/** The properties that have values; `more` is absent when there are none. */
export function moreIn({ mail, contact }: Rows): { readonly more?: ServiceProperties } {
  const found = [
    ...properties.mail.map((name) => [name, mail[name]] as const),
    ...properties.contact.map((name) => [name, contact[name]] as const),
  ].flatMap(([name, value]) => {
    const held = heldIn(name, value, { mail, contact });
    return held === null ? [] : [[name, held] as const];
  });
  return found.length === 0 ? {} : { more: Object.fromEntries(found) };
}

/** The value to record; null when it is empty or the default. */
function heldIn(name: string, value: unknown, { mail }: Rows): ServiceProperties[string] | null {
  if (name === "Name" && value === mail["Alias"]) return null;
  if (Array.isArray(value)) {
    const own = addressIn(mail);
    const texts = value
      .filter((item): item is string => typeof item === "string" && item !== "")
      .filter((item) => name !== "EmailAddresses" || plainAddress(item) !== own);
    return texts.length === 0 ? null : texts;
  }
  if (typeof value === "boolean") return value ? true : null;
  return textOf(value) === "" ? null : textOf(value);
}

/**
 * The cmdlets that restore these properties. They come after all others, so that a failure does not leave the contact
 * incomplete. The Name is set with the create. Addresses in domains that the sync no longer owns are left out.
 */
export function moreWrites(
  { desired, asBefore }: CreateChange,
  { ownedDomains }: MailContactsTarget,
): readonly { readonly cmdlet: WriteCmdlet; readonly parameters: Parameters }[] {
  const { more = {} } = asBefore ?? {};
  const { EmailAddresses: addresses, Name: _given, ...others } = more;
  const isKept = (address: string): boolean =>
    !/^smtp:/i.test(address) || ownedDomains.includes(domainOf(plainAddress(address)));
  const kept = Array.isArray(addresses) ? addresses.filter(isKept) : [];
  const [primary = ""] = desired.fields.emailAddresses ?? [];
  // In a separate cmdlet, because somebody else may have one of the addresses by now.
  const all = kept.length === 0 ? {} : { EmailAddresses: [`SMTP:${primary}`, ...kept] };
  return [
    { cmdlet: "Set-Contact", parameters: only(others, properties.contact) } as const,
    { cmdlet: "Set-MailContact", parameters: only(others, properties.mail) } as const,
    { cmdlet: "Set-MailContact", parameters: all } as const,
  ].filter(({ parameters }) => Object.keys(parameters).length > 0);
}

function only(values: ServiceProperties, names: readonly string[]): Parameters {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
