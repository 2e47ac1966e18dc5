import type { FieldValue } from "../../model/contact.ts";
import { isEmpty } from "../../model/values.ts";
import { initialsOf } from "./initials.ts";
import { createKnownNames } from "./known-names.ts";
import type { KnownNames } from "./known-names.ts";
import { masked } from "./redaction.ts";
import type { Redaction } from "./redaction.ts";
import { withoutAddresses, withoutIds, withoutQuotes } from "./scrub.ts";

/** Hides people in one output of the program, at one level. */
export interface Redactor {
  readonly level: Redaction;
  /** The redacted name of a person. From then on the name is also hidden in free text. */
  name(key: string, displayName: string): string;
  /** The pseudonym of a person, the same everywhere. */
  key(key: string): string;
  /**
   * The redacted address of a mailbox, distinct from others that look alike when redacted; null (mail contacts) for
   * null.
   */
  mailbox(address: string | null): string | null;
  /** The redacted value. Null and empty values are kept, to show which fields are filled and which cleared. */
  value(value: FieldValue | null): FieldValue | null;
  /** Redacts text of galops that may name people. @param names - names that certainly occur in it */
  text(text: string, names?: readonly string[]): string;
  /** Redacts text that may quote a service or a file of people; hides everything in quotes, too. */
  foreignText(text: string, names?: readonly string[]): string;
}

/**
 * Gives a short code that is the same for the same person; null while there are no codes (nothing was planned yet).
 * It must not be possible to find the person from the code.
 */
export type CodeOf = (key: string) => string | null;

/** Creates redactors that share the names they know, so that each hides the names that another has seen. */
export function createRedactors(codeOf: CodeOf): (level: Redaction) => Redactor {
  const names = createKnownNames();
  return (level) => (level === "none" ? unredacted : createRedactor(level, codeOf, names));
}

const unredacted: Redactor = {
  level: "none",
  name: (_, displayName) => displayName,
  key: (key) => key,
  mailbox: (address) => address,
  value: (value) => value,
  text: (text) => text,
  foreignText: (text) => text,
};

function createRedactor(level: Exclude<Redaction, "none">, codeOf: CodeOf, names: KnownNames): Redactor {
  const isFull = level === "full";
  const pseudonym = (key: string): string => {
    const code = codeOf(subject(key));
    return code === null ? "somebody" : `person-${code}`;
  };
  const called = (name: string, key: string | null): string => {
    if (!isFull) return initialsOf(name);
    return key === null ? "somebody" : pseudonym(key);
  };
  const coded = (what: string, text: string): string => {
    const code = codeOf(text.replace("%40", "@").toLowerCase());
    return code === null ? `(${what})` : `${what}-${code}`;
  };
  const address = (text: string): string => (isFull ? coded("address", text) : maskedAddress(text));
  const id = (guid: string): string => coded("id", guid);
  const text: Redactor["text"] = (given, more = []) =>
    withoutIds(withoutAddresses(names.replaced(given, more, called), address), id);
  return {
    level,
    name(key, displayName) {
      names.learn(displayName, key);
      return called(displayName, key);
    },
    key: pseudonym,
    mailbox(mailbox) {
      if (mailbox === null) return null;
      if (isFull) return coded("mailbox", mailbox);
      // A mailbox may be named by something other than an address.
      const shown = text(mailbox);
      const code = codeOf(mailbox.toLowerCase());
      return code === null || shown === mailbox ? shown : `${shown} (mailbox-${code})`;
    },
    value(value) {
      // A boolean does not identify a person.
      if (value === null || typeof value === "boolean" || isEmpty(value)) return value;
      return typeof value === "string" ? masked : [masked];
    },
    text,
    foreignText: (given, more = []) => text(withoutQuotes(names.replaced(given, more, called), masked)),
  };
}

/** Strips the tenant from a key: directory ids are unique on their own, and messages contain them without it. */
function subject(key: string): string {
  const tail = key.slice(key.lastIndexOf("/") + 1);
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu.test(tail) ? tail.toLowerCase() : key;
}

function maskedAddress(text: string): string {
  const [local = "", domain = ""] = text.split(/@|%40/u);
  const [first = ""] = Array.from(local);
  return `${first}…@${domain}`;
}
