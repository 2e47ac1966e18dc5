import type { MailContactsTarget } from "../../model/config.ts";
import type { ContactField } from "../../model/contact-fields.ts";
import { fieldsOf, isListField } from "../../model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../../model/contact.ts";
import { byCodeUnit } from "../../model/order.ts";
import type { Canonical, CanonicalWarning, Target } from "../../model/target.ts";
import { countryCode, countryName } from "./countries.ts";
import { domainOf, isRecipientAddress } from "./addresses.ts";
import { propertyOf } from "./properties.ts";

type Warn = (field: ContactField, code: string, message: string) => void;

/** Texts that keep their lines. */
const multiline: ReadonlySet<ContactField> = new Set(["notes", "businessStreet"]);

/**
 * The fields as Exchange gives them back after it has kept them. Pure and idempotent. A contact without an address in
 * one of the owned domains cannot be had.
 */
export function canonicalizeFor({ ownedDomains }: MailContactsTarget): Target["canonicalize"] {
  return (fields) => {
    const warnings: CanonicalWarning[] = [];
    const warn: Warn = (field, code, message) => {
      const isKnown = warnings.some((known) => known.field === field && known.code === code);
      if (!isKnown) warnings.push({ field, code, message });
    };
    const values: Partial<Record<ContactField, FieldValue>> = {};
    for (const field of fieldsOf("mail-contacts")) {
      const value = fields[field];
      if (value !== undefined) values[field] = canonicalValue(field, value, warn);
    }
    const kept = values as ContactFields; // each value is of the kind that came in
    const address = kept.emailAddresses?.[0] ?? "";
    const named = kept.displayName === "" ? { ...kept, displayName: address } : kept;
    const unfit = whyUnfit(
      address,
      fields.emailAddresses?.find((one) => one.trim() !== "") ?? "",
      ownedDomains,
    );
    return { fields: named, warnings, ...(unfit === null ? {} : { unfit }) } satisfies Canonical;
  };
}

/** @param address - "" where none can be used; @param given - the first that there is */
function whyUnfit(address: string, given: string, ownedDomains: readonly string[]): CanonicalWarning | null {
  const field = "emailAddresses";
  if (address === "" && given === "") {
    return { field, code: "no-address", message: "A mail contact needs a mail address, and there is none." };
  }
  if (address === "") {
    const message = "Exchange would not take the mail address. Correct it at the source or in `fields`.";
    return { field, code: "invalid-address", message, value: given };
  }
  if (ownedDomains.includes(domainOf(address))) return null;
  const owned = ownedDomains.join(", ");
  const message = `The address lies outside of the domains that the sync owns (${owned}). Add its domain to ownedDomains if it belongs there, or leave the person out by \`where\`.`;
  return { field, code: "outside-owned-domains", message };
}

function canonicalValue(field: ContactField, value: FieldValue, warn: Warn): FieldValue {
  if (typeof value === "boolean") return value;
  if (field === "emailAddresses") return canonicalAddresses(value, warn);
  if (isListField(field)) return canonicalList(field, typeof value === "string" ? [value] : value, warn);
  const text = typeof value === "string" ? value : value.join(", ");
  if (field === "businessCountry") return canonicalCountry(text, warn);
  return canonicalText(field, field === "manager" ? text.toLowerCase() : text, warn);
}

/** One address, since a mail contact stands for one. Exchange may change the case of its domain. */
function canonicalAddresses(value: string | readonly string[], warn: Warn): readonly string[] {
  const given = (typeof value === "string" ? [value] : value)
    .map((address) =>
      address
        .trim()
        .replace(/^smtp:/i, "")
        .toLowerCase(),
    )
    .filter((address) => address !== "");
  const usable = given.filter(isRecipientAddress);
  if (usable.length < given.length) {
    warn("emailAddresses", "invalid-address", "Exchange takes only mail addresses; others are left out.");
  }
  if (usable.length > 1) {
    warn("emailAddresses", "too-many-values", "A mail contact has one address; the first is taken.");
  }
  return usable.slice(0, 1);
}

/** The first has a property of its own; the others are in one that keeps no order. */
export function inOrder(values: readonly string[]): readonly string[] {
  return [...values.slice(0, 1), ...values.slice(1).toSorted(byCodeUnit)];
}

function canonicalList(field: ContactField, values: readonly string[], warn: Warn): readonly string[] {
  const kept = values.map((value) => canonicalText(field, value, warn)).filter((value) => value !== "");
  return inOrder([...new Set(kept)]);
}

function canonicalCountry(text: string, warn: Warn): string {
  if (text.trim() === "") return "";
  const code = countryCode(text);
  if (code !== null) return countryName(code);
  const message =
    "Exchange takes only countries that it knows, by their code or English name; others are left out.";
  warn("businessCountry", "unknown-country", message);
  return "";
}

function canonicalText(field: ContactField, value: string, warn: Warn): string {
  const text = multiline.has(field)
    ? value.replaceAll(/\r\n?/g, "\n").replaceAll(unwanted, "").trim()
    : value.replaceAll(/\s+/g, " ").replaceAll(unwanted, "").replaceAll(/ +/g, " ").trim();
  const { longest } = propertyOf(field);
  if (text.length <= longest) return text;
  warn(
    field,
    "text-too-long",
    `Exchange keeps at most ${longest} characters of ${field}; the rest is left out.`,
  );
  // Not in the middle of a character that takes two places.
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** What the directory refuses: control characters (Cc) but for line ends and tabs, and halves of characters (Cs). */
const unwanted = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;
