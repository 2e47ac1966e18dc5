import {
  contactProperties,
  mailContactProperties,
  propertyOf,
  withProperty,
} from "../tenant/exchange-properties.ts";
import type { Entry, Json } from "../tenant/tenant.ts";
import { textOf } from "../tenant/tenant.ts";
import { textIn } from "./call.ts";
import type { Call } from "./call.ts";
import { checkAlias, checkLength, checkName, usableAddress } from "./checks.ts";
import { countryName } from "./countries.ts";
import { invalidValue, notConvertible, notFound, notModelled } from "./exchange-problem.ts";
import { identified } from "./find-recipient.ts";
import type { Bound } from "./parameters.ts";

const properties = { ...mailContactProperties, ...contactProperties };

/**
 * Applies a cmdlet's parameters to a contact; returns the same object when nothing changes.
 *
 * @throws {ExchangeProblem}
 */
export function changedContact(call: Call, entry: Entry): Entry {
  let changed = entry;
  for (const [name, bound] of call.bindings) {
    const property = properties[name];
    if (property === undefined) continue;
    const before = propertyOf(changed, name, property);
    const value = valueFor(call, entry, name, bound, before);
    if (property.type === "text" && typeof value === "string") {
      checkLength(name, value, property.longest ?? value.length);
    }
    if (JSON.stringify(value) !== JSON.stringify(before))
      changed = withProperty(changed, name, property, value);
  }
  return withManager(call, withOtherAddresses(call, withAddress(call, changed)));
}

/** @throws {ExchangeProblem} */
function valueFor(call: Call, { id }: Entry, name: string, bound: Bound, before: Json): Json {
  if (typeof bound === "object" && bound !== null) return changedList(bound, before);
  const value = bound === "" ? null : bound;
  switch (name) {
    case "Name":
    case "Alias":
    case "DisplayName": {
      if (typeof value !== "string") throw invalidValue(name, "The value can't be empty.");
      if (name === "Name") checkName(call, value, id);
      if (name === "Alias") checkAlias(call, value, id);
      return value;
    }
    case "CountryOrRegion": {
      if (typeof value !== "string") return null;
      const country = countryName(value);
      if (country !== null) return country;
      throw notConvertible(name, value, "Microsoft.Exchange.Data.Directory.CountryInfo");
    }
    case "MailTip":
      return typeof value === "string" ? mailTip(value) : null;
    default:
      return value;
  }
}

function changedList(change: Exclude<Bound, string | boolean | number | null>, before: Json): Json {
  if (change.how === "replace") return [...new Set(change.items)];
  const kept = (Array.isArray(before) ? before : []) as readonly string[]; // lists of texts only
  return [...new Set([...kept, ...change.add])].filter((item) => !change.remove.includes(item));
}

const mostShown = 175;

/** Converts a mail tip to HTML, as Exchange stores it. @throws {ExchangeProblem} when its visible text is too long */
function mailTip(text: string): string {
  const shown = text.replaceAll(/<[^>]*>/g, "");
  checkLength("MailTip", shown, mostShown);
  return /^<html>/i.test(text) ? text : `<html><body>${text}</body></html>`;
}

/** Replaces the address; the old one is not kept. */
function withAddress(call: Call, entry: Entry): Entry {
  if (!call.bindings.has("ExternalEmailAddress")) return entry;
  const given = textIn(call, "ExternalEmailAddress");
  const mail = usableAddress(call, given, entry.id);
  const primary = `SMTP:${mail}`;
  const before = entry["proxyAddresses"];
  const proxies = (Array.isArray(before) ? before : []) as readonly string[]; // checked at reading
  if (entry["mail"] === mail && proxies.includes(primary)) return entry;
  const others = proxies.filter((proxy) => !proxy.startsWith("SMTP:") && proxy.slice(5) !== mail);
  return { ...entry, mail, proxyAddresses: [primary, ...others] };
}

/** Changes the secondary addresses. @throws {ExchangeProblem} when one is not valid, or another object has it */
function withOtherAddresses(call: Call, entry: Entry): Entry {
  const bound = call.bindings.get("EmailAddresses") ?? null;
  if (typeof bound !== "object" || bound === null) return entry;
  const before = entry["proxyAddresses"] ?? [];
  const proxies = changedList(bound, before) as readonly string[]; // lists of texts only
  if (!proxies.includes(`SMTP:${textOf(entry["mail"])}`))
    throw notModelled("EmailAddresses without the primary address");
  for (const proxy of proxies) if (proxy.startsWith("smtp:")) usableAddress(call, proxy, entry.id);
  return JSON.stringify(proxies) === JSON.stringify(before) ? entry : { ...entry, proxyAddresses: proxies };
}

/** Sets the manager. @throws {ExchangeProblem} when the manager does not exist */
function withManager(call: Call, entry: Entry): Entry {
  if (!call.bindings.has("Manager")) return entry;
  const identity = textIn(call, "Manager");
  if (identity === "") {
    const { manager, ...others } = entry;
    return manager === undefined ? entry : others;
  }
  const found = identified(call, "recipients", identity);
  if (found.kind === "group") throw notFound(identity);
  return entry.manager === found.entry.id ? entry : { ...entry, manager: found.entry.id };
}
