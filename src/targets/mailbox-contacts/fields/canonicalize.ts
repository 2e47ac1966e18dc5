import { contactFields, contactFieldNames, isListField } from "../../../model/contact-fields.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../../../model/contact.ts";
import { isDay } from "../../../model/day.ts";
import type { Canonical, CanonicalWarning } from "../../../model/target.ts";
import { isMailAddress } from "../../../text/mail-address.ts";
import { composedName, derivedFileAs, derivedGivenName } from "./canonical-names.ts";
import { cut, lineOf, linesOf } from "./canonical-text.ts";
import { mostValues } from "./properties.ts";

type Warn = (field: ContactField, code: string, message: string) => void;

/** Texts that keep their lines. */
const multiline: ReadonlySet<ContactField> = new Set<ContactField>([
  "personalNotes",
  "businessStreet",
  "homeStreet",
  "otherStreet",
]);

/**
 * The fields as Exchange gives them back after it has kept them. Pure and idempotent.
 *
 * What it would refuse (a third business phone), drop without a word (a broken mail address) or make up (a display
 * name) is settled here, so that what was written is found again and a second plan has nothing to do.
 */
export function canonicalize(fields: ContactFields): Canonical {
  const warnings: CanonicalWarning[] = [];
  const warn: Warn = (field, code, message) => {
    if (!warnings.some((known) => known.field === field && known.code === code)) {
      warnings.push({ field, code, message });
    }
  };
  const values: Partial<Record<ContactField, FieldValue>> = {};
  for (const field of contactFieldNames) {
    const value = fields[field];
    if (value !== undefined) values[field] = canonicalValue(field, value, warn);
  }
  const kept = values as ContactFields; // each value is of the kind that came in
  return { fields: withNames(kept, warn), warnings };
}

function canonicalValue(field: ContactField, value: FieldValue, warn: Warn): FieldValue {
  // The source's own word for a picture; it goes to the marker as it is.
  if (field === "photo") return value;
  // No field of a personal contact is yes or no.
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return canonicalList(field, value, warn);
  if (contactFields[field].kind === "date") return canonicalDay(field, value, warn);
  if (isListField(field)) return canonicalList(field, [value], warn);
  return canonicalText(field, value, warn);
}

function canonicalText(field: ContactField, value: string, warn: Warn): string {
  const text = multiline.has(field) ? linesOf(value) : lineOf(value);
  // Notes are the body of the item and have room.
  const short = field === "personalNotes" ? text : cut(text);
  if (short !== text) {
    warn(field, "text-too-long", `Exchange keeps at most 255 characters of ${field}; the rest is left out.`);
  }
  return short;
}

/** The first day that Exchange can hold. */
const firstDay = "1601-01-01";

function canonicalDay(field: ContactField, value: string, warn: Warn): string {
  const text = lineOf(value);
  if (text === "" || (isDay(text) && text >= firstDay)) return text;
  warn(field, "invalid-date", `A ${field} must be a day of the calendar, YYYY-MM-DD; others are left out.`);
  return "";
}

function canonicalList(field: ContactField, values: readonly string[], warn: Warn): readonly string[] {
  const seen = new Set([""]);
  const list: string[] = [];
  for (const value of values) {
    const item = canonicalItem(field, value, warn);
    const same = sameItem(field, item);
    if (!seen.has(same)) list.push(item);
    seen.add(same);
  }
  // A set, and the service does not say in which order it gives it back.
  if (field === "categories") return list.toSorted();
  const most = isListField(field) ? mostValues[field] : undefined;
  if (most === undefined || list.length <= most) return list;
  warn(field, "too-many-values", `A contact has room for ${most} ${field}; the first ${most} are kept.`);
  return list.slice(0, most);
}

function canonicalItem(field: ContactField, value: string, warn: Warn): string {
  if (field !== "emailAddresses") return canonicalText(field, value, warn);
  const address = lineOf(value);
  if (address === "" || isMailAddress(address)) return address;
  warn(field, "invalid-address", "What is no mail address is left out, since Exchange drops it silently.");
  return "";
}

/** What makes two values of a list one; the first of them is kept. */
function sameItem(field: ContactField, item: string): string {
  return field === "emailAddresses" || field === "categories" ? item.toLowerCase() : item;
}

/** Fills the names that the service would make up, or insists on. */
function withNames(fields: ContactFields, warn: Warn): ContactFields {
  let named = fields;
  if (named.displayName === "") {
    named = { ...named, displayName: composedName(named) };
    warn(
      "displayName",
      "display-name-derived",
      "A contact without a display name gets one from its other fields.",
    );
  }
  if (named.givenName === "") {
    const givenName = derivedGivenName(named);
    // Phones show given name and surname side by side: the same word must not stand in both.
    const twice = givenName === named.surname;
    named = { ...named, givenName, ...(twice ? { surname: "" } : {}) };
    warn(
      "givenName",
      "given-name-derived",
      "Exchange takes no contact without a given name; where there is none it is taken from the display name.",
    );
  }
  if (named.fileAs === "") named = { ...named, fileAs: derivedFileAs(named) };
  return named;
}
