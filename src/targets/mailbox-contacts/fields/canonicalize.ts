import { contactFields, contactFieldNames, isListField } from "../../../model/contact-fields.ts";
import type { ContactField } from "../../../model/contact-fields.ts";
import type { ContactFields, FieldValue } from "../../../model/contact.ts";
import { isDay } from "../../../model/day.ts";
import type { Canonical, CanonicalWarning } from "../../../model/target.ts";
import { isMailAddress } from "../../../text/mail-address.ts";
import { composedName, derivedFileAs, derivedGivenName, hasName } from "./canonical-names.ts";
import { cut, lineOf, linesOf } from "./canonical-text.ts";
import { mostValues } from "./properties.ts";

type Warn = (field: ContactField, code: string, message: string) => void;

/** Fields that may have several lines. */
const multiline: ReadonlySet<ContactField> = new Set<ContactField>([
  "personalNotes",
  "businessStreet",
  "homeStreet",
  "otherStreet",
]);

/**
 * Returns the fields as Exchange will return them after a write. Pure and idempotent.
 *
 * Handles values that Exchange would refuse (a third business phone), drop silently (a broken mail address) or add (a
 * display name), so that a second plan finds what was written and has nothing to change.
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
  const kept = values as ContactFields; // each value has the type of its input
  if (kept.displayName === "" && !hasName(kept)) return { fields: kept, warnings, unfit: nameless };
  return { fields: withNames(kept, warn), warnings };
}

const nameless: CanonicalWarning = {
  field: "displayName",
  code: "no-name",
  message:
    "A contact needs a name, but the person has no name, and no address or phone number to use instead.",
};

function canonicalValue(field: ContactField, value: FieldValue, warn: Warn): FieldValue {
  // The source's fingerprint of a picture, which is stored in the marker unchanged.
  if (field === "photo") return value;
  // No field of a personal contact is boolean.
  if (typeof value === "boolean") return value;
  if (typeof value !== "string") return canonicalList(field, value, warn);
  if (contactFields[field].kind === "date") return canonicalDay(field, value, warn);
  if (isListField(field)) return canonicalList(field, [value], warn);
  return canonicalText(field, value, warn);
}

function canonicalText(field: ContactField, value: string, warn: Warn): string {
  const text = multiline.has(field) ? linesOf(value) : lineOf(value);
  // Notes are the body of the item, which has no such limit.
  const short = field === "personalNotes" ? text : cut(text);
  if (short !== text) {
    warn(field, "text-too-long", `Exchange stores at most 255 characters of ${field}; the rest is cut off.`);
  }
  return short;
}

/** The first day that Exchange can store. */
const firstDay = "1601-01-01";

function canonicalDay(field: ContactField, value: string, warn: Warn): string {
  const text = lineOf(value);
  if (text === "" || (isDay(text) && text >= firstDay)) return text;
  warn(
    field,
    "invalid-date",
    `The field ${field} must be a valid date (YYYY-MM-DD), not before ${firstDay}; other values are omitted.`,
  );
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
  // A set, which Exchange returns in unspecified order.
  if (field === "categories") return list.toSorted();
  const most = isListField(field) ? mostValues[field] : undefined;
  if (most === undefined || list.length <= most) return list;
  warn(field, "too-many-values", `A contact can have at most ${most} ${field}; the first ${most} are kept.`);
  return list.slice(0, most);
}

function canonicalItem(field: ContactField, value: string, warn: Warn): string {
  if (field !== "emailAddresses") return canonicalText(field, value, warn);
  const address = lineOf(value);
  if (address === "" || isMailAddress(address)) return address;
  warn(field, "invalid-address", "Invalid mail addresses are omitted, because Exchange drops them silently.");
  return "";
}

/** Two values of a list with the same result are duplicates; the first one is kept. */
function sameItem(field: ContactField, item: string): string {
  return field === "emailAddresses" || field === "categories" ? item.toLowerCase() : item;
}

/** Fills in the names that Exchange would derive itself or requires. */
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
    // Phones show given name and surname side by side, so the name must not be in both.
    const twice = givenName === named.surname;
    named = { ...named, givenName, ...(twice ? { surname: "" } : {}) };
    warn(
      "givenName",
      "given-name-derived",
      "Exchange refuses contacts without a given name, so a missing one is taken from the display name.",
    );
  }
  if (named.fileAs === "") named = { ...named, fileAs: derivedFileAs(named) };
  return named;
}
