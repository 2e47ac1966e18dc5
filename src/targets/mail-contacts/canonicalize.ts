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

/** Fields that may have several lines. */
const multiline: ReadonlySet<ContactField> = new Set(["notes", "businessStreet"]);

/**
 * Returns the fields as Exchange will return them after a write. Pure and idempotent. A contact without an address in
 * an owned domain is unfit.
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
    const kept = values as ContactFields; // each value has the type of its input
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

/** @param address - "" when none is usable; @param given - the first one, usable or not */
function whyUnfit(address: string, given: string, ownedDomains: readonly string[]): CanonicalWarning | null {
  const field = "emailAddresses";
  if (address === "" && given === "") {
    return {
      field,
      code: "no-address",
      message: "A mail contact needs a mail address, but the person has none.",
    };
  }
  if (address === "") {
    const message = "Exchange would refuse the mail address. Correct it at the source or in `fields`.";
    return { field, code: "invalid-address", message, value: given };
  }
  if (ownedDomains.includes(domainOf(address))) return null;
  const owned = ownedDomains.join(", ");
  const message =
    `The address is outside the domains that the sync owns (${owned}). ` +
    "Add its domain to ownedDomains if it belongs there, or exclude the person with `where`.";
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

/** Returns at most one address, because a mail contact has only one. Exchange may change the case of its domain. */
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
    warn(
      "emailAddresses",
      "invalid-address",
      "Exchange accepts only valid mail addresses; others are omitted.",
    );
  }
  if (usable.length > 1) {
    warn("emailAddresses", "too-many-values", "A mail contact has only one address; the first one is used.");
  }
  return usable.slice(0, 1);
}

/** Sorts all values but the first. The first has a separate property; that of the others does not preserve order. */
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
    "Exchange accepts only countries that it knows; others are omitted. Use the two-letter code or the English name.";
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
    `Exchange stores at most ${longest} characters of ${field}; the rest is cut off.`,
  );
  // Do not split a surrogate pair.
  return text
    .slice(0, longest)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trim();
}

/** Characters that the directory refuses: controls (Cc) except line ends and tabs, and lone surrogates (Cs). */
const unwanted = /(?![\n\t])[\p{Cc}\p{Cs}]/gu;
