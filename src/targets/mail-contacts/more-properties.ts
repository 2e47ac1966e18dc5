import type { Parameters, WriteCmdlet } from "../../http/exchange/exchange.ts";
import type { MailContactsTarget } from "../../model/config.ts";
import type { ServiceProperties } from "../../model/contact.ts";
import type { CreateChange } from "../../model/plan.ts";
import { domainOf, plainAddress } from "./addresses.ts";
import { addressIn, textOf } from "./rows.ts";
import type { Rows } from "./rows.ts";

/**
 * What a mail contact holds besides its fields and Set-MailContact and Set-Contact can give back to one that is made
 * again. What names other recipients (who may send to it, or on its behalf, or moderates) and how mail to it is written
 * is not among it.
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

/** Absent for nothing. */
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

/** Null for what is empty, or what every contact has. */
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
 * The cmdlets that give it back to a contact that is made again, behind all others: nothing of it keeps the contact
 * itself from being whole. Its Name was given to it when it was made. Addresses in domains that the sync does not own any
 * more are left out.
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
  // By themselves: somebody may have one of them by now.
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
